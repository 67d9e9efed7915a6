/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/columns.h"

#include <string.h>

void
ward_put_wrapped(FILE *stream, const char *text, size_t at, size_t indent)
{
	bool first = true;

	while (*text != '\0') {
		size_t blanks = strspn(text, " ");
		size_t columns, size = ward_text_piece(text + blanks, &columns);

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
