/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/repair.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64 /* real ones have 6 */

/* Behind the string that begins at `i`. */
static size_t
skip_string(const char *text, size_t i, size_t size)
{
	for (i++; i < size && text[i] != '"'; i++) {
		if (text[i] == '\\') {
			i++;
		}
	}
	return i + 1;
}

void
ward_sudo_repair(char *text, size_t size)
{
	bool array[DEPTH_MAX] = { false };
	size_t depth = 0, i = 0;

	while (i < size && depth < DEPTH_MAX - 1) {
		switch (text[i]) {
		case '"':
			i = skip_string(text, i, size);
			continue;
		case '[':
		case '{':
			array[++depth] = text[i] == '[';
			break;
		case ']':
		case '}':
			depth -= depth > 0 ? 1 : 0;
			break;
		case ':':
			if (array[depth]) {
				text[i] = ',';
			}
			break;
		default:
			break;
		}
		i++;
	}
}

char *
ward_sudo_widen(const char *text, size_t size)
{
	char *wide = malloc(size * 2 + 1);
	size_t n = 0;

	if (wide == NULL) {
		return NULL;
	}
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x80) {
			wide[n++] = text[i];
		} else {
			wide[n++] = (char)(0xc0 | c >> 6);
			wide[n++] = (char)(0x80 | (c & 0x3f));
		}
	}
	wide[n] = '\0';
	return wide;
}

void
ward_sudo_bytes(char *text)
{
	size_t n = 0;

	for (size_t i = 0; text[i] != '\0'; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c & 0xfc) == 0xc0 && text[i + 1] != '\0') {
			c = (unsigned char)((c & 3) << 6 |
			    ((unsigned char)text[++i] & 0x3f));
		}
		text[n++] = (char)c;
	}
	text[n] = '\0';
}
