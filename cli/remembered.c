/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/remembered.h"

#include <stdlib.h>
#include <string.h>

#define DIRECTORY "/var/lib/acctward"

static bool
is_silent(int r)
{
	return r == WARD_ERR_MISSING || r == WARD_ERR_DENIED;
}

/* A detail of facts: the same in every language. */
static const char *
why_not(int r)
{
	switch (r) {
	case WARD_ERR_DENIED:
		return ward_why_denied;
	case WARD_ERR_UNSAFE:
		return N_("others may write it, or it is not root's");
	case WARD_ERR_SYNTAX:
		return N_("it is damaged");
	default:
		return N_("the file can't be read");
	}
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
take_kept(void *arg, const char *name, unsigned int ways)
{
	struct ward_remembered *remembered = arg;

	if ((ways & WARD_WAYS_KEPT) == 0) {
		return 0;
	}
	if (remembered->kept_count == remembered->kept_room) {
		const size_t room = remembered->kept_room * 2 + 64;
		char **kept = reallocarray(remembered->kept, room,
		    sizeof(*kept));

		if (kept == NULL) {
			return WARD_ERR_NOMEM;
		}
		remembered->kept = kept;
		remembered->kept_room = room;
	}
	remembered->kept[remembered->kept_count] = strdup(name);
	return remembered->kept[remembered->kept_count] == NULL ?
	    WARD_ERR_NOMEM :
	    (remembered->kept_count++, 0);
}

/* By a list that can't be read nobody is kept: the door lets nobody in. */
static int
find_kept(struct ward_remembered *remembered)
{
	int r = ward_privileges_each(remembered->tallies.state, take_kept,
	    remembered, NULL);

	if (remembered->kept_count > 0) {
		qsort(remembered->kept, remembered->kept_count,
		    sizeof(remembered->kept[0]), by_name);
	}
	return r == WARD_ERR_NOMEM ? r : 0;
}

int
ward_remembered_open(const char *root, struct ward_moment now,
    struct ward_remembered *ret_remembered, struct ward_error *err)
{
	struct ward_error why = { .language = ward_error_language(err) };
	int r;

	*ret_remembered = (struct ward_remembered){ .now = now.seconds,
		.language = why.language };
	r = ward_tallies_open(root, &ret_remembered->tallies, &why);
	if (r == 0) {
		r = find_kept(ret_remembered);
	}
	if (r == WARD_ERR_NOMEM) {
		return ward_error_set(err, r, "no memory");
	}
	if (r != 0 && !is_silent(r)) {
		ret_remembered->why = why_not(r);
		(void)ward_say_error("warning: what the log-in door remembers "
				     "is not known: %s",
		    why.text);
	}
	return 0;
}

void
ward_remembered_free(struct ward_remembered *remembered)
{
	ward_tallies_free(&remembered->tallies);
	for (size_t i = 0; i < remembered->kept_count; i++) {
		free(remembered->kept[i]);
	}
	free(remembered->kept);
}

bool
ward_remembered_any(const struct ward_remembered *remembered)
{
	return remembered->tallies.state != NULL || remembered->why != NULL;
}

/* Who could write the file could have taken a mark out of it. */
static void
forget(struct ward_account *account, const char *why, const char *file)
{
	account->temporary_why = why;
	account->record = (struct ward_source){ .file = file };
}

static bool
is_kept(const struct ward_remembered *remembered, const char *name)
{
	unsigned int ways = 0;
	char path[WARD_TALLY_PATH_SIZE];

	/* One that no list has room for. */
	if (ward_tally_path(name, path) != 0) {
		return remembered->tallies.state != NULL &&
		    ward_privileges_find(remembered->tallies.state, name, &ways,
			NULL) == 0 &&
		    (ways & WARD_WAYS_KEPT) != 0;
	}
	return remembered->kept_count > 0 &&
	    bsearch(&name, remembered->kept, remembered->kept_count,
		sizeof(remembered->kept[0]), by_name) != NULL;
}

void
ward_remembered_add(void *arg, struct ward_account *account, uint64_t mark)
{
	struct ward_remembered *remembered = arg;
	struct ward_error why = { .language = remembered->language };
	struct ward_marks marks;
	int r;

	account->privileged_kept = is_kept(remembered, account->name);
	if (remembered->why != NULL) {
		forget(account, remembered->why, DIRECTORY);
	}
	if (!ward_tallies_has(&remembered->tallies, account->name) ||
	    ward_tally_path(account->name, remembered->path) != 0) {
		return;
	}
	r = ward_tally_peek(remembered->tallies.state, account->name, &marks,
	    &why);
	if (r == 0) {
		ward_marks_add(&marks, mark, remembered->now, remembered->path,
		    account);
		return;
	}
	if (r != WARD_ERR_MISSING) {
		forget(account, why_not(r), remembered->path);
	}
	if (!is_silent(r)) {
		ward_progress_wipe();
		(void)ward_say_error("warning: what the log-in door remembers "
				     "is not known: %s",
		    why.text);
	}
}
