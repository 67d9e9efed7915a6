/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-audit/1: docs/schema/acctward-audit-1.json. Written as it goes. */
#include "report/formats.h"
#include "report/json.h"

#include <string.h>

static json_t *
plan_json(const struct ward_plan *plan)
{
	return json_pack("{s:o, s:o, s:[]}", "id",
	    ward_json_text(ward_plan_id(plan)), "title",
	    ward_json_text(ward_plan_title(plan)), "packs");
}

static int
begin(struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE];
	FILE *out = report->stream;
	int r;

	ward_moment_format(report->host->now, now);
	(void)fputs(
	    "{\"schema\": \"acctward-audit/1\", \"tool\": \"acctward " WARD_VERSION
	    "\"",
	    out);
	r = ward_json_put(out,
	    ",\n \"host\": ", ward_json_text(report->host->name));
	if (r == 0) {
		r = ward_json_put(out, ",\n \"as_of\": ", ward_json_text(now));
	}
	if (r == 0) {
		r = ward_json_put(out,
		    ",\n \"plan\": ", plan_json(report->plan));
	}
	(void)fputs(",\n \"findings\": [", out);
	report->state = NULL;
	return r;
}

/* One object a clause: the text has them separated by " | ". */
static json_t *
clauses_json(const struct ward_finding *finding)
{
	const char *rest = finding->clauses == NULL ? "" : finding->clauses;
	json_t *list = json_array();

	while (*rest != '\0') {
		size_t size = strcspn(rest, "|");
		size_t trimmed = size;
		json_t *clause;

		while (trimmed > 0 && rest[trimmed - 1] == ' ') {
			trimmed--;
		}
		clause = json_pack("{s:o, s:s%}", "plan",
		    ward_json_text(finding->plan), "clause", rest, trimmed);
		if (list == NULL || json_array_append_new(list, clause) != 0) {
			json_decref(list);
			return NULL;
		}
		rest += size;
		rest += strspn(rest, "| ");
	}
	return list;
}

static json_t *
subject_json(const struct ward_subject *subject)
{
	json_t *type = json_string(ward_subject_type_name(subject->type));
	json_t *name = ward_json_text(subject->name);

	if (subject->type != WARD_SUBJECT_ACCOUNT) {
		return json_pack("{s:o, s:o}", "type", type, "name", name);
	}
	return json_pack("{s:o, s:o, s:o, s:o}", "type", type, "name", name,
	    "uid", ward_json_number(subject->uid), "class",
	    subject->class == WARD_CLASS_ANY ?
		json_null() :
		json_string(ward_class_name(subject->class)));
}

static void
lower(const char *id, char *text, size_t size)
{
	size_t i;

	for (i = 0; id[i] != '\0' && i + 1 < size; i++) {
		text[i] = id[i] >= 'A' && id[i] <= 'Z' ?
		    (char)(id[i] - 'A' + 'a') :
		    id[i];
	}
	text[i] = '\0';
}

static json_t *
finding_json(const struct ward_finding *finding)
{
	char message[4096], remedy[4096], reason[64] = "";

	ward_finding_message(finding, ward_clean_text, message,
	    sizeof(message));
	ward_finding_remedy(finding, ward_clean_text, remedy, sizeof(remedy));
	if (finding->reason != WARD_REASON_NONE) {
		lower(ward_reasons[finding->reason].id, reason, sizeof(reason));
	}
	return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:b, "
			 "s:o, s:o, s:o}",
	    "rule", ward_rules[finding->rule].id, "strength",
	    ward_strength_name(finding->strength), "verdict",
	    ward_verdict_name(finding->verdict), "subject",
	    subject_json(&finding->subject), "observed",
	    ward_json_text(finding->observed), "required",
	    ward_json_text(finding->required), "unit",
	    ward_json_text(finding->unit), "clauses", clauses_json(finding),
	    "source", ward_json_source(finding->source), "agency_setting",
	    (int)finding->agency, "reason",
	    ward_json_text(*reason != '\0' ? reason : NULL), "message",
	    ward_json_text(message), "remedy", ward_json_text(remedy));
}

static bool
is_shown(const struct ward_report *report, const struct ward_finding *finding)
{
	return report->all ||
	    (finding->verdict != WARD_PASS &&
		finding->verdict != WARD_NOTAPPLICABLE);
}

static int
put_finding(struct ward_report *report, const struct ward_finding *finding)
{
	const char *before = report->state == NULL ? "\n  " : ",\n  ";

	if (!is_shown(report, finding)) {
		return 0;
	}
	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before, finding_json(finding));
}

static json_t *
rule_json(enum ward_rule_id rule, const struct ward_tally *tally)
{
	const uint64_t *n = tally->verdicts;
	const char *note = ward_audit_note(rule, tally);
	json_t *row = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}",
	    "rule", ward_rules[rule].id, "verdict",
	    ward_verdict_name(ward_audit_verdict(rule, tally)), "checked",
	    (json_int_t)(n[WARD_PASS] + n[WARD_FAIL] + n[WARD_UNKNOWN] +
		n[WARD_WAIVED]),
	    "pass", (json_int_t)n[WARD_PASS], "fail", (json_int_t)n[WARD_FAIL],
	    "unknown", (json_int_t)n[WARD_UNKNOWN], "waived",
	    (json_int_t)n[WARD_WAIVED], "notapplicable",
	    (json_int_t)n[WARD_NOTAPPLICABLE]);

	if (row != NULL && note != NULL &&
	    json_object_set_new(row, "note", json_string(note)) != 0) {
		json_decref(row);
		return NULL;
	}
	return row;
}

static json_t *
summary_json(const struct ward_summary *summary)
{
	return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "verdict",
	    ward_verdict_name(summary->verdict), "accounts",
	    (json_int_t)summary->accounts, "privileged",
	    (json_int_t)summary->privileged, "fail", (json_int_t)summary->fail,
	    "warn", (json_int_t)summary->warn, "unknown",
	    (json_int_t)summary->unknown, "waived",
	    (json_int_t)summary->waived);
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	const char *before = "\n  ";
	int r = 0;

	(void)fputs("],\n \"rules\": [", report->stream);
	for (enum ward_rule_id rule = 0; r == 0 && rule < WARD_RULE_COUNT;
	     rule++) {
		if (ward_audit_lists(rule, &summary->rules[rule])) {
			r = ward_json_put(report->stream, before,
			    rule_json(rule, &summary->rules[rule]));
			before = ",\n  ";
		}
	}
	if (r == 0) {
		r = ward_json_put(report->stream,
		    "],\n \"summary\": ", summary_json(summary));
	}
	(void)fputs("}\n", report->stream);
	return r;
}

static void
free_nothing(struct ward_report *report)
{
	(void)report;
}

const struct ward_audit_format ward_audit_json = {
	.name = "json",
	.begin = begin,
	.finding = put_finding,
	.end = end,
	.free = free_nothing,
};
