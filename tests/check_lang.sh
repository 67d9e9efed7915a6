#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --lang zh_TW: help, errors and reports leave no English but names, commands,
# words for programs and the system's own messages, whatever the environment,
# and the library asks for no locale.
set -u
export LC_ALL=C TZ=Asia/Taipei
unset LANGUAGE LANG LC_MESSAGES

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0

complain() {
    echo "$*"
    failed=1
}

# English is two words in a row, in lower case, that are no value of a plan's and
# none of acctward's own words, of a command's, of the fixtures' names or of the
# system's messages.
own='acctward|lockout|password|suggest|reset|audit|privileged|plan|plans|show|list|check|collect|explain|coverage|simulate|stack'
own="$own|text|json|jsonl|csv|en|pack|reference|root|person|system|service|shared"
own="$own|external|emergency|shall|should|agency|year|quarter|month|week|day"
commands='su|sshd|cron|chage|passwd|usermod|gpasswd|groupmod|vipw|vigr|pwconv|pwck|grpck|iconv|chfn|visudo|chmod|chown|mkdir|rm'
names='wang|lee|login|other|sudo|token'
system='No such file or directory|Permission denied|Is a directory|Not a directory|Too many levels of symbolic links'
english() { # a file; its English lines
    LC_ALL=C.UTF-8 sed -E -e "s/$system//g" -e 's/\[[^]]*:[0-9]+\]//g' \
        -e 's/^ +[a-z_]+ = .* \[/[/' -e 's/sudo規則「[^」]*」//g' -e 's/不是下列任一[^：]*：.*//' \
        -e "s/\\<($own|$commands|$names)\\>//g" "$1" | LC_ALL=C.UTF-8 grep -nE \
        '(^|[^A-Za-z0-9./_=-])[A-Z]?[a-z]+,? [a-z]{2,}($|[^A-Za-z0-9/_=-])'
}
chinese() { # what it is of; $dir/made
    english "$dir/made" > "$dir/left"
    if [ -s "$dir/left" ]; then
        complain "English in zh_TW: $1"
        sed 's/^/    /' "$dir/left"
    fi
    grep -q '[^ -~]' "$dir/made" || complain "nothing in zh_TW: $1"
}
environment=
said() { # arguments; both outputs
    # shellcheck disable=SC2086
    env $environment "$ward" "$@" > "$dir/made" 2>&1 < /dev/null
}

# ---- the rule itself --------------------------------------------------------
for line in 'the line has 6 fields' '密碼已不 known here' 'not one word'; do
    echo "$line" > "$dir/made"
    [ -n "$(english "$dir/made")" ] || complain "not taken for English: $line"
done
for line in '請設定：chage -M 90 wang01' '見「acctward plan list」' \
    '  password.max_age: 密碼' 'a: No such file or directory'; do
    echo "$line" > "$dir/made"
    [ -z "$(english "$dir/made")" ] || complain "taken for English: $line"
done

# ---- help -------------------------------------------------------------------
said --help --lang zh_TW
chinese --help
"$ward" --help | sed -n 's/^  \([a-z]*\( [a-z][a-z]*\)*\)  .*/\1/p' \
    > "$dir/commands"
[ "$(wc -l < "$dir/commands")" -ge 5 ] || complain 'no commands in --help'
while read -r command; do
    # shellcheck disable=SC2086
    said $command --help --lang zh_TW
    chinese "$command --help"
    awk 'length($0) > 160 { exit 1 }' "$dir/made" ||
        complain "a long line: $command --help"
done < "$dir/commands"

# ---- which language ---------------------------------------------------------
is() { # zh or en
    if grep -q '[^ -~]' "$dir/made"; then got=zh; else got=en; fi
    [ "$got" = "$1" ] || complain "$got, not $1: $(head -1 "$dir/made")"
}
said audit --foo --lang zh_TW
is zh
said audit --lang=zh_TW --format no
is zh
said nonsense --lang zh_TW
is zh
said audit --foo --lang zh_CN
is en
said audit --foo
is en
environment=LC_ALL=zh_TW.UTF-8
said audit --foo
is zh
environment='LC_ALL=zh_TW.UTF-8 LANGUAGE=xx'
said audit --foo --lang en
is en
environment='LC_ALL=C.UTF-8 LANG=zh_TW'
said audit --foo
is en
environment='LC_ALL= LANG=zh_TW'
said --help
is zh

