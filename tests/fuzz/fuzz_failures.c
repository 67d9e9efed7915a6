/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as the records of failed log-ins. */
#include "collect/accounts/failures.h"
#include "collect/accounts/passwd.h"
#include "fuzz.h"

#define NOW 1795000000

static const uint8_t
    passwd[] = "root:x:0:0::/root:/bin/sh\na:x:1:1::/:\nb:x:2:999::/:\n"
	       "abcdefghijklmnopqrstuvwxyzabcdef:x:9:9::/:\n";

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_failures failures = { .list = NULL };
	struct ward_accounts *accounts = NULL;
	struct ward_lastuse into;

	if (ward_accounts_new(&accounts) != 0 ||
	    ward_passwd_read(fuzz_fd(passwd, sizeof(passwd) - 1), accounts,
		&defects) != 0) {
		abort();
	}
	into = (struct ward_lastuse){ .accounts = accounts,
		.defects = &defects,
		.now = NOW,
		.latest = NOW + 86400 };
	if (ward_failures_read(fuzz_fd(bytes, size), WARD_FILE_BTMP, &into,
		&failures) != 0) {
		abort();
	}
	for (uint32_t i = 0; failures.list != NULL && i < accounts->count;
	     i++) {
		if (failures.list[i].last > NOW ||
		    failures.list[i].count > size / 384) {
			abort();
		}
	}
	ward_failures_free(&failures);
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	return 0;
}
