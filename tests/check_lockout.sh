#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward lockout: what it tells of failed log-ins in both languages and every
# format, what a reset does and leaves behind, and what is refused. The files
# are made by tests/make_tally.c.
set -u
export LC_ALL=C.UTF-8 TZ=Asia/Taipei
unset LANGUAGE LANG LC_MESSAGES

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
make_tally=$(readlink -f "$out/tests/make_tally")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0
python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import jsonschema' 2> /dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { echo "python3-jsonschema is not installed"; exit 1; }

complain() {
    echo "$*"
    failed=1
}

make_root() { # name
    root=$dir/$1
    mkdir -p "$root/etc/acctward"
    printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
        'daemon:x:1:1::/:/usr/sbin/nologin' \
        'wang01:x:1001:1001::/home/wang01:/bin/bash' \
        'lee:x:1002:1002::/home/lee:/bin/bash' \
        'chen:x:1003:1003::/home/chen:/bin/bash' > "$root/etc/passwd"
    printf '%s\n' 'root:*:20500:0:99999:7:::' > "$root/etc/shadow"
    printf '%s\n' 'root:x:0:' 'staff:x:1001:' > "$root/etc/group"
    echo /bin/bash > "$root/etc/shells"
    printf '%s\n' '[acctward]' 'plan = P-ZX' \
        'packs = tw-baseline-115-basic' > "$root/etc/acctward/acctward.conf"
}
tally() { # name, actions
    "$make_tally" "$root" "$@" || complain "make_tally $*"
}
lockout() { # status, arguments
    want=$1
    verb=$2
    shift 2
    "$ward" lockout "$verb" --root "$root" --plans "$plans" "$@" \
        > "$dir/out" 2> "$dir/err" < /dev/null
    got=$?
    if [ "$got" -ne "$want" ]; then
        complain "exit $got, not $want: lockout $verb $*"
        sed 's/^/    /' "$dir/err"
    fi
}
has() { # lines that the output has, as patterns
    for line in "$@"; do
        grep -qE -e "$line" "$dir/out" || {
            complain "no '$line' in:"
            sed 's/^/    /' "$dir/out"
        }
    done
}
lacks() {
    for line in "$@"; do
        ! grep -qE -e "$line" "$dir/out" || complain "'$line' in the output"
    done
}
tells() { # one line of error, with these words, and no output
    if [ "$(wc -l < "$dir/err")" -ne 1 ] || [ -s "$dir/out" ]; then
        complain "not one line of error, or an output:"
        sed 's/^/    /' "$dir/err" "$dir/out"
    fi
    for word in "$@"; do
        grep -qF -e "$word" "$dir/err" ||
            complain "no '$word' in: $(cat "$dir/err")"
    done
}
is_quiet() {
    ! [ -s "$dir/err" ] || complain "standard error: $(cat "$dir/err")"
}

# ---- a host that has counted nothing -----------------------------------------
make_root empty
lockout 0 list
is_quiet
has 'no failure to be told'
lockout 0 list --format json
has '"accounts": \[\]\}'
lockout 0 show wang01
is_quiet
[ ! -e "$root/var" ] || complain 'looking makes directories'
lockout 0 reset wang01
has '^wang01: no failed log-in is recorded$'
lockout 1 reset nobody
tells nobody 'no local account'

# ---- list --------------------------------------------------------------------
make_root host
time='20[0-9-]{8}T[0-9:]{8}\+08:00'
tally wang01 fail:300:sshd:10.0.0.5 fail:200:sshd:10.0.0.5 fail:150:su: \
    fail:100:sshd:a.example.tw fail:50:sshd:10.0.0.6
tally lee fail:1000:sshd:10.0.0.7 fail:20:login:
tally lee abandon:5:sshd:10.0.0.8
tally chen fail:60:sshd:10.0.0.9 succeed use:30 given
tally gone fail:30:sshd:10.0.0.10
lockout 0 list
is_quiet
has '^Failed log-ins, as of ' '^wang01 \(uid 1001, person\)$' \
    "^    LOCKED until $time\$" '^    failures that count: 5 of 5$' \
    "^    the last: $time  sshd  10\.0\.0\.6\$" \
    '^lee \(uid 1002, person\)$' '^    failures that count: 2 of 5$' \
    "^    the last: $time  sshd  10\.0\.0\.8\$" '^gone \(no local account\)$'
