#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What the log-in door remembers of accounts counts in audits too: a password
# that somebody else has set, and the last use; snapshots hold both. Without it
# nothing is changed. The files are made by tests/make_tally.c.
set -u
export LC_ALL=C.UTF-8 TZ=Asia/Taipei
unset LANGUAGE LANG LC_MESSAGES

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
make_tally=$(readlink -f "$out/tests/make_tally")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
root=$dir/host
failed=0

complain() {
    echo "$*"
    failed=1
}
tally() { # name, actions
    "$make_tally" "$root" "$@" || complain "make_tally $*"
}
run() { # status, verb, arguments; nothing on standard error
    want=$1
    shift
    "$ward" "$@" --plans "$plans" > "$dir/out" 2> "$dir/err" < /dev/null
    got=$?
    if [ "$got" -ne "$want" ] || [ -s "$dir/err" ]; then
        complain "exit $got, not $want: $*"
        sed 's/^/    /' "$dir/err"
    fi
}
# Rule, verdict and reason of the account, by this host and by its snapshot.
finds() { # name, rule, "verdict","reason"
    "$ward" collect --root "$root" --plans "$plans" > "$dir/facts" ||
        complain 'collect'
    "$ward" audit --root "$root" --plans "$plans" --format jsonl --all \
        --rule "$2" --user "$1" 2> "$dir/err" > "$dir/live"
    "$ward" audit --facts "$dir/facts" --plans "$plans" --config \
        "$root/etc/acctward/acctward.conf" --format jsonl --all \
        --rule "$2" --user "$1" 2>> "$dir/err" > "$dir/replay"
    ! [ -s "$dir/err" ] || complain "$(cat "$dir/err")"
    for file in live replay; do
        grep '"type": "finding"' "$dir/$file" |
            sed -n 's/.*"verdict": \("[a-z]*"\).*"reason": \([^,]*\),.*/\1,\2/p' \
                > "$dir/got"
        [ "$(sort -u "$dir/got")" = "$3" ] || {
            complain "$file: $1, $2: $(cat "$dir/got"), not $3"
            grep '"type": "finding"' "$dir/$file"
        }
    done
}

hash='$y$j9T$V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$qyGb0kfyN4mT/ZWLIo'
hash="${hash}ZqUIsmmyQMy6Oydoh8LCfHsY3"
today=$(($(date +%s) / 86400))
mkdir -p "$root/etc/acctward" "$root/var/log" "$root/etc/pam.d"
echo '# nobody gets in' > "$root/etc/pam.d/other"
printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
    'wang01:x:1001:1001::/home/wang01:/bin/bash' \
    'lee:x:1002:1002::/home/lee:/bin/bash' > "$root/etc/passwd"
printf '%s\n' "root:*:$today:0:99999:7:::" \
    "wang01:$hash:$((today - 2)):0:90:14:::" \
    "lee:${hash%3}4:$((today - 2)):0:90:14:::" > "$root/etc/shadow"
printf '%s\n' 'root:x:0:' 'wang01:x:1001:' 'lee:x:1002:' > "$root/etc/group"
echo /bin/bash > "$root/etc/shells"
printf '%s\n' '[acctward]' 'plan = P-ZX' 'packs = tw-baseline-115-basic' \
    '[account.dormant]' 'days = 90' > "$root/etc/acctward/acctward.conf"
# lastlog(8): wang01 and lee a day ago.
log_in() {
    python3 - "$root/var/log/lastlog" <<'EOF' || complain 'lastlog'
import struct, sys, time
record = struct.pack('i', int(time.time()) - 86400).ljust(292, b'\0')
open(sys.argv[1], 'wb').write(bytes(292 * 1001) + record * 2)
EOF
}
log_in
first=password.change_at_first_login
dormant=account.dormant

# ---- without a record -------------------------------------------------------
run 0 audit --root "$root" --format csv
cp "$dir/out" "$dir/before"
mkdir -p -m 0700 "$root/var/lib/acctward/accounts"
chmod 0700 "$root/var/lib/acctward"
run 0 audit --root "$root" --format csv
cut -d, -f3- "$dir/out" > "$dir/out.cut"
cut -d, -f3- "$dir/before" | cmp -s - "$dir/out.cut" ||
    complain 'another audit with an empty directory'
finds wang01 $first '"notapplicable","first_login_done"'

# ---- whose password it is ---------------------------------------------------
tally wang01 given
finds wang01 $first '"fail","first_login_reset"'
finds lee $first '"notapplicable","first_login_done"'
run 2 explain --root "$root" --user wang01
grep -q "$first" "$dir/out" || complain 'explain tells nothing of it'
run 2 simulate --root "$root" --format json
grep -q 'first_login_reset' "$dir/out" || complain 'simulate tells nothing'
tally wang01 own
finds wang01 $first '"notapplicable","first_login_done"'
# Set behind the door, which had seen its holder set another one.
tally wang01 behind
finds wang01 $first '"fail","first_login_reset"'
# Changed since it was marked, by an administrator still.
tally wang01 own
sed -i "/^wang01/s/HsY3/HsY5/" "$root/etc/shadow"
finds wang01 $first '"fail","first_login_reset"'
tally wang01 own
! grep -qi 'mark' "$dir/facts" || complain 'a mark in the snapshot'

