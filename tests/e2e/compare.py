#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compare an audit with the table of what was planted.

compare.py SCENARIO TABLE ROOT AUDIT.json PRIVILEGED.json

A row of the table has these columns, separated by tabs:
  command   what is done; empty: the row above has another consequence
  rule      "-": it has none. "privileged": it is a way to root
  subject   an account, or "host"
  verdict   fail, warn (a failure of strength should) or unknown;
            for "privileged" the kind of way
  reason    the finding's reason; for "privileged" its detail
  source    the file ("a|b": one of these), and behind a blank what the line
            named there holds (nothing: the subject's name). "-": nowhere
Each must be found, and nothing else. Prints a line a case.
"""
import collections
import json
import os
import sys


def rows(table):
    with open(table, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if len(cells) < 2 or cells[1] == "-":
                continue
            if len(cells) != 6:
                sys.exit(f"{table}:{number}: {len(cells)} columns, not 6")
            yield number, cells[1:]


def found(audit, privileged):
    for f in audit["findings"]:
        subject = f["subject"]
        # What Debian's own stacks lack was not planted: see tests/rules.
        if subject["type"] == "service":
            continue
        name = subject["name"] if subject["type"] == "account" else "host"
        verdict = f["verdict"]
        if verdict == "fail" and f["strength"] == "should":
            verdict = "warn"
        yield f["rule"], name, verdict, f["reason"], f["source"]
    for account in privileged["accounts"]:
        for path in account["paths"]:
            yield ("privileged", account["name"], path["kind"],
                   path["detail"], path["source"])


def holds(root, source, file, text):
    """Is the source this file, and does its line hold the text?"""
    if source is None:
        return file == "-"
    name, _, line = source.rpartition(":")
    if not line.isdigit():
        return source in file.split("|")
    if name != file:
        return False
    with open(root + file, "rb") as f:
        lines = f.read().split(b"\n")
    return int(line) <= len(lines) and text.encode() in lines[int(line) - 1]


def show(finding):
    return " ".join(str(part) for part in finding if part is not None)


def validate(document, schema):
    top = os.path.dirname(os.path.abspath(__file__)) + "/../../docs/schema/"
    if not os.path.exists(top + schema):
        return f"no {schema}"
    import jsonschema
    with open(top + schema, encoding="utf-8") as f:
        try:
            jsonschema.validate(document, json.load(f))
        except jsonschema.ValidationError as error:
            return error.message
    return None


def main():
    scenario, table, root, audit_file, privileged_file = sys.argv[1:]
    root = os.path.realpath(root)
    with open(audit_file, encoding="utf-8") as f:
        audit = json.load(f)
    with open(privileged_file, encoding="utf-8") as f:
        privileged = json.load(f)

    def tell(ok, what):
        print("ok     " if ok else "NOT OK ", f"{scenario}: {what}")

    left = collections.Counter(found(audit, privileged))
    for number, (rule, name, verdict, reason, source) in rows(table):
        file, _, text = source.partition(" ")
        match = [f for f in left if f[:4] == (rule, name, verdict, reason) and
                 holds(root, f[4], file, text or name)]
        if match:
            left[match[0]] -= 1
            left += collections.Counter()
        tell(match, f"{rule} {name} {verdict} {reason}" +
             ("" if match else f" is missing (line {number} of {table})"))
    tell(not left, "nothing else" + "".join(
        f"\n        {show(f)}" for f in left.elements()))
    for document, schema in ((audit, "acctward-audit-1.json"),
                             (privileged, "acctward-privileged-1.json")):
        fault = validate(document, schema)
        tell(fault is None, f"as {schema} says" +
             ("" if fault is None else f": {fault}"))


main()
