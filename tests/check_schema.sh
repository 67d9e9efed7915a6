#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The JSON that acctward writes is what docs/schema says, golden and live; and
# the schemas refuse what is not. Needs python3 with jsonschema (Debian:
# python3-jsonschema); without it this fails, as nothing was shown.
set -u

export OUT="${OUT:-build}"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export DIR="$dir"
python=
# Debian's own python3 has Debian's jsonschema, whatever stands first in PATH.
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
for name in $(ls tests/golden); do
    sh tests/unpack.sh "tests/golden/$name/root" "$dir/$name" || exit 1
done

"$python" - <<'PYTHON'
import copy
import fnmatch
import glob
import json
import os
import subprocess
import sys

import jsonschema

DIR, OUT = os.environ["DIR"], os.environ["OUT"]
ward = [OUT + "/bin/acctward"]
plans = ["--plans", OUT + "/share/acctward/plans"]
bad = 0


def complain(text):
    global bad
    bad += 1
    print(text)


def no_doubles(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key given twice: %s" % keys)
    return dict(pairs)


def load(text):
    return json.loads(text, object_pairs_hook=no_doubles)


schemas = {}
for path in sorted(glob.glob("docs/schema/*.json")):
    with open(path, encoding="utf-8") as file:
        schema = load(file.read())
    jsonschema.Draft202012Validator.check_schema(schema)
    schemas[os.path.basename(path)] = schema


def validator(name):
    # What one refers to lies beside it: both in one document.
    others = {other: schemas[other] for other in schemas if other != name}
    schema = copy.deepcopy(schemas[name])
    schema.setdefault("$defs", {}).update(others)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker())


audit = validator("acctward-audit-1.json")
privileged = validator("acctward-privileged-1.json")
facts = validator("acctward-facts-1.json")
fleet = validator("acctward-fleet-1.json")
coverage = validator("acctward-coverage-1.json")
password = validator("acctward-password-1.json")
stack = validator("acctward-stack-1.json")


def check(schema, document, what):
    for error in schema.iter_errors(document):
        complain("%s: %s: %s" % (what, "/".join(map(str, error.path)),
                                 error.message[:300]))


def add_up(document, what):
    """The counts agree with one another, and with what is listed."""
    summary, findings = document["summary"], document["findings"]
    counts = {"fail": 0, "warn": 0, "unknown": 0, "reference": 0}
    counted = {"shall": "fail", "should": "warn", "reference": "reference"}
    for finding in findings:
        if finding["verdict"] == "fail":
            counts[counted[finding["strength"]]] += 1
        elif finding["verdict"] == "unknown":
            counts["unknown"] += 1
    for key, count in counts.items():
        if summary[key] != count:
            complain("%s: %d %s listed, %d counted" %
                     (what, count, key, summary[key]))
    for rule in document["rules"]:
        if rule["checked"] != sum(rule[key] for key in
                                  ("pass", "fail", "unknown", "waived")):
            complain("%s: %s does not add up" % (what, rule["rule"]))
        listed = sum(finding["strength"] == "should" and
                     finding["verdict"] == "fail" and
                     finding["rule"] == rule["rule"] for finding in findings)
        if rule["warn"] != listed or rule["warn"] > rule["fail"]:
            complain("%s: %s warns %d times, %d listed" %
                     (what, rule["rule"], rule["warn"], listed))
        if rule["verdict"] == "pass" and (rule["fail"] or rule["unknown"]):
            complain("%s: %s passes in spite of" % (what, rule["rule"]))
    if sum(rule["fail"] for rule in document["rules"]) != \
            summary["fail"] + summary["warn"]:
        complain("%s: failures of rules and summary differ" % what)
    if sum(rule.get("reference", 0) for rule in document["rules"]) != \
            summary["reference"]:
        complain("%s: what references ask does not add up" % what)


def run(*arguments):
    done = subprocess.run(ward + list(arguments), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 2):
        complain("%s: exit %d: %s" % (arguments, done.returncode,
                                      done.stderr.decode()))
    return done.stdout.decode("utf-8")


# What is kept, and what is written now by every shipped plan.
names = sorted(os.path.basename(path) for path in glob.glob("tests/golden/*"))
if not names:
    complain("no golden files")
