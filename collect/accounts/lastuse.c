/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/lastuse.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utmp.h>

/* With 32-bit times on x86-64 and most others, with 64-bit ones on aarch64. */
static_assert(sizeof(struct utmp) == 384 || sizeof(struct utmp) == 400,
    "another utmp(5)");
static_assert(sizeof(struct lastlog) == 292 || sizeof(struct lastlog) == 296,
    "another lastlog(8)");

#define UTMP_AT_ONCE 64
#define LASTLOG_AT_ONCE 28

/* Read up to `size` bytes, fewer only at the end of the file. -1: errno. */
static ssize_t
read_whole(int fd, void *buffer, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, (char *)buffer + done, size - done);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return -1;
		}
		if (n == 0) {
			break;
		}
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static int
note_torn(struct ward_defects *defects, enum ward_file file, size_t left,
    size_t size)
{
	char detail[64];

	(void)snprintf(detail, sizeof(detail),
	    "%zu bytes at the end, where a record has %zu", left, size);
	return ward_defects_add(defects, WARD_REASON_WELLFORMED_RECORD, NULL,
	    (struct ward_source){ ward_file_path(file), 0 }, detail);
}

static void
take_utmp(struct ward_accounts *accounts, enum ward_file file,
    const struct utmp *u)
{
	uint32_t account;

	if (u->ut_type != USER_PROCESS || u->ut_tv.tv_sec == 0) {
		return;
	}
	/* A name of the whole length has no NUL behind it. */
	account = ward_accounts_find(accounts, u->ut_user,
	    strnlen(u->ut_user, sizeof(u->ut_user)));
	if (account != WARD_TABLE_NONE) {
		ward_accounts_used(accounts, account, (uint32_t)u->ut_tv.tv_sec,
		    file);
	}
}

int
ward_wtmp_read(int fd, enum ward_file file, struct ward_accounts *accounts,
    struct ward_defects *defects)
{
	struct utmp records[UTMP_AT_ONCE];
	size_t left = 0;
	ssize_t n;
	int r = 0, saved;

	do {
		n = read_whole(fd, records, sizeof(records));
		if (n < 0) {
			r = WARD_ERR_IO;
			goto out;
		}
		for (size_t i = 0; i < (size_t)n / sizeof(records[0]); i++) {
			take_utmp(accounts, file, &records[i]);
		}
		left = (size_t)n % sizeof(records[0]);
	} while (n == sizeof(records));
	if (left > 0) {
		r = note_torn(defects, file, left, sizeof(records[0]));
	}
out:
	saved = errno;
	(void)close(fd);
	errno = saved;
	return r;
}

/* A window on the records of a lastlog file. */
struct window {
	int fd;
	struct lastlog records[LASTLOG_AT_ONCE];
	uint32_t first; /* the uid of records[0] */
	size_t count;   /* how many are whole */
};

/* Move the window to where the uid is. 0, or -1 with errno. */
static int
move(struct window *w, uint32_t uid)
{
	size_t done = 0;

	w->first = uid - uid % LASTLOG_AT_ONCE;
	w->count = 0;
	while (done < sizeof(w->records)) {
		ssize_t n = pread(w->fd, (char *)w->records + done,
		    sizeof(w->records) - done,
		    (off_t)w->first * (off_t)sizeof(w->records[0]) +
			(off_t)done);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return -1;
		}
		if (n == 0) {
			break;
		}
		done += (size_t)n;
	}
	w->count = done / sizeof(w->records[0]);
	return 0;
}

static int
look_up(struct window *w, uint32_t uid, uint32_t *ret_time)
{
	if (uid - uid % LASTLOG_AT_ONCE != w->first && move(w, uid) != 0) {
		return -1;
	}
	uid -= w->first;
	*ret_time = uid < w->count ? (uint32_t)w->records[uid].ll_time : 0;
	return 0;
}

int
ward_lastlog_read(int fd, uint32_t uid_max, struct ward_accounts *accounts,
    struct ward_defects *defects)
{
	struct window w = { .fd = fd };
	struct stat st;
	uint32_t seconds;
	size_t left;
	int r = 0, saved;

	if (fstat(fd, &st) != 0 || move(&w, 0) != 0) {
		r = WARD_ERR_IO;
		goto out;
	}
	for (uint32_t i = 0; i < accounts->count; i++) {
		struct ward_entry *e = &accounts->list[i];

		if (e->uid > uid_max) {
			continue;
		}
		if (look_up(&w, e->uid, &seconds) != 0) {
			r = WARD_ERR_IO;
			goto out;
		}
		if (seconds != 0) {
			ward_accounts_used(accounts, i, seconds,
			    WARD_FILE_LASTLOG);
		} else if (e->use == WARD_USE_UNKNOWN) {
			e->use = WARD_USE_NEVER;
			e->use_file = WARD_FILE_LASTLOG;
		}
	}
	left = (size_t)((uint64_t)st.st_size % sizeof(w.records[0]));
	if (left > 0) {
		r = note_torn(defects, WARD_FILE_LASTLOG, left,
		    sizeof(w.records[0]));
	}
out:
	saved = errno;
	(void)close(fd);
	errno = saved;
	return r;
}
