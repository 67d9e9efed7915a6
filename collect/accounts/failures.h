/* SPDX-License-Identifier: BSD-2-Clause */
/* Failed log-ins, from the records that lastb(1) shows. */
#ifndef WARD_FAILURES_H
#define WARD_FAILURES_H

#include "collect/accounts/lastuse.h"

/* Those of one account. */
struct ward_failure {
	uint32_t count;
	uint32_t last; /* seconds */
	enum ward_file last_file;
};

/* Zeroed: no file was read. */
struct ward_failures {
	struct ward_failure *list; /* one an account; NULL: nobody has any */
	bool lost;                 /* of a file that is there not all is read */
	bool known;                /* the file that is written now was read */
	enum ward_file lacking;    /* else one that was not, */
	const char *why;           /* and why */
};

/*
 * Count the failed log-ins of each account in a file like /var/log/btmp, but
 * for those later than `now`. People type their passwords where the name
 * belongs: a name that is no account's is not kept, told or counted. What is
 * wrong with the file is told as ward_wtmp_read() does. Takes the descriptor.
 * 0, WARD_ERR_NOMEM or WARD_ERR_IO (errno is set).
 */
int ward_failures_read(int fd, enum ward_file file,
    const struct ward_lastuse *into, struct ward_failures *failures);
void ward_failures_free(struct ward_failures *failures);

#endif
