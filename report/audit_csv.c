/* SPDX-License-Identifier: BSD-2-Clause */
/* A header, a row a finding, and a last row a host, of the rule "summary". */
#include "report/csv.h"
#include "report/formats.h"

static const char header
    [] = "host,as_of,plan,rule,strength,verdict,subject_type,subject,uid,class,"
	 "observed,required,unit,clauses,source,agency_setting,message,remedy";

#define COLUMNS 18 /* of the header */
#define MESSAGE 16

static int
begin(struct ward_report *report)
{
	if (report->index == 0) {
		ward_csv_begin(report, header);
	}
	return 0;
}

static int
put_finding(struct ward_report *report, const struct ward_finding *finding)
{
	const struct ward_subject *subject = &finding->subject;
	char now[WARD_MOMENT_SIZE], uid[24] = "", source[WARD_CLEAN_SIZE] = "";
	char message[4096], remedy[4096], clauses[4096];
	bool classed = (subject->type == WARD_SUBJECT_ACCOUNT ||
			   subject->type == WARD_SUBJECT_SERVICE) &&
	    subject->class != WARD_CLASS_ANY;

	if (!ward_audit_shows(report, finding)) {
		return 0;
	}
	ward_moment_format(report->host->now, now);
	ward_citations_text(&finding->citations, clauses, sizeof(clauses));
	ward_finding_message(finding, report->language, ward_clean_text,
	    message, sizeof(message));
	ward_finding_remedy(finding, report->language, ward_clean_text, remedy,
	    sizeof(remedy));
	if (subject->uid.known) {
		(void)snprintf(uid, sizeof(uid), "%lld",
		    (long long)subject->uid.value);
	}
	if (finding->source.file != NULL) {
		(void)snprintf(source, sizeof(source),
		    finding->source.line > 0 ? "%s:%u" : "%s",
		    finding->source.file, finding->source.line);
	}
	{
		const char *const cells[COLUMNS] = { report->host->name, now,
			ward_plan_id(report->plan),
			ward_rules[finding->rule].id,
			ward_strength_name(finding->strength),
			ward_verdict_name(finding->verdict),
			ward_subject_type_name(subject->type), subject->name,
			uid, classed ? ward_class_name(subject->class) : "",
			finding->observed, finding->required, finding->unit,
			clauses, source, finding->agency ? "yes" : "no",
			message, remedy };

		ward_csv_row(report->stream, cells, COLUMNS);
	}
	return 0;
}

/* "judged by P-ZX (version 2), acctward 0.1.0; failed: 1, …": what the rows
 * above it don't say. */
static void
describe_summary(const struct ward_report *report,
    const struct ward_summary *summary, char *text, size_t size)
{
	unsigned int judged, not_judged;
	char edition[WARD_CLEAN_SIZE], only[WARD_CLEAN_SIZE];
	size_t used;

	ward_audit_count(report, summary, &judged, &not_judged);
	ward_edition_text(report, report->plan, " (", ")", edition,
	    sizeof(edition));
	used = (size_t)snprintf(text, size,
	    ward_text(report->language,
		"judged by %s%s, acctward %s; failed: %llu, warnings: %llu, "
		"unknown: %llu; asked by references beyond that: %llu; "
		"accounts: %llu, privileged: %llu; rules judged: %u, "
		"not judged: %u"),
	    ward_plan_id(report->plan), edition, WARD_VERSION,
	    (unsigned long long)summary->fail,
	    (unsigned long long)summary->warn,
	    (unsigned long long)summary->unknown,
	    (unsigned long long)summary->reference,
	    (unsigned long long)summary->accounts,
	    (unsigned long long)summary->privileged, judged, not_judged);
	if (summary->services > 0 && used < size) {
		used += (size_t)snprintf(text + used, size - used,
		    ward_text(report->language,
			"; PAM services looked at: %llu"),
		    (unsigned long long)summary->services);
	}
	if (report->only.rule != NULL && used < size) {
		ward_clean_text(report->only.rule, only, sizeof(only));
		used += (size_t)snprintf(text + used, size - used,
		    ward_text(report->language,
			"; only the rules that match '%s'"),
		    only);
	}
	if (report->only.user != NULL && used < size) {
		ward_clean_text(report->only.user, only, sizeof(only));
		(void)snprintf(text + used, size - used,
		    ward_text(report->language, "; only the account '%s'"),
		    only);
	}
}

/* The last row of a host: taken alone, the others tell neither the verdict nor
 * what was not judged. */
static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	char now[WARD_MOMENT_SIZE], message[4096];

	ward_moment_format(report->host->now, now);
	describe_summary(report, summary, message, sizeof(message));
	{
		const char *const cells[COLUMNS] = { report->host->name, now,
			ward_plan_id(report->plan), "summary", "",
			ward_verdict_name(summary->verdict),
			ward_subject_type_name(WARD_SUBJECT_HOST),
			report->host->name, [MESSAGE] = message };

		ward_csv_row(report->stream, cells, COLUMNS);
	}
	return 0;
}

const struct ward_audit_format ward_audit_csv = {
	.name = "csv",
	.begin = begin,
	.finding = put_finding,
	.end = end,
};
