/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-coverage/1: docs/schema/acctward-coverage-1.json. */
#include "report/formats.h"
#include "report/json.h"

#include <stdlib.h>

struct place {
	bool added; /* the list of what the agency has added is open */
	bool rows;  /* it, or that of the clauses, has one */
};

static int
begin(struct ward_report *report)
{
	const struct ward_plan *plan = report->plan;
	int r;

	report->state = calloc(1, sizeof(struct place));
	if (report->state == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)fputs(
	    "{\"schema\": \"acctward-coverage/1\", \"tool\": \"acctward " WARD_VERSION
	    "\"",
	    report->stream);
	r = ward_json_put(report->stream, ",\n \"plan\": ",
	    json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
		ward_json_text(ward_plan_id(plan)), "kind",
		ward_plan_kind_name(ward_plan_kind(plan)), "title",
		ward_json_text(ward_plan_title(plan)), "agency",
		ward_json_text(ward_plan_agency(plan)), "version",
		ward_json_text(ward_plan_version(plan)), "date",
		ward_json_text(ward_plan_date(plan)), "extends",
		ward_json_text(ward_plan_extends(plan))));
	(void)fputs(",\n \"clauses\": [", report->stream);
	return r;
}

static void
open_added(struct ward_report *report)
{
	struct place *place = report->state;

	if (!place->added) {
		(void)fputs("],\n \"added\": [", report->stream);
		*place = (struct place){ .added = true };
	}
}

static json_t *
agency_json(const struct ward_coverage *coverage)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < coverage->agency_count; i++) {
		const struct ward_agency_setting *setting = &coverage
								 ->agency[i];

		if (json_array_append_new(list,
			json_pack("{s:s, s:o, s:s?}", "key", setting->key,
			    "value", ward_json_text(setting->value), "unit",
			    *setting->unit == '\0' ? NULL : setting->unit)) !=
		    0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static int
put_row(struct ward_report *report, const struct ward_coverage *coverage)
{
	struct place *place = report->state;
	const char *note = ward_coverage_note(coverage), *before;
	const bool gap = coverage->answer == WARD_ANSWER_GAP;
	const bool outside = coverage->answer == WARD_ANSWER_OUT_OF_SCOPE;

	if (coverage->beyond) {
		open_added(report);
	}
	before = place->rows ? ",\n  " : "\n  ";
	place->rows = true;
	return ward_json_put(report->stream, before,
	    json_pack(
		"{s:o, s:s, s:o, s:o, s:o, s:o, s:b, s:b, s:s?, s:o, s:o, s:b, "
		"s:s?}",
		"clause", ward_json_text(coverage->clause), "becomes",
		ward_answer_name(coverage->answer), "section",
		ward_json_text(coverage->section), "strength",
		ward_json_text(gap || outside ?
			NULL :
			ward_strength_name(coverage->strength)),
		"every", ward_json_text(coverage->every), "before",
		ward_json_text(coverage->before), "unset", coverage->unset,
		"enforced", coverage->enforced, "enforced_at",
		ward_coverage_door(coverage), "words",
		ward_json_text(
		    gap ? NULL : ward_text(report->language, coverage->words)),
		"agency_settings", agency_json(coverage), "added",
		(int)coverage->added, "note",
		note == NULL ? NULL : ward_text(report->language, note)));
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
	open_added(report);
	r = ward_json_put(report->stream, "],\n \"summary\": ", object);
	(void)fputs("}\n", report->stream);
	return r;
}

static void
free_place(struct ward_report *report)
{
	free(report->state);
	report->state = NULL;
}

const struct ward_coverage_format ward_coverage_json = {
	.name = "json",
	.begin = begin,
	.row = put_row,
	.end = end,
	.free = free_place,
};
