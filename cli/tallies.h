/* SPDX-License-Identifier: BSD-2-Clause */
/* Which accounts the log-in door has a file of. */
#ifndef WARD_TALLIES_H
#define WARD_TALLIES_H

#include "cli/cli.h"
#include "state/state.h"

struct ward_tallies {
	struct ward_state *state; /* NULL: there is none */
	char **names;             /* in order */
	size_t count, room;
};

/* Look below the root, NULL: this host. The errors are ward_state_open()'s. */
int ward_tallies_open(const char *root, struct ward_tallies *ret_tallies,
    struct ward_error *err);
void ward_tallies_free(struct ward_tallies *tallies);
bool ward_tallies_has(const struct ward_tallies *tallies, const char *name);

#endif
