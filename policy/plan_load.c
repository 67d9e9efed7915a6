/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans from files: the document's own, then the agency's settings over it. */
#include "plan.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trusted_file.h"

/* ---- the agency's own settings -------------------------------------------- */

static int
loosens(const struct ward_section *agency, size_t key,
    const struct ward_value *was, struct ward_error *err)
{
	const struct ward_value *is = &agency->values[key];

	return ward_error_set(err, WARD_ERR_LOOSER,
	    "%s:%u: [%s] %s = %s would "
	    "loosen the plan, which says %s (%s:%u); only a waiver may do that",
	    is->origin.file, is->origin.line, ward_rules[agency->rule].id,
	    ward_key_name(agency->rule, key), is->text, was->text,
	    was->origin.file == NULL ? "built in" : was->origin.file,
	    was->origin.line);
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
	section->origin = agency->origin;
	section->origin.file = strdup(agency->origin.file);
	/* What is built in holds first, so that words are added to it. */
	if (section->origin.file == NULL || ward_plan_finish(plan, NULL) != 0) {
		return NULL;
	}
	return ward_plan_find(plan, agency->rule, agency->class,
	    agency->instance);
}

static int
tighten_value(struct ward_plan *plan, struct ward_section *section,
    const struct ward_section *agency, size_t key, struct ward_error *err)
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
				      "%s:%u: no memory",
		wanted->origin.file, wanted->origin.line);
}

static int
tighten_section(struct ward_plan *plan, const struct ward_section *agency,
    struct ward_error *err)
{
	struct ward_section *section = find_or_append(plan, agency);
	int r = 0;

	if (section == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	for (size_t key = 0; r == 0 && key < WARD_KEYS_MAX; key++) {
		if (agency->values[key].text != NULL) {
			r = tighten_value(plan, section, agency, key, err);
		}
	}
	return r;
}

static int
tighten(struct ward_plan *plan, const struct ward_plan *agency,
    struct ward_error *err)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < agency->count; i++) {
		r = tighten_section(plan, &agency->sections[i], err);
	}
	return r;
}

/* ---- files ---------------------------------------------------------------- */

static int
read_settings(const char *path, struct ward_plan *agency,
    struct ward_error *err)
{
	char *text = NULL;
	size_t size;
	int r = ward_trusted_read(path, WARD_TRUST_OWNED, &text, &size, err);

	if (r == 0) {
		r = ward_plan_read(path, text, size, WARD_LAYER_AGENCY, agency,
		    err);
	}
	free(text);
	return r;
}

static bool
is_conf(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return size > 5 && entry->d_name[0] != '.' &&
	    strcmp(entry->d_name + size - 5, ".conf") == 0;
}

static int
filter_conf(const struct dirent *entry)
{
	return is_conf(entry);
}

static int
order_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Call visit for each *.conf of the directory, in order of name. A directory
 * that does not exist is empty. */
static int
each_conf(const char *dir,
    int (*visit)(void *arg, const char *path, const char *name), void *arg,
    struct ward_error *err)
{
	struct dirent **entries = NULL;
	char *path = NULL;
	int r = 0, count;

	if (dir == NULL) {
		return 0;
	}
	count = scandir(dir, &entries, filter_conf, order_names);
	if (count < 0) {
		return errno == ENOENT ? 0 :
					 ward_error_set(err, WARD_ERR_IO,
					     "%s: %s", dir, strerror(errno));
	}
	for (int i = 0; i < count; i++) {
		if (r == 0 &&
		    asprintf(&path, "%s/%s", dir, entries[i]->d_name) < 0) {
			r = ward_error_set(err, WARD_ERR_NOMEM, "no memory");
		} else if (r == 0) {
			r = visit(arg, path, entries[i]->d_name);
			free(path);
		}
		free(entries[i]);
	}
	free(entries);
	return r;
}

struct layers {
	struct ward_plan *plan; /* what is tightened; NULL: only choose */
	char *chosen;
	struct ward_error *err;
};

static int
apply_config(void *arg, const char *path, const char *name)
{
	struct layers *layers = arg;
	struct ward_plan *agency = calloc(1, sizeof(*agency));
	int r;

	(void)name;
	if (agency == NULL) {
		return ward_error_set(layers->err, WARD_ERR_NOMEM, "no memory");
	}
	r = read_settings(path, agency, layers->err);
	if (r == 0 && layers->plan != NULL) {
		r = tighten(layers->plan, agency, layers->err);
	} else if (r == 0 && agency->chosen.text != NULL) {
		free(layers->chosen);
		layers->chosen = agency->chosen.text;
		agency->chosen.text = NULL;
	}
	ward_plan_free(agency);
	return r;
}

/* acctward.conf, which need not be there, then its drop-ins. */
static int
apply_configs(const struct ward_plan_places *places, struct layers *layers)
{
	int r = 0;

	if (places->config != NULL) {
		r = apply_config(layers, places->config, NULL);
		r = r == WARD_ERR_MISSING ? 0 : r;
	}
	return r != 0 ?
	    r :
	    each_conf(places->config_dir, apply_config, layers, layers->err);
}

