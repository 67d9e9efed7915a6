/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "state/host_lines.h"
#include "state/order_file.h"

int
ward_order_make(const struct ward_state *state,
    const struct ward_plan_places *places, const char *id,
    struct ward_order **ret_order, struct ward_error *err)
{
	struct ward_order *order = calloc(1, sizeof(*order));
	struct ward_logindefs defs;
	int r;

	if (order == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	r = ward_plan_load(places, id, &order->plan, err);
	if (r == 0) {
		r = ward_logindefs_find(state, &defs, err);
	}
	if (r == 0) {
		r = ward_shells_find(state, &order->shells, err);
	}
	if (r != 0) {
		ward_order_free(order);
		return r;
	}
	order->host.uid_min = defs.uid_min;
	order->host.uid_max = defs.uid_max;
	*ret_order = order;
	return 0;
}

/* Work it out anew; or, where that fails, have what it was before. */
static int
renew(struct ward_state *state, const struct ward_plan_places *places,
    int64_t now, const struct ward_order_kept *kept,
    struct ward_order **ret_order, struct ward_error *err)
{
	struct ward_error why = { .language = ward_error_language(err) };
	struct ward_origins origins = { .now = now };
	struct ward_order *order = NULL;
	int r;

	r = ward_order_make(state, places, NULL, &order, &why);
	if (r == 0) {
		ward_order_origins(state, places, order->plan, &origins);
		ward_order_keep(state, places, order, &origins);
	} else if (ward_order_kept_take(kept, &order) == 0) {
		memcpy(order->stale, why.text, sizeof(order->stale));
		r = 0;
	} else {
		r = ward_error_set(err, r, "%s", why.text);
	}
	free(origins.pack.bytes);
	if (r == 0) {
		*ret_order = order;
	}
	return r;
}

int
ward_order_find_at(struct ward_state *state,
    const struct ward_plan_places *places, int64_t now,
    struct ward_order **ret_order, struct ward_error *err)
{
	struct ward_order_kept kept;
	int r = WARD_ERR_MISSING;

	ward_order_kept_read(state, places, &kept);
	if (kept.current) {
		r = ward_order_kept_take(&kept, ret_order);
	}
	if (r != 0) {
		r = renew(state, places, now, &kept, ret_order, err);
	}
	ward_order_kept_free(&kept);
	return r;
}

int
ward_order_find(struct ward_state *state, const struct ward_plan_places *places,
    struct ward_order **ret_order, struct ward_error *err)
{
	return ward_order_find_at(state, places, ward_origins_now(), ret_order,
	    err);
}

void
ward_order_free(struct ward_order *order)
{
	if (order != NULL) {
		ward_plan_free(order->plan);
		free(order->shells);
		free(order);
	}
}
