#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward simulate: who would be stopped, by exit status and in every format;
# whether root would still get in; and that what is written is as
# docs/schema/acctward-simulate-1.json says, and as the audit says.
set -u

export OUT="${OUT:-build}"
ward=$(readlink -f "$OUT/bin/acctward")
plans=$(readlink -f "$OUT/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export DIR="$dir"
failed=0

complain() {
    echo "$*"
    failed=1
}

hash='$y$j9T$V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$qyGb0kfyN4mT/ZWLIo'
hash="${hash}ZqUIsmmyQMy6Oydoh8LCfHsY3"
make_root() { # name, root's password, day of wang01's last change
    mkdir -p "$dir/$1/etc/acctward" "$dir/$1/var/log"
    printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
        'wang01:x:1001:1001:Wang:/home/wang01:/bin/bash' \
        > "$dir/$1/etc/passwd"
    printf '%s\n' "root:$2:20767:1:90:14:::" \
        "wang01:$hash:$3:1:90:14:::" > "$dir/$1/etc/shadow"
    printf '%s\n' 'root:x:0:' 'staff:x:1001:' > "$dir/$1/etc/group"
    printf '%s\n' '[acctward]' 'plan = P-ZX' \
        > "$dir/$1/etc/acctward/acctward.conf"
}
simulate() { # status, root, options...
    want=$1
    root=$dir/$2
    shift 2
    "$ward" simulate --root "$root" --plans "$plans" \
        --as-of 2026-11-20T12:00:00+08:00 "$@" > "$dir/out" 2> "$dir/err" \
        < /dev/null
    got=$?
    if [ "$got" -ne "$want" ]; then
        complain "exit $got, not $want: $root $*"
        sed 's/^/    /' "$dir/out" "$dir/err"
    fi
    if [ "$want" = 0 ] || [ "$want" = 2 ]; then
        ! [ -s "$dir/err" ] || complain "standard error: $(cat "$dir/err")"
    else
        grep -q '^acctward: ' "$dir/err" || complain "nothing told: $*"
        ! [ -s "$dir/out" ] || complain "standard output: $*"
    fi
}
says() {
    for words; do
        grep -qF -e "$words" "$dir/out" || complain "no '$words' in:
$(cat "$dir/out")"
    done
}

# ---- who is stopped ---------------------------------------------------------
make_root good "$hash" 20767
make_root old "$hash" 20600
make_root shut '*' 20767
make_root unknown "$hash" 20767
rm "$dir/unknown/etc/shadow"
cp -R "$dir/good" "$dir/before"
simulate 0 good
grep -qx 'NOBODY WOULD BE STOPPED' "$dir/out" || complain 'good: stopped'
says 'asks for no lockout' '[login.lockout]' \
    "With root's powers would get in: root (by password)" \
    'Not judged, as no number is set (acctward.conf): account.dormant'
diff -r "$dir/good" "$dir/before" || complain 'a simulation wrote into the root'
simulate 2 old
says 'SOMEBODY WOULD BE STOPPED' 'wang01 (uid 1001, person): password.max_age'
simulate 2 shut
says "NOBODY WITH ROOT'S POWERS WOULD GET IN, AND NOBODY DOES NOW"
# What is not known stops nobody, but root's way in is not taken for granted.
simulate 2 unknown
says 'IT IS NOT KNOWN WHETHER' 'NOBODY WOULD BE STOPPED, AS FAR AS IS KNOWN' \
    'password.max_age (2)'
printf '[account.dormant]\ndays = 90\n' >> "$dir/good/etc/acctward/acctward.conf"
simulate 0 good
sed -i '/^wang01/s/:20767:/:20690:/' "$dir/good/etc/shadow"
simulate 0 good
says 'told of the days left: wang01 (days until the password has to be changed: 3)'
sed -i '/^wang01/s/:20690:.*/:20767:1:90:14::20780:/' "$dir/good/etc/shadow"
simulate 0 good
says 'told of the days left: wang01 (days until the account ends: 2)'
cp "$dir/before/etc/shadow" "$dir/good/etc/shadow"
simulate 0 good
says 'Not known, so that nothing would happen (accounts): account.dormant (1)'
cp -R "$dir/good" "$dir/idle"
printf 'docker:x:500:wang01\nsudo:x:27:wang01\n' >> "$dir/idle/etc/group"
echo '%sudo ALL=(ALL:ALL) ALL' > "$dir/idle/etc/sudoers"
sed -i 's/^root:[^:]*/root:*/; s/:20767:/:20600:/' "$dir/idle/etc/shadow"
# As lastlog(8) has it, a record of 292 bytes each uid: last used on 2026-05-01.
{ printf '\000\355\363\151' && head -c 288 /dev/zero; } |
    dd of="$dir/idle/var/log/lastlog" bs=292 seek=1001 status=none
simulate 2 idle
says "WITH ROOT'S POWERS NOBODY WOULD GET IN BUT AT THE LOCAL CONSOLE" \
    'wang01 (at the local console only)' 'refused: 1'
# Who is privileged by sudo's rules alone has to be kept for the door.
sed -i 's/^docker:x:500:wang01/docker:x:500:/' "$dir/idle/etc/group"
"$ward" simulate --root "$dir/idle" --plans "$plans" > "$dir/out" 2> "$dir/err"
[ "$(cat "$dir/err")" = "acctward: warning: privileged accounts that the \
log-in door would not take for such: 1; run acctward privileged --keep" ] ||
    complain "unkept: $(cat "$dir/err")"
"$ward" privileged --keep --root "$dir/idle" --plans "$plans" > /dev/null ||
    complain 'privileged --keep'
simulate 2 idle
says 'wang01 (at the local console only)' 'refused: 1'
# What the door can't read shuts everybody out.
chmod 0666 "$dir/idle/var/lib/acctward/privileged"
stopped() { # what is said once of "$dir/idle", as text, JSON and CSV
    "$ward" simulate --root "$dir/idle" --plans "$plans" > "$dir/out" \
        2> "$dir/err"
    [ $? -eq 2 ] || complain "not stopped: $1"
    [ "$(grep -c "the log-in door can't do its work: .*$1" "$dir/out")" -eq 1 ] ||
        complain "text: $1: $(cat "$dir/out")"
    [ "$(wc -l < "$dir/err")" -le 1 ] || complain "told: $(cat "$dir/err")"
    "$ward" simulate --root "$dir/idle" --plans "$plans" --format json \
        > "$dir/fault.$2.json" 2> "$dir/err"
    [ $? -eq 2 ] || complain "not stopped by json: $1"
    [ "$(grep -c "\"message\": \".*$1" "$dir/fault.$2.json")" -eq 1 ] ||
        complain "json: $1"
    "$ward" simulate --root "$dir/idle" --plans "$plans" --format csv \
        > "$dir/out.csv" 2> "$dir/err"
    [ "$(grep -c "\"fault\".*$1" "$dir/out.csv")" -eq 1 ] || complain "csv: $1"
}
stopped 'privileged: mode 0666' list
says 'EVERYBODY WOULD BE STOPPED' 'refused: 2,' \
    'Refused, all but root at the local console' \
    "NOBODY WITH ROOT'S POWERS WOULD GET IN ANY MORE"
! grep -q 'account.dormant: last' "$dir/out" || complain 'what does not matter'
chmod 0600 "$dir/idle/var/lib/acctward/privileged"
echo torn >> "$dir/idle/var/lib/acctward/privileged"
stopped 'privileged: damaged' list
"$ward" privileged --keep --root "$dir/idle" --plans "$plans" > /dev/null
# So does what is damaged far from the line of root.
list=$dir/idle/var/lib/acctward/privileged
cp "$dir/idle/etc/sudoers" "$dir/sudoers"
keep() { # sudoers that the names on standard input are in
    sed 's/$/ ALL=(ALL:ALL) ALL/' > "$dir/idle/etc/sudoers"
    "$ward" privileged --keep --replace --root "$dir/idle" --plans "$plans" \
        > /dev/null 2>&1
    cp "$list" "$dir/list"
}
cp "$dir/idle/etc/passwd" "$dir/passwd"
seq -f 'user%03.0f' 400 | sed 's/$/:x:2000:2000::\/:\/bin\/sh/' \
    >> "$dir/idle/etc/passwd"
printf '%s\n' adm zoe | sed 's/$/:x:3000:3000::\/:\/bin\/sh/' \
    >> "$dir/idle/etc/passwd"
for users in '' "$(seq -f 'user%03.0f' 400)"; do
    printf '%s\n' adm $users zoe | keep
    [ -z "$users" ] || [ "$(wc -c < "$list")" -gt 4096 ] ||
        complain "a short list: $(cat "$list")"
    last=$(wc -l < "$list")
    [ "$last" -ge 4 ] || complain "what is kept: $(cat "$list")"
    for line in 2 $((last / 2 + 1)) "$last"; do
        sed "$line s/.\$/X/" "$dir/list" > "$list"
        stopped 'privileged: damaged' list
    done
done
mv "$dir/sudoers" "$dir/idle/etc/sudoers"
cp "$dir/list" "$list"
mv "$dir/passwd" "$dir/idle/etc/passwd"
"$ward" privileged --keep --replace --root "$dir/idle" --plans "$plans" \
    > /dev/null 2>&1
sed -i "s/^root:[^:]*/root:$(printf %s "$hash" | sed 's/[/&]/\\&/g')/" \
    "$dir/idle/etc/shadow"
chmod 0777 "$dir/idle/var/lib/acctward"
stopped 'acctward: mode 0777' directory
says "WITH ROOT'S POWERS NOBODY WOULD GET IN BUT AT THE LOCAL CONSOLE"
chmod 0700 "$dir/idle/var/lib/acctward"
"$OUT/tests/make_tally" "$dir/idle" wang01 own || complain 'make_tally'
chmod 0666 "$dir/idle/var/lib/acctward/accounts/wang01"
stopped 'accounts/wang01: mode 0666' tally
says 'Refused, whatever the plan says' 'refused: 1,' \
    'wang01 (uid 1001, privileged): ' \
    "With root's powers would get in: root (by password)"
file=$dir/idle/var/lib/acctward/accounts/wang01
for made in 'mkdir' 'mkfifo' 'ln -s root'; do
    rm "$file"
    $made "$file"
    stopped 'accounts/wang01: ' tally
    says 'wang01 (uid 1001, privileged): '
    ! [ -d "$file" ] || { rmdir "$file" && : > "$file"; }
done
rm "$file"
"$OUT/tests/make_tally" "$dir/idle" wang01 use:86400 || complain 'make_tally'
# Whom the list has is privileged at the door, whatever the rules say now.
cp "$dir/idle/etc/acctward/acctward.conf" "$dir/conf"
printf '%s\n' 'packs = tw-baseline-115-basic' '[login.lockout privileged]' \
    'attempts = 3' >> "$dir/idle/etc/acctward/acctward.conf"
sed -i '/^\[account.dormant/,/^days/d' "$dir/idle/etc/acctward/acctward.conf"
"$OUT/tests/make_tally" "$dir/idle" wang01 fail fail fail || complain 'make_tally'
mv "$dir/idle/etc/sudoers" "$dir/sudoers"
echo '# none' > "$dir/idle/etc/sudoers"
chmod 0440 "$dir/idle/etc/sudoers"
"$ward" simulate --root "$dir/idle" --plans "$plans" > "$dir/out" 2> "$dir/err"
says 'Locked now: wang01 (for '
[ "$(cat "$dir/err")" = "acctward: warning: accounts that the log-in door \
takes for privileged, and that are so no more: 1; run acctward privileged --keep" ] ||
    complain "stale: $(cat "$dir/err")"
"$ward" privileged --keep --root "$dir/idle" --plans "$plans" > /dev/null
"$ward" simulate --root "$dir/idle" --plans "$plans" > "$dir/out" 2> "$dir/err"
! [ -s "$dir/err" ] || complain "no longer stale: $(cat "$dir/err")"
! grep -q 'Locked now' "$dir/out" || complain 'a person is locked by 3'
mv "$dir/sudoers" "$dir/idle/etc/sudoers"
mv "$dir/conf" "$dir/idle/etc/acctward/acctward.conf"
sed -i 's/^root:[^:]*/root:*/' "$dir/idle/etc/shadow"
rm -r "$dir/idle/var/lib"
sed -i 's/^docker:x:500:/&wang01/' "$dir/idle/etc/group"
sed -i '/^wang01/s/20767:1:90:14::/20767:1:90:14::20700/
        /^wang01/s/20600:1:90:14::/20600:1:90:14::20700/' \
    "$dir/idle/etc/shadow"
simulate 2 idle
says "NOBODY WITH ROOT'S POWERS WOULD GET IN"

# ---- parts, usage -----------------------------------------------------------
simulate 0 old --user root
says "Only the account 'root' was looked at" 'NOBODY WOULD BE STOPPED'
! grep -q wang01 "$dir/out" || complain 'more than --user names'
simulate 2 old --user wang01
simulate 0 shut --user wang01
simulate 1 good --user nobody
simulate 1 good --plan NONE
simulate 64 good --format jsonl
for bad in --all --rule=x --try-words extra; do
    simulate 64 good "$bad"
done

# ---- who has to change the password, and can't --------------------------------
cp -R "$dir/old" "$dir/stuck"
conf="$dir/stuck/etc/acctward/acctward.conf"
printf '[password.weak]\nbreached = /nope\n' >> "$conf"
simulate 2 stuck
says 'ASKED TO CHANGE, BUT COULD NOT: 1: nobody can set a new password: ' \
    '/nope: No such file'
simulate 2 stuck --lang zh_TW
says '須更換密碼而無法更換者：1 個；任何人均無法設定新密碼：'
simulate 2 stuck --format csv
says '"no_change"' '/nope: No such file'
simulate 2 stuck --format json
cp "$dir/out" "$dir/stuck.json"
says '"fault": "' '"stuck": 1}'
# A list that others may write is none, and so is one that is torn.
mkdir "$dir/stuck/lists"
sed -i 's,/nope,/lists/one,' "$conf"
printf '%040d\r\n' 1 > "$dir/stuck/lists/one"
simulate 2 stuck
! grep -q 'nobody can' "$dir/out" || complain "a good list: $(cat "$dir/out")"
says 'cracklib_dict, which is not there'
simulate 2 stuck --format csv
says '"no_dictionary"' 'cracklib_dict'
chmod 0666 "$dir/stuck/lists/one"
simulate 2 stuck
says 'nobody can set a new password: ' '/lists/one: mode 0666'
chmod 0644 "$dir/stuck/lists/one"
mkdir -p "$dir/stuck/var/lib/acctward/history"
printf '[password.history]\nolder = 3\n' >> "$conf"
# A history of one's own that can't be used keeps nobody else from it.
own=$dir/stuck/var/lib/acctward/history/wang01
printf '%s\n' 'acctward history 1' "- $hash" end > "$own"
chmod 0600 "$own"
simulate 2 stuck
! grep -q 'COULD NOT' "$dir/out" || complain "good: $(cat "$dir/out")"
cp "$own" "$dir/own"
stuck() { # why it can't, of wang01 alone
    simulate 2 stuck
    says 'ASKED TO CHANGE, BUT COULD NOT: 1' \
        'wang01 (uid 1001, person): ' "$1" 'refused: 0, asked'
    ! grep -q 'nobody can set' "$dir/out" || complain "everybody: $1"
    ! grep -qF "${hash##*\$}" "$dir/out" || complain "a hash: $1"
    simulate 2 stuck --lang zh_TW
    says '須更換密碼而無法更換者：1 個'
    simulate 2 stuck --format csv
    grep -q '"no_change","wang01","1001","person".*/history/wang01:' "$dir/out" ||
        complain "csv: $(cat "$dir/out")"
    simulate 2 stuck --format json
    cp "$dir/out" "$dir/own.json"
    says '"stuck": 1}' "$1"
}
chmod 0666 "$own"
stuck '/history/wang01: mode 0666'
chmod 0600 "$own"
sed -i '$d' "$own"
stuck '/history/wang01:3: torn'
# Whoever needs no new one is not counted.
sed -i '/^wang01/s/:20600:/:20767:/' "$dir/stuck/etc/shadow"
simulate 0 stuck
! grep -q 'COULD NOT' "$dir/out" || complain "new: $(cat "$dir/out")"
sed -i '/^wang01/s/:20767:/:20600:/' "$dir/stuck/etc/shadow"
for made in 'mkdir' 'mkfifo' 'ln -s root'; do
    rm "$own"
    $made "$own"
    stuck '/history/wang01: '
    ! [ -d "$own" ] || { rmdir "$own" && : > "$own"; }
done
rm "$own"
# Who has root's powers by an old password alone stays out too.
sed -i '/^root/s/:20767:/:20600:/' "$dir/stuck/etc/shadow"
: > "${own%/*}/root"
simulate 2 stuck
says "NOBODY WITH ROOT'S POWERS WOULD GET IN ANY MORE" \
    'ASKED TO CHANGE, BUT COULD NOT: 1' 'root (uid 0, privileged): '
rm "${own%/*}/root"
sed -i '/^root/s/:20600:/:20767:/' "$dir/stuck/etc/shadow"
chmod 0777 "${own%/*}"
simulate 2 stuck
says 'nobody can set a new password: ' '/history: mode 0777'
# Who has root's powers by an old password alone stays out too.
sed -i '/^root/s/:20767:/:20600:/' "$dir/stuck/etc/shadow"
simulate 2 stuck
says "NOBODY WITH ROOT'S POWERS WOULD GET IN ANY MORE"
sed -i 's/:20600:/:20767:/' "$dir/stuck/etc/shadow"
simulate 0 stuck
says 'nobody can set a new password: '

# ---- lockout ----------------------------------------------------------------
echo 'packs = tw-baseline-115-basic' > "$dir/packs"
sed -i "2r $dir/packs" "$dir/good/etc/acctward/acctward.conf"
simulate 0 good
says '5 of them lock the account for 900 seconds (tw-baseline-115-basic'
! grep -q 'on record' "$dir/out" || complain 'failures out of nothing'
# Failed log-ins as utmp(5) has them: type 6, the name at 44, the time at 340.
i=0
while [ $i -lt 5 ]; do
    i=$((i + 1))
    printf '\006\000\000\000'
    head -c 40 /dev/zero
    printf 'wang01'
    head -c 290 /dev/zero
    printf '\200\316\374j'
    head -c 40 /dev/zero
done > "$dir/good/var/log/btmp"
simulate 0 good
says 'would lock them (number, last): wang01 (5, 2026-'
printf '[login.lockout]\nbreak_glass = wang01 wnag01\n' \
    >> "$dir/good/etc/acctward/acctward.conf"
simulate 0 good
says 'Break-glass accounts: wang01, wnag01 (no such account)'

# Failures that can't be counted let nobody in.
long=$(printf 'é%.0s' $(seq 43))
printf '%s:x:1003:1001::/:/bin/bash\n' "$long" >> "$dir/good/etc/passwd"
printf '%s:%s:20767:1:90:14:::\n' "$long" "$hash" >> "$dir/good/etc/shadow"
simulate 2 good
says "$long (uid 1003, person): the log-in door can't do its work: its name is"

# ---- csv ---------------------------------------------------------------------
echo '=1+1:x:1002:1001::/home/x:/bin/bash' >> "$dir/old/etc/passwd"
echo "=1+1:$hash:20600:1:90:14:::" >> "$dir/old/etc/shadow"
simulate 2 old --format csv --bom
[ "$(head -c 3 "$dir/out" | od -An -tx1 | tr -d ' ')" = efbbbf ] ||
    complain 'no byte order mark'
says "\"'=1+1\""
simulate 2 old --format csv
[ "$(head -c 4 "$dir/out")" = host ] || complain 'csv: no header'
says '"summary"' '"root"' '"lockout"' '"not_judged"' '"change"'
simulate 2 old --format csv --output "$dir/file.csv"
[ -s "$dir/file.csv" ] && ! [ -s "$dir/out" ] || complain '--output'

: > "$dir/empty.conf"

# ---- as the schema and the audit say ------------------------------------------
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import jsonschema' 2> /dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || complain 'python3-jsonschema is not installed'
for name in $(ls tests/golden); do
    sh tests/unpack.sh "tests/golden/$name/root" "$dir/g/$name" || exit 1
done

"$python" - << 'PYTHON' || failed=1
import copy
import csv
import glob
import io
import json
import os
import subprocess
import sys

import jsonschema

DIR, OUT = os.environ["DIR"], os.environ["OUT"]
WARD = OUT + "/bin/acctward"
WHERE = ["--plans", OUT + "/share/acctward/plans"]
EMPTY = DIR + "/empty.conf"
WHEN = ["--as-of", "2026-11-20T12:00:00+08:00"]
bad = 0


def complain(text):
    global bad
    bad += 1
    print(text)


schemas = {}
for path in glob.glob("docs/schema/*.json"):
    with open(path, encoding="utf-8") as file:
        schemas[os.path.basename(path)] = json.load(file)


def validator(name):
    schema = copy.deepcopy(schemas[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    schema.setdefault("$defs", {}).update(
        {other: schemas[other] for other in schemas if other != name})
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker())


simulate = validator("acctward-simulate-1.json")
fleet = validator("acctward-fleet-1.json")


def run(*arguments):
    done = subprocess.run([WARD, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 2):
        complain("%s: exit %d: %s" % (arguments, done.returncode,
                                      done.stderr.decode()))
    return done.stdout.decode("utf-8"), done.returncode


def check(schema, document, what):
    for error in schema.iter_errors(document):
        complain("%s: %s: %s" % (what, "/".join(map(str, error.path)),
                                 error.message[:300]))


def bare(finding):
    subject = {k: v for k, v in finding["subject"].items() if k != "class"}
    return {**finding, "subject": subject}


def agree(document, audit, status, what):
    """It adds up, and says nothing that the audit does not."""
    check(simulate, document, what)
    summary = document["summary"]
    for act in ("warn", "change", "refuse"):
        if summary[act] != sum(one["act"] == act
                               for one in document["accounts"]):
            complain("%s: %s does not add up" % (what, act))
    order = ("warn", "change", "refuse")
    for account in document["accounts"]:
        acts = [order.index(one["act"]) for one in account["findings"]]
        if acts != sorted(acts, reverse=True) or \
                order.index(account["act"]) != acts[0]:
            complain("%s: %s: acts %s" % (what, account["name"], acts))
        for one in account["findings"]:
            # At log-in, where less is read, the class may be another.
            if bare(one["finding"]) not in map(bare, audit["findings"]):
                complain("%s: not of the audit: %s" % (what, one))
            if one["finding"]["verdict"] == "unknown":
                complain("%s: acts on what is not known" % what)
            if one["act"] == "change" and \
                    account["class"] in ("system", "service"):
                complain("%s: %s is asked to change" % (what, account))
    if summary["accounts"] != audit["summary"]["accounts"] or \
            summary["privileged"] != audit["summary"]["privileged"]:
        complain("%s: counted otherwise than by the audit" % what)
    stops = summary["change"] + summary["refuse"] > 0 or \
        summary["root"] in ("nobody", "unknown")
    if summary["stops"] != stops or status != (2 if stops else 0):
        complain("%s: stops %s, exit %d" % (what, summary, status))
    unknown = {}
    for finding in audit["findings"]:
        if finding["verdict"] == "unknown" and \
                finding["strength"] != "reference":
            unknown[finding["rule"]] = unknown.get(finding["rule"], 0) + 1
    for row in document["not_judged"]:
        if row["unknown"] > unknown.get(row["rule"], 0):
            complain("%s: %s" % (what, row))


names = sorted(os.listdir("tests/golden"))
acted = 0
for name in names:
    root = ["--root", DIR + "/g/" + name] + WHERE + WHEN
    for path in sorted(glob.glob(OUT + "/share/acctward/plans/*.conf")):
        plan = os.path.basename(path)[:-5]
        if plan.startswith("twgcb-"):
            continue
        chosen = ["--plan", plan] + root
        audit, _ = run("audit", "--all", "--format", "json", *chosen)
        text, status = run("simulate", "--format", "json", *chosen)
        document = json.loads(text)
        what = "%s by %s" % (name, plan)
        agree(document, json.loads(audit), status, what)
        acted += len(document["accounts"])
        text, _ = run("simulate", "--format", "csv", *chosen)
        rows = list(csv.DictReader(io.StringIO(text)))
        for act in ("warn", "change", "refuse"):
            if sum(row["act"] == act for row in rows) != sum(
                    one["act"] == act for account in document["accounts"]
                    for one in account["findings"]):
                complain("%s: csv has other rows: %s" % (what, act))
        if sum(row["act"] == "root" for row in rows) != \
                len(document["root"]) or None in rows[0] or \
                [row["act"] for row in rows].count("summary") != 1:
            complain("%s: csv: %s" % (what, rows))
if acted < 50:
    complain("%d accounts were acted on" % acted)

# Snapshots say the same, but for what lies in /var/lib/acctward.
files = []
for name in names:
    root = ["--root", DIR + "/g/" + name] + WHERE
    files.append(DIR + "/" + name + ".facts")
    run("collect", "--output", files[-1], *root, *WHEN)
each = []
for name, file in zip(names, files):
    root = ["--plan", "P-ZX", "--format", "json"] + WHERE
    live = json.loads(run("simulate", *root, *WHEN, "--config", EMPTY,
                          "--root", DIR + "/g/" + name)[0])
    each.append(json.loads(run("simulate", *root, "--config", EMPTY,
                               "--facts", file)[0]))
    if dict(live, locked=None, new_passwords=None) != each[-1]:
        complain("%s: the snapshot says other things" % name)
every = json.loads(run("simulate", "--plan", "P-ZX", "--format", "json",
                       "--config", EMPTY, *WHERE, "--facts",
                       *files)[0])
check(fleet, every, "fleet")
if every["simulations"] != each or every["summary"] != {
        "hosts": len(files),
        "stops": sum(one["summary"]["stops"] for one in each)}:
    complain("many say other things than each")

# What breaks the schema is refused.
with open("tests/golden/door/simulate.json.ok", encoding="utf-8") as file:
    good = json.load(file)
check(simulate, good, "golden")
for path in glob.glob(DIR + "/fault.*.json"):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    check(simulate, document, path)
    if len(document["faults"]) != 1 or not document["summary"]["stops"] or \
            document["faults"][0]["name"] in \
            [None] * len(document["accounts"]) + \
            [one["name"] for one in document["accounts"]]:
        complain("%s: %s" % (path, document))
with open(DIR + "/stuck.json", encoding="utf-8") as file:
    stuck = json.load(file)
check(simulate, stuck, "stuck")
if "/nope" not in stuck["new_passwords"]["fault"] or \
        stuck["new_passwords"]["stuck"] != 1:
    complain("stuck: %s" % stuck["new_passwords"])
with open(DIR + "/own.json", encoding="utf-8") as file:
    own = json.load(file)
check(simulate, own, "own")
if own["new_passwords"]["fault"] is not None or \
        [one["name"] for one in own["new_passwords"]["faults"]] != ["wang01"]:
    complain("own: %s" % own["new_passwords"])


def refused(path, value, drop=False):
    document = copy.deepcopy(good)
    place = document
    for key in path[:-1]:
        place = place[key]
    if drop:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    if simulate.is_valid(document):
        complain("not refused: %s = %r" % (path, "-" if drop else value))


one = ["accounts", 0]
for path, value in (
        (["schema"], "acctward-audit/1"), (["more"], 1), (["host"], ""),
        (["plan"], None), (one + ["act"], "none"), (one + ["uid"], "0"),
        (["faults"], None), (["faults"], [{"name": "x", "uid": 1}]),
        (["faults"], [{"name": None, "uid": None, "message": ""}]),
        (one + ["class"], "any"), (one + ["hash"], "$y$x"),
        (one + ["keys"], -1), (one + ["findings"], []),
        (one + ["findings", 0, "act"], "kill"),
        (one + ["findings", 0, "finding"], {}), (["locked"], False),
        (["locked"], [{"name": "x", "seconds": -1}]),
        (["expiring", 0, "days_left"], -1), (["expiring", 0, "ends"], "never"),
        (["root", 0, "password"], "yes"), (["break_glass", 0], "glass"),
        (["lockout", 0, "attempts"], 0), (["lockout", 0, "class"], "any"),
        (["not_judged"], None), (["summary", "root"], "yes"),
        (["summary", "stops"], 1), (["summary", "warn"], -1)):
    refused(path, value)
for path in (["faults"], ["accounts"], ["root"], ["locked"], ["expiring"],
             ["expiring", 0, "days_left"], ["lockout"], ["summary"],
             ["failing"], ["break_glass"], ["not_judged"], ["new_passwords"], one + ["console"],
             one + ["findings"], ["summary", "root"]):
    refused(path, None, drop=True)
sys.exit(1 if bad else 0)
PYTHON
exit $failed
