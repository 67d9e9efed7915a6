# SPDX-License-Identifier: BSD-2-Clause
# Stacks as people write them (tests/stacks), each tried for real. Sourced by
# run.sh. With STACKS in the environment what came of it is kept there.
# shellcheck shell=sh

scenario_stacks() {
    as_of=$(today)
    plain=$base
    base=$(packages="$packages,libpam-pwquality,libpam-passwdqc,libpam-sss" &&
        base_tarball)
    new_root stacks
    base=$plain
    mkdir "$root/e2e/out"
    cp -r "$top/tests/stacks" "$here/stacks_inside.sh" \
        "$top/$OUT/tests/stack_probe" "$root/e2e/"
    printf '%s\n' 'root:x:0:0::/root:/bin/sh' \
        'wangxm:x:1000:1000::/home/wangxm:/bin/sh' \
        'caller:x:1001:1001::/home/caller:/bin/sh' > "$root/etc/passwd"
    printf '%s\n' 'root:x:0:' 'wheel:x:10:' 'shadow:x:42:' \
        'wangxm:x:1000:' 'caller:x:1001:' > "$root/etc/group"
    inside /bin/bash -c 'for i in 0 1; do
            unshare -m /bin/bash /e2e/stacks_inside.sh $i 2 &
        done; wait' > "$work/stacks.out" 2>&1 || true
    "$python" "$here/stacks.py" "$top/tests/stacks" "$root/e2e/out" \
        > "$work/cases" || case_failed 'stacks: stacks.py'
    cat "$work/stacks.out" "$work/cases"
    [ -z "${STACKS-}" ] || cp -r "$root/e2e/out" "$STACKS"
    passed=$((passed + $(grep -c '^ok' "$work/cases" || true)))
    failed=$((failed + $(grep -c '^NOT OK' "$work/cases" || true)))
    rm -rf "$root"
}
