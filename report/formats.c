/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/formats.h"

#include <string.h>

static const struct ward_audit_format *const audit_formats[] = {
	&ward_audit_text,
	&ward_audit_json,
	&ward_audit_jsonl,
	&ward_audit_csv,
};

static const struct ward_privileged_format *const privileged_formats[] = {
	&ward_privileged_text,
	&ward_privileged_json,
};

static const struct ward_coverage_format *const coverage_formats[] = {
	&ward_coverage_text,
	&ward_coverage_json,
	&ward_coverage_csv,
};

static const struct ward_simulate_format *const simulate_formats[] = {
	&ward_simulate_text,
	&ward_simulate_json,
	&ward_simulate_csv,
};

const struct ward_audit_format *
ward_audit_format(const char *name)
{
	for (size_t i = 0; i < sizeof(audit_formats) / sizeof(audit_formats[0]);
	     i++) {
		if (strcmp(audit_formats[i]->name, name) == 0) {
			return audit_formats[i];
		}
	}
	return NULL;
}

const struct ward_privileged_format *
ward_privileged_format(const char *name)
{
	for (size_t i = 0;
	     i < sizeof(privileged_formats) / sizeof(privileged_formats[0]);
	     i++) {
		if (strcmp(privileged_formats[i]->name, name) == 0) {
			return privileged_formats[i];
		}
	}
	return NULL;
}

const struct ward_coverage_format *
ward_coverage_format(const char *name)
{
	for (size_t i = 0;
	     i < sizeof(coverage_formats) / sizeof(coverage_formats[0]); i++) {
		if (strcmp(coverage_formats[i]->name, name) == 0) {
			return coverage_formats[i];
		}
	}
	return NULL;
}

const struct ward_simulate_format *
ward_simulate_format(const char *name)
{
	for (size_t i = 0;
	     i < sizeof(simulate_formats) / sizeof(simulate_formats[0]); i++) {
		if (strcmp(simulate_formats[i]->name, name) == 0) {
			return simulate_formats[i];
		}
	}
	return NULL;
}

bool
ward_audit_shows(const struct ward_report *report,
    const struct ward_finding *finding)
{
	return report->all ||
	    (finding->verdict != WARD_PASS &&
		finding->verdict != WARD_NOTAPPLICABLE);
}

bool
ward_audit_is_part(const struct ward_report *report)
{
	return report->only.rule != NULL || report->only.user != NULL;
}

void
ward_citations_text(const struct ward_citations *citations, char *text,
    size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < citations->count && used < size; i++) {
		const struct ward_citation *one = &citations->list[i];
		char clauses[WARD_CLEAN_SIZE];

		ward_clean_text(one->clauses, clauses, sizeof(clauses));
		used += (size_t)snprintf(text + used, size - used, "%s%s %s",
		    i > 0 ? "; " : "", one->plan, clauses);
	}
}

const char *
ward_coverage_door(const struct ward_coverage *coverage)
{
	return ward_enforced_name(coverage->enforced ?
		ward_rules[coverage->rule].enforced :
		WARD_NOT_ENFORCED);
}

const char *
ward_coverage_note(const struct ward_coverage *coverage)
{
	return coverage->answer == WARD_ANSWER_CHECKED &&
		coverage->rule == WARD_RULE_PASSWORD_WEAK ?
	    N_("checked for services; for accounts only with "
	       "--try-words") :
	    NULL;
}

void
ward_coverage_agency(const struct ward_coverage *coverage, char *text,
    size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < coverage->agency_count && used < size; i++) {
		const struct ward_agency_setting *setting = &coverage
								 ->agency[i];
		char value[WARD_CLEAN_SIZE];

		ward_clean_text(setting->value, value, sizeof(value));
		used += (size_t)snprintf(text + used, size - used, "%s%s = %s",
		    i > 0 ? "; " : "", setting->key, value);
	}
}

void
ward_edition_text(const struct ward_report *report,
    const struct ward_plan *plan, const char *before, const char *after,
    char *text, size_t size)
{
	const char *version = ward_plan_version(plan);
	const char *date = ward_plan_date(plan);
	char number[128] = "", words[192] = "";

	text[0] = '\0';
	if (version == NULL && date == NULL) {
		return;
	}
	if (version != NULL) {
		ward_clean_text(version, number, sizeof(number));
		(void)snprintf(words, sizeof(words),
		    ward_text(report->language, "version %s"), number);
	}
	/* A date has been judged: digits and dashes. */
	(void)snprintf(text, size, "%s%s%s%s%s", before, words,
	    version != NULL && date != NULL ?
		ward_text(report->language, ", ") :
		"",
	    date != NULL ? date : "", after);
}

void
ward_source_text(struct ward_source source, char *text, size_t size)
{
	char file[WARD_CLEAN_SIZE], line[16] = "";

	text[0] = '\0';
	if (source.file == NULL) {
		return;
	}
	ward_clean_text(source.file, file, sizeof(file));
	if (source.line > 0) {
		(void)snprintf(line, sizeof(line), ":%u", source.line);
	}
	(void)snprintf(text, size, " [%s%s]", file, line);
}

