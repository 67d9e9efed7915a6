/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_TESTS_MEMORY_H
#define WARD_TESTS_MEMORY_H

#include <stddef.h>

/* The sum of what `count` finds in whatever this process may write: heaps,
 * stacks, data. */
size_t ward_memory_count(
    size_t (*count)(const unsigned char *bytes, size_t size));

#endif
