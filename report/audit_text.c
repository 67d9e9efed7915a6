/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For people: the verdict first, then what did not pass by area and rule,
 * violations before warnings before unknowns, then what passed and what was
 * not judged in a line each. Findings are kept until the end to be sorted.
 */
#include "report/formats.h"
#include "report/list.h"

#include <stdlib.h>
#include <string.h>

/* How bad, in the order shown. */
enum rank {
	RANK_FAIL,
	RANK_WARN,
	RANK_UNKNOWN,
	RANK_WAIVED,
	RANK_REFERENCE,
	RANK_PASS,
	RANK_NOTAPPLICABLE
};

static const struct {
	const char *word, *color;
} ranks[] = {
	[RANK_FAIL] = { N_("FAIL"), "\033[1;31m" },
	[RANK_WARN] = { N_("WARN"), "\033[33m" },
	[RANK_UNKNOWN] = { N_("UNKNOWN"), "\033[35m" },
	[RANK_WAIVED] = { N_("WAIVED"), "\033[36m" },
	[RANK_REFERENCE] = { N_("REFERENCE"), "\033[34m" },
	[RANK_PASS] = { N_("pass"), "\033[32m" },
	[RANK_NOTAPPLICABLE] = { N_("n/a"), "" },
};

struct row {
	enum ward_rule_id rule;
	enum rank rank;
	size_t order;
	bool built_in;
	char *text; /* ready to print, below the rule's heading */
	/* Of a service: what stands in front of it, as many have the same said
	 * of them. */
	char *name;
	enum ward_class class;
	bool told; /* with another one */
};

struct rows {
	struct row *list;
	size_t count, room;
	char *clauses[WARD_RULE_COUNT]; /* as the first that binds cites them */
};

static enum rank
rank_of(const struct ward_finding *finding)
{
	if (finding->strength == WARD_REFERENCE) {
		return RANK_REFERENCE;
	}
	switch (finding->verdict) {
	case WARD_FAIL:
		return finding->strength == WARD_SHOULD ? RANK_WARN : RANK_FAIL;
	case WARD_PASS:
		return RANK_PASS;
	case WARD_NOTAPPLICABLE:
		return RANK_NOTAPPLICABLE;
	case WARD_WAIVED:
		return RANK_WAIVED;
	default:
		return RANK_UNKNOWN;
	}
}

void
ward_text_rank(const struct ward_report *report,
    const struct ward_finding *finding, char *text, size_t size)
{
	const enum rank rank = rank_of(finding);

	(void)snprintf(text, size, "%s%s%s",
	    report->color ? ranks[rank].color : "",
	    ward_text(report->language, ranks[rank].word),
	    report->color ? "\033[0m" : "");
}

static int
begin(struct ward_report *report)
{
	report->state = calloc(1, sizeof(struct rows));
	return report->state == NULL ? WARD_ERR_NOMEM : 0;
}

/* Two lines a finding: who, what and where; how to mend it. `clauses` are those
 * that the rule's heading does not cite. */
static char *
describe(const struct ward_report *report, const struct ward_finding *finding,
    const char *clauses)
{
	char subject[WARD_CLEAN_SIZE + 64], message[4096], remedy[4096];
	char where[WARD_CLEAN_SIZE + 32], rank[64];
	char head[sizeof(subject) + sizeof(rank) + 8];
	char *text = NULL;

	ward_subject_text(report, &finding->subject, subject, sizeof(subject));
	ward_text_rank(report, finding, rank, sizeof(rank));
	(void)snprintf(head, sizeof(head), "    %s %s", rank, subject);
	ward_message_text(report, finding, message, sizeof(message));
	ward_finding_remedy(finding, report->language, ward_clean_text, remedy,
	    sizeof(remedy));
	ward_source_text(finding->source, where, sizeof(where));
	if (asprintf(&text, "%s: %s%s%s%s%s%s%s%s\n",
		finding->subject.type == WARD_SUBJECT_SERVICE ? "" : head,
		message,
		finding->agency ? ward_text(report->language,
				      " (the limit is an agency setting)") :
				  "",
		*clauses ? " (" : "", clauses, *clauses ? ")" : "", where,
		*remedy ? "\n      -> " : "", remedy) < 0) {
		return NULL;
	}
	return text;
}

