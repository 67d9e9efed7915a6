/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about the ways by which an account is privileged. */
#include "check_common.h"

/* Each limited rule of sudo or doas that gives more than it seems to is a finding of its
 * own, at its own line; an account whose rules give just that passes once. */
int
ward_check_minimum(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	size_t rules = 0, excesses = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < a->path_count; i++) {
		const struct ward_path *path = &a->paths[i];

		rules += path->kind == WARD_PATH_SUDO ||
		    path->kind == WARD_PATH_DOAS;
		if (path->excess == WARD_REASON_NONE) {
			continue;
		}
		excesses++;
		c->finding.observed = path->detail;
		c->finding.detail = path->excess_detail;
		r = ward_case_say(c, WARD_FAIL, path->excess, path->source);
	}
	if (r != 0 || excesses > 0) {
		return r;
	}
	return rules > 0 ?
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry) :
	    ward_case_notapplicable(c, WARD_REASON_NO_RULE);
}
