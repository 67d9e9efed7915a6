/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/defects.h"

#include <stdlib.h>
#include <string.h>

static int
copy(struct ward_pool *pool, const char *text, const char **ret_copy)
{
	const char *c = NULL;

	if (text != NULL) {
		c = ward_pool_copy(pool, text, strlen(text));
		if (c == NULL) {
			return WARD_ERR_NOMEM;
		}
	}
	*ret_copy = c;
	return 0;
}

static int
grow(struct ward_defects *defects)
{
	size_t room = defects->room == 0 ? 16 : defects->room * 2;
	struct ward_defect *list;

	list = reallocarray(defects->list, room, sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	defects->list = list;
	defects->room = room;
	return 0;
}

int
ward_defects_add(struct ward_defects *defects, enum ward_reason_id reason,
    const char *name, struct ward_source source, const char *detail)
{
	struct ward_defect d = { .reason = reason, .source = source };

	if (copy(defects->pool, name, &d.name) != 0 ||
	    copy(defects->pool, detail, &d.detail) != 0 ||
	    (defects->count == defects->room && grow(defects) != 0)) {
		return WARD_ERR_NOMEM;
	}
	defects->list[defects->count++] = d;
	return 0;
}

void
ward_defects_free(struct ward_defects *defects)
{
	free(defects->list);
	defects->list = NULL;
	defects->count = defects->room = 0;
}
