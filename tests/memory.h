/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_TESTS_MEMORY_H
#define WARD_TESTS_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Under valgrind the memory is valgrind's, and what is freed comes back late. */
bool ward_memory_is_own(void);
/* The sum of what `count` finds in whatever this process may write: heaps,
 * stacks, data. */
size_t ward_memory_count(
    size_t (*count)(const unsigned char *bytes, size_t size));

#endif
