/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/report.h"

#include <string.h>

bool
ward_is_hidden(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x00, 0x1f },       /* C0 controls */
		{ 0x7f, 0x9f },       /* delete, C1 controls */
		{ 0xad, 0xad },       /* soft hyphen */
		{ 0x34f, 0x34f },     /* combining grapheme joiner */
		{ 0x61c, 0x61c },     /* Arabic letter mark */
		{ 0x115f, 0x1160 },   /* Hangul fillers */
		{ 0x180b, 0x180f },   /* Mongolian selectors and separator */
		{ 0x200b, 0x200f },   /* zero width, left and right marks */
		{ 0x2028, 0x202e },   /* separators, embeddings */
		{ 0x2060, 0x206f },   /* invisible operators, isolates */
		{ 0x3164, 0x3164 },   /* Hangul filler */
		{ 0xfe00, 0xfe0f },   /* variation selectors */
		{ 0xfeff, 0xfeff },   /* byte order mark */
		{ 0xffa0, 0xffa0 },   /* Hangul filler, half width */
		{ 0xfff9, 0xfffb },   /* interlinear marks */
		{ 0xe0000, 0xe0fff }, /* tags, more variation selectors */
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
