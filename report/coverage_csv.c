/* SPDX-License-Identifier: BSD-2-Clause */
/* A header and a row for each answer to each clause. */
#include "report/csv.h"
#include "report/formats.h"

static int
begin(struct ward_report *report)
{
	ward_csv_begin(report,
	    "plan,clause,becomes,section,strength,every,before,unset,enforced,"
	    "enforced_at,"
	    "words,agency_settings,added,note");
	return 0;
}

static int
put_row(struct ward_report *report, const struct ward_coverage *coverage)
{
	const bool gap = coverage->answer == WARD_ANSWER_GAP;
	const bool outside = coverage->answer == WARD_ANSWER_OUT_OF_SCOPE;
	const char *note = ward_coverage_note(coverage);
	char agency[4096];
	const char *const cells[] = { ward_plan_id(report->plan),
		coverage->clause, ward_answer_name(coverage->answer),
		coverage->section,
		gap || outside ? NULL : ward_strength_name(coverage->strength),
		coverage->every, coverage->before,
		coverage->unset ? "yes" : "no",
		coverage->enforced ? "yes" : "no", ward_coverage_door(coverage),
		gap ? NULL : ward_text(report->language, coverage->words),
		agency, coverage->added ? "yes" : "no",
		note == NULL ? NULL : ward_text(report->language, note) };

	ward_coverage_agency(coverage, agency, sizeof(agency));
	ward_csv_row(report->stream, cells, sizeof(cells) / sizeof(cells[0]));
	return 0;
}

static int
end(struct ward_report *report, const struct ward_coverage_summary *summary)
{
	(void)report;
	(void)summary;
	return 0;
}

const struct ward_coverage_format ward_coverage_csv = {
	.name = "csv",
	.begin = begin,
	.row = put_row,
	.end = end,
};
