/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as passwd(5). */
#include "collect/accounts/passwd.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_accounts *accounts = NULL;

	if (ward_accounts_new(&accounts) != 0 ||
	    ward_passwd_read(fuzz_fd(bytes, size), accounts, &defects) != 0) {
		abort();
	}
	ward_accounts_settle(accounts);
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	return 0;
}
