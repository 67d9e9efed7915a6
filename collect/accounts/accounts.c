/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/accounts.h"

#include <stdlib.h>
#include <string.h>

#include "collect/base/grow.h"

static const void *
name_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_accounts *accounts = arg;

	*ret_size = strlen(accounts->list[index].name);
	return accounts->list[index].name;
}

static const void *
uid_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_accounts *accounts = arg;

	*ret_size = sizeof(accounts->list[index].uid);
	return &accounts->list[index].uid;
}

static const void *
print_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_accounts *accounts = arg;

	*ret_size = sizeof(accounts->prints[index]);
	return &accounts->prints[index];
}

int
ward_accounts_new(struct ward_accounts **ret_accounts)
{
	struct ward_accounts *accounts = calloc(1, sizeof(*accounts));
	int r = WARD_ERR_NOMEM;

	if (accounts == NULL) {
		return r;
	}
	accounts->pool = ward_pool_new();
	if (accounts->pool == NULL ||
	    (r = ward_hash_key_new(&accounts->print_key)) != 0 ||
	    (r = ward_strings_new(&accounts->homes)) != 0 ||
	    (r = ward_strings_new(&accounts->shells)) != 0 ||
	    (r = ward_strings_new(&accounts->notes.details)) != 0 ||
	    (r = ward_table_new(name_of, accounts, &accounts->by_name)) != 0 ||
	    (r = ward_numbers_new(uid_of, accounts, &accounts->by_uid)) != 0 ||
	    (r = ward_table_new(print_of, accounts, &accounts->by_print)) !=
		0 ||
	    (r = ward_peers_new(&accounts->peers)) != 0) {
		goto out;
	}
	*ret_accounts = accounts;
	accounts = NULL;
out:
	ward_accounts_free(accounts);
	return r;
}

/* What only password fields need. */
static void
free_prints(struct ward_accounts *accounts)
{
	ward_table_free(accounts->by_print);
	accounts->by_print = NULL;
	free(accounts->prints);
	accounts->prints = NULL;
	explicit_bzero(&accounts->print_key, sizeof(accounts->print_key));
	ward_guesser_free(accounts->guesser);
	accounts->guesser = NULL;
}

void
ward_accounts_free(struct ward_accounts *accounts)
{
	if (accounts == NULL) {
		return;
	}
	free_prints(accounts);
	ward_table_free(accounts->by_name);
	ward_numbers_free(accounts->by_uid);
	ward_peers_free(accounts->peers);
	ward_strings_free(accounts->homes);
	ward_strings_free(accounts->shells);
	ward_strings_free(accounts->notes.details);
	ward_pool_free(accounts->pool);
	free(accounts->marks);
	free(accounts->list);
	free(accounts->aging);
	free(accounts->notes.list);
	free(accounts);
}

uint32_t
ward_accounts_find(const struct ward_accounts *accounts, const char *name,
    size_t size)
{
	return ward_table_find(accounts->by_name, name, size);
}

uint32_t
ward_accounts_find_near(const struct ward_accounts *accounts, const char *name,
    size_t size, uint32_t *hint)
{
	const struct ward_entry *e = &accounts->list[*hint];
	uint32_t found;

	if (*hint < accounts->count && !e->name_twice &&
	    strncmp(e->name, name, size) == 0 && e->name[size] == '\0') {
		return (*hint)++;
	}
	found = ward_accounts_find(accounts, name, size);
	if (found != WARD_TABLE_NONE) {
		*hint = found + 1;
	}
	return found;
}

uint32_t
ward_accounts_find_uid(const struct ward_accounts *accounts, uint32_t uid)
{
	return ward_numbers_find(accounts->by_uid, uid);
}

uint32_t
ward_accounts_main(const struct ward_accounts *accounts, uint32_t index)
{
	const struct ward_entry *e = &accounts->list[index];

	return e->name_twice ?
	    ward_accounts_find(accounts, e->name, strlen(e->name)) :
	    index;
}

/* Put the index in, in its turn, and pair the one before with its double. */
static int
put_name(struct ward_accounts *accounts, uint32_t index)
{
	struct ward_table_put put;
	int r = ward_table_put_later(accounts->by_name, index, &put);

	if (r != 0 || put.index == put.there) {
		return r;
	}
	accounts->list[put.index].name_twice = 1;
	return ward_peers_pair(accounts->peers, WARD_PEER_NAME, put.there,
	    put.index);
}

