#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pam_acctward.so as a file: what can be seen of it, what it brings into every
# program that asks PAM, and that it loads by itself.
set -u
export LC_ALL=C.UTF-8

out=${OUT:-build}
module=$out/security/pam_acctward.so
failed=0

complain() {
    echo "$*"
    failed=1
}

# Its own and no other's symbol may hide one of the program's.
exported=$(nm -D --defined-only "$module" | awk '{ print $NF }' | sort | xargs)
expected="pam_sm_acct_mgmt pam_sm_authenticate pam_sm_chauthtok"
expected="$expected pam_sm_close_session pam_sm_open_session pam_sm_setcred"
[ "$exported" = "$expected" ] || complain "exports: $exported"

# linux-pam and the engine only. The sanitizers have libraries of their own.
needed=$(readelf -dW "$module" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p')
sanitizer=$(echo "$needed" | grep -E '^lib(asan|ubsan)\.' | xargs)
for library in $needed; do
    case $library in
    libpam.so.* | libinih.so.* | libaudit.so.* | libc.so.* | ld-linux*) ;;
    libasan.* | libubsan.* | libgcc_s.* | libm.so.* | libstdc++.*)
        [ -n "$sanitizer" ] || complain "needs $library"
        ;;
    *) complain "needs $library" ;;
    esac
done
if readelf -dW "$module" | grep -E '\((RPATH|RUNPATH|TEXTREL)\)'; then
    complain "looks for libraries in a place of its own, or writes its code"
fi

segments=$(readelf -lW "$module")
echo "$segments" | grep -E '^ +(LOAD|GNU_STACK) .* RWE ' &&
    complain "a segment can be written and executed"
echo "$segments" | grep -q '^ *GNU_STACK ' || complain "no GNU_STACK"
echo "$segments" | grep -q '^ *GNU_RELRO ' || complain "no RELRO"
readelf -dW "$module" | grep -qE '\((BIND_NOW|FLAGS(_1)?)\).*NOW|BIND_NOW' ||
    complain "bound lazily"

# With whatever is not resolved it would fail only when somebody logs in.
preload=
if [ -n "$sanitizer" ]; then
    preload=$(ldd "$module" | awk '/lib(asan|ubsan)/ { print $3 }' | xargs)
fi
LD_PRELOAD=$preload ASAN_OPTIONS=detect_leaks=0 \
    python3 - "$(readlink -f "$module")" <<'PYTHON' || failed=1
import ctypes
import os
import sys

module = ctypes.CDLL(sys.argv[1], os.RTLD_NOW | os.RTLD_LOCAL)
for name in ("authenticate", "setcred", "acct_mgmt", "open_session",
             "close_session", "chauthtok"):
    getattr(module, "pam_sm_" + name)
PYTHON

exit "$failed"