/* Was anybody judged by the rule? */
static bool
is_counted(const struct ward_rule_count *tally)
{
	for (size_t i = 0; i < WARD_VERDICT_COUNT; i++) {
		if (tally->verdicts[i] > 0) {
			return true;
		}
	}
	return false;
}

/* Of a rule that this version does not judge: is it held to nevertheless? */
static const char *
find_door(enum ward_enforced enforced)
{
	static const char *const doors[WARD_ENFORCED_COUNT] = {
		[WARD_NOT_ENFORCED] = N_(
		    "not judged: this version does not collect what it takes"),
		[WARD_AT_LOG_IN] = N_(
		    "not judged; enforced at log-in, where pam_acctward(8) "
		    "stands in the host's PAM stacks and its numbers are set"),
		[WARD_AT_CHANGE] = N_(
		    "not judged; enforced when a password is set, where "
		    "pam_acctward(8) stands in the host's PAM stacks and its "
		    "numbers are set"),
	};

	return doors[enforced];
}

static const char *
find_note(enum ward_rule_id rule, const struct ward_rule_count *tally,
    bool of_user)
{
	if (!tally->enabled) {
		return N_("asked for by a reference only");
	}
	if (!ward_rules[rule].judged) {
		return find_door(ward_rules[rule].enforced);
	}
	if (of_user && ward_rules[rule].subject == WARD_SUBJECT_SERVICE) {
		return N_("judged for the host's services, and not for one "
			  "account");
	}
	if (tally->untried && is_counted(tally)) {
		return N_("judged for services only; accounts' passwords are "
			  "tried by `acctward audit --try-words`");
	}
	if (tally->untried) {
		return N_("not judged but by `acctward audit --try-words`; "
			  "enforced when a password is set, where "
			  "pam_acctward(8) stands in the host's PAM stacks");
	}
	if (tally->unset) {
		return is_counted(tally) ?
		    N_("not judged for every account: the document gives "
		       "no number for some classes; the agency sets one in "
		       "acctward.conf") :
		    N_("not judged: the document gives no number; the "
		       "agency sets one in acctward.conf");
	}
	return NULL;
}

static enum ward_verdict
worst_verdict(const struct ward_rule_count *tally, bool noted)
{
	static const enum ward_verdict worst[] = { WARD_FAIL, WARD_UNKNOWN,
		WARD_WAIVED, WARD_PASS };

	for (size_t i = 0; i < sizeof(worst) / sizeof(worst[0]); i++) {
		if (tally->verdicts[worst[i]] > 0) {
			return worst[i];
		}
	}
	return noted ? WARD_UNKNOWN : WARD_NOTAPPLICABLE;
}

/* The i-th duty that is selected: a duty is nobody's account's. */
static bool
find_duty(const struct ward_report *report, size_t i, char id[WARD_TOPIC_SIZE])
{
	const bool every = report->only.rule == NULL;
	struct ward_topic topic;

	for (size_t d = WARD_RULE_COUNT + (every ? i : 0);
	     report->only.user == NULL &&
	     ward_plan_topic(report->plan, d, &topic);
	     d++) {
		ward_topic_id(&topic, id);
		if (every ||
		    (ward_selection_has_rule(&report->only, id) && i-- == 0)) {
			return true;
		}
	}
	return false;
}

bool
ward_audit_rule(const struct ward_report *report,
    const struct ward_summary *summary, size_t i,
    struct ward_audit_rule *ret_rule)
{
	static const struct ward_rule_count nothing = { .enabled = true };
	struct ward_audit_rule r;

	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		r.tally = &summary->rules[rule];
		if ((!r.tally->enabled && r.tally->reference == 0) ||
		    rule == WARD_RULE_CLASS_PRIVILEGED || i-- != 0) {
			continue;
		}
		r.duty = false;
		r.unset = ward_rules[rule].judged && r.tally->unset;
		r.untried = r.tally->untried;
		r.services = report->only.user != NULL &&
		    ward_rules[rule].subject == WARD_SUBJECT_SERVICE;
		r.note = find_note(rule, r.tally, report->only.user != NULL);
		(void)snprintf(r.id, sizeof(r.id), "%s", ward_rules[rule].id);
		r.verdict = worst_verdict(r.tally,
		    r.note != NULL && r.tally->enabled);
		*ret_rule = r;
		return true;
	}
	r = (struct ward_audit_rule){ .verdict = WARD_UNKNOWN,
		.duty = true,
		.note = find_note(WARD_RULE_OBLIGATION, &nothing, false),
		.tally = &nothing };
	if (!find_duty(report, i, r.id)) {
		return false;
	}
	*ret_rule = r;
	return true;
}

void
ward_audit_count(const struct ward_report *report,
    const struct ward_summary *summary, unsigned int *ret_judged,
    unsigned int *ret_not_judged)
{
	struct ward_audit_rule rule;

	*ret_judged = *ret_not_judged = 0;
	for (size_t i = 0; ward_audit_rule(report, summary, i, &rule); i++) {
		if (!rule.tally->enabled) {
			continue;
		}
		if (rule.note == NULL || is_counted(rule.tally)) {
			(*ret_judged)++;
		} else {
			(*ret_not_judged)++;
		}
	}
}
