#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each shipped plan, as `acctward plan show` has it in force, is what
# tests/snapshots/ID.plan says: a changed value, strength, clause or built-in
# shows as a diff. Of origins only the kind is kept, as lines move.
# After a change that is meant: tests/check_snapshots.sh --update
set -eu

out=${OUT:-build}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/root"
bad=0

for plan in policy/plans/*.conf; do
    id=$(basename "$plan" .conf)
    # With no agency, so that no host's settings get in.
    "$out/bin/acctward" plan show --plans "$out/share/acctward/plans" \
        --root "$dir/root" "$id" |
        sed -E 's/^(origin[a-z_.]* = (plan|agency)) .*/\1/' > "$dir/$id.plan"
    if ! [ -s "$dir/$id.plan" ]; then
        echo "$id: nothing is shown"
        bad=1
    elif [ "${1:-}" = --update ]; then
        mkdir -p tests/snapshots
        cp "$dir/$id.plan" "tests/snapshots/$id.plan"
    elif ! diff -u "tests/snapshots/$id.plan" "$dir/$id.plan"; then
        bad=1
    fi
done
for snapshot in tests/snapshots/*.plan; do
    if ! [ -e "policy/plans/$(basename "$snapshot" .plan).conf" ]; then
        echo "$snapshot: there is no such plan"
        bad=1
    fi
done
exit $bad
