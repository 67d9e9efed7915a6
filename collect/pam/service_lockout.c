/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lockouts: each family of lines that share a count is judged alone, as one
 * that counts does not help where another is asked.
 */
#include "collect/pam/service_lockout.h"

#define EVER INT32_MAX /* so many failures lock, whatever a line says */

static struct ward_pam_case
lockout_case(const struct ward_pam_judge *j, enum ward_pam_type type,
    const struct ward_lockout *l, uint8_t care)
{
	struct ward_pam_case c = ward_pam_case_new(j, type, care);

	c.world.lockout = l->id;
	c.world.number = EVER;
	c.world.without_ours = !l->ours;
	return c;
}

struct ward_pam_case
ward_lockout_locked(const struct ward_pam_judge *j,
    const struct ward_lockout *l)
{
	struct ward_pam_case c = lockout_case(j, WARD_PAM_AUTH, l,
	    WARD_BIT_TESTED);

	c.world.account = WARD_ACCOUNT_LOCKED;
	return c;
}

struct ward_pam_case
ward_lockout_counted(const struct ward_pam_judge *j,
    const struct ward_lockout *l)
{
	struct ward_pam_case c = lockout_case(j, WARD_PAM_AUTH, l,
	    WARD_BIT_WRONG | WARD_BIT_COUNTED | WARD_BIT_RESET);

	c.world.typed = WARD_TYPED_WRONG;
	return c;
}

/* Only success tells who guesses: that an account which is refused later was
 * found to have that password is as much as being let in. */
struct ward_pam_breach
ward_lockout_look(struct ward_pam_judge *j, struct ward_pam_case *c)
{
	static const struct ward_pam_end end = { WARD_PAM_SUCCESS,
		WARD_BIT_TESTED, 0 };

	return ward_pam_case_look(j, c, &end, 1);
}

/* May a module that is not known be one that tests passwords? Only if it can
 * let in by itself, or turn away there and then. */
static bool
may_test(const struct ward_pam_judge *j)
{
	const struct ward_pam_side *s = &j->sides[WARD_PAM_AUTH];

	for (uint32_t i = 0; i < s->stack->count; i++) {
		const int32_t *actions = s->stack->handlers[i].actions;
		int32_t action = actions[WARD_PAM_AUTH_ERR];

		if (ward_pam_side_stranger(s, i) &&
		    (action == WARD_PAM_DO_DIE || action == WARD_PAM_DO_DONE ||
			action > 0)) {
			return true;
		}
	}
	return j->by_stranger;
}

static void
look(struct ward_pam_judge *j, struct ward_lockout *l)
{
	/* What is counted and set back in one call never comes to lock. */
	static const struct ward_pam_end ends[] = {
		{ -1, WARD_BIT_WRONG, WARD_BIT_COUNTED },
		{ -1, WARD_BIT_WRONG | WARD_BIT_RESET, 0 },
	};
	struct ward_pam_case c = ward_lockout_locked(j, l);
	struct ward_pam_proof *proof;
	bool stranger = may_test(j);

	l->locked = ward_lockout_look(j, &c);
	c = ward_lockout_counted(j, l);
	c.doubt = stranger || l->locked.outcome == WARD_OUTCOME_UNSURE;
	proof = ward_pam_case_prove(j, &c);
	l->counted = ward_pam_case_end(j, proof, ends, 2, stranger);
	ward_pam_proof_free(proof);
}

static bool
is_full(const struct ward_lockout *l)
{
	return l->locked.outcome == WARD_OUTCOME_HOLDS &&
	    l->counted.outcome == WARD_OUTCOME_HOLDS;
}

/* It takes both. */
static uint32_t
badness(const struct ward_lockout *l)
{
	uint32_t locked = l->locked.outcome, counted = l->counted.outcome;

	return (locked > counted ? locked : counted) * 10 + locked * 3 +
	    counted;
}

