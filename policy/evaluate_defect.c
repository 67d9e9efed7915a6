/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries that belong to no account, judged as such. */
#include "evaluation.h"

/* What could not be looked at is not known to be wrong. */
static bool
is_open(enum ward_reason_id reason)
{
	return reason == WARD_REASON_WELLFORMED_SUDOERS_OPEN ||
	    reason == WARD_REASON_WELLFORMED_DOAS_OPEN ||
	    reason == WARD_REASON_WELLFORMED_KEYS ||
	    reason == WARD_REASON_TRUSTED_UNREAD ||
	    reason == WARD_REASON_WELLFORMED_RECORD_FILE;
}

/* What ways to root there are can't be told: whether a rule hands out more
 * than it seems to can't either. */
static bool
is_of_privileges(enum ward_reason_id reason)
{
	return reason == WARD_REASON_WELLFORMED_SUDOERS ||
	    reason == WARD_REASON_WELLFORMED_SUDOERS_OPEN ||
	    reason == WARD_REASON_WELLFORMED_DOAS_OPEN;
}

/* It lets others into every account. */
static bool
is_everybodys(enum ward_reason_id reason)
{
	return reason == WARD_REASON_TRUSTED_HOST ||
	    reason == WARD_REASON_TRUSTED_UNREAD;
}

/* The binding, and the class of those for whom it asks most strongly; false:
 * for nobody. */
static bool
find_strongest(const struct ward_plan *plan, enum ward_rule_id rule,
    size_t *ret_binding, enum ward_class *ret_class)
{
	const struct ward_binding *binding;

	for (size_t i = 0; (binding = ward_plan_binding(plan, i)) != NULL;
	     i++) {
		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			if (ward_binding_enables(binding, rule, c)) {
				*ret_binding = i;
				*ret_class = c;
				return true;
			}
		}
	}
	return false;
}

static int
judge_defect(struct ward_evaluation *e, const struct ward_defect *defect,
    enum ward_rule_id rule, enum ward_verdict verdict,
    enum ward_reason_id reason)
{
	struct ward_case c = { .evaluation = e };
	size_t binding;

	if (!ward_selection_has_rule(&e->only, ward_rules[rule].id) ||
	    !find_strongest(e->plan, rule, &binding, &c.class)) {
		return 0;
	}
	if (binding >= WARD_REFERENCE && verdict != WARD_FAIL) {
		return 0;
	}
	e->summary.rules[rule].enabled |= binding < WARD_REFERENCE;
	ward_case_prepare(&c, rule, binding);
	c.finding.subject = defect->name == NULL || *defect->name == '\0' ?
	    (struct ward_subject){ .type = WARD_SUBJECT_HOST,
		    .name = e->host->name } :
	    (struct ward_subject){ .type = WARD_SUBJECT_ACCOUNT,
		    .name = defect->name };
	c.finding.detail = defect->detail;
	return ward_case_say(&c, verdict, reason, defect->source);
}

int
ward_evaluate_defect(struct ward_evaluation *evaluation,
    const struct ward_defect *defect)
{
	const enum ward_reason_id reason = defect->reason;
	int r;

	if (!is_everybodys(reason) &&
	    !ward_evaluation_selects(evaluation, defect->name)) {
		return 0;
	}
	r = judge_defect(evaluation, defect, ward_reasons[reason].rule,
	    is_open(reason) ? WARD_UNKNOWN : WARD_FAIL, reason);
	if (r == 0 && is_of_privileges(reason)) {
		r = judge_defect(evaluation, defect,
		    WARD_RULE_PRIVILEGED_MINIMUM, WARD_UNKNOWN,
		    WARD_REASON_MINIMUM_OPEN);
	}
	return r;
}
