/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as group(5), and what is behind the first NUL as gshadow(5). */
#include <string.h>

#include "collect/accounts/group.h"
#include "collect/accounts/passwd.h"
#include "fuzz.h"

static const uint8_t passwd
    [] = "root:x:0:0::/root:/bin/sh\na:x:1:1::/:\nb:x:2:999::/:\na:x:3:1::/:\n";

static void
ask(const struct ward_groups *groups, uint32_t account)
{
	struct ward_path path;

	for (size_t i = 0; ward_groups_path(groups, account, i, &path); i++) {
		if (path.detail == NULL) {
			abort();
		}
	}
	(void)ward_groups_has(groups, account, "docker", 0);
	(void)ward_groups_has(groups, account, NULL, 999);
	(void)ward_groups_has_root(groups, account);
	(void)ward_groups_exists(groups, "docker", 0);
	(void)ward_groups_exists(groups, NULL, 999);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_accounts *accounts = NULL;
	struct ward_groups *groups = NULL;
	const uint8_t *nul = memchr(bytes, 0, size);
	size_t first = nul == NULL ? size : (size_t)(nul - bytes);

	if (ward_accounts_new(&accounts) != 0 ||
	    ward_passwd_read(fuzz_fd(passwd, sizeof(passwd) - 1), accounts,
		&defects) != 0 ||
	    ward_groups_new(accounts, &groups) != 0) {
		abort();
	}
	ward_groups_tell_strangers(groups);
	if (ward_groups_want_words(groups, "docker disk") != 0 ||
	    ward_groups_want(groups, NULL, 27) != 0 ||
	    ward_group_read(fuzz_fd(bytes, first), groups, &defects) != 0 ||
	    ward_gshadow_read(fuzz_fd(bytes + first, size - first), groups,
		&defects) != 0) {
		abort();
	}
	ward_groups_settle(groups);
	ward_accounts_settle(accounts);
	for (uint32_t i = 0; i < accounts->count; i++) {
		ask(groups, i);
	}
	ward_groups_free(groups);
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
	return 0;
}
