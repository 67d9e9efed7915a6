#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# From a source tree on a Debian host to an audit, or to every test.
#
#   packaging/bootstrap.sh audit [option of `acctward audit`]...
#       Install what building needs and is missing, build, audit this host.
#       The exit status is acctward's.
#   packaging/bootstrap.sh check
#       Install what the tests need as well, and run every one of them.
set -eu

# What su(1) leaves of the path may lack these.
PATH=$PATH:/usr/sbin:/sbin
export PATH

build_needs="gcc make pkg-config libc6-dev libcrypt-dev libinih-dev
    libjansson-dev libpam0g-dev libaudit-dev libpwquality-dev gettext"
# Those from libpwquality1 on are looked for when a password is changed.
check_needs="clang clang-format libclang-rt-14-dev libcmocka-dev valgrind
    libpwquality1 libmd0 cracklib-runtime
    mandoc python3 python3-jsonschema sudo mmdebstrap debian-archive-keyring
    strace"

say() {
    echo "bootstrap.sh: $*" >&2
}

die() {
    say "$*"
    exit 1
}

missing() { # package...
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null) in
        installed) ;;
        *) echo "$package" ;;
        esac
    done
}

install_missing() { # package...
    if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null
    then
        die "this is no Debian-like system (no apt-get): install a C compiler," \
            "make, pkg-config, gettext, libxcrypt, inih, jansson, linux-pam," \
            "libpwquality and libaudit by its own means, then \`make\`"
    fi
    wanted=$(missing "$@" | tr '\n' ' ')
    if [ -z "$wanted" ]; then
        return 0
    fi
    if [ "$(id -u)" -ne 0 ]; then
        die "run as root: these have to be installed: $wanted"
    fi
    say "installing: $wanted"
    export DEBIAN_FRONTEND=noninteractive
    # An update that could not reach its mirror is a success to apt-get. What
    # the two say is shown only if it fails.
    # shellcheck disable=SC2086 # words
    if ! said=$({ apt-get -q update && apt-get -q -y -o Dpkg::Use-Pty=0 \
        --no-install-recommends install $wanted; } 2>&1 < /dev/null); then
        echo "$said" >&2
        die "apt-get could not install: $wanted"
    fi
}

cores() {
    getconf _NPROCESSORS_ONLN 2> /dev/null || echo 1
}

# ---- audit ----------------------------------------------------------------

# Has the agency chosen a plan, in the settings of the host looked at?
chosen_in() { # file or drop-in...
    for file in "$@"; do
        if [ -f "$file" ] && grep -q '^[[:space:]]*plan[[:space:]]*[=:]' "$file"
        then
            return 0
        fi
    done
    return 1
}

plan_chosen() { # option...
    root= config=
    while [ $# -gt 0 ]; do
        case $1 in
        --plan | --plan=* | --help) return 0 ;;
        --root) root=${2-} ;;
        --root=*) root=${1#*=} ;;
        --config) config=${2-} ;;
        --config=*) config=${1#*=} ;;
        esac
        shift
    done
    if [ -n "$config" ]; then
        chosen_in "$config"
    else
        chosen_in "$root/etc/acctward/acctward.conf" \
            "$root"/etc/acctward/acctward.conf.d/*.conf
    fi
}

audit() {
    # The rules of sudo are read by sudo's own tool; without rules it is not
    # needed, and it would bring its own with it.
    if [ -e /etc/sudoers ] && ! command -v cvtsudoers > /dev/null; then
        build_needs="$build_needs sudo"
    fi
    # shellcheck disable=SC2086 # words
    install_missing $build_needs
    make -s -C "$top" -j"$(cores)" >&2
    if ! plan_chosen "$@"; then
        say "no plan is chosen (--plan, /etc/acctward/acctward.conf):" \
            "judging by P-ZX"
        set -- --plan P-ZX "$@"
    fi
    exec "$top/build/bin/acctward" audit "$@"
}

# ---- check ----------------------------------------------------------------

passed=0 failed=0

# A stage ends with a line of its own, "N passed, N failed". One without such
# a line counts as one test; one that fails has at least one failure.
stage() { # make's arguments...
    echo "== make $*"
    began=$(date +%s)
    status=$work/status
    { make -s --no-print-directory -j"$(cores)" "$@" 2>&1 && echo 0 > "$status" ||
        echo 1 > "$status"; } | tee "$work/log"
    read -r ended < "$status"
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$work/log" | tail -n 1) ||
        true
    if [ -z "$line" ]; then
        line="$((1 - ended)) passed, $ended failed"
    fi
    good=${line%% passed*} bad=${line#*, }
    bad=${bad%% failed*}
    if [ "$ended" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    echo "== make $*: $good passed, $bad failed" \
        "($(($(date +%s) - began)) seconds)"
    summary="$summary
make $*: $good passed, $bad failed"
}

check() {
    # shellcheck disable=SC2086 # words
    install_missing $build_needs $check_needs
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    summary=
    # Warnings are errors here: what was built without that is built again.
    export CI=1
    cd "$top"
    make -s clean
    stage lint
    stage check
    stage check SAN=1
    stage check VALGRIND=1
    stage fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-3}"
    stage e2e
    echo "$summary"
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

top=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")/.." && pwd -P)
verb=${1-}
case $verb in
audit)
    shift
    audit "$@"
    ;;
check)
    if [ $# -ne 1 ]; then
        say "check takes no arguments"
        exit 64
    fi
    check
    ;;
*)
    say "usage: bootstrap.sh audit [option]... | bootstrap.sh check"
    exit 64
    ;;
esac
