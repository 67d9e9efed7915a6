/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-coverage/1: docs/schema/acctward-coverage-1.json. */
#include "report/formats.h"
#include "report/json.h"

static int
begin(struct ward_report *report)
{
	const struct ward_plan *plan = report->plan;
	int r;

	(void)fputs(
	    "{\"schema\": \"acctward-coverage/1\", \"tool\": \"acctward " WARD_VERSION
	    "\"",
	    report->stream);
	r = ward_json_put(report->stream, ",\n \"plan\": ",
	    json_pack("{s:o, s:s, s:o, s:o, s:o}", "id",
		ward_json_text(ward_plan_id(plan)), "kind",
		ward_plan_kind_name(ward_plan_kind(plan)), "title",
		ward_json_text(ward_plan_title(plan)), "agency",
		ward_json_text(ward_plan_agency(plan)), "extends",
		ward_json_text(ward_plan_extends(plan))));
	(void)fputs(",\n \"clauses\": [", report->stream);
	report->state = NULL;
	return r;
}

static int
put_row(struct ward_report *report, const struct ward_coverage *coverage)
{
	const char *before = report->state == NULL ? "\n  " : ",\n  ";
	const bool gap = coverage->answer == WARD_ANSWER_GAP;
	const bool outside = coverage->answer == WARD_ANSWER_OUT_OF_SCOPE;

	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before,
	    json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:b, s:o}", "clause",
		ward_json_text(coverage->clause), "becomes",
		ward_answer_name(coverage->answer), "section",
		ward_json_text(coverage->section), "strength",
		ward_json_text(gap || outside ?
			NULL :
			ward_strength_name(coverage->strength)),
		"every", ward_json_text(coverage->every), "before",
		ward_json_text(coverage->before), "unset", coverage->unset,
		"words",
		ward_json_text(gap ?
			NULL :
			ward_text(report->language, coverage->words))));
}

static int
end(struct ward_report *report, const struct ward_coverage_summary *summary)
{
	json_t *object = json_pack("{s:b, s:I}", "listed", summary->listed,
	    "clauses", (json_int_t)summary->clauses);
	int r;

	for (size_t i = 0; i < WARD_ANSWER_COUNT; i++) {
		if (json_object_set_new(object, ward_answer_name(i),
			json_integer((json_int_t)summary->answers[i])) != 0) {
			json_decref(object);
			return WARD_ERR_NOMEM;
		}
	}
	r = ward_json_put(report->stream, "],\n \"summary\": ", object);
	(void)fputs("}\n", report->stream);
	return r;
}

const struct ward_coverage_format ward_coverage_json = {
	.name = "json",
	.begin = begin,
	.row = put_row,
	.end = end,
};
