/* SPDX-License-Identifier: BSD-2-Clause */
/* The entries that are not as they should be, gathered while files are read. */
#ifndef WARD_DEFECTS_H
#define WARD_DEFECTS_H

#include "collect/base/pool.h"
#include "policy/policy.h"

struct ward_defects {
	struct ward_pool *pool; /* where names and details are kept */
	struct ward_defect *list;
	size_t count, room;
};

/* Append one; name and detail (either may be NULL) are copied, source.file
 * must outlive the list. 0 or WARD_ERR_NOMEM. */
int ward_defects_add(struct ward_defects *defects, enum ward_reason_id reason,
    const char *name, struct ward_source source, const char *detail);
void ward_defects_free(struct ward_defects *defects);

#endif
