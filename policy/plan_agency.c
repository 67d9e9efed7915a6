/* SPDX-License-Identifier: BSD-2-Clause */
/* The agency's own settings: they may only make a plan stricter. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

static int
loosens(const struct ward_section *agency, size_t key,
    const struct ward_value *was, struct ward_error *err)
{
	const struct ward_value *is = &agency->values[key];
	const bool fixed = ward_key_setting(agency->rule, key)->stricter ==
	    WARD_FIXED;
	char place[192] = "";

	if (was->origin.kind == WARD_ORIGIN_BUILTIN) {
		return ward_error_set(err, WARD_ERR_LOOSER,
		    "%s:%u: [%s] %s = %s is looser than what is built in, %s; "
		    "only a document may say so",
		    is->origin.file, is->origin.line,
		    ward_rules[agency->rule].id,
		    ward_key_name(agency->rule, key), is->text, was->text);
	}
	if (was->origin.file != NULL) {
		(void)snprintf(place, sizeof(place), " (%s:%u)",
		    was->origin.file, was->origin.line);
	}
	return ward_error_set(err, WARD_ERR_LOOSER,
	    fixed ? "%s:%u: [%s%s%s] %s = %s: what the document says can't be "
		    "changed: %s%s" :
		    N_("%s:%u: [%s%s%s] %s = %s would loosen the plan, which "
		       "says %s%s; only a waiver may do that"),
	    is->origin.file, is->origin.line, ward_rules[agency->rule].id,
	    agency->instance == NULL ? "" : ".",
	    agency->instance == NULL ? "" : agency->instance,
	    ward_key_name(agency->rule, key), is->text, was->text, place);
}

/* A rule that the plan lacks has the strength that the agency gives it, or else
 * that of the packs that ask for it. */
static int
choose_strength(const struct ward_plan *plan, const struct ward_section *agency,
    struct ward_section *section)
{
	const struct ward_value *own = &agency->values[WARD_KEY_STRENGTH];
	bool asked = false, shall = false;

	if (agency->class != WARD_CLASS_ANY &&
	    ward_plan_find(plan, agency->rule, WARD_CLASS_ANY, NULL) != NULL) {
		return 0;
	}
	for (size_t i = 0; i < plan->pack_count; i++) {
		const struct ward_plan *pack = plan->packs[i];
		const struct ward_section
		    *there = pack->rule[agency->class][agency->rule];

		if (ward_plan_kind(pack) == WARD_KIND_PACK && there != NULL &&
		    there->origin.kind != WARD_ORIGIN_BUILTIN) {
			asked = true;
			shall |= pack->strength[agency->class][agency->rule] ==
			    WARD_SHALL;
		}
	}
	if (own->text != NULL) {
		return ward_value_copy(own,
		    &section->values[WARD_KEY_STRENGTH]);
	}
	if (!asked || shall) {
		return 0;
	}
	section->values[WARD_KEY_STRENGTH].text = strdup(
	    ward_strength_name(WARD_SHOULD));
	return section->values[WARD_KEY_STRENGTH].text != NULL ? 0 :
								 WARD_ERR_NOMEM;
}

/* What was built into the sections of classes, as no general one was there, is
 * the general one's to say now. */
static void
forget_builtin(struct ward_plan *plan, const struct ward_section *agency)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct ward_section *section = &plan->sections[i];

		if (section->rule != agency->rule ||
		    section->class == WARD_CLASS_ANY) {
			continue;
		}
		for (size_t key = WARD_KEY_FIRST_SETTING; key < WARD_KEYS_MAX;
		     key++) {
			if (section->values[key].text != NULL &&
			    section->values[key].origin.kind ==
				WARD_ORIGIN_BUILTIN) {
				ward_value_clear(&section->values[key]);
			}
		}
	}
}

/* The section that the agency's one tightens, made where there is none. */
static struct ward_section *
find_or_append(struct ward_plan *plan, const struct ward_section *agency)
{
	struct ward_section *section = ward_plan_find(plan, agency->rule,
	    agency->class, agency->instance);

	if (section != NULL) {
		return section;
	}
	section = ward_plan_append(plan, agency->rule, agency->class,
	    agency->instance);
	if (section == NULL) {
		return NULL;
	}
	if (agency->class == WARD_CLASS_ANY && agency->instance == NULL) {
		forget_builtin(plan, agency);
	}
	section->origin = agency->origin;
	section->origin.file = strdup(agency->origin.file);
	/* What is built in holds first, so that words are added to it. */
	if (section->origin.file == NULL ||
	    choose_strength(plan, agency, section) != 0 ||
	    ward_plan_finish(plan, NULL) != 0) {
		return NULL;
	}
	return ward_plan_find(plan, agency->rule, agency->class,
	    agency->instance);
}

