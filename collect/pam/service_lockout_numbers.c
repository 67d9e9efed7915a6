/* SPDX-License-Identifier: BSD-2-Clause */
/* After how many failures a lockout locks, and for how long: the least strict
 * that there is on any way. */
#include "collect/pam/service_lockout.h"

/* Lines that lock after more failures than that don't refuse yet. */
static bool
locks_by_then(const struct ward_pam_case *c, uint32_t handler)
{
	const struct ward_pam_line *line = &c->side->lines[handler];
	struct ward_optional attempts = line->numbers[WARD_PAM_ATTEMPTS].value;

	return line->lockout != c->world.lockout || !attempts.known ||
	    attempts.value <= c->limit;
}

static enum ward_pam_number
seconds_of(const struct ward_pam_case *c)
{
	return c->world.by == WARD_BY_ROOT ? WARD_PAM_ROOT_SECONDS :
					     WARD_PAM_SECONDS;
}

/* Lines that lock for less than that do no more. */
static bool
locks_still(const struct ward_pam_case *c, uint32_t handler)
{
	const struct ward_pam_line *line = &c->side->lines[handler];
	struct ward_optional seconds = line->numbers[seconds_of(c)].value;

	return line->lockout != c->world.lockout || !seconds.known ||
	    seconds.value == 0 || seconds.value >= c->limit;
}

/* The line that gives the number, and refuses by it. */
static uint32_t
find_giver(const struct ward_pam_case *c, enum ward_pam_number number,
    int64_t value)
{
	const struct ward_pam_side *s = c->side;
	uint32_t giver = s->stack->count;

	for (uint32_t i = s->stack->count; i > 0; i--) {
		const struct ward_pam_line *line = &s->lines[i - 1];

		if (line->lockout == c->world.lockout &&
		    line->numbers[number].value.known &&
		    line->numbers[number].value.value == value &&
		    (giver == s->stack->count ||
			ward_pam_case_refuses(c, i - 1, 0))) {
			giver = i - 1;
		}
	}
	return giver;
}

void
ward_lockout_attempts(struct ward_pam_judge *j, const struct ward_lockout *l,
    struct ward_claim *claim)
{
	struct ward_pam_case c = ward_lockout_locked(j, l);
	size_t count;
	int64_t *values = ward_pam_side_numbers(j, c.side, WARD_PAM_ATTEMPTS,
	    l->id, &count);
	uint32_t giver;

	c.holds = locks_by_then;
	for (size_t i = 0; i < count && !claim->number.known; i++) {
		c.limit = values[i];
		if (i + 1 == count ||
		    ward_lockout_look(j, &c).outcome == WARD_OUTCOME_HOLDS) {
			claim->number = (struct ward_optional){ true,
				values[i] };
		}
	}
	giver = claim->number.known ?
	    find_giver(&c, WARD_PAM_ATTEMPTS, claim->number.value) :
	    ward_pam_case_refuser(&c);
	ward_pam_claim_at(claim, c.side, giver);
	if (giver < c.side->stack->count &&
	    c.side->lines[giver].numbers[WARD_PAM_ATTEMPTS].source.file !=
		NULL) {
		claim->source = c.side->lines[giver]
				    .numbers[WARD_PAM_ATTEMPTS]
				    .source;
	}
}

static bool
locks_for_good(const struct ward_pam_case *c, uint32_t handler)
{
	const struct ward_pam_line *line = &c->side->lines[handler];
	struct ward_optional seconds = line->numbers[seconds_of(c)].value;

	return line->lockout != c->world.lockout ||
	    (seconds.known && seconds.value == 0);
}

void
ward_lockout_seconds(struct ward_pam_judge *j, const struct ward_lockout *l,
    struct ward_claim *claim)
{
	struct ward_pam_case c = ward_lockout_locked(j, l);
	size_t count;
	int64_t *values = ward_pam_side_numbers(j, c.side, seconds_of(&c),
	    l->id, &count);

	c.holds = locks_for_good;
	if (ward_lockout_look(j, &c).outcome == WARD_OUTCOME_HOLDS) {
		claim->seconds = (struct ward_optional){ true, 0 };
	}
	c.holds = locks_still;
	for (size_t i = count; i > 0 && !claim->seconds.known; i--) {
		c.limit = values[i - 1];
		if (i == 1 ||
		    ward_lockout_look(j, &c).outcome == WARD_OUTCOME_HOLDS) {
			claim->seconds = (struct ward_optional){ true,
				values[i - 1] };
		}
	}
}

uint32_t
ward_lockout_stopper(struct ward_pam_judge *j, const struct ward_lockout *l,
    int64_t number)
{
	struct ward_pam_case c = ward_lockout_counted(j, l);
	uint32_t i;

	for (i = 0; i < c.side->stack->count; i++) {
		const struct ward_pam_line *line = &c.side->lines[i];
		struct ward_optional at = line->numbers[WARD_PAM_ATTEMPTS]
					      .value;

		if (line->lockout == l->id && at.known && at.value > 0 &&
		    at.value < number &&
		    ward_pam_case_bits(&c, i, 0, WARD_BIT_COUNTED)) {
			break;
		}
	}
	return i;
}
