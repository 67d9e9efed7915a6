/* SPDX-License-Identifier: BSD-2-Clause */
/* Between candidate.c and candidate_name.c only. */
#ifndef WARD_CANDIDATE_H
#define WARD_CANDIDATE_H

#include "policy.h"

/* Does the password hold the account's name, or a word of its GECOS field? */
bool ward_candidate_has_name(const struct ward_candidate_of *of,
    const char *password, size_t size);

#endif
