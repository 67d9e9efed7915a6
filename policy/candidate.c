/* SPDX-License-Identifier: BSD-2-Clause */
/* What a password shows of itself: its length, its classes, names in it. */
#include "policy.h"

int
ward_candidate_look(const struct ward_weak *weak,
    const struct ward_candidate_of *of, const char *password, size_t size,
    struct ward_candidate *ret_candidate, struct ward_error *err)
{
	(void)weak;
	(void)of;
	(void)password;
	(void)size;
	(void)ret_candidate;
	return ward_error_set(err, WARD_ERR_MISSING, "not built");
}
