/* SPDX-License-Identifier: BSD-2-Clause */
/* What the verbs that look at a host have in common: plan, facts, output. */
#ifndef WARD_SESSION_H
#define WARD_SESSION_H

#include "cli/cli.h"
#include "collect/collect.h"

struct ward_session {
	struct ward_plan *plan;
	struct ward_collection *collection;
	struct ward_output output;
};

/* Load the plan, collect the facts, open the output, in that order: nothing
 * is written when one of them fails. Without `needs_plan`, no plan chosen is
 * no error, and session->plan stays NULL. */
int ward_session_begin(const struct ward_options *options, bool needs_plan,
    struct ward_session *ret_session, struct ward_error *err);
/* Free it all. r is how it went so far, and is returned; where the output is
 * what failed, the error says so. */
int ward_session_end(struct ward_session *session, int r,
    struct ward_error *err);

#endif
