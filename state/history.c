/* SPDX-License-Identifier: BSD-2-Clause */
/* The older passwords of one account. */
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "state/history_file.h"

/* What is kept of a password field, or NULL: no hash. An account's password
 * stays the same behind a lock mark. */
static const char *
hash_of(const char *field)
{
	const char *hash;

	if (field == NULL) {
		return NULL;
	}
	hash = field + strspn(field, "!*");
	return ward_history_is_hash(hash) ? hash : NULL;
}

/* The account's own file, or what it would begin with. `dir` -1: there is no
 * directory yet. */
static int
load(struct ward_history *history, const struct ward_state *state, int dir,
    const char *name, struct ward_error *err)
{
	int r = dir < 0 ? WARD_ERR_MISSING :
			  ward_history_read(history, dir, err);

	return r == WARD_ERR_MISSING ?
	    ward_history_take_over(history, state, name, err) :
	    r;
}

static int
check_older(uint32_t older, struct ward_error *err)
{
	return older <= WARD_OLDER_MAX ?
	    0 :
	    ward_error_set(err, WARD_ERR_RANGE,
		"no more than %d older passwords are kept", WARD_OLDER_MAX);
}

/* ---- which one is it? ----------------------------------------------------- */

struct search {
	const char *password;
	const char *current; /* its hash, or NULL */
	uint32_t older;
	/* What was found. */
	enum ward_reuse reuse;
	uint32_t at;
	bool strange;
};

/* Is it? It is the answer then. */
static int
compare(struct search *search, const char *hash, enum ward_reuse reuse,
    uint32_t at, struct ward_error *err)
{
	enum ward_match match = WARD_MATCH_UNKNOWN;
	int r = ward_password_match(hash, search->password, &match, err);

	if (r != 0) {
		return r;
	}
	if (match == WARD_MATCH_YES) {
		search->reuse = reuse;
		search->at = at;
	}
	search->strange |= match == WARD_MATCH_UNKNOWN;
	return 0;
}

/* Was the one at `i` looked at already? A file that people have written may
 * hold one twice. */
static bool
is_again(const struct search *search, const struct ward_history *history,
    size_t i)
{
	const char *hash = history->list[i].hash;

	if (search->current != NULL && strcmp(hash, search->current) == 0) {
		return true;
	}
	for (size_t n = 0; n < i; n++) {
		if (strcmp(hash, history->list[n].hash) == 0) {
			return true;
		}
	}
	return false;
}

static int
compare_older(struct search *search, const struct ward_history *history,
    struct ward_error *err)
{
	uint32_t at = 0;
	int r = 0;

	for (size_t i = 0; i < history->count && at < search->older && r == 0 &&
	     search->reuse == WARD_REUSE_NOT;
	     i++) {
		if (!is_again(search, history, i)) {
			at++;
			r = compare(search, history->list[i].hash,
			    WARD_REUSE_OLDER, at, err);
		}
	}
	return r;
}

/* Free it in any case. */
static int
open_history(struct ward_state *state, const char *name,
    struct ward_history **ret_history, struct ward_error *err)
{
	int dir = -1, r = ward_history_new(state, name, ret_history, err);

	if (r != 0) {
		return r;
	}
	r = ward_state_history(state, &dir, err);
	return r == 0 || r == WARD_ERR_MISSING ?
	    load(*ret_history, state, dir, name, err) :
	    r;
}

static int
find_older(struct search *search, struct ward_state *state, const char *name,
    struct ward_error *err)
{
	struct ward_history *history = NULL;
	int r = open_history(state, name, &history, err);

	if (r == 0) {
		search->strange |= history->strange;
		r = compare_older(search, history, err);
	}
	ward_history_free(history);
	return r;
}

int
ward_history_find(struct ward_state *state, const char *name, const char *field,
    uint32_t older, const char *password, enum ward_reuse *ret_reuse,
    uint32_t *ret_older, bool *ret_strange, struct ward_error *err)
{
	struct search search = { .password = password,
		.current = hash_of(field),
		.older = older,
		.reuse = WARD_REUSE_NOT };
	int r = check_older(older, err);

	if (r == 0 && search.current != NULL) {
		r = compare(&search, search.current, WARD_REUSE_CURRENT, 0,
		    err);
	} else if (field != NULL) {
		search.strange = ward_password_field(field).strange;
	}
	if (r == 0 && search.reuse == WARD_REUSE_NOT && older > 0) {
		r = find_older(&search, state, name, err);
	}
	if (r == 0) {
		*ret_reuse = search.reuse;
		*ret_older = search.at;
		*ret_strange = search.strange;
	}
	return r;
}

int
ward_history_check(struct ward_state *state, const char *name,
    struct ward_error *err)
{
	struct ward_history *history = NULL;
	int r = open_history(state, name, &history, err);

	ward_history_free(history);
	return r;
}

/* ---- one more ------------------------------------------------------------- */

/* Is there anything to write? */
static bool
keep(struct ward_history *history, const char *hash, uint32_t older)
{
	const struct ward_moment now = { .seconds = time(NULL) };
	char when[WARD_MOMENT_SIZE];
	bool changed = history->taken_over;

	if (history->count == 0 || strcmp(history->list[0].hash, hash) != 0) {
		ward_moment_format(now, when);
		ward_history_push(history, when, hash);
		changed = true;
	}
	if (history->count > (size_t)older + 1) {
		ward_history_cut(history, (size_t)older + 1);
		changed = true;
	}
	return changed;
}

static int
add(struct ward_history *history, const struct ward_state *state, int dir,
    const char *name, const char *hash, uint32_t older, bool durable,
    struct ward_error *err)
{
	int r = load(history, state, dir, name, err);

	if (r != 0) {
		return r;
	}
	return keep(history, hash, older) ?
	    ward_history_write(history, dir, durable, err) :
	    0;
}

int
ward_history_add(struct ward_state *state, const char *name, const char *field,
    uint32_t older, bool durable, struct ward_error *err)
{
	const char *hash = hash_of(field);
	struct ward_history *history = NULL;
	int dir = -1, lock = -1, r = check_older(older, err);

	if (r != 0 || hash == NULL) {
		return r;
	}
	r = ward_history_new(state, name, &history, err);
	if (r != 0) {
		return r;
	}
	r = state->use == WARD_STATE_KEEP ?
	    ward_state_history(state, &dir, err) :
	    ward_state_refuse(history->path, EROFS, err);
	if (r == 0) {
		r = ward_history_lock(history, dir, &lock, err);
	}
	if (r == 0) {
		r = add(history, state, dir, name, hash, older, durable, err);
	}
	if (lock >= 0) {
		(void)close(lock);
	}
	ward_history_free(history);
	return r;
}