for name in names:
    for kind, schema in (("audit", audit), ("privileged", privileged)):
        path = "tests/golden/%s/%s.json.ok" % (name, kind)
        with open(path, encoding="utf-8") as file:
            document = load(file.read())
        check(schema, document, path)
        if kind == "audit":
            add_up(document, path)
    root = ["--root", DIR + "/" + name] + plans
    check(privileged, load(run("privileged", "--format", "json", *root)), name)
    for path in sorted(glob.glob(OUT + "/share/acctward/plans/*.conf")):
        plan = os.path.basename(path)[:-5]
        for more in ([], ["--all"]):
            # A reference judges nobody, and informs beside a plan.
            judged = ["--plan", plan]
            if plan.startswith("twgcb-"):
                config = DIR + "/" + plan + ".conf"
                with open(config, "w", encoding="ascii") as file:
                    file.write("[acctward]\npacks = %s\n" % plan)
                judged = ["--plan", "P-ZX", "--config", config]
            document = load(run("audit", "--format", "json", *judged, *more,
                                *root))
            what = "%s by %s %s" % (name, plan, more)
            check(audit, document, what)
            add_up(document, what)

# Snapshots, line by line, and what is made of one or many of them.
files = []
for name in names:
    root = ["--root", DIR + "/" + name] + plans
    files.append(DIR + "/" + name + ".facts")
    run("collect", "--output", files[-1], *root)
    with open(files[-1], encoding="ascii") as file:
        lines = [load(line) for line in file]
    types = [line["type"] for line in lines]
    if types[0] != "snapshot" or types[-1] != "end" or \
            lines[-1]["accounts"] != types.count("account") or \
            lines[-1]["defects"] != types.count("defect"):
        complain("%s: %s" % (files[-1], types))
    for line in lines:
        check(facts, line, files[-1])
for verb, key, more in (("audit", "audits", ["--plan", "P-ZX"]),
                        ("privileged", "lists", [])):
    each = [load(run(verb, "--facts", file, "--format", "json", *more, *plans))
            for file in files]
    every = load(run(verb, "--format", "json", *more, *plans,
                     "--facts", *files))
    check(fleet, every, verb)
    many = every if verb == "audit" else many
    if every.get(key) != each:
        complain("%s: many say other things than each" % verb)
    summary = every["summary"]
    if summary["hosts"] != len(files) or \
            sum(summary.values()) != 2 * len(files):
        complain("%s: %s does not add up" % (verb, summary))
    for word in ("pass", "fail", "unknown"):
        if verb == "audit" and summary[word] != sum(
                one["summary"]["verdict"] == word for one in each):
            complain("%s: %s is not counted right" % (verb, word))
# What becomes of the clauses of every plan, and of plans with gaps.
def check_coverage(document, what):
    check(coverage, document, what)
    counts = dict.fromkeys(("gap", "checked", "enforced", "attested",
                            "not_checked", "out_of_scope"), 0)
    answers = {(row["clause"], row["becomes"]) for row in document["clauses"]}
    for _, becomes in answers:
        counts[becomes] += 1
    # What is enforced counts as that, checked or not.
    counts["enforced"] = len({row["clause"] for row in document["clauses"]
                              if row["enforced"]})
    counts["clauses"] = len({clause for clause, _ in answers})
    counts["listed"] = document["summary"]["listed"]
    if counts != document["summary"]:
        complain("%s: %s, not %s" % (what, document["summary"], counts))


shown = sorted(glob.glob(OUT + "/share/acctward/plans/*.conf"))
if len(shown) < 14:
    complain("%d plans: some are missing" % len(shown))
for path in shown:
    plan = os.path.basename(path)[:-5]
    for language in ("en", "zh_TW"):
        check_coverage(load(run("plan", "coverage", plan, "--format", "json",
                                "--lang", language, "--root", DIR, *plans)),
                       "coverage of " + plan)
for path in sorted(glob.glob("tests/coverage/**/*.json", recursive=True)):
    with open(path, encoding="utf-8") as file:
        check_coverage(load(file.read()), path)
# Explanations: every rule by every plan and by none, and every account; what
# is told of an account is what an audit of it says.
explain = validator("acctward-explain-1.json")


def is_reference(path):
    with open(path, encoding="utf-8") as file:
        return "\nkind = reference\n" in file.read()


