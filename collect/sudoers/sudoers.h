/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What sudo(8) lets whom do as root, from sudoers(5). The files are converted
 * by sudo's own parser, cvtsudoers(1); we resolve only the includes (so that
 * nothing outside the root is read) and who matches.
 */
#ifndef WARD_SUDOERS_H
#define WARD_SUDOERS_H

#include "collect/base/defects.h"
#include "collect/base/root.h"

struct ward_sudoers;

/*
 * Read /etc/sudoers and all that it includes. `host` is the host's name, or
 * NULL when it isn't known. What sudo can't read or would not take goes into
 * `defects`. No sudoers file: no rules, and no error. Strings that the rules
 * hand out are kept in the defects' pool.
 */
int ward_sudoers_load(const struct ward_root *root, const char *host,
    struct ward_moment now, struct ward_defects *defects,
    struct ward_sudoers **ret_sudoers, struct ward_error *err);
void ward_sudoers_free(struct ward_sudoers *sudoers);

/* Groups that the rules name, so that a reader knows whose members to keep:
 * by name, or, where *ret_name is NULL, by gid. False: there is no such i. */
bool ward_sudoers_group(const struct ward_sudoers *sudoers, size_t i,
    const char **ret_name, uint32_t *ret_gid);

struct ward_sudo_user {
	const char *name;
	uint32_t uid, gid;
};

/* What the rules ask about accounts. `arg` is the question's second half. */
struct ward_sudo_world {
	/* Is the one who is asked about in this group, by name or (name NULL)
	 * by gid; as primary or as secondary one? */
	bool (*in_group)(void *arg, const char *name, uint32_t gid);
	/* The same of any account, by its name or (NULL) uid. */
	bool (*is_member)(void *arg, const struct ward_sudo_user *user,
	    const char *name, uint32_t gid);
	/* Does acting as this user (by name, or by uid where name is NULL)
	 * amount to root: uid 0, or a member of a group that does? */
	bool (*is_root_user)(void *arg, const char *name, uint32_t uid);
	/* The same for a group. */
	bool (*is_root_group)(void *arg, const char *name, uint32_t gid);
	/* Every account, with i from 0 until it is false; *ret_root as for
	 * is_root_user. NULL: not known. Asked once for all questions. */
	bool (*account)(void *arg, size_t i, struct ward_sudo_user *ret_user,
	    bool *ret_root);
	void *arg;
};

/*
 * Every rule by which the user gets root, in the order of the files, with the
 * last match winning, appended to *paths (grown by realloc, free() it).
 * 0 or WARD_ERR_NOMEM.
 */
int ward_sudoers_paths(struct ward_sudoers *sudoers,
    const struct ward_sudo_user *user, const struct ward_sudo_world *world,
    struct ward_path **paths, size_t *count, size_t *room);

/* Who is known on this host, and where else (a source of nsswitch.conf(5)) users
 * and groups come from; NULL: from nowhere. */
struct ward_sudo_known {
	bool (*user)(void *arg, const char *name, uint32_t uid);
	bool (*group)(void *arg, const char *name, uint32_t gid);
	/* Every account, with i from 0 until it is NULL. */
	const char *(*account)(void *arg, size_t i);
	void *arg;
	const char *users, *groups;
};

/* Tell of each line in force that names somebody who may be known elsewhere
 * and is not known here, unless it is told of already. 0 or WARD_ERR_NOMEM. */
int ward_sudoers_tell_unknown(struct ward_sudoers *sudoers,
    const struct ward_sudo_known *known, struct ward_defects *defects);

#endif
