/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * New passwords: one that a claim forbids must not come to a module that sets
 * it, on any way, whatever the call returns in the end.
 */
#include "collect/pam/service.h"

#define NO_LINE UINT32_MAX

struct demand {
	enum ward_claim_id claim;
	int candidate; /* as in struct ward_pam_world */
	bool numbered; /* by `number`, of which the world has one less */
	enum ward_pam_number number;
	int64_t least; /* smaller ones say nothing */
	int64_t less;  /* of a line's number, to have the claim's */
};

static const struct demand demands[] = {
	{ WARD_CLAIM_MIN_LENGTH, WARD_NEW_SHORT, true, WARD_PAM_LENGTH, 1, 0 },
	{ WARD_CLAIM_MIN_CLASSES, WARD_NEW_FEW_CLASSES, true, WARD_PAM_CLASSES,
	    2, 0 },
	{ WARD_CLAIM_NAME, WARD_NEW_NAME, false, 0, 0, 0 },
	{ WARD_CLAIM_WEAK, WARD_NEW_WEAK, false, 0, 0, 0 },
	{ WARD_CLAIM_HISTORY, WARD_NEW_OLD, true, WARD_PAM_OLDER, 1, 1 },
};

#define DEMANDS (sizeof(demands) / sizeof(demands[0]))

/* ---- is it set? ----------------------------------------------------------- */

/* It may ask for a new password itself. */
static bool
asks(const struct ward_pam_side *s, uint32_t i, bool strangers)
{
	return ward_pam_side_stranger(s, i) ?
	    strangers :
	    s->lines[i].module != NULL && ward_pam_line_asks(&s->lines[i]);
}

static bool
reach(struct ward_pam_judge *j, const struct ward_pam_proof *proof,
    uint32_t line, uint8_t without, struct ward_pam_breach *b)
{
	struct ward_pam_step *steps = NULL;
	size_t count = 0;

	if (!ward_pam_proof_reach(proof, 1, line, without, &steps, &count)) {
		return false;
	}
	ward_pam_breach_keep(j, b, steps, count);
	b->setter = line;
	return true;
}

/* Does it set one, for sure or not? */
static bool
sets(const struct ward_pam_case *c, uint32_t line, bool sure)
{
	struct ward_pam_may mays[WARD_PAM_CASE_MAYS];
	size_t count = ward_pam_side_stranger(c->side, line) ?
	    0 :
	    ward_pam_case_may(c, line, 1, mays);

	for (size_t i = 0; i < count; i++) {
		if ((mays[i].bits & WARD_BIT_SET) != 0 &&
		    (!sure || (mays[i].bits & WARD_BIT_UNSURE) == 0)) {
			return true;
		}
	}
	return false;
}

/* Lines from the one on, and before the other. */
struct range {
	uint32_t from, to;
};

static bool
has_setter(const struct ward_pam_case *c, const struct range *range)
{
	for (uint32_t i = range->from; i < range->to; i++) {
		if (c->side->lines[i].module != NULL &&
		    ward_pam_line_sets(&c->side->lines[i])) {
			return true;
		}
	}
	return false;
}

static bool
find_set(struct ward_pam_judge *j, const struct ward_pam_case *c,
    const struct ward_pam_proof *proof, const struct range *range, bool sure,
    struct ward_pam_breach *b)
{
	const struct ward_pam_side *s = c->side;
	uint8_t doubt = sure ? WARD_BIT_UNSURE : 0;

	for (uint32_t i = range->from; i < range->to; i++) {
		uint8_t without = doubt;

		if (i < c->limit) {
			continue;
		}

		if (ward_pam_line_uses_authtok(&s->lines[i])) {
			without |= WARD_BIT_NO_TOKEN;
		}
		if (sets(c, i, true)) {
			without |= WARD_BIT_NOT_LOCAL;
		}
		if (sets(c, i, sure) && reach(j, proof, i, without, b)) {
			return true;
		}
	}
	return false;
}

static bool
some_sets(const struct ward_pam_case *c)
{
	const struct range all = { 0, c->side->stack->count };

	return has_setter(c, &all);
}

