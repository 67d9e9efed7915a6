#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The house rules that a program can check. Prints each breach as file:line and
# fails if there is one. With a directory as its argument it looks at the
# sources there instead (tests/check_lint.sh does).
set -u

cd "${1:-.}" || exit 1
breaches=$(mktemp) || exit 1
trap 'rm -f "$breaches"' EXIT

sources() {
    find policy collect register state apply report cli pam_module \
        slapd_module sudo_module ldap_sync -name '*.[ch]' 2>/dev/null | sort
}
scripts() {
    find tests packaging bench .ci -name '*.sh' 2>/dev/null | sort
}

# Who may include whom: a room sees itself and the floors below it, by their
# one header; and each room has its own outside libraries.
sources | xargs -r awk '
BEGIN {
    split("policy 0 collect 1 register 1 state 1 report 2 apply 2 cli 3 " \
        "pam_module 3 slapd_module 3 sudo_module 3 ldap_sync 3", f, " ")
    for (i = 1; i in f; i += 2) floor[f[i]] = f[i + 1]
    only["ini.h"] = "policy"; only["pwquality.h"] = "policy"
    only["crypt.h"] = "collect policy"
    only["jansson.h"] = "collect register report cli"
    only["openssl"] = "register cli"; only["ldap.h"] = "ldap_sync"
    only["security"] = "pam_module"; only["sudo_plugin.h"] = "sudo_module"
    only["slap.h"] = "slapd_module"; only["libaudit.h"] = "state"
}
FNR == 1 { split(FILENAME, at, "/"); room = at[1] }
/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\""); name = quoted[2]
    if (index(name, "/") == 0) next
    split(name, to, "/")
    if (to[1] == room) next
    if (!(to[1] in floor) || floor[to[1]] >= floor[room])
        print FILENAME ":" FNR ": " room "/ may not include " name
    else if (name != to[1] "/" to[1] ".h")
        print FILENAME ":" FNR ": of " to[1] "/ include only " to[1] "/" \
            to[1] ".h"
    else if (room ~ /^(pam|slapd|sudo)_module$/ && to[1] !~ /^(policy|state)$/)
        print FILENAME ":" FNR ": " room "/ sees only policy/ and state/"
}
/^[ \t]*#[ \t]*include[ \t]*</ {
    split($0, angled, /[<>]/); name = angled[2]; split(name, part, "/")
    want = (part[1] in only) ? only[part[1]] : (name in only) ? only[name] : ""
    if (want != "" && index(" " want " ", " " room " ") == 0)
        print FILENAME ":" FNR ": " room "/ may not use <" name ">"
}' >> "$breaches"

# Size and form.
sources | xargs -r awk '
FNR == 1 {
    if ($0 !~ /SPDX-License-Identifier: BSD-2-Clause/)
        print FILENAME ":1: no SPDX line"
    start = 0
}
/[ \t]$/ { print FILENAME ":" FNR ": blank at the end of the line" }
/^{/ { start = FNR }
/^}/ {
    if (start && FNR - start - 1 > 60)
        print FILENAME ":" start ": a function of " FNR - start - 1 " lines"
    start = 0
}
FNR > 500 && !(FILENAME in long) {
    long[FILENAME] = 1
    if (FILENAME !~ /\.h$/) print FILENAME ":500: more than 500 lines"
}
/^[ \t]+struct ward_error [a-z]+;/ {
    print FILENAME ":" FNR ": an error without its language"
}
/[^a-z_](strcpy|strcat|sprintf|vsprintf|atoi|atol|sscanf|strtok|gets|alloca|system|popen)\(/ {
    print FILENAME ":" FNR ": a call this code does without: " $0
}' >> "$breaches"

scripts | while read -r script; do
    sh -n "$script" 2>> "$breaches" || echo "$script:1: not a shell script" \
        >> "$breaches"
done

if [ $# -eq 0 ]; then
    if command -v clang-format > /dev/null; then
        sources | xargs clang-format --dry-run 2>&1 |
            grep 'clang-formatted' >> "$breaches"
    else
        echo "lint.sh: clang-format is not installed" >> "$breaches"
    fi
    # Nothing of an outer machine, and no people, in what is kept.
    mandoc -T lint -W warning docs/*.[1-9] >> "$breaches" 2>&1
fi

if [ -s "$breaches" ]; then
    cat "$breaches"
    echo "0 passed, $(wc -l < "$breaches") failed"
    exit 1
fi
echo "1 passed, 0 failed"
