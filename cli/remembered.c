/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/remembered.h"

static bool
is_silent(int r)
{
	return r == WARD_ERR_MISSING || r == WARD_ERR_DENIED;
}

int
ward_remembered_open(const char *root, struct ward_moment now,
    struct ward_remembered *ret_remembered, struct ward_error *err)
{
	struct ward_error why = { .language = ward_error_language(err) };
	int r;

	*ret_remembered = (struct ward_remembered){ .now = now.seconds,
		.language = why.language };
	r = ward_tallies_open(root, &ret_remembered->tallies, &why);
	if (r == WARD_ERR_NOMEM) {
		return ward_error_set(err, r, "no memory");
	}
	if (r != 0 && !is_silent(r)) {
		(void)ward_say_error("warning: what the log-in door remembers "
				     "is not known: %s",
		    why.text);
	}
	return 0;
}

void
ward_remembered_free(struct ward_remembered *remembered)
{
	ward_tallies_free(&remembered->tallies);
}

bool
ward_remembered_any(const struct ward_remembered *remembered)
{
	return remembered->tallies.state != NULL;
}

static void
add_kept(struct ward_remembered *remembered, struct ward_account *account)
{
	unsigned int ways = 0;

	if (account->path_count > 0) {
		account
		    ->privileged_kept = ward_privileges_find(remembered->tallies
								 .state,
					    account->name, &ways, NULL) == 0 &&
		    (ways & WARD_WAYS_KEPT) != 0;
	}
}

void
ward_remembered_add(void *arg, struct ward_account *account, uint64_t mark)
{
	struct ward_remembered *remembered = arg;
	struct ward_error why = { .language = remembered->language };
	struct ward_marks marks;
	int r;

	add_kept(remembered, account);
	if (!ward_tallies_has(&remembered->tallies, account->name) ||
	    ward_tally_path(account->name, remembered->path) != 0) {
		return;
	}
	r = ward_tally_peek(remembered->tallies.state, account->name, &marks,
	    &why);
	if (r == 0) {
		ward_marks_add(&marks, mark, remembered->now, remembered->path,
		    account);
	} else if (!is_silent(r)) {
		ward_progress_wipe();
		(void)ward_say_error("warning: what the log-in door remembers "
				     "is not known: %s",
		    why.text);
	}
}