static int
keep_finding(struct ward_report *report, const struct ward_finding *finding)
{
	struct rows *rows = report->state;
	enum rank rank = rank_of(finding);
	const char *heading;
	char clauses[4096];
	struct row *row;

	if (!ward_audit_shows(report, finding)) {
		return 0;
	}
	if (rows->count == rows->room) {
		size_t room = rows->room == 0 ? 64 : rows->room * 2;
		struct row *list = reallocarray(rows->list, room,
		    sizeof(*list));

		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		rows->list = list;
		rows->room = room;
	}
	ward_citations_text(&finding->citations, clauses, sizeof(clauses));
	if (rows->clauses[finding->rule] == NULL && rank != RANK_REFERENCE) {
		rows->clauses[finding->rule] = strdup(clauses);
	}
	heading = rows->clauses[finding->rule];
	row = &rows->list[rows->count];
	*row = (struct row){ .rule = finding->rule,
		.rank = rank,
		.order = rows->count,
		.built_in = finding->built_in,
		.text = describe(report, finding,
		    heading != NULL && strcmp(heading, clauses) == 0 ?
			"" :
			clauses) };
	rows->count++;
	if (finding->subject.type == WARD_SUBJECT_SERVICE) {
		ward_clean_text(finding->subject.name, clauses,
		    sizeof(clauses));
		row->name = strdup(clauses);
		row->class = finding->subject.class;
	}
	return row->text == NULL ||
		(row->name == NULL &&
		    finding->subject.type == WARD_SUBJECT_SERVICE) ?
	    WARD_ERR_NOMEM :
	    0;
}

static int
order_rows(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	if (left->rule != right->rule) {
		return left->rule < right->rule ? -1 : 1;
	}
	if (left->rank != right->rank) {
		return left->rank < right->rank ? -1 : 1;
	}
	return left->order < right->order ? -1 : 1;
}

/* So that nobody takes a part for the whole. */
static void
put_only(const struct ward_report *report)
{
	char value[WARD_CLEAN_SIZE];

	if (report->only.rule != NULL) {
		ward_clean_text(report->only.rule, value, sizeof(value));
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"Only a part of the audit: the rules that match "
			"'%s'\n"),
		    value);
	}
	if (report->only.user != NULL) {
		ward_clean_text(report->only.user, value, sizeof(value));
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"Only a part of the audit: the account '%s'\n"),
		    value);
	}
}

static void
put_verdict(const struct ward_report *report,
    const struct ward_summary *summary)
{
	const char *verdict = summary->verdict == WARD_PASS ? N_("COMPLIANT") :
	    summary->verdict == WARD_FAIL ? N_("NOT COMPLIANT") :
					    N_("NOT PROVEN");
	const char *color = summary->verdict == WARD_PASS ?
	    ranks[RANK_PASS].color :
	    summary->verdict == WARD_FAIL ? ranks[RANK_FAIL].color :
					    ranks[RANK_UNKNOWN].color;
	unsigned int judged, not_judged;

	ward_audit_count(report, summary, &judged, &not_judged);
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"%s%s%s (rules judged: %u, not judged: %u)\n"),
	    report->color ? color : "", ward_text(report->language, verdict),
	    report->color ? "\033[0m" : "", judged, not_judged);
	if (summary->verdict == WARD_UNKNOWN && summary->unknown == 0) {
		(void)fputs(ward_text(report->language,
				"(nothing was judged that a document or the "
				"agency asks for)\n"),
		    report->stream);
	}
}

void
ward_text_head(const struct ward_report *report,
    const struct ward_summary *summary)
{
	ward_text_title(report);
	put_only(report);
	put_verdict(report, summary);
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"failed: %llu, warnings: %llu, unknown: %llu; accounts: %llu, "
		"privileged: %llu\n"),
	    (unsigned long long)summary->fail,
	    (unsigned long long)summary->warn,
	    (unsigned long long)summary->unknown,
	    (unsigned long long)summary->accounts,
	    (unsigned long long)summary->privileged);
	if (summary->reference > 0) {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"asked by references beyond that: %llu\n"),
		    (unsigned long long)summary->reference);
	}
}

/* Is the same said of both services? */
static bool
is_alike(const struct row *a, const struct row *b)
{
	return a->name != NULL && b->name != NULL && a->rule == b->rule &&
	    a->rank == b->rank && a->class == b->class &&
	    strcmp(a->text, b->text) == 0;
}

/* How bad it is and of which services it is said, this one the first. */
static void
put_services(const struct ward_report *report, const struct rows *rows,
    size_t first)
{
	const struct row *one = &rows->list[first];
	size_t count = 0, put = 0;

	for (size_t i = first; i < rows->count; i++) {
		count += is_alike(one, &rows->list[i]);
	}
	(void)fprintf(report->stream, "    %s%s%s %s",
	    report->color ? ranks[one->rank].color : "",
	    ward_text(report->language, ranks[one->rank].word),
	    report->color ? "\033[0m" : "",
	    ward_text(report->language,
		count > 1 ? N_("PAM services") : N_("PAM service")));
	for (size_t i = first; i < rows->count; i++) {
		if (is_alike(one, &rows->list[i])) {
			(void)fprintf(report->stream, "%s %s",
			    put++ == 0 ? "" : ",", rows->list[i].name);
			rows->list[i].told = true;
		}
	}
	if (one->class != WARD_CLASS_ANY) {
		(void)fprintf(report->stream,
		    ward_text(report->language, " (asked for %s accounts)"),
		    ward_text(report->language, ward_class_name(one->class)));
	}
}

