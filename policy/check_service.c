/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules that a service's PAM stacks have to hold to, judged by what was proved
 * of them. */
#include "check_common.h"
#include "evaluation.h"

#include <string.h>

#define TOLD_ROOT 1U
#define TOLD_NONE 2U
#define STEPS_SHOWN 2 /* of a way, from the line at fault on */

/* What a rule asks of a claim, and what to say where it is not so. */
struct demand {
	enum ward_claim_id claim;
	enum ward_setting_id setting; /* WARD_SETTING_COUNT: no number */
	enum ward_reason_id broken, less;
	enum ward_reason_id root; /* of root alone; NONE: as of everybody */
	bool resets; /* asked of root where it sets others' passwords */
};

/* What is found of it. */
struct opinion {
	const struct demand *demand;
	const struct ward_claim *claim;
	enum ward_verdict verdict;
	enum ward_reason_id reason;
	bool by_door; /* pam_acctward.so sees to it */
};

/* ---- what is told ---------------------------------------------------------- */

static bool
is_at(const struct ward_service_step *step, struct ward_source source)
{
	return step->source.line == source.line && source.file != NULL &&
	    step->source.file != NULL &&
	    strcmp(step->source.file, source.file) == 0;
}

/* "/etc/pam.d/su:3 pam_unix.so: success, ..." */
static void
tell_way(const struct ward_claim *claim, char *text, size_t size)
{
	const size_t count = claim->step_count;
	size_t i = 0, used = 0, last;

	text[0] = '\0';
	while (i < count && !is_at(&claim->steps[i], claim->source)) {
		i++;
	}
	i = i == count ? 0 : i;
	last = i + STEPS_SHOWN < count ? i + STEPS_SHOWN : count;
	for (; i < last && used < size; i++) {
		const struct ward_service_step *step = &claim->steps[i];

		used += (size_t)snprintf(text + used, size - used,
		    "%s:%u %s: %s%s",
		    step->source.file == NULL ? "" : step->source.file,
		    step->source.line, step->module == NULL ? "" : step->module,
		    step->code == NULL ? "" : step->code,
		    i + 1 < last      ? ", " :
			i + 1 < count ? ", ..." :
					"");
	}
}

static void
tell_broken(struct ward_case *c, const struct ward_claim *claim)
{
	const char *why = claim->why != NULL ? claim->why :
					       N_("nothing keeps it from that");
	char way[384];

	tell_way(claim, way, sizeof(way));
	(void)snprintf(c->detail, sizeof(c->detail),
	    *way == '\0' ? "%s" : NC_("detail", "%s; on the way %s"), why, way);
	c->finding.detail = c->detail;
}

static int64_t
number_of(const struct opinion *o)
{
	return o->demand->setting == WARD_SET_LOGIN_LOCKOUT_SECONDS ?
	    o->claim->seconds.value :
	    o->claim->number.value;
}

static bool
has_number(const struct demand *demand, const struct ward_claim *claim)
{
	return demand->setting == WARD_SET_LOGIN_LOCKOUT_SECONDS ?
	    claim->seconds.known :
	    claim->number.known;
}

static void
tell_detail(struct ward_case *c, const struct opinion *o)
{
	const struct ward_claim *claim = o->claim;

	if (o->verdict == WARD_FAIL && claim->proof == WARD_PROOF_BROKEN) {
		tell_broken(c, claim);
	} else if (o->verdict == WARD_FAIL && claim->by_plan) {
		c->finding.detail = N_("pam_acctward.so only warns of it");
	} else if (o->verdict == WARD_FAIL &&
	    o->demand->setting != WARD_SETTING_COUNT) {
		(void)snprintf(c->detail, sizeof(c->detail),
		    NC_("detail", "the number is %lld"),
		    (long long)number_of(o));
		c->finding.detail = c->detail;
	} else if (o->verdict == WARD_UNKNOWN &&
	    o->reason == WARD_REASON_SERVICE_UNASKED) {
		tell_broken(c, claim);
	} else if (o->verdict == WARD_UNKNOWN) {
		c->finding.detail = claim->why != NULL ?
		    claim->why :
		    N_("nothing was proved of it");
	}
}

