/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/report.h"

#include <string.h>

/* Characters that change how others are shown, or are not seen at all. */
static bool
is_hidden(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x80, 0x9f },       /* C1 controls */
		{ 0xad, 0xad },       /* soft hyphen */
		{ 0x61c, 0x61c },     /* Arabic letter mark */
		{ 0x200b, 0x200f },   /* zero width, left and right marks */
		{ 0x2028, 0x202e },   /* separators, bidirectional embeddings */
		{ 0x2060, 0x206f },   /* invisible operators, isolates */
		{ 0xfeff, 0xfeff },   /* byte order mark */
		{ 0xfff9, 0xfffb },   /* interlinear marks */
		{ 0xe0000, 0xe007f }, /* tags */
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (c >= ranges[i].first && c <= ranges[i].last) {
			return true;
		}
	}
	return false;
}

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
		} else if (all && is_hidden(c)) {
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
