/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as doas.conf(5), and what a group's member gets by it. */
#include <string.h>

#include "collect/accounts/passwd.h"
#include "collect/doas/rules.h"
#include "fuzz.h"

static const uint8_t passwd[] = "root:x:0:0::/:\nann:x:1001:1001::/:\n";

static void
ask(struct ward_doas *doas)
{
	struct ward_accounts *accounts = NULL;
	struct ward_groups *groups = NULL;
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_path path;

	if (ward_accounts_new(&accounts) != 0 ||
	    ward_passwd_read(fuzz_fd(passwd, sizeof(passwd) - 1), accounts,
		&defects) != 0 ||
	    ward_groups_new(accounts, &groups) != 0 ||
	    ward_doas_want_groups(doas, groups) != 0) {
		abort();
	}
	ward_groups_settle(groups);
	ward_doas_settle(doas, accounts, groups);
	for (uint32_t account = 0; account < accounts->count; account++) {
		for (size_t i = 0; ward_doas_path(doas, account, &i, &path);) {
			if (strncmp(path.detail, "permit", 6) != 0 ||
			    path.source.line == 0) {
				abort();
			}
		}
	}
	ward_groups_free(groups);
	ward_accounts_free(accounts);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_doas doas = { .root_count = 0 };
	struct ward_doas_fault fault = { .what = NULL };
	struct ward_root *root = NULL;
	int r = ward_doas_parse((const char *)bytes, size, &doas.rules, &fault);

	if ((r != 0 && (fault.line == 0 || fault.what == NULL)) ||
	    ward_root_new("/proc/self/fdinfo", &root, NULL) != 0) {
		abort();
	}
	if (r == 0 && doas.rules.count <= WARD_DOAS_RULES_MAX) {
		if (ward_doas_room(&doas) != 0 ||
		    ward_doas_show(&doas.rules, root, doas.rules.pool) != 0) {
			abort();
		}
		ask(&doas);
		ward_doas_room_free(&doas);
	}
	ward_root_free(root);
	ward_doas_rules_free(&doas.rules);
	return 0;
}
