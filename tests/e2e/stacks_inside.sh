# SPDX-License-Identifier: BSD-2-Clause
# Stacks as people write them, from inside a root: what each does, and what
# `acctward stack` makes of it. One of several that run beside each other, each
# with an /etc and a state of its own.
#
#   stacks_inside.sh NUMBER OF-HOW-MANY
# shellcheck shell=bash
set -eu
export LC_ALL=C.UTF-8
number=$1 workers=$2

mine=/mnt/$number
mkdir -p "$mine"
mount -t tmpfs -o mode=755 tmpfs "$mine"
cp -a /etc "$mine/etc"
rm -rf "$mine/etc/pam.d" "$mine/etc/security" "$mine/etc/acctward"
mkdir -p "$mine/lib/acctward" "$mine/lib/faillock" "$mine/log" "$mine/run"
mkdir -p /var/lib/acctward /var/lib/faillock /run
mount --bind "$mine/etc" /etc
mount --bind "$mine/lib/acctward" /var/lib/acctward
mount --bind "$mine/lib/faillock" /var/lib/faillock
mount --bind "$mine/log" /var/log
mount --bind "$mine/run" /run
: > /run/utmp

turn=0
for case in /e2e/stacks/*/; do
    case=$(basename "$case")
    turn=$((turn + 1))
    if [ "$case" = base ] || [ $((turn % workers)) -ne "$number" ]; then
        continue
    fi
    rm -rf /etc/pam.d /etc/security /etc/acctward
    mkdir /etc/security
    cp -r /e2e/stacks/base/etc/. /etc/
    # A case may be the base as it stands.
    [ ! -d "/e2e/stacks/$case/etc" ] || cp -r "/e2e/stacks/$case/etc/." /etc/
    find /var/lib/acctward /var/lib/faillock /run -mindepth 1 \
        ! -name utmp -delete
    services=login
    if [ -e "/e2e/stacks/$case/services" ]; then
        services=$(cat "/e2e/stacks/$case/services")
    fi
    # shellcheck disable=SC2086 # words
    /e2e/stack_probe $services > "/e2e/out/$case.real" \
        2> "/e2e/out/$case.err" < /dev/null || echo "exit $?" >> "/e2e/out/$case.err"
    for service in $services; do
        acctward stack "$service" --format json \
            > "/e2e/out/$case.$service.json" 2>> "/e2e/out/$case.err" || true
    done
done
