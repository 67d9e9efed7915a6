/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/password.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/session.h"

#define WORDS "words"

/* Where distributions have the dictionary that cracklib-check(8) uses, the
 * first being told of where there is none. */
static const char *const dictionaries[] = {
	"/var/cache/cracklib/cracklib_dict", /* Debian */
	"/usr/share/cracklib/pw_dict",       /* Fedora */
	"/usr/lib/cracklib_dict",
};

static const char *
find_dictionary(void)
{
	for (size_t i = 0; i < sizeof(dictionaries) / sizeof(dictionaries[0]);
	     i++) {
		char path[64];

		(void)snprintf(path, sizeof(path), "%s.pwd", dictionaries[i]);
		if (access(path, F_OK) == 0) {
			return dictionaries[i];
		}
	}
	return dictionaries[0];
}

int
ward_weak_places_find(const struct ward_options *options,
    struct ward_weak_places *ret_places, char **ret_words,
    struct ward_error *err)
{
	char *words = NULL;

	if (options->words == NULL && ward_share_find(WORDS, &words) != 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	*ret_words = words;
	*ret_places = (struct ward_weak_places){ .words = words != NULL ?
		    words :
		    options->words,
		.dictionary = options->dictionary == NULL ? find_dictionary() :
							    options->dictionary,
		.root = options->root };
	return 0;
}

static int
find_order(struct ward_judging *j, struct ward_error *err)
{
	struct ward_places places;
	int r = ward_places_find(j->options, &places, err);

	if (r != 0) {
		return r;
	}
	r = ward_order_make(j->state, &places.places, j->options->plan,
	    &j->order, err);
	ward_places_free(&places);
	return r != 0 ? r : ward_session_check_plan(j->order->plan, err);
}

static int
find_local(struct ward_judging *j, struct ward_error *err)
{
	const char *name = j->options->user;
	int r;

	if (name == NULL) {
		return 0;
	}
	r = ward_local_find(j->state, name, &j->order->host, j->order->shells,
	    ward_plan_root_groups(j->order->plan), NULL, &j->local, err);
	return r == WARD_ERR_MISSING ?
	    ward_error_set(err, r, "--user: no local account '%s'", name) :
	    r;
}

int
ward_judging_open(const struct ward_options *options,
    struct ward_judging *ret_judging, struct ward_error *err)
{
	struct ward_judging j = { .options = options };
	int r = ward_state_open(options->root, WARD_STATE_PEEK, &j.state, err);

	if (r == 0) {
		r = ward_weak_places_find(options, &j.places, &j.words, err);
	}
	if (r == 0) {
		r = find_order(&j, err);
	}
	if (r == 0) {
		r = find_local(&j, err);
	}
	if (r != 0) {
		ward_judging_close(&j);
		return r;
	}
	j.new = (struct ward_new_password){ .name = options->user,
		.local = j.local };
	*ret_judging = j;
	return 0;
}

void
ward_judging_close(struct ward_judging *judging)
{
	ward_local_free(judging->local);
	ward_order_free(judging->order);
	ward_state_close(judging->state);
	free(judging->words);
}

enum ward_class
ward_judging_class(const struct ward_judging *judging)
{
	return judging->local == NULL ?
	    WARD_CLASS_PERSON :
	    ward_account_class(&judging->order->host,
		ward_local_account(judging->local));
}

const char *
ward_judging_lacks(const struct ward_judging *judging, enum ward_rule_id rule)
{
	return judging->local == NULL &&
		(rule == WARD_RULE_PASSWORD_NO_ACCOUNT_NAME ||
		    rule == WARD_RULE_PASSWORD_HISTORY ||
		    rule == WARD_RULE_PASSWORD_MIN_AGE) ?
	    N_("not judged without --user") :
	    NULL;
}