static int
put_print(struct ward_accounts *accounts, uint32_t index)
{
	struct ward_table_put put;
	int r = ward_table_put_later(accounts->by_print, index, &put);

	return r != 0 || put.index == put.there ?
	    r :
	    ward_peers_pair(accounts->peers, WARD_PEER_HASH, put.there,
		put.index);
}

int
ward_accounts_flush(struct ward_accounts *accounts)
{
	int r = put_name(accounts, WARD_TABLE_NONE);

	return r != 0 ? r : put_print(accounts, WARD_TABLE_NONE);
}

/* See whether another account has the same hash. A lock mark before it does
 * not make it another. */
static int
keep_print(struct ward_accounts *accounts, uint32_t index, const char *field,
    enum ward_password_state state)
{
	const char *hash = field + strspn(field, "!*");

	if (state != WARD_PASSWORD_USABLE && state != WARD_PASSWORD_LOCKED) {
		return 0;
	}
	accounts->prints[index] = ward_hash(&accounts->print_key, hash,
	    strlen(hash));
	return put_print(accounts, index);
}

/* Take what the field tells; of the field itself nothing is kept. */
static int
take_field(struct ward_accounts *accounts, uint32_t index, const char *field)
{
	struct ward_entry *e = &accounts->list[index];
	struct ward_password_fact fact = ward_password_field(field);

	e->state = fact.state;
	e->scheme = fact.scheme;
	e->cost = (uint32_t)fact.cost.value;
	e->cost_known = fact.cost.known;
	e->strange = fact.strange;
	if (accounts->marks != NULL) {
		accounts->marks[index] = ward_password_mark(field);
	}
	if (accounts->guesser != NULL) {
		e->guess = ward_guesser_try(accounts->guesser, index, e->name,
		    field, &fact);
	}
	return keep_print(accounts, index, field, e->state);
}

/* Does the C library look into shadow(5) for a field like this? "x" and
 * "##name" are pam_unix(8)'s, "*NP*" is that of NIS+. */
static bool
is_shadowed(const char *password, const char *name)
{
	return strcmp(password, "x") == 0 || strcmp(password, "*NP*") == 0 ||
	    (strncmp(password, "##", 2) == 0 &&
		strcmp(password + 2, name) == 0);
}

/* A home is most often DIRECTORY/NAME: then only the directory is kept. */
static int
keep_home(struct ward_accounts *accounts, struct ward_entry *e,
    const char *home)
{
	size_t size = strlen(home), name_size = strlen(e->name);

	if (name_size > 0 && size > name_size &&
	    home[size - name_size - 1] == '/' &&
	    strcmp(home + size - name_size, e->name) == 0) {
		size -= name_size + 1;
		e->home_by_name = 1;
	}
	return ward_strings_keep(accounts->homes, home, size, &e->home);
}

static int
make_mark(struct ward_accounts *accounts)
{
	uint64_t *marks = ward_grow(accounts->marks, accounts->count,
	    &accounts->mark_room, sizeof(*marks));

	if (marks == NULL) {
		return WARD_ERR_NOMEM;
	}
	accounts->marks = marks;
	marks[accounts->count] = 0;
	return 0;
}

