/* SPDX-License-Identifier: BSD-2-Clause */
/* What login.defs(5) and shells(5) say. */
#ifndef WARD_LOGINDEFS_H
#define WARD_LOGINDEFS_H

#include "collect/base/strings.h"
#include "policy/policy.h"

struct ward_logindefs {
	uint32_t uid_min, uid_max; /* of people's accounts */
	uint32_t lastlog_max;      /* lastlog(8) knows no uid above it */
};

/* What holds where the file says nothing, as in shadow-utils. */
struct ward_logindefs ward_logindefs_default(void);
/* Overwrite what the file says; a value that is no number is passed over, as
 * shadow-utils do. Takes the descriptor. */
int ward_logindefs_read(int fd, struct ward_logindefs *ret_defs);

/* Add each shell of shells(5), as getusershell(3) reads it. Takes the
 * descriptor. */
int ward_shells_read(int fd, struct ward_strings *shells);

/* Does the shell let somebody in? An empty one is /bin/sh. Only the system's own
 * false(1), nologin(8) and the like do not: /home/ann/false is any program. */
bool ward_shell_is_login(const char *shell);
/* Is it in the list? NULL: there is no list, so it is. */
bool ward_shell_is_listed(const char *shell, const struct ward_strings *shells);

#endif
