#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Stacks as people write them: what `acctward stack` makes of each is what stands
# in tests/stacks/<case>/expected, which the scenario `stacks` of the e2e suite
# holds against what really happens.
set -u
export LC_ALL=C.UTF-8

ward=$PWD/${OUT:-build}/bin/acctward
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

# Every module that one of them names, but those that Debian 12 has not.
absent='pam_tally2|pam_cracklib|pam_pwqualitty|pam_ck_connector|pam_systemd'
absent="$absent|pam_gnome_keyring"
root=$dir/root
security=$root/usr/lib/x86_64-linux-gnu/security
mkdir -p "$security" "$dir/out"
grep -rhoE 'pam_[a-z0-9_]+\.so' tests/stacks | sort -u |
    grep -vE "^($absent)\.so" | while read -r module; do
    printf '\177ELF' > "$security/$module"
done

for case in tests/stacks/*/; do
    name=$(basename "$case")
    [ "$name" = base ] && continue
    rm -rf "$root/etc"
    cp -r tests/stacks/base/etc "$root/etc"
    [ ! -d "${case}etc" ] || cp -r "${case}etc/." "$root/etc/"
    : > "$root/etc/debian_version"
    services=login
    [ -e "${case}services" ] && services=$(cat "${case}services")
    for service in $services; do
        "$ward" stack "$service" --root "$root" --format json \
            > "$dir/out/$name.$service.json" 2>> "$dir/err" || true
    done
done
python3 tests/e2e/stacks.py --check tests/stacks "$dir/out" && exit 0
cat "$dir/err"
exit 1