/* Does one of the documents give words that no password may be made of? */
static bool
gives_words(const struct ward_plan *plan)
{
	for (size_t d = 0; d <= plan->pack_count; d++) {
		const struct ward_plan *document = d == 0 ? plan :
							    plan->packs[d - 1];

		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			if (document->value[c][WARD_SET_PASSWORD_WEAK_WORDS] !=
			    NULL) {
				return true;
			}
		}
	}
	return false;
}

/* How words are matched that are the agency's alone is the agency's to say.
 * What else is built in stands for something that the documents ask. */
static bool
is_ours(const struct ward_value *value, const struct ward_section *agency,
    size_t key)
{
	return value->text != NULL &&
	    value->origin.kind == WARD_ORIGIN_BUILTIN &&
	    ward_key_setting(agency->rule, key) ==
	    &ward_settings[WARD_SET_PASSWORD_WEAK_MATCH];
}

static int
tighten_value(struct ward_plan *plan, struct ward_section *section,
    const struct ward_section *agency, size_t key, bool own_words,
    struct ward_error *err)
{
	const struct ward_section *general = ward_plan_find(plan, agency->rule,
	    WARD_CLASS_ANY, agency->instance);
	struct ward_value *value = &section->values[key];
	const struct ward_value *wanted = &agency->values[key];
	int r = 0;

	/* Where a class has no value of its own the general one has held so
	 * far: that is what must not be loosened. */
	if (value->text == NULL && general != NULL) {
		r = ward_value_copy(&general->values[key], value);
	}
	if (own_words && is_ours(value, agency, key)) {
		ward_value_clear(value);
	}
	if (r == 0) {
		r = ward_value_tighten(agency->rule, key, value, wanted);
	}
	if (r == WARD_ERR_LOOSER) {
		return loosens(agency, key, value, err);
	}
	return r == 0 ?
	    0 :
	    ward_error_set(err, r,
		r == WARD_ERR_RANGE ? "%s:%u: too many words, with the plan's" :
				      N_("%s:%u: no memory"),
		wanted->origin.file, wanted->origin.line);
}

/* What is looser than a pack would not hold beside it, and is refused rather
 * than passed over. */
static int
check_pack(const struct ward_plan *pack, const struct ward_section *agency,
    size_t key, struct ward_error *err)
{
	const size_t id = (size_t)(ward_key_setting(agency->rule, key) -
	    ward_settings);
	const struct ward_value *was = pack->value[agency->class][id];
	struct ward_value value = { .text = NULL };
	int r;

	if (ward_plan_kind(pack) == WARD_KIND_REFERENCE || was == NULL ||
	    was->origin.kind == WARD_ORIGIN_BUILTIN) {
		return 0;
	}
	r = ward_value_copy(was, &value);
	if (r == 0) {
		r = ward_value_tighten(agency->rule, key, &value,
		    &agency->values[key]);
	}
	ward_value_clear(&value);
	if (r == WARD_ERR_LOOSER) {
		return loosens(agency, key, was, err);
	}
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}

static int
tighten_section(struct ward_plan *plan, const struct ward_section *agency,
    bool own_words, struct ward_error *err)
{
	struct ward_section *section = find_or_append(plan, agency);
	int r = 0;

	if (section == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	for (size_t key = 0; r == 0 && key < WARD_KEYS_MAX; key++) {
		if (agency->values[key].text == NULL) {
			continue;
		}
		r = tighten_value(plan, section, agency, key, own_words, err);
		for (size_t i = 0; r == 0 && key >= WARD_KEY_FIRST_SETTING &&
		     i < plan->pack_count;
		     i++) {
			r = check_pack(plan->packs[i], agency, key, err);
		}
	}
	return r;
}

int
ward_plan_tighten(struct ward_plan *plan, struct ward_plan *const *agency,
    size_t count, struct ward_error *err)
{
	const bool own_words = !gives_words(plan);
	int r = 0;

	for (size_t f = 0; r == 0 && f < count; f++) {
		for (size_t i = 0; r == 0 && i < agency[f]->count; i++) {
			r = tighten_section(plan, &agency[f]->sections[i],
			    own_words, err);
		}
	}
	return r;
}
