/* SPDX-License-Identifier: BSD-2-Clause */
/* Accounts that have ended, or whose password has to be changed first. */
#include "collect/pam/service.h"

struct asked {
	enum ward_claim_id claim;
	int account; /* as in struct ward_pam_world */
	size_t ends; /* how many of `ends` break it */
	const char *none, *ignored;
};

static const struct ward_pam_end ends[] = {
	{ WARD_PAM_SUCCESS, 0, 0 },
	{ WARD_PAM_NEW_AUTHTOK_REQD, 0, 0 },
};

static const struct asked all[] = {
	{ WARD_CLAIM_ENDED, WARD_ACCOUNT_ENDED, 2,
	    NC_("detail", "no line asks whether the account has ended"),
	    NC_("detail",
		"that the account has ended is told here, and not heeded") },
	{ WARD_CLAIM_CHANGE, WARD_ACCOUNT_MUST_CHANGE, 1,
	    NC_("detail",
		"no line asks whether the password has to be changed"),
	    NC_("detail",
		"that the password has to be changed is told here, and not "
		"heeded") },
};

static void
blame(struct ward_claim *claim, const struct asked *asked,
    const struct ward_pam_case *c, const struct ward_pam_breach *b)
{
	struct ward_pam_case fine = *c;

	claim->why = asked->none;
	ward_pam_claim_at(claim, c->side, ward_pam_breach_let(c, b));
	fine.world.account = WARD_ACCOUNT_FINE;
	for (size_t i = 0; i < b->count; i++) {
		uint32_t line = b->steps[i].handler;

		if (ward_pam_case_refuses(c, line, 0) &&
		    !ward_pam_case_refuses(&fine, line, 0)) {
			claim->why = asked->ignored;
			ward_pam_claim_at(claim, c->side, line);
			return;
		}
	}
}

static void
judge(struct ward_pam_judge *j, const struct asked *asked, bool lets_in)
{
	struct ward_pam_case c = ward_pam_case_new(j, WARD_PAM_ACCOUNT, 0);
	struct ward_claim *claim = ward_pam_claim(j, asked->claim);
	struct ward_pam_breach b;

	c.world.account = asked->account;
	b = ward_pam_case_look(j, &c, ends, asked->ends);
	if (!lets_in && b.outcome == WARD_OUTCOME_HOLDS) {
		claim->proof = WARD_PROOF_NONE;
		return;
	}
	ward_pam_claim_tell(j, asked->claim, &c, &b);
	if (b.outcome == WARD_OUTCOME_BREAKS) {
		blame(claim, asked, &c, &b);
	} else if (b.outcome == WARD_OUTCOME_HOLDS) {
		ward_pam_claim_at(claim, c.side, ward_pam_case_refuser(&c));
	}
	if (!c.side->has_ours) {
		return;
	}
	c.world.without_ours = false;
	c.holds = ward_pam_is_ours;
	c.either = true;
	b = ward_pam_case_look(j, &c, ends, asked->ends);
	ward_pam_claim_by_plan(j, asked->claim, &c, &b);
}

void
ward_pam_judge_account(struct ward_pam_judge *j)
{
	struct ward_pam_case c = ward_pam_case_new(j, WARD_PAM_ACCOUNT, 0);
	bool lets_in = ward_pam_case_look(j, &c, ends, 2).outcome !=
	    WARD_OUTCOME_HOLDS;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		judge(j, &all[i], lets_in);
	}
}
