/* SPDX-License-Identifier: BSD-2-Clause */
/* Between candidate.c and what is looked up of weak passwords. */
#ifndef WARD_WEAK_H
#define WARD_WEAK_H

#include "policy.h"

/* Of a password without NUL or line's end, at most WARD_PASSWORD_MAX bytes.
 * *ret_why: why it is not known, or NULL; it lives as long as the program. */
int ward_weak_find(const struct ward_weak *weak,
    const struct ward_candidate_of *of, const char *password, size_t size,
    enum ward_weakness *ret_weakness, const char **ret_why,
    struct ward_error *err);

#endif