lacks chen
[ "$(grep -c LOCKED "$dir/out")" -eq 1 ] || complain 'not one is locked'
lockout 0 list --all
has '^chen \(uid 1003, person\)$' '^    failures that count: 0 of 5$'
lockout 0 list --lang zh_TW
has '鎖定中，至' '計入之失敗次數：5，上限5$'
LC_ALL=zh_TW.UTF-8 "$ward" lockout list --root "$root" --plans "$plans" |
    cmp -s - "$dir/out" || complain "the environment's zh_TW is not --lang's"
lockout 0 list --format csv --all
has '^name,uid,class,failures,attempts,seconds,locked,until,last_time,last_service,last_from' \
    "^\"wang01\",\"1001\",\"person\",\"5\",\"5\",\"900\",\"yes\",\"$time\",\"$time\",\"sshd\",\"10.0.0.6\"" \
    "^\"chen\",\"1003\",\"person\",\"0\",\"5\",\"900\",\"no\",\"\",\"$time\",\"sshd\",\"10.0.0.9\"" \
    '^"gone","","","1",'
lockout 0 list --format csv --bom
head -c 3 "$dir/out" | od -An -tx1 | grep -q 'ef bb bf' || complain 'no BOM'
lockout 0 list --output "$dir/file"
[ "$(stat -c %a "$dir/file")" = 600 ] || complain '--output: not 0600'
[ -s "$dir/file" ] && ! [ -s "$dir/out" ] || complain '--output: not there'
# When it ends: 900 seconds behind the last.
lockout 0 list --format json
"$python" - "$dir/out" <<'PYTHON' || failed=1
import datetime
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    rows = {row["name"]: row for row in json.load(file)["accounts"]}
moment = datetime.datetime.fromisoformat
row = rows["wang01"]
seconds = (moment(row["until"]) - moment(row["last"]["time"])).total_seconds()
if not 900 <= seconds <= 902:
    print("locked for %d seconds" % seconds)
    sys.exit(1)
if list(rows) != sorted(rows) or rows["gone"]["uid"] is not None:
    print(rows)
    sys.exit(1)
PYTHON

# A plan that asks for no lockout, and one that asks for more.
: > "$dir/none.conf"
lockout 0 list --plan P-ZX --config "$dir/none.conf"
has '^    failures: 5; the plan asks for no lockout$'
lacks LOCKED
lockout 0 list --plan P-ZX --config "$dir/none.conf" --format csv
has '^"wang01","1001","person","5","","","no","",'
printf '%s\n' '[acctward]' 'plan = P-ZX' 'packs = tw-baseline-115-basic' \
    '[login.lockout]' 'attempts = 2' > "$dir/tight.conf"
lockout 0 list --config "$dir/tight.conf"
has '^    failures that count: 2 of 2$'
[ "$(grep -c LOCKED "$dir/out")" -eq 2 ] || complain 'two failures do not lock'
lockout 1 list --plan NONE
tells NONE
echo garbage > "$dir/broken.conf"
lockout 1 list --config "$dir/broken.conf"
tells "$dir/broken.conf:1: "

# ---- show --------------------------------------------------------------------
lockout 0 show wang01
is_quiet
has '^wang01 \(uid 1001, person\)$' '^    LOCKED until ' \
    '^    asked: after 5 failures locked for 900 seconds$' \
    '^        \[tw-baseline-115-basic 第40項\]$' \
    "^    $time  sshd  10\.0\.0\.5  wrong password\$" \
    "^    $time  su  wrong password\$" \
    "^    $time  sshd  10\.0\.0\.6  wrong password, locked\$"
lacks 'last log-in' administrator
grep -oE "^    $time" "$dir/out" | sort -c || complain 'not oldest first'
lockout 0 show chen
has "^    last log-in: $time\$" \
    '^    the password was set by an administrator, and not changed since$' \
    "^    $time  sshd  10\.0\.0\.9  wrong password, over\$"
