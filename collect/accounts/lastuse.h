/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_LASTUSE_H
#define WARD_LASTUSE_H

#include "collect/accounts/accounts.h"
#include "collect/base/defects.h"

/*
 * Read the log-ins of wtmp(5). A record that is torn at the end of the file
 * becomes a defect. `file` says which file it is. Takes the descriptor. 0,
 * WARD_ERR_NOMEM or WARD_ERR_IO (errno is set).
 */
int ward_wtmp_read(int fd, enum ward_file file, struct ward_accounts *accounts,
    struct ward_defects *defects);

/*
 * Look each account up in lastlog(8). Who is not in it never logged in, but
 * of uids above `uid_max` it says nothing. Only the pieces of the sparse file
 * that are asked for are read. Takes the descriptor; as above.
 */
int ward_lastlog_read(int fd, uint32_t uid_max, struct ward_accounts *accounts,
    struct ward_defects *defects);

#endif
