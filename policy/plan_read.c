/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One plan file. inih finds keys and values; what it would let pass (text
 * behind a section's name, an empty section, a line cut at its buffer, a
 * section or a key swallowed by an indented line) is refused here, line by
 * line, before inih sees it.
 */
#include "plan.h"

#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_SIZE 49 /* inih cuts longer section names */
#define VALUE_MAX_SIZE 4096

enum place {
	NOWHERE,
	IN_HEAD,
	IN_CHOICE,
	IN_RULE
};

struct reader {
	const char *name;
	const char *next, *end; /* what is left of the text */
	enum ward_layer layer;
	struct ward_plan *plan;
	struct ward_error *err;
	uint32_t line;
	int failed;
	bool indented; /* the line at hand begins with a blank */

	enum place place;
	bool head_seen;
	size_t section; /* the section at hand, by index */
	/* The key at hand, until the next one begins. */
	char key[NAME_MAX_SIZE + 1];
	uint32_t key_line;
	char value[VALUE_MAX_SIZE];
	struct ward_origin origins[WARD_KEYS_MAX]; /* of a dumped plan */
};

static int fail_at(struct reader *r, uint32_t line, int code,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

static int
fail_at(struct reader *r, uint32_t line, int code, const char *format, ...)
{
	char text[640];
	va_list args;

	if (r->failed == 0) {
		va_start(args, format);
		(void)vsnprintf(text, sizeof(text), format, args);
		va_end(args);
		r->failed = ward_error_set(r->err, code, "%s:%u: %s", r->name,
		    line, text);
		r->line = line;
	}
	return r->failed;
}

static int
set_origin(struct reader *r, struct ward_origin *origin, uint32_t line)
{
	origin->kind = r->layer == WARD_LAYER_PLAN ? WARD_ORIGIN_PLAN :
						     WARD_ORIGIN_AGENCY;
	origin->line = line;
	origin->file = strdup(r->name);
	return origin->file == NULL ?
	    fail_at(r, line, WARD_ERR_NOMEM, "no memory") :
	    0;
}

static int
take_origin(struct reader *r, struct ward_origin *origin)
{
	int code = ward_origin_parse(r->value, origin);

	return code == 0 ? 0 :
			   fail_at(r, r->key_line, code,
			       "'%s' is no origin: plan FILE:LINE, "
			       "agency FILE:LINE or built-in",
			       r->value);
}

static int
store_origin(struct reader *r)
{
	struct ward_section *section = &r->plan->sections[r->section];
	size_t i;

	if (r->layer != WARD_LAYER_PLAN) {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "unknown key '%s'", r->key);
	}
	if (strcmp(r->key, "origin") == 0) {
		free(section->origin.file);
		section->origin.file = NULL;
		return take_origin(r, &section->origin);
	}
	i = ward_key_find(section->rule, r->key + strlen("origin."));
	if (i == WARD_KEYS_MAX) {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "unknown key '%s'", r->key);
	}
	if (r->origins[i].line != 0) {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "key '%s' is given twice", r->key);
	}
	return take_origin(r, &r->origins[i]);
}

static int
store_setting(struct reader *r)
{
	struct ward_section *section = &r->plan->sections[r->section];
	size_t i = ward_key_find(section->rule, r->key);
	char why[512];
	int code;

	if (strcmp(r->key, "origin") == 0 ||
	    strncmp(r->key, "origin.", 7) == 0) {
		return store_origin(r);
	}
	if (i == WARD_KEYS_MAX) {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "unknown key '%s' in [%s]", r->key,
		    ward_rules[section->rule].id);
	}
	if (section->values[i].text != NULL) {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "key '%s' is given twice (first on line %u)", r->key,
		    section->values[i].origin.line);
	}
	code = ward_value_parse(section->rule, i, r->value, &section->values[i],
	    why, sizeof(why));
	if (code != 0) {
		return fail_at(r, r->key_line, code, "%s: %s", r->key, why);
	}
	return set_origin(r, &section->values[i].origin, r->key_line);
}

static int
store_text(struct reader *r, struct ward_value *value)
{
	if (value->text != NULL) {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "key '%s' is given twice (first on line %u)", r->key,
		    value->origin.line);
	}
	if (*r->value == '\0') {
		return fail_at(r, r->key_line, WARD_ERR_SYNTAX, "%s: no value",
		    r->key);
	}
	value->text = strdup(r->value);
	if (value->text == NULL) {
		return fail_at(r, r->key_line, WARD_ERR_NOMEM, "no memory");
	}
	return set_origin(r, &value->origin, r->key_line);
}

