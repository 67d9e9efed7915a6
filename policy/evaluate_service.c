/* SPDX-License-Identifier: BSD-2-Clause */
/* Services, judged one by one, and hosts of which none was looked at. */
#include "evaluation.h"

static ward_check_fn *const checks[WARD_RULE_COUNT] = {
	[WARD_RULE_PASSWORD_MIN_LENGTH] = ward_check_service_length,
	[WARD_RULE_PASSWORD_MIN_CLASSES] = ward_check_service_classes,
	[WARD_RULE_PASSWORD_NO_ACCOUNT_NAME] = ward_check_service_name,
	[WARD_RULE_PASSWORD_WEAK] = ward_check_service_weak,
	[WARD_RULE_PASSWORD_HISTORY] = ward_check_service_history,
	[WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN] = ward_check_service_change,
	[WARD_RULE_PASSWORD_REQUIRED] = ward_check_service_required,
	[WARD_RULE_LOGIN_LOCKOUT] = ward_check_service_lockout,
	[WARD_RULE_ACCOUNT_EXPIRED] = ward_check_service_expired,
};

bool
ward_rule_is_of_services(enum ward_rule_id rule)
{
	return checks[rule] != NULL;
}

bool
ward_service_lacks(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class, bool lacks)
{
	uint32_t attempts, seconds;

	if (rule != WARD_RULE_LOGIN_LOCKOUT) {
		return lacks;
	}
	/* It takes both numbers. */
	return ward_plan_enables(plan, rule, class) &&
	    !ward_plan_lockout(plan, class, &attempts, &seconds);
}

bool
ward_setting_as_strict(enum ward_setting_id setting, int64_t number,
    int64_t than)
{
	/* Locked for 0 seconds is locked for good. */
	if (setting == WARD_SET_LOGIN_LOCKOUT_SECONDS && number == 0) {
		return true;
	}
	return ward_settings[setting].stricter == WARD_LOWER ? number <= than :
							       number >= than;
}

/* Is more asked of the class than that? Then *than is what. 0: nothing yet. */
static bool
exceeds(const struct ward_case *c, enum ward_setting_id setting,
    enum ward_class class, int64_t *than)
{
	uint32_t number;
	int64_t asker;

	if (setting == WARD_SETTING_COUNT) {
		asker = ward_binding_asker(c->binding, c->finding.rule, class);
		if (asker <= *than) {
			return false;
		}
		*than = asker;
		return true;
	}
	if (!ward_binding_number(c->binding, setting, class, &number) ||
	    (*than != 0 && ward_setting_as_strict(setting, *than, number))) {
		return false;
	}
	*than = number;
	return true;
}

bool
ward_case_ask_most(struct ward_case *c, enum ward_setting_id setting)
{
	enum ward_class most = WARD_CLASS_COUNT;
	int64_t than = 0;

	for (enum ward_class class = 0; class < WARD_CLASS_COUNT; class ++) {
		if (ward_binding_enables(c->binding, c->finding.rule, class) &&
		    exceeds(c, setting, class, &than)) {
			most = class;
		}
	}
	if (most == WARD_CLASS_COUNT) {
		return false;
	}
	ward_case_ask(c, most);
	if (c->service != NULL) {
		c->finding.subject.class = most;
	}
	return true;
}

static struct ward_case
begin(struct ward_evaluation *e, const struct ward_service *service)
{
	struct ward_case c = { .evaluation = e,
		.service = service,
		.today = ward_day_of(e->host->now.seconds) };

	c.finding.subject = (struct ward_subject){
		.type = service == NULL ? WARD_SUBJECT_HOST :
					  WARD_SUBJECT_SERVICE,
		.name = service == NULL ? e->host->name : service->name,
	};
	return c;
}

int
ward_evaluate_service(struct ward_evaluation *evaluation,
    const struct ward_service *service)
{
	struct ward_evaluation *e = evaluation;
	struct ward_case c = begin(e, service);
	bool any = false;
	int r = 0;

	if (service->fragment) {
		return 0;
	}
	for (enum ward_rule_id rule = 0; r == 0 && rule < WARD_RULE_COUNT;
	     rule++) {
		if (e->by_service[rule] == 0) {
			continue;
		}
		any = true;
		e->summary.rules[rule].unset |= e->unset_service[rule];
		c.class = WARD_CLASS_ANY;
		r = ward_case_judge(&c, rule, e->by_service[rule],
		    checks[rule]);
	}
	e->summary.services += any;
	return r;
}

static int
say_none(struct ward_case *c)
{
	(void)ward_case_ask_most(c, WARD_SETTING_COUNT);
	return ward_case_say(c, WARD_UNKNOWN, WARD_REASON_SERVICE_NO_SERVICE,
	    (struct ward_source){ .file = NULL });
}

int
ward_evaluation_end(struct ward_evaluation *evaluation)
{
	struct ward_evaluation *e = evaluation;
	struct ward_case c = begin(e, NULL);
	int r = 0;

	for (enum ward_rule_id rule = 0;
	     r == 0 && rule < WARD_RULE_COUNT && e->summary.services == 0;
	     rule++) {
		if (e->by_service[rule] != 0) {
			c.class = WARD_CLASS_ANY;
			r = ward_case_judge(&c, rule, e->by_service[rule],
			    say_none);
		}
	}
	return r;
}
