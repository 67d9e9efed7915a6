/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last rule that matches decides: which rules are in force for somebody.
 * Rules are put in classes by their command lines, so that each is held against
 * those few that can decide the same, and not against all.
 */
#include <stdlib.h>
#include <string.h>

#include "collect/doas/rules.h"

int
ward_doas_room(struct ward_doas *doas)
{
	size_t room = (size_t)doas->rules.count + 1;

	doas->matched = calloc(room, sizeof(*doas->matched));
	doas->order = calloc(room, sizeof(struct ward_doas_rule *));
	doas->classes = calloc(room, sizeof(*doas->classes));
	return doas->matched == NULL || doas->order == NULL ||
		doas->classes == NULL ?
	    WARD_ERR_NOMEM :
	    0;
}

void
ward_doas_room_free(struct ward_doas *doas)
{
	free(doas->matched);
	free(doas->order);
	free(doas->classes);
}

/* ---- classes -------------------------------------------------------------- */

static int
compare_lists(const struct ward_doas_list *a, const struct ward_doas_list *b)
{
	int order = (a->count > b->count) - (a->count < b->count);

	for (uint32_t i = 0; order == 0 && i < a->count; i++) {
		order = strcmp(a->words[i], b->words[i]);
	}
	return order;
}

static int
compare_commands(const char *a, const char *b)
{
	if (a == NULL || b == NULL) {
		return (a != NULL) - (b != NULL);
	}
	return strcmp(a, b);
}

/* Every command first; each command with any arguments before those with its
 * own. */
static int
compare_lines(const struct ward_doas_rule *a, const struct ward_doas_rule *b)
{
	int order = compare_commands(a->cmd, b->cmd);

	if (order == 0) {
		order = a->has_args - b->has_args;
	}
	return order != 0 ? order : compare_lists(&a->args, &b->args);
}

static int
compare_targets(const struct ward_doas_rule *a, const struct ward_doas_rule *b)
{
	if (a->to != b->to) {
		return a->to < b->to ? -1 : 1;
	}
	return (a->to_uid > b->to_uid) - (a->to_uid < b->to_uid);
}

static int
by_target(const void *left, const void *right)
{
	const struct ward_doas_rule *const *a = left, *const *b = right;
	int order = compare_targets(*a, *b);

	return order != 0 ? order : (*a > *b) - (*a < *b);
}

static int
by_line(const void *left, const void *right)
{
	const struct ward_doas_rule *const *a = left, *const *b = right;
	int order = compare_lines(*a, *b);

	return order != 0 ? order : by_target(left, right);
}

static void
find_targets(struct ward_doas *doas)
{
	struct ward_doas_rule **order = doas->order, *first;

	qsort(order, doas->rules.count, sizeof(struct ward_doas_rule *),
	    by_target);
	first = order[0];
	for (uint32_t i = 0; i < doas->rules.count; i++) {
		if (compare_targets(first, order[i]) != 0) {
			first = order[i];
		}
		order[i]->first_to = first;
	}
}

/* The class of the rule, which is the next one in the order of lines. */
static uint32_t
find_class(struct ward_doas *doas, const struct ward_doas_rule *last,
    const struct ward_doas_rule *rule)
{
	struct ward_doas_class *class = &doas->classes[doas->class_count];

	if (rule->cmd == NULL) {
		return WARD_DOAS_ALL;
	}
	if (last != NULL && compare_lines(last, rule) == 0) {
		return doas->class_count;
	}
	class[1] = (struct ward_doas_class){ .bare = doas->class_count + 1 };
	if (rule->has_args) {
		class[1].bare = last != NULL &&
			compare_commands(last->cmd, rule->cmd) == 0 ?
		    class->bare :
		    WARD_DOAS_ALL;
	}
	return ++doas->class_count;
}

void
ward_doas_classify(struct ward_doas *doas)
{
	struct ward_doas_rule **order = doas->order, *last = NULL;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < doas->rules.count; i++) {
		order[i] = &doas->rules.list[i];
	}
	if (doas->rules.count == 0) {
		return;
	}
	find_targets(doas);
	qsort(order, doas->rules.count, sizeof(struct ward_doas_rule *),
	    by_line);
	for (uint32_t i = 0; i < doas->rules.count; i++) {
		struct ward_doas_rule *rule = order[i];
		struct ward_doas_class *class;

		rule->line_class = find_class(doas, last, rule);
		class = &doas->classes[rule->line_class];
		if (last == NULL || last->line_class != rule->line_class ||
		    compare_targets(last, rule) != 0) {
			class->from = class->count == 0 ? kept : class->from;
			class->count++;
			order[kept++] = rule;
		}
		rule->same = last = order[kept - 1];
	}
}

