/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * collect: facts in. Reads account files, privileges and last use from the
 * running host or from another root, and hands them on account by account.
 * Reads only; never a byte from outside the root. Judges nothing.
 */
#ifndef WARD_COLLECT_H
#define WARD_COLLECT_H

#include "policy/policy.h"

#include "collect/pam/stack.h"

struct ward_collect_options {
	const char *root;        /* "/" is the running host */
	struct ward_moment now;  /* the moment to judge for */
	const char *root_groups; /* words: groups that amount to root */
	/* By ward_plan_mark(), or NULL: see struct ward_host. */
	const char *door_plan;
	bool try_words; /* try a few words against each password's hash */
	/* Called now and then while there is work, with the file that is read
	 * and, while words are tried, the how-many-th account it is on whose
	 * hash they are, else 0; or NULL. */
	void (*progress)(void *arg, const char *file, uint64_t tried);
	void *progress_arg;
	/* Called with each account before it is handed on or written, to add
	 * what somebody else knows of it; or NULL. `mark` is
	 * ward_password_mark() of its password field, or 0, and is not kept.
	 * What is added has to hold as long as the account does. */
	void (*add)(void *arg, struct ward_account *account, uint64_t mark);
	void *add_arg;
};

struct ward_collection;

/*
 * Read each source once and join them: passwd(5), shadow(5), group(5),
 * gshadow(5), login.defs(5), shells(5), sudoers(5) by cvtsudoers(1),
 * doas.conf(5), homes with authorized_keys and rhosts(5), hosts.equiv(5),
 * auto.master(5), lastlog(8), wtmp(5) and the failures of btmp; the stacks of
 * pam.conf(5) only when they are handed on. A source that is not there leaves
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
	/* Each service that PAM knows, sorted, behind the accounts; or NULL. */
	int (*service)(void *arg, const struct ward_service *service);
	void *arg;
};

int ward_collection_each(struct ward_collection *collection,
    const struct ward_visitor *visitor, struct ward_error *err);

/*
 * Snapshots: the facts of one host, as JSON lines (acctward-facts/1,
 * docs/schema/acctward-facts-1.json), no secret among them. What is handed on
 * from a snapshot is what ward_collection_each() handed on when it was written,
 * in the same order.
 */

/* The words of options.root_groups go into the snapshot as well, and so does
 * `collected`, when it is really made, by which nothing is judged. */
int ward_snapshot_write(struct ward_collection *collection,
    struct ward_moment collected, FILE *stream, struct ward_error *err);

struct ward_snapshot;

/* Open the file ("-": standard input) and read its first line. Errors say
 * "file:line: what is wrong": another version, a torn or doubled line, a key or
 * value that the format does not have. */
int ward_snapshot_open(const char *path, struct ward_snapshot **ret_snapshot,
    struct ward_error *err);
void ward_snapshot_free(struct ward_snapshot *snapshot);
const struct ward_host *ward_snapshot_host(
    const struct ward_snapshot *snapshot);
/* The groups that amounted to root when it was collected, as words. */
const char *ward_snapshot_root_groups(const struct ward_snapshot *snapshot);
/* Read on to the end, once. A snapshot without its last line is an error. */
int ward_snapshot_each(struct ward_snapshot *snapshot,
    const struct ward_visitor *visitor, struct ward_error *err);

/* Where a directory of the host below `root` really lies, resolved inside it;
 * free() it. WARD_ERR_MISSING when there is none. */
int ward_root_directory(const char *root, const char *path, char **ret_path,
    struct ward_error *err);

#endif
