/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/keeping.h"

#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static int
grow(struct ward_keeping *keeping)
{
	const size_t room = keeping->room * 2 + 64;
	char **names = reallocarray(keeping->names, room, sizeof(*names));
	unsigned int *ways;

	if (names == NULL) {
		return WARD_ERR_NOMEM;
	}
	keeping->names = names;
	ways = reallocarray(keeping->ways, room, sizeof(*ways));
	if (ways == NULL) {
		return WARD_ERR_NOMEM;
	}
	keeping->ways = ways;
	keeping->room = room;
	return 0;
}

int
ward_keeping_note(struct ward_keeping *keeping,
    const struct ward_account *account)
{
	unsigned int ways = 0;
	char *name;

	if (keeping->count == keeping->room && grow(keeping) != 0) {
		return WARD_ERR_NOMEM;
	}
	name = strdup(account->name);
	if (name == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (size_t i = 0; i < account->path_count; i++) {
		ways |= 1u << account->paths[i].kind;
	}
	keeping->names[keeping->count] = name;
	keeping->ways[keeping->count++] = ways;
	return 0;
}

static int
put(const struct ward_keeping *keeping, struct ward_state *state, bool adds,
    struct ward_error *err)
{
	struct ward_privilege *list = calloc(keeping->count + 1, sizeof(*list));
	int r;

	if (list == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	for (size_t i = 0; i < keeping->count; i++) {
		list[i] = (struct ward_privilege){ keeping->names[i],
			keeping->ways[i] };
	}
	r = ward_privileges_keep(state, list, keeping->count, adds, err);
	free(list);
	return r;
}

static bool
has(const struct ward_keeping *keeping, const char *name)
{
	for (size_t i = 0; i < keeping->count; i++) {
		if (strcmp(keeping->names[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Of a name the door heeds no more than the ways that are kept for it. */
static int
take_old(void *arg, const char *name, unsigned int ways)
{
	const struct ward_keeping *keeping = arg;
	char shown[WARD_CLEAN_SIZE];

	if ((ways & WARD_WAYS_KEPT) != 0 && !has(keeping, name)) {
		ward_clean_text(name, shown, sizeof(shown));
		(void)ward_say_error("no longer kept as privileged: %s", shown);
	}
	return 0;
}

/* Whoever is about to be dropped, while it can still be told. */
static void
tell_dropped(const struct ward_keeping *keeping, struct ward_state *state)
{
	struct ward_error why = { .language = keeping->language };

	if (ward_privileges_each(state, take_old, (void *)(uintptr_t)keeping,
		&why) != 0) {
		(void)ward_say_error("warning: who was kept as privileged "
				     "before is not known: %s",
		    why.text);
	}
}

/* A name for which there is no room in the list, nor in any file. */
static void
warn_of_long(const struct ward_keeping *keeping)
{
	char path[WARD_TALLY_PATH_SIZE], shown[WARD_CLEAN_SIZE];

	for (size_t i = 0; i < keeping->count; i++) {
		if (ward_tally_path(keeping->names[i], path) != 0) {
			ward_clean_text(keeping->names[i], shown,
			    sizeof(shown));
			(void)ward_say_error("warning: the name is too long to "
					     "be kept; the log-in door takes "
					     "every such account for "
					     "privileged: %s",
			    shown);
		}
	}
}

int
ward_keeping_put(const struct ward_keeping *keeping, const char *root,
    bool incomplete, bool replace, struct ward_error *err)
{
	struct ward_state *state = NULL;
	int r = ward_state_open(root, WARD_STATE_KEEP, &state, err);

	if (r == 0 && replace) {
		tell_dropped(keeping, state);
	}
	if (r == 0) {
		r = put(keeping, state, incomplete && !replace, err);
	}
	ward_state_close(state);
	if (r != 0) {
		return r;
	}
	warn_of_long(keeping);
	if (incomplete && replace) {
		(void)ward_say_error("warning: the list is not complete: who "
				     "is privileged by what could not be read "
				     "is not kept");
	} else if (incomplete) {
		(void)ward_say_error("warning: the list is not complete: who "
				     "was kept as privileged before stays so; "
				     "to keep no more than what is listed: "
				     "acctward privileged --keep --replace");
	}
	return 0;
}

void
ward_keeping_free(struct ward_keeping *keeping)
{
	for (size_t i = 0; i < keeping->count; i++) {
		free(keeping->names[i]);
	}
	free(keeping->names);
	free(keeping->ways);
}