/* A module that is not known may have set it if it is the one by which the
 * call succeeds, or if no other line sets any. */
static struct ward_pam_breach
look_at(struct ward_pam_judge *j, struct ward_pam_case *c,
    const struct range *range)
{
	const struct ward_pam_end end = { some_sets(c) ? WARD_PAM_SUCCESS : -1,
		WARD_BIT_UNSURE, WARD_BIT_SET };
	struct ward_pam_proof *proof = ward_pam_case_prove(j, c);
	struct ward_pam_breach b = { .outcome = WARD_OUTCOME_UNSURE,
		.setter = NO_LINE };

	if (proof == NULL) {
		return b;
	}
	if (find_set(j, c, proof, range, true, &b)) {
		b.outcome = WARD_OUTCOME_BREAKS;
	} else if (!find_set(j, c, proof, range, false, &b)) {
		b = ward_pam_case_end(j, proof, &end, 1, false);
		b.setter = NO_LINE;
	}
	ward_pam_proof_free(proof);
	return b;
}

/* What was refused in front of a line that asks is asked for again there: that
 * is another matter for the lines behind it. */
static struct ward_pam_breach
look_once(struct ward_pam_judge *j, struct ward_pam_case *c, bool strangers)
{
	const uint32_t count = c->side->stack->count;
	struct ward_pam_breach worst = { .outcome = WARD_OUTCOME_HOLDS }, b;
	struct range range = { 0, 0 };
	uint32_t asked = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (i + 1 < count && !asks(c->side, i, strangers)) {
			continue;
		}
		range.to = i + 1;
		c->asked = asked;
		if (range.from == 0 || has_setter(c, &range)) {
			b = look_at(j, c, &range);
			worst = b.outcome == WARD_OUTCOME_HOLDS ? worst : b;
		}
		if (worst.outcome == WARD_OUTCOME_BREAKS) {
			break;
		}
		asked = i;
		range.from = i + 1;
	}
	return worst;
}

/* Can it refuse any? */
static bool
can_refuse(const struct ward_pam_case *c, uint32_t line)
{
	struct ward_pam_case bad = *c;

	bad.world.without_ours = false;
	bad.world.number = 0;
	bad.holds = NULL;
	for (size_t i = 0; i < DEMANDS; i++) {
		bad.world.candidate = demands[i].candidate;
		if (ward_pam_case_refuses(&bad, line, 1)) {
			return true;
		}
	}
	return false;
}

/* What a line asks for because it has refused the first one, the lines in front
 * have not seen: they may have been shown a better one. */
static bool
sees_it(const struct ward_pam_case *c, uint32_t handler)
{
	return handler >= c->limit;
}

static bool
is_ours_and_sees_it(const struct ward_pam_case *c, uint32_t handler)
{
	return ward_pam_is_ours(c, handler) && sees_it(c, handler);
}

static bool
has_strangers(const struct ward_pam_side *s)
{
	uint32_t i = 0;

	while (i < s->stack->count && !ward_pam_side_stranger(s, i)) {
		i++;
	}
	return i < s->stack->count;
}

/* And it may have asked for another one. */
static struct ward_pam_breach
look_twice(struct ward_pam_judge *j, struct ward_pam_case *c)
{
	struct ward_pam_breach b = look_once(j, c, false);

	if (b.outcome == WARD_OUTCOME_HOLDS && has_strangers(c->side)) {
		b = look_once(j, c, true);
		if (b.outcome == WARD_OUTCOME_BREAKS) {
			b.outcome = WARD_OUTCOME_UNSURE;
		}
	}
	return b;
}

/* Each line may be the first that has seen it. */
static struct ward_pam_breach
look(struct ward_pam_judge *j, struct ward_pam_case *c)
{
	struct ward_pam_breach b;

	c->limit = 0;
	b = look_twice(j, c);
	for (uint32_t i = 1; i < c->side->stack->count; i++) {
		if (b.outcome == WARD_OUTCOME_HOLDS &&
		    c->side->lines[i].module != NULL &&
		    ward_pam_line_asks_again(&c->side->lines[i]) &&
		    can_refuse(c, i)) {
			c->limit = i;
			b = look_twice(j, c);
		}
	}
	c->limit = b.outcome == WARD_OUTCOME_HOLDS ? 0 : c->limit;
	return b;
}

