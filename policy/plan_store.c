/* SPDX-License-Identifier: BSD-2-Clause */
/* What the lines of a plan say: its sections, keys and values, each once. */
#include "plan_reader.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define NAME_SHOWN 117 /* bytes of a file's name that an origin keeps */

int
ward_plan_fail(struct ward_plan_reader *r, uint32_t line, int code,
    const char *format, ...)
{
	char text[640];
	va_list args;

	if (r->failed == 0) {
		va_start(args, format);
		(void)vsnprintf(text, sizeof(text),
		    ward_error_text(r->err, format), args);
		va_end(args);
		r->failed = ward_error_set(r->err, code, "%s:%u: %s", r->name,
		    line, text);
		r->line = line;
	}
	return r->failed;
}

/* The file's name as a dump can give it back: plain characters, not too long.
 * Errors name the file as it is. */
static char *
plain_name(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "/._+@,~-";
	size_t size = strlen(name);
	char *copy = NULL;

	if (asprintf(&copy, "%s%s", size > NAME_SHOWN ? "..." : "",
		size > NAME_SHOWN ? name + size - NAME_SHOWN : name) < 0) {
		return NULL;
	}
	for (char *c = copy; *c != '\0'; c++) {
		if (strchr(plain, *c) == NULL) {
			*c = '?';
		}
	}
	return copy;
}

static int
set_origin(struct ward_plan_reader *r, struct ward_origin *origin,
    uint32_t line)
{
	origin->kind = r->layer == WARD_LAYER_PLAN ? WARD_ORIGIN_PLAN :
						     WARD_ORIGIN_AGENCY;
	origin->line = line;
	origin->file = plain_name(r->name);
	return origin->file == NULL ?
	    ward_plan_fail(r, line, WARD_ERR_NOMEM, "no memory") :
	    0;
}

static int
take_origin(struct ward_plan_reader *r, struct ward_origin *origin)
{
	int code = ward_origin_parse(r->value, origin);

	return code == 0 ? 0 :
			   ward_plan_fail(r, r->key_line, code,
			       "'%s' is no origin: plan FILE:LINE, "
			       "agency FILE:LINE or built-in",
			       r->value);
}

static int
store_origin(struct ward_plan_reader *r)
{
	struct ward_section *section = &r->plan->sections[r->section];
	size_t i;

	if (r->layer != WARD_LAYER_PLAN) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "unknown key '%s'", r->key);
	}
	if (strcmp(r->key, "origin") == 0) {
		return r->section_origin.line != 0 ?
		    ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
			"key 'origin' is given twice") :
		    take_origin(r, &r->section_origin);
	}
	i = ward_key_find(section->rule, r->key + strlen("origin."));
	if (i == WARD_KEYS_MAX) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "unknown key '%s'", r->key);
	}
	if (r->origins[i].line != 0) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "key '%s' is given twice", r->key);
	}
	r->origin_lines[i] = r->key_line;
	return take_origin(r, &r->origins[i]);
}

static int
store_setting(struct ward_plan_reader *r)
{
	struct ward_section *section = &r->plan->sections[r->section];
	size_t i = ward_key_find(section->rule, r->key);
	struct ward_error why = { .language = ward_error_language(r->err) };
	int code;

	if (strcmp(r->key, "origin") == 0 ||
	    strncmp(r->key, "origin.", 7) == 0) {
		return store_origin(r);
	}
	if (i == WARD_KEYS_MAX) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "unknown key '%s' in [%s]", r->key,
		    ward_rules[section->rule].id);
	}
	if (section->values[i].text != NULL) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "key '%s' is given twice (first on line %u)", r->key,
		    section->values[i].origin.line);
	}
	code = ward_value_parse(section->rule, i, r->value, &section->values[i],
	    &why);
	if (code != 0) {
		return ward_plan_fail(r, r->key_line, code, "%s: %s", r->key,
		    why.text);
	}
	return set_origin(r, &section->values[i].origin, r->key_line);
}

