/* SPDX-License-Identifier: BSD-2-Clause */
/* What login.defs(5) and shells(5) say. */
#ifndef WARD_LOGINDEFS_H
#define WARD_LOGINDEFS_H

#include "collect/base/strings.h"
#include "policy/policy.h"

/* Overwrite what the file says; a value that is no number is passed over, as
 * shadow-utils do. Takes the descriptor. */
int ward_logindefs_read(int fd, struct ward_logindefs *ret_defs);

/* Add each shell of shells(5), as getusershell(3) reads it. Takes the
 * descriptor. */
int ward_shells_read(int fd, struct ward_strings *shells);

/* Is it in the list? NULL: there is no list, so it is. */
bool ward_shell_is_listed(const char *shell, const struct ward_strings *shells);

#endif
