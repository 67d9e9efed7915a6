/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hash table of indexes into somebody's list: eight bytes a slot. What an
 * index stands for is asked of the list's owner, so nothing is kept twice.
 */
#ifndef WARD_TABLE_H
#define WARD_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define WARD_TABLE_NONE UINT32_MAX

struct ward_table;

/* The bytes by which the index is found; they stay the same. */
typedef const void *ward_table_key_fn(const void *arg, uint32_t index,
    size_t *ret_size);

/* 0, WARD_ERR_NOMEM or WARD_ERR_IO. `arg` goes to `key`. */
int ward_table_new(ward_table_key_fn *key, const void *arg,
    struct ward_table **ret_table);
void ward_table_free(struct ward_table *table);

/* The index that has this key, or WARD_TABLE_NONE. */
uint32_t ward_table_find(const struct ward_table *table, const void *key,
    size_t size);
/* Put an index in, unless another with the same key is there already: the
 * one that is there now goes to *ret_index. */
int ward_table_put(struct ward_table *table, uint32_t index,
    uint32_t *ret_index);

/* What became of an index: `there` is the one with its key now. */
struct ward_table_put {
	uint32_t index, there;
};

/*
 * For many in turn: put the index of the call before in, and have the place
 * of this one fetched from memory, while the caller does something else. What
 * became of the former goes to *ret_put; NONE and NONE where there is none.
 * WARD_TABLE_NONE as an index ends it; until then, the last can't be found.
 */
int ward_table_put_later(struct ward_table *table, uint32_t index,
    struct ward_table_put *ret_put);

#endif