/* Judge and keep the key that was being gathered, if any. */
static int
store_key(struct reader *r)
{
	int code = 0;

	if (r->key[0] == '\0' || r->failed != 0) {
		return r->failed;
	}
	if (r->place == IN_RULE) {
		code = store_setting(r);
	} else if (r->place == IN_CHOICE && strcmp(r->key, "plan") == 0) {
		code = store_text(r, &r->plan->chosen);
	} else {
		size_t i = 0;

		while (i < WARD_HEAD_COUNT &&
		    (r->place != IN_HEAD ||
			strcmp(r->key, ward_head_keys[i]) != 0)) {
			i++;
		}
		code = i < WARD_HEAD_COUNT ?
		    store_text(r, &r->plan->head[i]) :
		    fail_at(r, r->key_line, WARD_ERR_SYNTAX, "unknown key '%s'",
			r->key);
	}
	r->key[0] = '\0';
	return code;
}

/* A rule in a plan must say where in the document it stands. */
static int
close_section(struct reader *r)
{
	struct ward_section *section;

	if (store_key(r) != 0 || r->place != IN_RULE) {
		return r->failed;
	}
	section = &r->plan->sections[r->section];
	for (size_t i = 0; i < WARD_KEYS_MAX; i++) {
		struct ward_value *value = &section->values[i];

		if (r->origins[i].line == 0) {
			continue;
		}
		free(value->origin.file);
		value->origin = r->origins[i];
		r->origins[i] = (struct ward_origin){ .file = NULL };
	}
	if (r->layer == WARD_LAYER_PLAN &&
	    section->origin.kind == WARD_ORIGIN_PLAN &&
	    section->values[WARD_KEY_CLAUSE].text == NULL &&
	    !ward_rule_is_builtin(section->rule)) {
		return fail_at(r, section->origin.line, WARD_ERR_SYNTAX,
		    "[%s] cites no clause; add: clause = ...",
		    ward_rules[section->rule].id);
	}
	return 0;
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

static bool
find_rule(const char *id, const char **ret_instance,
    enum ward_rule_id *ret_rule)
{
	static const char duty[] = "obligation.";

	*ret_instance = NULL;
	if (strncmp(id, duty, strlen(duty)) == 0) {
		const char *name = id + strlen(duty);

		*ret_instance = name;
		*ret_rule = WARD_RULE_OBLIGATION;
		return *name != '\0' &&
		    name[strspn(name,
			"abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
	}
	for (enum ward_rule_id i = 0; i < WARD_RULE_COUNT; i++) {
		if (i != WARD_RULE_OBLIGATION &&
		    strcmp(ward_rules[i].id, id) == 0) {
			*ret_rule = i;
			return true;
		}
	}
	return false;
}

static int
open_rule(struct reader *r, char *name)
{
	enum ward_class class = WARD_CLASS_ANY;
	enum ward_rule_id rule;
	struct ward_section *section;
	const char *instance;
	char *blank = strchr(name, ' ');

	if (blank != NULL) {
		*blank++ = '\0';
		if (!find_class(blank, &class)) {
			return fail_at(r, r->line, WARD_ERR_SYNTAX,
			    "unknown class '%s': system, person, service, "
			    "privileged, shared, external or emergency",
			    blank);
		}
	}
	if (!find_rule(name, &instance, &rule)) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "unknown section [%s]", name);
	}
	if (class != WARD_CLASS_ANY &&
	    (instance != NULL || rule == WARD_RULE_CLASS_PRIVILEGED)) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "[%s] is the same for every class", name);
	}
	section = ward_plan_find(r->plan, rule, class, instance);
	if (section != NULL) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "section [%s] is given twice (first on line %u)", name,
		    section->origin.line);
	}
	section = ward_plan_append(r->plan, rule, class, instance);
	if (section == NULL) {
		return fail_at(r, r->line, WARD_ERR_NOMEM, "no memory");
	}
	r->section = r->plan->count - 1;
	r->place = IN_RULE;
	return set_origin(r, &section->origin, r->line);
}

static int
open_section(struct reader *r, const char *line)
{
	const char *end = strchr(line, ']');
	const char *behind;
	char name[NAME_MAX_SIZE + 1];

	if (close_section(r) != 0) {
		return r->failed;
	}
	if (end == NULL) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "a section's name ends with ']'");
	}
	behind = end + 1 + strspn(end + 1, " \t\r\n");
	if (*behind != '\0' && *behind != ';' && *behind != '#') {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "nothing may stand behind a section's name");
	}
	if ((size_t)(end - line - 1) > NAME_MAX_SIZE) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "unknown section %.*s", (int)(end - line + 1), line);
	}
	memcpy(name, line + 1, (size_t)(end - line - 1));
	name[end - line - 1] = '\0';
	if (strcmp(name, r->layer == WARD_LAYER_PLAN ? "plan" : "acctward") !=
	    0) {
		return open_rule(r, name);
	}
	if (r->head_seen) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "section [%s] is given twice", name);
	}
	r->head_seen = true;
	r->place = r->layer == WARD_LAYER_PLAN ? IN_HEAD : IN_CHOICE;
	return 0;
}

