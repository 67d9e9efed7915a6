/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is let in: by a right password, a wrong one, none; and which accounts. */
#include <stdlib.h>

#include "collect/pam/service.h"

struct ward_pam_case
ward_pam_case_new(const struct ward_pam_judge *j, enum ward_pam_type type,
    uint8_t care)
{
	return (struct ward_pam_case){
		.side = &j->sides[type],
		.world = { .by = j->by, .without_ours = true },
		.care = care | WARD_BIT_UNSURE,
		.daemon = j->daemon,
	};
}

static void
judge_asked(struct ward_pam_judge *j, const struct ward_pam_case *c,
    const struct ward_pam_proof *proof)
{
	static const struct ward_pam_end end = { WARD_PAM_SUCCESS, 0,
		WARD_BIT_TESTED | WARD_BIT_VOUCHED };
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_ASKED);
	struct ward_pam_breach b = ward_pam_case_end(j, proof, &end, 1, false);

	if (!j->lets_in) {
		claim->proof = WARD_PROOF_NONE;
		return;
	}
	ward_pam_claim_tell(j, WARD_CLAIM_ASKED, c, &b);
	if (b.outcome == WARD_OUTCOME_BREAKS) {
		claim->why = NC_("detail",
		    "it lets in without asking for anything");
		ward_pam_claim_at(claim, c->side, ward_pam_breach_let(c, &b));
	} else if (b.outcome == WARD_OUTCOME_HOLDS) {
		ward_pam_claim_at(claim, c->side,
		    ward_pam_case_doer(c, WARD_BIT_TESTED));
	}
}

static bool
can_end(const struct ward_pam_proof *proof, uint8_t with, uint8_t without)
{
	struct ward_pam_step *steps = NULL;
	size_t count;
	bool can = proof == NULL ||
	    ward_pam_proof_find(proof, WARD_PAM_SUCCESS, with, without, &steps,
		&count);

	free(steps);
	return can;
}

static void
judge_right(struct ward_pam_judge *j)
{
	static const struct ward_pam_end end = { WARD_PAM_SUCCESS,
		WARD_BIT_WRONG, 0 };
	struct ward_pam_case c = ward_pam_case_new(j, WARD_PAM_AUTH,
	    WARD_BIT_WRONG);
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_RIGHT);
	struct ward_pam_breach b;

	c.world.typed = WARD_TYPED_WRONG;
	b = ward_pam_case_look(j, &c, &end, 1);
	ward_pam_claim_tell(j, WARD_CLAIM_RIGHT, &c, &b);
	if (b.outcome == WARD_OUTCOME_BREAKS) {
		claim->why = NC_("detail", "a wrong password lets in");
		ward_pam_claim_at(claim, c.side, ward_pam_breach_let(&c, &b));
	} else if (b.outcome == WARD_OUTCOME_HOLDS) {
		ward_pam_claim_at(claim, c.side,
		    ward_pam_case_doer(&c, WARD_BIT_WRONG));
		claim->proof = j->by_password ? claim->proof : WARD_PROOF_NONE;
	}
}

static void
judge_empty(struct ward_pam_judge *j, uint32_t tester)
{
	/* Or by none at all, and not as one who was asked for something else. */
	static const struct ward_pam_end ends[] = {
		{ WARD_PAM_SUCCESS, WARD_BIT_TESTED, 0 },
		{ WARD_PAM_SUCCESS, 0, WARD_BIT_VOUCHED },
	};
	struct ward_pam_case c = ward_pam_case_new(j, WARD_PAM_AUTH,
	    WARD_BIT_TESTED | WARD_BIT_VOUCHED);
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_EMPTY);
	struct ward_pam_breach b;

	c.world.typed = WARD_TYPED_NOTHING;
	b = ward_pam_case_look(j, &c, ends, 2);
	if (!j->by_password && b.outcome != WARD_OUTCOME_UNSURE) {
		claim->proof = WARD_PROOF_NONE;
		return;
	}
	ward_pam_claim_tell(j, WARD_CLAIM_EMPTY, &c, &b);
	if (b.outcome == WARD_OUTCOME_BREAKS) {
		uint32_t at = ward_pam_breach_last(&c, &b, WARD_BIT_TESTED);

		claim->why = NC_("detail", "it lets an empty password pass");
		ward_pam_claim_at(claim, c.side,
		    at < c.side->stack->count ? at :
						ward_pam_breach_let(&c, &b));
	} else if (b.outcome == WARD_OUTCOME_HOLDS) {
		ward_pam_claim_at(claim, c.side, tester);
	}
}

void
ward_pam_judge_auth(struct ward_pam_judge *j)
{
	struct ward_pam_case c = ward_pam_case_new(j, WARD_PAM_AUTH,
	    WARD_BIT_TESTED | WARD_BIT_VOUCHED);
	struct ward_pam_proof *proof = ward_pam_case_prove(j, &c);

	j->lets_in = can_end(proof, 0, 0);
	j->by_stranger = can_end(proof, WARD_BIT_UNSURE, WARD_BIT_TESTED);
	j->by_password = can_end(proof, WARD_BIT_TESTED, 0) ||
	    can_end(proof, WARD_BIT_UNSURE, 0);
	judge_asked(j, &c, proof);
	ward_pam_proof_free(proof);
	judge_right(j);
	judge_empty(j, ward_pam_case_doer(&c, WARD_BIT_TESTED));
	ward_pam_judge_lockout(j);
}
