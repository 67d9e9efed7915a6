#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# jsonl and csv say what json says: the same findings in the same order, each
# line of jsonl as its schema asks, each row of csv with every cell, and no
# cell that a spreadsheet would take for a formula.
set -eu

OUT=${OUT:-build}
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

mkdir -p "$tree/root/etc"
cat > "$tree/root/etc/passwd" << 'END'
root:x:0:0:root:/root:/bin/bash
=1+1:x:1001:1001::/home/a:/bin/bash
"q,q":x:1002:1001::/home/b:/bin/bash
@sum:x:1003:1001::/home/c:/bin/bash
＝2+2:x:1004:1001::/home/d:/bin/bash
END
printf '%s::20000:0:90:7:::\n' root =1+1 '"q,q"' @sum ＝2+2 > "$tree/root/etc/shadow"
printf 'root:x:0:\nusers:x:1001:\n' > "$tree/root/etc/group"
for format in json jsonl csv; do
    "$OUT/bin/acctward" audit --root "$tree/root" --plan P-ZX \
        --as-of 2026-11-20T12:00:00+08:00 --format $format \
        > "$tree/$format" || [ $? -eq 2 ]
done
"$OUT/bin/acctward" audit --root "$tree/root" --plan P-ZX --format csv --bom \
    > "$tree/bom" || [ $? -eq 2 ]

# Of a part, and of two hosts: each has its last row, and it says so.
for name in one two; do
    cp -r "$tree/root" "$tree/$name"
    echo $name > "$tree/$name/etc/hostname"
    "$OUT/bin/acctward" collect --root "$tree/$name" \
        --as-of 2026-11-20T12:00:00+08:00 --output "$tree/$name.facts"
done
"$OUT/bin/acctward" audit --plan EPA --format csv --rule 'password.min*' \
    --facts "$tree/one.facts" "$tree/two.facts" > "$tree/part" || [ $? -eq 2 ]
"$OUT/bin/acctward" audit --plan P-ZX --format csv --user @sum \
    --facts "$tree/one.facts" > "$tree/user" || [ $? -eq 2 ]

python3 - "$tree" docs/schema/acctward-audit-1.json << 'END'
import csv, json, sys
import jsonschema

tree, path = sys.argv[1:]
schema = json.load(open(path))
line_schema = {"$schema": schema["$schema"], "$ref": "#/$defs/line",
               "$defs": schema["$defs"]}
whole = json.load(open(tree + "/json"))
lines = [json.loads(line) for line in open(tree + "/jsonl")]
for line in lines:
    jsonschema.validate(line, line_schema)
found = [{k: v for k, v in line.items() if k != "type"}
         for line in lines if line["type"] == "finding"]
assert found and found == whole["findings"], "jsonl finds something else"
assert lines[0]["type"] == "audit" and lines[-1]["type"] == "summary"

rows = list(csv.reader(open(tree + "/csv", newline="")))
head, rows, last = rows[0], rows[1:-1], dict(zip(rows[0], rows[-1]))
assert len(rows) == len(found), "csv has other findings"
for row, finding in zip(rows, found):
    cell = dict(zip(head, row))
    assert len(row) == len(head), row
    assert cell["rule"] == finding["rule"]
    assert cell["message"] == finding["message"]
    assert cell["subject"].lstrip("'") == finding["subject"]["name"]
    assert not any(c[:1] in ("=", "+", "@", "\t", "\r") for c in row), row
whole_sum = whole["summary"]
assert last["rule"] == "summary" and last["subject_type"] == "host"
assert last["subject"] == last["host"] == whole["host"], last
assert last["verdict"] == whole_sum["verdict"] == "fail", last
for part in ("failed: %d," % whole_sum["fail"],
             "warnings: %d," % whole_sum["warn"],
             "unknown: %d;" % whole_sum["unknown"],
             "not judged: %d" % whole_sum["not_judged"],
             "judged by P-ZX, " + whole["tool"]):
    assert part in last["message"], last
assert "only" not in last["message"], last
assert any(row[head.index("subject")] == "'=1+1" for row in rows)
assert any(row[head.index("subject")] == "'＝2+2" for row in rows)
part = list(csv.DictReader(open(tree + "/part", newline="")))
lasts = [row for row in part if row["rule"] == "summary"]
assert [row["host"] for row in lasts] == ["one", "two"] and part[-1] in lasts
for row in lasts:
    assert row["message"].endswith("; only the rules that match 'password.min*'")
    assert "judged by EPA (version 3.5, 2015-08-28)" in row["message"], row
    assert row["verdict"] == "unknown", row
user = list(csv.DictReader(open(tree + "/user", newline="")))
assert user[-1]["message"].endswith("; only the account '@sum'"), user[-1]
assert open(tree + "/bom", "rb").read(3) == b"\xef\xbb\xbf"
assert open(tree + "/csv", "rb").read(3) != b"\xef\xbb\xbf"
END
