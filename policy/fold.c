/* SPDX-License-Identifier: BSD-2-Clause */
#include "fold.h"

#include <stddef.h>

char
ward_fold(char c)
{
	static const struct {
		char from, to;
	} substitutions[] = { { '@', 'a' }, { '4', 'a' }, { '8', 'b' },
		{ '3', 'e' }, { '9', 'g' }, { '1', 'i' }, { '!', 'i' },
		{ '|', 'i' }, { 'l', 'i' }, { '0', 'o' }, { '5', 's' },
		{ '$', 's' }, { '7', 't' }, { '+', 't' } };

	if (c >= 'A' && c <= 'Z') {
		c = (char)(c - 'A' + 'a');
	}
	for (size_t i = 0; i < sizeof(substitutions) / sizeof(*substitutions);
	     i++) {
		if (substitutions[i].from == c) {
			return substitutions[i].to;
		}
	}
	return c;
}
