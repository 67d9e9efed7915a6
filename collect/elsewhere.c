/* SPDX-License-Identifier: BSD-2-Clause */
/* What comes from a directory service, and can't be known here. */
#include <stdio.h>
#include <string.h>

#include "collect/collection.h"

static bool
has_user(void *arg, const char *name, uint32_t uid)
{
	const struct ward_collection *c = arg;

	return (name == NULL ? ward_accounts_find_uid(c->accounts, uid) :
			       ward_accounts_find(c->accounts, name,
				   strlen(name))) != WARD_TABLE_NONE;
}

static bool
has_group(void *arg, const char *name, uint32_t gid)
{
	const struct ward_collection *c = arg;

	return ward_groups_exists(c->groups, name, gid);
}

static const char *
account(void *arg, size_t i)
{
	const struct ward_accounts
	    *accounts = ((const struct ward_collection *)arg)->accounts;

	return i < accounts->count ? accounts->list[i].name : NULL;
}

static int
tell_rules(struct ward_collection *c)
{
	char detail[64];

	if (c->nsswitch.rules == NULL) {
		return 0;
	}
	(void)snprintf(detail, sizeof(detail),
	    NC_("detail", "sudo rules are also read from %.8s"),
	    c->nsswitch.rules);
	return ward_defects_add(&c->defects,
	    WARD_REASON_WELLFORMED_SUDOERS_OPEN, NULL,
	    (struct ward_source){ "/etc/nsswitch.conf",
		c->nsswitch.rules_line },
	    detail);
}

int
ward_collection_tell_elsewhere(struct ward_collection *c)
{
	const struct ward_sudo_known known = { .user = has_user,
		.group = has_group,
		.account = account,
		.arg = c,
		.users = c->nsswitch.users,
		.groups = c->nsswitch.groups };
	int r = tell_rules(c);

	if (r == 0) {
		r = ward_sudoers_tell_unknown(c->sudoers, &known, &c->defects);
	}
	return r != 0 ? r :
			ward_doas_tell_unknown(c->doas, c->nsswitch.users,
			    c->nsswitch.groups, &c->defects);
}