static int
load_text(const char *name, const char *text, size_t size, bool named,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	struct ward_plan *plan = calloc(1, sizeof(*plan));
	int r;

	if (plan == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	r = ward_plan_read(name, text, size, WARD_LAYER_PLAN, plan, err);
	if (r == 0) {
		r = ward_plan_check_head(plan, name, named, err);
	}
	if (r == 0) {
		r = ward_plan_check_clauses(plan, name, err);
	}
	if (r == 0) {
		r = ward_plan_finish(plan, err);
	}
	if (r == 0) {
		*ret_plan = plan;
		plan = NULL;
	}
	ward_plan_free(plan);
	return r;
}

static int
load_file(const char *path, enum ward_trust trust, bool named,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	char *text = NULL;
	size_t size;
	int r = ward_trusted_read(path, trust, &text, &size, err);

	if (r == 0) {
		r = load_text(path, text, size, named, ret_plan, err);
	}
	free(text);
	return r;
}

/* The plan's file in one of the two directories: in both is an error, as one
 * name would mean two documents. */
static int
load_by_id(const struct ward_plan_places *places, const char *id,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	const char *const dirs[] = { places->local, places->shipped };
	struct ward_plan *plan = NULL;
	int r = WARD_ERR_MISSING;

	if (!ward_plan_is_id(id)) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "'%s' is no plan's id", id);
	}
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		struct ward_plan *other = NULL;
		char *path = NULL;
		int found;

		if (dirs[i] == NULL) {
			continue;
		}
		if (asprintf(&path, "%s/%s.conf", dirs[i], id) < 0) {
			r = ward_error_set(err, WARD_ERR_NOMEM, "no memory");
			goto out;
		}
		found = load_file(path, WARD_TRUST_OWNED, true, &other, err);
		free(path);
		if (found == WARD_ERR_MISSING) {
			continue;
		}
		if (found == 0 && plan != NULL) {
			ward_plan_free(other);
			found = ward_error_set(err, WARD_ERR_UNSAFE,
			    "plan %s is in both %s and %s: rename the agency's "
			    "own, or tighten the shipped one in acctward.conf",
			    id, dirs[0], dirs[1]);
		} else if (found == 0) {
			plan = other;
		}
		r = found;
		if (r != 0) {
			goto out;
		}
	}
	if (plan == NULL) {
		r = ward_error_set(err, WARD_ERR_MISSING,
		    "no plan named '%s'; `acctward plan list` shows what there "
		    "is",
		    id);
		goto out;
	}
	r = 0;
	*ret_plan = plan;
	plan = NULL;
out:
	ward_plan_free(plan);
	return r;
}

int
ward_plan_load(const struct ward_plan_places *places, const char *id,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	struct layers layers = { .err = err };
	struct ward_plan *plan = NULL;
	int r = 0;

	if (id == NULL) {
		r = apply_configs(places, &layers);
		if (r == 0 && layers.chosen == NULL) {
			r = ward_error_set(err, WARD_ERR_MISSING,
			    "no plan is chosen: name one with --plan, or in %s: "
			    "[acctward] plan = ID; `acctward plan list` shows "
			    "what there is",
			    places->config == NULL ? "acctward.conf" :
						     places->config);
		}
		id = layers.chosen;
	}
	if (r == 0) {
		r = load_by_id(places, id, &plan, err);
	}
	if (r == 0) {
		layers.plan = plan;
		r = apply_configs(places, &layers);
	}
	if (r == 0) {
		r = ward_plan_finish(plan, err);
	}
	if (r == 0) {
		*ret_plan = plan;
		plan = NULL;
	}
	free(layers.chosen);
	ward_plan_free(plan);
	return r;
}

int
ward_plan_check(const char *path, struct ward_plan **ret_plan,
    struct ward_error *err)
{
	return load_file(path, WARD_TRUST_ANY, false, ret_plan, err);
}

struct listing {
	const struct ward_plan_places *places;
	int (*visit)(void *arg, const char *id, const struct ward_plan *plan,
	    const char *error);
	void *arg;
};

static int
list_one(void *arg, const char *path, const char *name)
{
	struct listing *listing = arg;
	struct ward_plan *plan = NULL;
	struct ward_error error;
	char *id = strndup(name, strlen(name) - strlen(".conf"));
	int r;

	if (id == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)path;
	r = load_by_id(listing->places, id, &plan, &error);
	r = listing->visit(listing->arg, id, plan, r == 0 ? NULL : error.text);
	ward_plan_free(plan);
	free(id);
	return r;
}

int
ward_plan_each(const struct ward_plan_places *places,
    int (*visit)(void *arg, const char *id, const struct ward_plan *plan,
	const char *error),
    void *arg, struct ward_error *err)
{
	struct listing listing = { .places = places,
		.visit = visit,
		.arg = arg };
	int r = each_conf(places->shipped, list_one, &listing, err);

	return r != 0 ? r : each_conf(places->local, list_one, &listing, err);
}

int
ward_plan_parse(const char *name, const char *text, size_t size,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	return load_text(name, text, size, false, ret_plan, err);
}
