/* SPDX-License-Identifier: BSD-2-Clause */
/* What the verbs that look at hosts have in common: plan, facts, output. */
#ifndef WARD_SESSION_H
#define WARD_SESSION_H

#include "cli/remembered.h"
#include "collect/collect.h"

/* The facts of a host: of this one or one below a root, or of a snapshot. */
struct ward_session {
	const struct ward_options *options;
	struct ward_plan *plan;
	struct ward_collection *collection;
	struct ward_remembered *remembered; /* NULL: nothing of this host is */
	struct ward_snapshot *snapshot;
	size_t host, host_count; /* which of how many; more by --facts only */
	char **names;            /* of those before this one */
	struct ward_output output;
	bool streams; /* the verb writes while facts are handed on */
};

/* Load the plan that the options choose. Without `needed`, none chosen is no
 * error, and *ret_plan stays as it is. */
int ward_session_plan(const struct ward_options *options, bool needed,
    struct ward_plan **ret_plan, struct ward_error *err);

/* Is it one to judge by? WARD_ERR_MISSING: it is a reference. */
int ward_session_check_plan(const struct ward_plan *plan,
    struct ward_error *err);

/* Load the plan, collect the facts or open the first snapshot, open the
 * output, in that order: nothing is written when one of them fails. Without
 * `needs_plan`, no plan chosen is no error, and session->plan stays NULL. */
int ward_session_begin(const struct ward_options *options, bool needs_plan,
    struct ward_session *ret_session, struct ward_error *err);
/* Go on to the next host. 1: there is one; 0: that was the last. */
int ward_session_next(struct ward_session *session, struct ward_error *err);
/* Free it all. r is how it went so far, and is returned; where the output is
 * what failed, the error says so. */
int ward_session_end(struct ward_session *session, int r,
    struct ward_error *err);

const struct ward_host *ward_session_host(const struct ward_session *session);
/* Hand on the facts of the host, once. */
int ward_session_each(struct ward_session *session,
    const struct ward_visitor *visitor, struct ward_error *err);

#endif
