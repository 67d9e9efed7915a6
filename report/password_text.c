/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: each rule that a new password has to keep, and then whether it
 * can be set. */
#include "report/formats.h"

#include <string.h>

static int
begin(struct ward_report *report, const struct ward_account *account)
{
	char plan[3 * WARD_CLEAN_SIZE], whose[WARD_CLEAN_SIZE + 64];

	ward_document_text(report, plan, sizeof(plan));
	if (account == NULL) {
		(void)fprintf(report->stream,
		    ward_text(report->language, "A new password by %s\n"),
		    plan);
	} else {
		const struct ward_subject subject = { WARD_SUBJECT_ACCOUNT,
			report->only.user, account->uid,
			ward_account_class(report->host, account) };

		ward_subject_text(report, &subject, whose, sizeof(whose));
		(void)fprintf(report->stream,
		    ward_text(report->language, "A new password of %s by %s\n"),
		    whose, plan);
	}
	if (report->chosen_by_root) {
		(void)fputs(ward_text(report->language,
				"(the acctward.conf below --root names this "
				"plan; --plan would name another)\n"),
		    report->stream);
	}
	return 0;
}

/* What came of it. */
static void
put_verdict(const struct ward_report *report,
    const struct ward_password_row *row)
{
	struct ward_finding finding = *row->finding;
	char message[4096], rank[64];

	if (row->why != NULL) {
		finding.verdict = WARD_UNKNOWN;
	}
	ward_password_message(report, row, message, sizeof(message));
	ward_text_rank(report, &finding, rank, sizeof(rank));
	(void)fprintf(report->stream, "  %s%s%s%s\n", row->left_out ? "" : rank,
	    row->left_out ? "" : ward_text(report->language, ": "), message,
	    !finding.agency || row->why != NULL ?
		"" :
		ward_rules[finding.rule].number ?
		ward_text(report->language,
		    " (the limit is an agency setting)") :
		ward_text(report->language, " (an agency setting)"));
}

/* What would satisfy it, or else what is asked. */
static void
put_asked(const struct ward_report *report, const struct ward_password_row *row)
{
	const struct ward_finding *finding = row->finding;
	char remedy[4096] = "";

	if (row->why == NULL && finding->verdict == WARD_PASS) {
		return;
	}
	if (row->why == NULL) {
		ward_finding_remedy(finding, report->language, ward_clean_text,
		    remedy, sizeof(remedy));
	}
	if (*remedy != '\0') {
		(void)fprintf(report->stream, "    -> %s\n", remedy);
	} else if (row->asked != NULL) {
		(void)fprintf(report->stream,
		    ward_text(report->language, "    asked: %s\n"), row->asked);
	}
}

static int
put_row(struct ward_report *report, const struct ward_password_row *row)
{
	char clauses[4096];

	report->state = report; /* something is asked */
	ward_citations_text(&row->finding->citations, clauses, sizeof(clauses));
	(void)fprintf(report->stream, "\n%s%s%s%s\n",
	    ward_rules[row->finding->rule].id, *clauses != '\0' ? " [" : "",
	    clauses, *clauses != '\0' ? "]" : "");
	put_verdict(report, row);
	put_asked(report, row);
	return 0;
}

static const char *
verdict_words(const struct ward_report *report,
    const struct ward_password_summary *summary)
{
	if (report->state == NULL) {
		return N_("The plan asks nothing of a new password: it can be "
			  "set.");
	}
	if (summary->exempt) {
		return N_("It can be set as a temporary password, which the "
			  "plan doesn't hold to its rules.");
	}
	switch (ward_password_verdict(summary)) {
	case WARD_FAIL:
		return N_("It can't be set.");
	case WARD_PASS:
		return N_("It can be set.");
	default:
		return N_("It is not known whether it can be set.");
	}
}

static int
end(struct ward_report *report, const struct ward_password_summary *summary)
{
	char lacks[WARD_CLEAN_SIZE], rest[128] = "";

	if (summary->lacks != NULL) {
		ward_clean_text(summary->lacks, lacks, sizeof(lacks));
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"\nThe dictionary %s is not there, and was not looked "
			"into.\n"),
		    lacks);
	}
	if (summary->left_out > 0) {
		(void)snprintf(rest, sizeof(rest),
		    ward_text(report->language, "; not judged: %u"),
		    (unsigned int)summary->left_out);
	}
	(void)fprintf(report->stream, "\n%s ",
	    ward_text(report->language, verdict_words(report, summary)));
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"Failed: %u; warnings: %u; not known: %u%s\n"),
	    (unsigned int)summary->fail, (unsigned int)summary->warn,
	    (unsigned int)summary->unknown, rest);
	return 0;
}

const struct ward_password_format ward_password_text = {
	.name = "text",
	.begin = begin,
	.row = put_row,
	.end = end,
};
