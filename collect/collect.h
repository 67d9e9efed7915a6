/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * collect: facts in. Reads account files, privileges and last use from the
 * running host or from another root, and hands them on account by account.
 * Reads only; never a byte from outside the root. Judges nothing.
 */
#ifndef WARD_COLLECT_H
#define WARD_COLLECT_H

#include "policy/policy.h"

struct ward_collect_options {
	const char *root;        /* "/" is the running host */
	struct ward_moment now;  /* the moment to judge for */
	const char *root_groups; /* words: groups that amount to root */
};

struct ward_collection;

/*
 * Read each source once and join them: passwd(5), shadow(5), group(5),
 * gshadow(5), login.defs(5), shells(5), sudoers(5) by cvtsudoers(1),
 * authorized_keys, lastlog(8) and wtmp(5). A source that is not there leaves
 * its facts not known; one that is there and can't be read is an error, but
 * for passwd(5), without which nothing can be said.
 */
int ward_collect(const struct ward_collect_options *options,
    struct ward_collection **ret_collection, struct ward_error *err);
void ward_collection_free(struct ward_collection *collection);

const struct ward_host *ward_collection_host(
    const struct ward_collection *collection);

/* Hand on every account in the order of passwd(5), right behind it the defect
 * that its login keys could not be looked at (WELLFORMED_KEYS, unless it has no
 * login shell and is not uid 0), and last every defect that belongs to none. What is handed on holds during the call. Stops when one
 * returns non-zero, and returns that. */
struct ward_visitor {
	int (*account)(void *arg, const struct ward_account *account);
	int (*defect)(void *arg, const struct ward_defect *defect);
	void *arg;
};

int ward_collection_each(struct ward_collection *collection,
    const struct ward_visitor *visitor, struct ward_error *err);

/* Where a directory of the host below `root` really lies, resolved inside it;
 * free() it. WARD_ERR_MISSING when there is none. */
int ward_root_directory(const char *root, const char *path, char **ret_path,
    struct ward_error *err);

#endif
