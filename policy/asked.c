/* SPDX-License-Identifier: BSD-2-Clause */
/* What each document by itself says of a rule, and where: to be explained. */
#include "plan.h"

#include <string.h>

bool
ward_plan_topic(const struct ward_plan *plan, size_t i,
    struct ward_topic *ret_topic)
{
	struct ward_topic topic = { .rule = (enum ward_rule_id)i };

	if (i >= WARD_RULE_COUNT) {
		topic.rule = WARD_RULE_OBLIGATION;
		topic.name = plan == NULL ?
		    NULL :
		    ward_plan_obligation(plan, i - WARD_RULE_COUNT);
		if (topic.name == NULL) {
			return false;
		}
	}
	*ret_topic = topic;
	return true;
}

void
ward_topic_id(const struct ward_topic *topic, char text[WARD_TOPIC_SIZE])
{
	(void)snprintf(text, WARD_TOPIC_SIZE, "%s%s%s",
	    ward_rules[topic->rule].id, topic->name == NULL ? "" : ".",
	    topic->name == NULL ? "" : topic->name);
}

bool
ward_plan_asked(const struct ward_plan *plan, size_t document,
    const struct ward_topic *topic, enum ward_class class,
    struct ward_asked *ret_asked)
{
	struct ward_asked asked = { .class = class, .document = plan };
	const struct ward_value *clause;

	if (document > 0) {
		asked.document = ward_plan_pack(plan, document - 1);
	}
	asked.own = ward_plan_find(asked.document, topic->rule, class,
	    topic->name);
	/* What is built into every plan is asked for by the agency's alone. */
	if (asked.own == NULL ||
	    (document > 0 && asked.own->origin.kind == WARD_ORIGIN_BUILTIN)) {
		return false;
	}
	asked.general = ward_plan_find(asked.document, topic->rule,
	    WARD_CLASS_ANY, topic->name);
	asked.strength = ward_plan_kind(asked.document) == WARD_KIND_REFERENCE ?
	    WARD_REFERENCE :
	    ward_section_strength(asked.own, asked.general);
	clause = ward_section_value(asked.own, asked.general, WARD_KEY_CLAUSE);
	asked.clauses = clause == NULL ? "" : clause->text;
	asked.origin = &asked.own->origin;
	*ret_asked = asked;
	return true;
}

const char *
ward_asked_value(const struct ward_asked *asked, enum ward_setting_id setting,
    const struct ward_origin **ret_origin)
{
	const struct ward_value *value = ward_section_value(asked->own,
	    asked->general,
	    ward_key_find(ward_settings[setting].rule,
		ward_settings[setting].key));

	if (value == NULL) {
		return NULL;
	}
	*ret_origin = &value->origin;
	return value->text;
}
