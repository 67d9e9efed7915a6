/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: each clause, and below it what becomes of it; the counts last. */
#include "report/columns.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

#define INDENT 4

static const struct {
	const char *word, *color;
} answers[WARD_ANSWER_COUNT] = {
	[WARD_ANSWER_GAP] = { N_("GAP"), "\033[1;31m" },
	[WARD_ANSWER_CHECKED] = { N_("checked"), "\033[32m" },
	[WARD_ANSWER_ENFORCED] = { N_("enforced"), "\033[32m" },
	[WARD_ANSWER_ATTESTED] = { N_("attested"), "\033[36m" },
	[WARD_ANSWER_NOT_CHECKED] = { N_("not checked yet"), "\033[33m" },
	[WARD_ANSWER_OUT_OF_SCOPE] = { N_("out of scope"), "" },
};

/* The same with its door, alone and behind what is checked too. */
static const struct {
	const char *word, *more;
} doors[WARD_ENFORCED_COUNT] = {
	[WARD_AT_LOG_IN] = { N_("enforced at log-in"),
	    N_(", enforced at log-in") },
	[WARD_AT_CHANGE] = { N_("enforced when a password is set"),
	    N_(", enforced when a password is set") },
};

static const struct {
	const char *every, *word;
} periods[] = {
	{ "2-years", N_("every 2 years") },
	{ "year", N_("every year") },
	{ "half-year", N_("every half year") },
	{ "quarter", N_("every quarter") },
	{ "month", N_("every month") },
	{ "week", N_("every week") },
	{ "day", N_("every day") },
	{ "at-once", N_("at once") },
};

static int
begin(struct ward_report *report)
{
	const char *extends = ward_plan_extends(report->plan);
	char title[WARD_CLEAN_SIZE], agency[WARD_CLEAN_SIZE];
	char edition[WARD_CLEAN_SIZE], *head = NULL;

	ward_clean_text(ward_plan_title(report->plan), title, sizeof(title));
	ward_clean_text(ward_plan_agency(report->plan), agency, sizeof(agency));
	ward_edition_text(report, report->plan,
	    ward_text(report->language, ", "), "", edition, sizeof(edition));
	if (asprintf(&head, "%s %s (%s%s)", ward_plan_id(report->plan), title,
		agency, edition) < 0) {
		return WARD_ERR_NOMEM;
	}
	ward_put_wrapped(report->stream, head, 0, INDENT);
	free(head);
	if (extends != NULL) {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"It goes on from %s, whose clauses are shown there.\n"),
		    extends);
	}
	(void)fputc('\n', report->stream);
	return 0;
}

static const char *
word_of(const char *every)
{
	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		if (strcmp(periods[i].every, every) == 0) {
			return periods[i].word;
		}
	}
	return every;
}

/* Is it a period that the rule needs, and not a number? */
static bool
needs_period(enum ward_rule_id rule)
{
	for (size_t i = 0; i < WARD_SETTING_COUNT; i++) {
		if (ward_settings[i].rule == rule &&
		    strcmp(ward_settings[i].key, "every") == 0) {
			return true;
		}
	}
	return false;
}

/* ", every year, before 11-01", or what is missing. */
static void
describe_when(const struct ward_report *report,
    const struct ward_coverage *coverage, char *text, size_t size)
{
	const char *when = NULL;
	const char *before = coverage->before; /* a valid MM-DD, or NULL */
	size_t used;

	if (coverage->every != NULL) {
		when = word_of(coverage->every);
	} else if (coverage->unset) {
		when = needs_period(coverage->rule) ? N_("no period given") :
						      N_("no number given");
	}
	used = (size_t)snprintf(text, size, "%s%s",
	    when != NULL ? ward_text(report->language, ", ") : "",
	    when != NULL ? ward_text(report->language, when) : "");
	if (before != NULL && used < size) {
		(void)snprintf(text + used, size - used,
		    ward_text(report->language, ", before %02d-%02d"),
		    (before[0] - '0') * 10 + before[1] - '0',
		    (before[3] - '0') * 10 + before[4] - '0');
	}
}

/* The clause once, above all that answers it, or the heading of what answers
 * none. */
static int
put_clause(struct ward_report *report, const struct ward_coverage *coverage)
{
	const char *clause = coverage->beyond ? "" : coverage->clause;
	const char *shown = report->state;
	char text[WARD_CLEAN_SIZE];

	if (shown != NULL && strcmp(shown, clause) == 0) {
		return 0;
	}
	free(report->state);
	report->state = strdup(clause);
	if (coverage->beyond) {
		(void)fputs(ward_text(report->language,
				"\nBeyond the document, by the agency "
				"(acctward.conf)\n"),
		    report->stream);
	} else {
		ward_clean_text(clause, text, sizeof(text));
		ward_put_wrapped(report->stream, text, 0, INDENT);
	}
	return report->state == NULL ? WARD_ERR_NOMEM : 0;
}