static int
make_room(struct ward_accounts *accounts)
{
	uint64_t *prints;
	struct ward_entry *list;

	if (accounts->marked && make_mark(accounts) != 0) {
		return WARD_ERR_NOMEM;
	}
	prints = ward_grow(accounts->prints, accounts->count,
	    &accounts->print_room, sizeof(*prints));
	if (prints == NULL) {
		return WARD_ERR_NOMEM;
	}
	accounts->prints = prints;
	list = ward_grow(accounts->list, accounts->count, &accounts->room,
	    sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	accounts->list = list;
	return 0;
}

/* Fill the entry, except for what needs it to be in the list. */
static int
fill(struct ward_accounts *accounts, const struct ward_passwd_line *line,
    struct ward_entry *e)
{
	int r;

	*e = (struct ward_entry){ .uid = line->uid,
		.gid = line->gid,
		.line = line->line };
	e->name = ward_pool_copy(accounts->pool, line->name,
	    strlen(line->name));
	if (e->name == NULL) {
		return WARD_ERR_NOMEM;
	}
	e->shadowed = is_shadowed(line->password, line->name);
	r = keep_home(accounts, e, line->home);
	if (r != 0) {
		return r;
	}
	return ward_strings_keep(accounts->shells, line->shell,
	    strlen(line->shell), &e->shell);
}

int
ward_accounts_add(struct ward_accounts *accounts,
    const struct ward_passwd_line *line, uint32_t *ret_index)
{
	uint32_t index = accounts->count, first;
	struct ward_entry *e;
	int r;

	if (make_room(accounts) != 0) {
		return WARD_ERR_NOMEM;
	}
	e = &accounts->list[index];
	r = fill(accounts, line, e);
	if (r != 0) {
		return r;
	}
	accounts->count++;
	r = put_name(accounts, index);
	if (r == 0) {
		r = ward_numbers_put(accounts->by_uid, e->uid, index, &first);
	}
	if (r == 0 && first != index) {
		e->uid_twice = 1;
		r = ward_peers_pair(accounts->peers, WARD_PEER_UID, first,
		    index);
	}
	if (r == 0 && accounts->guesser != NULL) {
		r = ward_guesser_comment(accounts->guesser, index,
		    line->comment);
	}
	if (r == 0 && !e->shadowed) {
		r = take_field(accounts, index, line->password);
	}
	if (r == 0) {
		*ret_index = index;
	}
	return r;
}

int
ward_accounts_want_aging(struct ward_accounts *accounts)
{
	/* calloc(0) may be NULL without there being no memory. */
	accounts->aging = calloc((size_t)accounts->count + 1,
	    sizeof(*accounts->aging));
	return accounts->aging == NULL ? WARD_ERR_NOMEM : 0;
}

int
ward_accounts_set_aging(struct ward_accounts *accounts, uint32_t index,
    const struct ward_aging *aging, const char *field)
{
	accounts->aging[index] = *aging;
	/* Nobody logs in by the hash of an account that is not shadowed. */
	return accounts->list[index].shadowed ?
	    take_field(accounts, index, field) :
	    0;
}

const struct ward_aging *
ward_accounts_aging(const struct ward_accounts *accounts, uint32_t index)
{
	const struct ward_aging *aging;

	if (accounts->aging == NULL || !accounts->list[index].shadowed) {
		return NULL;
	}
	aging = &accounts->aging[ward_accounts_main(accounts, index)];
	return aging->line == 0 ? NULL : aging;
}

/* The entry whose password field holds for this one; NULL where the field of
 * shadow(5) was not looked at. */
static const struct ward_entry *
find_told(const struct ward_accounts *accounts, uint32_t index)
{
	const struct ward_entry *e = &accounts->list[index];

	if (e->shadowed && e->name_twice) {
		e = &accounts->list[ward_accounts_main(accounts, index)];
		return e->shadowed ? e : NULL;
	}
	return e;
}

struct ward_password_fact
ward_accounts_fact(const struct ward_accounts *accounts, uint32_t index)
{
	const struct ward_entry *e = find_told(accounts, index);

	if (e == NULL) {
		return (struct ward_password_fact){
			.state = WARD_PASSWORD_UNKNOWN
		};
	}
	return (struct ward_password_fact){ .state = e->state,
		.scheme = e->scheme,
		.strange = e->strange,
		.cost = { e->cost_known, e->cost } };
}

uint64_t
ward_accounts_mark(const struct ward_accounts *accounts, uint32_t index)
{
	const struct ward_entry *e = find_told(accounts, index);

	return e == NULL || accounts->marks == NULL ?
	    0 :
	    accounts->marks[e - accounts->list];
}

enum ward_guess
ward_accounts_guess(const struct ward_accounts *accounts, uint32_t index)
{
	const struct ward_entry *e = find_told(accounts, index);

	return e == NULL ? WARD_GUESS_NOT_TRIED : e->guess;
}

void
ward_accounts_used(struct ward_accounts *accounts, uint32_t index,
    uint32_t seconds, enum ward_file file)
{
	struct ward_entry *e = &accounts->list[index];

	if (e->use != WARD_USE_SEEN || seconds > e->last_use) {
		e->use = WARD_USE_SEEN;
		e->last_use = seconds;
		e->use_file = file;
	}
}

void
ward_accounts_settle(struct ward_accounts *accounts)
{
	free_prints(accounts);
	ward_notes_sort(&accounts->notes);
}
