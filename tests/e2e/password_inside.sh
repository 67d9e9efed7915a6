# SPDX-License-Identifier: BSD-2-Clause
# New passwords, from inside a root in which the manual's stack stands: passwd,
# chpasswd, and log-ins that ask for one. One line a case, as compare.py says
# them.
# shellcheck shell=bash
. /e2e/inside.sh
trap - ERR
set +e
export LC_ALL=C.UTF-8

events=/var/log/acctward/events.jsonl
right() { echo "$1-7-Pass"; }

is() { # title, is, should be
    if [ "$2" = "$3" ]; then
        echo "ok      password: $1"
    else
        echo "NOT OK  password: $1: $2, not $3"
        sed "s/^/$1: /" /tmp/said >&2
    fi
}

count() { # event, user
    grep "\"event\":\"$1\"" "$events" 2> /dev/null |
        grep -c "\"user\":\"$2\""
}

field() { # user
    getent shadow "$1" | cut -d : -f 2
}

# The last word: what came of it, and how many answers were taken.
by_user() { # user, answer...
    local user=$1
    shift
    setpriv --reuid="$user" --regid="$user" --init-groups \
        expect /e2e/password.exp "$@" -- passwd > /tmp/said 2>&1
    tail -n 1 /tmp/said
}

by_root() { # user, answer...
    local user=$1
    shift
    expect /e2e/password.exp "$@" -- passwd "$user" > /tmp/said 2>&1
    tail -n 1 /tmp/said
}

by_chpasswd() { # user, password
    echo "$1:$2" | chpasswd > /tmp/said 2>&1 && echo set || echo refused
}

over_ssh() { # method, user, answer...
    local method=$1 user=$2
    shift 2
    expect /e2e/door.exp "$@" -- ssh -tt -p 2222 \
        -o PreferredAuthentications="$method" -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
        -o NumberOfPasswordPrompts=1 "$user@127.0.0.1" > /tmp/said 2>&1
    tail -n 1 /tmp/said | cut -d ' ' -f 1
}

by_su() { # user, answer...: as somebody who needs it
    local user=$1
    shift
    setpriv --reuid=2000 --regid=2000 --clear-groups \
        expect /e2e/door.exp "$@" -- su - "$user" > /tmp/said 2>&1
    tail -n 1 /tmp/said | cut -d ' ' -f 1
}

# Sentences are laid out on more than one line.
says() { # text: how often it was said
    tr -d ' \r\n' < /tmp/said | grep -oF "$(echo "$1" | tr -d ' ')" | wc -l
}

# ---- accounts ---------------------------------------------------------------

for name in wang lee kim chen; do
    person "$name"
    touch "/home/$name/.hushlogin"
done
useradd -m -s /bin/bash -u 2000 caller
for i in $(seq 20); do
    person "many$i"
done

