/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as the list of words: what is read lies within it. */
#include <string.h>

#include "fuzz.h"
#include "policy/weak_parts.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const passwords[] = { "password", "Taipei101!",
		"aaaaaaaaaaaaaaaa", "\xff\xfe\x80", "ji32k7au4a83" };
	char *copy = malloc(size == 0 ? 1 : size);
	struct ward_list list;

	if (copy == NULL) {
		abort();
	}
	memcpy(copy, bytes, size);
	list = (struct ward_list){ .bytes = copy, .size = size };
	for (size_t i = 0; i < sizeof(passwords) / sizeof(*passwords); i++) {
		(void)ward_cut(&list, passwords[i], strlen(passwords[i]), NULL);
	}
	/* What the list itself begins with. */
	(void)ward_cut(&list, copy, size > 64 ? 64 : size, NULL);
	free(copy);
	return 0;
}
