/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

#include <stdlib.h>

struct ward_evaluation {
	const struct ward_plan *plan;
	const struct ward_host *host;
	ward_finding_fn *sink;
	void *arg;
	struct ward_summary summary;
	/* What is judged for an account of each class. */
	bool judges[WARD_CLASS_COUNT][WARD_RULE_COUNT];
};

static ward_check_fn *const checks[WARD_RULE_COUNT] = {
	[WARD_RULE_PASSWORD_MAX_AGE] = ward_check_max_age,
	[WARD_RULE_PASSWORD_MIN_AGE] = ward_check_min_age,
	[WARD_RULE_PASSWORD_EXPIRY_WARNING] = ward_check_expiry_warning,
	[WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN] = ward_check_first_login,
	[WARD_RULE_PASSWORD_REQUIRED] = ward_check_password_required,
	[WARD_RULE_PASSWORD_HASH] = ward_check_hash,
	[WARD_RULE_ACCOUNT_WELLFORMED] = ward_check_wellformed,
	[WARD_RULE_ACCOUNT_UNIQUE] = ward_check_unique,
	[WARD_RULE_ACCOUNT_NOT_SHARED] = ward_check_not_shared,
	[WARD_RULE_ACCOUNT_DORMANT] = ward_check_dormant,
	[WARD_RULE_ACCOUNT_EXPIRED] = ward_check_expired,
	[WARD_RULE_ACCOUNT_DISABLED] = ward_check_disabled,
	[WARD_RULE_ACCOUNT_NEUTRAL_NAME] = ward_check_neutral_name,
	[WARD_RULE_PRIVILEGED_MINIMUM] = ward_check_minimum,
};

/* Does the plan give the rule, for this class, a number to judge by? */
static bool
has_number(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	for (enum ward_setting_id i = 0; i < WARD_SETTING_COUNT; i++) {
		if (ward_settings[i].rule == rule &&
		    ward_plan_text(plan, i, class) != NULL) {
			return true;
		}
	}
	return false;
}

static void
note_rule(struct ward_evaluation *e, enum ward_rule_id rule)
{
	struct ward_tally *tally = &e->summary.rules[rule];
	bool number = !ward_rules[rule].number;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		bool enabled = ward_plan_enables(e->plan, rule, c);
		bool given = !ward_rules[rule].number ||
		    has_number(e->plan, rule, c);

		tally->enabled |= enabled;
		number |= given;
		e->judges[c][rule] = checks[rule] != NULL && enabled && given;
	}
	tally->unset = tally->enabled && !number;
}

int
ward_evaluation_new(const struct ward_plan *plan, const struct ward_host *host,
    ward_finding_fn *sink, void *arg, struct ward_evaluation **ret_evaluation)
{
	struct ward_evaluation *e = calloc(1, sizeof(*e));

	if (e == NULL) {
		return WARD_ERR_NOMEM;
	}
	e->plan = plan;
	e->host = host;
	e->sink = sink;
	e->arg = arg;
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		note_rule(e, rule);
	}
	*ret_evaluation = e;
	return 0;
}

void
ward_evaluation_free(struct ward_evaluation *evaluation)
{
	free(evaluation);
}

static void
count(struct ward_summary *summary, const struct ward_finding *finding)
{
	struct ward_tally *tally = &summary->rules[finding->rule];
	bool warning = finding->verdict == WARD_FAIL &&
	    finding->strength == WARD_SHOULD;

	tally->verdicts[finding->verdict]++;
	tally->warnings += warning;
	summary->warn += warning;
	summary->fail += finding->verdict == WARD_FAIL && !warning;
	summary->unknown += finding->verdict == WARD_UNKNOWN;
	summary->waived += finding->verdict == WARD_WAIVED;
}

int
ward_case_say(struct ward_case *c, enum ward_verdict verdict,
    enum ward_reason_id reason, struct ward_source source)
{
	c->finding.verdict = verdict;
	c->finding.reason = reason;
	c->finding.source = source;
	count(&c->evaluation->summary, &c->finding);
	return c->evaluation->sink(c->evaluation->arg, &c->finding);
}

int
ward_case_unknown(struct ward_case *c, const char *what,
    struct ward_source source)
{
	c->finding.detail = what;
	return ward_case_say(c, WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN, source);
}

