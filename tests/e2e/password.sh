# SPDX-License-Identifier: BSD-2-Clause
# New passwords in a real Debian root, with the stack that the manual gives.
# Sourced by run.sh, behind door.sh.
# shellcheck shell=sh

scenario_password() {
    as_of=$(today)
    new_root password
    put_stack
    cp "$here/door.exp" "$here/password.exp" "$here/password_inside.sh" \
        "$root/e2e/"
    mkdir -p "$root/etc/acctward"
    printf '%s\n' '[acctward]' 'plan = P-ZX' \
        'packs = tw-baseline-115-basic' '[password.weak]' \
        '[password.no_account_name]' > "$root/etc/acctward/acctward.conf"
    inside_net /bin/bash /e2e/password_inside.sh > "$work/password.out" \
        2> "$work/password.err" < /dev/null || true
    grep -E '^(ok|NOT OK)' "$work/password.out"
    passed=$((passed + $(grep -c '^ok' "$work/password.out" || true)))
    failed=$((failed + $(grep -c '^NOT OK' "$work/password.out" || true)))
    if grep -q '^NOT OK' "$work/password.out"; then
        tail -n 400 "$root/var/log/acctward/events.jsonl" > "${EVENTS:-/dev/null}"
        tail -n 200 "$work/password.err" > "${ERRORS:-/dev/null}"
    fi
    try 'password: all of it was run' grep -q 'all was run' \
        "$work/password.out" || tail -40 "$work/password.err"
    rm -rf "$root"
}