for plan in [None] + sorted(os.path.basename(path)[:-5] for path in
                            glob.glob(OUT + "/share/acctward/plans/*.conf")
                            if not is_reference(path)):
    chosen = [] if plan is None else ["--plan", plan]
    root = ["--root", DIR + "/nothing-known"] + plans
    document = load(run("explain", "*", "--format", "json", *chosen, *root))
    check(explain, document, "explain by %s" % plan)
    asked = [rule for rule in document["rules"] if rule["asked"]]
    if bool(asked) != (plan is not None):
        complain("explain by %s: %d rules are asked for" % (plan, len(asked)))
for name in names:
    root = ["--root", DIR + "/" + name, "--plan", "P-ZX",
            "--as-of", "2026-11-20T12:00:00+08:00"] + plans
    every = load(run("audit", "--all", "--format", "json", *root))
    with open(DIR + "/" + name + "/etc/passwd", "rb") as file:
        users = {line.split(b":")[0] for line in file if b":" in line}
    for user in sorted(user.decode() for user in users
                       if user.isalnum() and user.isascii()):
        document = load(run("explain", "--user", user, "--format", "json",
                            *root))
        what = "explain %s of %s" % (user, name)
        check(explain, document, what)
        if document["findings"] != [
                finding for finding in every["findings"]
                if finding["subject"]["type"] == "account" and
                finding["subject"]["name"] == user]:
            complain("%s: not as the audit says" % what)
        part = load(run("audit", "--all", "--user", user, "--format", "json",
                        *root))
        check(audit, part, what)
        add_up(part, what)
        for key in ("findings", "rules", "summary"):
            if part[key] != document[key]:
                complain("%s: %s is not the part's" % (what, key))
        if part["only"] != {"rule": None, "user": user}:
            complain("%s: %s" % (what, part["only"]))
    for glob_ in ("password.*", "account.unique", "obligation.*", "*.review"):
        part = load(run("audit", "--all", "--rule", glob_, "--format", "json",
                        *root))
        check(audit, part, glob_)
        add_up(part, glob_)
        for key in ("findings", "rules"):
            if part[key] != [one for one in every[key]
                             if fnmatch.fnmatchcase(one["rule"], glob_)]:
                complain("%s by %s: %s is not the part's" % (name, glob_, key))

# What breaks them is refused. Each case is a change to a right document.
with open("tests/golden/school/audit.json.ok", encoding="utf-8") as file:
    good = load(file.read())
with open("tests/golden/school/privileged.json.ok", encoding="utf-8") as file:
    listed = load(file.read())


def at(document, path):
    for key in path[:-1]:
        document = document[key]
    return document, path[-1]


def refused(schema, right, path, value, drop=False):
    document = copy.deepcopy(right)
    place, key = at(document, path)
    if drop:
        del place[key]
    else:
        place[key] = value
    if schema.is_valid(document):
        complain("not refused: %s = %r" % (path, "-" if drop else value))


first = ["findings", 0]
for path, value in (
        (["schema"], "acctward-audit/2"), (["more"], 1), (["tool"], "other 1"),
        (["host"], ""), (["as_of"], "2026-11-20"), (["as_of"], "now"),
        (["as_of"], "2026-13-45T12:00:00"), (["plan"], "P-ZX"),
        (["plan", "id"], "../x"), (["plan", "packs"], None),
        (["findings"], {}), (["rules"], []),
        (first + ["rule"], "Password"), (first + ["strength"], "must"),
        (first + ["strength"], "may"), (first + ["verdict"], "ok"),
        (first + ["verdict"], None), (first + ["observed"], 91),
        (first + ["unit"], ""), (first + ["clauses"], "1"),
        (first + ["clauses", 0, "clause"], ""),
        (first + ["clauses", 0, "more"], ""),
        (first + ["source"], 12), (first + ["message"], ""),
        (first + ["agency_setting"], "no"), (first + ["reason"], "Old"),
        (first + ["password"], "x"), (first + ["hash"], "$y$x"),
        (first + ["subject", "type"], "user"),
        (first + ["subject", "type"], "host"),
        (first + ["subject", "uid"], "1001"),
        (first + ["subject", "uid"], -1),
        (first + ["subject", "uid"], 4294967296),
        (first + ["subject", "class"], "any"),
        (first + ["subject", "class"], "admin"),
        (["rules", 0, "fail"], -1), (["rules", 0, "warn"], -1),
        (["plan", "version"], ""), (["plan", "date"], "2026"),
        (["plan", "agency"], None), (["rules", 0, "fail"], "1"),
        (["rules", 0, "note"], ""), (["rules", 0, "more"], 1),
        (["summary", "verdict"], "notapplicable"),
        (["summary", "verdict"], "compliant"), (["summary", "fail"], 1.5)):
    refused(audit, good, path, value)
