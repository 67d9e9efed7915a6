/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/failures.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collect/accounts/records.h"

/* A file that is read: what in it could not be believed. */
struct reading {
	const struct ward_lastuse *into;
	struct ward_failures *failures;
	enum ward_file file;
	uint64_t odd;
	const char *first;
	bool no_memory;
};

void
ward_failures_free(struct ward_failures *failures)
{
	free(failures->list);
	failures->list = NULL;
}

static void
count(struct reading *in, uint32_t account, uint32_t seconds)
{
	struct ward_failures *failures = in->failures;
	struct ward_failure *f;

	if (failures->list == NULL) {
		failures->list = calloc(in->into->accounts->count,
		    sizeof(*failures->list));
	}
	if (failures->list == NULL) {
		in->no_memory = true;
		return;
	}
	f = &failures->list[account];
	f->count += f->count < UINT32_MAX;
	if (seconds >= f->last) {
		f->last = seconds;
		f->last_file = in->file;
	}
}

/* Programs write records of different types; lastb(1) shows them all. */
static void
take_record(void *arg, const struct utmp *u)
{
	struct reading *in = arg;
	int64_t seconds = WARD_RECORD_SECONDS(u->ut_tv.tv_sec);
	uint32_t account;

	if (u->ut_user[0] == '\0') {
		return;
	}
	account = ward_record_account(in->into->accounts, u);
	if (account == WARD_TABLE_NONE) {
		return;
	}
	if (seconds < 0 || seconds > in->into->latest || seconds > UINT32_MAX) {
		in->first = in->odd++ == 0 ?
		    in->into->accounts->list[account].name :
		    in->first;
	} else if (seconds <= in->into->now) {
		count(in, account, (uint32_t)seconds);
	}
}

/* 0, WARD_ERR_NOMEM or WARD_ERR_IO. */
static int
read_all(struct reading *in, int fd)
{
	struct ward_defects *defects = in->into->defects;
	size_t left = 0;
	struct stat st;
	int r;

	if (fstat(fd, &st) != 0) {
		return WARD_ERR_IO;
	}
	if ((uint64_t)st.st_size > WARD_RECORDS_MAX) {
		in->failures->lost = true;
		in->failures->lacking = in->file;
		in->failures->why = N_("the file is too large to be read");
		return ward_record_tell_large(defects, in->file);
	}
	r = ward_record_each(fd, take_record, in, &left);
	if (r == 0 && in->no_memory) {
		r = WARD_ERR_NOMEM;
	}
	if (r == 0) {
		r = ward_record_tell_odd(defects, in->file, in->odd, in->first);
	}
	if (r == 0 && left > 0) {
		r = ward_record_tell_torn(defects, in->file, left,
		    sizeof(struct utmp));
	}
	return r;
}

int
ward_failures_read(int fd, enum ward_file file, const struct ward_lastuse *into,
    struct ward_failures *failures)
{
	struct reading in = { .into = into,
		.failures = failures,
		.file = file };
	int r = read_all(&in, fd), saved = errno;

	(void)close(fd);
	errno = saved;
	return r;
}
