/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a line of authorized_keys. */
#include <string.h>

#include "collect/accounts/keys.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *line = malloc(size + 1);
	struct ward_key_parts key;

	if (line == NULL) {
		abort();
	}
	if (size > 0) {
		memcpy(line, bytes, size);
	}
	line[size] = '\0';
	if (ward_key_parse(line, &key) &&
	    (key.type < line || key.comment > line + size ||
		*key.type == '\0' ||
		(*key.options != '\0' &&
		    key.options + strlen(key.options) >= key.type))) {
		abort();
	}
	free(line);
	return 0;
}
