/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What many tests need. Everything here fails the test by itself when it
 * can't do what it is asked for.
 */
#ifndef WARD_TESTS_SUPPORT_H
#define WARD_TESTS_SUPPORT_H

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "policy/policy.h"

/* A file to make; path is absolute within the tree. The directories above it
 * are made too. A list of them ends with path NULL. */
struct ward_tree_file {
	const char *path, *text;
};

/* Make a directory below $TMPDIR or /tmp and fill it; files may be NULL. The
 * name is freed, and the directory removed, by ward_tree_remove(). */
char *ward_tree_new(const struct ward_tree_file *files);
void ward_tree_remove(char *tree);

/* Write a file anew (mode 0644), with NULs if there are any. */
void ward_tree_put(const char *tree, const char *path, const char *text,
    size_t size);
void ward_tree_link(const char *tree, const char *path, const char *target);
void ward_tree_dir(const char *tree, const char *path);
void ward_tree_fifo(const char *tree, const char *path);
void ward_tree_chmod(const char *tree, const char *path, unsigned int mode);
/* "TREE/path"; free() it. */
char *ward_tree_path(const char *tree, const char *path);

/* A descriptor from which the bytes can be read. */
int ward_memory_fd(const void *bytes, size_t size);

/* "wellformed_name bob: it is empty @3", with what there is of name and
 * detail; many are separated by "; ". Cut at size. */
void ward_defects_text(const struct ward_defect *list, size_t count, char *text,
    size_t size);

/* How many descriptors this process has open. */
size_t ward_open_fds(void);

#endif
