/* SPDX-License-Identifier: BSD-2-Clause */
/* From what was read to struct ward_account, one at a time. */
#include <stdlib.h>
#include <string.h>

#include "collect/collection.h"
#include "collect/base/grow.h"

/* Who asks sudo's rules about groups and users. */
struct asking {
	struct ward_collection *c;
	uint32_t account;
	uint32_t caller; /* whom sudo takes it for: the first of its uid */
};

static bool
in_group(void *arg, const char *name, uint32_t gid)
{
	const struct asking *a = arg;

	return ward_groups_has(a->c->groups, a->account, name, gid) ||
	    (a->caller != a->account &&
		ward_groups_has(a->c->groups, a->caller, name, gid));
}

static bool
is_member(void *arg, const struct ward_sudo_user *user, const char *name,
    uint32_t gid)
{
	const struct asking *a = arg;
	const struct ward_accounts *accounts = a->c->accounts;
	uint32_t i = user->name == NULL ?
	    ward_accounts_find_uid(accounts, user->uid) :
	    ward_accounts_find(accounts, user->name, strlen(user->name));

	return i != WARD_TABLE_NONE &&
	    ward_groups_has(a->c->groups, i, name, gid);
}

static bool
is_root_user(void *arg, const char *name, uint32_t uid)
{
	const struct asking *a = arg;
	const struct ward_accounts *accounts = a->c->accounts;
	uint32_t i;

	if (name == NULL) {
		i = ward_accounts_find_uid(accounts, uid);
	} else {
		i = ward_accounts_find(accounts, name, strlen(name));
	}
	if (i == WARD_TABLE_NONE) {
		return name == NULL ? uid == 0 : strcmp(name, "root") == 0;
	}
	return accounts->list[i].uid == 0 ||
	    ward_groups_has_root(a->c->groups, i);
}

/* The rules know an account by its name: of a name's second line nothing is
 * told but what the first one is. */
static bool
sudo_account(void *arg, size_t i, struct ward_sudo_user *ret_user,
    bool *ret_root)
{
	const struct asking *a = arg;
	const struct ward_accounts *accounts = a->c->accounts;
	const struct ward_entry *e;
	uint32_t index;

	if (i >= accounts->count) {
		return false;
	}
	index = ward_accounts_main(accounts, (uint32_t)i);
	e = &accounts->list[index];
	*ret_user = (struct ward_sudo_user){ e->name, e->uid, e->gid };
	*ret_root = e->uid == 0 || ward_groups_has_root(a->c->groups, index);
	return true;
}

static bool
is_root_group(void *arg, const char *name, uint32_t gid)
{
	const struct asking *a = arg;

	return ward_groups_is_root(a->c->groups, name, gid);
}

static int
add_path(struct ward_collection *c, const struct ward_path *path)
{
	size_t room = c->path_room == 0 ? 16 : c->path_room * 2;

	if (c->path_count == c->path_room) {
		struct ward_path *paths = reallocarray(c->paths, room,
		    sizeof(*paths));

		if (paths == NULL) {
			return WARD_ERR_NOMEM;
		}
		c->paths = paths;
		c->path_room = room;
	}
	c->paths[c->path_count++] = *path;
	return 0;
}

static int
add_key_paths(struct ward_collection *c)
{
	int r = 0;

	for (uint32_t i = 0; i < c->keys.count && r == 0; i++) {
		r = add_path(c,
		    &(struct ward_path){ .kind = WARD_PATH_KEY,
			.detail = c->keys.list[i].detail,
			.source = c->keys.list[i].source });
	}
	return r;
}

/* Every way by which the account is privileged. */
static int
find_paths(struct ward_collection *c, uint32_t account,
    struct ward_account *ret_account)
{
	const struct ward_entry *e = &c->accounts->list[account];
	/* sudo(8) knows its caller by getpwuid(3): who shares a uid has the
	 * rules of the first account that has it. */
	struct asking asking = { .c = c,
		.account = account,
		.caller = e->uid_twice ?
		    ward_accounts_find_uid(c->accounts, e->uid) :
		    account };
	const struct ward_entry *caller = &c->accounts->list[asking.caller];
	const struct ward_sudo_world world = { .in_group = in_group,
		.is_member = is_member,
		.is_root_user = is_root_user,
		.is_root_group = is_root_group,
		.account = sudo_account,
		.arg = &asking };
	const struct ward_sudo_user user = { .name = caller->name,
		.uid = caller->uid,
		.gid = caller->gid };
	struct ward_path path;
	int r = 0;

