/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects that the JSON formats of an audit are made of. */
#include "report/audit_objects.h"

#include <string.h>

/* The ids of what stands beside the plan: what binds, or what informs. */
static json_t *
packs_json(const struct ward_plan *plan, bool references)
{
	json_t *list = json_array();
	const struct ward_plan *pack;

	for (size_t i = 0; (pack = ward_plan_pack(plan, i)) != NULL; i++) {
		bool reference = ward_plan_kind(pack) == WARD_KIND_REFERENCE;

		if (list != NULL && reference == references &&
		    json_array_append_new(list,
			ward_json_text(ward_plan_id(pack))) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

json_t *
ward_json_plan(const struct ward_plan *plan)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
	    ward_json_text(ward_plan_id(plan)), "title",
	    ward_json_text(ward_plan_title(plan)), "agency",
	    ward_json_text(ward_plan_agency(plan)), "version",
	    ward_json_text(ward_plan_version(plan)), "date",
	    ward_json_text(ward_plan_date(plan)), "packs",
	    packs_json(plan, false), "references", packs_json(plan, true));
}

json_t *
ward_json_only(const struct ward_report *report)
{
	return json_pack("{s:o, s:o}", "rule",
	    ward_json_text(report->only.rule), "user",
	    ward_json_text(report->only.user));
}

int
ward_json_head(const struct ward_report *report, const char *schema)
{
	char now[WARD_MOMENT_SIZE];
	FILE *out = report->stream;
	int r;

	ward_moment_format(report->host->now, now);
	(void)fprintf(out,
	    "{\"schema\": \"%s\", \"tool\": \"acctward " WARD_VERSION "\"",
	    schema);
	r = ward_json_put(out,
	    ",\n \"host\": ", ward_json_text(report->host->name));
	if (r == 0) {
		r = ward_json_put(out, ",\n \"as_of\": ", ward_json_text(now));
	}
	return r != 0 ?
	    r :
	    ward_json_put(out, ",\n \"plan\": ", ward_json_plan(report->plan));
}

static int
append_clauses(json_t *list, const struct ward_citation *citation)
{
	const char *rest = citation->clauses, *clause;
	size_t size;

	while (ward_clause_next(&rest, &clause, &size)) {
		if (json_array_append_new(list,
			json_pack("{s:o, s:s%}", "plan",
			    ward_json_text(citation->plan), "clause", clause,
			    size)) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	return 0;
}

json_t *
ward_json_clauses(const struct ward_citations *citations)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < citations->count; i++) {
		if (append_clauses(list, &citations->list[i]) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *
subject_json(const struct ward_subject *subject)
{
	json_t *type = json_string(ward_subject_type_name(subject->type));
	json_t *name = ward_json_text(subject->name);

	json_t *class = subject->class == WARD_CLASS_ANY ?
	    json_null() :
	    json_string(ward_class_name(subject->class));

	if (subject->type == WARD_SUBJECT_SERVICE) {
		return json_pack("{s:o, s:o, s:o}", "type", type, "name", name,
		    "class", class);
	}
	if (subject->type != WARD_SUBJECT_ACCOUNT) {
		json_decref(class);
		return json_pack("{s:o, s:o}", "type", type, "name", name);
	}
	return json_pack("{s:o, s:o, s:o, s:o}", "type", type, "name", name,
	    "uid", ward_json_number(subject->uid), "class", class);
}

void
ward_reason_text(enum ward_reason_id reason, char *text, size_t size)
{
	const char *id = ward_reasons[reason].id;
	size_t i;

	for (i = 0; id[i] != '\0' && i + 1 < size; i++) {
		text[i] = id[i] >= 'A' && id[i] <= 'Z' ?
		    (char)(id[i] - 'A' + 'a') :
		    id[i];
	}
	text[i] = '\0';
}

json_t *
ward_json_finding(const struct ward_report *report,
    const struct ward_finding *finding)
{
	char message[4096], remedy[4096], reason[64] = "";
	json_t *object;

	ward_finding_message(finding, report->language, ward_clean_text,
	    message, sizeof(message));
	ward_finding_remedy(finding, report->language, ward_clean_text, remedy,
	    sizeof(remedy));
	if (finding->reason != WARD_REASON_NONE) {
		ward_reason_text(finding->reason, reason, sizeof(reason));
	}
	object = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:b, "
			   "s:b, s:o, s:o, s:o}",
	    "rule", ward_rules[finding->rule].id, "strength",
	    ward_strength_name(finding->strength), "verdict",
	    ward_verdict_name(finding->verdict), "subject",
	    subject_json(&finding->subject), "observed",
	    ward_json_text(finding->observed), "required",
	    ward_json_text(finding->required), "unit",
	    ward_json_text(finding->unit), "clauses",
	    ward_json_clauses(&finding->citations), "source",
	    ward_json_source(finding->source), "agency_setting",
	    (int)finding->agency, "built_in", (int)finding->built_in, "reason",
	    ward_json_text(*reason != '\0' ? reason : NULL), "message",
	    ward_json_text(message), "remedy", ward_json_text(remedy));
	if (object != NULL && finding->days_left.known &&
	    json_object_set_new(object, "days_left",
		ward_json_number(finding->days_left)) != 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}

json_t *
ward_json_rule(const struct ward_report *report,
    const struct ward_audit_rule *rule)
{
	const uint64_t *n = rule->tally->verdicts;
	json_t *row = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
	    "rule", rule->id, "verdict", ward_verdict_name(rule->verdict),
	    "checked",
	    (json_int_t)(n[WARD_PASS] + n[WARD_FAIL] + n[WARD_UNKNOWN] +
		n[WARD_WAIVED]),
	    "pass", (json_int_t)n[WARD_PASS], "fail", (json_int_t)n[WARD_FAIL],
	    "warn", (json_int_t)rule->tally->warnings, "unknown",
	    (json_int_t)n[WARD_UNKNOWN], "waived", (json_int_t)n[WARD_WAIVED],
	    "notapplicable", (json_int_t)n[WARD_NOTAPPLICABLE]);

	if (row == NULL) {
		return NULL;
	}
	if ((rule->tally->reference > 0 &&
		json_object_set_new(row, "reference",
		    json_integer((json_int_t)rule->tally->reference)) != 0) ||
	    (rule->note != NULL &&
		json_object_set_new(row, "note",
		    json_string(ward_text(report->language, rule->note))) !=
		    0)) {
		json_decref(row);
		return NULL;
	}
	return row;
}

json_t *
ward_json_service(const struct ward_service *service)
{
	return json_pack("{s:o, s:o, s:b}", "name",
	    ward_json_text(service->name), "source",
	    ward_json_source(service->source), "fragment",
	    (int)service->fragment);
}

json_t *
ward_json_summary(const struct ward_report *report,
    const struct ward_summary *summary)
{
	unsigned int judged, not_judged;

	ward_audit_count(report, summary, &judged, &not_judged);
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
	    "verdict", ward_verdict_name(summary->verdict), "accounts",
	    (json_int_t)summary->accounts, "privileged",
	    (json_int_t)summary->privileged, "fail", (json_int_t)summary->fail,
	    "warn", (json_int_t)summary->warn, "unknown",
	    (json_int_t)summary->unknown, "waived", (json_int_t)summary->waived,
	    "reference", (json_int_t)summary->reference, "not_judged",
	    (json_int_t)not_judged);
}
