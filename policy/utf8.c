/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

size_t
ward_utf8_decode(const char *text, size_t size, uint32_t *ret_char)
{
	/* The least character that a sequence of so many bytes may hold. */
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *in = (const unsigned char *)text;
	uint32_t c;
	size_t length;

	if (size == 0) {
		return 0;
	}
	length = in[0] < 0x80      ? 1 :
	    (in[0] & 0xe0) == 0xc0 ? 2 :
	    (in[0] & 0xf0) == 0xe0 ? 3 :
	    (in[0] & 0xf8) == 0xf0 ? 4 :
				     0;
	if (length == 0 || length > size) {
		return 0;
	}
	c = length == 1 ? in[0] : in[0] & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((in[i] & 0xc0) != 0x80) {
			return 0;
		}
		c = c << 6 | (in[i] & 0x3f);
	}
	if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
		return 0;
	}
	*ret_char = c;
	return length;
}

bool
ward_utf8_valid(const char *text, size_t size)
{
	uint32_t c;

	while (size > 0) {
		size_t used = ward_utf8_decode(text, size, &c);

		if (used == 0) {
			return false;
		}
		text += used;
		size -= used;
	}
	return true;
}

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
