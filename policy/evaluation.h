/* SPDX-License-Identifier: BSD-2-Clause */
/* What struct ward_evaluation is: between evaluate.c, check_candidate.c and
 * select.c only. */
#ifndef WARD_EVALUATION_H
#define WARD_EVALUATION_H

#include "check.h"

struct ward_evaluation {
	const struct ward_plan *plan;
	const struct ward_host *host;
	ward_finding_fn *sink;
	void *arg;
	struct ward_selection only;
	struct ward_summary summary;
	/* By which bindings of the plan each rule is judged for an account of
	 * each class: bits, of 1 << i. */
	uint32_t judges[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	/* What a document that binds asks of each class. */
	bool asked[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	/* What is asked for with no number, so that nothing can be judged. */
	bool unset[WARD_CLASS_COUNT][WARD_RULE_COUNT];
};

/* evaluate.c */

/* A case of that account: what its class is, and who is told of. */
void ward_case_begin(struct ward_case *c, struct ward_evaluation *e,
    const struct ward_account *account);
/* By which bindings the rule can be judged for the class: bits, of 1 << i.
 * *ret_lacks: one that binds asks for it, and gives no number. */
uint32_t ward_evaluation_judges(const struct ward_plan *plan,
    enum ward_rule_id rule, enum ward_class class, bool *ret_lacks);
/* Judge it by these, the strongest first. */
int ward_case_judge(struct ward_case *c, enum ward_rule_id rule,
    uint32_t judges, ward_check_fn *check);

/* select.c */

/* Is it about the selected account? NULL: about none. */
bool ward_evaluation_selects(struct ward_evaluation *e, const char *name);
/* With one account selected, the rules are those asked of its class; what is
 * asked of the host is not asked of it. */
void ward_evaluation_note_asked(struct ward_evaluation *e,
    enum ward_class class);

#endif