void
ward_case_observe(struct ward_case *c, int64_t observed, int64_t required,
    const char *unit)
{
	(void)snprintf(c->observed, sizeof(c->observed), "%lld",
	    (long long)observed);
	(void)snprintf(c->required, sizeof(c->required), "%lld",
	    (long long)required);
	c->finding.observed = c->observed;
	c->finding.required = c->required;
	c->finding.unit = *unit != '\0' ? unit : NULL;
}

bool
ward_case_number(struct ward_case *c, enum ward_setting_id setting,
    uint32_t *ret_number)
{
	if (!ward_plan_number(c->plan, setting, c->class, ret_number)) {
		return false;
	}
	c->finding.agency = ward_plan_is_agency(c->plan, setting, c->class);
	return true;
}

static void
prepare(struct ward_case *c, enum ward_rule_id rule)
{
	c->finding.rule = rule;
	c->finding.strength = ward_plan_strength(c->plan, rule, c->class);
	c->finding.verdict = WARD_UNKNOWN;
	c->finding.reason = WARD_REASON_NONE;
	c->finding.observed = c->finding.required = NULL;
	c->finding.unit = c->finding.detail = NULL;
	c->finding.plan = ward_plan_id(c->plan);
	c->finding.clauses = ward_plan_clauses(c->plan, rule, c->class);
	c->finding.agency = false;
}

int
ward_evaluate_account(struct ward_evaluation *evaluation,
    const struct ward_account *account)
{
	struct ward_case c;
	int r = 0;

	c.plan = evaluation->plan;
	c.account = account;
	c.class = ward_account_class(evaluation->host, account);
	c.today = ward_day_of(evaluation->host->now.seconds);
	c.evaluation = evaluation;
	c.finding.subject = (struct ward_subject){ .type = WARD_SUBJECT_ACCOUNT,
		.name = account->name,
		.uid = account->uid,
		.class = c.class };
	evaluation->summary.accounts++;
	evaluation->summary.privileged += account->path_count > 0;
	for (enum ward_rule_id rule = 0; r == 0 && rule < WARD_RULE_COUNT;
	     rule++) {
		if (evaluation->judges[c.class][rule]) {
			prepare(&c, rule);
			r = checks[rule](&c);
		} else if (checks[rule] != NULL &&
		    ward_plan_enables(c.plan, rule, c.class)) {
			/* asked for, but with no number for this class */
			evaluation->summary.rules[rule].unset = true;
		}
	}
	return r;
}

/* What could not be looked at is not known to be wrong. */
static bool
is_open(enum ward_reason_id reason)
{
	return reason == WARD_REASON_WELLFORMED_SUDOERS_OPEN ||
	    reason == WARD_REASON_WELLFORMED_KEYS ||
	    reason == WARD_REASON_WELLFORMED_RECORD_FILE;
}

int
ward_evaluate_defect(struct ward_evaluation *evaluation,
    const struct ward_defect *defect)
{
	struct ward_case c = { .plan = evaluation->plan,
		.class = WARD_CLASS_ANY,
		.evaluation = evaluation };

	if (!ward_plan_enables(c.plan, ward_reasons[defect->reason].rule,
		WARD_CLASS_ANY)) {
		return 0;
	}
	prepare(&c, ward_reasons[defect->reason].rule);
	c.finding.subject = defect->name == NULL || *defect->name == '\0' ?
	    (struct ward_subject){ .type = WARD_SUBJECT_HOST,
		    .name = evaluation->host->name } :
	    (struct ward_subject){ .type = WARD_SUBJECT_ACCOUNT,
		    .name = defect->name };
	c.finding.detail = defect->detail;
	return ward_case_say(&c,
	    is_open(defect->reason) ? WARD_UNKNOWN : WARD_FAIL, defect->reason,
	    defect->source);
}

void
ward_evaluation_summary(const struct ward_evaluation *evaluation,
    struct ward_summary *ret_summary)
{
	*ret_summary = evaluation->summary;
	ret_summary->verdict = ret_summary->fail > 0 ? WARD_FAIL :
	    ret_summary->unknown > 0                 ? WARD_UNKNOWN :
						       WARD_PASS;
}
