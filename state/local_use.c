/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/local_use.h"

#include <assert.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "state/host_file.h"
#include "state/host_lines.h"

#define LASTLOG "/var/log/lastlog"
#define DAY_SECONDS 86400

const char ward_use_hidden[] = N_("a log-in is recorded, but not when");

/* With 32-bit times on x86-64 and most others, with 64-bit ones on aarch64. */
static_assert(sizeof(struct lastlog) == 292 || sizeof(struct lastlog) == 296,
    "another lastlog(8)");

/* The time of the uid's record, 0 where it has none. 32 bits have no sign, as
 * in glibc from 2.40 on. Negative: the errors of ward_host_file_open(). */
static int
read_record(const struct ward_state *state, uint32_t uid, int64_t *ret_time)
{
	struct lastlog record;
	struct stat st;
	ssize_t n;
	int fd, r;

	r = ward_host_file_open(state, LASTLOG, WARD_HOST_RECORDS, &fd, &st,
	    NULL);
	if (r != 0) {
		return r;
	}
	do {
		n = pread(fd, &record, sizeof(record),
		    (off_t)uid * (off_t)sizeof(record));
	} while (n < 0 && errno == EINTR);
	(void)close(fd);
	if (n < 0) {
		return WARD_ERR_IO;
	}
	if (n < (ssize_t)sizeof(record)) {
		*ret_time = 0;
	} else if (sizeof(record.ll_time) == sizeof(uint32_t)) {
		*ret_time = (int64_t)(uint32_t)record.ll_time;
	} else {
		*ret_time = (int64_t)record.ll_time;
	}
	return 0;
}

/* No later than now; false: a moment at which nothing can have been. */
static bool
clip(int64_t *then, int64_t now)
{
	const int64_t clock = (int64_t)time(NULL);
	const int64_t latest = (clock > now ? clock : now) + DAY_SECONDS;

	if (*then < 0 || *then > latest) {
		return false;
	}
	*then = *then > now ? now : *then;
	return true;
}

void
ward_local_revived_take(struct ward_account *account, int64_t then, int64_t now,
    const char *file)
{
	if (then != 0 && clip(&then, now)) {
		account->revived = (struct ward_optional){ true, then };
		account->record = (struct ward_source){ .file = file };
	}
}

void
ward_local_use_take(struct ward_account *account, int64_t then, int64_t now,
    const char *file, bool *ret_hidden)
{
	if (!clip(&then, now)) {
		*ret_hidden = true;
		return;
	}
	if (account->use != WARD_USE_SEEN || then > account->last_use) {
		account->use = WARD_USE_SEEN;
		account->last_use = then;
		account->use_source = (struct ward_source){ .file = file };
		account->use_why = NULL;
	}
}

/* Would it have a record, had it been used? */
static bool
is_recorded(const struct ward_state *state, uint32_t uid)
{
	struct ward_logindefs defs;

	return ward_logindefs_find(state, &defs, NULL) == 0 &&
	    uid <= defs.lastlog_max;
}

void
ward_local_use_find(const struct ward_state *state, int64_t marked, int64_t now,
    struct ward_account *account)
{
	const uint32_t uid = (uint32_t)account->uid.value;
	int64_t then = 0;
	bool hidden = false;
	int r = read_record(state, uid, &then);

	account->use_source.file = LASTLOG;
	if (r == 0 && then != 0) {
		ward_local_use_take(account, then, now, LASTLOG, &hidden);
	}
	if (marked != 0) {
		ward_local_use_take(account, marked, now, WARD_STATE_ACCOUNTS,
		    &hidden);
	}
	if (account->use == WARD_USE_SEEN) {
		return;
	}
	if (hidden) {
		account->use_why = ward_use_hidden;
	} else if (r == WARD_ERR_MISSING) {
		account->use_why = ward_why_missing;
	} else if (r == WARD_ERR_DENIED) {
		account->use_why = ward_why_denied;
	} else if (r == WARD_ERR_UNSAFE) {
		account->use_why = N_("not a regular file");
	} else if (r != 0) {
		account->use_why = N_("the file can't be read");
	} else if (is_recorded(state, uid)) {
		account->use = WARD_USE_NEVER;
	} else {
		account->use_why = N_(
		    "the file does not record log-ins of so high a uid");
	}
}
