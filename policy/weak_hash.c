/* SPDX-License-Identifier: BSD-2-Clause */
/* SHA-1, and how lists of it are written. */
#include "weak_parts.h"

#include <string.h>

#include "borrow.h"

#define HEX_SIZE (2 * WARD_SHA1_SIZE)

static int
hex_value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	    c >= 'A' && c <= 'F'    ? c - 'A' + 10 :
	    c >= 'a' && c <= 'f'    ? c - 'a' + 10 :
				      -1;
}

size_t
ward_hash_line(const char *text, size_t size, bool last,
    unsigned char ret_hash[WARD_SHA1_SIZE])
{
	size_t at = HEX_SIZE;

	if (size < HEX_SIZE) {
		return 0;
	}
	for (size_t i = 0; i < WARD_SHA1_SIZE; i++) {
		const int high = hex_value(text[2 * i]);
		const int low = hex_value(text[2 * i + 1]);

		if (high < 0 || low < 0) {
			return 0;
		}
		ret_hash[i] = (unsigned char)(high * 16 + low);
	}
	if (at < size && text[at] == ':') {
		for (at++; at < size && text[at] >= '0' && text[at] <= '9';
		     at++) {
		}
		if (text[at - 1] == ':') {
			return 0;
		}
	}
	if (at < size && text[at] == '\r') {
		at++;
	}
	if (at == size) {
		return last ? at : 0;
	}
	return text[at] == '\n' ? at + 1 : 0;
}

int
ward_sha1(const char *bytes, size_t size,
    unsigned char ret_hash[WARD_SHA1_SIZE])
{
	char *(*data)(const uint8_t *, size_t, char *) = NULL;
	const struct ward_borrowed names[] = { { "SHA1Data", &data } };
	char hex[HEX_SIZE + 1];
	size_t length = 0;

	if (ward_borrow("libmd.so.0", names, 1, NULL) != 0) {
		return WARD_ERR_MISSING;
	}
	if (data((const uint8_t *)bytes, size, hex) != NULL) {
		length = ward_hash_line(hex, HEX_SIZE, true, ret_hash);
	}
	explicit_bzero(hex, sizeof(hex));
	return length == HEX_SIZE ? 0 : WARD_ERR_NOMEM;
}
