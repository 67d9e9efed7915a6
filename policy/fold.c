/* SPDX-License-Identifier: BSD-2-Clause */
#include "fold.h"

#include <string.h>

#include "policy.h"

char
ward_fold(char c)
{
	static const struct {
		char from, to;
	} substitutions[] = { { '@', 'a' }, { '4', 'a' }, { '8', 'b' },
		{ '3', 'e' }, { '9', 'g' }, { '1', 'i' }, { '!', 'i' },
		{ '|', 'i' }, { 'l', 'i' }, { '0', 'o' }, { '5', 's' },
		{ '$', 's' }, { '7', 't' }, { '+', 't' } };

	if (c >= 'A' && c <= 'Z') {
		c = (char)(c - 'A' + 'a');
	}
	for (size_t i = 0; i < sizeof(substitutions) / sizeof(*substitutions);
	     i++) {
		if (substitutions[i].from == c) {
			return substitutions[i].to;
		}
	}
	return c;
}

/* ---- the same letters by other bytes ----------------------------------------- */

/* U+00C0 to U+017F without their accents, the first letter of ligatures; "-":
 * it is none. */
static char
latin(uint32_t c)
{
	static const char plain[] = "AAAAAAACEEEEIIIIDNOOOOO-OUUUUYTs"
				    "aaaaaaaceeeeiiiidnooooo-ouuuuyty"
				    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg"
				    "GgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
				    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSs"
				    "SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

	return c < 0xc0 || c > 0x17f || plain[c - 0xc0] == '-' ?
	    '\0' :
	    plain[c - 0xc0];
}

/* The key of a sign of bopomofo, on the standard layout: as it is looked up. */
static char
bopomofo(uint32_t c)
{
	static const char keys[] = "1qaz2wsxedcrfv5tgbyhn8ik,9ol.0p;/-ujm";
	static const struct {
		uint32_t sign;
		char key;
	} tones[] = { { 0x2ca, '6' }, { 0x2c7, '3' }, { 0x2cb, '4' },
		{ 0x2d9, '7' } };

	for (size_t i = 0; i < sizeof(tones) / sizeof(*tones); i++) {
		if (tones[i].sign == c) {
			return tones[i].key;
		}
	}
	return c >= 0x3105 && c <= 0x3129 ? keys[c - 0x3105] : '\0';
}

/* The one byte that it is written with otherwise, or NUL. */
static char
plain_of(uint32_t c)
{
	const char letter = latin(c);

	return c >= 0xff01 && c <= 0xff5e ? (char)(c - 0xff01 + '!') :
	    letter != '\0'                ? letter :
					    bopomofo(c);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

size_t
ward_fold_text(const char *text, size_t size, char *ret_plain)
{
	size_t at = 0, written = 0;

	while (at < size) {
		uint32_t c = 0;
		const size_t used = ward_utf8_decode(text + at, size - at, &c);

		if (used > 1 && plain_of(c) != '\0') {
			ret_plain[written++] = plain_of(c);
		} else if (used > 1 &&
		    (ward_is_hidden(c) ||
			(c >= 0x300 && c <= 0x36f && written > 0 &&
			    is_letter(ret_plain[written - 1])))) {
			/* Neither of them is typed by who guesses. */
		} else {
			const size_t kept = used == 0 ? 1 : used;

			memmove(ret_plain + written, text + at, kept);
			written += kept;
		}
		at += used == 0 ? 1 : used;
	}
	return written;
}
