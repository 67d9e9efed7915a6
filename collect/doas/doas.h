/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What doas(1) lets whom do as root, from /etc/doas.conf, as OpenDoas reads it:
 * the last rule that matches decides.
 */
#ifndef WARD_DOAS_H
#define WARD_DOAS_H

#include "collect/accounts/group.h"
#include "collect/base/root.h"

struct ward_doas;

/*
 * Read the rules, where doas is installed: a program of that name, root's and
 * setuid, is in one of the usual directories, or those can't be looked into. A
 * file that doas would not take has no rules, and becomes a defect, as does one
 * that can't be read. 0 or WARD_ERR_NOMEM. Strings that the rules hand out are
 * kept in the defects' pool.
 */
int ward_doas_load(const struct ward_root *root, struct ward_defects *defects,
    struct ward_doas **ret_doas);
void ward_doas_free(struct ward_doas *doas);

/* Before group(5) is read: the groups that the rules name matter. 0 or
 * WARD_ERR_NOMEM. */
int ward_doas_want_groups(const struct ward_doas *doas,
    struct ward_groups *groups);

/* Once accounts and groups are read, which must outlive it: whom the rules
 * mean. */
void ward_doas_settle(struct ward_doas *doas,
    const struct ward_accounts *accounts, const struct ward_groups *groups);
/* Tell of the rules that name somebody who is not known here, and may be known
 * to `users` or `groups`, sources of nsswitch.conf(5); NULL: there is none. 0 or
 * WARD_ERR_NOMEM. */
int ward_doas_tell_unknown(const struct ward_doas *doas, const char *users,
    const char *groups, struct ward_defects *defects);

/* Each rule by which the account gets root, in the order of the file: the next
 * one from *i on. False: there is none. */
bool ward_doas_path(struct ward_doas *doas, uint32_t account, size_t *i,
    struct ward_path *ret_path);

#endif
