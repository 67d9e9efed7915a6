/* SPDX-License-Identifier: BSD-2-Clause */
/* What is looked up of passwords that are guessed first. */
#include "weak.h"

int
ward_weak_open(const struct ward_plan *plan,
    const struct ward_weak_places *places, struct ward_weak **ret_weak,
    struct ward_error *err)
{
	(void)plan;
	(void)places;
	(void)ret_weak;
	return ward_error_set(err, WARD_ERR_MISSING, "not built");
}

void
ward_weak_free(struct ward_weak *weak)
{
	(void)weak;
}

const char *
ward_weak_lacks(const struct ward_weak *weak)
{
	(void)weak;
	return NULL;
}

int
ward_weak_find(const struct ward_weak *weak, const struct ward_candidate_of *of,
    const char *password, size_t size, enum ward_weakness *ret_weakness,
    const char **ret_why, struct ward_error *err)
{
	(void)weak;
	(void)of;
	(void)password;
	(void)size;
	(void)ret_weakness;
	(void)ret_why;
	return ward_error_set(err, WARD_ERR_MISSING, "not built");
}
