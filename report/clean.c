/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/report.h"

#include <string.h>

static void
clean(const char *value, bool all, char *text, size_t size)
{
	size_t left = strlen(value), used = 0;

	while (left > 0) {
		uint32_t c = 0;
		size_t length = ward_utf8_decode(value, left, &c);
		char piece[16];

		if (length == 0 || (all && (c < ' ' || c == 0x7f))) {
			(void)snprintf(piece, sizeof(piece), "\\x%02X",
			    (unsigned int)(unsigned char)*value);
			length = 1;
		} else if (all && ward_is_hidden(c)) {
			(void)snprintf(piece, sizeof(piece), "\\u{%X}", c);
		} else {
			(void)snprintf(piece, sizeof(piece), "%.*s",
			    (int)length, value);
		}
		if (used + strlen(piece) >= size) {
			break;
		}
		used += (size_t)(stpcpy(text + used, piece) - (text + used));
		value += length;
		left -= length;
	}
	text[used] = '\0';
}

void
ward_clean_text(const char *value, char *text, size_t size)
{
	clean(value, true, text, size);
}

void
ward_clean_utf8(const char *value, char *text, size_t size)
{
	clean(value, false, text, size);
}