/* The family that does most, but pam_acctward.so's, or it alone. */
static bool
find_lockout(struct ward_pam_judge *j, bool ours, struct ward_lockout *ret_best)
{
	const struct ward_pam_side *s = &j->sides[WARD_PAM_AUTH];
	bool found = false;

	for (uint32_t i = 0; i < s->stack->count && j->error == 0; i++) {
		struct ward_lockout l = { .id = s->lines[i].lockout,
			.ours = s->ours[i] };
		bool known = l.id == 0 || l.ours != ours;

		for (uint32_t before = 0; before < i && !known; before++) {
			known = s->lines[before].lockout == l.id;
		}
		if (known) {
			continue;
		}
		look(j, &l);
		if (!found || badness(&l) < badness(ret_best)) {
			*ret_best = l;
		}
		found = true;
	}
	return found;
}

/* ---- what is said --------------------------------------------------------- */

/* The line of the lockout that refused on the way, and was not heeded. */
static uint32_t
find_unheeded(const struct ward_pam_case *c, const struct ward_pam_breach *b)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct ward_pam_step *step = &b->steps[i];

		if (c->side->lines[step->handler].lockout == c->world.lockout &&
		    ward_pam_case_refuses(c, step->handler, 0)) {
			return step->handler;
		}
	}
	return c->side->stack->count;
}

/* A line of the lockout that is switched off, or that spares root. */
static uint32_t
find_idle(const struct ward_pam_case *c)
{
	const struct ward_pam_side *s = c->side;

	for (uint32_t i = 0; i < s->stack->count; i++) {
		if (s->lines[i].lockout == c->world.lockout &&
		    (c->world.by == WARD_BY_ROOT ||
			(s->lines[i].numbers[WARD_PAM_ATTEMPTS].value.known &&
			    s->lines[i]
				    .numbers[WARD_PAM_ATTEMPTS]
				    .value.value == 0))) {
			return i;
		}
	}
	return s->stack->count;
}

static void
blame_idle(struct ward_claim *claim, const struct ward_pam_case *c)
{
	uint32_t idle = find_idle(c);
	const struct ward_pam_line *line = &c->side->lines[idle];
	struct ward_pam_case user = *c;
	struct ward_optional attempts = line->numbers[WARD_PAM_ATTEMPTS].value;

	user.world.by = WARD_BY_USER;
	claim->why = NC_("detail",
	    "failures are counted, and no line refuses for them");
	if (idle == c->side->stack->count) {
		return;
	}
	if (attempts.known && attempts.value == 0) {
		claim->why = NC_("detail",
		    "its lockout is off: deny=0, or fail_interval is too short");
		ward_pam_claim_at(claim, c->side, idle);
		claim->source = line->numbers[WARD_PAM_ATTEMPTS].source.file ==
			NULL ?
		    claim->source :
		    line->numbers[WARD_PAM_ATTEMPTS].source;
		return;
	}
	idle = ward_pam_case_refuser(&user);
	if (idle < c->side->stack->count) {
		line = &c->side->lines[idle];
		claim->why = NC_("detail",
		    "root is never locked: no even_deny_root");
		ward_pam_claim_at(claim, c->side, idle);
		claim->source = line->flag_source.file == NULL ?
		    claim->source :
		    line->flag_source;
	}
}

/* Is it refused behind the password, by an account line? */
static bool
is_late(struct ward_pam_judge *j, const struct ward_lockout *l)
{
	static const struct ward_pam_end end = { WARD_PAM_SUCCESS, 0, 0 };
	struct ward_pam_case c = lockout_case(j, WARD_PAM_ACCOUNT, l, 0), fine;

	fine = c;
	c.world.account = WARD_ACCOUNT_LOCKED;
	return l->id != 0 &&
	    ward_pam_case_look(j, &c, &end, 1).outcome == WARD_OUTCOME_HOLDS &&
	    ward_pam_case_look(j, &fine, &end, 1).outcome ==
	    WARD_OUTCOME_BREAKS;
}

static void
blame_locked(struct ward_pam_judge *j, const struct ward_lockout *l,
    struct ward_claim *claim)
{
	struct ward_pam_case c = ward_lockout_locked(j, l);
	uint32_t unheeded = find_unheeded(&c, &l->locked);

