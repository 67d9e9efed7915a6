/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

struct ward_evaluation {
	const struct ward_plan *plan;
	const struct ward_host *host;
	ward_finding_fn *sink;
	void *arg;
	struct ward_selection only;
	struct ward_summary summary;
	/* With which strengths each rule is judged for an account of each
	 * class: bits of 1 << enum ward_strength. */
	unsigned char judges[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	/* What a document that binds asks of each class. */
	bool asked[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	/* What is asked for with no number, so that nothing can be judged. */
	bool unset[WARD_CLASS_COUNT][WARD_RULE_COUNT];
};

static ward_check_fn *const checks[WARD_RULE_COUNT] = {
	[WARD_RULE_PASSWORD_WEAK] = ward_check_weak,
	[WARD_RULE_PASSWORD_MAX_AGE] = ward_check_max_age,
	[WARD_RULE_PASSWORD_MIN_AGE] = ward_check_min_age,
	[WARD_RULE_PASSWORD_EXPIRY_WARNING] = ward_check_expiry_warning,
	[WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN] = ward_check_first_login,
	[WARD_RULE_PASSWORD_REQUIRED] = ward_check_password_required,
	[WARD_RULE_PASSWORD_HASH] = ward_check_hash,
	[WARD_RULE_LOGIN_FAILURES] = ward_check_failures,
	[WARD_RULE_ACCOUNT_WELLFORMED] = ward_check_wellformed,
	[WARD_RULE_ACCOUNT_UNIQUE] = ward_check_unique,
	[WARD_RULE_ACCOUNT_NOT_SHARED] = ward_check_not_shared,
	[WARD_RULE_ACCOUNT_DORMANT] = ward_check_dormant,
	[WARD_RULE_ACCOUNT_EXPIRED] = ward_check_expired,
	[WARD_RULE_ACCOUNT_DISABLED] = ward_check_disabled,
	[WARD_RULE_ACCOUNT_HOME] = ward_check_home,
	[WARD_RULE_ACCOUNT_NEUTRAL_NAME] = ward_check_neutral_name,
	[WARD_RULE_PRIVILEGED_MINIMUM] = ward_check_minimum,
	[WARD_RULE_REMOTE_TRUSTED_HOSTS] = ward_check_trusted_hosts,
};

/* Is there, for this class, a number to judge the rule by? */
static bool
has_number(const struct ward_binding *binding, enum ward_rule_id rule,
    enum ward_class class)
{
	for (enum ward_setting_id i = 0; i < WARD_SETTING_COUNT; i++) {
		if (ward_settings[i].rule == rule &&
		    ward_binding_text(binding, i, class) != NULL) {
			return true;
		}
	}
	return !ward_rules[rule].number;
}

/* Weak passwords are looked for only when somebody wants it, and then also
 * where no document asks: what is found is a warning there. */
static bool
note_words(struct ward_evaluation *e, enum ward_class class, bool asked)
{
	unsigned char *judges = &e->judges[class][WARD_RULE_PASSWORD_WEAK];

	if (!e->host->words_tried) {
		*judges = 0;
		return asked;
	}
	if (!asked) {
		*judges |= 1 << WARD_SHOULD;
	}
	return true;
}

/* Is the rule given a number for this class, by a document that binds? */
static bool
note_class(struct ward_evaluation *e, enum ward_rule_id rule,
    enum ward_class class)
{
	bool enabled = false, given = false;

	for (enum ward_strength i = 0; i < WARD_STRENGTH_COUNT; i++) {
		const struct ward_binding *binding = ward_plan_binding(e->plan,
		    i);
		const bool asks = ward_binding_enables(binding, rule, class);
		const bool number = has_number(binding, rule, class);

		if (checks[rule] != NULL && asks && number) {
			e->judges[class][rule] |= (unsigned char)(1 << i);
		}
		enabled |= asks && i != WARD_REFERENCE;
		given |= number && i != WARD_REFERENCE;
	}
	if (rule == WARD_RULE_PASSWORD_WEAK) {
		enabled = note_words(e, class, enabled);
	}
	e->summary.rules[rule].enabled |= enabled;
	e->asked[class][rule] = enabled;
	e->unset[class][rule] = checks[rule] != NULL && enabled && !given;
	return given;
}

static void
note_rule(struct ward_evaluation *e, enum ward_rule_id rule)
{
	struct ward_tally *tally = &e->summary.rules[rule];
	bool given = false;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		given |= note_class(e, rule, c);
	}
	tally->unset = tally->enabled && !given;
	tally->untried = rule == WARD_RULE_PASSWORD_WEAK &&
	    !e->host->words_tried;
}

int
ward_evaluation_new(const struct ward_plan *plan, const struct ward_host *host,
    ward_finding_fn *sink, void *arg, struct ward_evaluation **ret_evaluation)
{
	struct ward_evaluation *e;

	if (ward_plan_kind(plan) == WARD_KIND_REFERENCE) {
		return WARD_ERR_MISSING;
	}
	e = calloc(1, sizeof(*e));
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

/* ---- a part of it --------------------------------------------------------- */

bool
ward_selection_has_rule(const struct ward_selection *selection, const char *id)
{
	return selection->rule == NULL || fnmatch(selection->rule, id, 0) == 0;
}

bool
ward_selection_has_user(const struct ward_selection *selection,
    const char *name)
{
	return selection->user == NULL ||
	    (name != NULL && strcmp(selection->user, name) == 0);
}

/* Does the plan have a duty that is selected? */
static bool
has_duty(const struct ward_plan *plan, const struct ward_selection *selection)
{
	struct ward_topic topic;
	char id[WARD_TOPIC_SIZE];

	for (size_t i = WARD_RULE_COUNT; ward_plan_topic(plan, i, &topic);
	     i++) {
		ward_topic_id(&topic, id);
		if (ward_selection_has_rule(selection, id)) {
			return true;
		}
	}
	return false;
}

/* Is the selected rule one that somebody asks for? One that is not selected is
 * as if nobody did. */
static bool
select_rule(struct ward_evaluation *e, enum ward_rule_id rule)
{
	const bool has = ward_selection_has_rule(&e->only, ward_rules[rule].id);
	struct ward_tally *tally = &e->summary.rules[rule];
	bool asked = tally->enabled;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		asked |= e->judges[c][rule] != 0;
		if (!has) {
			e->judges[c][rule] = 0;
			e->asked[c][rule] = false;
			e->unset[c][rule] = false;
		}
	}
	/* What is asked of a user shows when its account comes. */
	if (!has || e->only.user != NULL) {
		*tally = (struct ward_tally){ .enabled = false };
	}
	return has && asked && rule != WARD_RULE_CLASS_PRIVILEGED;
}

int
ward_evaluation_select(struct ward_evaluation *evaluation,
    const struct ward_selection *selection)
{
	bool any = has_duty(evaluation->plan, selection);

	evaluation->only = *selection;
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		any |= select_rule(evaluation, rule);
	}
	return any ? 0 : WARD_ERR_MISSING;
}

