#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The command as a script sees it: exit statuses, what goes where, --output.
set -u

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'umount "$dir/small" 2> /dev/null; rm -rf "$dir"' EXIT
failed=0

complain() {
    echo "$*"
    failed=1
}

# status, then the command: its output goes to $dir/out and $dir/err.
expect() {
    want=$1
    shift
    "$@" > "$dir/out" 2> "$dir/err" < /dev/null
    got=$?
    if [ "$got" -ne "$want" ]; then
        complain "exit $got, not $want: $*"
        sed 's/^/    /' "$dir/err"
    fi
}
# A failure is told on standard error, in one line, and says these words.
tells() {
    if [ "$(wc -l < "$dir/err")" -ne 1 ] ||
        ! grep -q '^acctward: ' "$dir/err"; then
        complain "not one line of error:"
        sed 's/^/    /' "$dir/err"
    fi
    for word in "$@"; do
        grep -qF -e "$word" "$dir/err" ||
            complain "no '$word' in: $(cat "$dir/err")"
    done
    ! [ -s "$dir/out" ] || complain "standard output: $(head -3 "$dir/out")"
}
is_quiet() {
    ! [ -s "$dir/err" ] || complain "standard error: $(cat "$dir/err")"
}

hash='$y$j9T$V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$qyGb0kfyN4mT/ZWLIo'
hash="${hash}ZqUIsmmyQMy6Oydoh8LCfHsY3"
make_root() { # name, day of wang01's last change
    mkdir -p "$dir/$1/etc/acctward" "$dir/$1/etc/pam.d"
    echo '# nobody gets in' > "$dir/$1/etc/pam.d/other"
    printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
        'wang01:x:1001:1001:Wang:/home/wang01:/bin/bash' \
        > "$dir/$1/etc/passwd"
    printf '%s\n' 'root:*:20500:0:99999:7:::' \
        "wang01:$hash:$2:1:90:14:::" > "$dir/$1/etc/shadow"
    printf '%s\n' 'root:x:0:' 'staff:x:1001:' > "$dir/$1/etc/group"
    printf '%s\n' '[acctward]' 'plan = P-ZX' \
        > "$dir/$1/etc/acctward/acctward.conf"
}
make_root good 20767
make_root bad 20000
make_root unknown 20767
rm "$dir/unknown/etc/shadow"
make_root empty 20767
rm "$dir/empty/etc/passwd"
when=2026-11-20T12:00:00+08:00

audit() { # status, root, options...
    status=$1
    root=$dir/$2
    shift 2
    expect "$status" "$ward" audit --root "$root" --plans "$plans" \
        --as-of "$when" "$@"
}

# ---- exit statuses ----------------------------------------------------------
audit 0 good
is_quiet
grep -q '^COMPLIANT' "$dir/out" || complain "good: not told as compliant"
audit 2 bad
is_quiet
grep -q '^NOT COMPLIANT' "$dir/out" || complain "bad: told as compliant"
audit 2 unknown
grep -q '^NOT PROVEN' "$dir/out" || complain "unknown: not told so"
grep -q '^PAM services looked at: other$' "$dir/out" ||
    complain "good: no service is told"
make_root closed 20767
rm -r "$dir/closed/etc/pam.d"
audit 2 closed
grep -q '^NOT PROVEN' "$dir/out" || complain "no service: not told so"
[ "$(grep -c 'UNKNOWN host .*no PAM service was looked at' "$dir/out")" -gt 2 ] ||
    complain "no service: not every rule is unknown"
