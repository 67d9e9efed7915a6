/* SPDX-License-Identifier: BSD-2-Clause */
/* The clauses of a document, and which of its sections cites which. */
#include "plan.h"

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
is_listed(const char *list, const char *clause, size_t size)
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
		if (!is_listed(list->text, clause, size)) {
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
		if (is_listed(rest, clause, size)) {
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
		const struct ward_section *section = &plan->sections[i];

		/* What the agency or the program adds stands in no document. */
		if (section->values[WARD_KEY_CLAUSE].text != NULL) {
			r = check_cited(list, &section->values[WARD_KEY_CLAUSE],
			    name, err);
		}
	}
	return r;
}
