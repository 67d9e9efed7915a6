/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a password, beside a small list of words. */
#include <string.h>

#include "fuzz.h"
#include "policy/weak_parts.h"

static const char
    words[] = "dragon\t7\nieiio\t9\nji3\t8\npassword\t3\ntaipei\t8\n";

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct ward_list list = { .bytes = words,
		.size = sizeof(words) - 1 };
	char *password;
	int with = -1, without = -1;
	enum ward_weakness weakness;

	if (size > WARD_PASSWORD_MAX) {
		return 0;
	}
	/* Just as large as it is: what is read beyond it is found. */
	password = malloc(size == 0 ? 1 : size);
	if (password == NULL) {
		abort();
	}
	memcpy(password, bytes, size);
	weakness = ward_cut(&list, password, size, &with);
	(void)ward_cut(NULL, password, size, &without);
	/* Words make it no dearer, and nothing is had for less than nothing. */
	if (with < 0 || with > without + 15 * (int)size ||
	    weakness == WARD_WEAK_UNKNOWN || weakness >= WARD_WEAK_COUNT) {
		abort();
	}
	free(password);
	return 0;
}
