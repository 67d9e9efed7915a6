/* SPDX-License-Identifier: BSD-2-Clause */
/* A part of an audit: some rules, or one account. */
#include "evaluation.h"

#include <fnmatch.h>
#include <string.h>

bool
ward_selection_has_rule(const struct ward_selection *selection, const char *id)
{
	return selection->rule == NULL || fnmatch(selection->rule, id, 0) == 0;
}

bool
ward_selection_has_user(const struct ward_selection *selection,
    const char *name)
{
	return selection->user == NULL ||
	    (name != NULL && strcmp(selection->user, name) == 0);
}

/* Does the plan have a duty that is selected? */
static bool
has_duty(const struct ward_plan *plan, const struct ward_selection *selection)
{
	struct ward_topic topic;
	char id[WARD_TOPIC_SIZE];

	for (size_t i = WARD_RULE_COUNT; ward_plan_topic(plan, i, &topic);
	     i++) {
		ward_topic_id(&topic, id);
		if (ward_selection_has_rule(selection, id)) {
			return true;
		}
	}
	return false;
}

/* Is the selected rule one that somebody asks for? One that is not selected is
 * as if nobody did. */
static bool
select_rule(struct ward_evaluation *e, enum ward_rule_id rule)
{
	const bool has = ward_selection_has_rule(&e->only, ward_rules[rule].id);
	struct ward_rule_count *tally = &e->summary.rules[rule];
	bool asked = tally->enabled || e->by_service[rule] != 0;

	/* No service is one account's. */
	if (!has || e->only.user != NULL) {
		e->by_service[rule] = 0;
	}
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		asked |= e->judges[c][rule] != 0;
		if (!has) {
			e->judges[c][rule] = 0;
			e->asked[c][rule] = false;
			e->unset[c][rule] = false;
		}
	}
	/* What is asked of a user shows when its account comes. */
	if (!has || e->only.user != NULL) {
		*tally = (struct ward_rule_count){ .enabled = false,
			.untried = has && tally->untried };
	}
	return has && asked && rule != WARD_RULE_CLASS_PRIVILEGED;
}

int
ward_evaluation_select(struct ward_evaluation *evaluation,
    const struct ward_selection *selection)
{
	bool any = has_duty(evaluation->plan, selection);

	evaluation->only = *selection;
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		any |= select_rule(evaluation, rule);
	}
	return any ? 0 : WARD_ERR_MISSING;
}

bool
ward_evaluation_selects(struct ward_evaluation *e, const char *name)
{
	const bool is = ward_selection_has_user(&e->only, name);

	e->summary.met |= is;
	return is;
}

void
ward_evaluation_note_asked(struct ward_evaluation *e, enum ward_class class)
{
	for (enum ward_rule_id rule = 0;
	     e->only.user != NULL && rule < WARD_RULE_COUNT; rule++) {
		const enum ward_subject_type about = ward_rules[rule].subject;

		e->summary.rules[rule].enabled |= e->asked[class][rule] &&
		    (about == WARD_SUBJECT_ACCOUNT ||
			about == WARD_SUBJECT_SERVICE);
	}
}
