#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The catalogue is whole: `make po` would change nothing, every sentence that
# the sources say is marked and translated, conversions are kept, and the terms
# are Taiwan's. Each fault names its sentence; each kind is tried on a catalogue
# that has it.
set -u
export LC_ALL=C.UTF-8

po=po/zh_TW.po
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0

complain() { # what, a file of lines
    if [ -s "$2" ]; then
        echo "$1:"
        sed 's/^/    /' "$2"
        failed=1
    fi
}

# flags, msgid, msgstr: a line an entry, separated by tabs.
entries() {
    awk '
    function end() {
        if (seen) print flags "\t" text["msgid"] "\t" text["msgstr"]
        seen = 0; flags = ""
    }
    /^#,/ { flags = $0; next }
    /^#/ || /^$/ { end(); next }
    /^msg/ {
        at = $1; seen = 1
        $0 = substr($0, length(at) + 2); text[at] = ""
    }
    { text[at] = text[at] substr($0, 2, length($0) - 2) }
    END { end() }' "$1" | awk -F '\t' '$2 != ""'
}

untranslated() { entries "$1" | awk -F '\t' '$3 == "" { print $2 }'; }
fuzzy() { entries "$1" | awk -F '\t' '$1 ~ /fuzzy/ { print $2 }'; }
obsolete() { grep '^#~ msgid' "$1"; }
conversions() { msgfmt --check -o /dev/null "$1" 2>&1 | grep -v 'fatal error'; }

# What is said across the strait, or stands for something else here.
terms() {
    entries "$1" | awk -F '\t' -v words='帐 账 賬 帳户 户 口令 用戶 信息 默認
        缺省 設置 配置 服務器 日志 網絡 數據 軟件 硬件 硬盤 內存 登錄 登陸 字節
        字符 字段 變量 鏈接 進程 密鑰 校驗 創建 運行 支持 訪問 拷貝 存儲 加載 質量' '
    BEGIN { count = split(words, word, /[ \n]+/) }
    {
        for (i = 1; i <= count; i++)
            if (index($3, word[i])) print word[i] ": " $3
        if (index($3, "文件") &&
                $2 !~ /document|references?|^no (number|period) given$/)
            print "文件 (檔案?): " $3
        if (index($3, "程序") && $2 !~ /procedure/)
            print "程序 (程式?): " $3
    }'
}

# Every string of the sources that reads like a sentence, and no catalogue has.
unmarked() { # catalogue, sources...
    entries "$1" | cut -f 2 | sort -u > "$dir/have"
    shift
    printf '%s\n' "$@" | xgettext -a -L C --from-code=UTF-8 --no-location \
        --no-wrap --omit-header -f - -o "$dir/all" 2> /dev/null
    entries "$dir/all" | cut -f 2 | sort -u > "$dir/said"
    # Two words, or one and a value; no path, example or line of a plan.
    comm -23 "$dir/said" "$dir/have" |
        grep -E '[A-Za-z][a-z]+,? [a-z]{2,}|[a-z]{4,} .?%|%[a-z]+:? [a-z]{4,}' |
        grep -vE '^acctward |^(plan|lockout|password) (list|show|check|coverage|reset|suggest)$' |
        grep -vxF "$(cat tests/check_po.not)"
}

# ---- the catalogue ----------------------------------------------------------
cp "$po" "$dir/new.po"
sh po/update.sh "$dir/new.po" || failed=1
untranslated "$dir/new.po" > "$dir/list"
complain 'not translated (make po, then po/zh_TW.po)' "$dir/list"
diff "$po" "$dir/new.po" > "$dir/list"
complain '`make po` would change the catalogue' "$dir/list"
for kind in fuzzy obsolete conversions terms; do
    $kind "$po" > "$dir/list"
    complain "$kind in $po" "$dir/list"
done
# shellcheck disable=SC2046
unmarked "$po" $(find policy collect state report pam_module cli -name '*.c' | sort) \
    > "$dir/list"
complain 'neither marked for translation nor in tests/check_po.not' "$dir/list"

# ---- the checks themselves --------------------------------------------------
finds() { # kind, text of an entry
    { sed '/^$/q' "$po"; printf '%b\n' "$2"; } > "$dir/bad.po"
    if [ -z "$($1 "$dir/bad.po")" ]; then
        echo "$1 finds nothing wrong with: $2"
        failed=1
    fi
}
finds untranslated 'msgid "a b"\nmsgstr ""'
finds fuzzy '#, fuzzy\nmsgid "a b"\nmsgstr "x"'
finds obsolete '#~ msgid "a b"\n#~ msgstr "x"'
finds conversions '#, c-format\nmsgid "a %s %u"\nmsgstr "x %u %s"'
finds terms 'msgid "the user"\nmsgstr "用戶"'
finds terms 'msgid "the file"\nmsgstr "文件"'
echo 'const char *f(void) { return "said to nobody"; }' > "$dir/said.c"
echo 'const char *f(void) { return "no memory"; }' > "$dir/known.c"
if [ "$(unmarked "$po" "$dir/said.c" "$dir/known.c")" != 'said to nobody' ]; then
    echo 'a sentence that is not marked is not found'
    failed=1
fi
exit $failed
