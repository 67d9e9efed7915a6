/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan in memory: its sections, what follows for each class, questions. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

bool
ward_rule_is_builtin(enum ward_rule_id rule)
{
	/* What can't be read can't be judged, whatever the document says; and
	 * privileged accounts are counted under every plan. */
	return rule == WARD_RULE_ACCOUNT_WELLFORMED ||
	    rule == WARD_RULE_CLASS_PRIVILEGED;
}

static void
clear_section(struct ward_section *section)
{
	free(section->instance);
	free(section->origin.file);
	for (size_t i = 0; i < WARD_KEYS_MAX; i++) {
		ward_value_clear(&section->values[i]);
	}
}

static void
free_bindings(struct ward_plan *plan)
{
	for (size_t i = 0; i < WARD_BINDINGS_MAX; i++) {
		ward_binding_free(plan->bindings[i]);
		plan->bindings[i] = NULL;
	}
}

void
ward_plan_free(struct ward_plan *plan)
{
	if (plan == NULL || plan->one_block) {
		free(plan);
		return;
	}
	for (size_t i = 0; i < WARD_HEAD_COUNT; i++) {
		ward_value_clear(&plan->head[i]);
	}
	ward_value_clear(&plan->chosen);
	ward_value_clear(&plan->named);
	for (size_t i = 0; i < plan->count; i++) {
		clear_section(&plan->sections[i]);
	}
	free(plan->sections);
	for (size_t i = 0; i < plan->pack_count; i++) {
		ward_plan_free(plan->packs[i]);
	}
	free(plan->packs);
	free_bindings(plan);
	free(plan);
}

struct ward_section *
ward_plan_find(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class, const char *instance)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct ward_section *section = &plan->sections[i];

		if (section->rule == rule && section->class == class &&
		    (instance == NULL ? section->instance == NULL :
					section->instance != NULL &&
				strcmp(section->instance, instance) == 0)) {
			return section;
		}
	}
	return NULL;
}

struct ward_section *
ward_plan_append(struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class, const char *instance)
{
	struct ward_section *section;
	char *copy = NULL;

	if (plan->count == plan->room) {
		size_t room = plan->room == 0 ? 32 : plan->room * 2;
		struct ward_section *sections = reallocarray(plan->sections,
		    room, sizeof(*sections));

		if (sections == NULL) {
			return NULL;
		}
		plan->sections = sections;
		plan->room = room;
	}
	if (instance != NULL) {
		copy = strdup(instance);
		if (copy == NULL) {
			return NULL;
		}
	}
	section = &plan->sections[plan->count++];
	*section = (struct ward_section){ .rule = rule,
		.class = class,
		.instance = copy };
	return section;
}

/* ---- what holds for whom -------------------------------------------------- */

const struct ward_value *
ward_section_value(const struct ward_section *own,
    const struct ward_section *general, size_t key)
{
	if (own != NULL && own->values[key].text != NULL) {
		return &own->values[key];
	}
	if (general != NULL && general->values[key].text != NULL) {
		return &general->values[key];
	}
	return NULL;
}

enum ward_strength
ward_section_strength(const struct ward_section *own,
    const struct ward_section *general)
{
	const struct ward_value *strength = ward_section_value(own, general,
	    WARD_KEY_STRENGTH);

	return strength != NULL &&
		strcmp(strength->text, ward_strength_name(WARD_SHOULD)) == 0 ?
	    WARD_SHOULD :
	    WARD_SHALL;
}

static void
compile_rule(struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	const struct ward_section *general = ward_plan_find(plan, rule,
	    WARD_CLASS_ANY, NULL);
	const struct ward_section *own = class == WARD_CLASS_ANY ?
	    NULL :
	    ward_plan_find(plan, rule, class, NULL);

	plan->rule[class][rule] = own != NULL ? own : general;
	plan->clause[class][rule] = ward_section_value(own, general,
	    WARD_KEY_CLAUSE);
	plan->strength[class][rule] = ward_section_strength(own, general);
	for (size_t key = WARD_KEY_FIRST_SETTING;
	     ward_key_setting(rule, key) != NULL; key++) {
		size_t id = (size_t)(ward_key_setting(rule, key) -
		    ward_settings);

		plan->value[class][id] = ward_section_value(own, general, key);
	}
}

static void
compile(struct ward_plan *plan)
{
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT;
		     rule++) {
			compile_rule(plan, rule, c);
		}
	}
}

/* Give the section every built-in value that no plan said. A class's section
 * leaves them to the general one, where there is one. */
