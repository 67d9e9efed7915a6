#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# policy/words/make.sh [DIRECTORY]
# Of the lists beside it, or in the directory, make the one file in which
# passwords are looked up, on standard output: WORD<TAB>BITS, folded as
# policy/fold.c does it or as it is typed, sorted by bytes, each once.
# acctward-words(5) tells of both.
set -eu
LC_ALL=C
export LC_ALL

cd "${1:-"$(dirname "$0")"}"

make_list() {
# rank: the most frequent first. flat: in no order; half of them are tried
# before the right one is met. names, given, syllables, pinyin: readings.
awk '
BEGIN {
    from = "@48391!|l05$7+"; to = "aabegiiiiosstt"
    upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for (i = 1; i <= length(from); i++)
        folded[substr(from, i, 1)] = substr(to, i, 1)
    for (i = 1; i <= 26; i++) {
        c = tolower(substr(upper, i, 1))
        folded[substr(upper, i, 1)] = (c in folded) ? folded[c] : c
    }
    # The standard layout of the keyboard for bopomofo.
    split("b 1 p q m a f z d 2 t w n s l x g e k d h c j r q f x v zh 5 " \
        "ch t sh g r b z y c h s n", pair, " ")
    for (i = 1; i in pair; i += 2) initial[pair[i]] = pair[i + 1]
    split("a 8 o i e k ai 9 ei o ao l ou . an 0 en p ang ; eng / er - " \
        "i u ia u8 io ui ie u, iao ul iu u. ian u0 in up iang u; ing u/ " \
        "iong m/ u j ua j8 uo ji uai j9 ui jo uan j0 un jp uang j; ong j/ " \
        "v m ve m, van m0 vn mp", pair, " ")
    for (i = 1; i in pair; i += 2) final[pair[i]] = pair[i + 1]
    # As they are spelt without an initial.
    split("yi u ya u8 yo ui ye u, yao ul you u. yan u0 yin up yang u; " \
        "ying u/ yu m yue m, yuan m0 yun mp yong m/ wu j wa j8 wo ji wai j9 " \
        "wei jo wan j0 wen jp wang j; weng j/", pair, " ")
    for (i = 1; i in pair; i += 2) whole[pair[i]] = pair[i + 1]
    split("zhi chi shi ri zi ci si", pair, " ")
    for (i = 1; i in pair; i++) {
        s = pair[i]
        whole[s] = initial[substr(s, 1, length(s) - 1)]
    }
    # Where Wade-Giles and Tongyong spell a syllable in another way.
    split("yi i you yu yan yen ye yeh yue yueh yong yung zhi chih chi chih " \
        "shi shih ri jih zi tzu ci tzu si szu ge ko ke ko he ho guo kuo " \
        "kuo kuo huo huo shuo shuo gui kuei kui kuei", pair, " ")
    for (i = 1; i in pair; i += 2) wade[pair[i]] = pair[i + 1]
    split("b p d t g k j ch q ch x hs zh ch z ts c ts r j", pair, " ")
    for (i = 1; i in pair; i += 2) wade_initial[pair[i]] = pair[i + 1]
    split("ie ieh ian ien ong ung iong iung ue ueh ve ueh uo o", pair, " ")
    for (i = 1; i in pair; i += 2) wade_final[pair[i]] = pair[i + 1]
    split("zhi jhih chi chih shi shih ri rih zi zih ci cih si sih wen wun " \
        "feng fong weng wong", pair, " ")
    for (i = 1; i in pair; i += 2) tongyong[pair[i]] = pair[i + 1]
    split("zh jh q c x s", pair, " ")
    for (i = 1; i in pair; i += 2) tongyong_initial[pair[i]] = pair[i + 1]
    split("iu iou ui uei v yu", pair, " ")
    for (i = 1; i in pair; i += 2) tongyong_final[pair[i]] = pair[i + 1]
    tone[1] = ""; tone[2] = "6"; tone[3] = "3"; tone[4] = "4"; tone[5] = "7"
}

function log2(n,    bits) {
    for (bits = 0; n >= 2; n /= 2) bits++
    return bits
}

function fold(word,    i, c, out) {
    for (i = 1; i <= length(word); i++) {
        c = substr(word, i, 1)
        out = out ((c in folded) ? folded[c] : c)
    }
    return out
}

# What is typed in one way only stays as it is, in lower case: digits side by
# side, and the keys of bopomofo.
function add(word, bits, least, as_typed) {
    if (as_typed || word ~ /[0-9][0-9]/) word = tolower(word)
    else word = fold(word)
    if (length(word) < least) return
    # What is so short is hardly found before its neighbours are.
    least = (how == "flat" || how == "pinyin") ? 10 : 8
    if (how == "rank" || (how == "syllables" && length(word) == 2)) least = 0
    if (length(word) == 2 && least > 0) least++
    if (length(word) <= 3 && bits < least) bits = least
    if (!(word in cost) || bits < cost[word]) cost[word] = bits
}

# A syllable, as a table of whole ones, of initials and of finals spells it.
function spell(syllable, table, initials, finals,    i, first, rest) {
    if (syllable in table) return table[syllable]
    i = (substr(syllable, 2, 1) == "h") ? 2 : 1
    first = substr(syllable, 1, i)
    rest = substr(syllable, i + 1)
    if (!(first in initial)) return syllable
    if (finals["v"] != "" && syllable ~ /^[jqx]u/) rest = "y" rest
    gsub(/^v/, "u", rest)
    return ((first in initials) ? initials[first] : first) \
        ((rest in finals) ? finals[rest] : rest)
}

# The keys of a syllable without its tone.
function keys(syllable,    i, rest) {
    if (syllable in whole) return whole[syllable]
    if (syllable in final) return final[syllable]
    i = (substr(syllable, 2, 1) == "h") ? 2 : 1
    rest = substr(syllable, i + 1)
    if (syllable ~ /^[jqx]u/) rest = "v" substr(rest, 2)
    if (!(substr(syllable, 1, i) in initial) || !(rest in final)) {
        print FILENAME ":" FNR ": no such syllable: " syllable > "/dev/stderr"
        failed = 1
    }
    return initial[substr(syllable, 1, i)] final[rest]
}

function read(line, bits,    part, count, i, j, n, syllable, t, k, run, typed,
    spaced, toneless, toned, in_wade, in_tongyong) {
    count = split(line, part, " = ")
    n = split(part[1], syllables, " ")
    for (i = 1; i <= n; i++) {
        syllable = syllables[i]
        t = substr(syllable, length(syllable), 1)
        syllable = substr(syllable, 1, length(syllable) - 1)
        if (!(t in tone)) {
            print FILENAME ":" FNR ": no tone: " syllable t > "/dev/stderr"
            failed = 1
        }
        k = keys(syllable)
        run = run syllable
        typed = typed k tone[t]
        spaced = spaced k (t == 1 ? " " : tone[t])
        toneless = toneless k
        toned = toned syllable t
        in_wade = in_wade spell(syllable, wade, wade_initial, wade_final)
        in_tongyong = in_tongyong \
            spell(syllable, tongyong, tongyong_initial, tongyong_final)
    }
    if (how == "syllables") {
        add(typed, bits, 2, 1)
        add(spaced, bits, 2, 1)
        add(toned, bits, 3, 1)
        return
    }
    if (how == "names" || how == "given") {
        add(in_wade, bits + 1, 2)
        add(in_tongyong, bits + 1, 2)
        add(run, bits, 2)
    }
    add(run, bits, 3)
    # Where the keyboard lacks the letter.
    gsub(/v/, "u", run)
    add(run, bits, 3)
    add(typed, bits, 3, 1)
    add(spaced, bits, 3, 1)
    add(toneless, bits + 3, 5, 1)
    add(toned, bits + 1, n > 1 ? 5 : 4, 1)
    # Characters of three bytes each.
    add(part[2], bits, 6)
    for (j = 3; j <= count; j++) add(part[j], bits, 3)
}

FNR == 1 { rank = 0 }
/^#/ || NF == 0 { next }
{ sub(/[ \t\r]+$/, "") }
how == "count" { lines[FILENAME]++; next }
how == "rank" { add($0, log2(++rank) + 2, 2) }
how == "flat" { add($0, log2(lines[FILENAME] / 2), 3) }
how == "names" { read($0, log2(++rank) + 3) }
how == "given" { read($0, log2(++rank) + 2) }
how == "syllables" { read($0, log2(++rank) + 3) }
how == "pinyin" { read($0, log2(lines[FILENAME] / 2)) }

END {
    if (failed) exit 1
    for (word in cost) printf "%s\t%d\n", word, cost[word] | "sort"
    if (close("sort") != 0) exit 1
}' how=count english.txt pinyin.txt places.txt how=rank top.txt \
    how=flat english.txt places.txt how=names names.txt \
    how=given given.txt how=syllables syllables.txt how=pinyin pinyin.txt
}

# The last line shows that nothing of it is missing: how many lines there are,
# and of the bytes, two at a time, the sum and the sum of each times its place.
list=$(make_list)
printf '%s\n' "$list"
printf '%s\n' "$list" | od -A n -v -t u1 | awk '
{
    for (i = 1; i <= NF; i++) {
        lines += $i == 10
        if (bytes++ % 2) { add(low + 256 * $i); low = 0 } else low = $i
    }
}
function add(pair) { sum += pair; places += pair * ++pairs }
END {
    if (bytes % 2) add(low)
    printf "#\t%.0f\t%.0f\t%.0f\n", lines, sum, places
}'
