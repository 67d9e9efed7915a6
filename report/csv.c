/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/csv.h"

#include <string.h>

void
ward_csv_begin(const struct ward_report *report, const char *header)
{
	(void)fprintf(report->stream, "%s%s\r\n",
	    report->bom ? "\xef\xbb\xbf" : "", header);
}

/* Would a spreadsheet reckon with it? In full width, too, as those do that are
 * made for Chinese and Japanese. */
static bool
is_formula(const char *text)
{
	static const uint32_t signs[] = { '=', '+', '-', '@', 0xff1d, 0xff0b,
		0xff0d, 0xff20 };
	uint32_t first;

	if (ward_utf8_decode(text, strlen(text), &first) == 0) {
		return false;
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (first == signs[i]) {
			return true;
		}
	}
	return false;
}

static void
put_cell(FILE *stream, const char *value, bool last)
{
	char text[4096];
	bool number;

	ward_clean_text(value == NULL ? "" : value, text, sizeof(text));
	/* "-1" is a number, and stays one. */
	number = text[0] == '-' && text[1] != '\0' &&
	    text[1 + strspn(text + 1, "0123456789")] == '\0';
	(void)fputc('"', stream);
	if (!number && is_formula(text)) {
		(void)fputc('\'', stream);
	}
	for (const char *c = text; *c != '\0'; c++) {
		(void)fputs(*c == '"' ? "\"\"" : (char[]){ *c, '\0' }, stream);
	}
	(void)fputs(last ? "\"\r\n" : "\",", stream);
}

void
ward_csv_row(FILE *stream, const char *const cells[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		put_cell(stream, cells[i], i + 1 == count);
	}
}