static void
put_rows(const struct ward_report *report, const struct rows *rows)
{
	const char *area = "";
	enum ward_rule_id rule = WARD_RULE_COUNT;

	for (size_t i = 0; i < rows->count; i++) {
		const struct row *row = &rows->list[i];
		const char *id = ward_rules[row->rule].id;

		if (row->told) {
			continue;
		}
		if (strncmp(area, id, strcspn(id, ".") + 1) != 0) {
			(void)fprintf(report->stream, "\n%.*s\n",
			    (int)strcspn(id, "."), id);
			area = id;
		}
		if (row->rule != rule) {
			const char *clauses = rows->clauses[row->rule];
			bool cites = clauses != NULL && *clauses != '\0';

			(void)fprintf(report->stream, "  %s: %s%s%s%s%s\n", id,
			    ward_text(report->language,
				ward_rules[row->rule].title),
			    cites ? " (" : "", cites ? clauses : "",
			    cites ? ")" : "",
			    row->built_in ?
				ward_text(report->language,
				    " (built in: no document asks for it)") :
				"");
			rule = row->rule;
		}
		if (row->name != NULL) {
			put_services(report, rows, i);
		}
		(void)fputs(row->text, report->stream);
	}
}

static bool
is_passed(const struct ward_audit_rule *rule)
{
	return rule->verdict == WARD_PASS;
}

static bool
is_not_applicable(const struct ward_audit_rule *rule)
{
	return rule->verdict == WARD_NOTAPPLICABLE;
}

static bool
is_unset(const struct ward_audit_rule *rule)
{
	return rule->unset;
}

static bool
is_untried(const struct ward_audit_rule *rule)
{
	return rule->untried;
}

static bool
is_not_judged(const struct ward_audit_rule *rule)
{
	return rule->note != NULL && !rule->unset && !rule->untried &&
	    !rule->services && !rule->duty;
}

static bool
is_of_services(const struct ward_audit_rule *rule)
{
	return rule->services && !rule->unset;
}

static void
put_rules(const struct ward_report *report, const struct ward_summary *summary)
{
	static const struct {
		const char *label;
		bool (*belongs)(const struct ward_audit_rule *);
	} lists[] = {
		{ N_("Passed"), is_passed },
		{ N_("Nothing to judge"), is_not_applicable },
		{ N_("Not judged, as no number is set (acctward.conf)"),
		    is_unset },
		{ N_("Not judged for accounts, as no word was tried "
		     "(--try-words)"),
		    is_untried },
		{ N_("Judged for services, so not with --user"),
		    is_of_services },
		{ N_("Not judged by this version"), is_not_judged },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct ward_list list = { .stream = report->stream,
			.label = ward_text(report->language, lists[i].label) };
		struct ward_audit_rule rule;

		for (size_t n = 0; ward_audit_rule(report, summary, n, &rule);
		     n++) {
			if (rule.tally->enabled && lists[i].belongs(&rule)) {
				(void)fputs(list.width == 0 ? "\n" : "",
				    report->stream);
				ward_list_put(&list, rule.id);
			}
		}
		ward_list_end(&list);
	}
}

/* A plan has more duties than a screen has lines: how many is enough here. */
static void
put_duties(const struct ward_report *report, const struct ward_summary *summary)
{
	struct ward_audit_rule rule;
	unsigned int duties = 0;

	for (size_t i = 0; ward_audit_rule(report, summary, i, &rule); i++) {
		duties += rule.duty;
	}
	if (duties > 0) {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"\nNot judged by this version: %u duties "
			"(`acctward explain 'obligation.*' --plan %s`, with "
			"--root or --config as here)\n"),
		    duties, ward_plan_id(report->plan));
	}
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	struct rows *rows = report->state;

	if (rows->count > 0) {
		qsort(rows->list, rows->count, sizeof(rows->list[0]),
		    order_rows);
	}
	ward_text_head(report, summary);
	ward_text_looked(report, summary);
	put_rows(report, rows);
	put_rules(report, summary);
	put_duties(report, summary);
	return 0;
}

static int
put_fleet(struct ward_report *report)
{
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"\nHosts: %zu, compliant: %llu, not compliant: %llu, "
		"not proven: %llu\n"),
	    report->count, (unsigned long long)report->verdicts[WARD_PASS],
	    (unsigned long long)report->verdicts[WARD_FAIL],
	    (unsigned long long)report->verdicts[WARD_UNKNOWN]);
	return 0;
}

static void
free_rows(struct ward_report *report)
{
	struct rows *rows = report->state;

	for (size_t i = 0; i < rows->count; i++) {
		free(rows->list[i].text);
		free(rows->list[i].name);
	}
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		free(rows->clauses[i]);
	}
	free(rows->list);
	free(rows);
	report->state = NULL;
}

const struct ward_audit_format ward_audit_text = {
	.name = "text",
	.begin = begin,
	.finding = keep_finding,
	.end = end,
	.free = free_rows,
	.fleet = put_fleet,
};
