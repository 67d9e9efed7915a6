/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as shadow(5), for the accounts of one small passwd(5). */
#include "collect/accounts/passwd.h"
#include "collect/accounts/shadow.h"
#include "fuzz.h"

static const uint8_t passwd
    [] = "root:x:0:0::/root:/bin/sh\na:x:1:1::/:\nb:*:2:1::/:\na:x:3:1::/:\n";

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_accounts *accounts = NULL;

	if (ward_accounts_new(&accounts) != 0 ||
	    ward_passwd_read(fuzz_fd(passwd, sizeof(passwd) - 1), accounts,
		&defects) != 0 ||
	    ward_shadow_read(fuzz_fd(bytes, size), accounts, &defects) != 0) {
		abort();
	}
	ward_accounts_settle(accounts);
	for (uint32_t i = 0; i < accounts->count; i++) {
		(void)ward_accounts_aging(accounts, i);
		(void)ward_accounts_fact(accounts, i);
	}
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	return 0;
}
