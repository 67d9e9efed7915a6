/* SPDX-License-Identifier: BSD-2-Clause */
/* Which accounts are locked now, by the tallies that the log-in door keeps. */
#ifndef WARD_LOCKS_H
#define WARD_LOCKS_H

#include "cli/tallies.h"

struct ward_locks {
	bool known;
	struct ward_instant now;
	enum ward_language language;
	struct ward_tallies tallies;
	char fault[768]; /* why the door can let nobody in, or "" */
};

/* Look below the root that the options name, for their moment; a snapshot
 * holds no tally. What keeps the caller from knowing is told as a warning; what
 * would keep the door from its work, too, is a fault. Free it in any case. */
int ward_locks_open(const struct ward_options *options,
    struct ward_locks *ret_locks, struct ward_error *err);
void ward_locks_free(struct ward_locks *locks);
/* Milliseconds until the account's lock ends; 0: it is not locked, or there are
 * no limits (NULL). `fault` gets why the door could not let it in, or "". */
int64_t ward_locks_left(struct ward_locks *locks, const char *name,
    const struct ward_limits *limits, char fault[768]);

#endif
