#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What a change of password costs with pam_acctward, and with pam_pwquality and
# pam_pwhistory, both before pam_unix and in turn, as the accounts that have a
# history grow. Everything stands in a mount namespace of its own; wants root.
# Prints tables; nothing is asserted.
#
#   OUT=build bench/password.sh [count]...
set -eu
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

OUT=${OUT:-build}
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
if [ "$(id -u)" -ne 0 ]; then
    echo 'not measured: changes of passwords want root'
    exit 0
fi
if [ -z "${BENCH_INSIDE-}" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    ${CC:-cc} -O2 -D_GNU_SOURCE -o "$work/password" "$top/bench/password.c" \
        -lpam
    mkdir -p "$work/etc" "$work/lib" "$work/log" "$work/share"
    cp -R "$top/$OUT/share/acctward" "$work/share/"
    cp "$top/$OUT/security/pam_acctward.so" "$work/"
    # Its package would rewrite this host's stacks.
    stock=$(find /lib/*/security /usr/lib64/security -name pam_pwquality.so \
        2> /dev/null | head -n 1) || true
    if [ -z "$stock" ]; then
        (cd "$work" && apt-get -q download libpam-pwquality &&
            dpkg-deb -x libpam-pwquality_*.deb deb) > /dev/null 2>&1 || true
        stock=$(find "$work" -name pam_pwquality.so | head -n 1)
    fi
    if [ -z "$stock" ]; then
        echo 'not measured: no pam_pwquality here, nor to be had'
        exit 0
    fi
    STOCK=$stock BENCH_INSIDE=$work unshare -m "$0" "$@"
    exit
fi
work=$BENCH_INSIDE
ours="$work/pam_acctward.so plans=$work/share/acctward/plans"
words=$work/share/acctward/words

cp -R /etc/. "$work/etc/" 2> /dev/null || true
mkdir -p "$work/etc/acctward" "$work/conf"
printf '%s\n' '[acctward]' 'plan = K-SOC' '[password.weak]' 'strength = shall' \
    > "$work/etc/acctward/acctward.conf"
# The dictionary of cracklib stays in its place.
for dir in etc:/etc lib:/var/lib log:/var/log; do
    mount --bind "$work/${dir%%:*}" "${dir#*:}"
done

# Equal demands: four classes are no more than three, and K-SOC's three older
# passwords are four to pam_pwhistory, which counts the current one.
for hash in yescrypt 'sha512 rounds=1000'; do
    name=${hash%% *}
    printf 'password required pam_unix.so %s\n' "$hash" \
        > "$work/conf/unix-$name"
    {
        printf 'password requisite %s enforce_for_root minlen=8 minclass=3\n' \
            "$STOCK"
        printf 'password requisite pam_pwhistory.so %s\n' \
            'use_authtok enforce_for_root remember=4'
        printf 'password required pam_unix.so use_authtok %s\n' "$hash"
    } > "$work/conf/stock-$name"
    {
        printf 'password requisite %s words=%s\n' "$ours" "$words"
        printf 'password required pam_unix.so use_authtok %s\n' "$hash"
        printf 'password required %s changed\n' "$ours"
    } > "$work/conf/acctward-$name"
done

# Few accounts, as pam_unix alone copies all of them; many with a history.
printf '%s\n' 'root:x:0:0::/root:/bin/sh' 'wang:x:1001:100::/:/bin/sh' \
    'chen:x:1002:100::/:/bin/sh' 'lin:x:1003:100::/:/bin/sh' > /etc/passwd
printf '%s:*:20700:0:9999:7:::\n' root wang chen lin > /etc/shadow
chmod 600 /etc/shadow
# shellcheck disable=SC2016 # a hash
hash='$y$j9T$l0cUvAcs1bX1vYdvxvBEV/$3JGOP3Uc5FTwyFuByqRvt3p9lCI66W3yJcR2PypObu0'

histories() { # how many
    rm -rf /var/lib/acctward /etc/security/opasswd
    awk -v n="$1" -v hash="$hash" 'BEGIN {
        for (i = 1; i < n; i++)
            printf "u%07d:%d:4:%s,%s,%s,%s\n", i, 2000 + i, hash, hash, hash, hash
    }' > /etc/security/opasswd
    chmod 600 /etc/security/opasswd
    # One is made by a change, the others are its copies.
    "$work/password" "$work/conf" 1 acctward-sha512=wang > /dev/null
    awk -v n="$1" 'BEGIN { for (i = 1; i < n; i++) printf "u%07d\n", i }' |
        (cd /var/lib/acctward/history && xargs -r -n 1000 sh -c \
            'tee "$@" > /dev/null < wang' sh)
}

printf '| %9s | %-9s | %-8s | %10s | %9s | %7s |\n' histories hash stack \
    'median us' 'over unix' 'x stock'
printf '| %s | %s | %s | %s | %s | %s |\n' --------: --------- -------- \
    ---------: --------: ------:
[ $# -gt 0 ] || set -- 1 1000 100000
for count in "$@"; do
    histories "$count"
    sleep 3 # what was written within the last two seconds may still change
    for name in yescrypt sha512; do
        "$work/password" "$work/conf" 6 "stock-$name=lin" \
            "acctward-$name=wang" > /dev/null
        "$work/password" "$work/conf" "${RUNS:-40}" "unix-$name=chen" \
            "stock-$name=lin" "acctward-$name=wang" > "$work/out"
        awk -v n="$count" -v hash="$name" '
            { sub(/-.*/, "", $1); time[$1] = $3 }
            END {
                split("unix stock acctward", order, " ")
                for (i = 1; i <= 3; i++) {
                    s = order[i]
                    printf "| %9d | %-9s | %-8s | %10d | %9s | %7s |\n", n, \
                        hash, s, time[s], \
                        s == "unix" ? "" : time[s] - time["unix"], \
                        s != "acctward" ? "" : \
                        sprintf("%.2f", time[s] / time["stock"])
                }
            }' "$work/out"
    done
done
