/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as nsswitch.conf(5). */
#include <string.h>

#include "collect/accounts/nsswitch.h"
#include "fuzz.h"

static void
check(const char *name)
{
	if (name != NULL && (*name == '\0' || strpbrk(name, " \t[#") != NULL)) {
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_nsswitch found = { .users = NULL };
	struct ward_pool *pool = ward_pool_new();

	if (pool == NULL ||
	    ward_nsswitch_read(fuzz_fd(bytes, size), pool, &found) != 0) {
		abort();
	}
	check(found.users);
	check(found.groups);
	check(found.rules);
	ward_pool_free(pool);
	return 0;
}