! grep -q '^PAM services' "$dir/out" || complain "no service: some are told"
audit 2 closed --rule 'login.*' --plan tw-baseline-115-basic
audit 0 closed --user wang01
audit 0 good --format json
audit 2 bad --format json
audit 1 empty
tells passwd
audit 1 nowhere
tells 'acctward.conf' 'plan list'
audit 1 good --plan NONE
tells "'NONE'" 'plan list'
audit 1 good --plan ../P-ZX
tells '../P-ZX'
audit 1 good --config "$dir/no.conf"
tells no.conf
expect 0 "$ward" privileged --root "$dir/good" --plans "$plans"
is_quiet
expect 0 "$ward" privileged --root "$dir/bad" --plans "$plans" --format json
# A file that lets nobody in as root leaves the list whole; one that may does not.
echo '+ +' > "$dir/bad/etc/hosts.equiv"
expect 0 "$ward" privileged --root "$dir/bad" --plans "$plans" --format json
is_quiet
grep -q '"complete": true' "$dir/out" || complain "hosts.equiv: not complete"
mkdir -p "$dir/bad/usr/bin" "$dir/bad/etc/doas.conf"
: > "$dir/bad/usr/bin/doas"
chmod 4755 "$dir/bad/usr/bin/doas"
expect 0 "$ward" privileged --root "$dir/bad" --plans "$plans" --format json
grep -q '"complete": false' "$dir/out" || complain "doas.conf: complete"
rm -r "$dir/bad/etc/doas.conf" "$dir/bad/usr" "$dir/bad/etc/hosts.equiv"
expect 1 "$ward" privileged --root "$dir/empty" --plans "$plans"
tells passwd
expect 0 "$ward" collect --root "$dir/good" --plans "$plans"
is_quiet
expect 1 "$ward" collect -q --root "$dir/empty" --plans "$plans"
tells passwd
! [ -s "$dir/out" ] || complain "a snapshot of what could not be read"
expect 0 "$ward" plan list --root "$dir/good" --plans "$plans"
for row in 'P-ZX  *plan  ' 'tw-baseline-115-high  *pack  ' \
    'twgcb-rhel9  *reference  '; do
    grep -q "^$row" "$dir/out" || complain "plan list: no '$row'"
done
expect 0 "$ward" plan coverage --root "$dir/good" --plans "$plans"
is_quiet
grep -q '^P-ZX ' "$dir/out" || complain "plan coverage: not the chosen plan"
expect 1 "$ward" plan coverage --root "$dir/good" --plans "$plans" NONE
tells NONE
expect 0 "$ward" plan show --root "$dir/good" --plans "$plans"
expect 1 "$ward" plan show --root "$dir/good" --plans "$plans" NONE
tells NONE
expect 0 "$ward" plan check "$plans/P-ZX.conf"
grep -q ': P-ZX is a plan$' "$dir/out" || complain "P-ZX is no plan"
expect 0 "$ward" plan check "$plans/twgcb-rhel9.conf"
grep -q ': twgcb-rhel9 is a reference$' "$dir/out" || complain "no reference"
expect 0 "$ward" --help
expect 0 "$ward" --version
grep -qx 'acctward [0-9.]*' "$dir/out" || complain "--version: $(cat "$dir/out")"

# ---- wrong usage -------------------------------------------------------------
for arguments in 'nonsense' 'plan' 'plan nonsense' 'audit extra' \
    'privileged extra' 'plan list extra' 'plan show A B' 'plan check' \
    'plan coverage A B' 'plan coverage --format jsonl' 'plan coverage --all' \
    'plan check a b' 'audit --nonsense' 'audit -x' 'audit --format' \
    'audit --plan' 'audit --root' 'audit --format html9' 'audit --format JSON' \
    'audit --format=' 'audit --plan=' 'privileged --all' \
    'privileged --format html9' 'plan check --plan X a' 'plan list --format json' \
    'plan show --as-of 2026-11-20' 'audit --all=yes' 'audit --help=x' \
    'audit --plan A --plan B' '--nonsense' '-h' 'collect extra' \
    'collect --format json' 'collect --all' 'collect --facts x' \
    'audit --facts' 'audit --facts=' 'audit --facts a --root b' \
    'audit --facts a --as-of 2026-11-20' 'audit --facts a --facts b' \
    'audit a --format json' 'privileged --root b --facts a' 'privileged a' \
    'audit -qx' 'audit -q=x' 'audit --quiet=x' 'plan list -q' \
    'plan show --facts a' 'plan check -q x' 'simulate extra' 'simulate --all' \
    'simulate --format jsonl' 'simulate --rule x' 'simulate --try-words' \
    'simulate --facts a --root b'; do
    # shellcheck disable=SC2086
    expect 64 "$ward" $arguments
    tells