static struct ward_pam_case
new_case(const struct ward_pam_judge *j)
{
	struct ward_pam_case c = ward_pam_case_new(j, WARD_PAM_PASSWORD,
	    WARD_BIT_SET | WARD_BIT_NO_TOKEN | WARD_BIT_NOT_LOCAL);

	c.holds = sees_it;
	c.either = true;
	return c;
}

/* ---- what is said ---------------------------------------------------------- */

/* The line that has refused it on the way. */
static uint32_t
find_refused(const struct ward_pam_case *c, const struct ward_pam_breach *b)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct ward_pam_step *step = &b->steps[i];

		if (step->pass == 1 && step->handler != b->setter &&
		    ward_pam_case_refuses(c, step->handler, 1)) {
			return step->handler;
		}
	}
	return c->side->stack->count;
}

/* What holds users holds root only if it says so. */
static bool
blame_root(struct ward_pam_judge *j, const struct demand *d,
    const struct ward_pam_case *c, struct ward_claim *claim)
{
	struct ward_pam_case user = *c;
	uint32_t judge;
	const struct ward_claim *held = &j->out->claims[WARD_BY_USER][d->claim];

	user.world.by = WARD_BY_USER;
	if (held->number.known) {
		user.world.number = held->number.value - 1 + d->less;
	}
	judge = ward_pam_case_refuser(&user);
	if (j->by != WARD_BY_ROOT || judge == c->side->stack->count ||
	    ward_pam_case_refuses(c, judge, 1) ||
	    held->proof != WARD_PROOF_HELD) {
		return false;
	}
	ward_pam_claim_at(claim, c->side, judge);
	claim->why = ward_pam_line_spares_root(&c->side->lines[judge],
	    &claim->source);
	return true;
}

static void
tell_broken(struct ward_pam_judge *j, const struct demand *d,
    const struct ward_pam_case *c, struct ward_pam_breach *b)
{
	struct ward_claim *claim = ward_pam_claim(j, d->claim);
	struct ward_pam_case plain = *c;

	plain.holds = NULL;
	ward_pam_breach_add_setter(j, b);
	ward_pam_claim_tell(j, d->claim, c, b);
	ward_pam_claim_at(claim, c->side, b->setter);
	if (c->limit > 0) {
		claim->why = NC_("detail",
		    "another password is asked for here, which no line before "
		    "has judged");
		ward_pam_claim_at(claim, c->side, (uint32_t)c->limit);
	} else if (find_refused(&plain, b) < c->side->stack->count) {
		claim->why = NC_("detail",
		    "a password is set here that a line before has refused");
	} else if (ward_pam_case_refuser(&plain) < c->side->stack->count) {
		claim->why = NC_("detail",
		    "a password is set here that did not come to the line "
		    "that judges it");
	} else if (!blame_root(j, d, &plain, claim)) {
		claim->why = NC_("detail",
		    "no line asks it of the password that is set here");
	}
}

/* The line by whose number it is refused. */
static void
tell_held(struct ward_pam_judge *j, const struct demand *d,
    const struct ward_pam_case *c, struct ward_optional number)
{
	const struct ward_pam_side *s = c->side;
	struct ward_claim *claim = ward_pam_claim(j, d->claim);
	uint32_t at = ward_pam_case_refuser(c);

	claim->proof = WARD_PROOF_HELD;
	claim->number = number;
	for (uint32_t i = 0; i < s->stack->count && d->numbered; i++) {
		struct ward_optional own = s->lines[i].numbers[d->number].value;

		if (own.known && own.value == number.value + d->less &&
		    ward_pam_case_refuses(c, i, 1)) {
			ward_pam_claim_at(claim, s, i);
			if (s->lines[i].numbers[d->number].source.file !=
			    NULL) {
				claim->source = s->lines[i]
						    .numbers[d->number]
						    .source;
			}
			return;
		}
	}
	ward_pam_claim_at(claim, s, at);
}

