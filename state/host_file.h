/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's own files, below the root that is looked at. */
#ifndef WARD_HOST_FILE_H
#define WARD_HOST_FILE_H

#include "state/dirs.h"

enum ward_host_file {
	WARD_HOST_DECIDES, /* root's or the caller's, and nobody else's to
			    * write */
	WARD_HOST_RECORDS, /* whoever's */
};

/*
 * Open a regular file. It may be a link on the running host, but below another
 * root, where an absolute one would lead out of it. WARD_ERR_MISSING,
 * WARD_ERR_DENIED, WARD_ERR_UNSAFE or WARD_ERR_IO.
 */
int ward_host_file_open(const struct ward_state *state, const char *path,
    enum ward_host_file kind, int *ret_fd, struct stat *ret_stat,
    struct ward_error *err);
/* Say what came of reading it: WARD_ERR_IO (errno is set) or WARD_ERR_NOMEM.
 * Returns the code. */
int ward_host_file_failed(const struct ward_state *state, const char *path,
    int code, struct ward_error *err);

#endif
