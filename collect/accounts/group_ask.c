/* SPDX-License-Identifier: BSD-2-Clause */
/* The questions about groups that are asked once the files are read. */
#include <string.h>

#include "collect/accounts/group_state.h"

/* The account's memberships: from *ret_first on, as many as returned. */
static uint32_t
memberships(const struct ward_groups *groups, uint32_t account,
    const struct ward_membership **ret_first)
{
	uint32_t low = 0, high = groups->member_count, count = 0;

	account = ward_accounts_main(groups->accounts, account);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (groups->members[middle].account < account) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	while (low + count < groups->member_count &&
	    groups->members[low + count].account == account) {
		count++;
	}
	*ret_first = count == 0 ? NULL : groups->members + low;
	return count;
}

/* Is the gid that of a group with this name? */
static bool
is_named(const struct ward_groups *groups, uint32_t gid, const char *name)
{
	const struct ward_gid *g = ward_groups_gid(groups, gid);
	uint32_t at = g == NULL ? WARD_TABLE_NONE : g->first;

	for (; at != WARD_TABLE_NONE; at = groups->kept[at].next) {
		if (strcmp(groups->kept[at].name, name) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_it(const struct ward_groups *groups, uint32_t own, const char *name,
    uint32_t gid)
{
	return name == NULL ? own == gid : is_named(groups, own, name);
}

bool
ward_groups_has(const struct ward_groups *groups, uint32_t account,
    const char *name, uint32_t gid)
{
	const struct ward_membership *m;
	uint32_t count;

	if (is_it(groups, groups->accounts->list[account].gid, name, gid)) {
		return true;
	}
	count = memberships(groups, account, &m);
	for (uint32_t i = 0; i < count; i++) {
		if (m[i].via == WARD_VIA_GROUP &&
		    is_it(groups, groups->kept[m[i].group].gid, name, gid)) {
			return true;
		}
	}
	return false;
}

bool
ward_groups_exists(const struct ward_groups *groups, const char *name,
    uint32_t gid)
{
	const struct ward_gid *g;
	uint32_t at;

	if (name == NULL) {
		g = ward_groups_gid(groups, gid);
		return g != NULL && g->first != WARD_TABLE_NONE;
	}
	at = ward_strings_find(groups->names, name);
	return at != WARD_TABLE_NONE && groups->name_there != NULL &&
	    groups->name_there[at];
}

static bool
is_root_gid(const struct ward_groups *groups, uint32_t gid)
{
	const struct ward_gid *g = ward_groups_gid(groups, gid);

	return g != NULL && g->root != NULL;
}

bool
ward_groups_is_root(const struct ward_groups *groups, const char *name,
    uint32_t gid)
{
	bool root = false;

	if (name == NULL) {
		return is_root_gid(groups, gid);
	}
	if (ward_groups_name(groups, name, &root) && root) {
		return true;
	}
	for (uint32_t i = 0; i < groups->kept_count; i++) {
		if (strcmp(groups->kept[i].name, name) == 0 &&
		    is_root_gid(groups, groups->kept[i].gid)) {
			return true;
		}
	}
	return false;
}

bool
ward_groups_has_root(const struct ward_groups *groups, uint32_t account)
{
	const struct ward_membership *m;
	uint32_t count = memberships(groups, account, &m);

	if (is_root_gid(groups, groups->accounts->list[account].gid)) {
		return true;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (m[i].via == WARD_VIA_GROUP &&
		    is_root_gid(groups, groups->kept[m[i].group].gid)) {
			return true;
		}
	}
	return false;
}

static struct ward_path
path_by(const struct ward_groups *groups, uint32_t group, enum ward_via via,
    enum ward_file file, uint32_t line)
{
	return (struct ward_path){ .kind = WARD_PATH_GROUP,
		.detail = groups->kept[group].details[via],
		.source = { ward_file_path(file), line } };
}

bool
ward_groups_path(const struct ward_groups *groups, uint32_t account, size_t i,
    struct ward_path *ret_path)
{
	const struct ward_entry *e = &groups->accounts->list[account];
	const struct ward_gid *primary = ward_groups_gid(groups, e->gid);
	const struct ward_membership *m;
	uint32_t count = memberships(groups, account, &m);

	if (primary != NULL && primary->root != NULL && i-- == 0) {
		*ret_path = (struct ward_path){ .kind = WARD_PATH_GROUP,
			.detail = primary->root,
			.source = { ward_file_path(WARD_FILE_PASSWD),
			    e->line } };
		return true;
	}
	for (uint32_t at = 0; at < count; at++) {
		const struct ward_kept *kept = &groups->kept[m[at].group];

		/* To be in it by primary gid is said already. */
		if (kept->details[m[at].via] == NULL ||
		    (kept->gid == e->gid && m[at].via != WARD_VIA_ADMIN)) {
			continue;
		}
		if (i-- == 0) {
			*ret_path = path_by(groups, m[at].group, m[at].via,
			    m[at].via == WARD_VIA_GROUP ? WARD_FILE_GROUP :
							  WARD_FILE_GSHADOW,
			    m[at].line);
			return true;
		}
	}
	return false;
}
