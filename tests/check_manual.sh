#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The manual says what the tables say: every rule and setting of policy/*.def
# stands in docs/acctward-plan.5 with its title, range and direction, and
# nothing else does. Run from the source root.
set -eu

page=docs/acctward-plan.5
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0

complain() {
	echo "$0: $*" >&2
	bad=1
}

# Rows of `NAME(...)` in a .def file, as tab-separated arguments; adjacent
# strings are one, and a word that is no string stands for itself.
rows() {
	sed -e 's,/\*.*\*/,,' -e '/^\/\*/,/\*\//d' -e '/^ \*/d' -e '/^#/d' "$2" |
	    tr '\n\t' '  ' | awk -v name="$1" '
	{
		text = $0
		while ((at = index(text, name "(")) > 0) {
			text = substr(text, at + length(name) + 1)
			out = ""
			quoted = 0
			for (i = 1; i <= length(text); i++) {
				c = substr(text, i, 1)
				if (c == "\"")
					quoted = !quoted
				else if (!quoted && c == ")")
					break
				else if (!quoted && c == ",")
					out = out "\t"
				else if (quoted || c != " ")
					out = out c
			}
			print out
			text = substr(text, i)
		}
	}'
}

tables() {
	rows RULE policy/rules.def >"$dir/rules"
	rows SETTING policy/settings.def >"$dir/settings"
	awk -F '\t' '
	function fact(type, way, lo, hi, unit, choices) {
		verb["HIGHER"] = "may be raised."
		verb["LOWER"] = "may be lowered."
		verb["MORE"] = "words may be added."
		verb["FEWER"] = "words may be taken away."
		verb["LATER"] = "may be shortened."
		verb["FIXED"] = "may not be changed."
		if (!(way in verb))
			return "no words for the direction " way
		if (type == "NUMBER")
			return lo " to " hi (unit == "" ? "" : " " unit) "; " \
			    verb[way]
		if (type == "WORDS")
			return lo " to " hi " words; " verb[way]
		if (type == "CHOICE" && choices != "WARD_PERIODS")
			return choices ", loosest first; may be made stricter."
		if (type == "CHOICE")
			return "A period; " verb[way]
		if (type == "YEARDAY")
			return "A day of the year, MM-DD; may be made earlier."
		if (type == "TEXT")
			return "Any text; " verb[way]
		return "no words for the type " type
	}
	BEGIN {
		door["WARD_NOT_ENFORCED"] = "nowhere"
		door["WARD_AT_LOG_IN"] = "log-in"
		door["WARD_AT_CHANGE"] = "change"
	}
	FILENAME ~ /settings$/ {
		n = ++count[$1]
		setting[$1, n] = $3 "\t" fact($4, $5, $6, $7, $8, $9) "\t" \
		    ($10 == "NULL" ? "" : $10)
		next
	}
	{
		# What only defines a class has nothing to judge.
		judged = $2 ~ /^class\./ ? "true" : $4
		print "rule\t" $2 "\t" $7 "\t" judged "\t" door[$5] "\t" $6
		for (i = 1; i <= count[$1]; i++)
			print "setting\t" $2 "\t" setting[$1, i]
	}' "$dir/settings" "$dir/rules"
}

manual() {
	awk '
	function flush() {
		if (rule != "" && key == "" && !told)
			print "rule\t" rule "\t" title "\t" judged "\t" \
			    enforced "\t" number
		if (key != "")
			print "setting\t" rule "\t" key "\t" fact "\t" builtin
		told = 1
		key = fact = builtin = ""
	}
	/^\.Sh / {
		flush()
		inside = ($0 == ".Sh RULES")
		rule = ""
		next
	}
	!inside { next }
	/^\.It Ic / {
		flush()
		rule = $3
		title = ""
		judged = "true"
		enforced = "nowhere"
		number = "false"
		told = 0
		next
	}
	/^\.It / {
		flush()
		key = $3
		next
	}
	rule != "" && title == "" {
		title = $0
		sub(/\.$/, "", title)
		next
	}
	$0 == "Not judged yet." { judged = "false" }
	$0 == "Enforced at log-in." { enforced = "log-in" }
	$0 == "Enforced when a password is set." { enforced = "change" }
	$0 == "Needs a setting." { number = "true" }
	/; (may|words may) (not )?be [a-z ]+\.$/ { fact = $0 }
	/^Built in: / {
		builtin = substr($0, length("Built in: ") + 1)
		sub(/\.$/, "", builtin)
	}
	END { flush() }' "$page"
}

tables >"$dir/tables"
manual >"$dir/manual"
if ! diff "$dir/tables" "$dir/manual" >"$dir/diff"; then
	complain "$page and the tables differ (< tables, > manual):"
	cat "$dir/diff" >&2
fi
# Nothing read would be nothing to differ in.
if [ "$(grep -c '^rule' "$dir/tables")" -ne "$(grep -c '^RULE(' \
    policy/rules.def)" ] || [ "$(grep -c '^setting' "$dir/tables")" -ne \
    "$(grep -c '^SETTING(' policy/settings.def)" ]; then
	complain "the tables could not be read"
fi

periods=$(sed -n 's/^#define WARD_PERIODS "\(.*\)"$/\1/p' policy/settings.def)
if [ -z "$periods" ] || ! grep -qxF ".Dl $periods" "$page"; then
	complain "$page: the periods are not '$periods'"
fi
schemes=$(rows HASH policy/hashes.def | cut -f 3 | tr '\n' ' ')
if [ -z "$schemes" ] || ! grep -qxF ".Dl ${schemes% }" "$page"; then
	complain "$page: the hash schemes are not '${schemes% }'"
fi

# What is judged is judged from files, and acctward(8) has each of them.
rows FILES policy/files.def | cut -f 1 | sort >"$dir/from"
awk -F '\t' '$2 ~ /^class\./ || $4 == "true" { print $1 }' "$dir/rules" |
    sort >"$dir/judged"
if ! diff "$dir/judged" "$dir/from" >"$dir/diff"; then
	complain "policy/files.def is not of the judged rules (< judged, > files):"
	cat "$dir/diff" >&2
fi
sed -n '/^\.Sh FILES/,/^\.Sh EXIT/s/^\.It Pa //p' docs/acctward.8 |
    sed 's/ , /\n/g' >"$dir/listed"
for file in $(rows FILES policy/files.def | cut -f 2); do
	grep -qxF -e "$file" "$dir/listed" ||
	    complain "docs/acctward.8 lists no $file (policy/files.def)"
done

for file in docs/*.[1-9]; do
	if ! mandoc -T lint -W warning "$file" >"$dir/lint" 2>&1; then
		complain "$file is not clean:"
		cat "$dir/lint" >&2
	fi
done
exit $bad
