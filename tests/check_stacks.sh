#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The stacks of pam_acctward(8), as the manual gives them, around the real
# pam_unix and its friends, and a stand-in for a second factor: in a mount namespace with an /etc of its own, and
# state of its own, without root where the kernel lets users have one.
set -u
export LC_ALL=C.UTF-8 TZ=Asia/Taipei
unset LANGUAGE LANG LC_MESSAGES NEW_PASSWORD CODE

out=${OUT:-build}
failed=0

complain() {
    echo "$*"
    failed=1
}

# ---- inside of the namespace ------------------------------------------------

# The day that shadow(5) would call that.
day() { # days ago
    echo $(($(date +%s) / 86400 - $1))
}

# What came of it, with the words of $seen that are not as they should be.
is() { # title, should be
    if [ "$seen" != "$2" ]; then
        complain "$stack: $1: $seen, not $2"
        sed 's/^/    /' "$dir/err"
    fi
}
log_in() { # user, password, more of pam_driver...
    seen=$("$dir/pam_driver" log-in "$service" "$@" 2> "$dir/err" < /dev/null)
    seen=${seen% }
}
events() { # event, user
    grep "\"event\":\"$1\"" /var/log/acctward/events.jsonl 2> /dev/null |
        grep -c "\"user\":\"$2\""
}
ward() { # verb and its arguments
    "$dir/acctward" "$@" --plans "$dir/plans" > "$dir/said" 2> "$dir/err" ||
        [ $? -ne 64 ] || complain "$stack: acctward $*"
}

accounts() {
    hash=$("$dir/pam_driver" hash Right-7-horse)
    : > "$dir/etc/shadow"
    chmod 600 "$dir/etc/shadow"
    printf '%s\n' 'root:x:0:0::/root:/bin/sh' > "$dir/etc/passwd"
    echo "root:$hash:$(day 1):0:99999:7:::" >> "$dir/etc/shadow"
    uid=1000
    for name in wang lee old ended reset; do
        changed=$(day 1)
        ends=
        case $name in
        old) changed=$(day 91) ;;
        ended) ends=$(day 0) ;;
        esac
        echo "$name:x:$uid:$uid::/home/$name:/bin/sh" >> "$dir/etc/passwd"
        echo "$name:$hash:$changed:0:99999:7::$ends:" >> "$dir/etc/shadow"
        uid=$((uid + 1))
    done
    rm -rf "$dir/lib/acctward" "$dir/log/acctward"
}

all="authenticate=success account=success setcred=success open=success"
all="$all close=success"
asked="authenticate=success account=new_authtok_reqd"
renewed="$asked change=success setcred=success open=success close=success"

try_lockout() {
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'right' "$all"
    for time in 1 2 3 4; do
        log_in wang wrong ssh 192.0.2.7
        is "wrong, $time" authenticate=auth_err
    done
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'right after four wrong ones' "$all"
    for time in 1 2 3 4 5; do
        log_in wang wrong ssh 192.0.2.7
        is "wrong again, $time" authenticate=auth_err
    done
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'right, but locked' authenticate=auth_err
    [ -s "$dir/err" ] && complain "$stack: something is said of the lock"
    ward lockout list --format csv
    grep -q wang "$dir/said" || complain "$stack: the lock is not listed"
    log_in lee Right-7-horse
    is 'another' "$all"
    ward lockout reset wang
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'right after a reset' "$all"
    seen=$(events login.failed wang)-$(events login.locked wang)
    seen=$seen-$(events login.refused wang)-$(events login.unlocked wang)
    is 'events' 9-1-1-1
    log_in nobody-here Right-7-horse
    is 'a name that does not exist' authenticate=auth_err
    [ -e /var/lib/acctward/accounts/nobody-here ] &&
        complain "$stack: a file for a name that does not exist"
}

try_account() {
    log_in ended Right-7-horse
    is 'an account that has ended' "authenticate=success account=acct_expired"
    log_in old Right-7-horse
    is 'a password that is too old' "$asked"
    NEW_PASSWORD=Other-8-tiger
    export NEW_PASSWORD
    log_in old Right-7-horse
    is 'changed when asked for it' "$renewed"
    unset NEW_PASSWORD
    log_in old Right-7-horse
    is 'the old one' authenticate=auth_err
    log_in old Other-8-tiger
    is 'the new one' "$all"
    seen=$(events password.changed old)-$(events password.reset old)
    is 'by its holder' 1-0
}

