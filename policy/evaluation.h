/* SPDX-License-Identifier: BSD-2-Clause */
/* What struct ward_evaluation is: between evaluate*.c, check_candidate.c,
 * check_service.c, opinion.c and select.c only. */
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
	/* The same for services, of whatever class. */
	uint32_t by_service[WARD_RULE_COUNT];
	bool unset_service[WARD_RULE_COUNT];
	/* Of the accounts so far that people or programs log in to; 0: none. */
	size_t shortest_name;
	bool same_door; /* pam_acctward.so holds to this very plan */
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

/* By the plan's i-th binding. */
void ward_case_prepare(struct ward_case *c, enum ward_rule_id rule, size_t i);
/* By what that asks of accounts of another class. */
void ward_case_ask(struct ward_case *c, enum ward_class class);

/* evaluate_service.c */

bool ward_rule_is_of_services(enum ward_rule_id rule);
/* Go by what the case's binding asks of accounts of that class of which it asks
 * most: by the setting, or, for WARD_SETTING_COUNT, by who asks. False: it
 * gives no number for any. */
bool ward_case_ask_most(struct ward_case *c, enum ward_setting_id setting);
/* Is the one number at least as strict as the other? */
bool ward_setting_as_strict(enum ward_setting_id setting, int64_t number,
    int64_t than);
/* Does it ask for the rule in this class, and give not all that it takes? */
bool ward_service_lacks(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class, bool lacks);

/* select.c */

/* Is it about the selected account? NULL: about none. */
bool ward_evaluation_selects(struct ward_evaluation *e, const char *name);
/* With one account selected, the rules are those asked of its class; what is
 * asked of the host is not asked of it. */
void ward_evaluation_note_asked(struct ward_evaluation *e,
    enum ward_class class);

#endif
