/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan in force as it is kept. */
#ifndef WARD_ORDER_FILE_H
#define WARD_ORDER_FILE_H

#include "state/kept.h"

struct ward_order_kept {
	char *bytes; /* NULL: none is kept, or none of these places */
	struct ward_unpack in;
	bool current; /* no file that it came from has changed */
};

void ward_order_kept_read(struct ward_state *state,
    const struct ward_plan_places *places, struct ward_order_kept *ret_kept);
void ward_order_kept_free(struct ward_order_kept *kept);
/* 0, or WARD_ERR_SYNTAX: it is none that this program reads. */
int ward_order_kept_take(const struct ward_order_kept *kept,
    struct ward_order **ret_order);

/* How all files are from which the plan is. What of them has not changed for a
 * while before origins->now was so when they were read, after that. free() origins.pack.bytes. */
void ward_order_origins(const struct ward_state *state,
    const struct ward_plan_places *places, const struct ward_plan *plan,
    struct ward_origins *origins);
void ward_order_keep(struct ward_state *state,
    const struct ward_plan_places *places, const struct ward_order *order,
    const struct ward_origins *origins);

/* ward_order_find() at this ward_origins_now(). */
int ward_order_find_at(struct ward_state *state,
    const struct ward_plan_places *places, int64_t now,
    struct ward_order **ret_order, struct ward_error *err);

#endif