	ward_pam_claim_at(claim, c.side,
	    ward_pam_breach_last(&c, &l->locked, WARD_BIT_TESTED));
	if (l->id == 0) {
		claim->why = NC_("detail",
		    "no line locks an account after failures");
	} else if (is_late(j, l)) {
		claim->why = NC_("detail",
		    "the account is refused only after its "
		    "password was found right");
	} else if (unheeded < c.side->stack->count) {
		claim->why = NC_("detail",
		    "the lockout refuses, and is not heeded");
		ward_pam_claim_at(claim, c.side, unheeded);
	} else if (ward_pam_case_refuser(&c) == c.side->stack->count) {
		blame_idle(claim, &c);
	} else {
		claim->why = NC_("detail",
		    "the password is tested where no lockout was "
		    "asked");
	}
}

static void
tell_locked(struct ward_pam_judge *j, const struct ward_lockout *l)
{
	struct ward_pam_case c = ward_lockout_locked(j, l);
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_LOCKED);
	uint32_t stopper;

	ward_pam_claim_tell(j, WARD_CLAIM_LOCKED, &c, &l->locked);
	if (l->locked.outcome == WARD_OUTCOME_BREAKS) {
		blame_locked(j, l, claim);
	}
	if (l->locked.outcome != WARD_OUTCOME_HOLDS || j->error != 0) {
		return;
	}
	ward_lockout_attempts(j, l, claim);
	ward_lockout_seconds(j, l, claim);
	stopper = ward_lockout_stopper(j, l, claim->number.value);
	if (claim->number.known && stopper < c.side->stack->count) {
		*claim = (struct ward_claim){ .proof = WARD_PROOF_BROKEN };
		claim->why = NC_("detail",
		    "it stops counting before the line that "
		    "refuses locks the account");
		ward_pam_claim_at(claim, c.side, stopper);
	}
}

static void
tell_counted(struct ward_pam_judge *j, const struct ward_lockout *l)
{
	struct ward_pam_case c = ward_lockout_counted(j, l);
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_COUNTED);
	uint32_t counter = ward_pam_case_doer(&c, WARD_BIT_COUNTED), reset;

	ward_pam_claim_tell(j, WARD_CLAIM_COUNTED, &c, &l->counted);
	if (l->counted.outcome == WARD_OUTCOME_HOLDS) {
		ward_pam_claim_at(claim, c.side, counter);
		return;
	}
	if (l->counted.outcome != WARD_OUTCOME_BREAKS) {
		return;
	}
	reset = ward_pam_breach_last(&c, &l->counted, WARD_BIT_RESET);
	if (reset < c.side->stack->count) {
		claim->why = NC_("detail",
		    "a wrong password sets the count back as well");
		ward_pam_claim_at(claim, c.side, reset);
	} else {
		claim->why = counter == c.side->stack->count ?
		    NC_("detail", "nothing counts wrong passwords") :
		    NC_("detail",
			"a wrong password does not come to the line that "
			"counts it");
		ward_pam_claim_at(claim, c.side,
		    ward_pam_breach_last(&c, &l->counted, WARD_BIT_WRONG));
	}
}

