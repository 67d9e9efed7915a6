/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/columns.h"

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

/* Punctuation that does not begin a line. */
static bool
is_closing(uint32_t c)
{
	return c == 0x3001 || c == 0x3002 || c == 0x300d || c == 0xff09 ||
	    c == 0xff0c || c == 0xff1a || c == 0xff1b;
}

/* The next piece that is not broken: a wide character with what closes it, or
 * what stands up to the next blank or wide one. */
static size_t
piece_size(const char *text, size_t *ret_columns)
{
	size_t size = 0, left = strlen(text);
	bool wide = false;

	*ret_columns = 0;
	while (size < left && text[size] != ' ') {
		uint32_t c;
		size_t one = ward_utf8_decode(text + size, left - size, &c);

		if (one == 0) {
			one = 1;
			c = 0;
		}
		if (size > 0 && (wide || is_wide(c)) && !is_closing(c)) {
			break;
		}
		wide = is_wide(c);
		size += one;
		*ret_columns += wide ? 2 : 1;
	}
	return size;
}

size_t
ward_columns(const char *text)
{
	size_t all = 0;

	while (*text != '\0') {
		size_t columns, size = piece_size(text, &columns);

		all += columns;
		text += size;
		for (; *text == ' '; text++) {
			all++;
		}
	}
	return all;
}

void
ward_put_wrapped(FILE *stream, const char *text, size_t at, size_t indent)
{
	bool first = true;

	while (*text != '\0') {
		size_t blanks = strspn(text, " ");
		size_t columns, size = piece_size(text + blanks, &columns);

		text += blanks;
		if (!first && at + blanks + columns > WARD_COLUMNS) {
			(void)fprintf(stream, "\n%*s", (int)indent, "");
			at = indent;
			blanks = 0;
		}
		(void)fprintf(stream, "%*s%.*s", (int)blanks, "", (int)size,
		    text);
		text += size;
		at += blanks + columns;
		first = false;
	}
	(void)fputc('\n', stream);
}
