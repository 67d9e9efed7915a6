#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# acctward password: what check says of a password, rule by rule, with and
# without an account, in both languages and formats; that what is typed is not
# shown, and the terminal left as it was, whatever ends it; what is refused; and
# that what suggest makes passes.
set -u
export LC_ALL=C.UTF-8 TZ=Asia/Taipei
unset LANGUAGE LANG LC_MESSAGES

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
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

# Of "Maple-tree7x", the current password, and "Maple-tree6x", the one before.
hash='$6$rounds=1000$acctward$'
current="${hash}VnaOjdCGgljhtrh3xqd7mUZmIU1.cl5nFesTNQBVRdR1Z.Buod8kaymtD0qYDPYCuM74e733ThHJE7PGq.TRx0"
older="${hash}DNXUsWpEJ/nzH6M84BF2qyL2zQv6SQimpyfRvRRJ90P9rvO7YQQWRLKxKQ.0rqm0bVbFYBBiFQ6T8pbwto0jQ0"
root=$dir/root
mkdir -p "$root/etc/acctward" "$root/etc/security"
today=$(($(date +%s) / 86400))
printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
    'wang01:x:1001:1001:Maple Wang:/home/wang01:/bin/bash' \
    'lee02:x:1002:1002::/home/lee02:/bin/bash' > "$root/etc/passwd"
printf '%s\n' 'root:*:20500:0:99999:7:::' \
    "wang01:$current:$((today - 9)):0:99999:7:::" \
    "lee02:$current:$today:0:99999:7:::" > "$root/etc/shadow"
printf '%s\n' 'root:x:0:' 'staff:x:1001:' > "$root/etc/group"
echo /bin/bash > "$root/etc/shells"
printf '%s\n' "lee02:1002:2:$older,$current" > "$root/etc/security/opasswd"
chmod 600 "$root/etc/shadow" "$root/etc/security/opasswd"
printf '%s\n' '[acctward]' 'plan = P-ZX' '[password.min_length]' 'min = 10' \
    '[password.no_account_name]' '[password.history]' 'older = 3' \
    '[password.min_age]' 'days = 3' > "$root/etc/acctward/acctward.conf"

: > "$dir/none.conf"