	c->path_count = 0;
	if (e->uid == 0) {
		r = add_path(c,
		    &(struct ward_path){ .kind = WARD_PATH_UID0,
			.detail = "uid 0",
			.source = ret_account->entry });
	}
	for (size_t i = 0;
	     r == 0 && ward_groups_path(c->groups, account, i, &path); i++) {
		r = add_path(c, &path);
	}
	if (r == 0) {
		r = ward_sudoers_paths(c->sudoers, &user, &world, &c->paths,
		    &c->path_count, &c->path_room);
	}
	for (size_t i = 0;
	     r == 0 && ward_doas_path(c->doas, account, &i, &path);) {
		r = add_path(c, &path);
	}
	if (r == 0 && e->uid == 0) {
		r = add_key_paths(c);
	}
	ret_account->paths = c->paths;
	ret_account->path_count = c->path_count;
	return r;
}

static struct ward_optional
days(int32_t number)
{
	return (struct ward_optional){ number != WARD_AGING_EMPTY,
		number == WARD_AGING_EMPTY ? 0 : number };
}

static void
find_password(const struct ward_accounts *accounts, uint32_t index,
    struct ward_account *account)
{
	const struct ward_aging *aging = ward_accounts_aging(accounts, index);

	account->shadow = account->entry;
	account->password = ward_accounts_fact(accounts, index);
	account->guess = ward_accounts_guess(accounts, index);
	if (account->password.state == WARD_PASSWORD_UNKNOWN) {
		account->shadow = (struct ward_source){
			ward_file_path(WARD_FILE_SHADOW), 0
		};
		account->shadow_why = accounts->aging == NULL ?
		    ward_why_missing :
		    accounts->list[index].shadow_dead ?
		    N_("the account's line in the file is torn") :
		    N_("the file has no line for the account");
	}
	if (aging == NULL) {
		return;
	}
	account->has_shadow = true;
	account->shadow = (struct ward_source){
		ward_file_path(WARD_FILE_SHADOW), aging->line
	};
	account->changed = days(aging->changed);
	account->min_age = days(aging->min_age);
	account->max_age = days(aging->max_age);
	account->warning = days(aging->warning);
	account->inactive = days(aging->inactive);
	account->expires = days(aging->expires);
}

static struct ward_peer
find_peer(const struct ward_accounts *accounts, uint32_t index,
    enum ward_peer_kind kind)
{
	uint32_t other = ward_peers_find(accounts->peers, kind, index);
	const struct ward_entry *e;

	if (other == WARD_TABLE_NONE) {
		return (struct ward_peer){ .name = NULL };
	}
	e = &accounts->list[other];
	return (struct ward_peer){ .name = e->name,
		.source = { ward_file_path(WARD_FILE_PASSWD), e->line } };
}

/* The notes stand in the order of the accounts. */
static int
find_defects(struct ward_collection *c, uint32_t index,
    struct ward_account *account)
{
	const struct ward_notes *notes = &c->accounts->notes;

	c->own_count = 0;
	for (; c->note < notes->count && notes->list[c->note].account == index;
	     c->note++) {
		struct ward_defect *list = ward_grow(c->own_defects,
		    c->own_count, &c->own_room, sizeof(*list));

		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		c->own_defects = list;
		list[c->own_count++] = ward_note_defect(notes,
		    &notes->list[c->note], account->name);
	}
	account->defects = c->own_defects;
	account->defect_count = c->own_count;
	return 0;
}