/* Is it about the selected account? NULL: about none. */
static bool
is_selected(struct ward_evaluation *e, const char *name)
{
	const bool is = ward_selection_has_user(&e->only, name);

	e->summary.met |= is;
	return is;
}

/* With one account selected, the rules are those asked of its class; what is
 * asked of the host is not asked of it. */
static void
note_asked(struct ward_evaluation *e, enum ward_class class)
{
	for (enum ward_rule_id rule = 0;
	     e->only.user != NULL && rule < WARD_RULE_COUNT; rule++) {
		const enum ward_subject_type about = ward_rules[rule].subject;

		e->summary.rules[rule].enabled |= e->asked[class][rule] &&
		    (about == WARD_SUBJECT_ACCOUNT ||
			about == WARD_SUBJECT_SERVICE);
	}
}

static bool
is_anything_judged(const struct ward_summary *summary)
{
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		for (size_t v = 0; v < WARD_VERDICT_COUNT; v++) {
			if (summary->rules[i].verdicts[v] > 0) {
				return true;
			}
		}
	}
	return false;
}

/* ---- judging -------------------------------------------------------------- */

static void
count(struct ward_summary *summary, const struct ward_finding *finding)
{
	struct ward_tally *tally = &summary->rules[finding->rule];
	bool warning = finding->verdict == WARD_FAIL &&
	    finding->strength == WARD_SHOULD;

	if (finding->strength == WARD_REFERENCE) {
		tally->reference++;
		summary->reference++;
		return;
	}
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
	if (c->only_failures && verdict != WARD_FAIL) {
		return 0;
	}
	c->failed |= verdict == WARD_FAIL;
	c->finding.verdict = verdict;
	c->finding.reason = reason;
	c->finding.source = source;
	if (c->reference) {
		c->finding.strength = WARD_REFERENCE;
	}
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

/* In digits, at the end of `text`; where they begin. Not by printf(3): each
 * account has several, and most are never shown. */
static const char *
write_number(int64_t number, char *text, size_t size)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char *at = text + size - 1;

	*at = '\0';
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0) {
		*--at = '-';
	}
	return at;
}