static int
store_text(struct ward_plan_reader *r, struct ward_value *value)
{
	if (value->text != NULL) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "key '%s' is given twice (first on line %u)", r->key,
		    value->origin.line);
	}
	if (*r->value == '\0') {
		return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
		    "%s: no value", r->key);
	}
	value->text = strdup(r->value);
	if (value->text == NULL) {
		return ward_plan_fail(r, r->key_line, WARD_ERR_NOMEM,
		    "no memory");
	}
	return set_origin(r, &value->origin, r->key_line);
}

/* Judge and keep the key that was being gathered, if any. */
int
ward_plan_store(struct ward_plan_reader *r)
{
	int code = 0;

	if (r->key[0] == '\0' || r->failed != 0) {
		return r->failed;
	}
	if (r->place == IN_RULE) {
		code = store_setting(r);
	} else if (r->place == IN_CHOICE && strcmp(r->key, "plan") == 0) {
		code = store_text(r, &r->plan->chosen);
	} else if (r->place == IN_CHOICE && strcmp(r->key, "packs") == 0) {
		code = store_text(r, &r->plan->named);
	} else {
		size_t i = 0;

		while (i < WARD_HEAD_COUNT &&
		    (r->place != IN_HEAD ||
			strcmp(r->key, ward_head_keys[i]) != 0)) {
			i++;
		}
		code = i < WARD_HEAD_COUNT ?
		    store_text(r, &r->plan->head[i]) :
		    ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
			"unknown key '%s'", r->key);
	}
	r->key[0] = '\0';
	return code;
}

/* What nobody judges has a reason, and no strength. */
static int
check_out_of_scope(struct ward_plan_reader *r,
    const struct ward_section *section, uint32_t line)
{
	const size_t reason = ward_key_find(section->rule, "reason");

	if (section->values[reason].text == NULL) {
		return ward_plan_fail(r, line, WARD_ERR_SYNTAX,
		    "[%s.%s] gives no reason; add: reason = ...",
		    ward_rules[section->rule].id, section->instance);
	}
	return section->values[WARD_KEY_STRENGTH].text == NULL ?
	    0 :
	    ward_plan_fail(r, line, WARD_ERR_SYNTAX,
		"[%s.%s] is judged by nobody and has no strength",
		ward_rules[section->rule].id, section->instance);
}

/* A rule in a plan must say where in the document it stands. */
int
ward_plan_close(struct ward_plan_reader *r)
{
	struct ward_section *section;
	uint32_t line;

	if (ward_plan_store(r) != 0 || r->place != IN_RULE) {
		return r->failed;
	}
	section = &r->plan->sections[r->section];
	for (size_t i = 0; i < WARD_KEYS_MAX; i++) {
		struct ward_value *value = &section->values[i];

		if (r->origins[i].line == 0) {
			continue;
		}
		if (value->text == NULL) {
			return ward_plan_fail(r, r->origin_lines[i],
			    WARD_ERR_SYNTAX, "origin.%s, but no %s",
			    ward_key_name(section->rule, i),
			    ward_key_name(section->rule, i));
		}
		free(value->origin.file);
		value->origin = r->origins[i];
		r->origins[i] = (struct ward_origin){ .file = NULL };
	}
	line = section->origin.line;
	if (r->section_origin.line != 0) {
		free(section->origin.file);
		section->origin = r->section_origin;
		r->section_origin = (struct ward_origin){ .file = NULL };
	}
	if (r->layer == WARD_LAYER_PLAN &&
	    section->origin.kind == WARD_ORIGIN_PLAN &&
	    section->values[WARD_KEY_CLAUSE].text == NULL &&
	    !ward_rule_is_builtin(section->rule)) {
		return ward_plan_fail(r, line, WARD_ERR_SYNTAX,
		    "[%s] cites no clause; add: clause = ...",
		    ward_rules[section->rule].id);
	}
	if (section->rule == WARD_RULE_CLASS_PRIVILEGED &&
	    section->values[WARD_KEY_STRENGTH].number == 0 &&
	    section->values[WARD_KEY_STRENGTH].text != NULL) {
		return ward_plan_fail(r, line, WARD_ERR_SYNTAX,
		    "[%s] says who is privileged, for all: it has no strength",
		    ward_rules[section->rule].id);
	}
	return section->rule == WARD_RULE_OUT_OF_SCOPE ?
	    check_out_of_scope(r, section, line) :
	    0;
}

