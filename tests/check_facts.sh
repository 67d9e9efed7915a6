#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A snapshot tells what the host would have told: the same bytes in every
# format, no hash among them; and one that is not whole is never a pass.
set -u

out=${OUT:-build}
ward=$(readlink -f "$out/bin/acctward")
plans=$(readlink -f "$out/share/acctward/plans")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
export TZ=Asia/Taipei
when=2026-11-20T12:00:00+08:00
failed=0

complain() {
    echo "$*"
    failed=1
}

# status, then the command: its output goes to $dir/out and $dir/err.
expect() {
    want=$1
    shift
    "$@" > "$dir/out" 2> "$dir/err" < "${input:-/dev/null}"
    got=$?
    if [ "$got" -ne "$want" ]; then
        complain "exit $got, not $want: $*"
        sed 's/^/    /' "$dir/err"
    fi
}
# Standard error is one line, and says these words.
tells() {
    [ "$(wc -l < "$dir/err")" -eq 1 ] ||
        complain "not one line of error: $(cat "$dir/err")"
    for word in "$@"; do
        grep -qF -e "$word" "$dir/err" ||
            complain "no '$word' in: $(cat "$dir/err")"
    done
}
facts() { # status, options...
    status=$1
    shift
    expect "$status" "$ward" audit --plans "$plans" --plan P-ZX "$@"
}

# ---- live and snapshot -------------------------------------------------------
# Whatever pieces a hash is made of, none of them is there.
has_no_hash() { # shadow, snapshot
    ! [ -e "$1" ] || LC_ALL=C awk -F: '{ n = split($2, piece, /[$!*]/)
        for (i = 1; i <= n; i++) if (length(piece[i]) >= 8) print piece[i]
    }' "$1" > "$dir/pieces"
    if grep -qF -f "$dir/pieces" "$2"; then
        complain "$2: a piece of a hash"
    fi
    [ ! -s "$dir/pieces" ] || pieces=$((pieces + 1))
}

compare() { # name, options of both...
    name=$1
    shift
    for format in text json jsonl csv; do
        for all in '' --all; do
            # shellcheck disable=SC2086
            "$ward" audit --root "$dir/$name" --as-of $when "$@" $all \
                --format $format > "$dir/live" 2> "$dir/live.err"
            echo "$?" >> "$dir/live.err"
            # shellcheck disable=SC2086
            "$ward" audit --facts "$dir/$name.facts" "$@" $all \
                --format $format > "$dir/again" 2> "$dir/again.err"
            echo "$?" >> "$dir/again.err"
            cmp "$dir/live" "$dir/again" ||
                complain "$name, $* $all: $format differs"
            cmp "$dir/live.err" "$dir/again.err" ||
                complain "$name, $* $all: $format: standard error differs"
            [ -s "$dir/live" ] || complain "$name, $*: nothing to compare"
        done
    done
    for format in text json; do
        "$ward" privileged --root "$dir/$name" --as-of $when "$@" \
            --format $format > "$dir/live" 2> "$dir/live.err"
        "$ward" privileged --facts "$dir/$name.facts" "$@" \
            --format $format > "$dir/again" 2> "$dir/again.err"
        cmp "$dir/live" "$dir/again" && cmp "$dir/live.err" "$dir/again.err" ||
            complain "$name, $*: the privileged differ as $format"
    done
}

