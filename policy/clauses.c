/* SPDX-License-Identifier: BSD-2-Clause */
/* The clauses of a document, and which of its sections cites which. */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

bool
ward_clause_next(const char **text, const char **ret_clause, size_t *ret_size)
{
	const char *start = *text + strspn(*text, "| ");
	size_t size = strcspn(start, "|");

	*text = start + size;
	while (size > 0 && start[size - 1] == ' ') {
		size--;
	}
	*ret_clause = start;
	*ret_size = size;
	return size > 0;
}

static bool
has_clause(const char *list, const char *clause, size_t size)
{
	const char *one;
	size_t one_size;

	while (ward_clause_next(&list, &one, &one_size)) {
		if (one_size == size && memcmp(one, clause, size) == 0) {
			return true;
		}
	}
	return false;
}

static int
check_cited(const struct ward_value *list, const struct ward_value *cited,
    const char *name, struct ward_error *err)
{
	const char *rest = cited->text, *clause;
	size_t size;

	while (ward_clause_next(&rest, &clause, &size)) {
		if (!has_clause(list->text, clause, size)) {
			return ward_error_set(err, WARD_ERR_SYNTAX,
			    "%s:%u: clause '%.*s' is none of those that [plan] "
			    "lists (line %u)",
			    name, cited->origin.line, (int)size, clause,
			    list->origin.line);
		}
	}
	return 0;
}

static int
check_list(const struct ward_value *list, const char *name,
    struct ward_error *err)
{
	const char *rest = list->text, *clause;
	size_t size;

	while (ward_clause_next(&rest, &clause, &size)) {
		if (has_clause(rest, clause, size)) {
			return ward_error_set(err, WARD_ERR_SYNTAX,
			    "%s:%u: clauses: '%.*s' stands there twice", name,
			    list->origin.line, (int)size, clause);
		}
	}
	return 0;
}

int
ward_plan_check_clauses(const struct ward_plan *plan, const char *name,
    struct ward_error *err)
{
	const struct ward_value *list = &plan->head[WARD_HEAD_CLAUSES];
	int r;

	if (list->text == NULL) {
		return 0;
	}
	r = check_list(list, name, err);
	for (size_t i = 0; r == 0 && i < plan->count; i++) {
		const struct ward_value *cited = &plan->sections[i]
						      .values[WARD_KEY_CLAUSE];

		/* What the agency or the program adds stands in no document,
		 * in a plan that was dumped too. */
		if (cited->text != NULL &&
		    cited->origin.kind != WARD_ORIGIN_AGENCY) {
			r = check_cited(list, cited, name, err);
		}
	}
	return r;
}

/* ---- what becomes of each clause ------------------------------------------ */

const char *
ward_answer_name(enum ward_answer answer)
{
	static const char *const names[WARD_ANSWER_COUNT] = {
		[WARD_ANSWER_GAP] = "gap",
		[WARD_ANSWER_CHECKED] = "checked",
		[WARD_ANSWER_ENFORCED] = "enforced",
		[WARD_ANSWER_ATTESTED] = "attested",
		[WARD_ANSWER_NOT_CHECKED] = "not_checked",
		[WARD_ANSWER_OUT_OF_SCOPE] = "out_of_scope",
	};

	return names[answer];
}

struct walk {
	const struct ward_plan *plan;
	int (*visit)(void *arg, const struct ward_coverage *coverage);
	void *arg;
	struct ward_coverage_summary summary;
};

static enum ward_answer
answer_of(enum ward_rule_id rule)
{
	if (rule == WARD_RULE_OBLIGATION) {
		return WARD_ANSWER_ATTESTED;
	}
	if (rule == WARD_RULE_OUT_OF_SCOPE) {
		return WARD_ANSWER_OUT_OF_SCOPE;
	}
	return ward_rules[rule].judged ? WARD_ANSWER_CHECKED :
					 WARD_ANSWER_NOT_CHECKED;
}

/* What the section itself says to a key of its rule, or NULL. */
static const char *
text_of(const struct ward_section *section, const char *key)
{
	const size_t i = ward_key_find(section->rule, key);

	return i == WARD_KEYS_MAX ? NULL : section->values[i].text;
}

/* The same, where it is the document that says it. */
static const char *
document_text_of(const struct ward_section *section, const char *key)
{
	const size_t i = ward_key_find(section->rule, key);

	return i == WARD_KEYS_MAX ||
		section->values[i].origin.kind == WARD_ORIGIN_AGENCY ?
	    NULL :
	    section->values[i].text;
}

/* What the agency says of the section's accounts; the words of its own duties
 * are told as words. */
