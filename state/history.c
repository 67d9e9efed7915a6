/* SPDX-License-Identifier: BSD-2-Clause */
/* The older passwords of one account. */
#include "state/state.h"

int
ward_history_find(struct ward_state *state, const char *name, const char *field,
    uint32_t older, const char *password, enum ward_reuse *ret_reuse,
    uint32_t *ret_older, bool *ret_strange, struct ward_error *err)
{
	(void)state;
	(void)name;
	(void)field;
	(void)older;
	(void)password;
	(void)ret_reuse;
	(void)ret_older;
	(void)ret_strange;
	return ward_error_set(err, WARD_ERR_MISSING, "not built");
}

int
ward_history_add(struct ward_state *state, const char *name, const char *field,
    uint32_t older, struct ward_error *err)
{
	(void)state;
	(void)name;
	(void)field;
	(void)older;
	return ward_error_set(err, WARD_ERR_MISSING, "not built");
}
