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

#endif