# ---- when it was used -------------------------------------------------------
tally lee use:$((10 * 86400))
finds lee $dormant '"pass",null'
rm "$root/var/log/lastlog"
tally lee use:$((100 * 86400))
finds lee $dormant '"fail","dormant_unused"'
grep -q '"source": "/var/lib/acctward/accounts/lee"' "$dir/live" ||
    complain 'the source is not named'
tally lee use:$((80 * 86400))
finds lee $dormant '"pass",null'
run 0 explain --root "$root" --user lee
grep -q '/var/lib/acctward/accounts/lee' "$dir/out" ||
    complain 'explain does not name the source'

# What an administrator does is no use, but a new beginning.
tally lee use:$((100 * 86400)) given:$((20 * 86400))
finds lee $dormant '"pass","dormant_revived"'
grep -qF 'an administrator has set the password 20 days ago; 90 days without' \
    "$dir/live" || complain "revived: $(cat "$dir/live")"
tally lee given:$((95 * 86400))
finds lee $dormant '"fail","dormant_unused"'
tally lee use:$((100 * 86400)) given:$((80 * 86400)) use:$((5 * 86400))
finds lee $dormant '"pass",null'
tally lee use:$((80 * 86400)) own

# ---- who may not look -------------------------------------------------------
if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then
    cp -R "$root" "$dir/bare"
    rm -r "$dir/bare/var/lib"
    chmod 0755 "$dir"
    for tree in "$root" "$dir/bare"; do
        setpriv --reuid 65534 --regid 65534 --clear-groups \
            "$ward" audit --root "$tree" --plans "$plans" --format csv \
            --as-of 2026-11-20 > "$tree.out" 2> "$dir/err"
        ! [ -s "$dir/err" ] || complain "may not look: $(cat "$dir/err")"
    done
    cmp "$root.out" "$dir/bare.out" || complain 'another audit without a look'
fi

# ---- a record that is not to be trusted -------------------------------------
tally lee use:$((100 * 86400))
tally lee own
cp "$root/var/lib/acctward/accounts/lee" "$dir/lee"
lacks() { # why; verdict unknown, by the host and by its snapshot
    "$ward" collect --root "$root" --plans "$plans" > "$dir/facts" 2> "$dir/err"
    [ "$(grep -c 'door remembers is not known' "$dir/err")" -eq 1 ] ||
        complain "collect: $(cat "$dir/err")"
    "$ward" audit --root "$root" --plans "$plans" --format jsonl --all \
        --rule $first --user lee > "$dir/live" 2> "$dir/err"
    [ $? -eq 2 ] || complain "$1: compliant"
    "$ward" audit --facts "$dir/facts" --plans "$plans" --config \
        "$root/etc/acctward/acctward.conf" --format jsonl --all \
        --rule $first --user lee > "$dir/replay" 2>> "$dir/err"
    [ $? -eq 2 ] || complain "$1: compliant by its snapshot"
    for file in live replay; do
        grep '"type": "finding"' "$dir/$file" > "$dir/got"
        [ "$(wc -l < "$dir/got")" -eq 1 ] || complain "$file: findings"
        grep -qF '"verdict": "unknown"' "$dir/got" ||
            complain "$file: a verdict on what can't be known"
        grep -qF "who has set the password is not known: $1" "$dir/got" ||
            complain "$file: not for $1: $(cat "$dir/got")"
    done
}
log_in
finds lee $first '"notapplicable","first_login_done"'
# The head is not as it was written.
printf XXXX | dd of="$root/var/lib/acctward/accounts/lee" conv=notrunc bs=1 \
    status=none
lacks 'it is damaged'
cp "$dir/lee" "$root/var/lib/acctward/accounts/lee"
finds lee $first '"notapplicable","first_login_done"'
chmod 0666 "$root/var/lib/acctward/accounts/lee"
lacks "others may write it, or it is not root's"
rm "$root/var/log/lastlog"
"$ward" audit --root "$root" --plans "$plans" --rule $dormant --user lee \
    > "$dir/out" 2> "$dir/err"
[ "$(grep -c 'warning: what the log-in door remembers is not known: .*/lee: mode 0666' \
    "$dir/err")" -eq 1 ] || complain "unsafe: $(cat "$dir/err")"
record=$root/var/lib/acctward/accounts/lee
log_in
for made in 'mkdir' 'mkfifo' 'ln -s wang01' 'ln -s nowhere'; do
    rm "$record"
    $made "$record"
    lacks "others may write it, or it is not root's"
    ! [ -d "$record" ] || { rmdir "$record" && : > "$record"; }
done
rm "$record"
cp "$dir/lee" "$record"
chmod 0600 "$record"
chmod 0777 "$root/var/lib/acctward"
lacks "others may write it, or it is not root's"
"$ward" audit --root "$root" --plans "$plans" > "$dir/out" 2> "$dir/err"
[ "$(grep -c 'remembers is not known: .*/acctward: mode 0777' "$dir/err")" \
    -eq 1 ] || complain "unsafe directory: $(cat "$dir/err")"

exit "$failed"
