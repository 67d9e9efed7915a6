/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules that a service's PAM stacks have to hold to, judged by what was proved
 * of them. */
#include "evaluation.h"
#include "opinion.h"

#define TOLD_ROOT 1U
#define TOLD_NONE 2U

static int
check(struct ward_case *c, const struct ward_service_demand *demand)
{
	const struct ward_opinion o = ward_opinion_of_both(c, demand);

	return ward_opinion_say(c, &o);
}

/* ---- a password is set ------------------------------------------------------ */

int
ward_check_service_length(struct ward_case *c)
{
	static const struct ward_service_demand demand = {
		WARD_CLAIM_MIN_LENGTH, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
		WARD_REASON_SERVICE_NO_LENGTH, WARD_REASON_SERVICE_LENGTH,
		WARD_REASON_SERVICE_LENGTH_ROOT, true
	};

	return check(c, &demand);
}

int
ward_check_service_classes(struct ward_case *c)
{
	static const struct ward_service_demand demand = {
		WARD_CLAIM_MIN_CLASSES, WARD_SET_PASSWORD_MIN_CLASSES_MIN,
		WARD_REASON_SERVICE_NO_CLASSES, WARD_REASON_SERVICE_CLASSES,
		WARD_REASON_SERVICE_CLASSES_ROOT, true
	};

	return check(c, &demand);
}

int
ward_check_service_name(struct ward_case *c)
{
	static const struct ward_service_demand demand = { WARD_CLAIM_NAME,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_NAME,
		WARD_REASON_SERVICE_NAME, WARD_REASON_SERVICE_NAME_ROOT, true };
	struct ward_opinion o = ward_opinion_of_both(c, &demand);

	if (o.verdict == WARD_PASS && !o.by_door && o.claim->number.known &&
	    (int64_t)c->evaluation->shortest_name < o.claim->number.value &&
	    c->evaluation->shortest_name > 0) {
		o.verdict = WARD_FAIL;
		o.reason = WARD_REASON_SERVICE_NAME_SHORT;
	}
	return ward_opinion_say(c, &o);
}

/* Does the plan forbid more than a dictionary knows? */
static bool
has_words(const struct ward_case *c)
{
	for (enum ward_class class = 0; class < WARD_CLASS_COUNT; class ++) {
		if (ward_binding_text(c->binding, WARD_SET_PASSWORD_WEAK_WORDS,
			class) != NULL ||
		    ward_binding_text(c->binding,
			WARD_SET_PASSWORD_WEAK_BREACHED, class) != NULL) {
			return true;
		}
	}
	return false;
}

int
ward_check_service_weak(struct ward_case *c)
{
	static const struct ward_service_demand demand = { WARD_CLAIM_WEAK,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_WEAK,
		WARD_REASON_SERVICE_WEAK, WARD_REASON_SERVICE_WEAK_ROOT, true };
	struct ward_opinion o = ward_opinion_of_both(c, &demand);

	if (o.verdict == WARD_PASS && !o.by_door && has_words(c)) {
		o.verdict = WARD_UNKNOWN;
		o.reason = WARD_REASON_SERVICE_WEAK_WORDS;
	}
	return ward_opinion_say(c, &o);
}

int
ward_check_service_history(struct ward_case *c)
{
	static const struct ward_service_demand demand = { WARD_CLAIM_HISTORY,
		WARD_SET_PASSWORD_HISTORY_OLDER, WARD_REASON_SERVICE_NO_HISTORY,
		WARD_REASON_SERVICE_HISTORY, WARD_REASON_SERVICE_HISTORY_ROOT,
		true };

	return check(c, &demand);
}

/* ---- somebody is let in ------------------------------------------------------ */

int
ward_check_service_change(struct ward_case *c)
{
	static const struct ward_service_demand demand = { WARD_CLAIM_CHANGE,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_CHANGE,
		WARD_REASON_SERVICE_CHANGE, WARD_REASON_NONE, false };

	return check(c, &demand);
}

int
ward_check_service_expired(struct ward_case *c)
{
	static const struct ward_service_demand demand = { WARD_CLAIM_ENDED,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_ENDED,
		WARD_REASON_SERVICE_ENDED, WARD_REASON_NONE, false };

	return check(c, &demand);
}

/* A service that asks for nothing may be one that its program asks only after
 * it has told by other means who somebody is: no stack tells. */
