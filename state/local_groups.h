/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways by which an account is in a group that amounts to root. */
#ifndef WARD_LOCAL_GROUPS_H
#define WARD_LOCAL_GROUPS_H

#include "state/dirs.h"

struct ward_local_groups {
	struct ward_path *list;
	size_t count;
	char *text; /* what they point into */
};

/*
 * `words`: the names of the groups. They are found by one reading of group(5),
 * which counts for as long as that file does not change. Errors are those of
 * ward_host_file_open() but WARD_ERR_MISSING, which is no group, WARD_ERR_IO
 * and WARD_ERR_NOMEM. `now` is ward_origins_now().
 */
int ward_local_groups_find(struct ward_state *state, const char *words,
    const char *name, uint32_t gid, int64_t now,
    struct ward_local_groups *ret_groups, struct ward_error *err);
void ward_local_groups_free(struct ward_local_groups *groups);

#endif
