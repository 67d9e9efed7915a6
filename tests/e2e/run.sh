#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The real program on real Debian roots: accounts are made by the programs that
# administrators use, and each finding is compared with what was done. One
# table a scenario says both, side by side. Wants root and mmdebstrap.
#
#   OUT=build tests/e2e/run.sh [scenario]...
set -eu
export LC_ALL=C.UTF-8 PATH="$PATH:/usr/sbin:/sbin"

OUT=${OUT:-build}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
top=${here%/tests/e2e}
. "$here/lib.sh"

[ "$(id -u)" -eq 0 ] || die "has to be run as root"
for needed in mmdebstrap unshare strace cvtsudoers "$python"; do
    command -v "$needed" > /dev/null || die "$needed is not installed"
done
[ -x "$tool" ] || die "$tool: not built; run \`make\`"

# In a mount namespace of its own, so that roots are in memory and nothing is
# left of them.
if [ -z "${E2E_INSIDE-}" ]; then
    unshare -m true 2> /dev/null || die "no mount namespace can be made here"
    E2E_INSIDE=1 exec unshare -m "$here/run.sh" "$@"
fi
work=$(mktemp -d)
trap 'umount -l "$work"; rmdir "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mount -t tmpfs -o mode=755 tmpfs "$work"
base=$(base_tarball)

# Noon of today, in Taipei: what the tools date "today" is of this day.
today() {
    date -u +%FT12:00:00+08:00
}

days_on() { # days
    date -u -d "$(date -u +%F) $1 days" +%FT12:00:00+08:00
}

scenario_clean() {
    as_of=$(today)
    new_root clean
    plant "$here/clean.table"
    # Debian's own stacks hold to no plan: here nobody gets in.
    mv "$root/etc/pam.d" "$root/etc/pam.d.away"
    mkdir "$root/etc/pam.d"
    echo '# nobody gets in' > "$root/etc/pam.d/other"
    audit_both clean "$here/clean.table" P-ZX 0
    status=0
    inside acctward audit --plan P-ZX > "$work/clean.txt" 2> "$work/err" ||
        status=$?
    try "clean: judged for now, exit status 0" same "$status" 0 "$work/err"
    lines=$(wc -l < "$work/clean.txt")
    try "clean: fits a screen of 24 lines ($lines)" test "$lines" -le 24
    status=0
    inside acctward audit > "$work/out" 2> "$work/err" || status=$?
    try "clean: no plan chosen, exit status 1" same "$status" 1 "$work/err"
    # What only root may read, read by nobody.
    status=0
    inside setpriv --reuid=65534 --regid=65534 --clear-groups \
        acctward audit --plan P-ZX > "$work/out" 2> "$work/err" || status=$?
    try "clean: run by nobody, exit status 1" same "$status" 1 "$work/err"
    try "clean: run by nobody, the file is named: $(cat "$work/err")" grep -q \
        -E '^acctward: /etc/(shadow|sudoers): Permission denied' "$work/err"
    try "clean: run by nobody, no report" test ! -s "$work/out"
    rm -rf "$root"
}

scenario_planted() {
    as_of=$(today)
    new_root planted
    plant "$here/planted.table"
    audit_both planted "$here/planted.table" "" 2
    keep_sample
    rm -rf "$root"
}

# The report as people see it, for the reader of a failure.
keep_sample() {
    [ -z "${SAMPLE-}" ] ||
        inside acctward audit --as-of "$as_of" > "$SAMPLE" || true
}

scenario_lastuse() {
    # Not across midnight: the table counts days from the log-ins.
    while [ "$(date -u +%H%M)" -ge 2357 ]; do
        sleep 20
    done
    as_of=$(today)
    new_root lastuse
    plant "$here/lastuse.table"
    as_of=$(days_on 90)
    audit_both lastuse-90 "$here/lastuse.table" "" 2
    try "lastuse-90: what was typed for a name is not told" \
        sh -c '! grep -q Typed "$1"/*.out/*' - "$work"
    as_of=$(days_on 91)
    audit_both lastuse-91 "$here/lastuse-91.table" "" 2
    # One source alone.
    plant "$here/lastuse-wtmp.table"
    audit_both lastuse-wtmp "$here/lastuse-wtmp.table" "" 2
    plant "$here/lastuse-lastlog.table"
    audit_both lastuse-lastlog "$here/lastuse-lastlog.table" "" 2
    rm -rf "$root"
}

scenario_epa() {
    as_of=$(today)
    new_root epa
    plant "$here/epa.table"
    audit_both epa "$here/epa.table" EPA 2
    rm -rf "$root"
}

scenario_months() {
    as_of=2026-11-20T10:00:00+08:00
    new_root months
    plant "$here/months.table"
    audit_both months "$here/months.table" K-SOC 2
    rm -rf "$root"
}

. "$here/hostile.sh"
. "$here/door.sh"
. "$here/password.sh"
. "$here/stacks.sh"

if [ $# -eq 0 ]; then
    set -- clean planted lastuse epa months hostile door password stacks
fi
for name in "$@"; do
    "scenario_$name"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
