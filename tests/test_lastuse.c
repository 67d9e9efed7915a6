/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "collect/accounts/lastuse.h"
#include "collect/accounts/passwd.h"

#define LONG_NAME "a2345678901234567890123456789012" /* 32 bytes */

struct fixture {
	struct ward_accounts *accounts;
	struct ward_defects defects;
	struct ward_lastuse into;
};

#define NOW 1795000000 /* November 2026 */
#define DAY 86400

enum {
	ROOT,
	ANN,
	LAST,
	LONG,
	BOB
};

static int
set_up(void **state)
{
	static const char passwd[] = "root:x:0:0::/:\nann:x:1000:1::/:\n"
				     "last:x:4294967294:1::/:\n" LONG_NAME
				     ":x:1002:1::/:\n"
				     "bob:x:27:1::/:\n";
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->defects.pool = ward_pool_new();
	assert_non_null(f->defects.pool);
	assert_int_equal(ward_accounts_new(&f->accounts), 0);
	assert_int_equal(ward_passwd_read(ward_memory_fd(passwd,
					      sizeof(passwd) - 1),
			     f->accounts, &f->defects),
	    0);
	f->into = (struct ward_lastuse){ .accounts = f->accounts,
		.defects = &f->defects,
		.now = 4000000000,
		.latest = 4000000000 };
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_accounts_free(f->accounts);
	ward_defects_free(&f->defects);
	ward_pool_free(f->defects.pool);
	free(f);
	return 0;
}

static void
expect(const struct fixture *f, uint32_t account, enum ward_use use,
    uint32_t seconds, enum ward_file file)
{
	const struct ward_entry *e = &f->accounts->list[account];

	assert_int_equal(e->use, use);
	if (use != WARD_USE_UNKNOWN) {
		assert_int_equal(e->last_use, seconds);
		assert_int_equal(e->use_file, file);
	}
}

