#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward explain, and audits of a part: what a script and a person see of
# them, and how each of them fails.
set -u

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0
export LC_ALL=C.UTF-8 TZ=Asia/Taipei

complain() {
    echo "$*"
    failed=1
}

# status, then the arguments: output goes to $dir/out and $dir/err.
expect() {
    want=$1
    shift
    "$ward" "$@" --plans "$plans" > "$dir/out" 2> "$dir/err" < /dev/null
    got=$?
    if [ "$got" -ne "$want" ]; then
        complain "exit $got, not $want: $*"
        sed 's/^/    /' "$dir/err"
    fi
    if [ "$want" -eq 1 ] || [ "$want" -eq 64 ]; then
        [ "$(grep -c '^acctward: ' "$dir/err")" -eq 1 ] &&
            [ "$(wc -l < "$dir/err")" -eq 1 ] ||
            complain "not one line of error: $*"
        ! [ -s "$dir/out" ] || complain "an error, and output: $*"
    else
        ! [ -s "$dir/err" ] || complain "$*: $(cat "$dir/err")"
    fi
}
# These words stand in the output, or in the error.
has() { # out or err, words...
    file=$dir/$1
    shift
    for word; do
        grep -qF -e "$word" "$file" || {
            complain "no '$word' in:"
            sed 's/^/    /' "$file"
        }
    done
}
lacks() {
    file=$dir/$1
    shift
    for word; do
        ! grep -qF -e "$word" "$file" || complain "'$word' in $(cat "$file")"
    done
}

hash='$y$j9T$V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$qyGb0kfyN4mT/ZWLIo'
hash="${hash}ZqUIsmmyQMy6Oydoh8LCfHsY"
root=$dir/root
mkdir -p "$root/etc/acctward/plans" "$root/none/etc"
printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
    'good:x:1001:100::/home/good:/bin/bash' \
    'old:x:1002:100::/home/old:/bin/bash' \
    'twice:x:1003:100::/home/twice:/bin/bash' \
    'twice:x:1004:100::/home/twice:/bin/bash' > "$root/etc/passwd"
printf '%s\n' 'root:*:20500:0:99999:7:::' "good:${hash}1:20767:1:90:14:::" \
    "old:${hash}2:20000:1:90:14:::" "twice:${hash}3:20767:1:90:14:::" \
    "ghost:${hash}4:20767:1:90:14:::" > "$root/etc/shadow"
printf '%s\n' 'root:x:0:' 'users:x:100:' > "$root/etc/group"
printf '[plan]\nid = OWN\ntitle = The document\nagency = An office\n%s\n' \
    '[password.max_age]
days = 90
clause = 4.1 | 4.2
[account.wellformed]
clause = 7
[account.dormant]
clause = 5
[obligation.drill]
every = year
title = A drill
clause = 6' > "$root/etc/acctward/plans/OWN.conf"
printf '[plan]\nid = PACK\ntitle = A pack\nagency = x\nkind = pack\n%s\n' \
    '[password.max_age]
days = 60
strength = should
clause = P.1' > "$root/etc/acctward/plans/PACK.conf"
printf '[plan]\nid = REF\ntitle = A reference\nagency = x\nkind = reference\n%s\n' \
    '[password.max_age]
days = 30
clause = R.1
[password.hash]
allow = yescrypt
clause = R.2' > "$root/etc/acctward/plans/REF.conf"
printf '[acctward]\nplan = OWN\npacks = PACK REF\n[account.dormant]\ndays = 45\n' \
    > "$root/etc/acctward/acctward.conf"
conf=etc/acctward
at="--root $root --as-of 2026-11-20"

# ---- rules ------------------------------------------------------------------
expect 0 explain password.max_age --root "$root"
has out 'password.max_age: The password is changed in time' 'NIST SP 800-63B' \
    '  OWN The document' 'in general: shall, 4.1 | 4.2' 'days = 90 days' \
    "$conf/plans/OWN.conf:5]" '  PACK A pack' 'in general: should, P.1' \
    'days = 60 days' 'Of these the strictest holds' \
    '  REF A reference (a reference, which decides nothing)' 'reference, R.1' \
    'It is looked at in: /etc/shadow' 'chage -M VALUE NAME' \
    'Log-ins are held to it by pam_acctward(8), where'
