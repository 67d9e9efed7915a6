#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/golden/NAME/root is a host as a text archive (see unpack.sh), and
# NAME/arguments what `acctward audit` is asked. What it and `acctward
# privileged` write is what stands in NAME/*.ok, byte for byte.
# explain.arguments and explain_user.arguments are what `acctward explain` is
# asked besides, in both languages; simulate.arguments is what `acctward
# simulate` is.
# After a change that is meant, and then read line by line:
# tests/check_golden.sh --update [NAME...]
set -u

out=${OUT:-build}
ward=$out/bin/acctward
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
update=false
if [ "${1:-}" = --update ]; then
    update=true
    shift
fi
[ $# -gt 0 ] || set -- $(ls tests/golden)
bad=0
export TZ=Asia/Taipei

compare() { # golden, made
    if $update; then
        cp "$2" "$1"
    elif ! diff -u "$1" "$2"; then
        bad=1
    fi
}

# Text ends with the exit status, and what was told on standard error.
end() { # format, status
    if [ "$1" = text ]; then
        echo "[exit $2]" >> "$dir/made"
        cat "$dir/err" >> "$dir/made"
    fi
}

for name; do
    golden=tests/golden/$name
    root=$dir/$name
    sh tests/unpack.sh "$golden/root" "$root" || exit 1
    read -r arguments < "$golden/arguments"
    as_of=$(echo "$arguments" | sed 's/.*--as-of \([^ ]*\).*/\1/')
    for format in text json; do
        # shellcheck disable=SC2086
        "$ward" audit --root "$root" --plans "$out/share/acctward/plans" \
            $arguments --format $format > "$dir/made" 2> "$dir/err"
        status=$?
        end "$format" $status
        compare "$golden/audit.$format.ok" "$dir/made"
        "$ward" privileged --root "$root" --format $format \
            --plans "$out/share/acctward/plans" --as-of "$as_of" \
            > "$dir/made" 2> "$dir/err"
        status=$?
        end "$format" $status
        compare "$golden/privileged.$format.ok" "$dir/made"
    done
    if [ -f "$golden/audit.zh_TW.ok" ]; then
        # shellcheck disable=SC2086
        "$ward" audit --root "$root" --plans "$out/share/acctward/plans" \
            $arguments --lang zh_TW > "$dir/made" 2> "$dir/err"
        end text $?
        compare "$golden/audit.zh_TW.ok" "$dir/made"
    fi
    if [ -f "$golden/simulate.arguments" ]; then
        read -r more < "$golden/simulate.arguments"
        for kind in text json csv zh_TW; do
            format=$kind
            lang=en
            if [ $kind = zh_TW ]; then
                format=text
                lang=zh_TW
            fi
            # shellcheck disable=SC2086
            "$ward" simulate --root "$root" --lang $lang ${arguments%--all} \
                --plans "$out/share/acctward/plans" $more --format $format \
                > "$dir/made" 2> "$dir/err"
            status=$?
            end $format $status
            compare "$golden/simulate.$kind.ok" "$dir/made"
        done
    fi
    for topic in explain explain_user; do
        [ -f "$golden/$topic.arguments" ] || continue
        read -r more < "$golden/$topic.arguments"
        for kind in text json zh_TW; do
            format=$kind
            lang=en
            if [ $kind = zh_TW ]; then
                format=text
                lang=zh_TW
            fi
            # shellcheck disable=SC2086
            "$ward" explain --root "$root" --lang $lang ${arguments%--all} \
                --plans "$out/share/acctward/plans" $more --format $format \
                > "$dir/told" 2> "$dir/err"
            status=$?
            # Where plans and settings lie is no matter, and neither is the
            # line of a shipped plan, which changes with it: it is always 1 here.
            sed -e "s,$root,ROOT,g" -e "s,$out/share/acctward/plans,PLANS,g" \
                -e 's,\(PLANS/[^:]*\):[0-9]*,\1:1,g' \
                "$dir/told" > "$dir/made"
            end $format $status
            compare "$golden/$topic.$kind.ok" "$dir/made"
        done
    done
done
exit $bad
