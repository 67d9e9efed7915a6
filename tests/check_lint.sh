#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# lint.sh refuses an include that goes up a floor, sideways or past a room's
# one header, a library in the wrong room, a banned call and an endless
# function; and takes what is right.
set -u
tree=$(mktemp -d) || exit 1
trap 'rm -rf "$tree"' EXIT
failed=0

spdx='/* SPDX-License-Identifier: BSD-2-Clause */'
try() { # expected status, file, line
    rm -rf "$tree"/*
    mkdir -p "$tree/$(dirname "$2")"
    printf '%s\n%b\n' "$spdx" "$3" > "$tree/$2"
    tests/lint.sh "$tree" > "$tree/out" 2>&1
    if [ $? -ne "$1" ]; then
        echo "lint.sh should exit with $1 for $2: $3"
        failed=1
    fi
}

try 0 collect/a.c '#include "policy/policy.h"'
try 0 cli/a.c '#include "report/report.h"\n#include <jansson.h>'
try 1 policy/a.c '#include "collect/collect.h"'
try 1 collect/a.c '#include "register/register.h"'
try 1 report/a.c '#include "cli/cli.h"'
try 1 collect/a.c '#include "policy/plan.h"'
try 1 policy/a.c '#include <jansson.h>'
try 1 collect/a.c '#include <openssl/evp.h>'
try 1 pam_module/a.c '#include "collect/collect.h"'
try 0 pam_module/a.c '#include "state/state.h"\n#include <security/pam_modules.h>'
try 1 cli/a.c '#include <security/pam_modules.h>'
try 1 cli/a.c '\tn = atoi(text);'
try 1 cli/a.c '\tstruct ward_error err;'
try 0 cli/a.c '\tstruct ward_error err = { .language = language };'
try 1 cli/a.c "int\nf(void)\n{\n$(yes '\tg();\n' | head -61 | tr -d '\n')}"
exit $failed
