/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as auto.master(5). */
#include <string.h>

#include "collect/accounts/autofs.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_autofs autofs = { .pool = ward_pool_new() };
	struct ward_pool *pool = autofs.pool;

	if (pool == NULL ||
	    ward_autofs_read(fuzz_fd(bytes, size), &autofs) != 0) {
		abort();
	}
	for (uint32_t i = 0; i < autofs.count; i++) {
		if (*autofs.list[i] != '/' || strlen(autofs.list[i]) < 2 ||
		    strpbrk(autofs.list[i], " \t#\n") != NULL) {
			abort();
		}
	}
	ward_autofs_free(&autofs);
	ward_pool_free(pool);
	return 0;
}
