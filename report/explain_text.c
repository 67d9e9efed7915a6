/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: a rule, what each document asks of whom, and what satisfies it. */
#include "report/columns.h"
#include "report/formats.h"

#include <string.h>

/* "  label: text", wrapped; what goes on stands further in than a label. */
static void
put_paragraph(const struct ward_report *report, size_t indent,
    const char *label, const char *text)
{
	(void)fprintf(report->stream, "%*s%s", (int)indent, "", label);
	ward_put_wrapped(report->stream, text, indent + ward_columns(label),
	    *label == '\0' ? indent : indent + 2);
}

static int
begin(struct ward_report *report)
{
	if (report->plan == NULL) {
		put_paragraph(report, 0, "",
		    ward_text(report->language,
			"No plan is chosen (--plan, or acctward.conf): "
			"what a document asks for is not shown."));
		(void)fputc('\n', report->stream);
	}
	report->state = NULL;
	return 0;
}

/* Lines with a place, which one may want to copy, are not wrapped. */
static void
put_origin(const struct ward_report *report, const struct ward_origin *origin)
{
	static const char *const kinds[] = {
		[WARD_ORIGIN_BUILTIN] = N_("built in"),
		[WARD_ORIGIN_PLAN] = N_("plan"),
		[WARD_ORIGIN_AGENCY] = N_("agency setting"),
	};
	char file[WARD_CLEAN_SIZE];

	(void)fprintf(report->stream, " [%s",
	    ward_text(report->language, kinds[origin->kind]));
	if (origin->file != NULL) {
		ward_clean_text(origin->file, file, sizeof(file));
		(void)fprintf(report->stream, " %s:%u", file, origin->line);
	}
	(void)fputs("]\n", report->stream);
}

static void
put_values(const struct ward_report *report, const struct ward_asked *asked,
    enum ward_rule_id rule)
{
	const char *note = ward_explain_note(asked, rule);
	const struct ward_origin *origin;
	char text[WARD_CLEAN_SIZE];

	for (enum ward_setting_id i = 0; i < WARD_SETTING_COUNT; i++) {
		const struct ward_setting *setting = &ward_settings[i];
		const char *value = setting->rule != rule ?
		    NULL :
		    ward_asked_value(asked, i, &origin);

		if (value == NULL) {
			continue;
		}
		ward_clean_text(value, text, sizeof(text));
		(void)fprintf(report->stream, "      %s = %s%s%s", setting->key,
		    text, *setting->unit != '\0' ? " " : "",
		    ward_text(report->language, setting->unit));
		put_origin(report, origin);
	}
	if (note != NULL) {
		put_paragraph(report, 6, "", ward_text(report->language, note));
	}
}

static void
put_asked(const struct ward_report *report, const struct ward_asked *asked,
    enum ward_rule_id rule)
{
	char clauses[4096];

	ward_clean_text(asked->clauses, clauses, sizeof(clauses));
	(void)fprintf(report->stream, "    %s: %s%s%s",
	    ward_text(report->language,
		asked->class == WARD_CLASS_ANY ? N_("in general") :
						 ward_class_name(asked->class)),
	    ward_text(report->language, ward_strength_name(asked->strength)),
	    *clauses != '\0' ? ", " : "", clauses);
	put_origin(report, asked->origin);
	put_values(report, asked, rule);
}

/* True: the document asks for it. */
static bool
put_document(const struct ward_report *report, size_t document,
    const struct ward_topic *topic)
{
	struct ward_asked asked;
	bool any = false;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		char title[WARD_CLEAN_SIZE], edition[WARD_CLEAN_SIZE];

		if (!ward_plan_asked(report->plan, document, topic, c,
			&asked)) {
			continue;
		}
		if (!any) {
			ward_clean_text(ward_plan_title(asked.document), title,
			    sizeof(title));
			ward_edition_text(report, asked.document, " (", ")",
			    edition, sizeof(edition));
			(void)fprintf(report->stream, "  %s %s%s%s\n",
			    ward_plan_id(asked.document), title, edition,
			    asked.strength != WARD_REFERENCE ?
				"" :
				ward_text(report->language,
				    " (a reference, which decides nothing)"));
		}
		any = true;
		put_asked(report, &asked, topic->rule);
	}
	return any && asked.strength != WARD_REFERENCE;
}

static void
put_documents(const struct ward_report *report, const struct ward_topic *topic)
{
	unsigned int binding = 0;

	if (report->plan == NULL) {
		return;
	}
	for (size_t i = 0;
	     i == 0 || ward_plan_pack(report->plan, i - 1) != NULL; i++) {
		binding += put_document(report, i, topic);
	}
	if (binding == 0) {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"  No document that binds asks for it (plan %s).\n"),
		    ward_plan_id(report->plan));
	} else if (binding > 1) {
		(void)fputs(ward_text(report->language,
				"  Of these the strictest holds.\n"),
		    report->stream);
	}
}

static void
put_settings(const struct ward_report *report, enum ward_rule_id rule)
{
	char label[32];

	for (enum ward_setting_id i = 0; i < WARD_SETTING_COUNT; i++) {
		if (ward_settings[i].rule == rule) {
			(void)snprintf(label, sizeof(label),
			    "%s: ", ward_settings[i].key);
			put_paragraph(report, 2, label,
			    ward_text(report->language, ward_settings[i].help));
		}
	}
}

static void
put_remedies(const struct ward_report *report, enum ward_rule_id rule)
{
	char remedy[4096];

	for (size_t i = 0;
	     ward_explain_remedy(report, rule, i, remedy, sizeof(remedy));
	     i++) {
		if (i == 0) {
			(void)fprintf(report->stream, "  %s\n",
			    ward_text(report->language,
				"What satisfies it, by what is found:"));
		}
		put_paragraph(report, 4, "-> ", remedy);
	}
}

/* Who looks, and in which files. */
static void
put_check(const struct ward_report *report, enum ward_rule_id rule)
{
	const char *text = ward_text(report->language,
	    ward_explain_check(rule));
	const char *files = ward_rule_files[rule];
	char label[256];

	if (files == NULL) {
		put_paragraph(report, 2, "", text);
		return;
	}
	(void)snprintf(label, sizeof(label), "%s: ", text);
	put_paragraph(report, 2, label, files);
}

static int
put_topic(struct ward_report *report, const struct ward_topic *topic)
{
	const struct ward_rule *rule = &ward_rules[topic->rule];
	const char *door = ward_explain_door(topic->rule);
	char id[WARD_TOPIC_SIZE];

	ward_topic_id(topic, id);
	(void)fprintf(report->stream,
	    "%s%s%s%s: ", report->state == NULL ? "" : "\n",
	    report->color ? "\033[1m" : "", id, report->color ? "\033[0m" : "");
	ward_put_wrapped(report->stream,
	    ward_text(report->language, rule->title), strlen(id) + 2, 4);
	put_paragraph(report, 2, "", ward_text(report->language, rule->why));
	report->state = report; /* something stands before the next */
	put_settings(report, topic->rule);
	put_documents(report, topic);
	put_check(report, topic->rule);
	if (door != NULL) {
		put_paragraph(report, 2, "", ward_text(report->language, door));
	}
	put_remedies(report, topic->rule);
	return 0;
}

static int
end(struct ward_report *report)
{
	(void)report;
	return 0;
}

const struct ward_explain_format ward_explain_text = {
	.name = "text",
	.begin = begin,
	.topic = put_topic,
	.end = end,
};
