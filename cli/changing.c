/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/changing.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/password.h"

/* The most that the plan asks for of any class. */
static uint32_t
find_older(const struct ward_plan *plan)
{
	uint32_t most = 0, older;

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		if (ward_plan_history(plan, c, &older) && older > most) {
			most = older;
		}
	}
	return most;
}

static bool
asks_for_weak(const struct ward_plan *plan)
{
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		if (ward_plan_enables(plan, WARD_RULE_PASSWORD_WEAK, c)) {
			return true;
		}
	}
	return false;
}

/* A password that is in no list goes through all of them: a list or a library
 * that can't be asked shows. */
static int
try_one(const struct ward_weak *weak, struct ward_changing *changing,
    struct ward_error *err)
{
	static const char any[] = "vK7#qTz!94wLmR2x";
	const struct ward_candidate_of of = { .name = NULL };
	struct ward_candidate candidate;
	int r = ward_candidate_look(weak, &of, any, sizeof(any) - 1, &candidate,
	    err);

	if (r == 0 && candidate.weakness == WARD_WEAK_UNKNOWN) {
		ward_phrase(ward_error_language(err), candidate.weak_why,
		    changing->fault, sizeof(changing->fault));
	}
	return r;
}

static int
look_at_words(const struct ward_options *options, const struct ward_plan *plan,
    struct ward_changing *changing, struct ward_error *err)
{
	struct ward_weak_places places;
	struct ward_weak *weak = NULL;
	char *words = NULL, *dictionary = NULL;
	int r;

	if (!asks_for_weak(plan)) {
		return 0;
	}
	r = ward_weak_places_find(options, &places, &words, err);
	if (r == 0 && options->root != NULL &&
	    asprintf(&dictionary, "%s%s", options->root, places.dictionary) <
		0) {
		r = ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	if (r == 0) {
		places.dictionary = dictionary != NULL ? dictionary :
							 places.dictionary;
		r = ward_weak_open(plan, &places, &weak, err);
	}
	if (r == 0) {
		const char *lacks = ward_weak_lacks(weak);

		(void)snprintf(changing->lacks, sizeof(changing->lacks), "%s",
		    lacks != NULL ? lacks : "");
		r = try_one(weak, changing, err);
	}
	ward_weak_free(weak);
	free(words);
	free(dictionary);
	return r;
}

/* Of nobody, whose name no account has: what holds for all. */
static int
look_at_history(const struct ward_options *options,
    const struct ward_plan *plan, struct ward_changing *changing,
    struct ward_error *err)
{
	const uint32_t older = find_older(plan);
	enum ward_reuse reuse;
	uint32_t at;
	bool strange;
	int r;

	if (older == 0) {
		return 0;
	}
	r = ward_state_open(options->root, WARD_STATE_PEEK, &changing->state,
	    err);
	return r == 0 ? ward_history_find(changing->state, ":", NULL, older, "",
			    &reuse, &at, &strange, err) :
			r;
}

/* Is it the caller who may not look, and nothing that stops the door? */
static bool
is_ours(int r)
{
	return r == WARD_ERR_DENIED || (r == WARD_ERR_IO && geteuid() != 0);
}

int
ward_changing_look(const struct ward_options *options,
    const struct ward_plan *plan, struct ward_changing *ret_changing,
    struct ward_error *err)
{
	struct ward_changing *changing = ret_changing;
	struct ward_error why = { .language = ward_error_language(err) };
	int r;

	*changing = (struct ward_changing){ .known = options->facts == NULL };
	if (!changing->known) {
		return 0;
	}
	r = look_at_words(options, plan, changing, &why);
	if (r == 0 && changing->fault[0] == '\0') {
		r = look_at_history(options, plan, changing, &why);
	}
	if (r == WARD_ERR_NOMEM) {
		return ward_error_set(err, r, "no memory");
	}
	if (is_ours(r)) {
		changing->known = false;
		(void)ward_say_error("warning: whether a new password could be "
				     "set is not known: %s",
		    why.text);
	} else if (r != 0) {
		(void)snprintf(changing->fault, sizeof(changing->fault), "%s",
		    why.text);
	}
	changing->changes = (struct ward_changes){
		.fault = changing->fault[0] != '\0' ? changing->fault : NULL,
		.lacks = changing->lacks[0] != '\0' ? changing->lacks : NULL,
	};
	return 0;
}

void
ward_changing_free(struct ward_changing *changing)
{
	ward_state_close(changing->state);
	changing->state = NULL;
}

int
ward_changing_own(const struct ward_changing *changing,
    const struct ward_plan *plan, enum ward_class class, const char *name,
    enum ward_language language, char fault[768])
{
	struct ward_error why = { .language = language };
	uint32_t older = 0;
	int r;

	*fault = '\0';
	if (!changing->known || changing->fault[0] != '\0' ||
	    changing->state == NULL ||
	    !ward_plan_history(plan, class, &older)) {
		return 0;
	}
	r = ward_history_check(changing->state, name, &why);
	if (r == WARD_ERR_NOMEM) {
		return r;
	}
	if (r != 0 && !is_ours(r)) {
		(void)snprintf(fault, 768, "%s", why.text);
	}
	return 0;
}
