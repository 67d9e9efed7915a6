/* SPDX-License-Identifier: BSD-2-Clause */
/* What struct ward_collection is: between collection.c, elsewhere.c,
 * hand_on.c, hand_on_home.c and services.c only. */
#ifndef WARD_COLLECTION_H
#define WARD_COLLECTION_H

#include "collect/accounts/accounts.h"
#include "collect/collect.h"
#include "collect/base/defects.h"
#include "collect/accounts/autofs.h"
#include "collect/accounts/failures.h"
#include "collect/accounts/group.h"
#include "collect/accounts/home.h"
#include "collect/accounts/keys.h"
#include "collect/accounts/lastuse.h"
#include "collect/accounts/logindefs.h"
#include "collect/accounts/nsswitch.h"
#include "collect/accounts/trust.h"
#include "collect/base/root.h"
#include "collect/doas/doas.h"
#include "collect/sudoers/sudoers.h"

struct ward_collection {
	struct ward_root *root;
	struct ward_pool *pool;
	struct ward_host host;
	char *host_name;             /* NULL: not known */
	struct ward_defects defects; /* those of the host */
	struct ward_logindefs logindefs;
	struct ward_nsswitch nsswitch;
	struct ward_strings *shells; /* NULL: there is no such file */
	struct ward_accounts *accounts;
	struct ward_lastuse lastuse;
	struct ward_failures failures;
	bool has_groups, has_lastlog;
	struct ward_groups *groups;
	struct ward_sudoers *sudoers;
	struct ward_doas *doas;
	const char *root_groups; /* as asked for; "": none */
	const char *root_path, *door_plan;
	void (*progress)(void *arg, const char *file, uint64_t tried);
	void *progress_arg;
	void (*add)(void *arg, struct ward_account *account, uint64_t mark);
	void *add_arg;

	/* Filled anew for each account that is handed on. */
	char *home;
	size_t home_room;
	struct ward_path *paths;
	size_t path_count, path_room;
	struct ward_defect *own_defects;
	uint32_t own_count, own_room;
	uint32_t note; /* the next one to hand on */
	struct ward_home at_home;
	struct ward_keys keys;
	struct ward_trust trust;
	struct ward_autofs autofs;
};

/* Which home it has, and what lies in it, for those whom that lets in. 0 or
 * WARD_ERR_NOMEM. */
int ward_collection_home(struct ward_collection *c, const struct ward_entry *e,
    struct ward_account *account);
int ward_collection_at_home(struct ward_collection *c,
    struct ward_account *account);
/* Every service, with what is proved of its stacks. */
int ward_collection_services(struct ward_collection *c,
    const struct ward_visitor *visitor, struct ward_error *err);
/* Once all is read: tell what only others than this host could know. */
int ward_collection_tell_elsewhere(struct ward_collection *c);

#endif