done
expect 64 "$ward"
! [ -s "$dir/out" ] || complain "usage goes to standard output"
grep -q '^usage: acctward' "$dir/err" || complain "no usage without a command"
for time in now '' 2026-02-30 2026-11-20T10:00 20261120 115-11-20 \
    2026-11-20T25:00:00; do
    expect 64 "$ward" audit --root "$dir/good" --plans "$plans" --as-of "$time"
    tells --as-of
done

# ---- help --------------------------------------------------------------------
for verb in '' audit simulate explain privileged collect 'plan list' 'plan show' \
    'plan coverage' 'plan check' 'lockout list' 'lockout show' \
    'lockout reset' 'password check' 'password suggest' stack; do
    # shellcheck disable=SC2086
    expect 0 "$ward" $verb --help
    is_quiet
    lines=$(wc -l < "$dir/out")
    width=$(awk '{ if (length($0) > n) n = length($0) } END { print n }' \
        "$dir/out")
    if [ "$lines" -gt 24 ] || [ "$width" -gt 80 ]; then
        complain "help of '$verb': $lines lines of $width"
    fi
    grep -q '^usage: acctward' "$dir/out" || complain "help of '$verb': no usage"
done

# ---- which plan ----------------------------------------------------------------
rm "$dir/empty/etc/acctward/acctward.conf"
cp "$dir/good/etc/passwd" "$dir/empty/etc/passwd"
audit 1 empty
tells '--plan' acctward.conf 'plan list'
# Who has root is no question of a plan.
expect 0 "$ward" privileged --root "$dir/empty" --plans "$plans"
printf '[password.max_age]\ndays = 180\n' > "$dir/loose.conf"
audit 1 good --plan P-ZX --config "$dir/loose.conf"
tells "$dir/loose.conf:2: " P-ZX.conf
# A broken setting is not passed over, even where no plan is needed.
printf 'garbage\n' > "$dir/broken.conf"
expect 1 "$ward" privileged --root "$dir/good" --plans "$plans" \
    --config "$dir/broken.conf"
tells "$dir/broken.conf:1: "

# Nothing from outside of the root: neither settings nor plans.
mkdir "$dir/outside"
printf '[plan]\nid = OUT\ntitle = secret\nagency = x\n' \
    > "$dir/outside/OUT.conf"
printf '[account.dormant]\ndays = 1\n' > "$dir/outside/x.conf"
make_root linked 20767
ln -s "$dir/outside" "$dir/linked/etc/acctward/plans"
audit 1 linked --plan OUT
expect 0 "$ward" plan list --root "$dir/linked" --plans "$plans"
! grep -q secret "$dir/out" || complain "a plan from outside of --root"
rm "$dir/linked/etc/acctward/plans"
ln -s "$dir/outside" "$dir/linked/etc/acctward/acctward.conf.d"
expect 0 "$ward" plan show --root "$dir/linked" --plans "$plans" P-ZX
! grep -q outside "$dir/out" || complain "settings from outside of --root"
make_root above 20767
mv "$dir/above/etc/acctward" "$dir/outside/acctward"
ln -s ../../outside/acctward "$dir/above/etc/acctward"
audit 1 above
# A link is resolved inside: /srv is the root's own.
make_root inside 20767
mkdir "$dir/inside/srv"
mv "$dir/inside/etc/acctward" "$dir/inside/srv/acctward"
ln -s /srv/acctward "$dir/inside/etc/acctward"
audit 0 inside

# ---- plan check ------------------------------------------------------------------
printf '[plan]\nid = X\ntitle = t\nagency = a\n[password.max_age]\ndays = 9x\n' \
    > "$dir/wrong.conf"
