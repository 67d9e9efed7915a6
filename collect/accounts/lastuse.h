/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_LASTUSE_H
#define WARD_LASTUSE_H

#include "collect/accounts/accounts.h"
#include "collect/base/defects.h"

/*
 * What log-in records are read into, and how far they are believed. A record
 * later than `latest`, the end of what can have happened yet, tells that the
 * account was used, but not when: it is passed over, and where no other record
 * tells more, the use is not known, rather than "never". One that is later than
 * `now` but not than `latest` was written since the moment that is judged for:
 * it counts as a use at `now`.
 */
struct ward_lastuse {
	struct ward_accounts *accounts;
	struct ward_defects *defects;
	int64_t now, latest; /* seconds */
};

/* `latest` is a day, for clocks that differ, after the host's clock or `now`,
 * whichever is later. */
struct ward_lastuse ward_lastuse_into(struct ward_accounts *accounts,
    struct ward_defects *defects, int64_t now);

/*
 * Read the log-ins of wtmp(5). A record that is torn at the end of the file
 * becomes a defect, and so do records that can't be believed. Of a file larger
 * than WARD_RECORDS_MAX nothing is read: that is a defect too, and nobody then
 * counts as never used. `file` says which file it is. Takes the descriptor. 0,
 * WARD_ERR_NOMEM or WARD_ERR_IO (errno is set).
 */
int ward_wtmp_read(int fd, enum ward_file file,
    const struct ward_lastuse *into);

/*
 * Look each account up in lastlog(8). Who is not in it never logged in, but
 * of uids above `uid_max` it says nothing. Only the pieces of the sparse file
 * that are asked for are read. Takes the descriptor; as above.
 */
int ward_lastlog_read(int fd, uint32_t uid_max,
    const struct ward_lastuse *into);

#endif
