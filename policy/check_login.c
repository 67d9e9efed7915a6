/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about log-ins. */
#include "check_common.h"

/* Guesses at an account that lets nobody in tell of nothing but the network. */
int
ward_check_failures(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	uint32_t max = 0;
	int said;

	if (ward_case_not_open(c, &said)) {
		return said;
	}
	if (!a->failures.known) {
		return ward_case_lacks(c, N_("how often a log-in failed"),
		    a->failure_source, a->failure_why);
	}
	(void)ward_case_number(c, WARD_SET_LOGIN_FAILURES_MAX, &max);
	ward_case_observe(c, a->failures.value, max, "failures");
	if (a->failures.value <= max) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE,
		    a->failure_source);
	}
	ward_moment_format((struct ward_moment){ a->last_failure, 0 },
	    c->detail);
	c->finding.detail = c->detail;
	return ward_case_say(c, WARD_FAIL, WARD_REASON_FAILURES_MANY,
	    a->failure_source);
}
