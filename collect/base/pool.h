/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory for many small strings and records that go together, at once. */
#ifndef WARD_POOL_H
#define WARD_POOL_H

#include <stddef.h>

struct ward_pool;

struct ward_pool *ward_pool_new(void); /* NULL: no memory */
void ward_pool_free(struct ward_pool *pool);

/* Zeroed, aligned for any type. NULL: no memory. */
void *ward_pool_take(struct ward_pool *pool, size_t size);
/* A copy of `size` bytes, with a NUL behind them. NULL: no memory. */
char *ward_pool_copy(struct ward_pool *pool, const char *text, size_t size);

#endif
