/* SPDX-License-Identifier: BSD-2-Clause */
/* nsswitch.conf(5): where else accounts, groups and sudo rules come from. */
#ifndef WARD_NSSWITCH_H
#define WARD_NSSWITCH_H

#include "collect/base/pool.h"
#include "policy/policy.h"

/* Each is the first source that is no file of the host ("sss"), or NULL. */
struct ward_nsswitch {
	const char *users;
	const char *groups; /* or memberships of them */
	const char *rules;
	uint32_t rules_line;
};

/* Takes the descriptor. The names are kept in the pool. 0, WARD_ERR_NOMEM or
 * WARD_ERR_IO (errno is set). */
int ward_nsswitch_read(int fd, struct ward_pool *pool,
    struct ward_nsswitch *ret_nsswitch);

#endif