/* By auth's end or account's. */
static void
tell_reset(struct ward_pam_judge *j, const struct ward_lockout *l)
{
	static const struct ward_pam_end ends[] = {
		{ WARD_PAM_SUCCESS, WARD_BIT_TESTED, WARD_BIT_RESET },
		{ WARD_PAM_SUCCESS, 0, WARD_BIT_RESET },
	};
	struct ward_pam_case c = lockout_case(j, WARD_PAM_AUTH, l,
	    WARD_BIT_TESTED | WARD_BIT_RESET);
	struct ward_pam_case a = lockout_case(j, WARD_PAM_ACCOUNT, l,
	    WARD_BIT_RESET);
	struct ward_claim *claim = ward_pam_claim(j, WARD_CLAIM_RESET);
	struct ward_pam_proof *proof = ward_pam_case_prove(j, &c);
	struct ward_pam_breach b = ward_pam_case_end(j, proof, &ends[0], 1,
	    false);

	ward_pam_proof_free(proof);
	ward_pam_claim_tell(j, WARD_CLAIM_RESET, &c, &b);
	if (b.outcome == WARD_OUTCOME_HOLDS) {
		ward_pam_claim_at(claim, c.side,
		    ward_pam_case_doer(&c, WARD_BIT_RESET));
		return;
	}
	ward_pam_claim_at(claim, c.side,
	    ward_pam_breach_last(&c, &b, WARD_BIT_TESTED));
	claim->why = NC_("detail",
	    "a right password does not set the count back");
	proof = ward_pam_case_prove(j, &a);
	b = ward_pam_case_end(j, proof, &ends[1], 1, false);
	ward_pam_proof_free(proof);
	if (b.outcome == WARD_OUTCOME_HOLDS) {
		claim->why = NULL;
		ward_pam_claim_at(claim, a.side,
		    ward_pam_case_doer(&a, WARD_BIT_RESET));
	}
	if (b.outcome != WARD_OUTCOME_BREAKS ||
	    claim->proof == WARD_PROOF_BROKEN) {
		ward_pam_claim_tell(j, WARD_CLAIM_RESET, &a, &b);
	}
}

/* Nothing counts, unless what is not known does. */
static void
tell_no_reset(struct ward_pam_judge *j, const struct ward_lockout *l)
{
	struct ward_pam_case c = ward_lockout_locked(j, l);

	if (l->locked.outcome == WARD_OUTCOME_UNSURE) {
		ward_pam_claim_tell(j, WARD_CLAIM_RESET, &c, &l->locked);
	} else {
		ward_pam_claim(j, WARD_CLAIM_RESET)->proof = WARD_PROOF_NONE;
	}
}

/* The better one, and another's if it does as well: then it is known what it
 * asks for. A module that is not known may be one of its own. */
static void
find_best(struct ward_pam_judge *j, const struct ward_lockout *ours,
    struct ward_lockout *best)
{
	struct ward_lockout none = { .id = 0 };
	bool other = find_lockout(j, false, best);

	if (!other || j->sides[WARD_PAM_AUTH].has_stranger) {
		look(j, &none);
	}
	if (!other) {
		*best = none;
	}
	if (ours != NULL &&
	    (badness(ours) < badness(best) ||
		(!other && badness(ours) == badness(best)))) {
		*best = *ours;
	}
	if (j->sides[WARD_PAM_AUTH].has_stranger &&
	    badness(&none) < badness(best)) {
		*best = none;
	}
}

void
ward_pam_judge_lockout(struct ward_pam_judge *j)
{
	const struct ward_pam_side *s = &j->sides[WARD_PAM_AUTH];
	struct ward_lockout best = { .id = 0 }, ours;
	struct ward_pam_case c;
	bool plan;

	if (!j->by_password || j->error != 0) {
		ward_pam_claim(j, WARD_CLAIM_LOCKED)->proof = WARD_PROOF_NONE;
		ward_pam_claim(j, WARD_CLAIM_COUNTED)->proof = WARD_PROOF_NONE;
		ward_pam_claim(j, WARD_CLAIM_RESET)->proof = WARD_PROOF_NONE;
		return;
	}
	plan = s->has_ours && find_lockout(j, true, &ours);
	find_best(j, plan ? &ours : NULL, &best);
	tell_locked(j, &best);
	tell_counted(j, &best);
	if (best.id == 0) {
		tell_no_reset(j, &best);
	} else {
		tell_reset(j, &best);
	}
	if (plan && is_full(&ours)) {
		c = ward_lockout_locked(j, &ours);
		ward_pam_claim_by_plan(j, WARD_CLAIM_LOCKED, &c, &ours.locked);
		ward_pam_claim_by_plan(j, WARD_CLAIM_COUNTED, &c,
		    &ours.counted);
	}
	if (plan && best.ours &&
	    ward_pam_claim(j, WARD_CLAIM_RESET)->proof == WARD_PROOF_HELD) {
		ward_pam_claim(j, WARD_CLAIM_RESET)->by_plan = true;
	}
}
