/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a line of authorized_keys. */
#include <string.h>

#include "collect/accounts/keys.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *line = malloc(size + 1);
	const char *type, *comment;

	if (line == NULL) {
		abort();
	}
	if (size > 0) {
		memcpy(line, bytes, size);
	}
	line[size] = '\0';
	if (ward_key_parse(line, &type, &comment) &&
	    (type < line || comment > line + size || *type == '\0')) {
		abort();
	}
	free(line);
	return 0;
}
