/* SPDX-License-Identifier: BSD-2-Clause */
/* What several documents ask for together: the strictest of each, cited by all. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

void
ward_binding_free(struct ward_binding *binding)
{
	if (binding == NULL) {
		return;
	}
	for (size_t c = 0; c < WARD_CLASS_COUNT; c++) {
		for (size_t i = 0; i < WARD_SETTING_COUNT; i++) {
			ward_value_clear(&binding->own[c].value[i]);
		}
		for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
			free(binding->own[c].citations[i]);
		}
	}
	free(binding->own);
	free(binding);
}

/* ---- several documents into one ------------------------------------------- */

/* Who of the document asks for the rule, so that it counts for the binding?
 * What is built into every plan is asked for by the agency's own alone. */
static enum ward_asker
asks(const struct ward_binding *binding, const struct ward_plan *document,
    bool own, enum ward_rule_id rule, enum ward_class class)
{
	static const enum ward_asker askers[] = {
		[WARD_ORIGIN_BUILTIN] = WARD_ASKED_BY_PROGRAM,
		[WARD_ORIGIN_PLAN] = WARD_ASKED_BY_DOCUMENT,
		[WARD_ORIGIN_AGENCY] = WARD_ASKED_BY_AGENCY,
	};
	const struct ward_section *section = document->rule[class][rule];
	const bool reference = ward_plan_kind(document) == WARD_KIND_REFERENCE;

	if (section == NULL ||
	    (reference ?
		    document != binding->reference :
		    document->strength[class][rule] != binding->strength)) {
		return WARD_ASKED_BY_NOBODY;
	}
	if (own) {
		return askers[section->origin.kind];
	}
	return section->values[WARD_KEY_CLAUSE].text != NULL ?
	    WARD_ASKED_BY_DOCUMENT :
	    WARD_ASKED_BY_NOBODY;
}

static int
cite(struct ward_demand *demand, const struct ward_plan *document,
    enum ward_rule_id rule, enum ward_class class)
{
	const struct ward_value *clause = document->clause[class][rule];
	const size_t count = demand->citation_count[rule];
	struct ward_citation *list;

	if (clause == NULL) {
		return 0;
	}
	list = reallocarray(demand->citations[rule], count + 1, sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	list[count] = (struct ward_citation){ ward_plan_id(document),
		clause->text };
	demand->citations[rule] = list;
	demand->citation_count[rule] = count + 1;
	return 0;
}

/* What holds where nobody says another: it tightens nothing that is said. A
 * list of words that is built in is there for everybody to add to. */
static bool
is_default(const struct ward_value *value, size_t id)
{
	return value->text != NULL && ward_settings[id].type == WARD_CHOICE &&
	    value->origin.kind == WARD_ORIGIN_BUILTIN;
}

static int
merge_value(struct ward_demand *demand, const struct ward_value *value,
    enum ward_rule_id rule, size_t key, size_t id)
{
	struct ward_value *into = &demand->value[id];

	if (into->text != NULL && is_default(value, id)) {
		return 0;
	}
	if (is_default(into, id)) {
		ward_value_clear(into);
	}
	return ward_value_merge(rule, key, into, value);
}

static int
merge_values(struct ward_demand *demand, const struct ward_plan *document,
    enum ward_rule_id rule, enum ward_class class, struct ward_error *err)
{
	int r = 0;

	for (size_t key = WARD_KEY_FIRST_SETTING;
	     r == 0 && ward_key_setting(rule, key) != NULL; key++) {
		size_t id = (size_t)(ward_key_setting(rule, key) -
		    ward_settings);
		const struct ward_value *value = document->value[class][id];

		if (value != NULL) {
			r = merge_value(demand, value, rule, key, id);
		}
		if (r == WARD_ERR_RANGE) {
			return ward_error_set(err, r,
			    "%s:%u: [%s] %s: with the documents that bind "
			    "beside this one it would have too many words, or "
			    "none",
			    value->origin.file, value->origin.line,
			    ward_rules[rule].id, ward_settings[id].key);
		}
	}
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}

static int
merge_rule(struct ward_binding *binding, const struct ward_plan *plan,
    enum ward_rule_id rule, enum ward_class class, struct ward_error *err)
{
	struct ward_demand *demand = &binding->own[class];
	int r = 0;

	for (size_t i = 0; r == 0 && i <= plan->pack_count; i++) {
		const struct ward_plan *document = i == 0 ? plan :
							    plan->packs[i - 1];
		enum ward_asker asker;

		asker = asks(binding, document, i == 0, rule, class);
		if (asker == WARD_ASKED_BY_NOBODY) {
			continue;
		}
		if (asker > demand->asker[rule]) {
			demand->asker[rule] = asker;
		}
		if (cite(demand, document, rule, class) != 0) {
			return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
		}
		r = merge_values(demand, document, rule, class, err);
	}
	return r;
}

int
ward_binding_new(const struct ward_plan *plan, enum ward_strength strength,
    const struct ward_plan *reference, struct ward_binding **ret_binding,
    struct ward_error *err)
{
	struct ward_binding *binding = calloc(1, sizeof(*binding));
	struct ward_demand *own = calloc(WARD_CLASS_COUNT, sizeof(*own));
	int r = 0;

	if (binding == NULL || own == NULL) {
		free(binding);
		free(own);
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	binding->own = own;
	binding->strength = strength;
	binding->reference = reference;
	for (enum ward_class c = 0; r == 0 && c < WARD_CLASS_COUNT; c++) {
		binding->demand[c] = &own[c];
		for (enum ward_rule_id i = 0; r == 0 && i < WARD_RULE_COUNT;
		     i++) {
			r = merge_rule(binding, plan, i, c, err);
		}
	}
	if (r != 0) {
		ward_binding_free(binding);
		return r;
	}
	*ret_binding = binding;
	return 0;
}

/* ---- questions ------------------------------------------------------------ */

bool
ward_binding_enables(const struct ward_binding *binding, enum ward_rule_id rule,
    enum ward_class class)
{
	return binding->demand[class]->asker[rule] != WARD_ASKED_BY_NOBODY;
}

enum ward_asker
ward_binding_asker(const struct ward_binding *binding, enum ward_rule_id rule,
    enum ward_class class)
{
	return binding->demand[class]->asker[rule];
}

struct ward_citations
ward_binding_citations(const struct ward_binding *binding,
    enum ward_rule_id rule, enum ward_class class)
{
	const struct ward_demand *demand = binding->demand[class];

	return (struct ward_citations){ demand->citations[rule],
		demand->citation_count[rule] };
}

bool
ward_binding_number(const struct ward_binding *binding,
    enum ward_setting_id setting, enum ward_class class, uint32_t *ret_number)
{
	const struct ward_value *value = &binding->demand[class]
					      ->value[setting];

	if (value->text == NULL) {
		return false;
	}
	*ret_number = value->number;
	return true;
}

const char *
ward_binding_text(const struct ward_binding *binding,
    enum ward_setting_id setting, enum ward_class class)
{
	return binding->demand[class]->value[setting].text;
}

bool
ward_binding_is_agency(const struct ward_binding *binding,
    enum ward_setting_id setting, enum ward_class class)
{
	const struct ward_value *value = &binding->demand[class]
					      ->value[setting];

	return value->text != NULL && value->origin.kind == WARD_ORIGIN_AGENCY;
}