for path in (["schema"], ["tool"], ["host"], ["as_of"], ["plan"], ["findings"],
             ["rules"], ["summary"], ["plan", "id"], ["plan", "packs"],
             first + ["rule"], first + ["verdict"], first + ["subject"],
             first + ["subject", "uid"], first + ["observed"],
             first + ["clauses"], first + ["source"], first + ["remedy"],
             ["rules", 0, "unknown"], ["rules", 0, "warn"],
             ["plan", "agency"], ["plan", "version"], ["plan", "date"], ["summary", "unknown"]):
    refused(audit, good, path, None, drop=True)
one = ["accounts", 0]
for path, value in (
        (["schema"], "acctward-audit/1"), (["accounts"], None), (["more"], 1),
        (one + ["uid"], "0"), (one + ["locked"], "yes"), (one + ["paths"], []),
        (one + ["hash"], "$y$x"), (one + ["paths", 0, "kind"], "root"),
        (one + ["paths", 0, "detail"], None),
        (one + ["paths", 0, "source"], None),
        (one + ["paths", 0, "source"], "/etc/passwd:0"),
        (one + ["paths", 0, "source"], "passwd:1")):
    refused(privileged, listed, path, value)
for path in (["accounts"], ["as_of"], one + ["name"], one + ["locked"],
             one + ["paths"], one + ["paths", 0, "kind"]):
    refused(privileged, listed, path, None, drop=True)

with open("tests/fuzz/seeds/snapshot/full", encoding="ascii") as file:
    lines = [load(line) for line in file]
for line in lines:
    check(facts, line, "full")
head, account, defect, end = lines
if set(schemas["acctward-facts-1.json"]["$defs"]["account"]["properties"]) != \
        set(account):
    complain("tests/fuzz/seeds/snapshot/full has not every member")
for line, path, value in (
        (head, ["schema"], "acctward-facts/2"), (head, ["host"], ""),
        (head, ["as_of"], "2026-11-20"), (head, ["collected"], "2026-11-20"),
        (head, ["uid_min"], -1),
        (head, ["more"], 1), (head, ["type"], "account"),
        (account, ["hash"], "$y$x"), (account, ["uid"], "0"),
        (account, ["uid"], 4294967296), (account, ["name"], None),
        (account, ["name"], {"hex": "0g"}), (account, ["name"], {"hex": ""}),
        (account, ["name"], {"hex": "6100"}), (account, ["use"], "often"),
        (account, ["password", "hash"], "x"), (account, ["paths"], []),
        (account, ["password", "state"], "unknown"),
        (account, ["paths", 0, "kind"], "root"),
        (account, ["paths", 0, "excess"], "max_age_old"),
        (account, ["home_mode"], 4096), (account, ["changed"], 2147483648),
        (account, ["entry", "line"], 0), (account, ["entry"], "/etc/passwd:1"),
        (account, ["same_uid", "source"], None), (account, ["guess"], "abc"),
        (defect, ["reason"], "max_age_old"), (defect, ["source"], "f"),
        (end, ["accounts"], 0), (end, ["defects"], -1), (end, ["more"], 1)):
    refused(facts, line, path, value)
for line, path in ((head, ["root_groups"]), (head, ["schema"]),
                   (account, ["name"]), (account, ["entry"]),
                   (account, ["entry", "file"]), (defect, ["reason"]),
                   (defect, ["source"]), (end, ["defects"])):
    refused(facts, line, path, None, drop=True)

for path, value in ((["schema"], "acctward-fleet/2"), (["lists"], []),
                    (["audits"], []), (["audits", 0, "host"], ""),
                    (["summary", "hosts"], 1), (["summary", "warn"], 1)):
    refused(fleet, many, path, value)
with open("tests/coverage/GAP.json", encoding="utf-8") as file:
    answered = load(file.read())