# ---- errors -----------------------------------------------------------------
environment=LC_ALL=zh_TW.UTF-8
for bad in '' '-x' 'audit x' 'audit --plan' 'audit --plan a --plan b' \
    'audit --as-of soon' 'audit --format x' 'audit --plan none' \
    'plan' 'plan check' \
    'plan check /dev/null' 'plan show A B' 'privileged x'; do
    # shellcheck disable=SC2086
    said $bad
    chinese "$bad"
done
environment=
head='[plan]\nid = draft\ntitle = t\nagency = a\n'
for draft in 'x = 1' '[plan]\nid = draft' '[plan]\nid = -' "$head[x]" \
    "$head[password.max_age]\nclause = 1\ndays = soon" \
    "$head[password.max_age]\nclause = 1\ndays = 1\ndays = 2" \
    "$head[password.max_age]\nclause = 1\nmin = 1" \
    "$head[password.max_age]\ndays = 1" "$head[password.max_age] x" \
    "$head[password.max_age boss]\nclause = 1" "${head}level = Z" \
    "${head}kind = x" "${head}date = soon" "${head}extends = b" \
    "$head[password.hash]\nclause = 1\nallow = rot13" \
    "$head[obligation.a]\nclause = |" "$head[out_of_scope.a]\nclause = 1" \
    "$head[obligation.a]\nclause = 1\nbefore = soon" \
    "$head[account.review]\nclause = 1\nevery = often" "$head days = 1" \
    "$head[plan]" "${head}title = u" "$head[acctward]" "$head\\001"; do
    printf '%b\n' "$draft" > "$dir/draft.conf"
    said plan check "$dir/draft.conf" --lang zh_TW
    chinese "plan check of: $draft"
    grep -q '/draft.conf:[0-9]*: ' "$dir/made" ||
        complain "no file:line: in: $(cat "$dir/made")"
done

# ---- explanations, coverage, snapshots ------------------------------------------
run() { # arguments; as said, of the shipped plans
    said "$@" --plans "$plans" --lang zh_TW
}
root=$dir/root
sh tests/unpack.sh tests/golden/epa/root "$root" || complain 'not unpacked'
for plan in "$plans"/*.conf; do
    plan=$(basename "$plan" .conf)
    run plan coverage "$plan"
    chinese "plan coverage $plan"
    run plan check "$plans/$plan.conf"
    chinese "plan check $plan"
    case $plan in tw*) continue ;; esac
    run explain '*' --plan "$plan"
    chinese "explain '*' --plan $plan"
    run explain --user susan --root "$root" --plan "$plan" --as-of 2026-11-20
    chinese "explain --user --plan $plan"
done
run explain '*' --config /dev/null
chinese 'explain without a plan'
run plan list
chinese 'plan list'
run collect --root "$root" --as-of 2026-11-20 --output "$dir/facts"
[ -s "$dir/facts" ] || complain "not collected: $(cat "$dir/made")"

head=$(head -1 "$dir/facts")
line=$(sed -n 2p "$dir/facts")
end=$(tail -1 "$dir/facts")
snapshot() { # what it is, printf's format and its values
    what=$1
    shift
    # shellcheck disable=SC2059
    printf "$@" > "$dir/bad"
    for verb in audit privileged 'explain --user susan'; do
        # shellcheck disable=SC2086
        run $verb --plan EPA --facts "$dir/bad"
        sed -i "s,JSON物件：.*,JSON物件：," "$dir/made"
        chinese "$verb of a snapshot: $what"
        grep -q ': [^ ]*/bad:[0-9]*: ' "$dir/made" ||
            complain "no file:line: in: $(cat "$dir/made")"
    done
}
change() { # a sed script; the snapshot of one account, changed by it
    snapshot "$1" '%s\n%s\n' "$(printf '%s' "$head" | sed "$1")" \
        "$(printf '%s' "$line" | sed "$1")"
}
snapshot empty ''
snapshot 'of another kind' 'wang:x:1001\n'
snapshot 'the file ends within a line' '%s\n%.40s' "$head" "$line"
snapshot 'the end is missing' '%s\n%s\n' "$head" "$line"
snapshot 'counted wrong' '%s\n%s\n' "$head" "$end"
snapshot 'more behind the end' '%s\n%s\n%s\n' "$head" \
    '{"type":"end","accounts":0,"defects":0}' "$line"
