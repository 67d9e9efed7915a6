/* SPDX-License-Identifier: BSD-2-Clause */
/* A header and a row a finding. */
#include "report/csv.h"
#include "report/formats.h"

static const char header
    [] = "host,as_of,plan,rule,strength,verdict,subject_type,subject,uid,class,"
	 "observed,required,unit,clauses,source,agency_setting,message,remedy";

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
	bool account = subject->type == WARD_SUBJECT_ACCOUNT &&
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
		const char *const cells[] = { report->host->name, now,
			ward_plan_id(report->plan),
			ward_rules[finding->rule].id,
			ward_strength_name(finding->strength),
			ward_verdict_name(finding->verdict),
			ward_subject_type_name(subject->type), subject->name,
			uid, account ? ward_class_name(subject->class) : "",
			finding->observed, finding->required, finding->unit,
			clauses, source, finding->agency ? "yes" : "no",
			message, remedy };

		ward_csv_row(report->stream, cells,
		    sizeof(cells) / sizeof(cells[0]));
	}
	return 0;
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	(void)report;
	(void)summary;
	return 0;
}

const struct ward_audit_format ward_audit_csv = {
	.name = "csv",
	.begin = begin,
	.finding = put_finding,
	.end = end,
};
