/* SPDX-License-Identifier: BSD-2-Clause */
/* Room for one more in a list. */
#ifndef WARD_GROW_H
#define WARD_GROW_H

#include <stddef.h>
#include <stdint.h>

/* The list, moved if it was full, with *room counting what fits. NULL: no
 * memory (or four thousand million entries), and the old list is as it was. */
void *ward_grow(void *list, uint32_t count, uint32_t *room, size_t size);

#endif
