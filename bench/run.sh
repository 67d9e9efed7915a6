#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# How the audit's time and memory grow with the accounts, beside the floor and
# beside what a host has for the purpose, all in one run. Prints a table;
# nothing is asserted.
#
#   OUT=build bench/run.sh [count]...
set -eu
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

OUT=${OUT:-build}
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cap=60

for program in floor measure; do
    ${CC:-cc} -O2 -D_GNU_SOURCE -o "$work/$program" "$top/bench/$program.c"
done

# One row: the median by wall time, of nine runs, of three where one takes a
# tenth of a second, of one where it takes two seconds. What was too slow for a
# smaller size is not run again.
row() { # name, command...
    name=$1
    shift
    if grep -qxF "$name" "$work/slow"; then
        put "> $cap s" "" ""
        return
    fi
    : > "$work/runs"
    for run in 1 2 3 4 5 6 7 8 9; do
        "$work/measure" $cap "$@" >> "$work/runs"
        read -r wall _ < "$work/runs"
        case $run:$wall in
        *:0.0* | [12]:[01].*) ;;
        *) break ;;
        esac
    done
    sort -n "$work/runs" | sed -n "$((($(wc -l < "$work/runs") + 1) / 2))p" \
        > "$work/median"
    read -r wall memory status < "$work/median"
    memory=$(awk -v kib="$memory" 'BEGIN { printf "%.1f", kib / 1024 }')
    case $name:$status in
    *:127)
        left_out 'is not installed'
        return
        ;;
    *:3)
        left_out 'could not be run as it should be'
        return
        ;;
    *:capped)
        echo "$name" >> "$work/slow"
        put "> $cap s" "" ""
        return
        ;;
    floor:0) floor=$wall ;;
    *:[02]) ;;          # 2: something was found
    *) name="$name (status $status)" ;;
    esac
    put "$wall s" "$(awk -v a="$wall" -v b="$floor" \
        'BEGIN { printf "%.1f", a / b }')" "$memory"
}

# Told once, below the table.
left_out() { # why
    grep -qxF "$name $1" "$work/left_out" || echo "$name $1" >> "$work/left_out"
}

put() { # wall time, ratio, memory
    printf '| %9s | %-28s | %10s | %8s | %8s |\n' "$count" "$name" "$@"
}

# What looks at the running host only sees the root's files in their places, in
# a mount namespace of its own.
as_host() { # command
    echo "for f in passwd shadow group gshadow; do
        mount --bind $root/etc/\$f /etc/\$f; done
        mount --bind $root/var/log /var/log
        mount -t tmpfs tmpfs /run; exec $1"
}

day=$(($(date +%s) / 86400))
printf '| %9s | %-28s | %10s | %8s | %8s |\n' accounts program 'wall time' \
    'x floor' 'peak MiB'
printf '| %s | %s | %s | %s | %s |\n' --------: ---------------------------- \
    ---------: -------: -------:
touch "$work/slow" "$work/left_out"
[ $# -gt 0 ] || set -- 1000 10000 100000 1000000
for count in "$@"; do
    root=$work/$count
    sh "$top/bench/generate.sh" "$root" "$count" "$day"
    row floor "$work/floor" "$root/etc/passwd" "$root/etc/shadow" "$day"
    row 'awk over shadow' awk -F : -v "day=$day" \
        'day - $3 > 90 { old++ } END { print old }' "$root/etc/shadow"
    row 'acctward audit' "$top/$OUT/bin/acctward" audit --root "$root" \
        --plan P-ZX --format jsonl
    row 'acctward privileged' "$top/$OUT/bin/acctward" privileged \
        --root "$root" --format json
    row 'pwck -r --root' pwck -r --root "$root"
    if [ "$(id -u)" -eq 0 ]; then
        row 'passwd -S -a --root' passwd -S -a --root "$root"
        row 'lslogins' unshare -m sh -c "$(as_host lslogins)"
        row 'lynis, authentication' unshare -m sh -c "$(as_host \
            'lynis audit system --quick --tests-from-group authentication')"
        mkdir "$root/openscap"
        row 'openscap, account rules' unshare -m sh -c "$(as_host \
            "sh $top/bench/openscap.sh $root/openscap")"
    fi
    rm -rf "$root"
done
if [ "$(id -u)" -ne 0 ]; then
    echo 'what looks at the host only needs root' >> "$work/left_out"
fi
if [ -s "$work/left_out" ]; then
    printf '\nNot in the table:\n'
    sed 's/^/- /' "$work/left_out"
fi
