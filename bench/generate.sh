#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Make a root with so many accounts; of each thousand one has a password that
# is 91 days old on the given day.
#
#   generate.sh DIR COUNT DAY
set -eu

dir=$1
mkdir -p "$dir/etc" "$dir/var/log"
awk -v dir="$dir/etc" -v count="$2" -v day="$3" '
# The characters of yescrypt, from a generator of our own: the same each time.
function text(size,    out) {
    out = ""
    while (size-- > 0) {
        seed = (seed * 16807) % 2147483647
        out = out substr(alphabet, seed % 64 + 1, 1)
    }
    return out
}
BEGIN {
    seed = 20071
    alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    passwd = dir "/passwd"; shadow = dir "/shadow"
    group = dir "/group"; gshadow = dir "/gshadow"
    print "root:x:0:0:root:/root:/bin/bash" > passwd
    print "root:*:" day - 10 ":0:90:7:::" > shadow
    print "root:x:0:" > group
    print "root:*::" > gshadow
    for (i = 1; i <= count; i++) {
        name = sprintf("u%07d", i)
        print name ":x:" 1000 + i ":" 1000 + i ":User " i ":/home/" name \
            ":/bin/bash" > passwd
        print name ":$y$j9T$" text(22) "$" text(43) ":" \
            day - (i % 1000 ? i % 90 : 91) ":0:90:7:::" > shadow
        print name ":x:" 1000 + i ":" > group
        print name ":!::" > gshadow
    }
}'
printf 'UID_MIN 1000\nUID_MAX 4000000\n' > "$dir/etc/login.defs"
echo /bin/bash > "$dir/etc/shells"
echo bench > "$dir/etc/hostname"
chmod 600 "$dir/etc/shadow" "$dir/etc/gshadow"
# lastlog(8) as hosts have it: sparse, a place for each uid. Nobody logged in.
: > "$dir/var/log/wtmp"
truncate -s "$((($2 + 1001) * 292))" "$dir/var/log/lastlog"
