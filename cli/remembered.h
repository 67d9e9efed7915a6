/* SPDX-License-Identifier: BSD-2-Clause */
/* What the log-in door remembers of accounts, added to what their files say. */
#ifndef WARD_REMEMBERED_H
#define WARD_REMEMBERED_H

#include "cli/tallies.h"

struct ward_remembered {
	struct ward_tallies tallies;
	int64_t now;
	enum ward_language language;
	const char *why; /* why nothing is known of anybody, or NULL */
	char **kept;     /* in order: the names of who is kept as privileged */
	size_t kept_count, kept_room;
	char path[WARD_TALLY_PATH_SIZE]; /* of the account's file */
};

/* Look below the root, for that moment. Where there is nothing, or the caller
 * may not look, nothing is remembered; what else keeps one from knowing is told
 * as a warning, and makes the facts not known. Free it in any case. */
int ward_remembered_open(const char *root, struct ward_moment now,
    struct ward_remembered *ret_remembered, struct ward_error *err);
void ward_remembered_free(struct ward_remembered *remembered);
/* May there be anything of anybody? */
bool ward_remembered_any(const struct ward_remembered *remembered);
/* As struct ward_collect_options asks for it; arg is a struct ward_remembered.
 * What is added holds until the next call. */
void ward_remembered_add(void *arg, struct ward_account *account,
    uint64_t mark);

#endif
