/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that decide: read whole, and only when nobody else could write them. */
#ifndef WARD_TRUSTED_FILE_H
#define WARD_TRUSTED_FILE_H

#include "policy.h"

enum ward_trust {
	WARD_TRUST_OWNED, /* root's or the caller's, written by nobody else */
	WARD_TRUST_ANY,   /* whoever's: a draft that is only looked at */
};

/* Open a regular file, no link, however large, to be read; the same errors. */
int ward_trusted_open(const char *path, enum ward_trust trust, int *ret_fd,
    int64_t *ret_size, struct ward_error *err);

/*
 * Read a regular file, no link, of at most 1 MiB. *ret_text is malloc'ed and
 * has a NUL behind its *ret_size bytes. WARD_ERR_MISSING when there is none,
 * WARD_ERR_UNSAFE when it is not to be trusted, WARD_ERR_IO otherwise.
 */
int ward_trusted_read(const char *path, enum ward_trust trust, char **ret_text,
    size_t *ret_size, struct ward_error *err);

#endif
