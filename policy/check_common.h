/* SPDX-License-Identifier: BSD-2-Clause */
/* What several rules ask of an account. */
#ifndef WARD_CHECK_COMMON_H
#define WARD_CHECK_COMMON_H

#include "check.h"

bool ward_is_root(const struct ward_account *account);
/* Past its end date, or so long past its password's end that pam_unix(8)
 * refuses it, keys or not. */
bool ward_case_closed(const struct ward_case *c);
/* Is it certain that nobody can log in by it, with password or key? Says so,
 * and is true: the rule is not applicable. True too where that is not known,
 * and this is said. */
bool ward_case_not_open(struct ward_case *c, int *ret_said);

int ward_case_notapplicable(struct ward_case *c, enum ward_reason_id reason);
/* "`what` is not known": `source` is what would tell it, and why it does not;
 * with no source the account's entry, with NULL no reason. */
int ward_case_lacks(struct ward_case *c, const char *what,
    struct ward_source source, const char *why);
/* The same of some facts. */
int ward_case_lacks_shadow(struct ward_case *c);
int ward_case_lacks_keys(struct ward_case *c);
int ward_case_lacks_use(struct ward_case *c);

#endif
