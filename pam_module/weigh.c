/* SPDX-License-Identifier: BSD-2-Clause */
/* A new password, held against the plan. */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#define WORDS WARD_PREFIX "/share/acctward/words"
#define DICTIONARY "/var/cache/cracklib/cracklib_dict"

/* What is looked up; to be freed by places_free(). */
struct places {
	struct ward_weak_places at;
	char *dictionary;
};

static int
places_find(const struct door *door, struct places *ret_places,
    struct ward_error *err)
{
	const struct door_args *args = &door->args;
	const char *root = ward_state_root(door->state);
	char *dictionary = NULL;

	if (asprintf(&dictionary, "%s" DICTIONARY, root) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	ret_places->dictionary = dictionary;
	ret_places->at = (struct ward_weak_places){
		.words = args->words != NULL ? args->words : WORDS,
		.dictionary = args->dictionary != NULL ? args->dictionary :
							 dictionary,
		.root = root,
	};
	return 0;
}

static void
places_free(struct places *places)
{
	free(places->dictionary);
}

static enum ward_class
class_of(const struct door *door)
{
	return door->local == NULL ? WARD_CLASS_PERSON : door_class(door);
}

struct ward_new_password
door_new_password(const struct door_change *change)
{
	const struct door *door = change->door;
	const bool holder = door_is_holder(door, change->flags);
	const bool temporary = door->local != NULL && door_is_temporary(door);
	const void *old = NULL;

	(void)pam_get_item(change->pamh, PAM_OLDAUTHTOK, &old);
	/* passwd(1) sets the flag for whoever asks it to: without a log-in it
	 * says nothing. */
	return (struct ward_new_password){ .name = door->user,
		.local = door->local,
		.old = old,
		.reset = !holder,
		.forced = temporary ||
		    ((change->flags & PAM_CHANGE_EXPIRED_AUTHTOK) != 0 &&
			door->password) };
}

/* Nobody is to think of a password that then can't be looked up. */
static int
look_for_words(const struct door *door, struct ward_error *err)
{
	struct ward_weak *weak = NULL;
	struct places places;
	int r;

	if (ward_plan_strength(door->order->plan, WARD_RULE_PASSWORD_WEAK,
		class_of(door)) == WARD_REFERENCE) {
		return 0;
	}
	r = places_find(door, &places, err);
	if (r == 0) {
		r = ward_weak_open(door->order->plan, &places.at, &weak, err);
		ward_weak_free(weak);
		places_free(&places);
	}
	return r;
}

static int
hear_age(void *arg, const struct ward_finding *finding)
{
	return finding->rule == WARD_RULE_PASSWORD_MIN_AGE &&
		ward_finding_act(finding) == WARD_ACT_REFUSE ?
	    door_list_fault(arg, finding) :
	    0;
}

/* Of all rules the one that needs no password to be judged. */
static int
look_at_age(const struct door_change *change, struct door_list *list,
    struct ward_error *err)
{
	const struct ward_new_password new = door_new_password(change);
	const struct ward_candidate candidate = { .reset = new.reset,
		.forced = new.forced };
	const struct ward_order *order = change->door->order;
	struct ward_evaluation *evaluation = NULL;
	struct ward_host host = order->host;
	int r;

	if (new.local == NULL ||
	    (new.reset &&
		!ward_plan_holds_resets(order->plan, class_of(change->door)))) {
		return 0;
	}
	host.now = ward_moment_now();
	r = ward_evaluation_new(order->plan, &host, hear_age, list,
	    &evaluation);
	if (r == 0) {
		r = ward_evaluate_candidate(evaluation,
		    ward_local_account(new.local), &candidate);
	}
	ward_evaluation_free(evaluation);
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}

int
door_weigh_none(const struct door_change *change, struct door_list *list,
    struct ward_error *err)
{
	int r = look_for_words(change->door, err);

	return r == 0 ? look_at_age(change, list, err) : r;
}

/* Too long, or with what is no part of a password: not for the log. */
static bool
is_password(const struct door *door, const char *password,
    struct door_list *list)
{
	struct ward_error err = { .language = list->language };
	const struct ward_candidate_of of = { .name = door->user };
	struct ward_candidate candidate;
	int r = ward_candidate_look(NULL, &of, password, strlen(password),
	    &candidate, &err);

	explicit_bzero(&candidate, sizeof(candidate));
	if (r != 0) {
		door_list_add(list, err.text);
	}
	return r == 0;
}

static void
say_lacks(struct door_change *change, const char *lacks)
{
	if (*lacks != '\0' && !change->lacks) {
		change->lacks = true;
		pam_syslog(change->pamh, LOG_WARNING,
		    "%s: there is no such dictionary, and new passwords are "
		    "not looked up in it",
		    lacks);
	}
}

int
door_weigh(struct door_change *change, const char *password,
    struct door_list *list, enum ward_act *ret_act, struct ward_error *err)
{
	const struct ward_new_password new = door_new_password(change);
	const struct door *door = change->door;
	struct places places;
	char lacks[256] = "";
	int r;

	if (!is_password(door, password, list)) {
		*ret_act = WARD_ACT_REFUSE;
		return 0;
	}
	r = places_find(door, &places, err);
	if (r == 0) {
		r = ward_new_password_judge(door->state, door->order,
		    &places.at, &new, password, strlen(password),
		    door_list_fault, list, ret_act, lacks, err);
		places_free(&places);
	}
	say_lacks(change, lacks);
	return r;
}
