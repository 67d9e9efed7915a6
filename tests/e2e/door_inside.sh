# SPDX-License-Identifier: BSD-2-Clause
# The log-in door, from inside a root in which the manual's stack stands: real
# log-ins by sshd, login, su and sudo. One line a case, as compare.py says them.
# shellcheck shell=bash
. /e2e/inside.sh
trap - ERR
set +e
export LC_ALL=C.UTF-8

events=/var/log/acctward/events.jsonl
right() { echo "$1-7-Pass"; }

is() { # title, is, should be
    if [ "$2" = "$3" ]; then
        echo "ok      door: $1"
    else
        echo "NOT OK  door: $1: $2, not $3"
    fi
}

count() { # event, user
    grep "\"event\":\"$1\"" "$events" 2> /dev/null |
        grep -c "\"user\":\"$2\""
}

failures() { # user
    acctward lockout show "$1" --format json |
        tr ',' '\n' | sed -n 's/.*"failures": *\([0-9]*\).*/\1/p'
}

# The last word of door.exp: what came of the log-in.
door() { # answer..., --, program...
    expect /e2e/door.exp "$@" > /tmp/said 2>&1
    tail -n 1 /tmp/said | cut -d ' ' -f 1
}

over_ssh() { # method, user, answer...
    local method=$1 user=$2
    shift 2
    door "$@" -- ssh -tt -p 2222 -i /tmp/door_key -o IdentitiesOnly=yes \
        -o PreferredAuthentications="$method" -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \
        -o NumberOfPasswordPrompts=1 "$user@127.0.0.1"
}

by_su() { # user, password: as somebody who needs it
    echo "$2" | setpriv --reuid=2000 --regid=2000 --clear-groups \
        su "$1" -c true > /dev/null 2>&1 && echo in || echo out
}

at_console() { # user, answer...: on a terminal of the machine itself
    local user=$1
    shift
    # shellcheck disable=SC2016 # for the inner shell
    door "$@" -- sh -c ': > /dev/tty1; mount --bind "$(tty)" /dev/tty1
        exec login "$0" < /dev/tty1 > /dev/tty1 2>&1' "$user"
    umount -l /dev/tty1 2> /dev/null
}

# Set what lastlog(8) has of an account: its time, in the machine's own order.
last_use() { # user, days ago
    local seconds=$(($(date +%s) - $2 * 86400)) bytes='' i
    for i in 0 8 16 24; do
        bytes="$bytes\\x$(printf %02x $((seconds >> i & 255)))"
    done
    # shellcheck disable=SC2059 # that is its point
    { printf "$bytes"; head -c 288 /dev/zero; } | dd of=/var/log/lastlog \
        bs=292 conv=notrunc iflag=fullblock status=none seek="$(id -u "$1")"
}

# ---- accounts ---------------------------------------------------------------

for name in wang lee kim chen lin; do
    person "$name"
    chage -M 99999 "$name"
    touch "/home/$name/.hushlogin"
done
useradd -m -s /bin/bash -u 2000 caller
echo "root:$(right root)" | chpasswd
usermod -aG sudo wang
echo '%sudo ALL=(ALL) ALL' > /etc/sudoers.d/door
ssh-keygen -q -t ed25519 -N '' -f /tmp/door_key
for name in wang kim old root; do
    [ "$name" = root ] || id "$name" > /dev/null 2>&1 || person "$name"
    home=$(getent passwd "$name" | cut -d : -f 6)
    install -d -m 700 -o "$name" "$home/.ssh"
    install -m 600 -o "$name" /tmp/door_key.pub "$home/.ssh/authorized_keys"
done
usermod -p '*' kim                      # keys only
chage -d "$(day 400)" -M 99999 kim
chage -d "$(day 91)" -M 99999 old
person ended
chage -E "$(day 1)" ended
person unused
chage -M 99999 unused
for name in wang lee chen lin old ended; do
    last_use "$name" 10
done
last_use unused 100

