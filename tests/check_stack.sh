#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward stack: what it shows of a tree, and its exit status. Run from the
# source root.
set -u

ward=$PWD/${OUT:-build}/bin/acctward
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
root=$dir/root
bad=0

complain() {
    echo "$0: $*" >&2
    bad=1
}

# status, words of the command
expect() {
    want=$1
    shift
    LC_ALL=C "$ward" stack "$@" --root "$root" > "$dir/out" 2> "$dir/err"
    status=$?
    [ "$status" -eq "$want" ] || complain "stack $*: exit $status"
    case $* in
    *json* | *zh_TW*) ;;
    *) grep '.\{80\}' "$dir/out" && complain "stack $*: too wide" ;;
    esac
    return 0
}

says() {
    grep -q -e "$1" "$dir/out" || complain "not said: $1"
}

security=$root/usr/lib/x86_64-linux-gnu/security
mkdir -p "$root/etc/pam.d" "$root/etc/security" "$security"
for name in unix acctward faillock permit; do
    printf '\177ELF' > "$security/pam_$name.so"
done
: > "$root/etc/debian_version"
expect 1 && grep -q 'no service of PAM' "$dir/err" || complain 'none: silent'

# ---- the lines ---------------------------------------------------------------
cat > "$root/etc/pam.d/login" << 'EOF'
auth [success=1 default=ignore] pam_unix.so nullok [a b]
@include common
auth substack common
EOF
echo 'auth	requisite	pam_deny.so' > "$root/etc/pam.d/common"
echo 'session required /opt/x.so' > "$root/etc/pam.d/other"
cat > "$dir/want" << 'EOF'
login
  auth
    /etc/pam.d/login:1   [success=1 default=ignore]  pam_unix.so nullok [a b]
    /etc/pam.d/common:1  requisite                   pam_deny.so (there is no
        such module: module_unknown)
    /etc/pam.d/login:3   substack                    common
    /etc/pam.d/common:1    requisite                 pam_deny.so (there is no
        such module: module_unknown)
  account (no line: perm_denied)
  password (no line: perm_denied)
  session (of other, as the service has none)
    /etc/pam.d/other:1   required                    /opt/x.so (there is no
        such module: module_unknown)

What holds, whatever its modules answer; for root, what differs
  A new password
    no case   no password is set by the service
  Log-in by password
    UNKNOWN   all of this
        /etc/pam.d/common:1: its module is not there
  An account
    no case   no account is let in

Held: 0; not held: 0; unknown: 6; no case: 7; otherwise for root: 0
EOF
expect 2 LOGIN
diff "$dir/want" "$dir/out" || complain 'login: another text'

printf 'auth optional\nauth x=y pam_unix.so\n' > "$root/etc/pam.d/odd"
expect 2 odd
says 'odd:1 *optional *(always fails: perm_denied)$'
says '^  keeps it from being judged: /etc/pam.d/odd:1: it names no module$'
says '^    UNKNOWN   all of it$'
expect 2 odd --lang zh_TW
says '因此無法判定: /etc/pam.d/odd:1: 它沒有寫出模組'
says '^    無法判定  全部項目$'
printf 'auth required pam_unix.so \\\n' > "$root/etc/pam.d/odd"
expect 2 odd
says 'libpam refuses every call: abort'
expect 2 odd --format json
says '"fate": "refused", .*"stacks": null'
printf 'auth include odd\n' > "$root/etc/pam.d/odd"
expect 2 odd
says "can't be told"
# What a file holds is not sent to a terminal.
printf 'auth required \033[2J.so\n' > "$root/etc/pam.d/odd"
expect 2 odd
for format in text json; do
    expect 2 odd --format $format
    grep -q "$(printf '\033')" "$dir/out" && complain 'a control character'
done
rm "$root/etc/pam.d/odd"

# ---- a service that is not there ------------------------------------------------
expect 0 logn
says '^logn (not configured: libpam takes other for it)$'
grep -q 'no service `logn` is configured.*takes `other`.*: login' "$dir/err" ||
    complain 'logn: nothing suggested'