expect 1 "$ward" plan check "$dir/wrong.conf"
tells "$dir/wrong.conf:6: " 9x
expect 1 "$ward" plan check "$dir/none.conf"
tells none.conf
expect 1 "$ward" plan check "$dir"
expect 1 "$ward" plan check /dev/null
# What an error quotes can not steer the terminal.
printf '[plan]\nid = X\ntitle = t\nagency = a\n[\033[31m]\n' > "$dir/esc.conf"
expect 1 "$ward" plan check "$dir/esc.conf"
tells "$dir/esc.conf:5: "
! grep -q "$(printf '\033')" "$dir/err" || complain "an escape in an error"

# ---- output ------------------------------------------------------------------------
audit 2 bad --format json
cp "$dir/out" "$dir/whole.json"
audit 2 bad --format json --output "$dir/report.json"
! [ -s "$dir/out" ] || complain "--output writes to standard output too"
cmp -s "$dir/whole.json" "$dir/report.json" || complain "--output differs"
[ "$(stat -c %a "$dir/report.json")" = 600 ] || complain "--output: not 0600"
# A failed run leaves what was there, and nothing beside it.
mkdir "$dir/kept"
echo before > "$dir/kept/file"
rm "$dir/empty/etc/passwd"
audit 1 empty --plan P-ZX --output "$dir/kept/file"
audit 1 good --plan NONE --output "$dir/kept/file"
[ "$(cat "$dir/kept/file")" = before ] || complain "a failed run writes"
[ "$(ls "$dir/kept")" = file ] || complain "left behind: $(ls "$dir/kept")"
audit 1 good --output "$dir/no/such/file"
tells "$dir/no/such/file"
audit 1 good --output "$dir/kept"
tells "$dir/kept"
audit 0 good --output /dev/null
if [ -e /dev/full ]; then
    audit 1 good --output /dev/full
    tells /dev/full
    "$ward" audit --root "$dir/bad" --plans "$plans" --as-of "$when" --all \
        > /dev/full 2> "$dir/err"
    [ $? -eq 1 ] || complain "a full standard output is no failure"
    grep -q '^acctward: .*standard output' "$dir/err" ||
        complain "a full standard output is not told"
    "$ward" simulate --root "$dir/bad" --plans "$plans" > /dev/full \
        2> "$dir/err"
    [ $? -eq 1 ] || complain "simulate to a full disk is no failure"
    "$ward" collect --root "$dir/bad" --plans "$plans" > /dev/full \
        2> "$dir/err"
    [ $? -eq 1 ] || complain "collect to a full disk is no failure"
    "$ward" --help > /dev/full 2> "$dir/err"
    [ $? -eq 1 ] || complain "--help to a full disk is no failure"
    "$ward" plan list --root "$dir/good" --plans "$plans" > /dev/full \
        2> "$dir/err"
    [ $? -eq 1 ] || complain "plan list to a full disk is no failure"
    "$ward" plan coverage --root "$dir/good" --plans "$plans" > /dev/full \
        2> "$dir/err"
    [ $? -eq 1 ] || complain "plan coverage to a full disk is no failure"
    "$ward" plan check "$plans/P-ZX.conf" > /dev/full 2> "$dir/err"
    [ $? -eq 1 ] || complain "plan check to a full disk is no failure"
fi
# A full disk, where one can be made.
if [ "$(id -u)" -eq 0 ] && mkdir "$dir/small" &&
    mount -t tmpfs -o size=8k tmpfs "$dir/small" 2> /dev/null; then
    echo before > "$dir/small/file"
    i=0
    while [ $i -lt 400 ]; do
        i=$((i + 1))
        echo "u$i:x:$((2000 + i)):1001::/home/u$i:/bin/bash"
    done >> "$dir/bad/etc/passwd"
    audit 1 bad --all --output "$dir/small/file"
    tells "$dir/small/file"
    [ "$(cat "$dir/small/file")" = before ] || complain "full disk: overwritten"
    [ "$(ls "$dir/small")" = file ] ||
        complain "full disk: left $(ls "$dir/small")"
    umount "$dir/small"
    make_root bad 20000
fi

