/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Groups, and who is in those that matter: the ones that amount to root, and
 * the ones that a sudo rule names. A group is its gid: others that have the
 * gid of one that matters, matter too.
 */
#ifndef WARD_GROUP_H
#define WARD_GROUP_H

#include "collect/accounts/accounts.h"
#include "collect/base/defects.h"

struct ward_groups;

/* `accounts` must outlive it. */
int ward_groups_new(struct ward_accounts *accounts,
    struct ward_groups **ret_groups);
void ward_groups_free(struct ward_groups *groups);

/* Before the files are read: this group matters, by name, or, where name is
 * NULL, by gid. */
int ward_groups_want(struct ward_groups *groups, const char *name,
    uint32_t gid);
/* Each of the words is the name of a group that amounts to root. */
int ward_groups_want_words(struct ward_groups *groups, const char *words);

/* Before the files are read: a member whom passwd(5) doesn't have is wrong, as
 * no directory has any. */
void ward_groups_tell_strangers(struct ward_groups *groups);

/*
 * Read group(5), then gshadow(5), as the C library does. What is wrong in
 * them becomes a defect of the host; an account whose primary group does not
 * exist is noted. Each takes the descriptor. 0, WARD_ERR_NOMEM or WARD_ERR_IO
 * (errno is set).
 */
int ward_group_read(int fd, struct ward_groups *groups,
    struct ward_defects *defects);
int ward_gshadow_read(int fd, struct ward_groups *groups,
    struct ward_defects *defects);
/* No more files will come: drop what only reading them needed. */
void ward_groups_settle(struct ward_groups *groups);

/* Is the account in this group, by name or (name NULL) by gid? */
bool ward_groups_has(const struct ward_groups *groups, uint32_t account,
    const char *name, uint32_t gid);
/* Is there such a group, by name or (name NULL) by gid, of those that matter? */
bool ward_groups_exists(const struct ward_groups *groups, const char *name,
    uint32_t gid);
/* Does the group amount to root? Is the account in one that does? */
bool ward_groups_is_root(const struct ward_groups *groups, const char *name,
    uint32_t gid);
bool ward_groups_has_root(const struct ward_groups *groups, uint32_t account);

/* Is there a user of another uid, and not root, in the group, by primary gid, as
 * a member or by its password, or one who may make himself a member? Only local
 * ones are known. 0 or WARD_ERR_NOMEM. */
int ward_groups_has_others(struct ward_groups *groups, uint32_t gid,
    uint32_t uid, bool *ret_others);

/* The ways by which the account is in a group that amounts to root: by
 * primary gid, as a member, as an administrator or a member in gshadow(5).
 * Called with i from 0 until it is false. */
bool ward_groups_path(const struct ward_groups *groups, uint32_t account,
    size_t i, struct ward_path *ret_path);

#endif
