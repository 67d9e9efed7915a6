/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether anybody could set a new password. */
#ifndef WARD_CLI_CHANGING_H
#define WARD_CLI_CHANGING_H

#include "cli/cli.h"
#include "report/report.h"
#include "state/state.h"

struct ward_changing {
	bool known; /* it was looked at, and could be */
	char fault[768];
	char lacks[256];
	struct ward_changes changes; /* of these */
	struct ward_state *state;    /* NULL: nobody's history is asked for */
};

/* Open what a password is held against as the door does, on the host or below
 * the root that the options name; a snapshot has nothing of it. What keeps the
 * caller from knowing is told as a warning. Free it in any case. */
int ward_changing_look(const struct ward_options *options,
    const struct ward_plan *plan, struct ward_changing *ret_changing,
    struct ward_error *err);
void ward_changing_free(struct ward_changing *changing);
/* Why its own older passwords keep the account, as it is at log-in, from a new
 * one that others could set, or "". WARD_ERR_NOMEM. */
int ward_changing_own(const struct ward_changing *changing,
    const struct ward_plan *plan, enum ward_class class, const char *name,
    enum ward_language language, char fault[768]);

#endif
