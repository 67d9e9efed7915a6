/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/tallies.h"

#include <stdlib.h>
#include <string.h>

static int
take_name(void *arg, const char *name)
{
	struct ward_tallies *tallies = arg;

	if (tallies->count == tallies->room) {
		size_t room = tallies->room * 2 + 64;
		char **names = reallocarray(tallies->names, room,
		    sizeof(*names));

		if (names == NULL) {
			return WARD_ERR_NOMEM;
		}
		tallies->names = names;
		tallies->room = room;
	}
	tallies->names[tallies->count] = strdup(name);
	return tallies->names[tallies->count] == NULL ? WARD_ERR_NOMEM :
							(tallies->count++, 0);
}

int
ward_tallies_open(const char *root, struct ward_tallies *ret_tallies,
    struct ward_error *err)
{
	struct ward_tallies tallies = { .state = NULL };
	int r = ward_state_open(root, WARD_STATE_LOOK, &tallies.state, err);

	if (r == 0) {
		r = ward_tally_each(tallies.state, take_name, &tallies, err);
	}
	if (r != 0) {
		ward_tallies_free(&tallies);
		return r == WARD_ERR_NOMEM ?
		    ward_error_set(err, r, "no memory") :
		    r;
	}
	*ret_tallies = tallies;
	return 0;
}

void
ward_tallies_free(struct ward_tallies *tallies)
{
	for (size_t i = 0; i < tallies->count; i++) {
		free(tallies->names[i]);
	}
	free(tallies->names);
	ward_state_close(tallies->state);
	*tallies = (struct ward_tallies){ .state = NULL };
}

static int
by_name(const void *name, const void *entry)
{
	return strcmp(name, *(char *const *)entry);
}

bool
ward_tallies_has(const struct ward_tallies *tallies, const char *name)
{
	return tallies->count > 0 &&
	    bsearch(name, tallies->names, tallies->count,
		sizeof(tallies->names[0]), by_name) != NULL;
}