pieces=0
for golden in tests/golden/*; do
    name=${golden#tests/golden/}
    sh tests/unpack.sh "$golden/root" "$dir/$name" || exit 1
    : > "$dir/pieces"
    config=$dir/$name/etc/acctward/acctward.conf
    [ -e "$config" ] || config=
    for plan in P-ZX EPA K-SOC; do
        set -- --plans "$plans" --plan $plan ${config:+--config "$config"}
        expect 0 "$ward" collect --root "$dir/$name" --as-of $when "$@" \
            --output "$dir/$name.facts"
        has_no_hash "$dir/$name/etc/shadow" "$dir/$name.facts"
        compare "$name" "$@"
    done
    [ "$(stat -c %a "$dir/$name.facts")" = 600 ] || complain "not 0600"
    # The clock may have gone on between the two.
    "$ward" collect --root "$dir/$name" --as-of $when "$@" |
        sed '1s/"collected":"[^"]*",//' > "$dir/out"
    sed '1s/"collected":"[^"]*",//' "$dir/$name.facts" |
        cmp "$dir/out" - || complain "$name: --output differs"
done
[ "$pieces" -gt 3 ] || complain "no shadow file had a hash to look for"

# ---- one host, whole or not at all ---------------------------------------------
hash='$y$j9T$V7qMYJaNbVKOeh4PhtqPk3bQnFLRqR5Std5Al6nAoI1$qyGb0kfyN4mT/ZWLIo'
hash="${hash}ZqUIsmmyQMy6Oydoh8LCfHsY3"
make_root() { # name, day of wang01's last change
    mkdir -p "$dir/$1/etc/pam.d"
    echo '# nobody gets in' > "$dir/$1/etc/pam.d/other"
    echo "$1" > "$dir/$1/etc/hostname"
    printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
        'wang01:x:1001:1001:Wang:/home/wang01:/bin/bash' \
        > "$dir/$1/etc/passwd"
    printf '%s\n' 'root:*:20500:0:99999:7:::' \
        "wang01:$hash:$2:1:90:14:::" > "$dir/$1/etc/shadow"
    printf '%s\n' 'root:x:0:' 'staff:x:1001:' > "$dir/$1/etc/group"
    : > "$dir/$1/etc/hosts"
}
collect() { # name
    expect 0 "$ward" collect --plans "$plans" --plan P-ZX --as-of $when \
        --root "$dir/$1" --output "$dir/$1.facts"
}
for name in good fine; do
    make_root $name 20767
done
make_root bad 20000
make_root open 20767
rm "$dir/open/etc/shadow"
for name in good fine bad open; do
    collect $name
done
facts 0 --facts "$dir/good.facts"
facts 2 --facts "$dir/bad.facts"

# ---- whatever is told of an entry can be told again ------------------------------
grep -rhoE 'WARD_REASON_[A-Z0-9_]+' collect --include='*.c' |
    sed -n 's/^WARD_REASON_//; /^\(NONE\|COUNT\|MINIMUM_.*\)$/!p' | sort -u |
    tr '[:upper:]' '[:lower:]' > "$dir/reasons"
[ "$(wc -l < "$dir/reasons")" -gt 20 ] || complain "reasons: too few are found"
while read -r reason; do
    sed -e "\$i {\"type\":\"defect\",\"reason\":\"$reason\",\"detail\":\"x\",\
\"source\":{\"file\":\"/etc/group\",\"line\":1}}" \
        -e '$s/"defects":0/"defects":1/' "$dir/good.facts" > "$dir/one.facts"
    "$ward" audit --plans "$plans" --plan P-ZX --facts "$dir/one.facts" \
        > "$dir/out" 2> "$dir/err" < /dev/null
    [ $? -ne 1 ] && [ ! -s "$dir/err" ] ||
        complain "a snapshot can't have $reason: $(cat "$dir/err")"
done < "$dir/reasons"
# One host with files that trust others, through collect and back.
make_root trusts 20767
echo '+ +' > "$dir/trusts/etc/hosts.equiv"
head -c 1048577 /dev/zero > "$dir/trusts/etc/shosts.equiv"
# And with files by which a user would have a hash shown.
mkdir -p "$dir/trusts/home/wang01" "$dir/trusts/root"
ln -s /etc/shadow "$dir/trusts/home/wang01/.rhosts"
cp "$dir/trusts/etc/shadow" "$dir/trusts/home/wang01/.shosts"
ln "$dir/trusts/etc/shadow" "$dir/trusts/root/.shosts"
collect trusts
has_no_hash "$dir/trusts/etc/shadow" "$dir/trusts.facts"
compare trusts --plans "$plans" --plan P-ZX
"$ward" audit --root "$dir/trusts" --as-of $when --plans "$plans" --plan P-ZX \
    --all > "$dir/out" 2>&1
has_no_hash "$dir/trusts/etc/shadow" "$dir/out"
grep -q '"reason":"trusted_host"' "$dir/trusts.facts" ||
    complain "hosts.equiv is not in the snapshot"
grep -q '"reason":"trusted_unread"' "$dir/trusts.facts" ||
    complain "shosts.equiv is not in the snapshot"
facts 2 --facts "$dir/open.facts"
expect 0 "$ward" privileged --facts "$dir/good.facts"

# Whatever moment it is for, it tells when it was made, and no report does.
before=$(date +%Y-%m-%dT%H:%M:%S%:z)
expect 0 "$ward" collect --plans "$plans" --plan P-ZX --as-of 2020-01-01 \
    --root "$dir/good"
after=$(date +%Y-%m-%dT%H:%M:%S%:z)
cp "$dir/out" "$dir/then.facts"
python3 - "$dir/then.facts" "$before" "$after" << 'END' || failed=1
import json, sys
head = json.loads(open(sys.argv[1]).readline())
if head["as_of"] != "2020-01-01T12:00:00+08:00" or \
        not sys.argv[2] <= head["collected"] <= sys.argv[3]:
    sys.exit("as of %s, collected %s" % (head["as_of"], head["collected"]))
END
facts 2 --facts "$dir/then.facts" --all
cp "$dir/out" "$dir/told"
sed -i '1s/"collected":"[^"]*"/"collected":"2019-01-01T00:00:00+00:00"/' \
    "$dir/then.facts"
facts 2 --facts "$dir/then.facts" --all
cmp "$dir/out" "$dir/told" || complain "a report goes by when it was collected"

# A line that lost its name has the hash where the name should be.
make_root lost 20767
printf '%s\n' "$hash:20000:0:99999:7:::" ":$hash:1:1:1:1:::" "!$hash" \
    "$hash:$hash:$hash:$hash" >> "$dir/lost/etc/shadow"
printf '%s\n' "$hash::" "!$hash" "root:$hash:" > "$dir/lost/etc/gshadow"
printf '%s\n' "a:$hash:x" "b:x:$hash" "c:x:7:$hash" >> "$dir/lost/etc/group"
# Of passwd: fields that moved on or back, or that lost a colon.
printf '%s\n' "$hash:x:2001:1001::/:/bin/sh" "a$hash:x:2002:1001::/:/bin/sh" \
    "lost1:x:2003:1001:a:$hash:/bin/sh" "lost2:x:2004:1001:a:/home/$hash:/" \
    "lost3:x:2005:1001:a:/:$hash" "lost4:x:2006:1001:$hash:/:/bin/sh" \
    "lost5:x:$hash:1001:::" "lost6:x:2007:$hash:::" "$hash:2008:1001:a:/:" \
    "$hash" "lost7$hash" "+$hash::::::" "-$hash" "+lost8$hash:x" \
    >> "$dir/lost/etc/passwd"
printf '%s\n' "+$hash:::" "lost9$hash:$hash:" >> "$dir/lost/etc/shadow"
printf '%s\n' "docker:x:990:" "d$hash:x:990:wang01" "+$hash" >> \
    "$dir/lost/etc/group"
collect lost
for format in text json csv; do
    facts 2 --facts "$dir/lost.facts" --all --format $format
    ! grep -q V7qMYJaN "$dir/out" || complain "a report has a hash: $format"
done
! grep -q V7qMYJaN "$dir/lost.facts" || complain "a snapshot has a hash"
[ "$(grep -c '"type":"defect"' "$dir/lost.facts")" -gt 8 ] ||
    complain "the lost names are not told"

lines=$(wc -l < "$dir/good.facts")
n=0
while [ $n -lt "$lines" ]; do
    head -n $n "$dir/good.facts" > "$dir/torn"
    facts 1 --facts "$dir/torn"
    tells "$dir/torn:$((n + 1)): "
    n=$((n + 1))
done
size=$(wc -c < "$dir/good.facts")
n=1
while [ $n -lt "$size" ]; do
    head -c $n "$dir/good.facts" > "$dir/torn"
    facts 1 --facts "$dir/torn" --format json
    tells "$dir/torn:"
    ! grep -q '"summary"' "$dir/out" || complain "a summary of $n bytes"
    n=$((n + 23))
done
n=1
while [ $n -lt "$lines" ]; do
    sed "${n}d" "$dir/good.facts" > "$dir/torn"
    facts 1 --facts "$dir/torn"
    tells "$dir/torn:"
    sed "${n}p" "$dir/good.facts" > "$dir/torn"
    facts 1 --facts "$dir/torn"
    n=$((n + 1))
done
sed '1s,acctward-facts/1,acctward-facts/2,' "$dir/good.facts" > "$dir/newer"
facts 1 --facts "$dir/newer"
tells "$dir/newer:1: " acctward-facts/2 newer 'reads acctward-facts/1'
sed '2s/"uid"/"guid"/' "$dir/good.facts" > "$dir/odd"
facts 1 --facts "$dir/odd"
tells "$dir/odd:2: " "'guid'"
facts 1 --facts "$dir/good/etc/passwd"
tells 'passwd:1: ' 'no snapshot' 'acctward collect'
facts 1 --facts "$dir"
tells "$dir: "
facts 1 --facts "$dir/none"
tells "$dir/none: "
facts 1 --facts /dev/null
tells '/dev/null:1: ' empty

# Standard input, and a pipe.
facts 0 --facts "$dir/good.facts" --format json
cp "$dir/out" "$dir/one"
input=$dir/good.facts
facts 0 --facts - --format json
cmp "$dir/out" "$dir/one" || complain "standard input differs"
input=$dir/torn
facts 1 --facts -
tells 'standard input:'
input=
mkfifo "$dir/pipe"
cat "$dir/good.facts" > "$dir/pipe" &
facts 0 --facts "$dir/pipe" --format json
cmp "$dir/out" "$dir/one" || complain "a pipe differs"

# ---- which groups were looked at -------------------------------------------------
expect 0 "$ward" plan show --plans "$plans" --root "$dir/good" P-ZX
sed '1s/docker //' "$dir/good.facts" > "$dir/less"
facts 1 --facts "$dir/less"
tells "$dir/less: " docker 'acctward collect --plan P-ZX'
sed '1s/docker /docker more /' "$dir/good.facts" > "$dir/more"
facts 0 --facts "$dir/more"

# ---- many hosts ------------------------------------------------------------------
facts 2 --facts "$dir/good.facts" "$dir/bad.facts" "$dir/open.facts"
! [ -s "$dir/err" ] || complain "many: $(cat "$dir/err")"
[ "$(tail -1 "$dir/out")" = \
    'Hosts: 3, compliant: 1, not compliant: 1, not proven: 1' ] ||
    complain "the fleet: $(tail -1 "$dir/out")"
facts 0 --facts "$dir/good.facts" "$dir/fine.facts"
facts 2 --facts "$dir/good.facts" "$dir/open.facts"
facts 2 --facts "$dir/bad.facts" "$dir/good.facts"
for format in text jsonl csv; do
    : > "$dir/joined"
    for name in good bad open; do
        facts "$([ $name = good ] && echo 0 || echo 2)" --all \
            --facts "$dir/$name.facts" --format $format
        if [ $format = csv ] && [ $name != good ]; then
            sed 1d "$dir/out" >> "$dir/joined"
        else
            [ $format$name = textgood ] || [ $format != text ] ||
                echo >> "$dir/joined"
            cat "$dir/out" >> "$dir/joined"
        fi
    done
    facts 2 --facts "$dir/good.facts" "$dir/bad.facts" "$dir/open.facts" \
        --format $format --all
    if [ $format = text ]; then
        sed '$d' "$dir/out" | sed '$d' > "$dir/many"
    else
        cp "$dir/out" "$dir/many"
    fi
    cmp "$dir/joined" "$dir/many" || complain "many differ from each: $format"
done
expect 0 "$ward" privileged --facts "$dir/good.facts" "$dir/bad.facts"
[ "$(grep -c '^Privileged accounts of' "$dir/out")" -eq 2 ] ||
    complain "two hosts, other lists"
# A bad one among them.
head -n 3 "$dir/bad.facts" > "$dir/torn"
echo before > "$dir/kept"
facts 1 --facts "$dir/good.facts" "$dir/torn" "$dir/fine.facts" \
    --output "$dir/kept"
tells "$dir/torn:"
[ "$(cat "$dir/kept")" = before ] || complain "a bad file, and it was written"
facts 0 --facts "$dir/good.facts" "$dir/fine.facts" --output "$dir/kept"
grep -q '^Hosts: 2' "$dir/kept" || complain "--output of many"
# A host told twice may be right, but is told.
facts 0 --facts "$dir/good.facts" "$dir/fine.facts" "$dir/good.facts"
tells warning "$dir/good.facts" "'good'"

# ---- progress ----------------------------------------------------------------------
# A pipe that is slow: half of it, then a while nothing.
slow() {
    head -n 2 "$dir/good.facts"
    sleep 1.4
    tail -n +3 "$dir/good.facts"
}
if command -v script > /dev/null; then
    on_terminal() { # options
        slow > "$dir/pipe" &
        TERM=xterm script -qec "'$ward' audit --plans '$plans' --plan P-ZX \
            --facts '$dir/pipe' --output '$dir/kept' $1" /dev/null \
            < /dev/null > "$dir/out"
    }
    on_terminal ''
    grep -q 'acctward: good: 2 accounts' "$dir/out" ||
        complain "no progress: $(cat "$dir/out")"
    # What is there at the end: blanks over it all.
    tail -c 2 "$dir/out" | od -c | grep -q ' \\r' ||
        complain "the progress line stays: $(od -c "$dir/out")"
    on_terminal -q
    ! [ -s "$dir/out" ] || complain "progress in spite of -q"
    on_terminal --quiet
    ! [ -s "$dir/out" ] || complain "progress in spite of --quiet"
    TERM=xterm script -qec "'$ward' audit --plans '$plans' --plan P-ZX \
        --facts '$dir/good.facts' --output '$dir/kept'" /dev/null \
        < /dev/null > "$dir/out"
    ! [ -s "$dir/out" ] || complain "progress of what takes no second"
fi
slow > "$dir/pipe" &
facts 0 --facts "$dir/pipe"
! [ -s "$dir/err" ] || complain "progress without a terminal"
exit $failed