check() { # status, password as printf's format, arguments
    want=$1
    typed=$2
    shift 2
    # shellcheck disable=SC2059
    printf "$typed" | "$ward" password check --plans "$plans" "$@" \
        > "$dir/out" 2> "$dir/err"
    got=$?
    if [ "$got" -ne "$want" ]; then
        complain "exit $got, not $want: password check $* of '$typed'"
        sed 's/^/    /' "$dir/err" "$dir/out"
    fi
}
at_root() { # status, password, arguments
    want=$1
    typed=$2
    shift 2
    check "$want" "$typed" --root "$root" "$@"
}
has() { # lines that the output has, as patterns
    for line in "$@"; do
        grep -qE -e "$line" "$dir/out" || {
            complain "no '$line' in:"
            sed 's/^/    /' "$dir/out"
        }
    done
}
tells() { # one line of error, with these words, and no output
    if [ "$(wc -l < "$dir/err")" -ne 1 ] || [ -s "$dir/out" ]; then
        complain 'not one line of error, or an output:'
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
becomes() { # rule=verdict ...: what came of each, by the JSON
    "$python" - "$dir/out" "$@" <<'PYTHON' || failed=1
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    rules = json.load(file)["rules"]
found = {row["rule"].split(".")[1]:
         row["verdict"] if row["judged"] else "left" for row in rules}
wanted = dict(word.split("=") for word in sys.argv[2:])
if found != wanted:
    print("not %s, but %s" % (wanted, found))
    sys.exit(1)
PYTHON
}

# ---- without an account --------------------------------------------------------
at_root 0 'Cbn4-yQ2xw\n'
is_quiet
has '^A new password by P-ZX ' 'below --root names this plan' \
    '^password\.min_length \[P-ZX ' '^  pass: Use at least 10 characters' '^password\.history$' \
    '^  not judged without --user$' \
    '^It can be set\. Failed: 0; warnings: 0; not known: 0; not judged: 3$'
! grep -q 'Cbn4' "$dir/out" || complain 'the password is told'
at_root 2 'Cbn4-yQ2x\n'
has '^  FAIL: the new password has fewer than 10 characters' \
    '^    -> Use at least 10 characters$' "^It can't be set\\. Failed: 1;"
! grep -qw 9 "$dir/out" || complain 'its length is told'
at_root 2 'cbnzyqwxkhtr\n'
has '^  FAIL: the new password mixes fewer than 3 ' "^It can't be set"
at_root 2 'a\n' --lang zh_TW
has '不符合|違反|不可設定' '未指定--user，故未判定' '^    -> .*10'
printf 'a\n' | LC_ALL=zh_TW.UTF-8 "$ward" password check --root "$root" \
    --plans "$plans" | cmp -s - "$dir/out" ||
    complain "the environment's zh_TW is not --lang's"
# Without what nobody is there to be asked for, the report says no word of it.
at_root 2 'a\n' --plan P-ZX --config "$dir/none.conf"
[ "$(grep -c '^password\.' "$dir/out")" -eq 2 ] || complain 'more than P-ZX asks'
# A number that nobody gives.
at_root 0 'a\n' --plan tw-baseline-110-basic --config "$dir/none.conf"
has '^  not judged: the document gives no number'
check 1 'a\n' --plan NONE
tells NONE
check 1 'a\n' --plan P-ZX --root "$dir/none"
tells "$dir/none"

# ---- with one --------------------------------------------------------------------
at_root 0 'Cbn4-yQ2xw\n' --user wang01
has '^A new password of wang01 \(uid 1001, person\) by P-ZX ' '^It can be set'
# A number may be the agency's; what has none has no limit.
grep -A 1 '^password\.history' "$dir/out" | grep -q 'the limit is' ||
    complain 'whose the limit is'
! grep -A 1 '^password\.no_account_name' "$dir/out" | grep -q 'the limit is' ||
    complain 'a limit of what has none'
at_root 0 'Cbn4-yQ2xw\n' --user wang01 --format json
becomes min_length=pass min_classes=pass no_account_name=pass history=pass \
    min_age=pass
at_root 2 'Maple-tree7x\n' --user wang01 --format json
becomes min_length=pass min_classes=pass no_account_name=fail history=fail \
    min_age=pass
at_root 2 'Maple-tree6x\n' --user lee02 --format json
becomes min_length=pass min_classes=pass no_account_name=pass history=fail \
    min_age=fail
at_root 2 'x10gnaw-QQ7\n' --user wang01 --format json
becomes min_length=pass min_classes=pass no_account_name=fail history=pass \
    min_age=pass
at_root 1 'Cbn4-yQ2xw\n' --user nobody9
tells "no local account 'nobody9'"
[ ! -e "$root/var" ] || complain 'looking makes directories'
# What can't be read is not known, and not proven to pass.
if [ "$(id -u)" -eq 0 ]; then
    chmod 755 "$dir"
    printf 'Cbn4-yQ2xw\n' | setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$ward" password check --plans "$plans" --root "$root" --user wang01 \
        --format json > "$dir/out" 2> "$dir/err"
    [ $? -eq 2 ] || complain 'what is not known passes'
    is_quiet
    becomes min_length=pass min_classes=pass no_account_name=pass \
        history=unknown min_age=unknown
    mkdir -p "$root/var/lib/acctward"
    chmod 700 "$root/var/lib/acctward"
    printf 'Cbn4-yQ2xw\n' | setpriv --reuid=65534 --regid=65534 --clear-groups \
        "$ward" password check --plans "$plans" --root "$root" --user wang01 \
        > "$dir/out" 2> "$dir/err"
    [ $? -eq 2 ] || complain 'what is not to be entered passes'
    has 'It is not known whether it can be set'
    rm -r "$root/var"
else
    chmod 000 "$root/etc/shadow"
    at_root 2 'Cbn4-yQ2xw\n' --user wang01 --format json
    becomes min_length=pass min_classes=pass no_account_name=pass \
        history=unknown min_age=unknown
    chmod 600 "$root/etc/shadow"
fi

# ---- the line ----------------------------------------------------------------------
at_root 0 'Cbn4-yQ2xw'
at_root 0 'Cbn4-yQ2xw\r\n'
at_root 0 'Cbn4-yQ2xw\na second line\n'
at_root 2 '\n'
at_root 2 'Cbn4-yQ2x\r\n'
at_root 1 'Cbn4-yQ2x\r\r\n'
check 1 '' --plan P-ZX
tells 'no password was given'
check 1 'Cbn4\0-yQ2xw\n' --plan P-ZX
tells NUL
long=$(printf '%0511d' 0)
check 2 "$long\n" --plan P-ZX
check 2 "$long\r\n" --plan P-ZX
check 1 "${long}1\n" --plan P-ZX
tells 511
check 1 "$long$long$long\n" --plan P-ZX --lang zh_TW
tells 511
# What stands behind it is left to others.
left=$({ printf 'a\nb\n'; } | {
    "$ward" password check --plans "$plans" --plan P-ZX > "$dir/out"
    cat
})
[ "$left" = b ] || complain "behind the line is '$left'"
"$ward" password check --plans "$plans" --plan P-ZX <&- > "$dir/out" 2> "$dir/err"
[ $? -eq 1 ] || complain 'no standard input is no failure'
at_root 2 'a\n' --output "$dir/file"
[ "$(stat -c %a "$dir/file")" = 600 ] || complain '--output: not 0600'
[ -s "$dir/file" ] && ! [ -s "$dir/out" ] || complain '--output: not there'
at_root 1 'a\n' --output "$dir/none/file"
tells "$dir/none/file"
if [ -e /dev/full ]; then
    printf 'a\n' | "$ward" password check --plans "$plans" --plan P-ZX \
        > /dev/full 2> "$dir/err"
    [ $? -eq 1 ] || complain 'a full standard output is no failure'
    "$ward" password suggest --plans "$plans" --plan P-ZX > /dev/full \
        2> "$dir/err"
    [ $? -eq 1 ] || complain 'suggest: a full standard output is no failure'
fi

# ---- what is refused, and not repeated ------------------------------------------------
for arguments in 'check Sesame1' 'check -- Sesame1' 'check -Sesame1' \
    'check --Sesame1' 'check --help=Sesame1' 'check --user' 'Sesame1' \
    'Sesame1 check' 'suggest Sesame1' 'suggest --count Sesame1' \
    'suggest --count 0' 'suggest --count 101' 'suggest --format json' \
    'suggest --output x' 'check --count 1' 'check --format csv' \
    'check --plan P-ZX Sesame1' ''; do
    # shellcheck disable=SC2086
    "$ward" password $arguments > "$dir/out" 2> "$dir/err" < /dev/null
    [ $? -eq 64 ] || complain "password $arguments: not wrong usage"
    tells ''
    ! grep -q Sesame "$dir/err" || complain "repeated: $(cat "$dir/err")"
    # shellcheck disable=SC2086
    "$ward" password --lang zh_TW $arguments > "$dir/out" 2>&1 < /dev/null
    ! grep -q Sesame "$dir/out" || complain "repeated: $(cat "$dir/out")"
done

# ---- a terminal ------------------------------------------------------------------------
cat > "$dir/terminal.py" <<'PYTHON'
import os
import pty
import signal
import sys
import termios

WARD = sys.argv[1:]
signal.alarm(120)
# Who started this may have them ignored, as nohup(1) and shells do.
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP,
               signal.SIGTSTP, signal.SIGCONT):
    signal.signal(number, signal.SIG_DFL)
