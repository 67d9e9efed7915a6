/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a list of breached passwords: looking into it ends, and what is
 * found is in it. */
#include <string.h>

#include "fuzz.h"
#include "policy/weak_parts.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_breached list = { .size = (int64_t)size };
	unsigned char hash[WARD_SHA1_SIZE];

	list.fd = fuzz_fd(bytes, size);
	for (unsigned int i = 0; i < 256; i += 17) {
		bool found = false;

		memset(hash, (int)i, sizeof(hash));
		if (ward_breached_find(&list, hash, &found) == 0 && found &&
		    size < 40) {
			abort();
		}
	}
	(void)close(list.fd);
	return 0;
}
