/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/lastuse.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "collect/accounts/records.h"

#define DAY_SECONDS 86400
#define LASTLOG_AT_ONCE 28

/* A file that is read: what in it could not be believed. */
struct reading {
	const struct ward_lastuse *into;
	enum ward_file file;
	uint64_t odd;      /* so many records */
	const char *first; /* the first of them is this account's */
};

struct ward_lastuse
ward_lastuse_into(struct ward_accounts *accounts, struct ward_defects *defects,
    int64_t now)
{
	int64_t clock = (int64_t)time(NULL);

	ward_record_mark(accounts);
	return (struct ward_lastuse){ .accounts = accounts,
		.defects = defects,
		.now = now,
		.latest = (clock > now ? clock : now) + DAY_SECONDS };
}

/* The account was used at this time, if the time can be believed. */
static void
take_use(struct reading *in, uint32_t account, int64_t seconds)
{
	const struct ward_lastuse *into = in->into;
	struct ward_entry *e = &into->accounts->list[account];

	if (seconds < 0 || seconds > into->latest || seconds > UINT32_MAX) {
		e->use_hidden = 1;
		in->first = in->odd++ == 0 ? e->name : in->first;
		return;
	}
	if (seconds > into->now) {
		seconds = into->now < 0 ? 0 : into->now;
	}
	ward_accounts_used(into->accounts, account, (uint32_t)seconds,
	    in->file);
}

static void
take_utmp(void *arg, const struct utmp *u)
{
	struct reading *in = arg;
	uint32_t account;

	if (u->ut_type != USER_PROCESS || u->ut_tv.tv_sec == 0) {
		return;
	}
	account = ward_record_account(in->into->accounts, u);
	if (account != WARD_TABLE_NONE) {
		take_use(in, account, WARD_RECORD_SECONDS(u->ut_tv.tv_sec));
	}
}

/* The file is not read: whoever it would tell of. */
static int
pass_over(const struct ward_lastuse *into, enum ward_file file)
{
	for (uint32_t i = 0; i < into->accounts->count; i++) {
		into->accounts->list[i].use_hidden = 1;
	}
	return ward_record_tell_large(into->defects, file);
}

int
ward_wtmp_read(int fd, enum ward_file file, const struct ward_lastuse *into)
{
	struct reading in = { .into = into, .file = file };
	size_t left = 0;
	struct stat st;
	int r = 0, saved;

	if (fstat(fd, &st) != 0) {
		r = WARD_ERR_IO;
	} else if ((uint64_t)st.st_size > WARD_RECORDS_MAX) {
		r = pass_over(into, file);
	} else {
		r = ward_record_each(fd, take_utmp, &in, &left);
	}
	if (r == 0) {
		r = ward_record_tell_odd(into->defects, file, in.odd, in.first);
	}
	if (r == 0 && left > 0) {
		r = ward_record_tell_torn(into->defects, file, left,
		    sizeof(struct utmp));
	}
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
look_up(struct window *w, uint32_t uid, int64_t *ret_time)
{
	if (uid - uid % LASTLOG_AT_ONCE != w->first && move(w, uid) != 0) {
		return -1;
	}
	uid -= w->first;
	*ret_time = uid < w->count ?
	    WARD_RECORD_SECONDS(w->records[uid].ll_time) :
	    0;
	return 0;
}

/* 0 or WARD_ERR_IO. */
static int
look_all_up(struct reading *in, struct window *w, uint32_t uid_max)
{
	struct ward_accounts *accounts = in->into->accounts;
	int64_t seconds;

	for (uint32_t i = 0; i < accounts->count; i++) {
		struct ward_entry *e = &accounts->list[i];

		if (e->uid > uid_max) {
			continue;
		}
		if (look_up(w, e->uid, &seconds) != 0) {
			return WARD_ERR_IO;
		}
		if (seconds != 0) {
			take_use(in, i, seconds);
		} else if (e->use == WARD_USE_UNKNOWN && !e->use_hidden) {
			e->use = WARD_USE_NEVER;
			e->use_file = WARD_FILE_LASTLOG;
		}
	}
	return 0;
}

int
ward_lastlog_read(int fd, uint32_t uid_max, const struct ward_lastuse *into)
{
	struct reading in = { .into = into, .file = WARD_FILE_LASTLOG };
	struct window w = { .fd = fd };
	struct stat st;
	size_t left = 0;
	int r = WARD_ERR_IO, saved;

	if (fstat(fd, &st) == 0 && move(&w, 0) == 0) {
		left = (size_t)((uint64_t)st.st_size % sizeof(w.records[0]));
		r = look_all_up(&in, &w, uid_max);
	}
	if (r == 0) {
		r = ward_record_tell_odd(into->defects, WARD_FILE_LASTLOG,
		    in.odd, in.first);
	}
	if (r == 0 && left > 0) {
		r = ward_record_tell_torn(into->defects, WARD_FILE_LASTLOG,
		    left, sizeof(w.records[0]));
	}
	saved = errno;
	(void)close(fd);
	errno = saved;
	return r;
}