/* " (added by the agency) (agency setting: days = 90)", and whatever else there
 * is to be known of the row. */
static void
describe_more(const struct ward_report *report,
    const struct ward_coverage *coverage, char *text, size_t size)
{
	const char *note = ward_coverage_note(coverage);
	char value[4096];
	size_t used;

	used = (size_t)snprintf(text, size, "%s%s%s%s",
	    note == NULL ? "" : ward_text(report->language, " ("),
	    note == NULL ? "" : ward_text(report->language, note),
	    note == NULL ? "" : ward_text(report->language, ")"),
	    coverage->added && !coverage->beyond ?
		ward_text(report->language, " (added by the agency)") :
		"");
	ward_coverage_agency(coverage, value, sizeof(value));
	if (*value != '\0' && used < size) {
		used += (size_t)snprintf(text + used, size - used,
		    ward_text(report->language, " (agency setting: %s)"),
		    value);
	}
	if (coverage->beyond && coverage->clause != NULL && used < size) {
		ward_clean_text(coverage->clause, value, WARD_CLEAN_SIZE);
		(void)snprintf(text + used, size - used,
		    ward_text(report->language, " (clause %s)"), value);
	}
}

/* "checked: The password is changed in time [password.max_age]" */
static int
put_row(struct ward_report *report, const struct ward_coverage *coverage)
{
	const enum ward_enforced door = coverage->enforced ?
	    ward_rules[coverage->rule].enforced :
	    WARD_NOT_ENFORCED;
	const char *answer = ward_text(report->language,
	    coverage->answer == WARD_ANSWER_ENFORCED ?
		doors[door].word :
		answers[coverage->answer].word);
	const bool named = coverage->answer != WARD_ANSWER_OUT_OF_SCOPE;
	char words[WARD_CLEAN_SIZE], when[128], more[8192];
	char *text = NULL;

	if (put_clause(report, coverage) != 0) {
		return WARD_ERR_NOMEM;
	}
	(void)fprintf(report->stream, "%*s%s%s%s", INDENT, "",
	    report->color ? answers[coverage->answer].color : "", answer,
	    report->color ? "\033[0m" : "");
	if (coverage->answer == WARD_ANSWER_GAP) {
		(void)fputc('\n', report->stream);
		return 0;
	}
	ward_clean_text(ward_text(report->language, coverage->words), words,
	    sizeof(words));
	describe_when(report, coverage, when, sizeof(when));
	describe_more(report, coverage, more, sizeof(more));
	if (asprintf(&text, "%s%s%s%s%s%s%s%s%s",
		door != WARD_NOT_ENFORCED &&
			coverage->answer == WARD_ANSWER_CHECKED ?
		    ward_text(report->language, doors[door].more) :
		    "",
		coverage->strength == WARD_SHOULD ?
		    ward_text(report->language, " (should)") :
		    "",
		when, more, ward_text(report->language, ": "), words,
		named ? " [" : "", named ? coverage->section : "",
		named ? "]" : "") < 0) {
		return WARD_ERR_NOMEM;
	}
	ward_put_wrapped(report->stream, text, INDENT + ward_columns(answer),
	    2 * INDENT);
	free(text);
	return 0;
}

static int
end(struct ward_report *report, const struct ward_coverage_summary *summary)
{
	FILE *stream = report->stream;

	(void)fprintf(stream, ward_text(report->language, "\nclauses: %zu\n"),
	    summary->clauses);
	for (size_t i = WARD_ANSWER_GAP + 1; i <= WARD_ANSWER_COUNT; i++) {
		const size_t answer = i % WARD_ANSWER_COUNT; /* gaps last */

		(void)fprintf(stream, "%*s%s%s%zu\n", INDENT, "",
		    ward_text(report->language, answers[answer].word),
		    ward_text(report->language, ": "),
		    summary->answers[answer]);
	}
	(void)fputs(ward_text(report->language,
			"A clause counts under each answer that it has.\n"),
	    stream);
	if (!summary->listed) {
		(void)fputs(ward_text(report->language,
				"The plan lists no clauses: these are those "
				"it cites; gaps can't be seen.\n"),
		    stream);
	}
	ward_put_wrapped(stream,
	    ward_text(report->language,
		"Enforced, at log-in or when a password is set: by "
		"pam_acctward(8), where it stands in the PAM stacks of a host. "
		"Whether it does is not looked at here."),
	    0, 0);
	return 0;
}

static void
free_clause(struct ward_report *report)
{
	free(report->state);
	report->state = NULL;
}

const struct ward_coverage_format ward_coverage_text = {
	.name = "text",
	.begin = begin,
	.row = put_row,
	.end = end,
	.free = free_clause,
};
