/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/keeping.h"

#include <stdlib.h>
#include <string.h>

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

int
ward_keeping_put(const struct ward_keeping *keeping, const char *root,
    bool incomplete, struct ward_error *err)
{
	struct ward_state *state = NULL;
	int r = ward_state_open(root, WARD_STATE_KEEP, &state, err);

	if (r == 0) {
		r = put(keeping, state, incomplete, err);
	}
	ward_state_close(state);
	if (r == 0 && incomplete) {
		(void)ward_say_error("warning: the list is not complete: who "
				     "was kept as privileged before stays so");
	}
	return r;
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