# From here on the door is there.
cp /e2e/pam.d/* /etc/pam.d/

ip link set lo up
mkdir -p /run/sshd
/usr/sbin/sshd -p 2222 -o ListenAddress=127.0.0.1 -o UsePAM=yes \
    -o KbdInteractiveAuthentication=yes -o PasswordAuthentication=yes \
    -o PermitRootLogin=prohibit-password -o MaxStartups=200 -o LoginGraceTime=60

# ---- lockout ------------------------------------------------------------------

is 'ssh, keyboard-interactive, right' \
    "$(over_ssh keyboard-interactive lee "$(right lee)")" in
is 'ssh, password, right' "$(over_ssh password lee "$(right lee)")" in
is 'nothing is remembered of a right password' "$(failures lee)" 0
is 'ssh, a prompt left alone' "$(over_ssh keyboard-interactive lee)" asked
is 'ssh, the password method left alone' "$(over_ssh password lee)" asked
sleep 0.3
is 'a prompt left alone counts nothing' "$(failures lee)" 0

over_ssh keyboard-interactive lee wrong > /dev/null
over_ssh password lee wrong > /dev/null
by_su lee wrong > /dev/null
door wrong -- login lee > /dev/null
is 'four failures, by four doors' "$(failures lee)" 4
is 'the right one is let in after four' "$(by_su lee "$(right lee)")" in
is 'and clears them' "$(failures lee)" 0

for _ in 1 2 3 4 5; do
    by_su wang wrong > /dev/null &
done
wait
is 'five failures lock' "$(count login.locked wang)" 1
is 'su, right, but locked' "$(by_su wang "$(right wang)")" out
is 'ssh, right, but locked' \
    "$(over_ssh keyboard-interactive wang "$(right wang)")" out
is 'ssh, password, right, but locked' \
    "$(over_ssh password wang "$(right wang)")" out
is 'login, right, but locked' \
    "$(door "$(right wang)" -- login wang)" out
is 'ssh, by key, while locked' "$(over_ssh publickey wang)" in
is 'nothing is said of the lock' "$(grep -ci lock /tmp/said)" 0
is 'the tally is root'\''s alone' \
    "$(stat -c '%U %a' /var/lib/acctward/accounts/wang)" 'root 600'
is 'its user can'\''t touch it' \
    "$(su wang -c 'echo x > /var/lib/acctward/accounts/wang' 2> /dev/null &&
        echo yes || echo no)" no
is 'lockout list tells it' \
    "$(acctward lockout list --format csv | grep -c wang)" 1
acctward lockout reset wang > /dev/null
is 'reset' "$(by_su wang "$(right wang)")" in

# ---- many at once ---------------------------------------------------------------

for _ in $(seq 200); do
    by_su chen wrong > /dev/null &
done
wait
is '200 wrong at once: failures' "$(count login.failed chen)" 5
is '200 wrong at once: refused' "$(count login.refused chen)" 195
is '200 wrong at once: locks' "$(count login.locked chen)" 1
for i in $(seq 100); do
    by_su lin "$(right lin)" > "/tmp/many.$i" &
done
wait
is '100 right at once' "$(cat /tmp/many.* | grep -c in)" 100

# ---- sudo, root, the console --------------------------------------------------

is 'sudo, right' "$(su wang -c "echo '$(right wang)' | sudo -S -k id -u" \
    2> /dev/null)" 0
for _ in 1 2 3 4 5; do
    su wang -c 'echo wrong | sudo -S -k true' > /dev/null 2>&1 &
done
wait
is 'sudo: five failures lock' \
    "$(su wang -c "echo '$(right wang)' | sudo -S -k id -u" 2> /dev/null)" ''
acctward lockout reset wang > /dev/null

is 'root may not come by password: filler is not counted' \
    "$(over_ssh password root wrong >&2; failures root)" 0
for _ in 1 2 3 4 5; do
    by_su root wrong > /dev/null &
done
wait
is 'root is locked' "$(by_su root "$(right root)")" out
is 'root, on a pseudo terminal' "$(door "$(right root)" -- login root)" out
is 'root, at the console' "$(at_console root "$(right root)")" in
is 'root, by key' "$(over_ssh publickey root)" in
acctward lockout reset root > /dev/null

# ---- account --------------------------------------------------------------------

is 'an old password has to be changed' \
    "$(over_ssh keyboard-interactive old "$(right old)")" asked
is 'why is said' "$(grep -c '玖.二.(二)1.(3)' /tmp/said)" 1
is 'by key it is told, not stopped' "$(over_ssh publickey old)" in
is 'told' "$(grep -c '玖.二.(二)1.(3)' /tmp/said)" 1
is 'changed at the log-in' "$(over_ssh keyboard-interactive old \
    "$(right old)" "$(right old)" Next-9-Horse Next-9-Horse)" in
is 'and not asked for again' \
    "$(over_ssh keyboard-interactive old Next-9-Horse)" in
is 'keys only: not shut out by age' "$(over_ssh publickey kim)" in
is 'an account that has ended' "$(by_su ended "$(right ended)")" out
is 'a dormant account' "$(by_su unused "$(right unused)")" out
is 'a dormant account is recorded' "$(count account.refused unused)" 1

echo "lee:Temp-8-Horse" | chpasswd
is 'set by an administrator: recorded' "$(count password.reset lee)" 1
is 'it has to be changed at the log-in' \
    "$(over_ssh keyboard-interactive lee Temp-8-Horse)" asked
is 'changed by its holder' "$(over_ssh keyboard-interactive lee \
    Temp-8-Horse Temp-8-Horse Mine-9-Horse Mine-9-Horse)" in
is 'then it is its holder'\''s' \
    "$(over_ssh keyboard-interactive lee Mine-9-Horse)" in
is 'changed with passwd by its holder' \
    "$(su lee -c 'exec expect /e2e/door.exp Mine-9-Horse Ours-9-Horse \
        Ours-9-Horse -- passwd' | tail -n 1 | cut -d ' ' -f 1
        by_su lee Ours-9-Horse)" 'out
in'
# Behind the module's back.
usermod -p "$(getent shadow wang | cut -d : -f 2)" lee
is 'set by usermod: has to be changed' \
    "$(over_ssh keyboard-interactive lee "$(right wang)")" asked

# ---- trail ------------------------------------------------------------------------

su wang -c "echo '$(right wang)' | sudo -S -k true" > /dev/null 2>&1
is 'the trail names who became root by sudo' "$(grep '"service":"sudo"' \
    "$events" | grep '"session.opened"' | grep -c '"by":"wang"' |
    sed 's/^[1-9].*/yes/')" yes
is 'sessions that were opened were closed' \
    "$(grep -c '"session.closed"' "$events")" \
    "$(grep -c '"session.opened"' "$events")"
is 'no password in what is kept' \
    "$(grep -rcE 'wrong"|7-Pass|Horse' "$events")" 0
is 'acctward simulate runs' "$(acctward simulate > /dev/null 2>&1; [ $? -ne 1 ] &&
    echo yes)" yes