/* ---- deciding ------------------------------------------------------------- */

/* Is there a later rule in the class for this target? */
static bool
is_met(const struct ward_doas *doas, uint32_t class_number,
    enum ward_doas_who to, uint32_t to_uid)
{
	const struct ward_doas_class *class = &doas->classes[class_number];
	const struct ward_doas_rule key = { .to = to, .to_uid = to_uid },
				    *wanted = &key;
	struct ward_doas_rule **low = doas->order + class->from;
	size_t count = class->count;

	while (count > 0) {
		size_t half = count / 2;
		int order = compare_targets(low[half], wanted);

		if (order == 0) {
			return low[half]->met == doas->turn;
		}
		if (order < 0) {
			low += half + 1;
			count -= half + 1;
		} else {
			count = half;
		}
	}
	return false;
}

/* Do later rules in the classes decide for everybody who amounts to root, one
 * by one? */
static bool
are_all_met(struct ward_doas *doas, const uint32_t *classes, size_t count)
{
	size_t left = doas->root_count;

	if (doas->met_count < doas->root_count) {
		return false;
	}
	doas->count_turn++;
	for (size_t i = 0; i < count; i++) {
		const struct ward_doas_class *class = &doas->classes
							   [classes[i]];

		for (uint32_t k = 0; k < class->count; k++) {
			const struct ward_doas_rule
			    *rule = doas->order[class->from + k];

			if (rule->met == doas->turn && rule->to_root &&
			    rule->first_to->counted != doas->count_turn) {
				rule->first_to->counted = doas->count_turn;
				left--;
			}
		}
	}
	return left == 0;
}

/* Is there somebody who amounts to root for whom no later rule decides what
 * this one does? As each rule has either one command line, or endlessly many,
 * others can do so only one by one: those of its class and of wider ones. */
static bool
is_in_force(struct ward_doas *doas, const struct ward_doas_rule *rule)
{
	const uint32_t classes[] = { WARD_DOAS_ALL,
		doas->classes[rule->line_class].bare, rule->line_class };
	const size_t count = sizeof(classes) / sizeof(classes[0]);

	if (!rule->permit || !rule->to_root) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (is_met(doas, classes[i], WARD_DOAS_ANY, 0) ||
		    (rule->to == WARD_DOAS_UID &&
			is_met(doas, classes[i], rule->to, rule->to_uid))) {
			return false;
		}
	}
	return rule->to == WARD_DOAS_UID || !are_all_met(doas, classes, count);
}

/* What the later rules take away, the first of them that does. */
struct denials {
	const struct ward_doas_rule *of_any; /* for any target */
	const struct ward_doas_rule *of_one; /* for whichever one */
};

static const char *
find_denied(const struct ward_doas *doas, const struct denials *later,
    const struct ward_doas_rule *rule)
{
	const struct ward_doas_rule *deny = later->of_any;

	if (rule->cmd != NULL) {
		return NULL;
	}
	if (rule->to == WARD_DOAS_ANY) {
		deny = later->of_one;
	} else if (rule->first_to->denied_turn == doas->turn &&
	    (deny == NULL || rule->first_to->deny < deny)) {
		deny = rule->first_to->deny;
	}
	return deny == NULL ? NULL : deny->command;
}

static void
meet(struct ward_doas *doas, struct denials *later, struct ward_doas_rule *rule)
{
	struct ward_doas_rule *first = rule->first_to;

	rule->same->met = doas->turn;
	if (rule->to == WARD_DOAS_UID && rule->to_root &&
	    first->met_to != doas->turn) {
		first->met_to = doas->turn;
		doas->met_count++;
	}
	if (!rule->permit && rule->cmd != NULL && rule->to_root) {
		later->of_one = rule;
		later->of_any = rule->to == WARD_DOAS_ANY ? rule :
							    later->of_any;
		first->deny = rule;
		first->denied_turn = doas->turn;
	}
}

void
ward_doas_decide(struct ward_doas *doas)
{
	struct denials later = { .of_any = NULL };

	doas->turn++;
	doas->met_count = 0;
	for (uint32_t i = doas->matched_count; i-- > 0;) {
		struct ward_doas_rule *rule = &doas->rules
						   .list[doas->matched[i]];

		rule->in_force = is_in_force(doas, rule);
		rule->denied = find_denied(doas, &later, rule);
		meet(doas, &later, rule);
	}
}