gap, given = ["clauses", 0], ["clauses", 1]
for path, value in (
        (["schema"], "acctward-coverage/2"), (["more"], 1),
        (["plan", "kind"], "standard"), (["plan", "extends"], ""),
        (["clauses"], {}), (gap + ["section"], "account.disabled"),
        (gap + ["words"], "x"), (gap + ["strength"], "shall"),
        (given + ["section"], None), (given + ["words"], None),
        (given + ["becomes"], "enforced?"), (given + ["clause"], ""),
        (given + ["every"], "decade"), (given + ["before"], "1 November"),
        (given + ["unset"], "no"), (given + ["enforced"], "no"),
        (given + ["enforced"], True), (given + ["becomes"], "enforced"),
        (given + ["enforced_at"], "log_in"),
        (gap + ["enforced"], True), (given + ["added"], "no"),
        (given + ["agency_settings"], "days = 90"), (["added"], None),
        (["added"], [answered["clauses"][1]]), (["plan", "date"], "2026"),
        (given + ["agency_settings"], [{"key": "days", "value": 90,
                                        "unit": None}]),
        (given + ["note"], ""), (given + ["strength"], "must"),
        (["summary", "gap"], -1), (["summary", "listed"], 1)):
    refused(coverage, answered, path, value)
for path in (["plan"], ["clauses"], ["summary"], ["plan", "kind"],
             given + ["clause"], given + ["becomes"], given + ["section"],
             given + ["agency_settings"], given + ["added"], given + ["note"],
             given + ["enforced"], given + ["enforced_at"], ["summary", "enforced"],
             ["added"], ["plan", "version"], ["plan", "date"],
             ["summary", "gap"], ["summary", "listed"]):
    refused(coverage, answered, path, None, drop=True)
with open("tests/golden/school/explain.json.ok", encoding="utf-8") as file:
    told = load(file.read())
with open("tests/golden/school/explain_user.json.ok", encoding="utf-8") as file:
    person = load(file.read())
for document in (told, person):
    check(explain, document, "explain golden")
one = ["accounts", 0]
for path, value in (
        (["schema"], "acctward-audit/1"), (["more"], 1), (["accounts"], []),
        (["plan"], None), (["host"], ""), (one + ["hash"], "$y$x"),
        (one + ["uid"], "0"), (one + ["class", "name"], "any"),
        (one + ["class", "reason"], "old"), (one + ["class", "message"], ""),
        (one + ["password", "hash"], "x"), (one + ["home"], "/root"),
        (one + ["password", "state"], "strong"),
        (one + ["password", "changed"], 20767), (one + ["keys"], 1),
        (one + ["last_use", "time"], "yesterday"), (one + ["failures"], 3),
        (["findings", 0, "days_left"], -1),
        (["findings", 0, "days_left"], "1")):
    refused(explain, person, path, value)
one = ["rules", 0]
for path, value in (
        (["rules"], []), (["accounts"], []), (["plan", "id"], "../x"),
        (one + ["why"], ""), (one + ["enforced"], "yes"),
        (one + ["enforced_by"], "pam_faillock"),
        (one + ["enforced_at"], "login"),
        (one + ["checked"], "yes"), (one + ["files"], "/etc/shadow"),
        (one + ["subject"], "user"), (one + ["asked"], None),
        (one + ["asked", 0, "class"], "any"),
        (one + ["asked", 0, "strength"], "must"),
        (one + ["asked", 0, "origin", "kind"], "file"),
        (one + ["asked", 0, "values", 0, "value"], 90)):
    refused(explain, told, path, value)

# A new password: judged, not judged, not known, without and with an account.
for plan, more, text in (("P-ZX", [], "abc"), ("P-ZX", [], "Cbn4-yQ2x"),
                         ("tw-baseline-110-basic", [], "x"),
                         ("K-SOC", ["--user", "root"], "x")):
    run = subprocess.run(ward + ["password", "check", "--plan", plan,
                                 "--format", "json"] + more + plans,
                         input=text + "\n", stdout=subprocess.PIPE,
                         encoding="utf-8", check=False)
    told = load(run.stdout)
    check(password, told, "password check by " + plan)
    if (run.returncode == 0) != told["summary"]["can_be_set"]:
        complain("password check by %s: exit %d" % (plan, run.returncode))
    one, left = ["rules", 0], dict(told["rules"][0], judged=False)
    for path, value in (
            (["schema"], "acctward-password/2"), (["more"], 1),
            (["class"], "any"), (["user"], ""), (["plan"], "P-ZX"),
            (["rules"], {}), (one + ["rule"], "password.max_age"),
            (one + ["observed"], "9"), (one + ["length"], 9),
            (one + ["verdict"], "waived"), (one + ["message"], None),
            (one, dict(left, verdict="pass")),
            (one, dict(left, verdict="unknown", remedy="x")),
            (["summary", "can_be_set"], 1), (["summary", "fail"], -1)):
        refused(password, told, path, value)
    for path in (["user"], ["summary"], ["dictionary_missing"], one + ["asked"],
                 one + ["judged"], ["summary", "can_be_set"]):
        refused(password, told, path, None, drop=True)

