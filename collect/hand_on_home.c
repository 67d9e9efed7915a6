/* SPDX-License-Identifier: BSD-2-Clause */
/* The part of struct ward_account that is about its home. */
#include <stdlib.h>
#include <string.h>

#include "collect/collection.h"

/* A home is looked at once for those who share it. */
static int
look_at_home(struct ward_collection *c, const char *home)
{
	int r;

	if (ward_home_is(&c->at_home, home)) {
		return 0;
	}
	r = ward_home_look(&c->at_home, c->root, home);
	if (r == 0) {
		r = ward_keys_look(&c->keys, c->root, &c->at_home);
	}
	if (r == 0) {
		r = ward_trust_look(&c->trust, c->root, &c->at_home);
	}
	if (r != 0) {
		ward_home_free(&c->at_home);
	}
	return r;
}

/* Who else may write to the home by its group? A directory service may have
 * members of its own, and an ACL others than the group's. */
static int
find_home_group(const struct ward_collection *c, struct ward_account *account)
{
	const struct ward_home *home = &c->at_home;
	bool others = false;
	int r;

	if ((home->mode & S_IWGRP) == 0 || home->acl) {
		return 0;
	}
	r = ward_groups_has_others(c->groups, home->gid,
	    (uint32_t)account->uid.value, &others);
	if (others) {
		account->home_group = WARD_HOME_GROUP_SHARED;
	} else if (c->nsswitch.users == NULL && c->nsswitch.groups == NULL &&
	    c->has_groups) {
		account->home_group = WARD_HOME_GROUP_OWN;
	}
	return r;
}

static int
find_at_home_itself(const struct ward_collection *c,
    struct ward_account *account)
{
	const struct ward_home *home = &c->at_home;

	account->home_state = home->state;
	switch (home->state) {
	case WARD_HOME_THERE:
		account->home_owner = (struct ward_optional){ true,
			home->owner };
		account->home_mode = home->mode;
		return find_home_group(c, account);
	case WARD_HOME_UNKNOWN:
		account->home_why = home->why;
		return 0;
	default:
		break;
	}
	if (ward_autofs_has(&c->autofs, account->home)) {
		account->home_state = WARD_HOME_ELSEWHERE;
	} else {
		account->home_open = home->open;
	}
	return 0;
}

int
ward_collection_at_home(struct ward_collection *c, struct ward_account *account)
{
	int r;

	if (!account->login_shell && account->uid.value != 0) {
		return 0;
	}
	r = look_at_home(c, account->home);
	if (r != 0) {
		return r;
	}
	r = find_at_home_itself(c, account);
	account->keys_known = c->keys.known;
	account->key_count = c->keys.count;
	if (c->keys.count > 0) {
		account->key_source = c->keys.list[0].source;
	} else if (!c->keys.known) {
		account->key_source = c->keys.unread;
		account->key_why = c->keys.unread_why;
	}
	account->key_owner_count = c->keys.owner_count;
	account->key_owners = c->keys.owner_names;
	account->trust_known = c->trust.known;
	account->trust_source = c->trust.source;
	if (c->trust.source.file != NULL) {
		account->trust_detail = c->trust.detail;
	} else if (!c->trust.known) {
		account->trust_source = c->trust.unread;
		account->trust_why = c->trust.unread.file == NULL ?
		    account->home_why :
		    c->trust.why;
	}
	return r;
}

int
ward_collection_home(struct ward_collection *c, const struct ward_entry *e,
    struct ward_account *account)
{
	const char *above = ward_strings_at(c->accounts->homes, e->home);
	size_t before = strlen(above), size = before + strlen(e->name) + 2;
	char *home = c->home;

	if (!e->home_by_name) {
		account->home = above;
		return 0;
	}
	if (size > c->home_room) {
		home = realloc(c->home, size * 2);
		if (home == NULL) {
			return WARD_ERR_NOMEM;
		}
		c->home = home;
		c->home_room = size * 2;
	}
	memcpy(home, above, before);
	home[before] = '/';
	memcpy(home + before + 1, e->name, size - before - 1);
	account->home = home;
	return 0;
}
