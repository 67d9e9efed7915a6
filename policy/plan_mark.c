/* SPDX-License-Identifier: BSD-2-Clause */
/* What a plan asks of doors, in a few letters. */
#include "plan.h"

#include <string.h>

static uint64_t
add(uint64_t mark, const char *text)
{
	/* In their order, and each apart from the next. */
	return mark * 1099511628211u + ward_fingerprint(text, strlen(text) + 1);
}

/* Does a door go by it? */
static bool
is_doors(enum ward_rule_id rule)
{
	return ward_rules[rule].enforced != WARD_NOT_ENFORCED ||
	    rule == WARD_RULE_CLASS_PRIVILEGED;
}

static uint64_t
add_rule(uint64_t mark, const struct ward_binding *binding,
    enum ward_rule_id rule, enum ward_class class)
{
	mark = add(mark, ward_class_name(class));
	mark = add(mark, ward_rules[rule].id);
	for (enum ward_setting_id i = 0; i < WARD_SETTING_COUNT; i++) {
		const char *value = ward_settings[i].rule == rule ?
		    ward_binding_text(binding, i, class) :
		    NULL;

		if (value != NULL) {
			mark = add(mark, ward_settings[i].key);
			mark = add(mark, value);
		}
	}
	return mark;
}

void
ward_plan_mark(const struct ward_plan *plan, char text[WARD_MARK_SIZE])
{
	uint64_t mark = 0;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const struct ward_binding *binding = ward_plan_binding(plan, i);

		mark = add(mark, ward_strength_name((enum ward_strength)i));
		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			for (enum ward_rule_id r = 0; r < WARD_RULE_COUNT;
			     r++) {
				mark = is_doors(r) &&
					ward_binding_enables(binding, r, c) ?
				    add_rule(mark, binding, r, c) :
				    mark;
			}
		}
	}
	(void)snprintf(text, WARD_MARK_SIZE, "%s %016llx", ward_plan_id(plan),
	    (unsigned long long)mark);
}