try_reset() {
    "$dir/pam_driver" set "$service" reset Given-8-tiger > "$dir/said" \
        2> "$dir/err" || complain "$stack: set: $(cat "$dir/said")"
    seen=$(events password.reset reset)
    is 'by an administrator' 1
    log_in reset Given-8-tiger
    is 'has to be changed' "$asked"
    NEW_PASSWORD=Mine-9-zebra
    export NEW_PASSWORD
    log_in reset Given-8-tiger
    is 'changed by its holder' "$renewed"
    unset NEW_PASSWORD
    log_in reset Mine-9-zebra
    is 'and then it is theirs' "$all"
}

# The driver answers each prompt for a new one by the same, which is refused
# once and ends the stack.
try_new() {
    for bad in Short-7 Onlyletters Mine-9-zebra; do
        NEW_PASSWORD=$bad
        export NEW_PASSWORD
        seen=$("$dir/pam_driver" set "$service" reset "$bad" 2> "$dir/err")
        seen=${seen% }
        is "refused: $bad" change=maxtries
    done
    unset NEW_PASSWORD
    seen=$(grep -c '^- the new password is the current one' "$dir/err")
    is 'why is told, once' 1
    seen=$(events password.refused reset)
    is 'refused: events' 3
    log_in reset Mine-9-zebra
    is 'and nothing has changed' "$all"
    grep -qE 'Short|Onlylett' /var/log/acctward/events.jsonl &&
        complain "$stack: a refused password is in what is kept"
}

try_trail() {
    log_in root Right-7-horse pts/1 '' lee
    is 'root' "$all"
    grep '"session.opened"' /var/log/acctward/events.jsonl |
        grep '"user":"root"' | grep -q '"by":"lee"' ||
        complain "$stack: nobody knows who became root"
    seen=$(events session.closed root)-$(events session.opened lee)
    is 'closed, and none of a person' 1-0
    grep -qE 'horse|tiger|zebra|wrong"' /var/log/acctward/events.jsonl &&
        complain "$stack: a password is in what is kept"
}

# A right password and a code: what fails, of either, is counted once.
try_second() {
    export CODE=135790
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'both right' "$all"
    CODE=
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'no code given' authenticate=conv_err
    seen=$(events login.failed wang)
    is 'what is left alone is not counted' 0
    CODE=135790
    for time in 1 2 3; do
        log_in wang wrong ssh 192.0.2.7
        is "wrong password, $time" authenticate=auth_err
    done
    CODE=000000
    for time in 1 2; do
        log_in wang Right-7-horse ssh 192.0.2.7
        is "wrong code, $time" authenticate=auth_err
    done
    CODE=135790
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'both right, but locked' authenticate=auth_err
    seen=$(events login.failed wang)-$(events login.locked wang)
    seen=$seen-$(events login.refused wang)
    is 'events' 5-1-1
    # Not where it is locked, or the password is wrong.
    seen=$(wc -c < "$dir/codes")
    is 'codes tested' 3
    log_in nobody-here Right-7-horse
    is 'a name that does not exist' authenticate=auth_err
    ward lockout reset wang
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'both right after a reset' "$all"
    unset CODE
}

# A file that is there goes on to count; none can be made.
try_full() {
    service=debian
    stack='Debian, a full disk'
    accounts
    mount -t tmpfs -o size=256k none /var/lib || return
    log_in wang wrong ssh 192.0.2.7
    is 'before it' authenticate=auth_err
    head -c 1000000 /dev/zero > /var/lib/filler 2> /dev/null
    for time in 2 3 4 5; do
        log_in wang wrong ssh 192.0.2.7
        is "wrong, $time" authenticate=auth_err
    done
    seen=$(events login.failed wang)-$(events login.locked wang)
    is 'events' 5-1
    log_in lee Right-7-horse ssh 192.0.2.7
    is 'one that has no file' authenticate=auth_err
    seen=$(grep -c '"detail":"refused: ' /var/log/acctward/events.jsonl)
    is 'why, and what came of it' 1
    umount /var/lib
}

# Nothing can be written: who types a password is kept out, but for root at the
# console; who comes by a key is not.
try_read_only() {
    service=debian
    stack='Debian, read-only'
    accounts
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'before it' "$all"
    mount -o remount,bind,ro /var/lib && mount -o remount,bind,ro /var/log ||
        complain "$stack: it is not"
    log_in wang Right-7-horse ssh 192.0.2.7
    is 'by password' authenticate=auth_err
    log_in root Right-7-horse tty1
    is 'root at the console' "$all"
    service=key
    log_in wang '' ssh 192.0.2.7
    is 'by key' "$all"
    log_in root '' ssh 192.0.2.7
    is 'root by key' "$all"
}

