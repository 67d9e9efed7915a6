/* SPDX-License-Identifier: BSD-2-Clause */
/* One user's question: by which rules does he get root? */
#ifndef WARD_SUDOERS_QUESTION_H
#define WARD_SUDOERS_QUESTION_H

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

struct ward_sudo_question {
	struct ward_sudoers *sudoers;
	const struct ward_sudo_user *user;
	const struct ward_sudo_world *world;
	uint32_t matched;             /* rules */
	struct ward_sudo_flags flags; /* by Defaults, for this user */
	const char *runas;            /* runas_default */
	struct ward_sudo_target runas_target;
	uint64_t runas_others, runas_steps; /* which of them it is */
	struct ward_sudo_target *targets;   /* that amount to root */
	uint32_t target_count, target_room;
	uint64_t taken; /* the turn that marks what is shown */
};

/* Mark each entry by which the user gets root: its `taken` is the question's,
 * its `shown` is what to show. 0 or WARD_ERR_NOMEM. */
int ward_sudo_ask(struct ward_sudo_question *q);
void ward_sudo_question_free(struct ward_sudo_question *q);

bool ward_sudo_allows(const struct ward_sudo_question *q,
    const struct ward_sudo_spec *spec, const struct ward_sudo_target *target);
/* The targets that amount to root and stand in the rules that match. */
int ward_sudo_find_targets(struct ward_sudo_question *q);

struct ward_sudo_target ward_sudo_target_of(const struct ward_sudo_user *user);
/* Fill others and steps of the rules, once. */
int ward_sudo_meet(struct ward_sudoers *sudoers,
    const struct ward_sudo_world *world);

#endif
