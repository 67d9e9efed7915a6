/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/json.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collect/sudoers/reader.h"
#include "collect/sudoers/repair.h"

/* ---- options ------------------------------------------------------------ */

static int
two_digits(const char *t)
{
	if (t[0] < '0' || t[0] > '9' || t[1] < '0' || t[1] > '9') {
		return -1;
	}
	return (t[0] - '0') * 10 + t[1] - '0';
}

/* "20260101000000Z" */
static int
read_time(struct ward_sudo_reader *r, const json_t *options, const char *key,
    struct ward_optional *when)
{
	const json_t *value = json_object_get(options, key);
	const char *t = json_string_value(value);
	struct tm tm = { 0 };
	int part[7];

	if (value == NULL) {
		return 0;
	}
	if (t == NULL || strlen(t) != 15 || t[14] != 'Z') {
		return ward_sudo_strange(r, key);
	}
	for (int i = 0; i < 7; i++) {
		part[i] = two_digits(t + (size_t)i * 2);
		if (part[i] < 0) {
			return ward_sudo_strange(r, key);
		}
	}
	tm.tm_year = part[0] * 100 + part[1] - 1900;
	tm.tm_mon = part[2] - 1;
	tm.tm_mday = part[3];
	tm.tm_hour = part[4];
	tm.tm_min = part[5];
	tm.tm_sec = part[6];
	when->known = true;
	when->value = timegm(&tm);
	return 0;
}

static bool
is_string(const json_t *value, const char *text)
{
	const char *string = json_string_value(value);

	return string != NULL && strcmp(string, text) == 0;
}

/* Whatever else stands there takes nothing away from what a rule allows. */
static int
read_options(struct ward_sudo_reader *r, const json_t *array,
    struct ward_sudo_spec *spec)
{
	int rc = 0;

	if (array != NULL && !json_is_array(array)) {
		return ward_sudo_strange(r, "Options");
	}
	for (size_t i = 0; i < json_array_size(array) && rc == 0; i++) {
		const json_t *o = json_array_get(array, i);

		if (is_string(o, "runcwd")) {
			/* 1.9.13 leaves the braces out. */
			ward_sudo_read_runcwd(json_array_get(array, i + 1),
			    &spec->flags);
		}
		ward_sudo_read_flags(o, &spec->flags);
		rc = read_time(r, o, "notbefore", &spec->notbefore);
		if (rc == 0) {
			rc = read_time(r, o, "notafter", &spec->notafter);
		}
	}
	return rc;
}

/* ---- rules -------------------------------------------------------------- */

static int
read_spec(struct ward_sudo_reader *r, const json_t *object,
    struct ward_sudo_rule *rule)
{
	struct ward_sudo_spec *spec = ward_pool_take(r->model->pool,
	    sizeof(*spec));
	const json_t *users = json_object_get(object, "runasusers");
	const json_t *groups = json_object_get(object, "runasgroups");
	int rc = 0;

	if (spec == NULL) {
		return ward_sudo_no_memory(r);
	}
	*spec = (struct ward_sudo_spec){ .rule = rule,
		.has_users = users != NULL,
		.has_groups = groups != NULL };
	if (users != NULL) {
		rc = ward_sudo_read_list(r, users, "runasusers", &spec->users);
	}
	if (rc == 0 && groups != NULL) {
		rc = ward_sudo_read_groups(r, groups, &spec->groups);
	}
	if (rc == 0) {
		rc = read_options(r, json_object_get(object, "Options"), spec);
	}
	if (rc == 0) {
		rc = ward_sudo_read_list(r, json_object_get(object, "Commands"),
		    "Commands", &spec->commands);
	}
	spec->prev = rule->last;
	*(rule->last == NULL ? &rule->specs : &rule->last->next) = spec;
	rule->last = spec;
	return rc;
}

/* "PREFIX.17": line 17 comes next. */
static bool
is_marker(const struct ward_sudo_reader *r, const json_t *list, const char *key,
    uint64_t *ret_index)
{
	const json_t *only = json_array_get(list, 0);
	const char *name = json_string_value(json_object_get(only, key));
	size_t size = strlen(r->marks->prefix);

	return json_array_size(list) == 1 && json_object_size(only) == 1 &&
	    name != NULL && strncmp(name, r->marks->prefix, size) == 0 &&
	    name[size] == '.' &&
	    ward_parse_uint(name + size + 1, 0, UINT32_MAX, ret_index) == 0;
}

