/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-password/1: docs/schema/acctward-password-1.json. */
#include "report/audit_objects.h"

static int
begin(struct ward_report *report, const struct ward_account *account)
{
	const char *class = ward_class_name(account == NULL ?
		WARD_CLASS_PERSON :
		ward_account_class(report->host, account));
	int r = ward_json_head(report, "acctward-password/1");

	if (r == 0) {
		r = ward_json_put(report->stream,
		    ",\n \"user\": ", ward_json_text(report->only.user));
	}
	if (r == 0) {
		r = ward_json_put(report->stream,
		    ",\n \"class\": ", ward_json_text(class));
	}
	(void)fputs(",\n \"rules\": [", report->stream);
	return r;
}

static json_t *
text_or_null(const char *text)
{
	return ward_json_text(*text != '\0' ? text : NULL);
}

/* Neither what was observed nor where: those could tell of a password. */
static json_t *
row_json(const struct ward_report *report, const struct ward_password_row *row)
{
	const struct ward_finding *finding = row->finding;
	char message[4096] = "", remedy[4096] = "", reason[64] = "";

	ward_password_message(report, row, message, sizeof(message));
	if (row->why == NULL) {
		ward_finding_remedy(finding, report->language, ward_clean_text,
		    remedy, sizeof(remedy));
		if (finding->reason != WARD_REASON_NONE) {
			ward_reason_text(finding->reason, reason,
			    sizeof(reason));
		}
	}
	return json_pack("{s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:b, s:o, "
			 "s:o, s:o}",
	    "rule", ward_rules[finding->rule].id, "strength",
	    ward_strength_name(finding->strength), "verdict",
	    ward_verdict_name(
		row->why != NULL ? WARD_UNKNOWN : finding->verdict),
	    "judged", (int)!row->left_out, "asked", ward_json_text(row->asked),
	    "required", ward_json_text(finding->required), "unit",
	    ward_json_text(finding->unit), "clauses",
	    ward_json_clauses(&finding->citations), "agency_setting",
	    (int)finding->agency, "reason", text_or_null(reason), "message",
	    text_or_null(message), "remedy", text_or_null(remedy));
}

static int
put_row(struct ward_report *report, const struct ward_password_row *row)
{
	const char *before = report->state == NULL ? "\n  " : ",\n  ";

	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before, row_json(report, row));
}

static int
end(struct ward_report *report, const struct ward_password_summary *summary)
{
	int r;

	(void)fputs("]", report->stream);
	r = ward_json_put(report->stream,
	    ",\n \"dictionary_missing\": ", ward_json_text(summary->lacks));
	if (r == 0) {
		r = ward_json_put(report->stream, ",\n \"summary\": ",
		    json_pack("{s:s, s:b, s:I, s:I, s:I, s:I}", "verdict",
			ward_verdict_name(ward_password_verdict(summary)),
			"can_be_set", summary->act != WARD_ACT_REFUSE, "fail",
			(json_int_t)summary->fail, "warn",
			(json_int_t)summary->warn, "unknown",
			(json_int_t)summary->unknown, "not_judged",
			(json_int_t)summary->left_out));
	}
	(void)fputs("}\n", report->stream);
	return r;
}

const struct ward_password_format ward_password_json = {
	.name = "json",
	.begin = begin,
	.row = put_row,
	.end = end,
};
