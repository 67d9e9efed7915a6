#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# po/update.sh FILE.po: from the source root. Merge what there is to translate
# into the catalogue: new sentences stand there with no translation, and those
# that nobody says any more go. Twice gives the same as once.
set -eu

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# Tables, made into calls that xgettext(1) knows; an empty text is none.
cpp -P -I. po/strings.c | sed 's/_("")//g' > "$dir/tables.c"
find policy collect state report pam_module cli -name '*.c' | LC_ALL=C sort > "$dir/files"
echo "$dir/tables.c" >> "$dir/files"

# Of an argument with two formats, xgettext takes the first: mark the other.
xgettext -L C --from-code=UTF-8 --no-location --no-wrap --omit-header \
    --keyword --keyword=_ --keyword=N_ --keyword=NC_:1c,2 \
    --keyword=ward_text:2 --keyword=ward_error_text:2 \
    --keyword=ward_error_set:3 --keyword=ward_plan_fail:4 \
    --keyword=ward_say_error:1 --keyword=ward_say_usage:1 \
    --keyword=ward_facts_refuse:3 --keyword=ward_case_unknown:2 \
    --flag=ward_error_set:3:c-format --flag=ward_plan_fail:4:c-format \
    --flag=ward_facts_refuse:3:c-format --flag=ward_say_error:1:c-format --flag=ward_say_usage:1:c-format \
    --flag=NC_:2:c-format \
    -f "$dir/files" -o "$dir/all.pot"
msgmerge --quiet --no-wrap --no-fuzzy-matching "$1" "$dir/all.pot" \
    -o "$dir/merged.po"
msgattrib --no-wrap --no-obsolete "$dir/merged.po" -o "$1"