# Standard output closed, or its reader gone.
for verb in audit simulate privileged collect 'plan list' 'plan show' \
    'plan coverage' 'lockout list' 'lockout show root'; do
    # shellcheck disable=SC2086
    "$ward" $verb --root "$dir/good" --plans "$plans" >&- 2> "$dir/err"
    status=$?
    [ $status -eq 1 ] || complain "$verb: exit $status with no standard output"
done
# The files that the program opens are not taken for it.
cp -R "$dir/good" "$dir/before"
"$ward" audit --root "$dir/good" --plans "$plans" --all >&- 2>&- <&-
diff -r "$dir/good" "$dir/before" || complain "an audit wrote into the root"
{ "$ward" plan show --root "$dir/good" --plans "$plans" EPA 2> "$dir/err"
    echo $? > "$dir/status"; } | head -1 > /dev/null
case $(cat "$dir/status") in
0|1) ;;
*) complain "exit $(cat "$dir/status") when the reader goes away" ;;
esac

# ---- --try-words ---------------------------------------------------------------------
# wang01's password is a word of its comment field, in lower case, and is told
# nowhere.
make_root guess 20767
guess='$6$rounds=1000$abcdefgh$Yur4xQyC/Ir2SVqvBOXtLn7AI5ozduTLDVbPAGWR'
guess="${guess}OgsWVY.kNAjWTXID8WK2.YGGWYZstSM/l43BS.Vq7adNY0"
sed -i "s|^wang01:[^:]*|wang01:$guess|" "$dir/guess/etc/shadow"
sed -i 's/^wang01:x:1001:1001:Wang/& Meiling/' "$dir/guess/etc/passwd"
audit 2 guess --plan EPA --all
grep -q 'no word was tried.*password.weak' "$dir/out" ||
    complain "not told that no word was tried"
! grep -q 'tried first' "$dir/out" || complain "tried unasked"
for format in text json jsonl csv; do
    audit 2 guess --plan EPA --try-words --all --format $format
    is_quiet
    grep -q 'is one that is tried first' "$dir/out" ||
        complain "$format: not told as guessed"
    ! grep -q 'no word was tried\|--try-words' "$dir/out" ||
        complain "$format: told as not tried"
    ! grep -qi -e meiling -e 'abcdefgh' "$dir/out" ||
        complain "$format: tells the password, or its hash"
done
# A plan that does not ask for it: a warning, which does not fail it.
audit 0 guess --plan P-ZX --try-words
grep -q 'WARN.*is one that is tried first' "$dir/out" ||
    complain "P-ZX: no warning of a guessed password"
audit 0 good --plan P-ZX --try-words
! grep -q 'tried first' "$dir/out" || complain "good: told as guessed"
audit 64 good --try-words=yes
expect 64 "$ward" privileged --try-words

# ---- colour ---------------------------------------------------------------------------
escape=$(printf '\033')
audit 2 bad
! grep -q "$escape" "$dir/out" || complain "colour without a terminal"
if command -v script > /dev/null; then
    on_terminal() { # environment, options
        TERM=xterm script -qec "$1 '$ward' audit --root '$dir/bad' \
            --plans '$plans' --as-of $when $2" /dev/null < /dev/null
    }
    on_terminal '' '' | grep -q "$escape" || complain "no colour on a terminal"
    on_terminal 'NO_COLOR=1' '' | grep -q "$escape" &&
        complain "colour in spite of NO_COLOR"
    on_terminal 'TERM=dumb' '' | grep -q "$escape" &&
        complain "colour on a dumb terminal"
    on_terminal '' --no-color | grep -q "$escape" &&
        complain "colour in spite of --no-color"
    on_terminal 'NO_COLOR=' '' | grep -q "$escape" ||
        complain "an empty NO_COLOR counts"
fi

# ---- the same again ----------------------------------------------------------------------
audit 2 bad --format json --all
cp "$dir/out" "$dir/first"
audit 2 bad --format json --all
cmp -s "$dir/out" "$dir/first" || complain "two runs differ"
# As of a later day, another verdict: the clock is not asked.
when=2026-05-01
audit 2 good

exit $failed
