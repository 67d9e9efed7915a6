#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/golden/NAME/root is a host as a text archive (see unpack.sh), and
# NAME/arguments what `acctward audit` is asked. What it and `acctward
# privileged` write is what stands in NAME/*.ok, byte for byte.
# After a change that is meant, and then read line by line:
# tests/check_golden.sh --update [NAME...]
set -u

out=${OUT:-build}
ward=$out/bin/acctward
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
update=false
if [ "${1:-}" = --update ]; then
    update=true
    shift
fi
[ $# -gt 0 ] || set -- $(ls tests/golden)
bad=0
export TZ=Asia/Taipei

compare() { # golden, made
    if $update; then
        cp "$2" "$1"
    elif ! diff -u "$1" "$2"; then
        bad=1
    fi
}

# Text ends with the exit status, and what was told on standard error.
end() { # format, status
    if [ "$1" = text ]; then
        echo "[exit $2]" >> "$dir/made"
        cat "$dir/err" >> "$dir/made"
    fi
}

for name; do
    golden=tests/golden/$name
    root=$dir/$name
    sh tests/unpack.sh "$golden/root" "$root" || exit 1
    read -r arguments < "$golden/arguments"
    as_of=$(echo "$arguments" | sed 's/.*--as-of \([^ ]*\).*/\1/')
    for format in text json; do
        # shellcheck disable=SC2086
        "$ward" audit --root "$root" --plans "$out/share/acctward/plans" \
            $arguments --format $format > "$dir/made" 2> "$dir/err"
        status=$?
        end "$format" $status
        compare "$golden/audit.$format.ok" "$dir/made"
        "$ward" privileged --root "$root" --format $format \
            --plans "$out/share/acctward/plans" --as-of "$as_of" \
            > "$dir/made" 2> "$dir/err"
        status=$?
        end "$format" $status
        compare "$golden/privileged.$format.ok" "$dir/made"
    done
done
exit $bad