# What PAM stacks come to: something broken, unknown, by the plan, and no case.
def put(path, text):
    path = DIR + "/pam" + path
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


for name in ("unix", "acctward", "deny"):
    put("/usr/lib64/security/pam_%s.so" % name, "\177ELF")
put("/etc/pam.d/login", "auth required pam_unix.so nullok\n"
    "-auth optional gone.so [a b]\naccount include common-account\n"
    "password requisite pam_acctward.so\n"
    "password required pam_unix.so use_authtok\n")
put("/etc/pam.d/common-account", "account required pam_unix.so\n")
put("/etc/pam.d/odd", "auth required\nauth include ring\n")
put("/etc/pam.d/ring", "auth include ring\n")
put("/etc/pam.d/torn", "auth required pam_unix.so \\\n")
put("/etc/pam.d/other", "".join(kind + " required pam_deny.so\n" for kind in
                                ("auth", "account", "password", "session")))
run = subprocess.run(ward + ["stack", "--format", "json", "--root",
                             DIR + "/pam"], stdout=subprocess.PIPE,
                     encoding="utf-8", check=False)
if run.returncode != 2:
    complain("stack: exit %d" % run.returncode)
told = load(run.stdout)
check(stack, told, "stack")
if sorted({claim["proof"] for one in told["services"] if one["claims"]
           for claim in one["claims"]["user"]}) != \
        ["broken", "held", "none", "unknown"]:
    complain("stack: not every proof")
if [one["name"] for one in told["services"]] != \
        ["common-account", "login", "odd", "other", "ring", "torn"] or \
        told["summary"]["services"] != 5 or sum(
            told["summary"][word] for word in
            ("held", "broken", "unknown", "none")) != 5:
    complain("stack: %s" % told["summary"])
one = ["services", 1]
claim, line = one + ["claims", "user", 0], one + ["stacks", "auth", "lines", 0]
for path, value in (
        (["schema"], "acctward-stack/2"), (["more"], 1), (["services"], []),
        (one + ["fate"], "kept"), (one + ["stacks"], None),
        (one + ["claims"], None), (one + ["fragment"], True),
        (one + ["faults"], None), (one + ["configured"], "yes"),
        (one + ["claims", "user"], []), (claim + ["claim"], "weak"),
        (claim + ["proof"], "true"), (claim + ["number"], "8"),
        (claim + ["unit"], "characters"), (claim + ["by_plan"], None),
        (claim + ["why"], ""), (claim + ["source"], ""),
        (claim + ["steps"], [{"code": "success"}]), (line + ["kind"], "file"),
        (line + ["level"], 16), (line + ["line"], 0), (line + ["args"], "a b"),
        (["summary", "broken"], -1)):
    refused(stack, told, path, value)
for path in (["tool"], ["summary"], one + ["source"], one + ["claims", "root"],
             claim + ["seconds"], claim + ["steps"], line + ["control"],
             one + ["stacks", "session"], ["summary", "faulty"]):
    refused(stack, told, path, None, drop=True)

# A part: what it is must be said in just this form.
for value in (None, {}, {"rule": "x"}, {"rule": "", "user": None},
              {"rule": "x", "user": 1}):
    refused(audit, dict(good, only={"rule": "x", "user": None}), ["only"],
            value)
for path, value in ((first + ["days_left"], -1), (first + ["days_left"], None)):
    refused(audit, good, path, value)

# No hash gets out, nor a piece of one.
for path in glob.glob("tests/golden/*/*.ok"):
    with open(path, encoding="utf-8") as file:
        if "V7qMYJaN" in file.read():
            complain("%s holds a hash" % path)
sys.exit(1 if bad else 0)
PYTHON
