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
