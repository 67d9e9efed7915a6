#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a log-in costs with pam_acctward and with pam_faillock, beside pam_permit
# alone and in turn, as the accounts grow; and whether a wrong password, a locked
# account and an unknown name can be told apart by time. Everything stands in a
# mount namespace of its own; wants root. Prints tables; nothing is asserted.
#
#   OUT=build bench/login.sh [count]...
set -eu
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

OUT=${OUT:-build}
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
if [ "$(id -u)" -ne 0 ]; then
    echo 'not measured: log-ins want root'
    exit 0
fi
if [ -z "${BENCH_INSIDE-}" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    ${CC:-cc} -O2 -D_GNU_SOURCE -o "$work/login" "$top/bench/login.c" -lpam -lm
    # As it is installed: its own places, and the shipped plans.
    mkdir -p "$work/tally" "$work/etc" "$work/lib" "$work/log" "$work/share"
    cp -R "$top/$OUT/share/acctward" "$work/share/"
    cp "$top/$OUT/security/pam_acctward.so" "$work/"
    BENCH_INSIDE=$work unshare -m "$0" "$@"
    exit
fi
work=$BENCH_INSIDE
module=$work/pam_acctward.so

cp -R /etc/. "$work/etc/" 2> /dev/null || true
mkdir -p "$work/etc/acctward" "$work/conf"
printf '%s\n' '[acctward]' 'plan = P-ZX' 'packs = tw-baseline-115-basic' \
    > "$work/etc/acctward/acctward.conf"
for dir in etc:/etc lib:/var/lib log:/var/log; do
    mount --bind "$work/${dir%%:*}" "${dir#*:}"
done

stack() { # name, preauth, verifier, authfail, authsucc
    printf 'auth requisite %s\nauth [success=2 default=ignore] %s\n' "$2" "$3"
    printf 'auth [default=die] %s\nauth requisite pam_deny.so\n' "$4"
    printf 'auth required %s\n' "$5"
    printf 'account required pam_permit.so\n'
} > "$work/conf/$1"

printf 'auth required pam_permit.so\naccount required pam_permit.so\n' \
    > "$work/conf/permit"
faillock="pam_faillock.so dir=$work/tally"
stack faillock "$faillock preauth" pam_permit.so "$faillock authfail" \
    "$faillock authsucc"
ours="$module plans=$work/share/acctward/plans"
stack acctward "$ours preauth" pam_permit.so "$ours authfail" "$ours authsucc"
stack fails "$ours preauth nodelay" 'pam_unix.so nodelay' \
    "$ours authfail nodelay" "$ours authsucc"

accounts() { # how many
    awk -v n="$1" -v passwd=/etc/passwd -v shadow=/etc/shadow \
        -v hash="$hash" 'BEGIN {
        print "root:x:0:0::/root:/bin/sh" > passwd
        print "root:*:20000::::::" > shadow
        for (i = 1; i < n; i++) {
            printf "u%07d:x:%d:100::/home/u:/bin/sh\n", i, 1000 + i > passwd
            printf "u%07d:*:20700:0:90:7:::\n", i > shadow
        }
        print "wang:x:900000:100::/home/wang:/bin/sh" > passwd
        print "wang:" hash ":20700:0:90:7:::" > shadow
    }'
    chmod 600 /etc/shadow
    rm -rf /var/lib/acctward
    mkdir -p -m 700 /var/lib/acctward /var/lib/acctward/accounts
    # As many tallies.
    awk -v n="$1" 'BEGIN { for (i = 1; i < n; i++) printf "u%07d\n", i }' |
        (cd /var/lib/acctward/accounts && xargs -r touch)
}

# shellcheck disable=SC2016 # a hash, of "right-Horse-7"
hash='$y$j9T$l0cUvAcs1bX1vYdvxvBEV/$3JGOP3Uc5FTwyFuByqRvt3p9lCI66W3yJcR2PypObu0'

printf '| %9s | %-12s | %10s | %10s | %9s |\n' accounts stack 'median us' \
    'over permit' 'x faillock'
printf '| %s | %s | %s | %s | %s |\n' --------: ------------ ---------: \
    ----------: ---------:
[ $# -gt 0 ] || set -- 3 1000 100000 1000000
for count in "$@"; do
    accounts "$count"
    sleep 3 # what was written within the last two seconds may still change
    "$work/login" "$work/conf" wang 3 auth acctward > /dev/null
    "$work/login" "$work/conf" wang "${RUNS:-400}" auth permit faillock \
        acctward > "$work/out"
    awk -v n="$count" '
        { time[$1] = $3 }
        END {
            split("permit faillock acctward", order, " ")
            for (i = 1; i <= 3; i++) {
                s = order[i]
                over = time[s] - time["permit"]
                printf "| %9d | %-12s | %10d | %10s | %9s |\n", n, s, time[s], \
                    s == "permit" ? "" : over, s != "acctward" ? "" : \
                    sprintf("%.2f", over / (time["faillock"] - time["permit"]))
            }
        }' "$work/out"
done

accounts 1000
sleep 3
for i in 1 2 3 4 5; do
    "$work/login" "$work/conf" u0000001 1 auth fails=x > /dev/null
done
# Failures of the first would lock it: its tally starts anew after each.
printf '\n| %-8s | %10s | %10s | %10s | %10s | %6s |\n' 'fails by' \
    'quarter us' 'median' 'three q.' 'P(slower)' z
printf '| %s | %s | %s | %s | %s | %s |\n' -------- ---------: ---------: \
    ---------: ---------: -----:
WIPE=/var/lib/acctward/accounts/wang "$work/login" "$work/conf" - \
    "${TIMES:-120}" compare fails=wang:wrong-Horse-7 fails=u0000001:x \
    fails=nobody-here:x fails=wang:wrong-Horse-8 > "$work/out"
paste -d ' ' "$work/out" - << 'NAMES' | awk '{ printf "| %-8s | %10d | %10d | %10d | %10s | %6s |\n", $7, $2, $3, $4, $5, $6 }'
wrong
locked
unknown
wrong
NAMES
