/* SPDX-License-Identifier: BSD-2-Clause */
/* What is said of a claim: proof, lines and reasons. */
#include "collect/pam/service.h"

struct ward_claim *
ward_pam_claim(struct ward_pam_judge *j, enum ward_claim_id id)
{
	return &j->out->claims[j->by][id];
}

static bool
did(const struct ward_pam_case *c, const struct ward_pam_step *step,
    uint8_t bits)
{
	struct ward_pam_may mays[WARD_PAM_CASE_MAYS];
	size_t count = ward_pam_case_may(c, step->handler, step->pass, mays);

	for (size_t i = 0; i < count; i++) {
		if ((mays[i].codes >> step->code & 1) != 0 &&
		    (mays[i].bits & bits) == bits) {
			return true;
		}
	}
	return false;
}

uint32_t
ward_pam_breach_last(const struct ward_pam_case *c,
    const struct ward_pam_breach *breach, uint8_t bits)
{
	for (size_t i = breach->count; i > 0; i--) {
		const struct ward_pam_step *step = &breach->steps[i - 1];

		if (did(c, step, bits)) {
			return step->handler;
		}
	}
	return c->side->stack->count;
}

uint32_t
ward_pam_breach_let(const struct ward_pam_case *c,
    const struct ward_pam_breach *breach)
{
	for (size_t i = breach->count; i > 0; i--) {
		if (breach->steps[i - 1].code == WARD_PAM_SUCCESS) {
			return breach->steps[i - 1].handler;
		}
	}
	return c->side->stack->count;
}

void
ward_pam_breach_add_setter(struct ward_pam_judge *j, struct ward_pam_breach *b)
{
	struct ward_pam_step *steps = ward_pool_take(j->pool,
	    (b->count + 2) * sizeof(*steps));

	if (steps == NULL) {
		j->error = WARD_ERR_NOMEM;
		return;
	}
	for (size_t i = 0; i < b->count; i++) {
		steps[i] = b->steps[i];
	}
	steps[b->count++] = (struct ward_pam_step){ 1, b->setter,
		WARD_PAM_SUCCESS };
	b->steps = steps;
}

static uint32_t
first_unsure(const struct ward_pam_case *c,
    const struct ward_pam_breach *breach)
{
	for (size_t i = 0; i < breach->count; i++) {
		if (did(c, &breach->steps[i], WARD_BIT_UNSURE)) {
			return breach->steps[i].handler;
		}
	}
	/* It is not on the way, and may have asked for another password. */
	for (uint32_t i = 0; i < c->side->stack->count; i++) {
		if (breach->count > 0 && ward_pam_side_stranger(c->side, i)) {
			return i;
		}
	}
	return c->side->stack->count;
}

void
ward_pam_claim_at(struct ward_claim *claim, const struct ward_pam_side *side,
    uint32_t line)
{
	if (line < side->stack->count) {
		claim->source = side->stack->handlers[line].source;
	}
}

/* Behind those that there are. */
static void
add_steps(struct ward_pam_judge *j, struct ward_claim *claim,
    const struct ward_pam_case *c, const struct ward_pam_breach *breach)
{
	size_t count = claim->step_count + breach->count, at;
	struct ward_service_step *steps = ward_pool_take(j->pool,
	    (count + 1) * sizeof(*steps));

	if (steps == NULL) {
		j->error = WARD_ERR_NOMEM;
		return;
	}
	for (at = 0; at < claim->step_count; at++) {
		steps[at] = claim->steps[at];
	}
	for (size_t i = 0; i < breach->count; i++, at++) {
		const struct ward_pam_step *step = &breach->steps[i];
		const struct ward_pam_handler
		    *h = &c->side->stack->handlers[step->handler];

		steps[at] = (struct ward_service_step){
			.source = h->source,
			.module = h->module,
			.code = ward_pam_code_name(step->code),
		};
	}
	claim->steps = steps;
	claim->step_count = count;
}

static void
tell_unsure(struct ward_claim *claim, const struct ward_pam_case *c,
    const struct ward_pam_breach *breach)
{
	uint32_t at = first_unsure(c, breach);
	const struct ward_pam_line *line = &c->side->lines[at];

	if (at == c->side->stack->count) {
		claim->why = NC_("detail", "its stack has too many cases");
		ward_pam_claim_at(claim, c->side, 0);
		return;
	}
	ward_pam_claim_at(claim, c->side, at);
	if (!ward_pam_side_stranger(c->side, at)) {
		claim->why = NC_("detail", "its module leaves it to a server");
		return;
	}
	claim->why = line->why != NULL ?
	    line->why :
	    NC_("detail", "what its module does is not known");
	if (line->why != NULL && line->why_source.file != NULL) {
		claim->source = line->why_source;
	}
}

void
ward_pam_claim_tell(struct ward_pam_judge *j, enum ward_claim_id id,
    const struct ward_pam_case *c, const struct ward_pam_breach *breach)
{
	static const enum ward_proof proofs[] = {
		[WARD_OUTCOME_HOLDS] = WARD_PROOF_HELD,
		[WARD_OUTCOME_UNSURE] = WARD_PROOF_UNKNOWN,
		[WARD_OUTCOME_BREAKS] = WARD_PROOF_BROKEN,
	};
	struct ward_claim *claim = ward_pam_claim(j, id);

	if (j->error != 0) {
		return;
	}
	claim->proof = proofs[breach->outcome];
	if (breach->outcome == WARD_OUTCOME_HOLDS) {
		claim->steps = NULL;
		claim->step_count = 0;
		return;
	}
	add_steps(j, claim, c, breach);
	if (breach->outcome == WARD_OUTCOME_UNSURE) {
		tell_unsure(claim, c, breach);
	}
}

void
ward_pam_claim_by_plan(struct ward_pam_judge *j, enum ward_claim_id id,
    const struct ward_pam_case *c, const struct ward_pam_breach *breach)
{
	struct ward_claim *claim = ward_pam_claim(j, id);
	const struct ward_pam_side *side = c->side;
	uint32_t i = 0;

	if (breach->outcome == WARD_OUTCOME_BREAKS ||
	    (breach->outcome == WARD_OUTCOME_UNSURE &&
		claim->proof != WARD_PROOF_BROKEN)) {
		return;
	}
	claim->why = NULL;
	claim->steps = NULL;
	claim->step_count = 0;
	ward_pam_claim_tell(j, id, c, breach);
	if (breach->outcome == WARD_OUTCOME_HOLDS) {
		while (i < side->stack->count && !side->ours[i]) {
			i++;
		}
		claim->by_plan = true;
		ward_pam_claim_at(claim, side, i);
	}
}

void
ward_pam_claim_keepers(struct ward_pam_judge *j, const struct ward_pam_side *s)
{
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_HISTORY);
	uint32_t keepers = 0, last = s->stack->count;

	for (uint32_t i = 0; i < s->stack->count; i++) {
		const struct ward_optional
		    *older = &s->lines[i].numbers[WARD_PAM_OLDER].value;

		if (older->known && older->value > 1) {
			keepers++;
			last = i;
		}
	}
	if (keepers > 1 && claim->proof == WARD_PROOF_HELD &&
	    claim->number.value > 0) {
		*claim = (struct ward_claim){ .proof = WARD_PROOF_UNKNOWN,
			.why = NC_("detail",
			    "another line keeps older passwords in the same "
			    "file") };
		ward_pam_claim_at(claim, s, last);
	}
}