snapshot 'no account' '%s\n%s\n' "$head" \
    '{"type":"end","accounts":0,"defects":0}'
snapshot NUL '%s\n\000\n' "$head"
snapshot 'not UTF-8' '%s\n\377\n' "$head"
snapshot 'not an object' '%s\n[]\n' "$head"
snapshot 'not JSON' '%s\n{\n' "$head"
snapshot 'of no type' '%s\n{"type":"boss"}\n' "$head"
change 's,acctward-facts/1,acctward-facts/2,'
change 's,acctward-facts/1,acctward-facts/x,'
change 's,"host":"[^"]*","host":"",'
change 's,"as_of":"[^"]*","as_of":"soon",'
change 's,"name":"[^"]*","name":1,'
change 's,"name":"[^"]*","name":{"hex":"0"},'
change 's,"uid":[0-9]*,"uid":"0",'
change 's,"uid":[0-9]*,"uid":-1,'
change 's,"uid":,"boss":,'
change 's,"name":"[^"]*"\,,,'
change 's,"password":{[^}]*},"password":1,'
change 's,"state":"[^"]*","state":"x",'
change 's,"state":"[^"]*","state":1,'
change 's,"login_shell":true,"login_shell":1,'
change 's,"paths":.*\],"paths":[],'
run audit --plan EPA --facts "$dir/facts" "$dir/facts"
grep -q 'acctward: 警告：' "$dir/made" || complain 'the same host twice: no warning'
chinese 'the same host twice'
printf '%s\n' '[plan]' 'id = OWN' 'title = t' 'agency = a' \
    '[class.privileged]' 'groups = wheel' 'clause = 1' > "$dir/OWN.conf"
said audit --plan OWN --facts "$dir/facts" --plans "$dir" --lang zh_TW
chinese 'groups that were not looked at'

mkdir -p "$dir/nobody/etc" && : > "$dir/nobody/etc/passwd" &&
    ln -s none "$dir/link" || complain 'no nobody'
environment=LC_ALL=zh_TW.UTF-8
for bad in 'audit --facts - --plan EPA' \
    "audit --facts $dir/facts --root /" \
    "audit --facts $dir/facts --as-of 2026-11-20" \
    "audit --plan EPA --rule none --facts $dir/facts" \
    "audit --plan EPA --user none --facts $dir/facts" \
    "audit --plan EPA --user none --facts $dir/facts $dir/facts" \
    "audit --plan EPA --facts $dir/facts --try-words" \
    "audit --plan EPA $dir/facts" \
    'audit --plan twgcb-rhel9' 'collect x' \
    "collect --root $dir/nobody" "collect --root $root --output $dir/link" \
    'collect --format json' 'explain' 'explain a b' 'explain a --user b' \
    'explain nonsense' 'explain password --format csv' \
    'explain password --facts x' "explain --user none --plan EPA --root $root" \
    'plan coverage none' 'plan coverage EPA --format jsonl' \
    'simulate --format jsonl' "simulate --user none --plan EPA --root $root" \
    'privileged --format csv' 'lockout' 'lockout reset' 'lockout show' \
    'lockout list --format jsonl' "lockout show none --root $root" \
    "lockout reset none --root $root" "lockout list --root $root" \
    password 'password check x' 'password check --x' 'password check' \
    'password check --format csv' 'password suggest --count 0' \
    'password check --user none --plan P-ZX'; do
    # shellcheck disable=SC2086
    said $bad --plans "$plans"
    chinese "$bad"
done
environment=

# ---- doas.conf ------------------------------------------------------------------
mkdir -p "$root/usr/bin" && touch "$root/usr/bin/doas" &&
    chmod 4755 "$root/usr/bin/doas" || complain 'no doas'