bad = []


def start():
    """The program in the foreground of a terminal of its own, with a parent
    that tells of what becomes of it."""
    told, tell = os.pipe()
    going, go = os.pipe()
    leader, terminal = pty.fork()
    if leader == 0:
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.tcsetpgrp(0, os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            os.execv(WARD[0], WARD)
        os.write(tell, b"%d\n" % pid)
        status = os.waitpid(pid, os.WUNTRACED)[1]
        os.write(tell, b"%d\n" % status)
        while os.WIFSTOPPED(status):
            os.read(going, 1)
            os.kill(pid, signal.SIGCONT)
            status = os.waitpid(pid, os.WUNTRACED)[1]
            os.write(tell, b"%d\n" % status)
        os.read(going, 1)
        os._exit(0)
    told = os.fdopen(told, "rb")
    return terminal, told, go, int(told.readline())


def echoes(terminal):
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def wait(terminal, text):
    found = b""
    while text not in found:
        found += os.read(terminal, 1000)
    return found


def expect(what, found, wanted):
    if found != wanted:
        bad.append("%s: %r, not %r" % (what, found, wanted))


PROMPT = b"Password to check: "
terminal, told, go, pid = start()
wait(terminal, PROMPT)
expect("while it is typed: echo", echoes(terminal), False)
os.write(terminal, b"Cbn4-yQ2xw\n")
shown = wait(terminal, b"It can")
expect("exit", os.waitstatus_to_exitcode(int(told.readline())), 0)
expect("afterwards: echo", echoes(terminal), True)
expect("the password is shown", b"Cbn4" in shown, False)
os.close(terminal)

# No line.
terminal, told, go, pid = start()
wait(terminal, PROMPT)
os.write(terminal, b"\x04")
expect("no line: exit", os.waitstatus_to_exitcode(int(told.readline())), 1)
expect("no line: echo", echoes(terminal), True)
os.close(terminal)

# By a key, and by another process.
for number, key in ((signal.SIGINT, b"\x03"), (signal.SIGQUIT, b"\x1c"),
                    (signal.SIGINT, None), (signal.SIGTERM, None),
                    (signal.SIGHUP, None)):
    terminal, told, go, pid = start()
    wait(terminal, PROMPT)
    os.write(terminal, b"half")
    if key:
        os.write(terminal, key)
    else:
        os.kill(pid, number)
    status = int(told.readline())
    expect("%s: ended by" % number.name, os.WTERMSIG(status), number)
    expect("%s: echo" % number.name, echoes(terminal), True)
    os.close(terminal)

# Stopped, and gone on with: half a line is forgotten.
terminal, told, go, pid = start()
wait(terminal, PROMPT)
os.write(terminal, b"abc\x1a")
expect("stopped", os.WIFSTOPPED(int(told.readline())), True)
expect("stopped: echo", echoes(terminal), True)
os.write(go, b"x")
wait(terminal, PROMPT)
expect("gone on with: echo", echoes(terminal), False)
os.write(terminal, b"Cbn4-yQ2xw\n")
wait(terminal, b"It can be set")
expect("gone on with: exit",
       os.waitstatus_to_exitcode(int(told.readline())), 0)
expect("gone on with: echo", echoes(terminal), True)
print("\n".join(bad), end="")
sys.exit(bad != [])
PYTHON
"$python" "$dir/terminal.py" "$ward" password check --plans "$plans" \
    --root "$root" || complain 'the terminal'

# ---- suggest ---------------------------------------------------------------------------
suggest() { # status, how many, arguments
    want=$1
    many=$2
    shift 2
    "$ward" password suggest --plans "$plans" "$@" > "$dir/made" \
        2> "$dir/err" < /dev/null
    got=$?
    [ "$got" -eq "$want" ] || complain "exit $got, not $want: suggest $*"
    [ "$(sort -u "$dir/made" | wc -l)" -eq "$many" ] ||
        complain "not $many: suggest $*"
}
passes() { # arguments of check
    while IFS= read -r made; do
        printf '%s\n' "$made" | "$ward" password check --plans "$plans" "$@" \
            > "$dir/out" 2>&1 || {
            complain "does not pass: suggest $*"
            sed 's/^/    /' "$dir/out"
        }
    done < "$dir/made"
}
suggest 0 1 --root "$root"
is_quiet
suggest 0 20 --root "$root" --user wang01 --count 20
passes --root "$root" --user wang01
suggest 0 100 --plan EPA --count 100
passes --plan EPA
# However new the current one is.
suggest 0 1 --root "$root" --user lee02
printf '%s\n' '[password.min_length]' 'min = 64' '[password.min_classes]' \
    'min = 4' > "$dir/long.conf"
suggest 0 3 --plan P-ZX --config "$dir/long.conf" --count 3
passes --plan P-ZX --config "$dir/long.conf"
suggest 1 0 --root "$root" --user nobody9
"$ward" password suggest --plans "$plans" --plan P-ZX > "$dir/made" <&-
passes --plan P-ZX

# ---- a temporary one of root's ---------------------------------------------------
mkdir "$dir/exempt"
printf '%s\n' '[plan]' 'id = TEMP' 'title = T' 'agency = A' \
    '[password.min_length]' 'min = 12' 'clause = 1' \
    '[password.change_at_first_login]' 'temporary = exempt' 'clause = 2' \
    > "$dir/exempt/TEMP.conf"
temporary() { # status, arguments
    want=$1
    shift
    printf 'Cbn4-yQ2x\n' | "$ward" password check --root "$root" --plan TEMP \
        --plans "$dir/exempt" --config "$dir/none.conf" "$@" > "$dir/out" \
        2> "$dir/err"
    got=$?
    [ "$got" -eq "$want" ] || complain "exit $got, not $want: $*: $(cat "$dir/err" "$dir/out")"
}
temporary 2 --user lee02
has "^It can't be set"
temporary 0 --user lee02 --reset
has '^  FAIL: the new password has fewer than 12' \
    "^It can be set as a temporary password, which the plan doesn't hold to its rules. Failed: 0; warnings: 1;"
temporary 0 --user lee02 --reset --format json
has '"can_be_set": true, "fail": 0, "warn": 1'
temporary 0 --user lee02 --reset --lang zh_TW
has '^可設為臨時性密碼'
sed -i 's/exempt$/held/' "$dir/exempt/TEMP.conf"
temporary 2 --user lee02 --reset
has "^It can't be set"
# However new the current one is, an administrator may set another.
at_root 2 'Cbn4-yQ2xw7\n' --user lee02
has 'it is too soon to change this password'
at_root 0 'Cbn4-yQ2xw7\n' --user lee02 --reset

# ---- what is said of agency settings --------------------------------------------
printf '%s\n' '[password.weak]' 'words = huanbao' 'match = substring' \
    '[password.min_length]' 'min = 14' > "$dir/words.conf"
check 2 'vK7-huanbao9qXz2\n' --plan P-ZX --config "$dir/words.conf"
has 'FAIL: the new password contains a word that the plan forbids \(an agency setting\)$' \
    'pass: Use at least 14 characters \(the limit is an agency setting\)$'
check 2 'vK7-huanbao9qXz2\n' --plan P-ZX --config "$dir/words.conf" --lang zh_TW
has '^  不符合：新密碼含有計畫禁用的字詞（機關設定）$' \
    '^  符合：請使用至少14個字元（此限值為機關設定）$'

# ---- words ---------------------------------------------------------------------------------
check 2 'P@ssw0rd\n' --plan EPA
has '^  FAIL: the new password has fewer than 12 characters' \
    '^password\.weak \[EPA ' "^It can't be set\\. Failed: 2;"
check 2 'Taipei101!Taipei101!\n' --plan EPA
has "^It can't be set\\. Failed: 1;"
check 1 'Cbn4-yQ2xw7k\n' --plan EPA --words "$dir/none"
tells "$dir/none"
check 0 'Cbn4-yQ2xw7k\n' --plan EPA --dictionary "$dir/none"
has "dictionary $dir/none.* is not there"
exit $failed