static void
tell_numbers(struct ward_case *c, const struct opinion *o)
{
	const enum ward_setting_id setting = o->demand->setting;
	uint32_t required;

	if (setting == WARD_SETTING_COUNT ||
	    !ward_case_number(c, setting, &required)) {
		return;
	}
	ward_case_require(c, required, ward_settings[setting].unit);
	if (o->verdict == WARD_PASS && o->by_door) {
		ward_case_observe(c, required, required,
		    ward_settings[setting].unit);
	} else if ((o->verdict == WARD_PASS || o->verdict == WARD_FAIL) &&
	    o->claim->proof == WARD_PROOF_HELD &&
	    has_number(o->demand, o->claim)) {
		ward_case_observe(c, number_of(o), required,
		    ward_settings[setting].unit);
	}
}

static int
say(struct ward_case *c, const struct opinion *o)
{
	const struct ward_source source = o->claim->source.file != NULL ?
	    o->claim->source :
	    c->service->source;

	c->finding.observed = c->finding.required = c->finding.unit = NULL;
	c->finding.detail = NULL;
	(void)ward_case_ask_most(c, o->demand->setting);
	tell_numbers(c, o);
	tell_detail(c, o);
	return ward_case_say(c, o->verdict, o->reason, source);
}

/* ---- what is found --------------------------------------------------------- */

/* Does a document hold the door to no less than this one asks of the class?
 * Where all that comes of it is a warning, the door holds nobody to it. */
static bool
is_held_to(const struct ward_case *c, enum ward_setting_id setting,
    enum ward_class class)
{
	const enum ward_rule_id rule = c->finding.rule;
	uint32_t asked = 0, number = 0;

	if (setting != WARD_SETTING_COUNT &&
	    !ward_binding_number(c->binding, setting, class, &asked)) {
		return true;
	}
	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const struct ward_binding
		    *other = ward_plan_binding(c->evaluation->plan, i);

		if (!ward_binding_enables(other, rule, class) ||
		    !ward_rule_binds(rule, (enum ward_strength)i,
			WARD_CLASS_PERSON)) {
			continue;
		}
		if (setting == WARD_SETTING_COUNT ||
		    (ward_binding_number(other, setting, class, &number) &&
			ward_setting_as_strict(setting, number, asked))) {
			return true;
		}
	}
	return false;
}

static bool
is_doors(const struct ward_case *c, enum ward_setting_id setting)
{
	const enum ward_rule_id rule = c->finding.rule;

	for (enum ward_class class = 0; class < WARD_CLASS_COUNT; class ++) {
		if (ward_binding_enables(c->binding, rule, class) &&
		    !is_held_to(c, setting, class)) {
			return false;
		}
	}
	return true;
}

/* Of a claim that holds on every way. */
static void
weigh_held(struct ward_case *c, struct opinion *o)
{
	const struct demand *demand = o->demand;
	const bool by_plan = o->claim->by_plan;
	uint32_t required = 0;

	if (by_plan && c->evaluation->same_door &&
	    is_doors(c, demand->setting)) {
		o->verdict = WARD_PASS;
		o->by_door = true;
	} else if (demand->setting == WARD_SETTING_COUNT && !by_plan) {
		o->verdict = WARD_PASS;
	} else if (has_number(demand, o->claim) &&
	    (demand->setting == WARD_SETTING_COUNT ?
		    number_of(o) > 0 :
		    ward_case_number(c, demand->setting, &required) &&
			ward_setting_as_strict(demand->setting, number_of(o),
			    required))) {
		o->verdict = WARD_PASS;
	} else if (by_plan && !c->evaluation->same_door) {
		o->reason = WARD_REASON_SERVICE_OTHER_PLAN;
	} else if (has_number(demand, o->claim) || by_plan) {
		o->verdict = WARD_FAIL;
		o->reason = has_number(demand, o->claim) ? demand->less :
							   demand->broken;
	}
}

