/* SPDX-License-Identifier: BSD-2-Clause */
/* What the verbs about new passwords have in common. */
#ifndef WARD_CLI_PASSWORD_H
#define WARD_CLI_PASSWORD_H

#include "cli/cli.h"
#include "state/state.h"

/* By what a password is judged, and whose it is to be. */
struct ward_judging {
	const struct ward_options *options;
	struct ward_state *state;
	struct ward_order *order;
	struct ward_local *local; /* NULL without --user */
	char *words, *dictionary;
	struct ward_weak_places places;
	struct ward_new_password new;
};

/* Where weak passwords are looked up; *ret_words, which stands in them, is the
 * caller's to free. */
int ward_weak_places_find(const struct ward_options *options,
    struct ward_weak_places *ret_places, char **ret_words,
    struct ward_error *err);
/* Nothing is made or written. WARD_ERR_MISSING: no local account is called as
 * --user says. */
int ward_judging_open(const struct ward_options *options,
    struct ward_judging *ret_judging, struct ward_error *err);
void ward_judging_close(struct ward_judging *judging);
enum ward_class ward_judging_class(const struct ward_judging *judging);
/* Why nothing can be said by the rule, a sentence or a detail; NULL: it can be
 * judged. It is without --user that names, history and age are not known. */
const char *ward_judging_lacks(const struct ward_judging *judging,
    enum ward_rule_id rule);

#endif