echo 'passwd: files sss' > "$root/etc/nsswitch.conf"
echo 'group: files sss' >> "$root/etc/nsswitch.conf"
for conf in '"' 'permit' 'allow wang' 'permit setenv x' 'permit setenv {' \
    'permit setenv { A } setenv { B } x' 'permit nopass persist x' \
    'permit x as' 'permit x cmd' 'permit x y' 'permit "x' 'permit x\\' \
    'permit wang-lee' 'permit :wang-lee' 'permit x\0'; do
    printf "$conf\n" > "$root/etc/doas.conf"
    run privileged --root "$root" --plan EPA
    chinese "doas.conf: $conf"
    grep -q 'doas.conf' "$dir/made" || complain "nothing said of: $conf"
done
printf 'permit x' > "$root/etc/doas.conf"
run privileged --root "$root" --plan EPA
chinese 'doas.conf: no end of the line'
printf 'permit x\n' > "$root/etc/doas.conf"
chmod 666 "$root/etc/doas.conf"
run privileged --root "$root" --plan EPA
chinese 'doas.conf: anybody may write'

# ---- reports: every planted fault -------------------------------------------
as_of=2026-11-20T12:00:00+08:00
look() { # archive, options of audit
    root=$dir/root
    rm -rf "$root"
    sh tests/unpack.sh "$1" "$root" || complain "not unpacked: $1"
    shift
    "$ward" audit --root "$root" --plans "$plans" --as-of "$as_of" --all \
        --lang zh_TW "$@" > "$dir/made" 2>&1
    chinese "$archive, audit"
    for format in text csv; do
        "$ward" simulate --root "$root" --plans "$plans" --as-of "$as_of" \
            --lang zh_TW --format $format "$@" > "$dir/made" 2>&1
        sed -i 1s/^host,as_of,.*// "$dir/made"
        chinese "$archive, simulate $format"
    done
    "$ward" privileged --root "$root" --plans "$plans" --as-of "$as_of" \
        --lang zh_TW > "$dir/made" 2>&1
    chinese "$archive, privileged"
}
for archive in tests/golden/*/root tests/rules/*/*.fail \
    tests/rules/*/*.unknown; do
    [ -f "$archive" ] || continue
    look "$archive" --plan EPA
    # The environment gives the same, with or without such a locale.
    LC_ALL=zh_TW.UTF-8 "$ward" privileged --root "$root" --plans "$plans" \
        --as-of "$as_of" 2>&1 | cmp -s - "$dir/made" ||
        complain "$archive: the environment's zh_TW is not --lang's"
done

# What only a simulation says: numbers, several hosts, one account, no way in.
packs=$dir/packs.conf
printf '%s\n' '[acctward]' 'packs = tw-baseline-115-basic' \
    '[account.dormant]' 'days = 90' '[login.lockout]' 'break_glass = emerg1 emerg2' \
    '[login.lockout privileged]' 'attempts = 3' > "$packs"
archive=tests/golden/door/root
look $archive --plan P-ZX --config "$packs"
run collect --root "$root" --as-of "$as_of" --output "$dir/facts"
for more in "--facts $dir/facts $dir/facts" "--root $root --user old"; do
    # shellcheck disable=SC2086
    run simulate --plan P-ZX --config "$packs" $more
    chinese "simulate $more"
done
sed -i 's/^\([^:]*\):[^:]*/\1:*/' "$root/etc/shadow"
run simulate --plan P-ZX --config "$packs" --root "$root" --as-of "$as_of"
chinese 'simulate, no way in'

# ---- no locale, no environment ----------------------------------------------
if nm -u "$out/policy.a" 2> /dev/null |
    grep -E ' (setlocale|newlocale|uselocale|gettext|dcgettext|bindtextdomain|textdomain|(secure_)?getenv|putenv|setenv)$'; then
    complain 'policy.a asks for a locale or the environment'
fi
nm -u "$out/policy.a" | grep -q ' vsnprintf\| __vsnprintf_chk' ||
    complain 'nm shows nothing of policy.a'
exit $failed
