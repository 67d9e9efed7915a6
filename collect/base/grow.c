/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/grow.h"

#include <stdlib.h>

void *
ward_grow(void *list, uint32_t count, uint32_t *room, size_t size)
{
	uint32_t more = *room == 0 ? 16 : *room * 2;

	if (count < *room) {
		return list;
	}
	if (more < *room) {
		return NULL;
	}
	list = reallocarray(list, more, size);
	if (list != NULL) {
		*room = more;
	}
	return list;
}
