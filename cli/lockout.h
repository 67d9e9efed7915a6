/* SPDX-License-Identifier: BSD-2-Clause */
/* What the verbs about failed log-ins have in common. */
#ifndef WARD_CLI_LOCKOUT_H
#define WARD_CLI_LOCKOUT_H

#include "cli/cli.h"
#include "report/report.h"

/* Failed log-ins of a host, and the plan that they are held against: the one
 * that --plan names, else the one in force at log-in. */
struct ward_lockouts {
	const struct ward_options *options;
	struct ward_state *state;     /* NULL: nothing was ever recorded */
	struct ward_order *order;     /* NULL: none could be found */
	struct ward_plan *named;      /* of --plan */
	const struct ward_plan *plan; /* one of these, or NULL */
	struct ward_host host;        /* as the accounts are classed by */
	char name[256];               /* of the running host, or "" */
	struct ward_moment now;
	struct ward_instant instant;
};

/* Without `needs_plan`, one that can't be used is told, and `plan` is NULL. */
int ward_lockouts_open(const struct ward_options *options,
    enum ward_state_use use, bool needs_plan,
    struct ward_lockouts *ret_lockouts, struct ward_error *err);
void ward_lockouts_close(struct ward_lockouts *lockouts);

/* An account, what is asked of it and, where it has a file, what that says. */
struct ward_lockout_case {
	struct ward_lockout lockout; /* view: that below */
	struct ward_tally_view view;
	struct ward_tally *tally; /* NULL: it has no file */
};

/* The name has to outlive it. Errors are those of ward_tally_open() but
 * WARD_ERR_MISSING: whether there is such an account is in the case. */
int ward_lockout_find(struct ward_lockouts *lockouts, const char *name,
    enum ward_tally_use use, struct ward_lockout_case *ret_case,
    struct ward_error *err);
void ward_lockout_end(struct ward_lockout_case *found);

/* actor.c */
#define WARD_ACTOR_SIZE 128
/* Who does it: the one who has logged in, whatever became of them since and
 * whatever the environment says; else who runs this. */
void ward_actor(char name[WARD_ACTOR_SIZE]);

#endif