lockout 0 show lee --lang zh_TW
has '密碼錯誤，已不計入$' '中斷而無結果$' '要求：失敗5次後鎖定900秒$'
lockout 0 show root
has '^root \(uid 0, privileged\)$' '^    failures that count: 0 of 5$'
lockout 0 show gone
has 'no local account'
lockout 1 show nobody
tells nobody 'no local account'
lockout 0 show lee --format json
lockout 1 show ''
lockout 1 show "$(printf '%300s' '' | tr ' ' a)"

# ---- the schema ----------------------------------------------------------------
for arguments in 'list' 'list --all' 'show wang01' 'show lee' 'show root' \
    'show gone' "list --plan P-ZX --config $dir/none.conf" \
    "show chen --plan P-ZX --config $dir/none.conf"; do
    # shellcheck disable=SC2086
    lockout 0 $arguments --format json
    "$python" - "$dir/out" <<'PYTHON' || complain "lockout $arguments"
import json
import sys

import jsonschema

with open("docs/schema/acctward-lockout-1.json", encoding="utf-8") as file:
    check = jsonschema.Draft202012Validator(
        json.load(file), format_checker=jsonschema.FormatChecker())
with open(sys.argv[1], encoding="utf-8") as file:
    document = json.load(file)
errors = ["%s: %s" % (list(error.path), error.message[:200])
          for error in check.iter_errors(document)]
row = document["accounts"][0]
for key, value in (("uid", "0"), ("class", "any"), ("failures", -1),
                   ("locked", 1), ("until", "soon"), ("hash", "x"),
                   ("last", {"time": row["until"]}), ("clauses", None),
                   ("history", [{"kind": "failed"}])):
    wrong = dict(document, accounts=[dict(row, **{key: value})])
    if check.is_valid(wrong):
        errors.append("not refused: %s = %r" % (key, value))
print("\n".join(errors), end="")
sys.exit(errors != [])
PYTHON
done

# ---- reset ---------------------------------------------------------------------
events=$root/var/log/acctward/events.jsonl
export SUDO_USER=mallory LOGNAME=mallory USER=mallory
by=$(cat /proc/self/loginuid 2> /dev/null)
case $by in
'' | 4294967295) by=$(id -ru) ;;
esac
by=$(getent passwd "$by" | cut -d : -f 1)
lockout 0 reset wang01
is_quiet
has '^wang01: unlocked, failures dropped: 5$'
[ "$(wc -l < "$events")" -eq 1 ] || complain 'not one event'
for member in '"event":"login.unlocked"' '"user":"wang01"' '"uid":1001' \
    "\"by\":\"$by\"" '"rule":"login.lockout"' \
    '"plan":"tw-baseline-115-basic"' '"clause":"第40項"' \
    '"detail":"failures: 5, locked"' '"success":true'; do
    grep -qF -e "$member" "$events" || complain "no $member: $(cat "$events")"
done
! grep -q mallory "$events" || complain 'the environment is believed'
[ "$(stat -c %a "$events")" = 600 ] || complain 'events: not 0600'
lockout 0 list
lacks wang01 LOCKED
lockout 0 show wang01
has '^    failures that count: 0 of 5$' 'wrong password, over$'
# Nothing counted: nothing has happened.
lockout 0 reset wang01 --lang zh_TW
has '^wang01: 已清除失敗次數：0$'
[ "$(wc -l < "$events")" -eq 1 ] || complain 'an event of nothing'
lockout 0 reset root
has '^root: no failed log-in is recorded$'
# One of many that can't be reset keeps no other from it.
lockout 1 reset nobody gone
has '^gone: failures dropped: 1$'
grep -q '^acctward: nobody: no local account' "$dir/err" || complain 'not told'
lockout 0 reset -q lee
! [ -s "$dir/out" ] || complain '-q is not quiet'
[ "$(wc -l < "$events")" -eq 3 ] || complain 'an event is missing'
tally lee fail:20:sshd:10.0.0.7 fail:10:sshd:10.0.0.7
tally chen fail:10:sshd:10.0.0.7
lockout 0 reset --all
has '^accounts reset: 2, failures dropped: 3$'
[ "$(wc -l < "$events")" -eq 5 ] || complain 'reset --all: not two events'
lockout 0 list
has 'no failure to be told'
# Without a plan that loads, too: it is how people get back in.
tally lee fail:10:sshd:10.0.0.7
lockout 0 reset lee --config "$dir/broken.conf"
has '^lee: failures dropped: 1$'
grep -q '^acctward: warning: .*broken.conf:1: ' "$dir/err" ||
    complain 'the broken settings are not told'
