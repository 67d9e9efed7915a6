/* SPDX-License-Identifier: BSD-2-Clause */
/* A line of a snapshot, taken into the struct that its shape tells of. */
#ifndef WARD_MEMBERS_READ_H
#define WARD_MEMBERS_READ_H

#include <jansson.h>

#include "collect/base/pool.h"
#include "collect/snapshot/members.h"

/* Where the reader stands, for what it says of a fault. */
struct ward_facts_place {
	const char *file;
	uint32_t line;
	char key[128]; /* "account.paths.source" */
	struct ward_error *err;
};

/* "file:line: key: text", the format as that of ward_error_set(); returns
 * code. */
int ward_facts_refuse(const struct ward_facts_place *place, int code,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/*
 * Zero *facts and fill it from the object, whose "type" is taken away. Nothing may be in it that the shape does not have, and nothing be out of its
 * range. Strings belong to the object, or, as lists do, to the pool.
 */
int ward_facts_take(struct ward_facts_place *place, struct ward_pool *pool,
    const struct ward_shape *shape, json_t *object, void *facts);

#endif