static int
fill_section(struct ward_plan *plan, size_t at)
{
	struct ward_section *section = &plan->sections[at];
	const struct ward_setting *setting;

	if (section->rule == WARD_RULE_OUT_OF_SCOPE ||
	    (section->class != WARD_CLASS_ANY &&
		ward_plan_find(plan, section->rule, WARD_CLASS_ANY, NULL) !=
		    NULL)) {
		return 0;
	}
	for (size_t key = 0;
	     (setting = ward_key_setting(section->rule, key)) != NULL; key++) {
		if (setting->builtin != NULL &&
		    section->values[key].text == NULL &&
		    ward_value_parse(section->rule, key, setting->builtin,
			&section->values[key], NULL) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	return 0;
}

static int
fill_builtin(struct ward_plan *plan)
{
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		if (ward_rule_is_builtin(rule) &&
		    ward_plan_find(plan, rule, WARD_CLASS_ANY, NULL) == NULL &&
		    ward_plan_append(plan, rule, WARD_CLASS_ANY, NULL) ==
			NULL) {
			return WARD_ERR_NOMEM;
		}
	}
	for (size_t i = 0; i < plan->count; i++) {
		if (fill_section(plan, i) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	return 0;
}

int
ward_plan_finish(struct ward_plan *plan, struct ward_error *err)
{
	if (fill_builtin(plan) != 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	compile(plan);
	return 0;
}

int
ward_plan_bind(struct ward_plan *plan, struct ward_error *err)
{
	size_t count = WARD_REFERENCE;
	int r;

	free_bindings(plan);
	r = ward_binding_new(plan, WARD_SHALL, NULL,
	    &plan->bindings[WARD_SHALL], err);
	if (r == 0) {
		r = ward_binding_new(plan, WARD_SHOULD, NULL,
		    &plan->bindings[WARD_SHOULD], err);
	}
	for (size_t i = 0; r == 0 && i <= plan->pack_count; i++) {
		const struct ward_plan *document = i == 0 ? plan :
							    plan->packs[i - 1];

		if (ward_plan_kind(document) == WARD_KIND_REFERENCE) {
			r = ward_binding_new(plan, WARD_REFERENCE, document,
			    &plan->bindings[count++], err);
		}
	}
	return r == 0 && count == WARD_REFERENCE ?
	    ward_binding_new(plan, WARD_REFERENCE, NULL, &plan->bindings[count],
		err) :
	    r;
}

/* ---- questions ------------------------------------------------------------ */

const char *
ward_plan_id(const struct ward_plan *plan)
{
	return plan->head[WARD_HEAD_ID].text;
}

const char *
ward_plan_title(const struct ward_plan *plan)
{
	return plan->head[WARD_HEAD_TITLE].text;
}

const char *
ward_plan_agency(const struct ward_plan *plan)
{
	return plan->head[WARD_HEAD_AGENCY].text;
}

const struct ward_plan *
ward_plan_pack(const struct ward_plan *plan, size_t i)
{
	return i < plan->pack_count ? plan->packs[i] : NULL;
}

/* Is the duty one of a document before this one as well? */
static bool
is_named_before(const struct ward_plan *plan, size_t document, const char *name)
{
	for (size_t i = 0; i < document; i++) {
		const struct ward_plan *other = i == 0 ? plan :
							 plan->packs[i - 1];

		if (ward_plan_kind(other) != WARD_KIND_REFERENCE &&
		    ward_plan_find(other, WARD_RULE_OBLIGATION, WARD_CLASS_ANY,
			name) != NULL) {
			return true;
		}
	}
	return false;
}

const char *
ward_plan_obligation(const struct ward_plan *plan, size_t i)
{
	for (size_t d = 0; d <= plan->pack_count; d++) {
		const struct ward_plan *document = d == 0 ? plan :
							    plan->packs[d - 1];

		for (size_t s = 0;
		     ward_plan_kind(document) != WARD_KIND_REFERENCE &&
		     s < document->count;
		     s++) {
			const struct ward_section *section = &document
								  ->sections[s];

			if (section->rule == WARD_RULE_OBLIGATION &&
			    !is_named_before(plan, d, section->instance) &&
			    i-- == 0) {
				return section->instance;
			}
		}
	}
	return NULL;
}

const struct ward_binding *
ward_plan_binding(const struct ward_plan *plan, size_t i)
{
	return i < WARD_BINDINGS_MAX ? plan->bindings[i] : NULL;
}

const char *
ward_plan_root_groups(const struct ward_plan *plan)
{
	return ward_binding_text(plan->bindings[ward_plan_strength(plan,
				     WARD_RULE_CLASS_PRIVILEGED,
				     WARD_CLASS_ANY)],
	    WARD_SET_CLASS_PRIVILEGED_GROUPS, WARD_CLASS_ANY);
}

enum ward_strength
ward_plan_strength(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	enum ward_strength strength = WARD_SHALL;

	while (strength < WARD_REFERENCE &&
	    !ward_binding_enables(plan->bindings[strength], rule, class)) {
		strength++;
	}
	return strength;
}

bool
ward_plan_enables(const struct ward_plan *plan, enum ward_rule_id rule,
    enum ward_class class)
{
	return ward_plan_strength(plan, rule, class) != WARD_REFERENCE;
}

static int
visit_origins(const struct ward_section *section,
    int (*visit)(void *arg, const char *file), void *arg)
{
	int r = section->origin.file != NULL ?
	    visit(arg, section->origin.file) :
	    0;

	for (size_t i = 0; i < WARD_KEYS_MAX && r == 0; i++) {
		if (section->values[i].origin.file != NULL) {
			r = visit(arg, section->values[i].origin.file);
		}
	}
	return r;
}

int
ward_plan_each_file(const struct ward_plan *plan,
    int (*visit)(void *arg, const char *file), void *arg)
{
	int r = 0;

	for (size_t i = 0; i < WARD_HEAD_COUNT && r == 0; i++) {
		if (plan->head[i].origin.file != NULL) {
			r = visit(arg, plan->head[i].origin.file);
		}
	}
	for (size_t i = 0; i < plan->count && r == 0; i++) {
		r = visit_origins(&plan->sections[i], visit, arg);
	}
	for (size_t i = 0; i < plan->pack_count && r == 0; i++) {
		r = ward_plan_each_file(plan->packs[i], visit, arg);
	}
	return r;
}