static int
set_line(struct ward_sudo_reader *r, uint64_t index)
{
	const struct ward_sudo_line *line = r->marks->lines + index;

	if (index >= r->marks->count || (r->line != NULL && line <= r->line)) {
		return ward_sudo_strange(r, N_("out of order"));
	}
	r->line = line;
	return 0;
}

static unsigned int
count(const char *text, const char *word)
{
	unsigned int n = 0;

	while ((text = strstr(text, word)) != NULL) {
		text += strlen(word);
		n++;
	}
	return n;
}

/* ALL has SETENV by itself, and cvtsudoers writes it down for what stands
 * beside it too. */
static void
drop_setenv(struct ward_sudo_rule *rule)
{
	for (struct ward_sudo_spec *s = rule->specs; s; s = s->next) {
		s->flags.of[WARD_SUDO_SETENV] = WARD_SUDO_UNSET;
	}
}

static int
read_rule(struct ward_sudo_reader *r, const json_t *object)
{
	const json_t *users = json_object_get(object, "User_List");
	const json_t *specs = json_object_get(object, "Cmnd_Specs");
	struct ward_sudo_rule *rule;
	uint64_t index;
	int rc;

	if (is_marker(r, users, "username", &index)) {
		return set_line(r, index);
	}
	rule = ward_pool_take(r->model->pool, sizeof(*rule));
	if (rule == NULL) {
		return ward_sudo_no_memory(r);
	}
	if (r->line != NULL) {
		rule->source = r->line->source;
		rule->times = count(r->line->text, "NOTBEFORE") +
		    count(r->line->text, "NOTAFTER");
	}
	rc = ward_sudo_read_list(r, users, "User_List", &rule->users);
	if (rc == 0) {
		rc = ward_sudo_read_list(r,
		    json_object_get(object, "Host_List"), "Host_List",
		    &rule->hosts);
	}
	if (rc == 0 && json_array_size(specs) == 0) {
		rc = ward_sudo_strange(r, "Cmnd_Specs");
	}
	for (size_t i = 0; i < json_array_size(specs) && rc == 0; i++) {
		rc = read_spec(r, json_array_get(specs, i), rule);
	}
	if (r->line != NULL && count(r->line->text, "SETENV") == 0) {
		drop_setenv(rule);
	}
	*r->model->rule_end = rule;
	r->model->rule_end = &rule->next;
	return rc;
}

/* ---- Defaults ----------------------------------------------------------- */

/* The JSON doesn't tell "Defaults:wang" from "Defaults>wang"; the line does. */
static enum ward_sudo_scope
scope_of(const struct ward_sudo_line *line)
{
	const char *t = line == NULL ? NULL : strstr(line->text, "Defaults");

	switch (t == NULL ? '\0' : t[strlen("Defaults")]) {
	case '>':
		return WARD_SUDO_FOR_RUNAS;
	case '@':
		return WARD_SUDO_FOR_HOST;
	case '!':
		return WARD_SUDO_FOR_COMMAND;
	default:
		return WARD_SUDO_FOR_USER;
	}
}

static int
read_default_options(struct ward_sudo_reader *r, const json_t *array,
    struct ward_sudo_default *d)
{
	for (size_t i = 0; i < json_array_size(array); i++) {
		const json_t *o = json_array_get(array, i);
		const json_t *runas = json_object_get(o, "runas_default");

		ward_sudo_read_flags(o, &d->flags);
		if (json_is_string(runas)) {
			d->runas_default = ward_sudo_copy(r, runas);
			if (d->runas_default == NULL) {
				return ward_sudo_no_memory(r);
			}
		}
	}
	return 0;
}

