/* SPDX-License-Identifier: BSD-2-Clause */
/* Plans from files: the document's own, the packs beside it, and the agency's
 * settings over it. */
#include "plan.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "trusted_file.h"

#define SETTINGS_MAX 256 /* acctward.conf and its drop-ins */

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

/* What acctward.conf and its drop-ins say, one after another. */
struct settings {
	struct ward_plan *list[SETTINGS_MAX];
	size_t count;
	struct ward_error *err;
};

static void
free_settings(struct settings *settings)
{
	for (size_t i = 0; i < settings->count; i++) {
		ward_plan_free(settings->list[i]);
	}
}

static int
add_settings(void *arg, const char *path, const char *name)
{
	struct settings *settings = arg;
	struct ward_plan *agency;
	int r;

	(void)name;
	if (settings->count == SETTINGS_MAX) {
		return ward_error_set(settings->err, WARD_ERR_RANGE,
		    "%s: more than %d files of settings", path, SETTINGS_MAX);
	}
	agency = calloc(1, sizeof(*agency));
	if (agency == NULL) {
		return ward_error_set(settings->err, WARD_ERR_NOMEM,
		    "no memory");
	}
	r = read_settings(path, agency, settings->err);
	if (r != 0) {
		ward_plan_free(agency);
		return r;
	}
	settings->list[settings->count++] = agency;
	return 0;
}

/* acctward.conf, which need not be there, then its drop-ins. */
static int
read_all_settings(const struct ward_plan_places *places,
    struct settings *settings)
{
	int r = 0;

	if (places->config != NULL) {
		r = add_settings(settings, places->config, NULL);
		r = r == WARD_ERR_MISSING ? 0 : r;
	}
	return r != 0 ? r :
			each_conf(places->config_dir, add_settings, settings,
			    settings->err);
}

/* The last that names a plan decides. */
static int
choose(const struct ward_plan_places *places, const struct settings *settings,
    const char **ret_id, struct ward_error *err)
{
	for (size_t i = settings->count; i-- > 0;) {
		if (settings->list[i]->chosen.text != NULL) {
			*ret_id = settings->list[i]->chosen.text;
			return 0;
		}
	}
	return ward_error_set(err, WARD_ERR_NO_PLAN,
	    "no plan is chosen: name one with --plan, or in %s: [acctward] "
	    "plan = ID; `acctward plan list` shows what there is",
	    places->config == NULL ? "acctward.conf" : places->config);
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
		r = ward_plan_bind(plan, err);
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

/* ---- packs ---------------------------------------------------------------- */

static bool
is_there(const struct ward_plan *plan, const char *id)
{
	if (strcmp(ward_plan_id(plan), id) == 0) {
		return true;
	}
	for (size_t i = 0; i < plan->pack_count; i++) {
		if (strcmp(ward_plan_id(plan->packs[i]), id) == 0) {
			return true;
		}
	}
	return false;
}

/* Put the pack beside the plan, and what it goes on from. `by` names it. */
static int
add_pack(const struct ward_plan_places *places, struct ward_plan *plan,
    const char *id, const struct ward_value *by, struct ward_error *err)
{
	struct ward_error why = { .language = ward_error_language(err) };
	struct ward_plan *pack = NULL, **packs;
	const struct ward_value *extends;
	int r;

	if (is_there(plan, id)) {
		return 0;
	}
	r = load_by_id(places, id, &pack, &why);
	if (r != 0) {
		return ward_error_set(err, r, "%s:%u: %s", by->origin.file,
		    by->origin.line, why.text);
	}
	if (ward_plan_kind(pack) == WARD_KIND_PLAN) {
		ward_plan_free(pack);
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s:%u: %s is an agency's own plan, and no pack",
		    by->origin.file, by->origin.line, id);
	}
	if (plan->pack_count == WARD_PACKS_MAX) {
		ward_plan_free(pack);
		return ward_error_set(err, WARD_ERR_RANGE,
		    "%s:%u: more than %d packs and references", by->origin.file,
		    by->origin.line, WARD_PACKS_MAX);
	}
	packs = reallocarray(plan->packs, plan->pack_count + 1,
	    sizeof(struct ward_plan *));
	if (packs == NULL) {
		ward_plan_free(pack);
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	plan->packs = packs;
	plan->packs[plan->pack_count++] = pack;
	extends = &pack->head[WARD_HEAD_EXTENDS];
	return extends->text == NULL ?
	    0 :
	    add_pack(places, plan, extends->text, extends, err);
}

static int
add_named_packs(const struct ward_plan_places *places, struct ward_plan *plan,
    const struct ward_value *named, struct ward_error *err)
{
	char *words = strdup(named->text), *rest = words, *id;
	int r = 0;

	if (words == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	while (r == 0 && (id = strsep(&rest, " ")) != NULL) {
		r = add_pack(places, plan, id, named, err);
	}
	free(words);
	return r;
}

static int
add_packs(const struct ward_plan_places *places, struct ward_plan *plan,
    const struct settings *settings, struct ward_error *err)
{
	const struct ward_value *extends = &plan->head[WARD_HEAD_EXTENDS];
	int r = 0;

	if (extends->text != NULL) {
		r = add_pack(places, plan, extends->text, extends, err);
	}
	for (size_t i = 0; r == 0 && i < settings->count; i++) {
		if (settings->list[i]->named.text != NULL) {
			r = add_named_packs(places, plan,
			    &settings->list[i]->named, err);
		}
	}
	return r;
}

/* ---- the whole ------------------------------------------------------------ */

static int
load_whole(const struct ward_plan_places *places, const char *id,
    const struct settings *settings, struct ward_plan **ret_plan,
    struct ward_error *err)
{
	struct ward_plan *plan = NULL;
	int r = load_by_id(places, id, &plan, err);

	if (r == 0) {
		r = add_packs(places, plan, settings, err);
	}
	if (r == 0) {
		r = ward_plan_tighten(plan, settings->list, settings->count,
		    err);
	}
	if (r == 0) {
		r = ward_plan_finish(plan, err);
	}
	if (r == 0) {
		r = ward_plan_bind(plan, err);
	}
	if (r != 0) {
		ward_plan_free(plan);
		return r;
	}
	*ret_plan = plan;
	return 0;
}

int
ward_plan_load(const struct ward_plan_places *places, const char *id,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	struct settings settings = { .err = err };
	int r = read_all_settings(places, &settings);

	if (r == 0 && id == NULL) {
		r = choose(places, &settings, &id, err);
	}
	if (r == 0) {
		r = load_whole(places, id, &settings, ret_plan, err);
	}
	free_settings(&settings);
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
	enum ward_language language;
};

static int
list_one(void *arg, const char *path, const char *name)
{
	struct listing *listing = arg;
	struct ward_plan *plan = NULL;
	struct ward_error error = { .language = listing->language };
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
		.arg = arg,
		.language = ward_error_language(err) };
	int r = each_conf(places->shipped, list_one, &listing, err);

	return r != 0 ? r : each_conf(places->local, list_one, &listing, err);
}

int
ward_plan_parse(const char *name, const char *text, size_t size,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	return load_text(name, text, size, false, ret_plan, err);
}