! tail -1 "$events" | grep -q '"plan"' || complain 'a plan out of nowhere'
unset SUDO_USER LOGNAME USER

# ---- what is refused -------------------------------------------------------------
for arguments in 'list x' 'list --format jsonl' 'list --as-of 2026-11-20' \
    'list --facts x' 'show' 'show a b' 'show a --all' 'show a --format csv' \
    'reset' 'reset --all a' 'reset a --format json' 'reset a --output x' \
    'list --all=yes' 'none'; do
    # shellcheck disable=SC2086
    "$ward" lockout $arguments > "$dir/out" 2> "$dir/err" < /dev/null
    [ $? -eq 64 ] || complain "lockout $arguments: not wrong usage"
    tells ''
    # shellcheck disable=SC2086
    "$ward" lockout $arguments --lang zh_TW > "$dir/out" 2>&1 < /dev/null
    grep -q '[^ -~]' "$dir/out" || complain "lockout $arguments: no Chinese"
done
"$ward" lockout > "$dir/out" 2> "$dir/err"
[ $? -eq 64 ] || complain 'lockout alone: not wrong usage'
# A record that can't be trusted is told, and the list has the others.
tally lee fail:10:sshd:10.0.0.7
tally wang01 fail:10:sshd:10.0.0.7
chmod 666 "$root/var/lib/acctward/accounts/lee"
lockout 1 list
has '^wang01 '
lacks '^lee '
grep -q '^acctward: .*lee: mode 0666' "$dir/err" || complain 'lee is not told'
lockout 1 show lee
tells 'mode 0666'
lockout 1 reset lee
tells 'mode 0666'
chmod 600 "$root/var/lib/acctward/accounts/lee"
# An event that can't be written is told, though the reset is done.
rm "$events"
ln -s /dev/null "$events"
lockout 1 reset lee
has '^lee: failures dropped: 1$'
grep -q 'events.jsonl: a symbolic link' "$dir/err" || complain 'no event: not told'
rm "$events"
if [ -e /dev/full ]; then
    "$ward" lockout list --root "$root" --plans "$plans" > /dev/full \
        2> "$dir/err"
    [ $? -eq 1 ] || complain 'a full standard output is no failure'
    "$ward" lockout reset wang01 --root "$root" --plans "$plans" \
        > /dev/full 2> "$dir/err"
    [ $? -eq 1 ] || complain 'reset: a full standard output is no failure'
fi
# Nothing that is told goes into a file that was opened.
cp "$root/var/lib/acctward/accounts/wang01" "$dir/before"
"$ward" lockout reset wang01 nobody --root "$root" --plans "$plans" <&- >&- 2>&-
[ $? -eq 1 ] || complain 'reset: no failure with no standard output'
[ "$(stat -c %s "$root/var/lib/acctward/accounts/wang01")" = \
    "$(stat -c %s "$dir/before")" ] || complain 'the file has grown'
lockout 0 show wang01
lacks "can't be read"
[ -z "$(grep -rl 'nobody' "$root/var")" ] || complain 'told into a file'
# Names that the network chose steer no terminal.
tally lee "$(printf 'fail:5:ss\033hd:a\033[31m\302\233b')"
for format in text csv json; do
    lockout 0 list --format $format
    ! grep -q "$(printf '\033')" "$dir/out" || complain "$format: an escape"
    ! grep -q "$(printf '\302\233')" "$dir/out" || complain "$format: a C1"
done
lockout 0 show lee
! grep -q "$(printf '\033')" "$dir/out" || complain 'show: an escape'

# This host's are root's alone.
if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$dir"
    for arguments in list 'show root' 'reset root' 'reset --all'; do
        # shellcheck disable=SC2086
        setpriv --reuid=65534 --regid=65534 --clear-groups \
            "$ward" lockout $arguments > "$dir/out" 2> "$dir/err" < /dev/null
        [ $? -eq 1 ] || complain "lockout $arguments: not only root's"
        tells root
    done
else
    "$ward" lockout list > "$dir/out" 2> "$dir/err" < /dev/null
    [ $? -eq 1 ] || complain "lockout list: not only root's"
    tells root
fi
exit $failed