static struct opinion
weigh(struct ward_case *c, const struct demand *demand, enum ward_claimant who)
{
	const struct ward_claim *claim = &c->service
					      ->claims[who][demand->claim];
	struct opinion o = { demand, claim, WARD_UNKNOWN,
		WARD_REASON_SERVICE_UNKNOWN, false };

	switch (claim->proof) {
	case WARD_PROOF_NONE:
		o.verdict = WARD_NOTAPPLICABLE;
		o.reason = demand->resets ? WARD_REASON_SERVICE_SETS_NONE :
					    WARD_REASON_SERVICE_LETS_NONE;
		break;
	case WARD_PROOF_BROKEN:
		o.verdict = WARD_FAIL;
		o.reason = demand->broken;
		break;
	case WARD_PROOF_HELD:
		weigh_held(c, &o);
		break;
	default:
		if (claim->why != NULL &&
		    strcmp(claim->why, ward_why_denied) == 0) {
			o.reason = WARD_REASON_FACT_DENIED;
		}
		break;
	}
	if (o.verdict == WARD_PASS) {
		o.reason = WARD_REASON_NONE;
	} else if (o.verdict == WARD_FAIL && who == WARD_BY_ROOT &&
	    demand->root != WARD_REASON_NONE) {
		o.reason = demand->root;
	}
	return o;
}

/* What counts for more: that it is broken, then that it is not known. */
static struct opinion
worse(struct opinion a, struct opinion b)
{
	static const int weights[WARD_VERDICT_COUNT] = {
		[WARD_NOTAPPLICABLE] = 1,
		[WARD_PASS] = 2,
		[WARD_UNKNOWN] = 3,
		[WARD_FAIL] = 4,
	};

	return weights[b.verdict] > weights[a.verdict] ? b : a;
}

/* Of users, and then of root: where both break it, users are told of. */
static struct opinion
weigh_both(struct ward_case *c, const struct demand *demand)
{
	struct opinion user, root;

	(void)ward_case_ask_most(c, demand->setting);
	user = weigh(c, demand, WARD_BY_USER);
	if (demand->resets &&
	    !ward_plan_holds_resets(c->evaluation->plan, c->class)) {
		return user;
	}
	root = weigh(c, demand, WARD_BY_ROOT);
	return worse(user, root);
}

static int
check(struct ward_case *c, const struct demand *demand)
{
	const struct opinion o = weigh_both(c, demand);

	return say(c, &o);
}

/* ---- a password is set ------------------------------------------------------ */

int
ward_check_service_length(struct ward_case *c)
{
	static const struct demand demand = { WARD_CLAIM_MIN_LENGTH,
		WARD_SET_PASSWORD_MIN_LENGTH_MIN, WARD_REASON_SERVICE_NO_LENGTH,
		WARD_REASON_SERVICE_LENGTH, WARD_REASON_SERVICE_LENGTH_ROOT,
		true };

	return check(c, &demand);
}

int
ward_check_service_classes(struct ward_case *c)
{
	static const struct demand demand = { WARD_CLAIM_MIN_CLASSES,
		WARD_SET_PASSWORD_MIN_CLASSES_MIN,
		WARD_REASON_SERVICE_NO_CLASSES, WARD_REASON_SERVICE_CLASSES,
		WARD_REASON_SERVICE_CLASSES_ROOT, true };

	return check(c, &demand);
}

