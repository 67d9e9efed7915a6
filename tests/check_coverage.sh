#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# `acctward plan coverage`: each shipped plan, pack and reference answers every
# clause that it lists, and tests/coverage/ID.csv is what becomes of each; and
# what plans with gaps say. After a change that is meant, and then read line by
# line: tests/check_coverage.sh --update
set -u

out=${OUT:-build}
ward=$out/bin/acctward
plans=$out/share/acctward/plans
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
update=false
[ "${1:-}" != --update ] || update=true
bad=0

complain() {
    echo "$*"
    bad=1
}

# status, golden file, plans, what follows `plan coverage`
compare() {
    want=$1
    golden=tests/coverage/$2
    where=$3
    shift 3
    "$ward" plan coverage --root "$dir" --plans "$where" "$@" \
        > "$dir/made" 2> "$dir/err"
    status=$?
    [ $status -eq "$want" ] || complain "exit $status, not $want: $*"
    ! [ -s "$dir/err" ] || complain "standard error: $(cat "$dir/err")"
    if $update; then
        cp "$dir/made" "$golden"
    elif ! diff -u "$golden" "$dir/made"; then
        bad=1
    fi
}

count=0
for plan in "$plans"/*.conf; do
    id=$(basename "$plan" .conf)
    compare 0 "$id.csv" "$plans" "$id" --format csv
    count=$((count + 1))
done
[ $count -ge 14 ] || complain "$count plans: some are missing"
for golden in tests/coverage/*.csv; do
    id=$(basename "$golden" .csv)
    [ -f "$plans/$id.conf" ] || [ -f "tests/coverage/$id.conf" ] ||
        complain "$golden is of no plan"
done

mkdir "$dir/plans"
cp tests/coverage/*.conf "$dir/plans"
for id in GAP BARE; do
    compare 2 $id.text "$dir/plans" $id --lang en
    compare 2 $id.json "$dir/plans" $id --format json
    compare 2 $id.csv "$dir/plans" $id --format csv
    compare 2 $id.zh_TW.text "$dir/plans" $id --lang zh_TW
done
compare 0 ADDS.text "$dir/plans" ADDS
compare 0 ADDS.json "$dir/plans" ADDS --format json --lang zh_TW
compare 0 K-CIV.text "$plans" K-CIV
compare 0 K-CIV.zh_TW.text "$plans" K-CIV --lang zh_TW

# A terminal of 80 columns; a Chinese character takes two.
for id in EPA K-SOC P-ZX T-DBAS tw-baseline-110-medium twgcb-rhel9; do
    for lang in en zh_TW; do
        "$ward" plan coverage --root "$dir" --plans "$plans" $id --lang $lang
    done
done > "$dir/made"
# What is not ASCII here has three bytes and takes two columns.
LC_ALL=C awk '{
    wide = $0
    gsub(/[ -~]/, "", wide)
    if (length($0) - length(wide) / 3 > 80) { print "too wide: " $0; bad = 1 }
} END { exit bad }' "$dir/made" || bad=1
[ -s "$dir/made" ] || complain "nothing to measure"

# An agency's own number is one, and no number of the document; what it adds
# stands behind the document's clauses, unless it answers one of them.
mkdir -p "$dir/etc/acctward"
cp tests/coverage/agency/acctward.conf "$dir/etc/acctward"
for kind in text json csv zh_TW.text; do
    format=${kind#zh_TW.}
    lang=en
    [ $kind = $format ] || lang=zh_TW
    compare 2 agency/GAP.$kind "$dir/plans" GAP --format $format --lang $lang
done
# With it the plan that is shown is still one that loads to the same.
"$ward" plan show --root "$dir" --plans "$dir/plans" GAP > "$dir/GAP.conf"
"$ward" plan check "$dir/GAP.conf" > "$dir/made" 2>&1 ||
    complain "not a plan any more: $(cat "$dir/made")"
rm -r "$dir/etc/acctward"

"$ward" plan coverage --root "$dir" --plans "$plans" K-CIV --format csv --bom \
    > "$dir/made"
[ "$(head -c 3 "$dir/made" | od -An -tx1)" = ' ef bb bf' ] ||
    complain "--bom: no byte order mark"
exit $bad
