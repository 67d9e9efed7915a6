/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of a directory like conf.d. */
#ifndef WARD_NAMES_H
#define WARD_NAMES_H

#include "collect/base/root.h"

/*
 * Visit the path of every name in `directory` that ends so and does not begin
 * with a dot, whatever kind of file it is, in no order. Stops when one returns
 * non-zero, and returns that. WARD_ERR_MISSING, WARD_ERR_UNSAFE or WARD_ERR_IO
 * (errno is set) of the directory.
 */
int ward_names_each(const struct ward_root *root, const char *directory,
    const char *ending, int (*visit)(void *arg, const char *path), void *arg);

#endif
