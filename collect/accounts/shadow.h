/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_SHADOW_H
#define WARD_SHADOW_H

#include "collect/accounts/accounts.h"
#include "collect/base/defects.h"

/*
 * Read shadow(5) as the C library does, and give each account the first line
 * of its name. What is wrong with a line is noted at its account, or, where
 * there is none, at the host. No hash is kept. Takes the descriptor. 0,
 * WARD_ERR_NOMEM or WARD_ERR_IO (errno is set).
 */
int ward_shadow_read(int fd, struct ward_accounts *accounts,
    struct ward_defects *defects);

#endif
