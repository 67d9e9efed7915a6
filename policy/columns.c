/* SPDX-License-Identifier: BSD-2-Clause */
/* How much room text takes on a terminal, in whatever locale. */
#include "policy.h"

#include <string.h>

/* Characters that take two columns: East Asian wide and full-width ones. */
static bool
is_wide(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x1100, 0x115f },   /* Hangul consonants */
		{ 0x2e80, 0x303e },   /* radicals, punctuation */
		{ 0x3041, 0xa4cf },   /* kana, bopomofo, ideographs, Yi */
		{ 0xac00, 0xd7a3 },   /* Hangul */
		{ 0xf900, 0xfaff },   /* more ideographs */
		{ 0xfe30, 0xfe6f },   /* forms of punctuation */
		{ 0xff01, 0xff60 },   /* full-width forms */
		{ 0xffe0, 0xffe6 },   /* and signs */
		{ 0x20000, 0x3fffd }, /* more ideographs */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (c >= ranges[i].first && c <= ranges[i].last) {
			return true;
		}
	}
	return false;
}

static bool
is_among(uint32_t c, const uint32_t *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (c == list[i]) {
			return true;
		}
	}
	return false;
}

/* Punctuation that does not begin a line. */
static bool
is_closing(uint32_t c)
{
	static const uint32_t closing[] = { ')', ',', '.', ':', ';', ']',
		0x3001, 0x3002, 0x3009, 0x300b, 0x300d, 0x300f, 0x3011, 0xff01,
		0xff09, 0xff0c, 0xff0e, 0xff1a, 0xff1b, 0xff1f };

	return is_among(c, closing, sizeof(closing) / sizeof(closing[0]));
}

/* What does not end one: that which opens, and the points in the number of a
 * clause. */
static bool
is_opening(uint32_t c)
{
	static const uint32_t opening[] = { '(', '.', '[', 0x3008, 0x300a,
		0x300c, 0x300e, 0x3010, 0xff08 };

	return is_among(c, opening, sizeof(opening) / sizeof(opening[0]));
}

/* A number and what it counts stand together. */
static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* May a line end between the two? */
static bool
may_break(uint32_t before, uint32_t c)
{
	return (is_wide(before) || is_wide(c)) && !is_digit(before) &&
	    !is_digit(c) && !is_opening(before) && !is_closing(c);
}

size_t
ward_text_piece(const char *text, size_t *ret_columns)
{
	size_t size = 0, left = strlen(text);
	uint32_t before = 0;

	*ret_columns = 0;
	while (size < left && text[size] != ' ') {
		uint32_t c;
		size_t one = ward_utf8_decode(text + size, left - size, &c);

		if (one == 0) {
			one = 1;
			c = 0;
		}
		if (size > 0 && may_break(before, c)) {
			break;
		}
		before = c;
		size += one;
		*ret_columns += is_wide(c) ? 2 : 1;
	}
	return size;
}

size_t
ward_columns(const char *text)
{
	size_t all = 0;

	while (*text != '\0') {
		size_t columns, size = ward_text_piece(text, &columns);

		all += columns;
		text += size;
		for (; *text == ' '; text++) {
			all++;
		}
	}
	return all;
}
