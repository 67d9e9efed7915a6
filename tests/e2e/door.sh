# SPDX-License-Identifier: BSD-2-Clause
# The log-in door in a real Debian root, with the stack that the manual gives.
# Sourced by run.sh.
# shellcheck shell=sh

# The lines of the manual's example for a file: those between the first
# .Bd behind its name and the .Ed.
manual_lines() { # file's name
    awk -v name="$1" '
        $1 == ".Pa" && index($2, name) { there = 1 }
        there && $1 == ".Ed" { exit }
        inside { gsub(/\\e/, "\\"); print }
        there && $1 == ".Bd" { inside = 1 }' "$top/docs/pam_acctward.8"
}

# Kept aside, until the accounts are made.
put_stack() {
    cp -R "$root/etc/pam.d" "$root/e2e/pam.d"
    for name in common-auth common-account common-password; do
        manual_lines "pam.d/$name" > "$root/e2e/pam.d/$name"
    done
    for name in common-session common-session-noninteractive; do
        manual_lines "pam.d/$name" >> "$root/e2e/pam.d/$name"
    done
}

scenario_door() {
    as_of=$(today)
    new_root door
    put_stack
    cp "$here/door.exp" "$here/door_inside.sh" "$root/e2e/"
    mkdir -p "$root/etc/acctward"
    printf '%s\n' '[acctward]' 'plan = P-ZX' \
        'packs = tw-baseline-115-basic' '[account.dormant]' 'days = 90' \
        > "$root/etc/acctward/acctward.conf"
    inside_net /bin/bash /e2e/door_inside.sh > "$work/door.out" \
        2> "$work/door.err" < /dev/null || true
    grep -E '^(ok|NOT OK)' "$work/door.out"
    passed=$((passed + $(grep -c '^ok' "$work/door.out" || true)))
    failed=$((failed + $(grep -c '^NOT OK' "$work/door.out" || true)))
    if grep -q '^NOT OK' "$work/door.out"; then
        tail -n 400 "$root/var/log/acctward/events.jsonl" > "${EVENTS:-/dev/null}"
    fi
    try 'door: all of it was run' grep -q 'acctward simulate runs' \
        "$work/door.out" || tail -40 "$work/door.err"
    rm -rf "$root"
}
