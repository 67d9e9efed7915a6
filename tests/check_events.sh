#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The lines that test_events writes, of every kind and with hostile names, are
# what docs/schema/acctward-event-1.json says, in its order; the schema names
# each event of state/events.def, and refuses what is none. Needs python3 with
# jsonschema, as check_schema.sh does.
set -u

out=${OUT:-build}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import jsonschema' 2> /dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "python3-jsonschema is not installed"
    exit 1
fi
if ! WARD_TEST_EVENTS="$dir/events" "$out/tests/test_events" \
    > "$dir/log" 2>&1 || ! [ -s "$dir/events" ]; then
    cat "$dir/log"
    exit 1
fi

"$python" - "$dir/events" <<'PYTHON'
import copy
import json
import re
import sys

import jsonschema

bad = 0


def complain(text):
    global bad
    bad += 1
    print(text)


with open("docs/schema/acctward-event-1.json", encoding="utf-8") as file:
    schema = json.load(file)
check = jsonschema.Draft202012Validator(
    schema, format_checker=jsonschema.FormatChecker())
members = list(schema["properties"])
with open("state/events.def", encoding="utf-8") as file:
    events = re.findall(r'^EVENT\(\w+, "([^"]+)"', file.read(), re.M)
if len(events) < 10 or schema["properties"]["event"]["enum"] != events:
    complain("the events of the schema are not those of events.def: %s" %
             events)

seen = set()
right = None
lines = open(sys.argv[1], "rb").read().split(b"\n")
if lines.pop() != b"":
    complain("the last line has no end")
for number, line in enumerate(lines, 1):
    # What follows would pass over, or be hidden by, other ends of lines.
    text = line.decode("utf-8")
    if len(text.splitlines()) != 1 or not text.isprintable():
        complain("line %d is not one that can be shown" % number)
    pairs = json.loads(text, object_pairs_hook=list)
    names = [name for name, _ in pairs]
    if names != [name for name in members if name in names]:
        complain("line %d: %s" % (number, names))
    for error in check.iter_errors(dict(pairs)):
        complain("line %d: %s" % (number, error.message[:300]))
    seen.add(dict(pairs)["event"])
    if len(names) == len(members):
        right = dict(pairs)
if seen != set(events):
    complain("not written: %s" % (set(events) - seen))
if right is None:
    complain("no line has every member")
    sys.exit(1)

for name, value in (
        ("time", "2026-11-20"), ("time", "now"), ("event", "login"),
        ("event", ""), ("user", None), ("user", 1), ("uid", "0"),
        ("uid", -1), ("uid", 4294967296), ("rule", "Login"),
        ("reason", "MAX_AGE_OLD"), ("detail", ["x"]), ("success", 1),
        ("success", "failed"), ("user", "x" * 257), ("password", "x"),
        ("length", 8)):
    wrong = copy.deepcopy(right)
    wrong[name] = value
    if check.is_valid(wrong):
        complain("not refused: %s = %r" % (name, value))
for name in ("time", "event", "success"):
    wrong = copy.deepcopy(right)
    del wrong[name]
    if check.is_valid(wrong):
        complain("not refused: no %s" % name)
sys.exit(bad != 0)
PYTHON