static void
find_agency(const struct ward_plan *plan, const struct ward_section *section,
    struct ward_coverage *coverage)
{
	for (size_t key = WARD_KEY_STRENGTH;
	     key < WARD_KEYS_MAX && ward_key_name(section->rule, key) != NULL;
	     key++) {
		const struct ward_setting *setting = key <
			WARD_KEY_FIRST_SETTING ?
		    NULL :
		    ward_key_setting(section->rule, key);
		const struct ward_value *value = &section->values[key];

		if (setting != NULL && section->instance == NULL) {
			value = plan->value[section->class]
					   [setting - ward_settings];
		}
		if (value == NULL || value->text == NULL ||
		    value->origin.kind != WARD_ORIGIN_AGENCY ||
		    (setting != NULL && setting->type == WARD_TEXT)) {
			continue;
		}
		coverage->agency
		    [coverage->agency_count++] = (struct ward_agency_setting){
			.key = ward_key_name(section->rule, key),
			.value = value->text,
			.unit = setting == NULL ? "" : setting->unit,
		};
	}
}

static bool
has_value(const struct ward_plan *plan, const struct ward_section *section,
    enum ward_setting_id setting)
{
	return plan->value[section->class][setting] != NULL;
}

/* Does the rule need a number, and has none for the section's accounts? */
static bool
is_unset(const struct ward_plan *plan, const struct ward_section *section)
{
	const struct ward_setting *setting;

	if (section->rule == WARD_RULE_OBLIGATION) {
		return text_of(section, "every") == NULL &&
		    text_of(section, "before") == NULL;
	}
	if (section->rule == WARD_RULE_LOGIN_LOCKOUT) { /* it needs both */
		return !has_value(plan, section,
			   WARD_SET_LOGIN_LOCKOUT_ATTEMPTS) ||
		    !has_value(plan, section, WARD_SET_LOGIN_LOCKOUT_SECONDS);
	}
	for (size_t key = WARD_KEY_FIRST_SETTING;
	     (setting = ward_key_setting(section->rule, key)) != NULL; key++) {
		if (setting->stricter != WARD_FIXED &&
		    has_value(plan, section, setting - ward_settings)) {
			return false;
		}
	}
	return ward_rules[section->rule].number;
}

/* A warning takes a day to warn of. */
static bool
is_enforced(const struct ward_plan *plan, const struct ward_section *section)
{
	return ward_plan_kind(plan) != WARD_KIND_REFERENCE &&
	    !is_unset(plan, section) &&
	    ward_rule_binds(section->rule,
		plan->strength[section->class][section->rule],
		section->class) &&
	    (section->rule != WARD_RULE_PASSWORD_EXPIRY_WARNING ||
		has_value(plan, section, WARD_SET_PASSWORD_MAX_AGE_DAYS) ||
		has_value(plan, section, WARD_SET_PASSWORD_MAX_AGE_MONTHS));
}

static enum ward_answer
answer_to(const struct ward_plan *plan, const struct ward_section *section)
{
	const enum ward_answer answer = answer_of(section->rule);

	return answer == WARD_ANSWER_NOT_CHECKED && is_enforced(plan, section) ?
	    WARD_ANSWER_ENFORCED :
	    answer;
}

static int
tell(struct walk *walk, const char *clause, const struct ward_section *section,
    bool beyond)
{
	char name[160];
	struct ward_coverage coverage = {
		.clause = clause,
		.answer = answer_to(walk->plan, section),
		.section = name,
		.rule = section->rule,
		.strength = walk->plan->strength[section->class][section->rule],
		.every = document_text_of(section, "every"),
		.before = document_text_of(section, "before"),
		.unset = is_unset(walk->plan, section),
		.enforced = is_enforced(walk->plan, section),
		.added = section->origin.kind == WARD_ORIGIN_AGENCY,
		.beyond = beyond,
	};
	const char *strength = section->values[WARD_KEY_STRENGTH].text;

	(void)snprintf(name, sizeof(name), "%s%s%s%s%s",
	    ward_rules[section->rule].id, section->instance == NULL ? "" : ".",
	    section->instance == NULL ? "" : section->instance,
	    section->class == WARD_CLASS_ANY ? "" : " ",
	    section->class == WARD_CLASS_ANY ? "" :
					       ward_class_name(section->class));
	find_agency(walk->plan, section, &coverage);
	if (section->instance != NULL) {
		coverage.strength = strength != NULL &&
			strcmp(strength, ward_strength_name(WARD_SHOULD)) == 0 ?
		    WARD_SHOULD :
		    WARD_SHALL;
		coverage.words = text_of(section,
		    section->rule == WARD_RULE_OBLIGATION ? "title" : "reason");
	}
	if (coverage.words == NULL) {
		coverage.words = ward_rules[section->rule].title;
	}
	return walk->visit(walk->arg, &coverage);
}