expect 0 xyz
grep -q 'no service `xyz` is configured.*takes `other`$' "$dir/err" ||
    complain 'xyz: something suggested'
expect 0 logn --format json
says '"name": "logn", "configured": false'

# ---- what is proved ---------------------------------------------------------------
for type in auth account password session; do
    echo "$type required pam_deny.so"
done > "$root/etc/pam.d/other"
printf '\177ELF' > "$security/pam_deny.so"
expect 0 other
says '^    no case   no password is set by the service$'
says '^    no case   nobody is let in by a password$'

# faillock's line behind pam_unix's is not come to by a wrong password.
cat > "$root/etc/pam.d/login" << 'EOF'
auth required pam_faillock.so preauth
auth [success=2 default=ignore] pam_unix.so
auth requisite pam_deny.so
auth [default=die] pam_faillock.so authfail
auth required pam_permit.so
account required pam_faillock.so
account required pam_unix.so
EOF
echo 'deny = 4' > "$root/etc/security/faillock.conf"
expect 2 login
sed -n '/NOT HELD  each wrong/,/^    [^ ]/p' "$dir/out" > "$dir/told"
cat > "$dir/want" << 'EOF'
    NOT HELD  each wrong password is counted
        /etc/pam.d/login:2: a wrong password does not come to the line that
        counts it
        as on this way, where the modules return:
          /etc/pam.d/login:1  pam_faillock.so -> success
          /etc/pam.d/login:2  pam_unix.so -> auth_err
          /etc/pam.d/login:3  pam_deny.so -> auth_err
EOF
head -n 7 "$dir/told" | diff "$dir/want" - || complain 'login: another proof'
sed -i '3d' "$root/etc/pam.d/login"
sed -i 's/success=2/success=1/' "$root/etc/pam.d/login"
expect 2 login
says '^    held      each wrong password is counted \[/etc/pam.d/login:3\]$'
says '^    held      an account is locked after 4 counted failures, for 600 seconds$'
says '^              \[/etc/security/faillock.conf:1\]$'
says '^    root: NOT HELD  an account that is locked is not let in$'
says 'root is never locked: no even_deny_root$'

# pam_acctward.so as its manual has it, for users and for root.
cat > "$root/etc/pam.d/login" << 'EOF'
auth requisite pam_acctward.so preauth
auth [success=2 default=ignore] pam_unix.so
auth [default=die] pam_acctward.so authfail
auth requisite pam_deny.so
auth required pam_acctward.so authsucc
auth required pam_permit.so
account required pam_acctward.so
account required pam_unix.so
password requisite pam_acctward.so retry=3
password [success=1 default=ignore] pam_unix.so use_authtok yescrypt
password requisite pam_deny.so
password required pam_permit.so
password required pam_acctward.so changed
EOF
rm "$root/etc/pam.d/common"
expect 0 login
says 'was held against a dictionary, as the plan asks'
says '^Held: 13; not held: 0; unknown: 0; no case: 0; otherwise for root: 0$'

# ---- all of them --------------------------------------------------------------------
echo 'auth required pam_permit.so' > "$root/etc/pam.d/door"
echo 'auth required pam_unix.so' > "$root/etc/pam.d/common-auth"
expect 2
says '^login *plan plan plan plan plan plan plan  yes plan  yes  yes plan plan$'
says '^other  *-  *-'
says 'ask: /etc/pam.d/door:1: it lets in without asking for anything$'
says '^      door$'
says '^  common-auth$'
says '^Services: 3; all held: 1; something not held: 1; not known: 0; no case: 1$'
expect 0 common-auth
says '^  (only a part that other services include'
rm "$root/etc/pam.d/door"
expect 0 --lang zh_TW
says '^服務：2；全部成立：1；'
expect 0 --format json
cp "$dir/out" "$dir/once"
expect 0 --format json
cmp "$dir/once" "$dir/out" || complain 'json: not the same twice'
expect 0 login --format json --output "$dir/file"
[ -s "$dir/file" ] || complain 'no --output'
expect 64 --format csv

exit $bad