inside() {
    mount --bind "$dir/etc" /etc && mount --bind "$dir/lib" /var/lib &&
        mount --bind "$dir/log" /var/log || return 1
    for stack in Debian authselect; do
        service=$(echo "$stack" | tr D d)
        accounts
        try_lockout
        try_account
        try_reset
        try_new
        try_trail
    done
    service=second
    stack='a second factor'
    accounts
    try_second
    try_full
    try_read_only
    return "$failed"
}

if [ "${1-}" = inside ]; then
    dir=$2
    inside
    exit $?
fi

# ---- before it ----------------------------------------------------------------

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# Root in CI is to have run it.
if ! unshare -r -m true 2> /dev/null; then
    echo "skipped: no namespaces for this user"
    [ "$(id -u)" -ne 0 ] || [ -z "${CI-}" ]
    exit
fi

# The lines of the manual's example behind a text, up to the next .Ed.
manual_lines() { # text of the line before it
    awk -v text="$1" '
        index($0, text) { there = 1 }
        there && $1 == ".Ed" { exit }
        inside { gsub(/\\e/, "\\"); print }
        there && $1 == ".Bd" { inside = 1 }' docs/pam_acctward.8
}

security=
for candidate in /lib/*/security /usr/lib/*/security /lib64/security \
    /lib/security; do
    [ -e "$candidate/pam_unix.so" ] && security=$candidate
done
[ -n "$security" ] || { echo "there is no pam_unix"; exit 1; }

# Our module from here, and not what is not installed.
settle() { # file
    sed -e "s,pam_acctward\.so.*,$dir/& plans=$dir/plans," "$1" |
        while read -r line; do
            name=$(echo "$line" | grep -o 'pam_[a-z]*\.so')
            if [ "$name" = pam_acctward.so ] ||
                [ -e "$security/$name" ]; then
                echo "$line"
            fi
        done > "$1.new"
    mv "$1.new" "$1"
}

mkdir -p "$dir/etc/pam.d" "$dir/etc/security" "$dir/etc/acctward" \
    "$dir/lib" "$dir/log" "$dir/plans"
cp "$out/bin/acctward" "$out/tests/pam_driver" \
    "$out/security/pam_acctward.so" "$out/tests/pam_probe.so" "$dir/"
cp "$out"/share/acctward/plans/* "$dir/plans/"
cp /etc/ld.so.cache "$dir/etc/" 2> /dev/null
: > "$dir/etc/security/pam_env.conf"
: > "$dir/etc/environment"
echo /bin/sh > "$dir/etc/shells"
printf '%s\n' 'passwd: files' 'shadow: files' 'group: files' \
    > "$dir/etc/nsswitch.conf"
printf '%s\n' 'root:x:0:' > "$dir/etc/group"
printf '%s\n' '[acctward]' 'plan = P-ZX' 'packs = tw-baseline-115-basic' \
    > "$dir/etc/acctward/acctward.conf"

pam=$dir/etc/pam.d
manual_lines pam.d/common-auth > "$pam/common-auth"
manual_lines pam.d/common-account > "$pam/common-account"
manual_lines pam.d/common-password > "$pam/common-password"
# What Debian has there.
printf '%s\n' 'session [default=1] pam_permit.so' \
    'session requisite pam_deny.so' 'session required pam_permit.so' \
    'session required pam_unix.so' > "$pam/common-session"
manual_lines pam.d/common-session >> "$pam/common-session"
manual_lines 'Systems with authselect' > "$pam/authselect"
for file in "$pam"/*; do
    settle "$file"
done
manual_lines 'A second factor' > "$pam/second"
settle "$pam/second"
sed -i "s,pam_google_authenticator.so,$dir/pam_probe.so prompt right=135790 \
log=$dir/codes," "$pam/second"
{
    echo 'auth required pam_permit.so'
    printf '@include common-%s\n' account session
} > "$pam/key"
printf '@include common-%s\n' account password session >> "$pam/second"
printf '@include common-%s\n' auth account password session > "$pam/debian"
printf '%s required pam_deny.so\n' auth account password session \
    > "$pam/other"
for name in debian authselect second common-auth common-account common-password \
    common-session; do
    [ -s "$pam/$name" ] || complain "$name is empty"
done
lines=$(cat "$pam"/* | grep -c pam_acctward)
[ "$lines" -eq 17 ] || complain "$lines lines of ours in the stacks, not 17"

unshare -r -m sh "$0" inside "$dir" || failed=1
exit "$failed"
