/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is somebody else in a group? Asked only of the few homes that a group may
 * write to: what it takes is sorted when the first one comes.
 */
#include <stdlib.h>

#include "collect/accounts/group_state.h"
#include "collect/base/grow.h"

int
ward_groups_note_user(struct ward_groups *groups, uint32_t gid, uint32_t uid)
{
	struct ward_group_user *users = groups->users;

	if (groups->user_count > 0 &&
	    users[groups->user_count - 1].gid == gid &&
	    users[groups->user_count - 1].uid == uid) {
		return 0;
	}
	users = ward_grow(users, groups->user_count, &groups->user_room,
	    sizeof(*users));
	if (users == NULL) {
		return WARD_ERR_NOMEM;
	}
	groups->users = users;
	users[groups->user_count++] = (struct ward_group_user){ gid, uid };
	return 0;
}

static int
compare_users(const void *left, const void *right)
{
	const struct ward_group_user *l = left, *r = right;

	if (l->gid != r->gid) {
		return l->gid < r->gid ? -1 : 1;
	}
	return l->uid < r->uid ? -1 : l->uid > r->uid;
}

static int
sort_users(struct ward_groups *groups)
{
	const struct ward_accounts *accounts = groups->accounts;
	int r = 0;

	for (uint32_t i = 0; i < accounts->count && r == 0; i++) {
		r = ward_groups_note_user(groups, accounts->list[i].gid,
		    accounts->list[i].uid);
	}
	if (r == 0 && groups->user_count > 0) {
		qsort(groups->users, groups->user_count, sizeof(*groups->users),
		    compare_users);
	}
	groups->users_sorted = r == 0;
	return r;
}

int
ward_groups_has_others(struct ward_groups *groups, uint32_t gid, uint32_t uid,
    bool *ret_others)
{
	uint32_t low = 0, high;
	int r = groups->users_sorted ? 0 : sort_users(groups);

	if (r != 0) {
		return r;
	}
	high = groups->user_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (groups->users[middle].gid < gid) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	while (low < groups->user_count && groups->users[low].gid == gid &&
	    (groups->users[low].uid == uid || groups->users[low].uid == 0)) {
		low++;
	}
	*ret_others = low < groups->user_count && groups->users[low].gid == gid;
	return 0;
}
