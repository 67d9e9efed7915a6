/* SPDX-License-Identifier: BSD-2-Clause */
/* What is found of a service's claims: between check_service.c and opinion.c. */
#ifndef WARD_OPINION_H
#define WARD_OPINION_H

#include "check.h"

/* What a rule asks of a claim, and what to say where it is not so. */
struct ward_service_demand {
	enum ward_claim_id claim;
	enum ward_setting_id setting; /* WARD_SETTING_COUNT: no number */
	enum ward_reason_id broken, less;
	enum ward_reason_id root; /* of root alone; NONE: as of everybody */
	bool resets; /* asked of root where it sets others' passwords */
};

/* What is found of it. */
struct ward_opinion {
	const struct ward_service_demand *demand;
	const struct ward_claim *claim;
	enum ward_verdict verdict;
	enum ward_reason_id reason;
	bool by_door; /* pam_acctward.so sees to it */
};

/* Of users, or of root. */
struct ward_opinion ward_opinion_of(struct ward_case *c,
    const struct ward_service_demand *demand, enum ward_claimant who);
/* Of users, and then of root: where both break it, users are told of. */
struct ward_opinion ward_opinion_of_both(struct ward_case *c,
    const struct ward_service_demand *demand);
/* What counts for more: that it is broken, then that it is not known. */
struct ward_opinion ward_opinion_worse(struct ward_opinion a,
    struct ward_opinion b);
int ward_opinion_say(struct ward_case *c, const struct ward_opinion *o);

#endif
