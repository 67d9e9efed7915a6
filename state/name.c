/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/name.h"

#include <string.h>

static const char hex[] = "0123456789ABCDEF";

static bool
stays(char c, bool first)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	    (c == '.' && !first);
}

int
ward_name_encode(const char *name, char file[WARD_NAME_SIZE])
{
	size_t used = 0;

	if (name[0] == '\0') {
		return WARD_ERR_RANGE;
	}
	for (const char *c = name; *c != '\0'; c++) {
		unsigned char byte = (unsigned char)*c;
		bool plain = stays(*c, c == name);

		if (used + (plain ? 1 : 3) >= WARD_NAME_SIZE) {
			return WARD_ERR_RANGE;
		}
		if (plain) {
			file[used++] = *c;
			continue;
		}
		file[used++] = '%';
		file[used++] = hex[byte >> 4];
		file[used++] = hex[byte & 15];
	}
	file[used] = '\0';
	return 0;
}

/* The digit's value, or -1. */
static int
digit(char c)
{
	const char *at = c == '\0' ? NULL : strchr(hex, c);

	return at == NULL ? -1 : (int)(at - hex);
}

int
ward_name_decode(const char *file, char name[WARD_NAME_SIZE])
{
	char again[WARD_NAME_SIZE];
	size_t used = 0;

	for (const char *c = file; *c != '\0'; c++) {
		int high, low;

		if (used + 1 >= WARD_NAME_SIZE) {
			return WARD_ERR_SYNTAX;
		}
		if (*c != '%') {
			name[used++] = *c;
			continue;
		}
		high = digit(c[1]);
		low = high < 0 ? -1 : digit(c[2]);
		if (low < 0) {
			return WARD_ERR_SYNTAX;
		}
		name[used++] = (char)(high * 16 + low);
		c += 2;
	}
	name[used] = '\0';
	/* One name, one file: %61 is not another way to write "a". */
	return ward_name_encode(name, again) == 0 && strcmp(again, file) == 0 ?
	    0 :
	    WARD_ERR_SYNTAX;
}
