/* SPDX-License-Identifier: BSD-2-Clause */
#include "evaluation.h"

#include <stdlib.h>
#include <string.h>

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

/* Is there, for this class, a number to judge the rule by? What can't be
 * stricter is none. */
static bool
has_number(const struct ward_binding *binding, enum ward_rule_id rule,
    enum ward_class class)
{
	for (enum ward_setting_id i = 0;
	     ward_rules[rule].number && i < WARD_SETTING_COUNT; i++) {
		if (ward_settings[i].rule == rule &&
		    ward_settings[i].stricter != WARD_FIXED &&
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
	uint32_t *judges = &e->judges[class][WARD_RULE_PASSWORD_WEAK];

	if (!e->host->words_tried) {
		*judges = 0;
		return asked;
	}
	if (!asked) {
		*judges |= 1 << WARD_SHOULD;
	}
	return true;
}

uint32_t
ward_evaluation_judges(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class, bool *ret_lacks)
{
	const struct ward_binding *binding;
	uint32_t judges = 0;

	*ret_lacks = false;
	for (size_t i = 0; (binding = ward_plan_binding(plan, i)) != NULL;
	     i++) {
		if (!ward_binding_enables(binding, rule, class)) {
			continue;
		}
		if (has_number(binding, rule, class)) {
			judges |= UINT32_C(1) << i;
		} else {
			*ret_lacks |= i < WARD_REFERENCE;
		}
	}
	return judges;
}

static enum ward_asker
strongest_asker(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	enum ward_asker asker = WARD_ASKED_BY_NOBODY;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const enum ward_asker
		    asks = ward_binding_asker(ward_plan_binding(plan, i), rule,
			class);

		asker = asks > asker ? asks : asker;
	}
	return asker;
}

/* Is the rule given a number for this class, by a document that binds? */
static bool
note_class(struct ward_evaluation *e, enum ward_rule_id rule,
    enum ward_class class)
{
	const enum ward_asker asker = strongest_asker(e->plan, rule, class);
	bool lacks, enabled = asker != WARD_ASKED_BY_NOBODY;
	const uint32_t judges = ward_evaluation_judges(e->plan, rule, class,
	    &lacks);

	if (checks[rule] != NULL) {
		e->judges[class][rule] = judges;
	}
	if (rule == WARD_RULE_PASSWORD_WEAK) {
		enabled = note_words(e, class, enabled);
	}
	e->summary.rules[rule].enabled |= enabled;
	e->summary.rules[rule].built_in &= asker <= WARD_ASKED_BY_PROGRAM;
	if (ward_rule_is_of_services(rule)) {
		e->by_service[rule] |= judges;
		e->unset_service[rule] |= ward_service_lacks(e->plan, rule,
		    class, lacks);
	}
	e->asked[class][rule] = enabled;
	e->unset[class][rule] = checks[rule] != NULL && lacks;
	return (judges & ((UINT32_C(1) << WARD_REFERENCE) - 1)) != 0;
}

static void
note_rule(struct ward_evaluation *e, enum ward_rule_id rule)
{
	struct ward_rule_count *tally = &e->summary.rules[rule];
	bool given = false;

	tally->built_in = true;
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		given |= note_class(e, rule, c);
	}
	tally->unset = tally->enabled && ward_rules[rule].number && !given;
	tally->untried = rule == WARD_RULE_PASSWORD_WEAK &&
	    !e->host->words_tried;
}