[ "$(grep -c '^[a-z]*\.[a-z_]*: ' "$dir/out")" -eq 1 ] ||
    complain "more than the one rule: $(cat "$dir/out")"
expect 0 explain account.dormant --root "$root"
has out 'days = 45 days [agency setting' "$conf/acctward.conf:5]"
lacks out 'strictest' 'gives no number'
sed -i '/dormant/,$d' "$root/$conf/acctward.conf"
expect 0 explain account.dormant --root "$root"
has out 'the document gives no number or period'
lacks out 'days ='
expect 0 explain password.hash --root "$root"
has out 'No document that binds asks for it (plan OWN)' 'allow = yescrypt'
expect 0 explain password.min_length --root "$root"
has out 'It is looked at in: /etc/pam.d' 'enforced when a password is set'
lacks out 'Log-ins'
expect 0 explain account.leaver --root "$root"
has out 'This version does not check it.' 'This version does not enforce it.'
lacks out 'pam_acctward'
expect 0 explain login.lockout --root "$root"
has out 'It is looked at in: /etc/pam.d' 'by pam_acctward(8)'
expect 0 explain login.lockout --root "$root" --format json
has out '"checked": true' \
    '"enforced": true, "enforced_at": "log_in", "enforced_by": "pam_acctward"'
expect 0 explain password.weak --root "$root" --format json
has out '"checked": true' '"enforced": true, "enforced_at": "password_change"'
expect 0 explain account.home --root "$root" --format json
has out '"checked": true' \
    '"enforced": false, "enforced_at": null, "enforced_by": null'
expect 0 explain obligation.drill --root "$root"
has out 'every = year' 'title = A drill' 'A person does it and attests it'
lacks out 'enforce' 'Log-ins'
expect 0 explain obligation --root "$root"
lacks out 'obligation.drill'
expect 0 explain 'obligation.*' --root "$root"
has out 'obligation.drill'
# The beginning of a name, and a glob.
expect 0 explain password.max --root "$root"
has out 'password.max_age: '
expect 0 explain '*.review' --root "$root"
has out 'account.review: ' 'privileged.review: ' 'log.review: '
lacks out 'account.dormant'
expect 0 explain 'password.max_age' --root "$root" --lang zh_TW
has out '密碼於效期內更換' '供參考' '機關文件' '以其中最嚴者為準' ': 應, 4.1' ': 宜, P.1'
lacks out ' shall' ' should'

# Without a plan there is still what it is, and why.
expect 0 explain password.max_age --root "$root/none"
has out 'No plan is chosen' 'The password is changed in time' 'NIST'
lacks out 'binds'
expect 64 explain obligation.drill --root "$root/none"
# One that is named and is not there is not passed over.
expect 1 explain password.max_age --root "$root" --plan GONE
has err GONE
printf '[acctward]\nplan = GONE\n' > "$dir/gone.conf"
expect 1 explain password.max_age --root "$root" --config "$dir/gone.conf"
has err GONE
expect 1 privileged --root "$root" --config "$dir/gone.conf"
has err GONE
expect 1 explain password.max_age --root "$root" --plan REF

# ---- wrong usage ------------------------------------------------------------
expect 64 explain --root "$root"
expect 64 explain password.max_age --user good --root "$root"
expect 64 explain password.max_age account.dormant --root "$root"
expect 64 explain pasword.max_age --root "$root"
has err 'pasword.max_age' 'password.max_age'
expect 64 explain maxage --root "$root"
has err 'password.max_age'
expect 64 explain obligation.dril1 --root "$root"
has err 'obligation.drill'
expect 64 explain "$(printf 'x%0200d' 1)" --root "$root"
expect 64 explain "$(printf 'a\033[31m')" --root "$root"
lacks err "$(printf '\033')"
expect 64 explain password.max_age --format jsonl --root "$root"
expect 64 explain --user good --format csv --root "$root"
expect 64 explain --user= --root "$root"
expect 64 explain '' --root "$root"

