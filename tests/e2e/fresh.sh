#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The two commands of the README on a machine that has nothing: a minimal
# Debian of its own, with a copy of this tree and this host's way to packages.
# Run by hand, as root; takes minutes.
#
#   tests/e2e/fresh.sh [errors|audit|check|offline]...
#
# errors         while all is missing: not root, no network (exit status 1)
# audit, check   as in the README
# offline        both again, with no network: nothing is missing any more
set -eu
export LC_ALL=C.UTF-8 PATH="$PATH:/usr/sbin:/sbin"

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
top=${here%/tests/e2e}
OUT=build
. "$here/lib.sh"
[ "$(id -u)" -eq 0 ] || die "has to be run as root"
[ $# -gt 0 ] || set -- errors audit check offline

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
root=$work/root as_of=

make_root() {
    mirrors > "$work/mirrors"
    if [ -s "$work/mirrors" ]; then
        mmdebstrap --quiet --variant=minbase "$suite" "$root" "$work/mirrors"
    else
        mmdebstrap --quiet --variant=minbase "$suite" "$root"
    fi
    # The way to packages, for the time of the test.
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    apt-config dump | grep -E '^Acquire::(https?|Check-|Retries)' \
        > "$root/etc/apt/apt.conf.d/00outer" || true
    rm -rf "$root"/var/lib/apt/lists/*
    mkdir "$root/src"
    (cd "$top" && git ls-files -z -co --exclude-standard) > "$work/files"
    tar -C "$top" --null -T "$work/files" -cf - | tar -C "$root/src" -xf -
}

timed() { # what, unshare option or "", command...
    echo "==== $1"
    began=$(date +%s) status=0
    # shellcheck disable=SC2086
    unshare $2 -m -p -f -u --kill-child "$here/enter.sh" "$root" \
        env "http_proxy=${http_proxy-}" "https_proxy=${https_proxy-}" \
        /bin/sh -c "cd / && $3" || status=$?
    echo "==== $1: exit status $status, $(($(date +%s) - began)) seconds"
}

make_root
for what in "$@"; do
    case $what in
    errors)
        timed "audit, not root" "" "setpriv --reuid=65534 --regid=65534 \
            --clear-groups /src/packaging/bootstrap.sh audit"
        timed "audit, no network" -n "/src/packaging/bootstrap.sh audit"
        ;;
    audit | check)
        timed "$what" "" "/src/packaging/bootstrap.sh $what"
        ;;
    offline)
        timed "audit, offline" -n "/src/packaging/bootstrap.sh audit"
        timed "check, offline" -n "/src/packaging/bootstrap.sh check"
        ;;
    *) die "$what: neither errors, audit, check nor offline" ;;
    esac
done
