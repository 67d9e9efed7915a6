#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward privileged --keep: what is kept for the log-in door, by whom it is
# then taken for privileged, that a list which is not complete takes nobody
# off, and what is refused.
set -u
export LC_ALL=C.UTF-8 TZ=Asia/Taipei
unset LANGUAGE LANG LC_MESSAGES

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
root=$dir/root
kept=$root/var/lib/acctward/privileged
failed=0

complain() {
    echo "$*"
    failed=1
}
privileged() { # status, arguments
    want=$1
    shift
    "$ward" privileged --root "$root" --plans "$plans" "$@" \
        > "$dir/out" 2> "$dir/err" < /dev/null
    got=$?
    [ "$got" -eq "$want" ] || {
        complain "exit $got, not $want: privileged $*"
        sed 's/^/    /' "$dir/err"
    }
}
keeps() { # lines that the list has, and no others
    printf '%s\n' "$@" > "$dir/want"
    sed 1d "$kept" | cmp -s - "$dir/want" || {
        complain "kept, not $*:"
        sed 's/^/    /' "$kept"
    }
    [ "$(stat -c %a "$kept")" = 600 ] || complain "$(stat -c %a "$kept")"
    [ "$(stat -c %a "${kept%/*}")" = 700 ] || complain 'the directory'
    ! [ -e "$kept.new" ] || complain 'a draft is left'
}

mkdir -p "$root/etc/acctward" "$root/root/.ssh"
printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
    'wang01:x:1001:1001::/home/wang01:/bin/bash' \
    'lee:x:1002:1002::/home/lee:/bin/bash' \
    'ops:x:0:0::/root:/bin/bash' \
    'ann:x:1004:1004::/home/ann:/bin/bash' > "$root/etc/passwd"
# A name that no useradd(8) makes, with a blank and bytes that are no UTF-8.
printf 'a b\377:x:1005:1005::/:/bin/bash\n' >> "$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'docker:x:500:lee,wang01' > "$root/etc/group"
echo /bin/bash > "$root/etc/shells"
printf '%s\n' '[acctward]' 'plan = P-ZX' > "$root/etc/acctward/acctward.conf"
printf '%s\n' 'wang01 ALL=(ALL) ALL' '#1005 ALL=(ALL) ALL' \
    > "$root/etc/sudoers"
chmod 0440 "$root/etc/sudoers"

# ---- without it nothing is written ------------------------------------------
privileged 0
! [ -e "$root/var" ] || complain 'something was written without --keep'
cp "$dir/out" "$dir/before"

# ---- what is kept -----------------------------------------------------------
privileged 0 --keep
cmp -s "$dir/out" "$dir/before" || complain 'another list with --keep'
! [ -s "$dir/err" ] || complain "standard error: $(cat "$dir/err")"
keeps 'a%20b%FF sudo' 'lee group' 'ops uid0' 'root uid0' 'wang01 group,sudo'
privileged 0 --keep --format json
keeps 'a%20b%FF sudo' 'lee group' 'ops uid0' 'root uid0' 'wang01 group,sudo'

# ---- by whom it is gone by --------------------------------------------------
printf '%s\n' 'root:x:0:' 'docker:x:500:' > "$root/etc/group"
class() { # name, class
    "$ward" lockout show "$1" --root "$root" --plans "$plans" --format json \
        > "$dir/out" 2> "$dir/err"
    grep -q "\"class\": \"$2\"" "$dir/out" || {
        complain "$1 is not $2:"
        sed 's/^/    /' "$dir/out" "$dir/err"
    }
}
class wang01 privileged
class lee person
class ann person
class "$(printf 'a b\377')" privileged
printf '%s\n' 'ann ALL=(ALL) ALL' > "$root/etc/sudoers.new"
mv "$root/etc/sudoers.new" "$root/etc/sudoers"
class wang01 privileged
privileged 0 --keep
keeps 'ann sudo' 'ops uid0' 'root uid0'
class wang01 person
class ann privileged
# The same by a snapshot: it is told there for whom it is kept.
"$ward" collect --root "$root" --plans "$plans" > "$dir/facts"
grep '"privileged_kept":true' "$dir/facts" | grep -q '"name":"ann"' ||
    complain 'not in the snapshot'
[ "$(grep -c '"privileged_kept":true' "$dir/facts")" -eq 1 ] ||
    complain 'more in the snapshot'

# ---- a list that is not complete takes nobody off ---------------------------
printf '%s\n' 'lee ALL=(ALL) ALL' 'this is no rule' > "$root/etc/sudoers"
privileged 0 --keep
grep -qx 'acctward: warning: the list is not complete: who was kept as privileged before stays so; to keep no more than what is listed: acctward privileged --keep --replace' \
    "$dir/err" || complain "not told: $(cat "$dir/err")"
grep -q '^ann sudo$' "$kept" || complain 'taken off'
class ann privileged
privileged 0 --keep --lang zh_TW
grep -q '清單不完整' "$dir/err" || complain "zh_TW: $(cat "$dir/err")"

# ---- what is refused --------------------------------------------------------
chmod 0666 "$kept"
privileged 1 --keep
grep -q 'privileged: mode 0666' "$dir/err" || complain "$(cat "$dir/err")"
chmod 0600 "$kept"
echo torn >> "$kept"
privileged 1 --keep
grep -q 'privileged: damaged' "$dir/err" || complain "$(cat "$dir/err")"
# Not in a circle: what is to be done about it works, complete or not.
grep -q 'privileged --keep --replace$' "$dir/err" || complain "$(cat "$dir/err")"
privileged 0 --keep --replace
grep -q '^acctward: warning: who was kept as privileged before is not known: ' \
    "$dir/err" || complain "damaged: $(cat "$dir/err")"
keeps 'lee sudo' 'ops uid0' 'root uid0'
printf '%s\n' 'sudoers: files sss' > "$root/etc/nsswitch.conf"
printf '%s\n' 'wang01 ALL=(ALL) ALL' > "$root/etc/sudoers"
privileged 0 --keep
keeps 'lee sudo' 'ops uid0' 'root uid0' 'wang01 sudo'
class lee privileged
privileged 0 --keep --replace
grep -qx 'acctward: no longer kept as privileged: lee' "$dir/err" ||
    complain "dropped: $(cat "$dir/err")"
[ "$(grep -c 'no longer' "$dir/err")" -eq 1 ] || complain 'more is dropped'
keeps 'ops uid0' 'root uid0' 'wang01 sudo'
class lee person
rm "$root/etc/nsswitch.conf"
echo torn >> "$kept"
# A whole list takes its place.
echo 'ann ALL=(ALL) ALL' > "$root/etc/sudoers"
privileged 0 --keep
keeps 'ann sudo' 'ops uid0' 'root uid0'
privileged 64 --keep --user ann
privileged 64 --replace
# What lies ahead is not what the door is to go by.
printf '%s\n' 'ann ALL=(ALL) NOTAFTER=20301231000000Z ALL' > "$root/etc/sudoers"
cp "$kept" "$dir/kept"
privileged 64 --keep --as-of 2040-01-01
cmp -s "$kept" "$dir/kept" || complain 'kept as of another day'
echo 'ann ALL=(ALL) ALL' > "$root/etc/sudoers"
# A name that no file has room for.
long=$(printf 'é%.0s' $(seq 50))
cp "$root/etc/passwd" "$dir/passwd"
printf '%s:x:1006:1006::/:/bin/bash\n' "$long" >> "$root/etc/passwd"
printf '%s ALL=(ALL) ALL\n' "$long" >> "$root/etc/sudoers"
privileged 0 --keep
grep -qx "acctward: warning: the name is too long to be kept; the log-in door \
takes every such account for privileged: $long" "$dir/err" ||
    complain "long: $(cat "$dir/err")"
"$ward" simulate --root "$root" --plans "$plans" > "$dir/out" 2> "$dir/err"
! grep -q 'would not take' "$dir/err" || complain "long: $(cat "$dir/err")"
cp "$dir/passwd" "$root/etc/passwd"
echo 'ann ALL=(ALL) ALL' > "$root/etc/sudoers"
"$ward" collect --root "$root" --plans "$plans" > "$dir/facts"
"$ward" privileged --keep --facts "$dir/facts" > "$dir/out" 2> "$dir/err"
[ $? -eq 64 ] || complain 'with --facts'
"$ward" audit --keep --root "$root" > "$dir/out" 2> "$dir/err"
[ $? -eq 64 ] || complain 'of an audit'
# One that can't be put there: an error, and nothing else is changed.
rm "$kept"
mkdir "$kept"
privileged 1 --keep
# The draft, and the lock.
[ "$(find "${kept%/*}" -type f | wc -l)" -eq 2 ] || complain 'more is left'

exit "$failed"
