/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-explain/1, of rules: docs/schema/acctward-explain-1.json. */
#include "report/audit_objects.h"

#include <string.h>

static int
begin(struct ward_report *report)
{
	int r;

	(void)fputs(
	    "{\"schema\": \"acctward-explain/1\", \"tool\": \"acctward " WARD_VERSION
	    "\"",
	    report->stream);
	r = ward_json_put(report->stream, ",\n \"plan\": ",
	    report->plan == NULL ? json_null() : ward_json_plan(report->plan));
	(void)fputs(",\n \"rules\": [", report->stream);
	report->state = NULL;
	return r;
}

/* Takes the reference. */
static int
append(json_t *list, json_t *value)
{
	return list == NULL || json_array_append_new(list, value) != 0 ?
	    WARD_ERR_NOMEM :
	    0;
}

static json_t *
words_json(const char *words)
{
	json_t *list = json_array();
	int r = 0;

	while (r == 0 && words != NULL && *words != '\0') {
		size_t size = strcspn(words, " ");

		r = append(list, json_stringn(words, size));
		words += size;
		words += strspn(words, " ");
	}
	if (r != 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}

static json_t *
clauses_json(const char *clauses)
{
	json_t *list = json_array();
	const char *clause;
	size_t size;
	int r = 0;

	while (r == 0 && ward_clause_next(&clauses, &clause, &size)) {
		r = append(list, json_stringn(clause, size));
	}
	if (r != 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}

static json_t *
origin_json(const struct ward_origin *origin)
{
	static const char *const kinds[] = {
		[WARD_ORIGIN_BUILTIN] = "built-in",
		[WARD_ORIGIN_PLAN] = "plan",
		[WARD_ORIGIN_AGENCY] = "agency",
	};

	return json_pack("{s:s, s:o}", "kind", kinds[origin->kind], "source",
	    ward_json_source(
		(struct ward_source){ origin->file, origin->line }));
}

static json_t *
values_json(const struct ward_asked *asked, enum ward_rule_id rule)
{
	json_t *list = json_array();
	const struct ward_origin *origin;
	int r = 0;

	for (enum ward_setting_id i = 0; r == 0 && i < WARD_SETTING_COUNT;
	     i++) {
		const struct ward_setting *setting = &ward_settings[i];
		const char *value = setting->rule != rule ?
		    NULL :
		    ward_asked_value(asked, i, &origin);

		if (value != NULL) {
			r = append(list,
			    json_pack("{s:s, s:o, s:s?, s:b, s:o}", "key",
				setting->key, "value", ward_json_text(value),
				"unit",
				*setting->unit == '\0' ? NULL : setting->unit,
				"agency_setting",
				origin->kind == WARD_ORIGIN_AGENCY, "origin",
				origin_json(origin)));
		}
	}
	if (r != 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}

static json_t *
asked_json(const struct ward_report *report, const struct ward_asked *asked,
    enum ward_rule_id rule)
{
	const char *note = ward_explain_note(asked, rule);

	return json_pack("{s:o, s:o, s:s?, s:s, s:o, s:o, s:o, s:s?}", "plan",
	    ward_json_text(ward_plan_id(asked->document)), "title",
	    ward_json_text(ward_plan_title(asked->document)), "class",
	    asked->class == WARD_CLASS_ANY ? NULL :
					     ward_class_name(asked->class),
	    "strength", ward_strength_name(asked->strength), "clauses",
	    clauses_json(asked->clauses), "origin", origin_json(asked->origin),
	    "values", values_json(asked, rule), "note",
	    note == NULL ? NULL : ward_text(report->language, note));
}

static json_t *
documents_json(const struct ward_report *report, const struct ward_topic *topic)
{
	json_t *list = json_array();
	struct ward_asked asked;
	int r = 0;

	for (size_t i = 0; report->plan != NULL && r == 0 &&
	     (i == 0 || ward_plan_pack(report->plan, i - 1) != NULL);
	     i++) {
		for (enum ward_class c = 0; r == 0 && c < WARD_CLASS_COUNT;
		     c++) {
			if (ward_plan_asked(report->plan, i, topic, c,
				&asked)) {
				r = append(list,
				    asked_json(report, &asked, topic->rule));
			}
		}
	}
	if (r != 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}

static json_t *
settings_json(const struct ward_report *report, enum ward_rule_id rule)
{
	json_t *list = json_array();
	int r = 0;

	for (enum ward_setting_id i = 0; r == 0 && i < WARD_SETTING_COUNT;
	     i++) {
		const struct ward_setting *setting = &ward_settings[i];

		if (setting->rule == rule) {
			r = append(list,
			    json_pack("{s:s, s:s?, s:s}", "key", setting->key,
				"unit",
				*setting->unit == '\0' ? NULL : setting->unit,
				"help",
				ward_text(report->language, setting->help)));
		}
	}
	if (r != 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}

static json_t *
remedies_json(const struct ward_report *report, enum ward_rule_id rule)
{
	json_t *list = json_array();
	char remedy[4096];
	int r = 0;

	for (size_t i = 0; r == 0 &&
	     ward_explain_remedy(report, rule, i, remedy, sizeof(remedy));
	     i++) {
		r = append(list, json_string(remedy));
	}
	if (r != 0) {
		json_decref(list);
		return NULL;
	}
	return list;
}

static int
put_topic(struct ward_report *report, const struct ward_topic *topic)
{
	const struct ward_rule *rule = &ward_rules[topic->rule];
	const char *before = report->state == NULL ? "\n  " : ",\n  ";
	char id[WARD_TOPIC_SIZE];

	ward_topic_id(topic, id);
	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before,
	    json_pack(
		"{s:s, s:s, s:s, s:s, s:o, s:o, s:b, s:o, s:o, s:b, s:s?, s:s?}",
		"rule", id, "title", ward_text(report->language, rule->title),
		"why", ward_text(report->language, rule->why), "subject",
		ward_subject_type_name(rule->subject), "settings",
		settings_json(report, topic->rule), "asked",
		documents_json(report, topic), "checked", (int)rule->judged,
		"files", words_json(ward_rule_files[topic->rule]), "remedies",
		remedies_json(report, topic->rule), "enforced",
		rule->enforced != WARD_NOT_ENFORCED, "enforced_at",
		ward_enforced_name(rule->enforced), "enforced_by",
		rule->enforced ? "pam_acctward" : NULL));
}

static int
end(struct ward_report *report)
{
	(void)fputs("]}\n", report->stream);
	return 0;
}

const struct ward_explain_format ward_explain_json = {
	.name = "json",
	.begin = begin,
	.topic = put_topic,
	.end = end,
};
