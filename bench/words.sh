#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# How many random strong passwords are taken for weak ones, and what looking
# takes beside libpwquality alone. Prints a table; nothing is asserted.
#
#   OUT=build bench/words.sh [passwords of each kind]
set -eu

OUT=${OUT:-build}
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$top"
"${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -I. -o "$work/words" bench/words.c \
    "$OUT/policy.a" -linih
"$work/words" "$OUT/share/acctward/words" \
    "${DICTIONARY:-/var/cache/cracklib/cracklib_dict}" "${1:-100000}"
