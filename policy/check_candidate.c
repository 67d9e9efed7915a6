/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules for a password that somebody wants to set. What is said of it is
 * what is asked, and never what was observed. */
#include "check_common.h"
#include "evaluation.h"

#include <string.h>

#include "plan.h"

static const struct ward_source nowhere = { .file = NULL };

static int
say(struct ward_case *c, enum ward_verdict verdict, enum ward_reason_id reason)
{
	return ward_case_say(c, verdict, reason, nowhere);
}

/* Is there at least what the setting asks for? */
static int
check_least(struct ward_case *c, const struct ward_optional *observed,
    enum ward_setting_id setting, enum ward_reason_id less,
    enum ward_reason_id unknown)
{
	uint32_t least;

	(void)ward_case_number(c, setting, &least);
	ward_case_require(c, least, ward_settings[setting].unit);
	if (observed != NULL && !observed->known) {
		return say(c, WARD_UNKNOWN, unknown);
	}
	return observed == NULL || observed->value < least ?
	    say(c, WARD_FAIL, less) :
	    say(c, WARD_PASS, WARD_REASON_NONE);
}

static int
check_length(struct ward_case *c)
{
	return check_least(c,
	    c->candidate == NULL ? NULL : &c->candidate->characters,
	    WARD_SET_PASSWORD_MIN_LENGTH_MIN, WARD_REASON_NEW_SHORT,
	    WARD_REASON_NEW_LENGTH_UNKNOWN);
}

static int
check_classes(struct ward_case *c)
{
	return check_least(c,
	    c->candidate == NULL ? NULL : &c->candidate->classes,
	    WARD_SET_PASSWORD_MIN_CLASSES_MIN, WARD_REASON_NEW_CLASSES,
	    WARD_REASON_NEW_CLASSES_UNKNOWN);
}

static int
check_name(struct ward_case *c)
{
	if (c->candidate == NULL || c->candidate->has_name) {
		return say(c, WARD_FAIL, WARD_REASON_NEW_NAME);
	}
	return c->candidate->names_known ?
	    say(c, WARD_PASS, WARD_REASON_NONE) :
	    say(c, WARD_UNKNOWN, WARD_REASON_NEW_NAME_UNKNOWN);
}

/* Unknown, with why. */
static int
say_unknown(struct ward_case *c, enum ward_reason_id reason, const char *why)
{
	c->finding.detail = why != NULL ? why : N_("it was not looked up");
	return say(c, WARD_UNKNOWN, reason);
}

static int
check_weak(struct ward_case *c)
{
	static const enum ward_reason_id reasons[WARD_WEAK_COUNT] = {
		[WARD_WEAK_COMMON] = WARD_REASON_NEW_WEAK_COMMON,
		[WARD_WEAK_PATTERN] = WARD_REASON_NEW_WEAK_PATTERN,
		[WARD_WEAK_DATE] = WARD_REASON_NEW_WEAK_DATE,
		[WARD_WEAK_NUMBER] = WARD_REASON_NEW_WEAK_NUMBER,
		[WARD_WEAK_AGENCY] = WARD_REASON_NEW_WEAK_AGENCY,
		[WARD_WEAK_BREACHED] = WARD_REASON_NEW_WEAK_BREACHED,
		[WARD_WEAK_DICTIONARY] = WARD_REASON_NEW_WEAK_DICTIONARY,
		[WARD_WEAK_SIMILAR] = WARD_REASON_NEW_WEAK_SIMILAR,
		[WARD_WEAK_SIMPLE] = WARD_REASON_NEW_WEAK_SIMPLE,
	};
	const enum ward_weakness weakness = c->candidate == NULL ?
	    WARD_WEAK_COMMON :
	    c->candidate->weakness;

	switch (weakness) {
	case WARD_WEAK_NOT:
		return say(c, WARD_PASS, WARD_REASON_NONE);
	case WARD_WEAK_UNKNOWN:
		return say_unknown(c, WARD_REASON_NEW_WEAK_UNKNOWN,
		    c->candidate->weak_why);
	default:
		return say(c, WARD_FAIL, reasons[weakness]);
	}
}

static int
check_history(struct ward_case *c)
{
	const struct ward_candidate *candidate = c->candidate;
	uint32_t older;

	(void)ward_case_number(c, WARD_SET_PASSWORD_HISTORY_OLDER, &older);
	ward_case_require(c, older,
	    ward_settings[WARD_SET_PASSWORD_HISTORY_OLDER].unit);
	if (candidate == NULL) {
		return say(c, WARD_FAIL, WARD_REASON_NEW_OLDER);
	}
	if (candidate->reuse == WARD_REUSE_UNKNOWN) {
		return say_unknown(c, WARD_REASON_NEW_HISTORY_UNKNOWN,
		    candidate->reuse_why);
	}
	if (candidate->reuse == WARD_REUSE_CURRENT) {
		return say(c, WARD_FAIL, WARD_REASON_NEW_CURRENT);
	}
	return candidate->reuse == WARD_REUSE_OLDER &&
		candidate->older <= older ?
	    say(c, WARD_FAIL, WARD_REASON_NEW_OLDER) :
	    say(c, WARD_PASS, WARD_REASON_NONE);
}

/* May it be changed whatever its age? */
static bool
is_free(const struct ward_case *c)
{
	const struct ward_account *a = c->account;

	return a->temporary || (a->changed.known && a->changed.value == 0) ||
	    (c->candidate != NULL &&
		(c->candidate->reset || c->candidate->forced));
}

/* It is no demand but of who would be refused for it. */
static int
say_of_age(struct ward_case *c, enum ward_verdict verdict,
    enum ward_reason_id reason)
{
	return c->candidate == NULL && verdict != WARD_FAIL ?
	    0 :
	    ward_case_say(c, verdict, reason, c->account->shadow);
}

