/* SPDX-License-Identifier: BSD-2-Clause */
/* login.defs(5) and shells(5) of the host. */
#ifndef WARD_STATE_HOST_LINES_H
#define WARD_STATE_HOST_LINES_H

#include "state/dirs.h"

#define WARD_LOGINDEFS_FILE "/etc/login.defs"
#define WARD_SHELLS_FILE "/etc/shells"

/* No file: the defaults. Errors are those of ward_host_file_open(),
 * WARD_ERR_RANGE (larger than 1 MiB), WARD_ERR_IO and WARD_ERR_NOMEM. */
int ward_logindefs_find(const struct ward_state *state,
    struct ward_logindefs *ret_defs, struct ward_error *err);
/* The shells as words; NULL: no file. free() it. */
int ward_shells_find(const struct ward_state *state, char **ret_shells,
    struct ward_error *err);

#endif
