/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * As table.h, but the keys are numbers: uids and gids. Nearly all of them are
 * small and stand close together, so those have a plain array: nothing to
 * compute, and no look all over the memory.
 */
#ifndef WARD_NUMBERS_H
#define WARD_NUMBERS_H

#include "collect/base/table.h"

struct ward_numbers;

/* The key of an index is a uint32_t. 0, WARD_ERR_NOMEM or WARD_ERR_IO. */
int ward_numbers_new(ward_table_key_fn *key, const void *arg,
    struct ward_numbers **ret_numbers);
void ward_numbers_free(struct ward_numbers *numbers);

uint32_t ward_numbers_find(const struct ward_numbers *numbers, uint32_t number);
/* `number` is the index's key. */
int ward_numbers_put(struct ward_numbers *numbers, uint32_t number,
    uint32_t index, uint32_t *ret_index);

#endif
