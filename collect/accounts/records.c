/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/records.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* With 32-bit times on x86-64 and most others, with 64-bit ones on aarch64. */
static_assert(sizeof(struct utmp) == 384 || sizeof(struct utmp) == 400,
    "another utmp(5)");
static_assert(sizeof(struct lastlog) == 292 || sizeof(struct lastlog) == 296,
    "another lastlog(8)");

#define AT_ONCE 64

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

int
ward_record_each(int fd, void (*take)(void *arg, const struct utmp *record),
    void *arg, size_t *ret_left)
{
	struct utmp records[AT_ONCE];
	ssize_t n;

	do {
		n = read_whole(fd, records, sizeof(records));
		if (n < 0) {
			return WARD_ERR_IO;
		}
		for (size_t i = 0; i < (size_t)n / sizeof(records[0]); i++) {
			take(arg, &records[i]);
		}
		*ret_left = (size_t)n % sizeof(records[0]);
	} while (n == sizeof(records));
	return 0;
}

static void
mark(struct ward_entry *e)
{
	e->name_cut = 1;
	e->use_hidden = 1;
}

void
ward_record_mark(struct ward_accounts *accounts)
{
	for (uint32_t i = 0; i < accounts->count; i++) {
		struct ward_entry *e = &accounts->list[i];
		uint32_t other;

		if (strnlen(e->name, UT_NAMESIZE + 1) <= UT_NAMESIZE) {
			continue;
		}
		mark(e);
		other = ward_accounts_find(accounts, e->name, UT_NAMESIZE);
		if (other != WARD_TABLE_NONE) {
			mark(&accounts->list[other]);
		}
	}
}

uint32_t
ward_record_account(const struct ward_accounts *accounts,
    const struct utmp *record)
{
	/* A name of the whole length has no NUL behind it. */
	uint32_t account = ward_accounts_find(accounts, record->ut_user,
	    strnlen(record->ut_user, sizeof(record->ut_user)));

	return account != WARD_TABLE_NONE && accounts->list[account].name_cut ?
	    WARD_TABLE_NONE :
	    account;
}

static int
tell_file(struct ward_defects *defects, enum ward_file file, const char *detail)
{
	return ward_defects_add(defects, WARD_REASON_WELLFORMED_RECORD_FILE,
	    NULL, (struct ward_source){ ward_file_path(file), 0 }, detail);
}

int
ward_record_tell_odd(struct ward_defects *defects, enum ward_file file,
    uint64_t count, const char *first)
{
	char detail[128];

	if (count == 0) {
		return 0;
	}
	(void)snprintf(detail, sizeof(detail),
	    NC_("detail",
		"%llu of them later than now, the first that of %.64s"),
	    (unsigned long long)count, first);
	return tell_file(defects, file, detail);
}

int
ward_record_tell_torn(struct ward_defects *defects, enum ward_file file,
    size_t left, size_t size)
{
	char detail[64];

	(void)snprintf(detail, sizeof(detail),
	    NC_("detail", "%zu bytes at the end, where a record has %zu"), left,
	    size);
	return ward_defects_add(defects, WARD_REASON_WELLFORMED_RECORD, NULL,
	    (struct ward_source){ ward_file_path(file), 0 }, detail);
}

int
ward_record_tell_large(struct ward_defects *defects, enum ward_file file)
{
	char detail[64];

	(void)snprintf(detail, sizeof(detail),
	    NC_("detail", "larger than %llu bytes"),
	    (unsigned long long)WARD_RECORDS_MAX);
	return tell_file(defects, file, detail);
}
