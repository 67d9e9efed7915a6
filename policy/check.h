/* SPDX-License-Identifier: BSD-2-Clause */
/* How a rule is judged: one account or service, one rule, and what can be said of it. */
#ifndef WARD_CHECK_H
#define WARD_CHECK_H

#include "policy.h"

struct ward_case {
	const struct ward_binding *binding; /* what is asked */
	const struct ward_account *account;
	const struct ward_service *service; /* in place of an account */
	/* Of a new password; NULL: what is asked of one. */
	const struct ward_candidate *candidate;
	enum ward_class class;
	int64_t today; /* the day judged for */
	/* What a check may fill in before it says its verdict. */
	struct ward_finding finding;
	char observed[128], required[512], detail[512];
	/* Where the verdict goes. */
	struct ward_evaluation *evaluation;
	enum ward_strength strength; /* with which it is asked */
	bool heard;                  /* by a stronger document: only failures */
	bool failed;                 /* with all of its strength */
	enum ward_reason_id said;    /* of the last failure */
};

/* A check says one verdict or more, and returns what the last call said. */
typedef int ward_check_fn(struct ward_case *c);

ward_check_fn ward_check_max_age, ward_check_min_age, ward_check_expiry_warning,
    ward_check_first_login, ward_check_password_required, ward_check_hash,
    ward_check_weak;
ward_check_fn ward_check_failures;
ward_check_fn ward_check_wellformed, ward_check_unique, ward_check_not_shared,
    ward_check_dormant, ward_check_expired, ward_check_disabled,
    ward_check_neutral_name, ward_check_home;
ward_check_fn ward_check_minimum, ward_check_trusted_hosts;
ward_check_fn ward_check_service_length, ward_check_service_classes,
    ward_check_service_name, ward_check_service_weak,
    ward_check_service_history, ward_check_service_change,
    ward_check_service_required, ward_check_service_lockout,
    ward_check_service_expired;

/* evaluate.c */
int ward_case_say(struct ward_case *c, enum ward_verdict verdict,
    enum ward_reason_id reason, struct ward_source source);
/* "`what` is not known, so the rule can't be judged" */
int ward_case_unknown(struct ward_case *c, const char *what,
    struct ward_source source);
/* Fill in what was observed, and what the plan asks, as numbers. */
void ward_case_observe(struct ward_case *c, int64_t observed, int64_t required,
    const char *unit);
/* The latter alone. */
void ward_case_require(struct ward_case *c, int64_t required, const char *unit);
/* Fill in how long it still holds: until the end of that day. */
void ward_case_days_left(struct ward_case *c, int64_t last_day);
/* The setting's number for the case's class, if the plan gives one; notes
 * where it is the agency's own. */
bool ward_case_number(struct ward_case *c, enum ward_setting_id setting,
    uint32_t *ret_number);

#endif