# From here on the door is there.
cp /e2e/pam.d/* /etc/pam.d/

ip link set lo up
mkdir -p /run/sshd
/usr/sbin/sshd -p 2222 -o ListenAddress=127.0.0.1 -o UsePAM=yes \
    -o KbdInteractiveAuthentication=yes -o PasswordAuthentication=yes \
    -o LoginGraceTime=60

# ---- passwd, by its user --------------------------------------------------------

before=$(field wang)
is 'by its user: refused three times' \
    "$(by_user wang "$(right wang)" abc Onlyletters Short-7)" '10 4'
is 'nothing is changed' "$(field wang)" "$before"
is 'the demands stand first' \
    "$(grep -nE 'has to be like|New password' /tmp/said | head -n 1 |
        grep -c 'has to be like')" 1
is 'length, with its clause' "$(says 'Use at least 8 characters (P-ZX 玖.二.(二)1.(1)')" 3
is 'classes, with their clause' "$(says '玖.二.(二)1.(2)')" 3
is 'refusals are recorded' "$(count password.refused wang)" 3
is 'by its user: then a good one' \
    "$(by_user wang "$(right wang)" abc Kettle-under-41 Kettle-under-41)" '0 4'
is 'it is recorded' "$(count password.changed wang)" 1
is 'not as an administrator'\''s' "$(count password.reset wang)" 0
is 'it opens the account' "$(by_su wang Kettle-under-41)" in
is 'by its user: what is typed twice differs' \
    "$(by_user wang Kettle-under-41 Walnut+ladder+7 Walnut+ladder+8 \
        Walnut+ladder+7 Walnut+ladder+7)" '0 5'
is 'by its user: a prompt left alone' \
    "$(by_user wang Walnut+ladder+7)" 'asked 1'
is 'by its user: the name in it' \
    "$(by_user wang Walnut+ladder+7 My-gnaW-11-x My-w4ng-11-x \
        Wang-under-41)" '10 4'
is 'by its user: weak ones' \
    "$(by_user wang Walnut+ladder+7 'P@ssw0rd' '1qaz@WSX' 'Taipei101!')" '10 4'
is 'by its user: the current one, its case changed, turned round' \
    "$(by_user wang Walnut+ladder+7 Walnut+ladder+7 wALNUT+LADDER+7 \
        7Walnut+ladder+)" '10 4'

# ---- passwd, by root --------------------------------------------------------------

before=$(field lee)
is 'by root: refused three times' "$(by_root lee abc abcd abcde)" '10 3'
is 'root'\''s changes nothing' "$(field lee)" "$before"
is 'by root: a good one' \
    "$(by_root lee Temporary=Hat=3 Temporary=Hat=3)" '0 2'
is 'it is recorded as root'\''s' "$(count password.reset lee)" 1
is 'it has to be changed, by ssh' \
    "$(over_ssh keyboard-interactive lee Temporary=Hat=3)" asked
is 'its holder'\''s is judged, by ssh' \
    "$(over_ssh keyboard-interactive lee Temporary=Hat=3 Temporary=Hat=3 \
        abc Temporary=Hat=3 Marble=engine=52 Marble=engine=52)" in
is 'why is said, by ssh' "$(says '玖.二.(二)1.(1)' | sed 's/^[2-9]$/yes/')" yes
is 'then it is its holder'\''s' \
    "$(over_ssh keyboard-interactive lee Marble=engine=52)" in
is 'by root: for a log-in by su' \
    "$(by_root kim Temporary=Hat=3 Temporary=Hat=3)" '0 2'
is 'su: refused three times' \
    "$(by_su kim Temporary=Hat=3 Temporary=Hat=3 abc abcd abcde)" out
is 'su: changed' "$(by_su kim Temporary=Hat=3 Temporary=Hat=3 abc \
    Copper/window/63 Copper/window/63)" in
is 'su: and not asked for again' "$(by_su kim Copper/window/63)" in
is 'by root: for the password method of ssh' \
    "$(by_root kim Temporary=Cap=4 Temporary=Cap=4)" '0 2'
over_ssh password kim Temporary=Cap=4 Temporary=Cap=4 Violet_anchor_85 \
    Violet_anchor_85 > /dev/null
is 'passwd, in the session' \
    "$(over_ssh keyboard-interactive kim Violet_anchor_85)" in

# ---- the minimum age of shadow(5) -------------------------------------------------

chage -m 1 lee
is 'minimum age: root sets one' \
    "$(by_root lee Borrowed=Coat=6 Borrowed=Coat=6)" '0 2'
is 'minimum age: root is told what to do' "$(says 'chage -d 0 lee')" 1
is 'minimum age: let in, by ssh' \
    "$(over_ssh keyboard-interactive lee Borrowed=Coat=6)" in
is 'minimum age: let in, by the password method of ssh' \
    "$(over_ssh password lee Borrowed=Coat=6)" in
is 'minimum age: let in, by su' "$(by_su lee Borrowed=Coat=6)" in
is 'minimum age: why is said' "$(says 'It can'\''t be changed before')" 1
is 'minimum age: it is recorded' "$(grep '"user":"lee"' "$events" |
    grep '"password.change_asked"' | grep -c '"detail":"let in, ')" 3
chage -d 0 lee
is 'minimum age: behind chage -d 0 it is asked for' \
    "$(over_ssh keyboard-interactive lee Borrowed=Coat=6)" asked
is 'minimum age: and changed' "$(by_su lee Borrowed=Coat=6 Borrowed=Coat=6 \
    Ivory+kettle+94 Ivory+kettle+94)" in
chage -m 0 lee
is 'no minimum age: root sets one' \
    "$(by_root lee Borrowed=Boat=7 Borrowed=Boat=7)" '0 2'
is 'no minimum age: nothing to be done' "$(says 'chage -d 0')" 0
is 'no minimum age: it is asked for' \
    "$(over_ssh keyboard-interactive lee Borrowed=Boat=7)" asked

# ---- chpasswd, history ------------------------------------------------------------

before=$(field chen)
is 'chpasswd: refused' "$(by_chpasswd chen abc)" refused
is 'chpasswd changes nothing then' "$(field chen)" "$before"
is 'chpasswd: said once' "$(says 'The new password is refused')" 1
is 'chpasswd: recorded once' "$(count password.refused chen)" 1
# Who has logged in, and become root since. Not every kernel keeps it.
last() { # event, user: who did it
    grep "\"event\":\"$1\"" "$events" | grep "\"user\":\"$2\"" |
        tail -n 1 | sed -n 's/.*"by":"\([^"]*\)".*/\1/p'
}
if (echo 2000 > /proc/self/loginuid) 2> /dev/null; then
    (echo 2000 > /proc/self/loginuid && by_chpasswd chen abc) > /dev/null
    is 'refused: by whom' "$(last password.refused chen)" caller
    (echo 2000 > /proc/self/loginuid &&
        by_chpasswd chen Saddle.ribbon.20) > /dev/null
    is 'reset: by whom' "$(last password.reset chen)" caller
