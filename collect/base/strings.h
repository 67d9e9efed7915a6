/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings that recur (shells, directories, details), each kept once. */
#ifndef WARD_STRINGS_H
#define WARD_STRINGS_H

#include <stddef.h>
#include <stdint.h>

#include "collect/base/table.h"

struct ward_strings;

int ward_strings_new(struct ward_strings **ret_strings);
void ward_strings_free(struct ward_strings *strings);

/* The number by which ward_strings_at() gives the string: from 0, in the
 * order of first coming. 0, WARD_ERR_NOMEM. `text` holds no NUL. */
int ward_strings_keep(struct ward_strings *strings, const char *text,
    size_t size, uint32_t *ret_index);
/* The number of one that is kept already, or WARD_TABLE_NONE. */
uint32_t ward_strings_find(const struct ward_strings *strings,
    const char *text);
/* It lives as long as the strings do. */
const char *ward_strings_at(const struct ward_strings *strings, uint32_t index);
uint32_t ward_strings_count(const struct ward_strings *strings);

#endif
