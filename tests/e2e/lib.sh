# SPDX-License-Identifier: BSD-2-Clause
# Roots to audit, and what to expect of them. Sourced by run.sh, with `top` and
# `work` set.
# shellcheck shell=sh

suite=bookworm
packages="passwd,login,sudo,openssh-server,openssh-client,util-linux,procps,\
expect,iproute2,tzdata,libinih1,libjansson4,opendoas,libpwquality1,libmd0,\
cracklib-runtime"
tool=$top/$OUT/bin/acctward
plans=$top/policy/plans
python=/usr/bin/python3

passed=0 failed=0

case_ok() {
    passed=$((passed + 1))
    echo "ok      $*"
}

case_failed() {
    failed=$((failed + 1))
    echo "NOT OK  $*"
}

# Count as a case whether the command succeeds.
try() { # title, command...
    title=$1
    shift
    if "$@"; then
        case_ok "$title"
    else
        case_failed "$title"
    fi
}

die() {
    echo "e2e: $*" >&2
    exit 1
}

# The Debian mirrors of this host, as apt knows them; none: mmdebstrap's own.
mirrors() {
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' 'Trusted: yes' 2> /dev/null |
        grep " $suite" | sort -u || true
}

# The tarball of a minimal Debian with the packages, made once: beside each
# other, the second waits for the first.
base_tarball() {
    cache=${XDG_CACHE_HOME:-/var/cache}/acctward-e2e
    key=$(echo "$suite $packages 1" | sha256sum | cut -c 1-16)
    tarball=$cache/$key.tar
    mkdir -p "$cache"
    exec 9> "$cache/lock"
    flock 9
    if [ ! -f "$tarball" ]; then
        echo "making $tarball" >&2
        rm -f "$cache"/*.part.tar
        mirrors > "$work/mirrors"
        if [ -s "$work/mirrors" ]; then
            set -- "$work/mirrors"
        else
            set --
        fi
        mmdebstrap --quiet --variant=minbase --include="$packages" \
            --dpkgopt='path-exclude=/usr/share/doc/*' \
            --dpkgopt='path-exclude=/usr/share/man/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' \
            --aptopt='APT::Install-Recommends "false"' \
            "$suite" "$tarball.part.tar" "$@" >&2 || {
            rm -f "$tarball.part.tar"
            die "mmdebstrap could not make a Debian root"
        }
        mv "$tarball.part.tar" "$tarball"
    fi
    flock -u 9
    exec 9>&-
    echo "$tarball"
}

# A fresh root with acctward installed, as the variable `root`.
new_root() { # name
    root=$work/$1
    mkdir "$root"
    tar -C "$root" -xpf "$base"
    make -s -C "$top" install OUT="$OUT" DESTDIR="$root" > "$work/install" 2>&1 ||
        die "make install failed: $(cat "$work/install")"
    echo e2e > "$root/etc/hostname"
    mkdir -p "$root/e2e"
    cp "$top/tests/e2e/inside.sh" "$top/tests/e2e/talk.exp" \
        "$top/tests/e2e/fail.exp" "$root/e2e/"
}

# Run a command in $root; with a network of its own, loopback only.
inside() {
    AS_OF=$as_of unshare -m -p -f -u --kill-child "$top/tests/e2e/enter.sh" \
        "$root" "$@"
}

inside_net() {
    AS_OF=$as_of unshare -n -m -p -f -u --kill-child \
        "$top/tests/e2e/enter.sh" "$root" "$@"
}

# Plant what stands in the first column of the table.
plant() { # table
    awk -F '\t' '
        BEGIN { print ". /e2e/inside.sh" }
        /^#/ || $1 == "" { next }
        { print "row=" NR; print $1 }' "$1" > "$root/e2e/plant.sh"
    if ! inside_net /bin/bash /e2e/plant.sh > "$work/planting" 2>&1; then
        cat "$work/planting" >&2
        die "$1: planting failed"
    fi
}

# Audit $root from inside, as the running host, and from outside by --root, and
# compare both with the table, and with each other.
audit_both() { # name, table, plan ("": the agency's choice), expected status
    set -- "$1" "$2" "${3:+--plan=$3}" "$4"
    out=$work/$1.out
    mkdir -p "$out"
    status=0
    # shellcheck disable=SC2086 # no plan, no word
    inside acctward audit $3 --as-of "$as_of" --format json \
        > "$out/inside.json" 2> "$out/inside.err" || status=$?
    try "$1: audited from inside, exit status $4" same "$status" "$4" \
        "$out/inside.err"
    status=0
    # shellcheck disable=SC2086
    "$tool" audit $3 --root "$root" --as-of "$as_of" --format json \
        > "$out/outside.json" 2> "$out/outside.err" || status=$?
    try "$1: audited from outside, exit status $4" same "$status" "$4" \
        "$out/outside.err"
    try "$1: both say the same" diff -u "$out/inside.json" "$out/outside.json"
    # shellcheck disable=SC2086
    inside acctward privileged $3 --as-of "$as_of" --format json \
        > "$out/inside.priv" 2> "$out/inside.err" ||
        case_failed "$1: privileged, from inside: $(cat "$out/inside.err")"
    # shellcheck disable=SC2086
    "$tool" privileged $3 --root "$root" --as-of "$as_of" --format json \
        > "$out/outside.priv" 2> "$out/outside.err" ||
        case_failed "$1: privileged, from outside: $(cat "$out/outside.err")"
    try "$1: both know the same privileges" diff -u "$out/inside.priv" \
        "$out/outside.priv"
    "$python" "$top/tests/e2e/compare.py" "$1" "$2" "$root" \
        "$out/outside.json" "$out/outside.priv" > "$out/cases" ||
        case_failed "$1: compare.py"
    cat "$out/cases"
    passed=$((passed + $(grep -c '^ok' "$out/cases" || true)))
    failed=$((failed + $(grep -c '^NOT OK' "$out/cases" || true)))
}

same() { # is, should be, what was said
    if [ "$1" != "$2" ]; then
        echo "exit status $1, not $2: $(head -c 500 "$3")"
        return 1
    fi
}
