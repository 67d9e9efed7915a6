/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as wtmp(5) and as lastlog(8). */
#include "collect/accounts/lastuse.h"
#include "collect/accounts/passwd.h"
#include "fuzz.h"

static const uint8_t passwd
    [] = "root:x:0:0::/root:/bin/sh\na:x:1:1::/:\nb:x:2:999::/:\n"
	 "c:x:4294967294:1::/:\nabcdefghijklmnopqrstuvwxyzabcdef:x:9:9::/:\n";

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_accounts *accounts = NULL;
	struct ward_lastuse into;

	if (ward_accounts_new(&accounts) != 0 ||
	    ward_passwd_read(fuzz_fd(passwd, sizeof(passwd) - 1), accounts,
		&defects) != 0) {
		abort();
	}
	into = (struct ward_lastuse){ .accounts = accounts,
		.defects = &defects,
		.now = 1795000000,
		.latest = 1795000000 + 86400 };
	if (ward_wtmp_read(fuzz_fd(bytes, size), WARD_FILE_WTMP, &into) != 0 ||
	    ward_lastlog_read(fuzz_fd(bytes, size), UINT32_MAX, &into) != 0) {
		abort();
	}
	for (uint32_t i = 0; i < accounts->count; i++) {
		if (accounts->list[i].last_use > 1795000000) {
			abort();
		}
	}
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	return 0;
}
