/* SPDX-License-Identifier: BSD-2-Clause */
/* When an account was used last, by lastlog(8) and by its marks. */
#ifndef WARD_LOCAL_USE_H
#define WARD_LOCAL_USE_H

#include "state/dirs.h"

/*
 * Fill in use, last_use, use_source and use_why for the account's uid, as the
 * audit does from lastlog(8). `marked`: of struct ward_marks; `now` in seconds.
 */
void ward_local_use_find(const struct ward_state *state, int64_t marked,
    int64_t now, struct ward_account *account);

/* It was used then, if that can be believed: a record later than the end of
 * what can have happened yet tells that it was used, but not when. */
void ward_local_use_take(struct ward_account *account, int64_t then,
    int64_t now, const char *file, bool *ret_hidden);
/* An administrator has set its password then, if that can be believed; 0: none
 * has. */
void ward_local_revived_take(struct ward_account *account, int64_t then,
    int64_t now, const char *file);
/* Why the last use is not known then. */
extern const char ward_use_hidden[];

#endif
