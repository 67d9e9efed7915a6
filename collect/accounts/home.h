/* SPDX-License-Identifier: BSD-2-Clause */
/* Home directories, and the files in them that open the account. */
#ifndef WARD_HOME_H
#define WARD_HOME_H

#include "collect/base/root.h"

#define WARD_HOME_WHY_SIZE 80

enum ward_home_name {
	WARD_HOME_SSH,
	WARD_HOME_RHOSTS,
	WARD_HOME_SHOSTS,
};

/* Zeroed: none was looked at. */
struct ward_home {
	char *path; /* as passwd(5) has it */
	enum ward_home_state state;
	int error;                    /* why it is WARD_HOME_UNKNOWN: errno, */
	char why[WARD_HOME_WHY_SIZE]; /* and in words */
	uint32_t owner, gid; /* 0 also for whoever owns the root itself */
	uint32_t mode;       /* permission bits */
	bool acl;            /* a group may write to it, and it has an ACL */
	bool open;           /* not there, and everybody may make it */
	unsigned int names;  /* 1 << enum ward_home_name: it may be there */
};

/* Look at a home, by one walk: a million accounts have one each. A path that
 * does not begin with '/' is taken from "/". 0 or WARD_ERR_NOMEM. */
int ward_home_look(struct ward_home *home, const struct ward_root *root,
    const char *path);
/* Was it this one that was looked at last? Accounts of one home, or of none,
 * stand together as often as not. */
bool ward_home_is(const struct ward_home *home, const char *path);
void ward_home_free(struct ward_home *home);

/* "/home/wang/.ssh", whole from '/'. False: it is too long. */
bool ward_home_path(const struct ward_home *home, enum ward_home_name name,
    char *text, size_t size);

/*
 * Open a file that somebody who is not root may have put there; follow: where
 * its last name is a link, the file that this leads to. 0;
 * WARD_ERR_MISSING; WARD_ERR_UNSAFE for what is no regular file; WARD_ERR_RANGE
 * for one larger than `most`; WARD_ERR_IO for every other refusal, also of a
 * file that is not on a disk: `why` then says it.
 */
int ward_home_open(const struct ward_root *root, const char *path, bool follow,
    size_t most, int *ret_fd, char why[WARD_HOME_WHY_SIZE]);
/* What errno says, and that root could. */
void ward_home_why(char why[WARD_HOME_WHY_SIZE]);

#endif
