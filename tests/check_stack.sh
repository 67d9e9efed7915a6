#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward stack: what it shows of a tree, and its exit status. Run from the
# source root.
set -u

ward=$PWD/${OUT:-build}/bin/acctward
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
bad=0

complain() {
    echo "$0: $*" >&2
    bad=1
}

# status, words of the command
expect() {
    want=$1
    shift
    LC_ALL=C "$ward" stack "$@" --root "$dir/root" > "$dir/out" 2> "$dir/err"
    status=$?
    [ "$status" -eq "$want" ] || complain "stack $*: exit $status"
}

security=$dir/root/usr/lib/x86_64-linux-gnu/security
mkdir -p "$dir/root/etc/pam.d" "$security"
printf '\177ELF' > "$security/pam_unix.so"
: > "$dir/root/etc/debian_version"
expect 1 && grep -q 'no service of PAM' "$dir/err" || complain 'none: silent'

cat > "$dir/root/etc/pam.d/login" << 'EOF'
auth [success=1 default=ignore] pam_unix.so nullok [a b]
@include common
auth substack common
EOF
echo 'auth	requisite	pam_deny.so' > "$dir/root/etc/pam.d/common"
echo 'session required /opt/x.so' > "$dir/root/etc/pam.d/other"
cat > "$dir/want" << 'EOF'
login
  auth
    /etc/pam.d/login:1   [success=1 default=ignore]  pam_unix.so nullok [a b]
    /etc/pam.d/common:1  requisite                   pam_deny.so (there is no such module: module_unknown)
    /etc/pam.d/login:3   substack                    common
    /etc/pam.d/common:1    requisite                 pam_deny.so (there is no such module: module_unknown)
  account (no line: perm_denied)
  password (no line: perm_denied)
  session (of other, as the service has none)
    /etc/pam.d/other:1   required                    /opt/x.so (there is no such module: module_unknown)
EOF
expect 0 LOGIN
diff "$dir/want" "$dir/out" || complain 'login: another text'

expect 0
[ "$(grep -c '^[a-z]' "$dir/out")" -eq 3 ] || complain 'not every service'

printf 'auth optional\nauth x=y pam_unix.so\n' > "$dir/root/etc/pam.d/odd"
expect 2 odd
grep -q 'odd:1 *optional *(always fails: perm_denied)$' "$dir/out" ||
    complain 'odd: no broken line'
grep -q '^  keeps it from being judged: /etc/pam.d/odd:1: it names no module$' "$dir/out" ||
    complain 'odd: no fault'
expect 2
"$ward" stack odd --root "$dir/root" --lang zh_TW > "$dir/out"
grep -q '因此無法判定: /etc/pam.d/odd:1: 它沒有寫出模組' "$dir/out" ||
    complain 'zh_TW: not translated'
printf 'auth required pam_unix.so \\\n' > "$dir/root/etc/pam.d/odd"
expect 2 odd
grep -q 'libpam refuses every call: abort' "$dir/out" || complain 'not refused'
printf 'auth include odd\n' > "$dir/root/etc/pam.d/odd"
expect 2 odd
grep -q "can't be told" "$dir/out" || complain 'a loop is sure'
# What a file holds is not sent to a terminal.
printf 'auth required \033[2J.so\n' > "$dir/root/etc/pam.d/odd"
expect 0 odd
grep -q "$(printf '\033')" "$dir/out" && complain 'a control character'

exit $bad