int
ward_evaluation_new(const struct ward_plan *plan, const struct ward_host *host,
    ward_finding_fn *sink, void *arg, struct ward_evaluation **ret_evaluation)
{
	char mark[WARD_MARK_SIZE];
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
	if (host->door_plan != NULL) {
		ward_plan_mark(plan, mark);
		e->same_door = strcmp(host->door_plan, mark) == 0;
	}
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

/* Was anything judged that somebody asks for? What every plan has built in
 * proves nothing of a document. */
static bool
is_anything_judged(const struct ward_summary *summary)
{
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		const struct ward_rule_count *tally = &summary->rules[i];

		for (size_t v = 0; v < WARD_VERDICT_COUNT; v++) {
			if (tally->verdicts[v] > 0 && !tally->built_in) {
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
	struct ward_rule_count *tally = &summary->rules[finding->rule];
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
	/* Once a stronger document was heard, only what it did not say. */
	if (c->heard && (verdict != WARD_FAIL || reason == c->said)) {
		return 0;
	}
	if (verdict == WARD_FAIL) {
		c->said = reason;
		c->failed |= c->finding.strength == c->strength;
	}
	if (verdict == WARD_FAIL && c->finding.built_in) {
		/* No document is broken; but what can't be read may hide what
		 * would break one. */
		verdict = ward_reason_hides(reason) ? WARD_UNKNOWN : WARD_FAIL;
		c->finding.strength = WARD_SHOULD;
	}
	c->finding.verdict = verdict;
	c->finding.reason = reason;
	c->finding.source = source;
	if (c->strength == WARD_REFERENCE) {
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
ward_case_require(struct ward_case *c, int64_t required, const char *unit)
{
	c->finding.required = write_number(required, c->required,
	    sizeof(c->required));
	c->finding.unit = *unit != '\0' ? unit : NULL;
}

void
ward_case_observe(struct ward_case *c, int64_t observed, int64_t required,
    const char *unit)
{
	c->finding.observed = write_number(observed, c->observed,
	    sizeof(c->observed));
	ward_case_require(c, required, unit);
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

void
ward_case_ask(struct ward_case *c, enum ward_class class)
{
	const enum ward_rule_id rule = c->finding.rule;
	const enum ward_asker asker = ward_binding_asker(c->binding, rule,
	    class);

	c->class = class;
	c->finding.citations = ward_binding_citations(c->binding, rule, class);
	c->finding.agency = asker == WARD_ASKED_BY_AGENCY;
	c->finding.built_in = asker == WARD_ASKED_BY_PROGRAM;
}

void
ward_case_prepare(struct ward_case *c, enum ward_rule_id rule, size_t i)
{
	c->binding = ward_plan_binding(c->evaluation->plan, i);
	c->strength = i < WARD_REFERENCE ? (enum ward_strength)i :
					   WARD_REFERENCE;
	c->finding.rule = rule;
	c->finding.strength = c->strength;
	c->finding.verdict = WARD_UNKNOWN;
	c->finding.reason = WARD_REASON_NONE;
	c->finding.observed = c->finding.required = NULL;
	c->finding.unit = c->finding.detail = NULL;
	ward_case_ask(c, c->class);
	c->finding.days_left = (struct ward_optional){ false, 0 };
}

/* The strongest first; what is weaker has a say only where it is stricter, and
 * a reference only where nothing that binds has failed. */
int
ward_case_judge(struct ward_case *c, enum ward_rule_id rule, uint32_t judges,
    ward_check_fn *check)
{
	int r = 0;

	c->failed = c->heard = false;
	c->said = WARD_REASON_NONE;
	for (size_t i = 0; r == 0 && !c->failed && judges >> i != 0; i++) {
		if ((judges >> i & 1) == 0) {
			continue;
		}
		c->heard |= i >= WARD_REFERENCE;
		ward_case_prepare(c, rule, i);
		r = check(c);
		c->heard = true;
		/* Each reference speaks for itself. */
		c->failed &= i < WARD_REFERENCE;
		if (i >= WARD_REFERENCE) {
			c->said = WARD_REASON_NONE;
		}
	}
	return r;
}

void
ward_case_begin(struct ward_case *c, struct ward_evaluation *e,
    const struct ward_account *account)
{
	c->account = account;
	c->candidate = NULL;
	c->service = NULL;
	c->class = ward_account_class(e->host, account);
	c->today = ward_day_of(e->host->now.seconds);
	c->evaluation = e;
	c->finding
	    .subject = (struct ward_subject){ .type = WARD_SUBJECT_ACCOUNT,
		.name = account->name,
		.uid = account->uid,
		.class = c->class };
}

static void
note_name(const struct ward_case *c)
{
	struct ward_evaluation *e = c->evaluation;
	const size_t size = strlen(c->account->name);

	if (c->class != WARD_CLASS_SYSTEM &&
	    (e->shortest_name == 0 || size < e->shortest_name)) {
		e->shortest_name = size;
	}
}

int
ward_evaluate_account(struct ward_evaluation *evaluation,
    const struct ward_account *account)
{
	struct ward_case c;
	int r = 0;

	if (!ward_evaluation_selects(evaluation, account->name)) {
		return 0;
	}
	ward_case_begin(&c, evaluation, account);
	evaluation->summary.accounts++;
	note_name(&c);
	evaluation->summary.privileged += account->path_count > 0;
	ward_evaluation_note_asked(evaluation, c.class);
	for (enum ward_rule_id rule = 0; r == 0 && rule < WARD_RULE_COUNT;
	     rule++) {
		if (evaluation->judges[c.class][rule] != 0) {
			r = ward_case_judge(&c, rule,
			    evaluation->judges[c.class][rule], checks[rule]);
		}
		if (evaluation->unset[c.class][rule]) {
			evaluation->summary.rules[rule].unset = true;
		}
	}
	return r;
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
	if (ret_summary->verdict == WARD_PASS &&
	    !is_anything_judged(ret_summary)) {
		ret_summary->verdict = WARD_UNKNOWN;
	}
}
