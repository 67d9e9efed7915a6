/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does a password that anybody would try first open the hash? Offline, by
 * crypt(3). Neither the hash nor a candidate outlives the call, and nobody is
 * told which it was.
 */
#ifndef WARD_GUESS_H
#define WARD_GUESS_H

#include "policy/policy.h"

struct ward_guesser;

/* progress, unless it is NULL, is called before each try, and told which account
 * of those on which words are tried it is on, from 1. 0 or WARD_ERR_NOMEM. */
int ward_guesser_new(void (*progress)(void *arg, const char *file,
			 uint64_t tried),
    void *progress_arg, struct ward_guesser **ret_guesser);
void ward_guesser_free(struct ward_guesser *guesser);

/* Keep the comment field of the account with this number, as its hash may come
 * later. 0 or WARD_ERR_NOMEM. */
int ward_guesser_comment(struct ward_guesser *guesser, uint32_t account,
    const char *comment);

/* Try them on its hash; what the field says of it is in `fact`. NOT_TRIED: it
 * opens nothing, or crypt(3) does not know it. TOO_COSTLY: none of those that
 * an account's budget is enough for opens it, and there are more. */
enum ward_guess ward_guesser_try(struct ward_guesser *guesser, uint32_t account,
    const char *name, const char *hash, const struct ward_password_fact *fact);

#endif
