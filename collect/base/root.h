/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The root that is looked at: "/" or another. Every path is resolved inside
 * it, component by component, as chroot(2) would: an absolute link starts
 * again at the root, ".." stops there. openat2(2) would do the same, but is
 * not in every kernel, container profile or valgrind.
 */
#ifndef WARD_ROOT_H
#define WARD_ROOT_H

#include <sys/stat.h>

#include "policy/policy.h"

struct ward_root;

int ward_root_new(const char *path, struct ward_root **ret_root,
    struct ward_error *err);
void ward_root_free(struct ward_root *root);

/* Is it the running host's own "/"? */
bool ward_root_is_running(const struct ward_root *root);

/*
 * Open what `path` (absolute, as on the host looked at) names, read-only and
 * close-on-exec. ward_root_open takes regular files only (never blocks on a
 * FIFO or device); ward_root_open_dir takes directories only; the caller
 * closes *ret_fd. WARD_ERR_MISSING when it does not exist (also ENOTDIR),
 * WARD_ERR_IO for every other refusal, WARD_ERR_UNSAFE for another kind of
 * file. The error names the path as on the host, and says "run as root" where
 * that is what lacks; errno stays as the system set it.
 */
int ward_root_open(const struct ward_root *root, const char *path, int *ret_fd,
    struct ward_error *err);
int ward_root_open_dir(const struct ward_root *root, const char *path,
    int *ret_fd, struct ward_error *err);
/* The same, where a link as the last name is another kind of file too. */
int ward_root_open_no_link(const struct ward_root *root, const char *path,
    int *ret_fd, struct ward_error *err);
/* Whose are root's files below the root? root's own, or the caller's, who
 * unpacked an image without being root. */
uid_t ward_root_owner(const struct ward_root *root);

/* A directory, and what is in it, seen by one walk. */
struct ward_root_sight {
	bool there;         /* there is such a directory: */
	struct stat stat;   /* its own, */
	unsigned int names; /* and bit i: names[i] is, or may be, in it */
	bool acl;           /* a group may write to it, and it has an ACL */
	bool above; /* else: the directory that it would stand in is there, */
	bool open;  /* and everybody may make it, or what leads to it */
};

/* Look at a directory for names (NULL ends them). 0, or WARD_ERR_IO (errno is
 * set). */
int ward_root_look(const struct ward_root *root, const char *path,
    const char *const *names, struct ward_root_sight *ret_sight);

/* fstat(2) of what the path names in the end, whatever kind it is. */
int ward_root_stat(const struct ward_root *root, const char *path,
    struct stat *ret_stat, struct ward_error *err);

#endif
