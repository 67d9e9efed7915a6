#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# OUT=DIR [VALGRIND=1] tests/run.sh BINARY...
# Run every test binary and every tests/check_*.sh, from the source root; with
# VALGRIND the binaries alone, as what the scripts start is not run by it. One
# line each; what a failing one printed is shown. Ends with `N passed, N failed`,
# which counts cases of the binaries and each script as one.
set -u

: "${OUT:=build}"
export OUT
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0:exitcode=98}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}"
export LC_ALL=C.UTF-8 TZ=Asia/Taipei
unset NO_COLOR CMOCKA_MESSAGE_OUTPUT CMOCKA_XML_FILE CMOCKA_TEST_ABORT

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
export TMPDIR="$dir"
passed=0
failed=0

# A case counts as passed when it said so; a binary that fails without a failed
# case (a crash, a leak, a group's own error) is one failure more.
count() { # name, status
    good=$(grep -c '^\[       OK \] ' "$log")
    # The list at the end names each failed case again.
    bad=$(sed -n 's/^ *\([0-9][0-9]*\) FAILED TEST(S).*/\1/p' "$log" | tail -1)
    : "${bad:=0}"
    if [ "$2" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    elif [ "$2" -eq 0 ] && [ "$good" -eq 0 ]; then
        bad=1
        echo "$1: ran no case" >> "$log"
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    tell "$1" "$good" "$bad" "$2"
}

tell() { # name, passed, failed, status
    if [ "$3" -eq 0 ]; then
        printf 'ok    %s: %d passed\n' "$1" "$2"
    else
        printf 'FAIL  %s: %d passed, %d failed (exit %d)\n' "$1" "$2" "$3" "$4"
        sed -e '/^\[ RUN  /d' -e '/^\[       OK \]/d' -e 's/^/      /' "$log"
    fi
}

# As many at once as there are processors; what came of each is kept.
one='
    name=${1##*/}
    case $1 in
    *.sh) set -- sh "$1" ;;
    *) [ -z "${VALGRIND:-}" ] || set -- valgrind -q --error-exitcode=99 \
        --leak-check=full --trace-children=no "$1" ;;
    esac
    "$@" > "$TMPDIR/$name.log" 2>&1
    echo $? > "$TMPDIR/$name.status"'

# What scripts start is not run by valgrind.
[ -n "${VALGRIND:-}" ] || set -- "$@" tests/check_*.sh
printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 sh -c "$one" one

for test in "$@"; do
    name=${test##*/}
    log=$dir/$name.log
    status=$(cat "$dir/$name.status" 2> /dev/null || echo 1)
    case $name in
    *.sh)
        good=$((status == 0)) bad=$((status != 0))
        passed=$((passed + good))
        failed=$((failed + bad))
        tell "$name" "$good" "$bad" "$status"
        ;;
    *) count "$name" "$status" ;;
    esac
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