static bool
find_class(const char *name, enum ward_class *ret_class)
{
	for (enum ward_class c = WARD_CLASS_ANY + 1; c < WARD_CLASS_COUNT;
	     c++) {
		if (strcmp(name, ward_class_name(c)) == 0) {
			*ret_class = c;
			return true;
		}
	}
	return false;
}

/* A rule by its id; those that a plan may have many of are [ID.NAME]. */
static bool
find_rule(const char *id, const char **ret_instance,
    enum ward_rule_id *ret_rule)
{
	for (enum ward_rule_id i = 0; i < WARD_RULE_COUNT; i++) {
		const size_t size = strlen(ward_rules[i].id);
		const bool named = i == WARD_RULE_OBLIGATION ||
		    i == WARD_RULE_OUT_OF_SCOPE;
		const char *name = id + size + 1;

		if (strncmp(ward_rules[i].id, id, size) != 0 ||
		    id[size] != (named ? '.' : '\0')) {
			continue;
		}
		*ret_rule = i;
		*ret_instance = named ? name : NULL;
		return !named ||
		    (*name != '\0' &&
			name[strspn(name,
			    "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0');
	}
	return false;
}

static int
open_rule(struct ward_plan_reader *r, char *name)
{
	enum ward_class class = WARD_CLASS_ANY;
	enum ward_rule_id rule;
	struct ward_section *section;
	const char *instance;
	char *blank = strchr(name, ' ');

	if (blank != NULL) {
		*blank++ = '\0';
		if (!find_class(blank, &class)) {
			return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "unknown class '%s': system, person, service, "
			    "privileged, shared, external or emergency",
			    blank);
		}
	}
	if (strcmp(name, "acctward") == 0) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "[acctward] belongs into acctward.conf, which `acctward "
		    "plan show` checks");
	}
	if (!find_rule(name, &instance, &rule)) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "unknown section [%s]", name);
	}
	if (rule == WARD_RULE_OUT_OF_SCOPE && r->layer != WARD_LAYER_PLAN) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "[%s]: only a document says what lies outside of it", name);
	}
	if (class != WARD_CLASS_ANY &&
	    (instance != NULL || rule == WARD_RULE_CLASS_PRIVILEGED)) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "[%s] is the same for every class", name);
	}
	section = ward_plan_find(r->plan, rule, class, instance);
	if (section != NULL) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "section [%s] is given twice (first on line %u)", name,
		    section->origin.line);
	}
	section = ward_plan_append(r->plan, rule, class, instance);
	if (section == NULL) {
		return ward_plan_fail(r, r->line, WARD_ERR_NOMEM, "no memory");
	}
	r->section = r->plan->count - 1;
	r->place = IN_RULE;
	return set_origin(r, &section->origin, r->line);
}

int
ward_plan_open(struct ward_plan_reader *r, const char *line)
{
	const char *end = strchr(line, ']');
	const char *behind;
	char name[NAME_MAX_SIZE + 1];

	if (ward_plan_close(r) != 0) {
		return r->failed;
	}
	if (end == NULL) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "a section's name ends with ']'");
	}
	behind = end + 1 + strspn(end + 1, " \t\r\n");
	if (*behind != '\0' && (*behind != ';' || behind == end + 1)) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "nothing may stand behind a section's name");
	}
	if ((size_t)(end - line - 1) > NAME_MAX_SIZE) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "unknown section %.*s", (int)(end - line + 1), line);
	}
	memcpy(name, line + 1, (size_t)(end - line - 1));
	name[end - line - 1] = '\0';
	if (strcmp(name, r->layer == WARD_LAYER_PLAN ? "plan" : "acctward") !=
	    0) {
		return open_rule(r, name);
	}
	if (r->head_seen) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "section [%s] is given twice", name);
	}
	r->head_seen = true;
	r->place = r->layer == WARD_LAYER_PLAN ? IN_HEAD : IN_CHOICE;
	return 0;
}
