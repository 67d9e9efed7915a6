/* SPDX-License-Identifier: BSD-2-Clause */
/* What is looked up of passwords that are guessed first. */
#include "weak.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "weak_parts.h"

struct ward_weak {
	struct ward_list list;
	struct ward_agency *agency;
	struct ward_breached *breached;
	char *dictionary; /* where it is sound */
	char *lacks;
};

/* ---- opening --------------------------------------------------------------- */

static int
open_breached(struct ward_weak *weak, const char *root, const char *file,
    struct ward_error *err)
{
	struct ward_breached *list = NULL;
	char *path = NULL;
	int r;

	if (file[0] != '/') {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: the list of breached passwords needs a path from the "
		    "root",
		    file);
	}
	if (asprintf(&path, "%s%s", root == NULL ? "" : root, file) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	r = ward_breached_open(path, &list, err);
	free(path);
	if (r == 0) {
		list->next = weak->breached;
		weak->breached = list;
	}
	return r;
}

/* Those of all documents that bind, for all classes, each once. */
static int
open_all_breached(struct ward_weak *weak, const struct ward_plan *plan,
    const char *root, struct ward_error *err)
{
	const char *seen[WARD_REFERENCE * WARD_CLASS_COUNT];
	size_t count = 0;
	int r = 0;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const struct ward_binding *binding = ward_plan_binding(plan, i);

		for (enum ward_class c = 0; r == 0 && c < WARD_CLASS_COUNT;
		     c++) {
			const char *file = ward_binding_text(binding,
			    WARD_SET_PASSWORD_WEAK_BREACHED, c);
			size_t at = 0;

			while (file != NULL && at < count &&
			    strcmp(seen[at], file) != 0) {
				at++;
			}
			if (file != NULL && at == count &&
			    count < sizeof(seen) / sizeof(*seen)) {
				seen[count++] = file;
				r = open_breached(weak, root, file, err);
			}
		}
	}
	return r;
}

static int
open_dictionary(struct ward_weak *weak, const char *dictionary,
    struct ward_error *err)
{
	const int r = ward_dictionary_check(dictionary, err);
	char **kept = r == 0 ? &weak->dictionary : &weak->lacks;

	/* One that can't be read now is not one that the host lacks. */
	if (r != 0 && r != WARD_ERR_MISSING) {
		return r;
	}
	*kept = strdup(dictionary);
	return *kept == NULL ?
	    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
	    0;
}

int
ward_weak_open(const struct ward_plan *plan,
    const struct ward_weak_places *places, struct ward_weak **ret_weak,
    struct ward_error *err)
{
	struct ward_weak *weak = calloc(1, sizeof(*weak));
	int r = 0;

	if (weak == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	if (places->words != NULL) {
		r = ward_list_open(places->words, &weak->list, err);
	}
	if (r == 0) {
		r = ward_agency_new(plan, &weak->agency, err);
	}
	if (r == 0) {
		r = open_all_breached(weak, plan, places->root, err);
	}
	if (r == 0 && places->dictionary != NULL) {
		r = open_dictionary(weak, places->dictionary, err);
	}
	if (r != 0) {
		ward_weak_free(weak);
		return r;
	}
	*ret_weak = weak;
	return 0;
}

void
ward_weak_free(struct ward_weak *weak)
{
	if (weak == NULL) {
		return;
	}
	ward_list_close(&weak->list);
	ward_agency_free(weak->agency);
	ward_breached_free(weak->breached);
	free(weak->dictionary);
	free(weak->lacks);
	free(weak);
}

const char *
ward_weak_lacks(const struct ward_weak *weak)
{
	return weak->lacks;
}

/* ---- looking --------------------------------------------------------------- */

/* The password, and the one before it, in plain letters. */
struct plain {
	size_t size;
	char text[WARD_PASSWORD_MAX + 1];
	char old[WARD_PASSWORD_MAX + 1];
};

/* What is still not known is kept in *why. */
static enum ward_weakness
look_among_breached(const struct ward_weak *weak, const char *password,
    size_t size, const char **why)
{
	unsigned char hash[WARD_SHA1_SIZE];
	enum ward_weakness weakness = WARD_WEAK_NOT;

	if (weak->breached == NULL) {
		return WARD_WEAK_NOT;
	}
	if (ward_sha1(password, size, hash) != 0) {
		*why = N_("libmd, which makes SHA-1, could not be loaded");
		return WARD_WEAK_NOT;
	}
	for (const struct ward_breached *list = weak->breached;
	     list != NULL && weakness == WARD_WEAK_NOT; list = list->next) {
		bool found = false;

		if (ward_breached_find(list, hash, &found) != 0) {
			*why = N_("the list of breached passwords is torn, or "
				  "not ordered by hash");
		}
		weakness = found ? WARD_WEAK_BREACHED : WARD_WEAK_NOT;
	}
	explicit_bzero(hash, sizeof(hash));
	return weakness;
}

/* What is asked of a password once its letters are plain ones. */
static int
look_at_plain(const struct ward_weak *weak, const struct ward_candidate_of *of,
    const struct plain *plain, enum ward_weakness *weakness, const char **why,
    struct ward_error *err)
{
	struct ward_candidate_of plain_of = *of;
	const char *quality_why = NULL;
	int r;

	if (of->old != NULL) {
		plain_of.old = plain->old;
	}
	r = ward_quality_find(weak->dictionary, &plain_of, plain->text,
	    plain->size, weakness, &quality_why, err);
	*why = *why == NULL ? quality_why : *why;
	return r;
}

static void
make_plain(const struct ward_candidate_of *of, const char *password,
    size_t size, struct plain *ret_plain)
{
	/* Of an old one, as of a new one, crypt(3) takes no more bytes. */
	const size_t old_size = of->old == NULL ?
	    0 :
	    strnlen(of->old, WARD_PASSWORD_MAX);

	ret_plain->size = ward_fold_text(password, size, ret_plain->text);
	ret_plain->text[ret_plain->size] = '\0';
	ret_plain
	    ->old[ward_fold_text(of->old, old_size, ret_plain->old)] = '\0';
}

/* What costs least comes first. */
int
ward_weak_find(const struct ward_weak *weak, const struct ward_candidate_of *of,
    const char *password, size_t size, enum ward_weakness *ret_weakness,
    const char **ret_why, struct ward_error *err)
{
	enum ward_weakness weakness = WARD_WEAK_NOT;
	const char *why = NULL;
	struct plain plain;
	int r = 0;

	if (size > WARD_PASSWORD_MAX) {
		return ward_error_set(err, WARD_ERR_RANGE, "no such password");
	}
	make_plain(of, password, size, &plain);
	if (ward_agency_has(weak->agency, password, size)) {
		weakness = WARD_WEAK_AGENCY;
	}
	if (weakness == WARD_WEAK_NOT) {
		weakness = ward_cut(weak->list.bytes == NULL ? NULL :
							       &weak->list,
		    plain.text, plain.size, NULL);
	}
	if (weakness == WARD_WEAK_NOT) {
		weakness = look_among_breached(weak, password, size, &why);
	}
	if (weakness == WARD_WEAK_NOT) {
		r = look_at_plain(weak, of, &plain, &weakness, &why, err);
	}
	explicit_bzero(&plain, sizeof(plain));
	if (r != 0) {
		return r;
	}
	if (weakness == WARD_WEAK_NOT && why != NULL) {
		weakness = WARD_WEAK_UNKNOWN;
	}
	*ret_weakness = weakness;
	*ret_why = weakness == WARD_WEAK_UNKNOWN ? why : NULL;
	return 0;
}