/* Refuse what inih would take otherwise than it reads. */
static int
check_line(struct reader *r, const char *line, size_t size)
{
	const char *start = line + strspn(line, " \t");

	if (memchr(line, '\0', size) != NULL) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX, "a NUL byte");
	}
	if (!ward_utf8_valid(line, size)) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX, "not valid UTF-8");
	}
	for (const char *c = line; *c != '\0'; c++) {
		if ((*(const unsigned char *)c < ' ' &&
			strchr("\t\r\n", *c) == NULL) ||
		    *c == 0x7f) {
			return fail_at(r, r->line, WARD_ERR_SYNTAX,
			    "a control character");
		}
	}
	r->indented = start > line;
	if (*start == '[') {
		return !r->indented ?
		    open_section(r, line) :
		    fail_at(r, r->line, WARD_ERR_SYNTAX,
			"a section begins at the start of its line");
	}
	if (r->indented &&
	    (strstr(start, " ;") != NULL || strstr(start, "\t;") != NULL)) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "a comment stands on its own line, or behind a setting");
	}
	if (r->indented && *start != '#' && *start != ';' &&
	    strchr(start, '=') != NULL) {
		return fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "a setting begins at the start of its line (an indented "
		    "line goes on with the value above it)");
	}
	return 0;
}

/* What inih calls for each line, as it would fgets(3). */
static char *
next_line(char *line, int room, void *arg)
{
	struct reader *r = arg;
	const char *newline;
	size_t size;

	if (r->failed != 0 || r->next == r->end) {
		return NULL;
	}
	newline = memchr(r->next, '\n', (size_t)(r->end - r->next));
	size = (size_t)((newline == NULL ? r->end : newline + 1) - r->next);
	r->line++;
	if (r->line == 1 && size >= 3 &&
	    memcmp(r->next, "\xef\xbb\xbf", 3) == 0) {
		r->next += 3;
		size -= 3;
	}
	if (size >= (size_t)room) {
		(void)fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "longer than %d bytes; go on in an indented line",
		    room - 2);
		return NULL;
	}
	memcpy(line, r->next, size);
	line[size] = '\0';
	r->next += size;
	return check_line(r, line, size) == 0 ? line : NULL;
}

static int
take_key(void *arg, const char *section, const char *key, const char *value)
{
	struct reader *r = arg;
	size_t used;

	(void)section;
	if (r->failed != 0) {
		return 0;
	}
	if (r->place == NOWHERE) {
		(void)fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "'%s' stands before the first section", key);
		return 0;
	}
	if (r->indented && r->key[0] == '\0') {
		(void)fail_at(r, r->line, WARD_ERR_SYNTAX,
		    "a setting begins at the start of its line");
		return 0;
	}
	if (!r->indented) {
		if (store_key(r) != 0) {
			return 0;
		}
		if (*key == '\0' || strlen(key) > NAME_MAX_SIZE) {
			(void)fail_at(r, r->line, WARD_ERR_SYNTAX,
			    "unknown key '%s'", key);
			return 0;
		}
		(void)snprintf(r->key, sizeof(r->key), "%s", key);
		r->key_line = r->line;
		r->value[0] = '\0';
	}
	used = strlen(r->value);
	if (used + strlen(value) + 2 > sizeof(r->value)) {
		(void)fail_at(r, r->key_line, WARD_ERR_SYNTAX,
		    "%s: longer than %d bytes", r->key, VALUE_MAX_SIZE - 2);
		return 0;
	}
	(void)snprintf(r->value + used, sizeof(r->value) - used, "%s%s",
	    used > 0 ? " " : "", value);
	return 1;
}

int
ward_plan_read(const char *name, const char *text, size_t size,
    enum ward_layer layer, struct ward_plan *plan, struct ward_error *err)
{
	struct reader r = { .name = name,
		.next = text,
		.end = text + size,
		.layer = layer,
		.plan = plan,
		.err = err };
	int bad = ini_parse_stream(next_line, &r, take_key, &r);

	if (r.failed == 0) {
		(void)close_section(&r);
	}
	if (bad > 0 && (r.failed == 0 || (uint32_t)bad < r.line)) {
		r.failed = 0;
		(void)fail_at(&r, (uint32_t)bad, WARD_ERR_SYNTAX,
		    "neither a section, a comment nor `key = value`");
	} else if (bad < 0 && r.failed == 0) {
		(void)fail_at(&r, r.line, WARD_ERR_NOMEM, "no memory");
	}
	for (size_t i = 0; i < WARD_KEYS_MAX; i++) {
		free(r.origins[i].file);
	}
	return r.failed;
}