# ---- accounts ---------------------------------------------------------------
printf '[account.dormant]\ndays = 45\n' >> "$root/$conf/acctward.conf"
expect 2 explain --user good $at
has out "Only a part of the audit: the account 'good'" \
    'class: person: its uid 1001 is not below UID_MIN (1000)' \
    'pass password.max_age' 'observed: 10 days; required: at most 90 days; days left: 80' \
    'last use: not known' 'UNKNOWN account.dormant' \
    'password changed: 2026-11-10 [/etc/shadow:2]' 'login keys: 0'
lacks out ' old ' 'obligation.drill'
printf '[acctward]\nplan = OWN\n[password.weak]\n[password.min_length]\nmin = 8\n' \
    > "$dir/weak.conf"
expect 0 explain --user good $at --config "$dir/weak.conf"
has out '  - password.weak: not judged but by `acctward audit --try-words`; enforced when a password is set, ' \
    '  - password.min_length: judged for the host'\''s services, and not for one account'
expect 2 explain --user old $at
has out 'FAIL password.max_age' '-> Have the password changed: chage -d 0 old'
lacks out 'days left' ' good '
# A name that stands twice is told twice.
expect 2 explain --user twice $at
has out 'twice (uid 1003)' 'twice (uid 1004)' '/etc/passwd:5'
expect 1 explain --user nobody $at
has err "'nobody'"
expect 1 explain --user ghost $at
expect 1 explain --user goo $at
expect 1 explain --user 'goo*' $at
expect 1 explain --user good --root "$root/none"
has err 'no plan is chosen'
expect 1 explain --user nobody $at --output "$dir/report"
! [ -e "$dir/report" ] || complain "a report of nobody"
expect 2 explain --user good $at --output "$dir/report"
grep -q 'password.max_age' "$dir/report" || complain "--output is not written"
# As an audit of the account would give it.
for user in root good old twice; do
    "$ward" audit --plans "$plans" $at --user $user > /dev/null 2>&1
    expect $? explain --user $user $at
done
printf '[acctward]\nplan = OWN\n' > "$dir/plain.conf"
expect 0 explain --user good $at --config "$dir/plain.conf"
has out 'account.dormant: not judged: the document gives no number'

# ---- parts of an audit --------------------------------------------------------
expect 0 audit $at --config "$dir/plain.conf" --user good
has out 'COMPLIANT' "Only a part of the audit: the account 'good'"
expect 2 audit $at --config "$dir/plain.conf" --user old
expect 0 audit $at --user old --rule account.wellformed
expect 2 audit $at --config "$dir/plain.conf" --rule 'password.*'
has out "Only a part of the audit: the rules that match 'password.*'" 'FAIL old'
lacks out 'account.' good
expect 0 audit $at --rule 'password.*' --user good --all
has out "'password.*'" "'good'" 'pass good'
expect 2 audit $at --user ghost
has out 'FAIL ghost'
expect 2 audit $at --rule 'obligation.*'
has out 'NOT PROVEN' 'nothing was judged'
expect 2 audit $at --config "$dir/plain.conf"
lacks out 'Only a part'
for format in text json jsonl csv; do
    expect 1 audit $at --user nobody --format $format
    has err "'nobody'"
    expect 64 audit $at --rule 'nothing.*' --format $format
    has err "'nothing.*'" OWN
    expect 2 audit $at --user old --format $format
    lacks out good
done
expect 2 audit $at --user old --rule 'password.*' --format json
has out '"only": {"rule": "password.*", "user": "old"}'
expect 0 audit $at --user good --rule 'password.*' --format jsonl --all
has out '"only": {"rule": "password.*", "user": "good"}' '"days_left": 80'
expect 64 audit $at --rule password.max_age --rule account.unique
expect 64 audit $at --rule=
exit $failed