void
ward_case_observe(struct ward_case *c, int64_t observed, int64_t required,
    const char *unit)
{
	c->finding.observed = write_number(observed, c->observed,
	    sizeof(c->observed));
	c->finding.required = write_number(required, c->required,
	    sizeof(c->required));
	c->finding.unit = *unit != '\0' ? unit : NULL;
}

void
ward_case_days_left(struct ward_case *c, int64_t last_day)
{
	c->finding.days_left = (struct ward_optional){ last_day >= c->today,
		last_day >= c->today ? last_day - c->today : 0 };
}

bool
ward_case_number(struct ward_case *c, enum ward_setting_id setting,
    uint32_t *ret_number)
{
	if (!ward_binding_number(c->binding, setting, c->class, ret_number)) {
		return false;
	}
	c->finding.agency = ward_binding_is_agency(c->binding, setting,
	    c->class);
	return true;
}

static void
prepare(struct ward_case *c, enum ward_rule_id rule,
    enum ward_strength strength)
{
	c->binding = ward_plan_binding(c->evaluation->plan, strength);
	c->reference = strength == WARD_REFERENCE;
	c->finding.rule = rule;
	c->finding.strength = strength;
	c->finding.verdict = WARD_UNKNOWN;
	c->finding.reason = WARD_REASON_NONE;
	c->finding.observed = c->finding.required = NULL;
	c->finding.unit = c->finding.detail = NULL;
	c->finding.citations = ward_binding_citations(c->binding, rule,
	    c->class);
	c->finding.agency = false;
	c->finding.days_left = (struct ward_optional){ false, 0 };
}

/* The strongest first; what is weaker has a say only where it is stricter, and
 * a reference only where nothing that binds has failed. */
static int
judge_rule(struct ward_case *c, enum ward_rule_id rule)
{
	const unsigned char judges = c->evaluation->judges[c->class][rule];
	int r = 0;

	c->failed = c->only_failures = false;
	for (enum ward_strength i = 0;
	     r == 0 && !c->failed && i < WARD_STRENGTH_COUNT; i++) {
		if ((judges & 1 << i) == 0) {
			continue;
		}
		c->only_failures |= i == WARD_REFERENCE;
		prepare(c, rule, i);
		r = checks[rule](c);
		c->only_failures = true;
	}
	return r;
}

int
ward_evaluate_account(struct ward_evaluation *evaluation,
    const struct ward_account *account)
{
	struct ward_case c;
	int r = 0;

	if (!is_selected(evaluation, account->name)) {
		return 0;
	}
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
	note_asked(evaluation, c.class);
	for (enum ward_rule_id rule = 0; r == 0 && rule < WARD_RULE_COUNT;
	     rule++) {
		if (evaluation->judges[c.class][rule] != 0) {
			r = judge_rule(&c, rule);
		}
		if (evaluation->unset[c.class][rule]) {
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
	    reason == WARD_REASON_WELLFORMED_DOAS_OPEN ||
	    reason == WARD_REASON_WELLFORMED_KEYS ||
	    reason == WARD_REASON_TRUSTED_UNREAD ||
	    reason == WARD_REASON_WELLFORMED_RECORD_FILE;
}

int
ward_evaluate_defect(struct ward_evaluation *evaluation,
    const struct ward_defect *defect)
{
	struct ward_case c = { .class = WARD_CLASS_ANY,
		.evaluation = evaluation };
	const enum ward_rule_id rule = ward_reasons[defect->reason].rule;
	const enum ward_strength strength = ward_plan_strength(evaluation->plan,
	    rule, WARD_CLASS_ANY);

	if (!is_selected(evaluation, defect->name) ||
	    !ward_selection_has_rule(&evaluation->only, ward_rules[rule].id) ||
	    !ward_binding_enables(ward_plan_binding(evaluation->plan, strength),
		rule, WARD_CLASS_ANY)) {
		return 0;
	}
	evaluation->summary.rules[rule].enabled |= strength != WARD_REFERENCE;
	prepare(&c, rule, strength);
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
	ret_summary->met |= evaluation->only.user == NULL;
	/* A part that has nothing to judge shows nothing. */
	if ((evaluation->only.rule != NULL || evaluation->only.user != NULL) &&
	    !is_anything_judged(ret_summary)) {
		ret_summary->verdict = WARD_UNKNOWN;
	}
}