static int
read_default(struct ward_sudo_reader *r, const json_t *object)
{
	const json_t *binding = json_object_get(object, "Binding");
	const json_t *options = json_object_get(object, "Options");
	static const struct ward_sudo_flags none;
	struct ward_sudo_default *d;
	uint64_t index;
	int rc;

	if (is_marker(r, binding, "hostname", &index)) {
		return set_line(r, index);
	}
	if (!json_is_array(options)) {
		return ward_sudo_strange(r, N_("Defaults without Options"));
	}
	d = ward_pool_take(r->model->pool, sizeof(*d));
	if (d == NULL) {
		return ward_sudo_no_memory(r);
	}
	rc = read_default_options(r, options, d);
	if (rc == 0 && binding != NULL) {
		d->scope = scope_of(r->line);
		rc = ward_sudo_read_list(r, binding, "Binding", &d->binding);
	}
	if (memcmp(&d->flags, &none, sizeof(none)) != 0 ||
	    d->runas_default != NULL) {
		*r->model->default_end = d;
		r->model->default_end = &d->next;
	}
	return rc;
}

/* ---- the whole ---------------------------------------------------------- */

static int
read_aliases(struct ward_sudo_reader *r, json_t *object,
    enum ward_sudo_alias_type type)
{
	const char *name;
	json_t *list;
	int rc;

	if (object != NULL && !json_is_object(object)) {
		return ward_sudo_strange(r, "aliases");
	}
	json_object_foreach(object, name, list)
	{
		struct ward_sudo_alias *a = ward_pool_take(r->model->pool,
		    sizeof(*a));

		if (a == NULL) {
			return ward_sudo_no_memory(r);
		}
		a->type = type;
		a->name = ward_pool_copy(r->model->pool, name, strlen(name));
		if (a->name == NULL) {
			return ward_sudo_no_memory(r);
		}
		rc = ward_sudo_read_list(r, list, name, &a->list);
		if (rc != 0) {
			return rc;
		}
		*r->model->alias_end = a;
		r->model->alias_end = &a->next;
	}
	return 0;
}

static int
read_array(struct ward_sudo_reader *r, const json_t *root, const char *key,
    int (*read)(struct ward_sudo_reader *, const json_t *))
{
	const json_t *array = json_object_get(root, key);
	int rc = 0;

	if (array != NULL && !json_is_array(array)) {
		return ward_sudo_strange(r, key);
	}
	r->line = NULL;
	for (size_t i = 0; i < json_array_size(array) && rc == 0; i++) {
		rc = read(r, json_array_get(array, i));
	}
	return rc;
}

static int
read_all(struct ward_sudo_reader *r, const json_t *root)
{
	static const struct {
		const char *key;
		enum ward_sudo_alias_type type;
	} aliases[] = { { "User_Aliases", WARD_SUDO_USER_ALIAS },
		{ "Runas_Aliases", WARD_SUDO_RUNAS_ALIAS },
		{ "Host_Aliases", WARD_SUDO_HOST_ALIAS },
		{ "Command_Aliases", WARD_SUDO_COMMAND_ALIAS } };
	int rc = json_is_object(root) ? 0 :
					ward_sudo_strange(r, N_("no object"));

	for (size_t i = 0; i < 4 && rc == 0; i++) {
		rc = read_aliases(r, json_object_get(root, aliases[i].key),
		    aliases[i].type);
	}
	if (rc == 0) {
		rc = read_array(r, root, "Defaults", read_default);
	}
	return rc != 0 ? rc : read_array(r, root, "User_Specs", read_rule);
}

int
ward_sudo_json_read(struct ward_sudo_model *model, char *text, size_t size,
    const struct ward_sudo_marks *marks, struct ward_error *err)
{
	struct ward_sudo_reader r = { .model = model,
		.marks = marks,
		.err = err };
	json_error_t fault;
	json_t *root;
	int rc;

	ward_sudo_repair(text, size);
	root = json_loadb(text, size, 0, &fault);
	if (root == NULL) {
		/* Names may be in any encoding, JSON only in one. */
		char *wide = ward_sudo_widen(text, size);

		if (wide == NULL) {
			return ward_sudo_no_memory(&r);
		}
		r.bytes = true;
		root = json_loads(wide, 0, &fault);
		free(wide);
	}
	if (root == NULL) {
		return ward_sudo_strange(&r, fault.text);
	}
	rc = read_all(&r, root);
	json_decref(root);
	return rc;
}
