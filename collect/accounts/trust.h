/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that let users of other hosts in without a password: rhosts(5) and
 * hosts.equiv(5), as ruserok(3) and sshd(8) read them. */
#ifndef WARD_TRUST_H
#define WARD_TRUST_H

#include <limits.h>

#include "collect/accounts/home.h"
#include "collect/base/defects.h"

#define WARD_TRUST_FILE_MAX ((size_t)1 << 20)
#define WARD_TRUST_DETAIL_SIZE 160

/* Valid until the next look. */
struct ward_trust {
	bool known; /* every file could be read, or is not there */
	struct ward_source source; /* the first entry that lets somebody in */
	char detail[WARD_TRUST_DETAIL_SIZE]; /* what it says */
	char path[PATH_MAX];
	struct ward_source unread; /* the first that is not known */
	char unread_path[PATH_MAX], why[WARD_TRUST_DETAIL_SIZE];
};

/*
 * Look at .rhosts and .shosts in the home. Whoever may write there chooses what
 * we read as root: no link is followed, nor a file read that has other names.
 * 0 or WARD_ERR_NOMEM.
 */
int ward_trust_look(struct ward_trust *trust, const struct ward_root *root,
    const struct ward_home *home);
/* Tell of the files that count for every account. 0 or WARD_ERR_NOMEM. */
int ward_trust_tell_host(const struct ward_root *root,
    struct ward_defects *defects);

/* What one file says. */
struct ward_trust_file {
	uint32_t line; /* of the first entry that lets somebody in; 0: none */
	bool known;
	/* The entry, told only where it has the form of one; else why the file
	 * is not known. */
	char detail[WARD_TRUST_DETAIL_SIZE];
};

/* Takes the descriptor. 0 or WARD_ERR_NOMEM. */
int ward_trust_read(int fd, struct ward_trust_file *ret_file);
/* Does the line let anybody in? One that keeps somebody out does not. */
bool ward_trust_lets_in(const char *line);

#endif
