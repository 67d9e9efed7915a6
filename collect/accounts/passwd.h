/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_PASSWD_H
#define WARD_PASSWD_H

#include "collect/accounts/accounts.h"
#include "collect/base/defects.h"

/*
 * Read passwd(5) as the C library does: every line that it takes becomes an
 * account, with what it makes of it, and is noted where it is not written as
 * it should be. A line that it drops becomes a defect of the host. Takes the
 * descriptor. 0, WARD_ERR_NOMEM or WARD_ERR_IO (errno is set).
 */
int ward_passwd_read(int fd, struct ward_accounts *accounts,
    struct ward_defects *defects);

#endif