/* Would what is refused for no number that is known, be refused by a module that
 * is not? */
static void
tell_more(struct ward_pam_judge *j, const struct demand *d,
    struct ward_pam_case *c)
{
	c->world.number = INT32_MAX;
	if (look(j, c).outcome == WARD_OUTCOME_UNSURE) {
		ward_pam_claim(j, d->claim)->why = NC_("detail",
		    "a module that is not known may ask for more");
	}
}

/* ---- each demand ----------------------------------------------------------- */

/* The largest number that is held on every way, which is one that a line
 * gives. */
static void
judge_numbered(struct ward_pam_judge *j, const struct demand *d,
    struct ward_pam_case *c)
{
	size_t count;
	int64_t *values = ward_pam_side_numbers(j, c->side, d->number, 0,
	    &count);
	struct ward_pam_breach b = { .outcome = WARD_OUTCOME_BREAKS };
	int64_t value = 0;

	while (count > 0 && b.outcome == WARD_OUTCOME_BREAKS &&
	    value != d->least) {
		value = values[--count];
		if (value < d->least) {
			break;
		}
		c->world.number = value - 1;
		b = look(j, c);
	}
	/* With no number there may still be a line that has always refused
	 * the current password. */
	if (b.outcome == WARD_OUTCOME_BREAKS && value != d->least) {
		value = d->least;
		c->world.number = value - 1;
		b = look(j, c);
	}
	if (b.outcome == WARD_OUTCOME_HOLDS && j->error == 0) {
		tell_held(j, d, c,
		    (struct ward_optional){ true, value - d->less });
		tell_more(j, d, c);
	} else if (b.outcome == WARD_OUTCOME_BREAKS) {
		tell_broken(j, d, c, &b);
	} else {
		ward_pam_claim_tell(j, d->claim, c, &b);
	}
}

static void
judge_plain(struct ward_pam_judge *j, const struct demand *d,
    struct ward_pam_case *c)
{
	struct ward_pam_breach b = look(j, c);

	if (b.outcome == WARD_OUTCOME_HOLDS && j->error == 0) {
		/* libpwquality and pam_cracklib pass by shorter names. */
		tell_held(j, d, c,
		    (struct ward_optional){ d->claim == WARD_CLAIM_NAME, 4 });
	} else if (b.outcome == WARD_OUTCOME_BREAKS) {
		tell_broken(j, d, c, &b);
	} else {
		ward_pam_claim_tell(j, d->claim, c, &b);
	}
}

/* Is pam_acctward.so on every way? */
static struct ward_pam_breach
look_ours(struct ward_pam_judge *j, struct ward_pam_case *c)
{
	*c = new_case(j);
	c->world.without_ours = false;
	c->world.candidate = WARD_NEW_SHORT;
	c->holds = is_ours_and_sees_it;
	return look(j, c);
}

static bool
can_set(struct ward_pam_judge *j)
{
	struct ward_pam_case c = new_case(j);

	return look(j, &c).outcome != WARD_OUTCOME_HOLDS;
}

void
ward_pam_judge_password(struct ward_pam_judge *j)
{
	struct ward_pam_case ours;
	struct ward_pam_breach b = look_ours(j, &ours);
	bool some = can_set(j);

	for (size_t i = 0; i < DEMANDS && j->error == 0; i++) {
		const struct demand *d = &demands[i];
		struct ward_pam_case c = new_case(j);

		if (!some) {
			ward_pam_claim(j, d->claim)->proof = WARD_PROOF_NONE;
			continue;
		}
		c.world.candidate = d->candidate;
		if (d->numbered) {
			judge_numbered(j, d, &c);
		} else {
			judge_plain(j, d, &c);
		}
		if (d->candidate == WARD_NEW_OLD) {
			ward_pam_claim_keepers(j, c.side);
		}
		if (c.side->has_ours) {
			ward_pam_claim_by_plan(j, d->claim, &ours, &b);
		}
	}
}