/* Once for each section that cites the clause; a gap where there is none. */
static int
walk_clause(struct walk *walk, const char *clause, size_t size)
{
	bool seen[WARD_ANSWER_COUNT] = { false };
	const struct ward_plan *plan = walk->plan;
	char *copy = strndup(clause, size);
	bool answered = false;
	int r = copy == NULL ? WARD_ERR_NOMEM : 0;

	for (size_t i = 0; r == 0 && i < plan->count; i++) {
		const struct ward_section *section = &plan->sections[i];
		const char *cited = section->values[WARD_KEY_CLAUSE].text;

		if (cited != NULL && has_clause(cited, clause, size)) {
			answered = true;
			seen[answer_to(plan, section)] = true;
			seen[WARD_ANSWER_ENFORCED] |= is_enforced(plan,
			    section);
			r = tell(walk, copy, section, false);
		}
	}
	if (r == 0 && !answered) {
		seen[WARD_ANSWER_GAP] = true;
		r = walk->visit(walk->arg,
		    &(struct ward_coverage){ .clause = copy });
	}
	walk->summary.clauses++;
	for (size_t i = 0; i < WARD_ANSWER_COUNT; i++) {
		walk->summary.answers[i] += seen[i];
	}
	free(copy);
	return r;
}

/* Has a section of the document before this one cited the clause? */
static bool
is_cited_before(const struct ward_plan *plan, size_t before, const char *clause,
    size_t size)
{
	for (size_t i = 0; i < before; i++) {
		const char
		    *cited = plan->sections[i].values[WARD_KEY_CLAUSE].text;

		if (cited != NULL &&
		    plan->sections[i].origin.kind != WARD_ORIGIN_AGENCY &&
		    has_clause(cited, clause, size)) {
			return true;
		}
	}
	return false;
}

/* The clauses that the sections cite, in their order. */
static int
walk_cited(struct walk *walk)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < walk->plan->count; i++) {
		const struct ward_section *section = &walk->plan->sections[i];
		const char *rest = section->values[WARD_KEY_CLAUSE].text;
		const char *clause;
		size_t size;

		while (r == 0 && rest != NULL &&
		    section->origin.kind != WARD_ORIGIN_AGENCY &&
		    ward_clause_next(&rest, &clause, &size)) {
			if (!is_cited_before(walk->plan, i, clause, size) &&
			    !has_clause(rest, clause, size)) {
				r = walk_clause(walk, clause, size);
			}
		}
	}
	return r;
}

/* Is one of its clauses one of the document's? */
static bool
answers_document(const struct ward_plan *plan,
    const struct ward_section *section)
{
	const char *list = plan->head[WARD_HEAD_CLAUSES].text;
	const char *rest = section->values[WARD_KEY_CLAUSE].text, *clause;
	size_t size;

	while (rest != NULL && ward_clause_next(&rest, &clause, &size)) {
		if (list != NULL ?
			has_clause(list, clause, size) :
			is_cited_before(plan, plan->count, clause, size)) {
			return true;
		}
	}
	return false;
}

/* What the agency asks for beyond the document. */
static int
walk_added(struct walk *walk)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < walk->plan->count; i++) {
		const struct ward_section *section = &walk->plan->sections[i];

		if (section->origin.kind == WARD_ORIGIN_AGENCY &&
		    !answers_document(walk->plan, section)) {
			r = tell(walk, section->values[WARD_KEY_CLAUSE].text,
			    section, true);
		}
	}
	return r;
}

int
ward_plan_coverage(const struct ward_plan *plan,
    int (*visit)(void *arg, const struct ward_coverage *coverage), void *arg,
    struct ward_coverage_summary *ret_summary)
{
	const char *rest = plan->head[WARD_HEAD_CLAUSES].text, *clause;
	struct walk walk = { .plan = plan,
		.visit = visit,
		.arg = arg,
		.summary = { .listed = rest != NULL } };
	size_t size;
	int r = 0;

	if (rest == NULL) {
		r = walk_cited(&walk);
	}
	while (
	    r == 0 && rest != NULL && ward_clause_next(&rest, &clause, &size)) {
		r = walk_clause(&walk, clause, size);
	}
	if (r == 0) {
		r = walk_added(&walk);
	}
	if (r == 0) {
		*ret_summary = walk.summary;
	}
	return r;
}
