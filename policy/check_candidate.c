/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules for a password that somebody wants to set. */
#include "evaluation.h"

int
ward_evaluate_candidate(struct ward_evaluation *evaluation,
    const struct ward_account *account, const struct ward_candidate *candidate)
{
	(void)evaluation;
	(void)account;
	(void)candidate;
	return 0;
}

int
ward_evaluate_demands(struct ward_evaluation *evaluation,
    const struct ward_account *account)
{
	(void)evaluation;
	(void)account;
	return 0;
}

bool
ward_plan_history(const struct ward_plan *plan, enum ward_class class,
    uint32_t *ret_older)
{
	(void)plan;
	(void)class;
	(void)ret_older;
	return false;
}

bool
ward_plan_holds_resets(const struct ward_plan *plan, enum ward_class class)
{
	(void)plan;
	(void)class;
	return true;
}
