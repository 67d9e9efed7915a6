/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RFC 4180, for spreadsheets: a header and a row a finding. A cell that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
#include "report/formats.h"

#include <string.h>

static const char header
    [] = "host,as_of,plan,rule,strength,verdict,subject_type,subject,uid,class,"
	 "observed,required,unit,clauses,source,agency_setting,message,remedy";

static int
begin(struct ward_report *report)
{
	if (report->index == 0) {
		(void)fprintf(report->stream, "%s%s\r\n",
		    report->bom ? "\xef\xbb\xbf" : "", header);
	}
	return 0;
}

static void
put_cell(FILE *stream, const char *value, bool last)
{
	char text[4096];
	bool number;

	ward_clean_text(value == NULL ? "" : value, text, sizeof(text));
	/* "-1" is a number, and stays one. */
	number = text[0] == '-' && text[1] != '\0' &&
	    text[1 + strspn(text + 1, "0123456789")] == '\0';
	(void)fputc('"', stream);
	if (!number && *text != '\0' && strchr("=+-@", *text) != NULL) {
		(void)fputc('\'', stream);
	}
	for (const char *c = text; *c != '\0'; c++) {
		(void)fputs(*c == '"' ? "\"\"" : (char[]){ *c, '\0' }, stream);
	}
	(void)fputs(last ? "\"\r\n" : "\",", stream);
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
		const size_t count = sizeof(cells) / sizeof(cells[0]);

		for (size_t i = 0; i < count; i++) {
			put_cell(report->stream, cells[i], i + 1 == count);
		}
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
