#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# FUZZ_SECONDS=N tests/fuzz/run.sh BINARY...
# Run each fuzzer for so long on a copy of its seeds (tests/fuzz/seeds/NAME of
# fuzz_NAME). One line each; what a crashing one printed is shown, and its input
# is kept beside the binary. Ends with `N passed, N failed`.
set -u

: "${FUZZ_SECONDS:=10}"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
export TMPDIR="$dir"
passed=0
failed=0

for binary in "$@"; do
    name=${binary##*/}
    seeds=tests/fuzz/seeds/${name#fuzz_}
    corpus=$dir/$name
    mkdir "$corpus"
    if ! cp -R "$seeds/." "$corpus"; then
        echo "FAIL  $name: no seeds in $seeds"
        failed=$((failed + 1))
        continue
    fi
    before=$(find "$corpus" -type f | wc -l)
    if "$binary" -max_total_time="$FUZZ_SECONDS" -timeout=10 \
        -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="$binary." "$corpus" > "$dir/log" 2>&1; then
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/log")
        echo "ok    $name: ${runs:-?} runs in $FUZZ_SECONDS s," \
            "$before seeds"
        passed=$((passed + 1))
    else
        echo "FAIL  $name"
        grep -v '^#[0-9]' "$dir/log" | tail -60 | sed 's/^/      /'
        failed=$((failed + 1))
    fi
    rm -rf "$corpus"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
