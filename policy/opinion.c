/* SPDX-License-Identifier: BSD-2-Clause */
/* What is found of what was proved of a service, and how it is told. */
#include "opinion.h"

#include <string.h>

#include "evaluation.h"

#define STEPS_SHOWN 2 /* of a way, from the line at fault on */

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

size_t
ward_detail_before_way(const char *detail)
{
	const char *way = strstr(detail, "; on the way ");

	return way == NULL ? strlen(detail) : (size_t)(way - detail);
}

static int64_t
number_of(const struct ward_opinion *o)
{
	return o->demand->setting == WARD_SET_LOGIN_LOCKOUT_SECONDS ?
	    o->claim->seconds.value :
	    o->claim->number.value;
}

static bool
has_number(const struct ward_service_demand *demand,
    const struct ward_claim *claim)
{
	return demand->setting == WARD_SET_LOGIN_LOCKOUT_SECONDS ?
	    claim->seconds.known :
	    claim->number.known;
}

static void
tell_detail(struct ward_case *c, const struct ward_opinion *o)
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
tell_numbers(struct ward_case *c, const struct ward_opinion *o)
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

int
ward_opinion_say(struct ward_case *c, const struct ward_opinion *o)
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
weigh_held(struct ward_case *c, struct ward_opinion *o)
{
	const struct ward_service_demand *demand = o->demand;
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
	} else if ((has_number(demand, o->claim) && o->claim->why == NULL) ||
	    by_plan) {
		o->verdict = WARD_FAIL;
		o->reason = has_number(demand, o->claim) ? demand->less :
							   demand->broken;
	}
}

struct ward_opinion
ward_opinion_of(struct ward_case *c, const struct ward_service_demand *demand,
    enum ward_claimant who)
{
	const struct ward_claim *claim = &c->service
					      ->claims[who][demand->claim];
	struct ward_opinion o = { demand, claim, WARD_UNKNOWN,
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

struct ward_opinion
ward_opinion_worse(struct ward_opinion a, struct ward_opinion b)
{
	static const int weights[WARD_VERDICT_COUNT] = {
		[WARD_NOTAPPLICABLE] = 1,
		[WARD_PASS] = 2,
		[WARD_UNKNOWN] = 3,
		[WARD_FAIL] = 4,
	};

	return weights[b.verdict] > weights[a.verdict] ? b : a;
}

struct ward_opinion
ward_opinion_of_both(struct ward_case *c,
    const struct ward_service_demand *demand)
{
	struct ward_opinion user, root;

	(void)ward_case_ask_most(c, demand->setting);
	user = ward_opinion_of(c, demand, WARD_BY_USER);
	if (demand->resets &&
	    !ward_plan_holds_resets(c->evaluation->plan, c->class)) {
		return user;
	}
	root = ward_opinion_of(c, demand, WARD_BY_ROOT);
	return ward_opinion_worse(user, root);
}