fi
set -- Kettle-under-41 Walnut+ladder+7 Marble=engine=52 Copper/window/63 \
    Violet_anchor_85
for password; do
    is "chpasswd: ${password%%[!A-Za-z]*}" "$(by_chpasswd chen "$password")" set
done
shift
for password; do
    is "used before: ${password%%[!A-Za-z]*}" \
        "$(by_chpasswd chen "$password")" refused
done
is 'by which clause' "$(says 'tw-baseline-115-basic 第42項' |
    sed 's/^[1-9]$/yes/')" yes
is 'the fourth older one' "$(by_chpasswd chen Kettle-under-41)" set
is 'the history is root'\''s alone' \
    "$(find /var/lib/acctward/history -type f ! -perm 600 -o ! -user root |
        wc -l)" 0

# ---- many at once -------------------------------------------------------------------

for i in $(seq 20); do
    echo "many$i:Many=lanterns=$i" | chpasswd > "/tmp/many.$i" 2>&1 &
done
wait
is '20 at once: recorded' "$(grep -c '"password.reset".*"many' "$events")" 20
for i in $(seq 20); do
    echo "many$i:Other=lamps=$i" | chpasswd > "/tmp/many.$i" 2>&1 &
done
wait
again=0
for i in $(seq 20); do
    [ "$(by_chpasswd "many$i" "Many=lanterns=$i")" = refused ] &&
        [ "$(by_chpasswd "many$i" "many$i-7-Pass")" = refused ] &&
        again=$((again + 1))
done
is '20 at once: 20 histories' "$again" 20

# ---- what is missing --------------------------------------------------------------

mv /var/cache/cracklib /var/cache/cracklib.away
is 'without a dictionary' \
    "$(by_user wang Walnut+ladder+7 Granite*hollow*9 Granite*hollow*9)" '0 3'
is 'nothing is said of it' "$(grep -ciE 'cracklib|dictionary' /tmp/said)" 0
mv /var/cache/cracklib.away /var/cache/cracklib

cp /etc/acctward/acctward.conf /tmp/conf
printf '%s\n' '[password.min_age]' 'days = 1' >> /etc/acctward/acctward.conf
is 'too soon: not even asked' "$(by_user wang)" '10 0'
is 'too soon: says so' "$(says 'can'\''t be changed yet')" 1
is 'too soon: recorded as that' "$(tail -n 1 "$events" |
    grep -c '"rule":"password.min_age"')" 1
is 'too soon: not for root' \
    "$(by_root wang Temporary=Hat=3 Temporary=Hat=3)" '0 2'
is 'too soon: not for one that has to be changed' \
    "$(by_user wang Temporary=Hat=3 Saddle.ribbon.21 Saddle.ribbon.21)" '0 3'
is 'too soon: not because passwd -k says so' \
    "$(setpriv --reuid=wang --regid=wang --init-groups \
        expect /e2e/password.exp -- passwd -k | tail -n 1)" '10 0'

# ---- stacks that are written wrong ------------------------------------------------

cp /etc/pam.d/common-password /tmp/stack
faults() { grep '"event":"state.fault"' "$events" | grep -c "$1"; }
printf 'password %s\n' '[success=1 default=ignore] pam_unix.so yescrypt' \
    'requisite pam_deny.so' 'requisite pam_acctward.so retry=3' \
    'required pam_acctward.so changed' > /etc/pam.d/common-password
is 'behind pam_unix: fails' "$(by_chpasswd many1 short)" refused
is 'behind pam_unix: says that it was set' "$(says 'set without being judged')" 1
is 'behind pam_unix: told' "$(faults 'put it in front')" 1
printf 'password %s\n' 'requisite pam_acctward.so retry=3' \
    'required pam_acctward.so changed' \
    'required pam_unix.so use_authtok yescrypt' > /etc/pam.d/common-password
is 'changed in front: sets it' "$(by_chpasswd many2 Granite*hollow*9)" set
is 'changed in front: told' "$(faults 'put it behind')" 1
cp /tmp/stack /etc/pam.d/common-password
is 'the right stack again' "$(by_chpasswd many2 Granite*hollow*8)" set
is 'the right stack: nothing is told' "$(faults 'put it')" 2

before=$(field chen)
printf '%s\n' '[acctward]' 'plan = none-such' > /etc/acctward/acctward.conf
rm -f /var/lib/acctward/plan
is 'without a plan' "$(by_chpasswd chen Saddle.ribbon.21)" refused
is 'without a plan nothing is changed' "$(field chen)" "$before"
cp /tmp/conf /etc/acctward/acctward.conf
is 'with it again' "$(by_chpasswd chen Saddle.ribbon.21)" set

is 'no password in what is kept' \
    "$(grep -cE 'abc|letters|Kettle|Walnut|Marble|Copper|Violet|Borrowed|Ivory|Hat=|lamps' \
        "$events")" 0
echo 'ok      password: all was run'