/* Days are counted in UTC, and begin at another hour elsewhere: it is told by
 * the clock of who reads it. */
static void
tell_when(struct ward_case *c, int64_t day)
{
	const int zone = c->evaluation->host->now.zone;
	const int64_t minutes = day * 24 * 60 + zone;
	const int64_t local = ward_day_of(minutes * 60);
	const unsigned int minute = (unsigned int)(minutes - local * 24 * 60);
	char date[WARD_DAY_SIZE];

	ward_day_format(local, date);
	(void)snprintf(c->detail, sizeof(c->detail), "%s %02u:%02u%s", date,
	    minute / 60, minute % 60, zone == 0 ? " UTC" : "");
	c->finding.detail = c->detail;
}

static int
check_min_age(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	uint32_t days;

	(void)ward_case_number(c, WARD_SET_PASSWORD_MIN_AGE_DAYS, &days);
	ward_case_require(c, days, "days");
	if (is_free(c)) {
		return say_of_age(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_NEW_AGE_FREE);
	}
	if (!a->has_shadow && a->shadow_why != NULL) {
		c->finding.detail = a->shadow_why;
		return say_of_age(c, WARD_UNKNOWN, WARD_REASON_NEW_AGE_UNKNOWN);
	}
	/* A day that lies ahead is a wrong clock's: nobody is to wait for it. */
	if (!a->changed.known || a->changed.value > c->today + 1) {
		return say_of_age(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_NEW_AGE_NO_DAY);
	}
	if (c->today - a->changed.value >= days) {
		return say_of_age(c, WARD_PASS, WARD_REASON_NONE);
	}
	tell_when(c, a->changed.value + days);
	return say_of_age(c, WARD_FAIL, WARD_REASON_NEW_TOO_SOON);
}

static const struct {
	enum ward_rule_id rule;
	ward_check_fn *check;
} rules[] = {
	{ WARD_RULE_PASSWORD_MIN_LENGTH, check_length },
	{ WARD_RULE_PASSWORD_MIN_CLASSES, check_classes },
	{ WARD_RULE_PASSWORD_NO_ACCOUNT_NAME, check_name },
	{ WARD_RULE_PASSWORD_WEAK, check_weak },
	{ WARD_RULE_PASSWORD_HISTORY, check_history },
	{ WARD_RULE_PASSWORD_MIN_AGE, check_min_age },
};

/* One that the host does not have is known by its name alone. */
static bool
is_stranger(const struct ward_account *account)
{
	return !account->uid.known && account->shell == NULL &&
	    !account->login_shell && account->path_count == 0;
}

static int
judge_one(struct ward_case *c, size_t i, uint32_t wanted)
{
	struct ward_evaluation *e = c->evaluation;
	struct ward_rule_count *tally = &e->summary.rules[rules[i].rule];
	uint32_t judges;
	bool lacks;

	if (!ward_selection_has_rule(&e->only, ward_rules[rules[i].rule].id)) {
		return 0;
	}
	judges = ward_evaluation_judges(e->plan, rules[i].rule, c->class,
	    &lacks);
	tally->unset |= lacks;
	/* What an audit does only where it is asked for is done here. */
	tally->untried = false;
	return ward_case_judge(c, rules[i].rule, judges & wanted,
	    rules[i].check);
}

static int
judge(struct ward_evaluation *e, const struct ward_account *account,
    const struct ward_candidate *candidate, uint32_t wanted)
{
	struct ward_case c;
	int r = 0;

	if (!ward_evaluation_selects(e, account->name)) {
		return 0;
	}
	ward_case_begin(&c, e, account);
	c.candidate = candidate;
	if (is_stranger(account)) {
		c.class = WARD_CLASS_PERSON;
		c.finding.subject.class = c.class;
	}
	e->summary.accounts++;
	ward_evaluation_note_asked(e, c.class);
	for (size_t i = 0; r == 0 && i < sizeof(rules) / sizeof(rules[0]);
	     i++) {
		r = judge_one(&c, i, wanted);
	}
	return r;
}

int
ward_evaluate_candidate(struct ward_evaluation *evaluation,
    const struct ward_account *account, const struct ward_candidate *candidate)
{
	return judge(evaluation, account, candidate, UINT32_MAX);
}

int
ward_evaluate_demands(struct ward_evaluation *evaluation,
    const struct ward_account *account)
{
	return judge(evaluation, account, NULL,
	    (UINT32_C(1) << WARD_REFERENCE) - 1);
}

bool
ward_plan_history(const struct ward_plan *plan, enum ward_class class,
    uint32_t *ret_older)
{
	uint32_t most = 0, older;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		if (ward_binding_number(ward_plan_binding(plan, i),
			WARD_SET_PASSWORD_HISTORY_OLDER, class, &older) &&
		    older > most) {
			most = older;
		}
	}
	if (most == 0) {
		return false;
	}
	*ret_older = most;
	return true;
}

/* What is said, and not only built in, by one document is not undone by the
 * silence of another; but one that says the contrary is the stricter one. */
bool
ward_plan_holds_resets(const struct ward_plan *plan, enum ward_class class)
{
	bool exempt = false;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const struct ward_demand *demand = ward_plan_binding(plan, i)
						       ->demand[class];
		const struct ward_value *value =
		    &demand->value
			 [WARD_SET_PASSWORD_CHANGE_AT_FIRST_LOGIN_TEMPORARY];

		if (value->text == NULL ||
		    value->origin.kind == WARD_ORIGIN_BUILTIN) {
			continue;
		}
		if (strcmp(value->text, "exempt") != 0) {
			return true;
		}
		exempt = true;
	}
	return !exempt;
}