int
ward_check_service_required(struct ward_case *c)
{
	static const struct ward_service_demand empty = { WARD_CLAIM_EMPTY,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_EMPTY,
		WARD_REASON_SERVICE_EMPTY, WARD_REASON_NONE, false };
	static const struct ward_service_demand asked = { WARD_CLAIM_ASKED,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_UNASKED,
		WARD_REASON_SERVICE_UNASKED, WARD_REASON_NONE, false };
	struct ward_opinion o = ward_opinion_of_both(c, &empty);
	struct ward_opinion other = ward_opinion_of(c, &asked, WARD_BY_USER);

	if (other.verdict == WARD_FAIL) {
		other.verdict = WARD_UNKNOWN;
	}
	o = ward_opinion_worse(o, other);
	return ward_opinion_say(c, &o);
}

/* What is not locked need not be counted either, and root's lock is one. */
static bool
is_told(const struct ward_opinion *o, uint32_t told)
{
	return (o->reason == WARD_REASON_SERVICE_LOCKOUT_ROOT &&
		   (told & TOLD_ROOT) != 0) ||
	    (o->demand->claim != WARD_CLAIM_RIGHT && (told & TOLD_NONE) != 0);
}

static uint32_t
tells(enum ward_reason_id reason)
{
	return reason == WARD_REASON_SERVICE_LOCKOUT_ROOT ? TOLD_ROOT :
	    reason == WARD_REASON_SERVICE_NO_LOCKOUT      ? TOLD_NONE :
							    0;
}

/* It locks out those who have mistyped now and then: nobody gets in by it. */
static int
warn_of_reset(struct ward_case *c)
{
	static const struct ward_service_demand reset = { WARD_CLAIM_RESET,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_RESET,
		WARD_REASON_SERVICE_RESET, WARD_REASON_NONE, false };
	const struct ward_opinion o = { &reset,
		&c->service->claims[WARD_BY_USER][WARD_CLAIM_RESET], WARD_FAIL,
		WARD_REASON_SERVICE_RESET, false };

	c->finding.strength = WARD_SHOULD;
	return ward_opinion_say(c, &o);
}

int
ward_check_service_lockout(struct ward_case *c)
{
	static const struct ward_service_demand demands[] = {
		{ WARD_CLAIM_LOCKED, WARD_SET_LOGIN_LOCKOUT_ATTEMPTS,
		    WARD_REASON_SERVICE_NO_LOCKOUT,
		    WARD_REASON_SERVICE_ATTEMPTS,
		    WARD_REASON_SERVICE_LOCKOUT_ROOT, false },
		{ WARD_CLAIM_LOCKED, WARD_SET_LOGIN_LOCKOUT_SECONDS,
		    WARD_REASON_SERVICE_NO_LOCKOUT, WARD_REASON_SERVICE_SECONDS,
		    WARD_REASON_SERVICE_LOCKOUT_ROOT, false },
		{ WARD_CLAIM_COUNTED, WARD_SETTING_COUNT,
		    WARD_REASON_SERVICE_UNCOUNTED,
		    WARD_REASON_SERVICE_UNCOUNTED,
		    WARD_REASON_SERVICE_LOCKOUT_ROOT, false },
		{ WARD_CLAIM_RIGHT, WARD_SETTING_COUNT,
		    WARD_REASON_SERVICE_WRONG, WARD_REASON_SERVICE_WRONG,
		    WARD_REASON_NONE, false },
	};
	const struct ward_claim
	    *reset = &c->service->claims[WARD_BY_USER][WARD_CLAIM_RESET];
	struct ward_opinion worst = { .verdict = WARD_WAIVED };
	uint32_t told = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(demands) / sizeof(demands[0]);
	     i++) {
		struct ward_opinion o;

		if (demands[i].setting != WARD_SETTING_COUNT &&
		    !ward_case_ask_most(c, demands[i].setting)) {
			continue;
		}
		o = ward_opinion_of_both(c, &demands[i]);
		if (o.verdict == WARD_FAIL && !is_told(&o, told)) {
			r = ward_opinion_say(c, &o);
			told |= tells(o.reason);
		}
		worst = ward_opinion_worse(worst, o);
	}
	if (r != 0 || worst.verdict == WARD_FAIL ||
	    worst.verdict == WARD_WAIVED) {
		return r;
	}
	return worst.verdict == WARD_PASS && reset->proof == WARD_PROOF_BROKEN ?
	    warn_of_reset(c) :
	    ward_opinion_say(c, &worst);
}
