/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/locks.h"

static void
forget(struct ward_locks *locks, const struct ward_error *err)
{
	locks->known = false;
	(void)ward_say_error("warning: which accounts are locked is not "
			     "known: %s",
	    err->text);
}

/* By the clock of --as-of there is no boot: only the time that people set. */
static int
find_now(const struct ward_options *options, struct ward_instant *ret_now,
    struct ward_error *err)
{
	struct ward_moment moment;
	int r;

	if (options->as_of == NULL) {
		return ward_instant_now(ret_now, err);
	}
	r = ward_now(options, &moment, err);
	if (r == 0) {
		*ret_now = (struct ward_instant){ .wall = moment.seconds *
			    1000 };
	}
	return r;
}

/* Is it the caller who may not look, and nothing that stops the door? */
static bool
is_ours(int r)
{
	return r == WARD_ERR_DENIED || r == WARD_ERR_NOMEM;
}

static int
pass_by(void *arg, const char *name, unsigned int ways)
{
	(void)arg;
	(void)name;
	(void)ways;
	return 0;
}

/* It lets nobody in by a list that it can't read. Each account is looked up
 * near its own line: damage anywhere stops some of them. */
static int
check_list(struct ward_locks *locks, struct ward_error *why)
{
	return locks->tallies.state == NULL ?
	    0 :
	    ward_privileges_each(locks->tallies.state, pass_by, NULL, why);
}

int
ward_locks_open(const struct ward_options *options,
    struct ward_locks *ret_locks, struct ward_error *err)
{
	struct ward_locks *locks = ret_locks;
	struct ward_error why = { .language = ward_error_language(err) };
	int r;

	*locks = (struct ward_locks){ .known = options->facts == NULL,
		.language = why.language };
	if (!locks->known) {
		return 0;
	}
	r = find_now(options, &locks->now, err);
	if (r != 0) {
		return r;
	}
	r = ward_tallies_open(options->root, &locks->tallies, &why);
	if (r == WARD_ERR_MISSING) {
		return 0;
	}
	locks->known = r == 0;
	if (r == 0) {
		r = check_list(locks, &why);
	}
	if (r != 0 && !is_ours(r)) {
		(void)snprintf(locks->fault, sizeof(locks->fault), "%s",
		    why.text);
		return 0;
	}
	if (r == WARD_ERR_NOMEM) {
		return ward_error_set(err, r, "no memory");
	}
	if (r != 0) {
		forget(locks, &why);
	}
	return 0;
}

void
ward_locks_free(struct ward_locks *locks)
{
	ward_tallies_free(&locks->tallies);
}

/* Whoever has no name at all does not get as far as that. */
static bool
is_too_long(const char *name)
{
	char path[WARD_TALLY_PATH_SIZE];

	return *name != '\0' && ward_tally_path(name, path) != 0;
}

int64_t
ward_locks_left(struct ward_locks *locks, const char *name,
    const struct ward_limits *limits, char fault[768])
{
	struct ward_error why = { .language = locks->language };
	struct ward_tally_view view = { .locked = false };
	struct ward_tally *tally = NULL;
	struct ward_marks marks;
	int r;

	*fault = '\0';
	if (limits != NULL && is_too_long(name)) {
		(void)ward_error_set(&why, WARD_ERR_RANGE,
		    "its name is too long for a file of failed log-ins");
		(void)snprintf(fault, 768, "%s", why.text);
		return 0;
	}
	if (!locks->known || !ward_tallies_has(&locks->tallies, name)) {
		return 0;
	}
	r = ward_tally_open(locks->tallies.state, name, WARD_TALLY_LOOK, &tally,
	    &why);
	if (r == 0) {
		r = limits == NULL ?
		    ward_tally_marks(tally, &marks, &why) :
		    ward_tally_view(tally, limits, &locks->now, &view, &why);
	}
	ward_tally_close(tally);
	if (r != 0 && is_ours(r)) {
		forget(locks, &why);
	} else if (r != 0 && r != WARD_ERR_MISSING) {
		(void)snprintf(fault, 768, "%s", why.text);
	}
	return r == 0 && view.locked ? view.left : 0;
}
