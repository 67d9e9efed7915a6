#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# unpack.sh ARCHIVE DIR: make the tree of a text archive (see test_rules.c):
# `-- path --` begins a file, `-- path -> target --` is a link, `-- path/ --` a
# directory; \xNN in a file is a byte. What stands before the first is skipped.
set -eu

archive=$1
dir=$2
mkdir -p "$dir"
LC_ALL=C awk -v dir="$dir" '
function quote(text) {
    gsub(/\047/, "\047\\\047\047", text)
    return "\047" text "\047"
}
function run(command) {
    if (system(command) != 0)
        exit 1
}
function above(path) {
    if (path ~ /\//) {
        sub(/\/[^\/]*$/, "", path)
        run("mkdir -p " quote(dir "/" path))
    }
}
BEGIN {
    for (i = 0; i < 16; i++) {
        digit = substr("0123456789ABCDEF", i + 1, 1)
        value[digit] = value[tolower(digit)] = i
    }
}
/^-- .* --$/ {
    name = substr($0, 4, length($0) - 6)
    if (file != "")
        close(file)
    file = ""
    at = index(name, " -> ")
    if (at > 0) {
        above(substr(name, 1, at - 1))
        run("ln -s " quote(substr(name, at + 4)) " " \
            quote(dir "/" substr(name, 1, at - 1)))
    } else if (name ~ /\/$/) {
        run("mkdir -p " quote(dir "/" name))
    } else {
        above(name)
        file = dir "/" name
        printf "" > file
    }
    next
}
file != "" {
    rest = $0
    while (match(rest, /\\x[0-9A-Fa-f][0-9A-Fa-f]/)) {
        printf "%s%c", substr(rest, 1, RSTART - 1), \
            value[substr(rest, RSTART + 2, 1)] * 16 + \
            value[substr(rest, RSTART + 3, 1)] > file
        rest = substr(rest, RSTART + 4)
    }
    print rest > file
}' "$archive"