static int
lastlog_fd(void)
{
	int fd = memfd_create("lastlog", MFD_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

static void
put_lastlog(int fd, uint32_t uid, uint32_t seconds)
{
	struct lastlog record = { 0 };

	memcpy(&record.ll_time, &seconds, sizeof(seconds));
	assert_int_equal(pwrite(fd, &record, sizeof(record),
			     (off_t)uid * (off_t)sizeof(record)),
	    sizeof(record));
}

static void
test_lastlog_read__sparse(void **state)
{
	struct fixture *f = *state;
	int fd = lastlog_fd();

	put_lastlog(fd, 1000, 1700000000);
	put_lastlog(fd, 4294967294u, 3000000000u); /* after 2038 */
	put_lastlog(fd, 27, 1);
	assert_int_equal(ward_lastlog_read(fd, UINT32_MAX, &f->into), 0);
	expect(f, ROOT, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
	expect(f, ANN, WARD_USE_SEEN, 1700000000, WARD_FILE_LASTLOG);
	expect(f, LAST, WARD_USE_SEEN, 3000000000u, WARD_FILE_LASTLOG);
	expect(f, LONG, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
	expect(f, BOB, WARD_USE_SEEN, 1, WARD_FILE_LASTLOG);
	assert_int_equal(f->defects.count, 0);
}

static void
test_lastlog_read__short(void **state)
{
	struct fixture *f = *state;
	size_t fds = ward_open_fds();
	int fd = lastlog_fd();
	char text[128];

	/* The record of uid 1000 is torn; those above are not there. */
	put_lastlog(fd, 999, 5);
	put_lastlog(fd, 1000, 1700000000);
	assert_int_equal(ftruncate(fd,
			     1000 * (off_t)sizeof(struct lastlog) + 100),
	    0);
	assert_int_equal(ward_lastlog_read(fd, UINT32_MAX, &f->into), 0);
	assert_int_equal(ward_open_fds(), fds);
	expect(f, ANN, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
	expect(f, LAST, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
	ward_defects_text(f->defects.list, f->defects.count, text,
	    sizeof(text));
	assert_non_null(strstr(text, "wellformed_record: 100 bytes at the"));
	assert_string_equal(f->defects.list[0].source.file, "/var/log/lastlog");
}

/* Of a uid above LASTLOG_UID_MAX it would not know. */
static void
test_lastlog_read__above(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(ward_lastlog_read(lastlog_fd(), 1000, &f->into), 0);
	expect(f, ANN, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
	expect(f, LONG, WARD_USE_UNKNOWN, 0, WARD_FILE_LASTLOG);
	assert_int_equal(f->defects.count, 0);
}

static struct utmp
record_of(short type, const char *name, size_t size, uint32_t seconds)
{
	struct utmp u;

	/* What stands behind the name is not part of it. */
	memset(&u, 'X', sizeof(u));
	u.ut_type = type;
	memset(u.ut_user, 0, sizeof(u.ut_user));
	memcpy(u.ut_user, name, size);
	u.ut_tv.tv_sec = (int32_t)seconds;
	return u;
}

/* Whose log-in it was can't be told: neither "never" nor the other's. */
static void
test_wtmp_read__cut_names(void **state)
{
	static const char text[] = LONG_NAME "x:x:1003:1::/:\n";
	struct fixture *f = *state;
	struct utmp record = record_of(USER_PROCESS, LONG_NAME, 32, 7);
	int fd = lastlog_fd();

	assert_int_equal(ward_passwd_read(ward_memory_fd(text,
					      sizeof(text) - 1),
			     f->accounts, &f->defects),
	    0);
	f->into = ward_lastuse_into(f->accounts, &f->defects, NOW);
	assert_int_equal(ward_wtmp_read(ward_memory_fd(&record, sizeof(record)),
			     WARD_FILE_WTMP, &f->into),
	    0);
	expect(f, LONG, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP);
	expect(f, BOB + 1, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP);
	put_lastlog(fd, 1003, 9);
	assert_int_equal(ward_lastlog_read(fd, UINT32_MAX, &f->into), 0);
	expect(f, LONG, WARD_USE_UNKNOWN, 0, WARD_FILE_LASTLOG);
	expect(f, BOB + 1, WARD_USE_SEEN, 9, WARD_FILE_LASTLOG);
	expect(f, BOB, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
}

static void
test_wtmp_read__records(void **state)
{
	struct fixture *f = *state;
	struct utmp list[100];
	size_t count = sizeof(list) / sizeof(list[0]);

	for (size_t i = 0; i < count; i++) {
		list[i] = record_of(USER_PROCESS, "nobody", 6, 7);
	}
	list[0] = record_of(USER_PROCESS, "ann", 3, 1700000000);
	list[1] = record_of(USER_PROCESS, "ann", 3, 1600000000);
	list[2] = record_of(DEAD_PROCESS, "ann", 3, 1800000000);
	list[3] = record_of(BOOT_TIME, "reboot", 6, 1800000000);
	list[4] = record_of(USER_PROCESS, LONG_NAME, 32, 1700000001);
	list[5] = record_of(USER_PROCESS, "", 0, 1800000000);
	list[6] = record_of(USER_PROCESS, "root", 4, 0);
	list[99] = record_of(USER_PROCESS, "bob", 3, 3000000000u);
	assert_int_equal(ward_wtmp_read(ward_memory_fd(list, sizeof(list)),
			     WARD_FILE_WTMP, &f->into),
	    0);
	expect(f, ANN, WARD_USE_SEEN, 1700000000, WARD_FILE_WTMP);
	expect(f, LONG, WARD_USE_SEEN, 1700000001, WARD_FILE_WTMP);
	expect(f, BOB, WARD_USE_SEEN, 3000000000u, WARD_FILE_WTMP);
	expect(f, ROOT, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP);
	assert_int_equal(f->defects.count, 0);
}

static void
test_wtmp_read__torn(void **state)
{
	struct fixture *f = *state;
	struct utmp list[2] = {
		record_of(USER_PROCESS, "ann", 3, 1700000000),
		record_of(USER_PROCESS, "bob", 3, 1700000000),
	};
	char expected[128], text[128];

	assert_int_equal(ward_wtmp_read(ward_memory_fd(list, sizeof(list) - 1),
			     WARD_FILE_WTMP_1, &f->into),
	    0);
	expect(f, ANN, WARD_USE_SEEN, 1700000000, WARD_FILE_WTMP_1);
	expect(f, BOB, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP_1);
	(void)snprintf(expected, sizeof(expected),
	    "wellformed_record: %zu "
	    "bytes at the end, where a record has %zu @0",
	    sizeof(list[0]) - 1, sizeof(list[0]));
	ward_defects_text(f->defects.list, f->defects.count, text,
	    sizeof(text));
	assert_string_equal(text, expected);
	assert_string_equal(f->defects.list[0].source.file, "/var/log/wtmp.1");
}

static void
test_lastuse__latest_wins(void **state)
{
	struct fixture *f = *state;
	struct utmp list[2] = {
		record_of(USER_PROCESS, "ann", 3, 200),
		record_of(USER_PROCESS, "bob", 3, 200),
	};
	int fd = lastlog_fd();

	put_lastlog(fd, 1000, 100);
	put_lastlog(fd, 27, 300);
	assert_int_equal(ward_wtmp_read(ward_memory_fd(list, sizeof(list)),
			     WARD_FILE_WTMP, &f->into),
	    0);
	assert_int_equal(ward_lastlog_read(fd, UINT32_MAX, &f->into), 0);
	expect(f, ANN, WARD_USE_SEEN, 200, WARD_FILE_WTMP);
	expect(f, BOB, WARD_USE_SEEN, 300, WARD_FILE_LASTLOG);
}

static void
expect_file_defect(struct fixture *f, const char *file, const char *expected)
{
	char text[256];

	ward_defects_text(f->defects.list, f->defects.count, text,
	    sizeof(text));
	assert_string_equal(text, expected);
	assert_string_equal(f->defects.list[0].source.file, file);
}

/* A record that no clock can have written yet: when the account was used is
 * not known, and it is not "never". */
static void
test_lastuse__future(void **state)
{
	struct fixture *f = *state;
	struct utmp list[4] = {
		record_of(USER_PROCESS, "ann", 3, 2147483647),
		record_of(USER_PROCESS, "bob", 3, 2147483647),
		record_of(USER_PROCESS, "bob", 3, NOW - 5),
		record_of(USER_PROCESS, LONG_NAME, 32, (uint32_t)-1),
	};
	int fd = lastlog_fd();

	f->into.now = NOW;
	f->into.latest = NOW + DAY;
	put_lastlog(fd, 0, (uint32_t)-1);
	put_lastlog(fd, 27, 0x80000000u);
	put_lastlog(fd, 4294967294u, NOW - 7);
	assert_int_equal(ward_wtmp_read(ward_memory_fd(list, sizeof(list)),
			     WARD_FILE_WTMP, &f->into),
	    0);
	expect_file_defect(f, "/var/log/wtmp",
	    "wellformed_record_file: 3 of them later than now, "
	    "the first that of ann @0");
	assert_int_equal(ward_lastlog_read(fd, UINT32_MAX, &f->into), 0);
	expect(f, ROOT, WARD_USE_UNKNOWN, 0, WARD_FILE_LASTLOG);
	expect(f, ANN, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP);
	expect(f, LONG, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP);
	expect(f, BOB, WARD_USE_SEEN, NOW - 5, WARD_FILE_WTMP);
	expect(f, LAST, WARD_USE_SEEN, NOW - 7, WARD_FILE_LASTLOG);
	assert_int_equal(f->defects.count, 2);
	assert_string_equal(f->defects.list[1].source.file, "/var/log/lastlog");
}

/* Judged for a day in the past: later records are no fault. */
static void
test_lastuse__since(void **state)
{
	struct fixture *f = *state;
	int fd = lastlog_fd();

	f->into.now = NOW;
	f->into.latest = NOW + 100 * DAY;
	put_lastlog(fd, 0, NOW);
	put_lastlog(fd, 27, NOW + 100 * DAY);
	put_lastlog(fd, 1000, NOW + 100 * DAY + 1);
	assert_int_equal(ward_lastlog_read(fd, UINT32_MAX, &f->into), 0);
	expect(f, ROOT, WARD_USE_SEEN, NOW, WARD_FILE_LASTLOG);
	expect(f, BOB, WARD_USE_SEEN, NOW, WARD_FILE_LASTLOG);
	expect(f, ANN, WARD_USE_UNKNOWN, 0, WARD_FILE_LASTLOG);
	expect(f, LONG, WARD_USE_NEVER, 0, WARD_FILE_LASTLOG);
}

static void
test_lastuse__into(void **state)
{
	struct fixture *f = *state;
	const int64_t clock = (int64_t)time(NULL), ahead = clock + 900 * DAY;
	struct ward_lastuse into;

	into = ward_lastuse_into(f->accounts, &f->defects, 5);
	assert_int_equal(into.now, 5);
	assert_in_range(into.latest, clock + DAY, clock + DAY + 60);
	into = ward_lastuse_into(f->accounts, &f->defects, ahead);
	assert_int_equal(into.latest, ahead + DAY);
}

/* A hole of 15 TB: not read, and nobody counts as never used. */
static void
test_wtmp_read__huge(void **state)
{
	struct fixture *f = *state;
	int fd = memfd_create("wtmp", MFD_CLOEXEC), lastlog = lastlog_fd();
	size_t fds;

	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, (off_t)15 << 40), 0);
	put_lastlog(lastlog, 27, NOW);
	fds = ward_open_fds();
	assert_int_equal(ward_wtmp_read(fd, WARD_FILE_WTMP, &f->into), 0);
	assert_int_equal(ward_open_fds(), fds - 1);
	expect_file_defect(f, "/var/log/wtmp",
	    "wellformed_record_file: larger than 4294967296 bytes @0");
	assert_int_equal(ward_lastlog_read(lastlog, UINT32_MAX, &f->into), 0);
	expect(f, ANN, WARD_USE_UNKNOWN, 0, WARD_FILE_WTMP);
	expect(f, BOB, WARD_USE_SEEN, NOW, WARD_FILE_LASTLOG);
	assert_int_equal(f->defects.count, 1);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_lastlog_read__sparse),
		TEST(test_lastlog_read__short),
		TEST(test_lastlog_read__above),
		TEST(test_wtmp_read__cut_names),
		TEST(test_wtmp_read__records),
		TEST(test_wtmp_read__torn),
		TEST(test_lastuse__latest_wins),
		TEST(test_lastuse__future),
		TEST(test_lastuse__since),
		TEST(test_lastuse__into),
		TEST(test_wtmp_read__huge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
