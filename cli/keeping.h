/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is privileged, noted down for the log-in door. */
#ifndef WARD_KEEPING_H
#define WARD_KEEPING_H

#include "cli/cli.h"
#include "state/state.h"

struct ward_keeping {
	char **names;
	unsigned int *ways; /* of each */
	size_t count, room;
	enum ward_language language;
};

/* 0 or WARD_ERR_NOMEM. */
int ward_keeping_note(struct ward_keeping *keeping,
    const struct ward_account *account);
/* Keep them below the root. `incomplete`: there may be more, so that nobody
 * who was kept before is dropped, unless they are to `replace` the list; that
 * is told, and so is who is dropped. */
int ward_keeping_put(const struct ward_keeping *keeping, const char *root,
    bool incomplete, bool replace, struct ward_error *err);
void ward_keeping_free(struct ward_keeping *keeping);

#endif