int
ward_check_service_name(struct ward_case *c)
{
	static const struct demand demand = { WARD_CLAIM_NAME,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_NAME,
		WARD_REASON_SERVICE_NAME, WARD_REASON_SERVICE_NAME_ROOT, true };

	return check(c, &demand);
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
	static const struct demand demand = { WARD_CLAIM_WEAK,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_WEAK,
		WARD_REASON_SERVICE_WEAK, WARD_REASON_SERVICE_WEAK_ROOT, true };
	struct opinion o = weigh_both(c, &demand);

	if (o.verdict == WARD_PASS && !o.by_door && has_words(c)) {
		o.verdict = WARD_UNKNOWN;
		o.reason = WARD_REASON_SERVICE_WEAK_WORDS;
	}
	return say(c, &o);
}

int
ward_check_service_history(struct ward_case *c)
{
	static const struct demand demand = { WARD_CLAIM_HISTORY,
		WARD_SET_PASSWORD_HISTORY_OLDER, WARD_REASON_SERVICE_NO_HISTORY,
		WARD_REASON_SERVICE_HISTORY, WARD_REASON_SERVICE_HISTORY_ROOT,
		true };

	return check(c, &demand);
}

/* ---- somebody is let in ------------------------------------------------------ */

int
ward_check_service_change(struct ward_case *c)
{
	static const struct demand demand = { WARD_CLAIM_CHANGE,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_CHANGE,
		WARD_REASON_SERVICE_CHANGE, WARD_REASON_NONE, false };

	return check(c, &demand);
}

int
ward_check_service_expired(struct ward_case *c)
{
	static const struct demand demand = { WARD_CLAIM_ENDED,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_ENDED,
		WARD_REASON_SERVICE_ENDED, WARD_REASON_NONE, false };

	return check(c, &demand);
}

/* A service that asks for nothing may be one that its program asks only after
 * it has told by other means who somebody is: no stack tells. */
int
ward_check_service_required(struct ward_case *c)
{
	static const struct demand empty = { WARD_CLAIM_EMPTY,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_EMPTY,
		WARD_REASON_SERVICE_EMPTY, WARD_REASON_NONE, false };
	static const struct demand asked = { WARD_CLAIM_ASKED,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_UNASKED,
		WARD_REASON_SERVICE_UNASKED, WARD_REASON_NONE, false };
	struct opinion o = weigh_both(c, &empty);
	struct opinion other = weigh(c, &asked, WARD_BY_USER);

	if (other.verdict == WARD_FAIL) {
		other.verdict = WARD_UNKNOWN;
	}
	o = worse(o, other);
	return say(c, &o);
}

/* What is not locked need not be counted either, and root's lock is one. */
static bool
is_told(const struct opinion *o, uint32_t told)
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
	static const struct demand reset = { WARD_CLAIM_RESET,
		WARD_SETTING_COUNT, WARD_REASON_SERVICE_RESET,
		WARD_REASON_SERVICE_RESET, WARD_REASON_NONE, false };
	const struct opinion o = { &reset,
		&c->service->claims[WARD_BY_USER][WARD_CLAIM_RESET], WARD_FAIL,
		WARD_REASON_SERVICE_RESET, false };

	c->finding.strength = WARD_SHOULD;
	return say(c, &o);
}

int
ward_check_service_lockout(struct ward_case *c)
{
	static const struct demand demands[] = {
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
	struct opinion worst = { .verdict = WARD_WAIVED };
	uint32_t told = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(demands) / sizeof(demands[0]);
	     i++) {
		struct opinion o;

		if (demands[i].setting != WARD_SETTING_COUNT &&
		    !ward_case_ask_most(c, demands[i].setting)) {
			continue;
		}
		o = weigh_both(c, &demands[i]);
		if (o.verdict == WARD_FAIL && !is_told(&o, told)) {
			r = say(c, &o);
			told |= tells(o.reason);
		}
		worst = worse(worst, o);
	}
	if (r != 0 || worst.verdict == WARD_FAIL ||
	    worst.verdict == WARD_WAIVED) {
		return r;
	}
	return worst.verdict == WARD_PASS && reset->proof == WARD_PROOF_BROKEN ?
	    warn_of_reset(c) :
	    say(c, &worst);
}