static void
find_use(const struct ward_collection *c, const struct ward_entry *e,
    struct ward_account *account)
{
	account->use = e->use;
	if (e->use != WARD_USE_UNKNOWN) {
		account->last_use = e->last_use;
		account->use_source.file = ward_file_path(e->use_file);
		return;
	}
	account->use_source.file = ward_file_path(WARD_FILE_LASTLOG);
	if (e->use_hidden) {
		account->use_source.file = ward_file_path(WARD_FILE_WTMP);
		account->use_why = N_("a log-in is recorded, but not when");
	} else if (!c->has_lastlog) {
		account->use_why = ward_why_missing;
	} else {
		account->use_why = N_(
		    "the file does not record log-ins of so high a uid");
	}
}

static void
find_failures(const struct ward_collection *c, uint32_t index,
    struct ward_account *account)
{
	const struct ward_failure *f = c->failures.list == NULL ?
	    NULL :
	    &c->failures.list[index];

	if (c->accounts->list[index].name_cut) {
		account->failure_source.file = ward_file_path(WARD_FILE_BTMP);
		account->failure_why = N_("records hold 32 bytes of a name");
		return;
	}
	if (!c->failures.known) {
		account->failure_source.file = ward_file_path(
		    c->failures.lacking);
		account->failure_why = c->failures.why;
		return;
	}
	account->failures = (struct ward_optional){ true,
		f == NULL ? 0 : f->count };
	account->failure_source.file = ward_file_path(WARD_FILE_BTMP);
	if (account->failures.value > 0) {
		account->last_failure = f->last;
		account->failure_source.file = ward_file_path(f->last_file);
	}
}

static int
fill(struct ward_collection *c, uint32_t index, struct ward_account *account)
{
	const struct ward_accounts *accounts = c->accounts;
	const struct ward_entry *e = &accounts->list[index];
	int r;

	*account = (struct ward_account){ .name = e->name,
		.uid = { true, e->uid },
		.gid = { true, e->gid },
		.shell = ward_strings_at(accounts->shells, e->shell),
		.entry = { ward_file_path(WARD_FILE_PASSWD), e->line },
		.same_uid = find_peer(accounts, index, WARD_PEER_UID),
		.same_name = find_peer(accounts, index, WARD_PEER_NAME),
		.same_hash = find_peer(accounts, index, WARD_PEER_HASH) };
	account->login_shell = ward_shell_is_login(account->shell);
	account->listed_shell = ward_shell_is_listed(account->shell, c->shells);
	find_password(accounts, index, account);
	find_use(c, e, account);
	find_failures(c, index, account);
	if ((r = ward_collection_home(c, e, account)) != 0 ||
	    (r = find_defects(c, index, account)) != 0 ||
	    (r = ward_collection_at_home(c, account)) != 0) {
		return r;
	}
	return find_paths(c, index, account);
}

/* What of the account's keys could not be looked at belongs to the host: the
 * account itself has none of it to mend. Said only where a key would count. */
static int
hand_on_unread(struct ward_collection *c, const struct ward_account *account,
    const struct ward_visitor *visitor)
{
	struct ward_defect defect = { .reason = WARD_REASON_WELLFORMED_KEYS,
		.name = account->name,
		.source = c->keys.unread,
		.detail = c->keys.unread_why };

	if (account->keys_known ||
	    (!account->login_shell && account->uid.value != 0)) {
		return 0;
	}
	if (defect.source.file == NULL) {
		defect.source = account->entry;
	}
	return visitor->defect(visitor->arg, &defect);
}

int
ward_collection_each(struct ward_collection *collection,
    const struct ward_visitor *visitor, struct ward_error *err)
{
	struct ward_collection *c = collection;
	struct ward_account account;
	int r = 0;

	c->note = 0;
	for (uint32_t i = 0; i < c->accounts->count && r == 0; i++) {
		r = fill(c, i, &account);
		if (r != 0) {
			return ward_error_set(err, r, "out of memory");
		}
		if (c->add != NULL) {
			c->add(c->add_arg, &account,
			    ward_accounts_mark(c->accounts, i));
		}
		r = visitor->account(visitor->arg, &account);
		if (r == 0) {
			r = hand_on_unread(c, &account, visitor);
		}
	}
	if (r == 0 && visitor->service != NULL) {
		r = ward_collection_services(c, visitor, err);
	}
	for (size_t i = 0; i < c->defects.count && r == 0; i++) {
		r = visitor->defect(visitor->arg, &c->defects.list[i]);
	}
	return r;
}
