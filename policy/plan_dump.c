/* SPDX-License-Identifier: BSD-2-Clause */
/* The effective plan as a plan: what is written here loads to the same. */
#include "plan.h"

#include <string.h>

#define LINE_BYTES 160 /* well under what inih takes in one line */

/* `key = value`, going on in indented lines at blanks where it is long. */
static void
dump_pair(FILE *stream, const char *key, const char *value)
{
	int used = fprintf(stream, "%s =", key);
	size_t width = used < 0 ? 0 : (size_t)used;

	while (*value != '\0') {
		size_t size = strcspn(value, " ");

		if (width + size + 1 > LINE_BYTES) {
			(void)fputs("\n   ", stream);
			width = 3;
		}
		(void)fprintf(stream, " %.*s", (int)size, value);
		width += size + 1;
		value += size;
		value += strspn(value, " ");
	}
	(void)fputc('\n', stream);
}

static void
dump_origin(FILE *stream, const char *key, const struct ward_origin *origin)
{
	static const char *const kinds[] = {
		[WARD_ORIGIN_PLAN] = "plan",
		[WARD_ORIGIN_AGENCY] = "agency",
	};

	if (origin->kind == WARD_ORIGIN_BUILTIN) {
		(void)fprintf(stream, "origin%s%s = built-in\n",
		    *key ? "." : "", key);
	} else {
		(void)fprintf(stream, "origin%s%s = %s %s:%u\n",
		    *key ? "." : "", key, kinds[origin->kind], origin->file,
		    origin->line);
	}
}

static void
dump_section(FILE *stream, const struct ward_section *section)
{
	(void)fprintf(stream, "\n[%s%s%s%s%s]\n", ward_rules[section->rule].id,
	    section->instance == NULL ? "" : ".",
	    section->instance == NULL ? "" : section->instance,
	    section->class == WARD_CLASS_ANY ? "" : " ",
	    section->class == WARD_CLASS_ANY ? "" :
					       ward_class_name(section->class));
	dump_origin(stream, "", &section->origin);
	for (size_t key = WARD_KEYS_MAX; key-- > 0;) {
		const struct ward_value *value = &section->values[key];

		if (value->text != NULL) {
			const char *name = ward_key_name(section->rule, key);

			dump_pair(stream, name, value->text);
			dump_origin(stream, name, &value->origin);
		}
	}
}

int
ward_plan_dump(const struct ward_plan *plan, FILE *stream)
{
	(void)fputs("[plan]\n", stream);
	for (size_t i = 0; i < WARD_HEAD_COUNT; i++) {
		if (plan->head[i].text != NULL) {
			dump_pair(stream, ward_head_keys[i],
			    plan->head[i].text);
		}
	}
	/* By rule, then class; obligations in the order of the document. */
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			for (size_t i = 0; i < plan->count; i++) {
				const struct ward_section
				    *s = &plan->sections[i];

				if (s->rule == rule && s->class == c) {
					dump_section(stream, s);
				}
			}
		}
	}
	return ferror(stream) ? WARD_ERR_IO : 0;
}
