/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utmp.h>

#include "collect/accounts/failures.h"
#include "collect/accounts/passwd.h"
#include "collect/accounts/records.h"

#define LONG_NAME "a2345678901234567890123456789012" /* 32 bytes */
#define CUT_NAME "b2345678901234567890123456789012"  /* of the next */
#define NOW 1795000000
#define DAY 86400

enum {
	ROOT,
	ANN,
	LONG,
	NOBODY,
	CUT,
	LONGER
};

struct fixture {
	struct ward_accounts *accounts;
	struct ward_defects defects;
	struct ward_lastuse into;
	struct ward_failures failures;
	int fd;
};

static int
set_up(void **state)
{
	static const char
	    passwd[] = "root:x:0:0::/:\nann:x:1000:1::/:\n" LONG_NAME
		       ":x:1002:1::/:\n:x:1003:1::/:\n" CUT_NAME
		       ":x:1004:1::/:\n" CUT_NAME "x:x:1005:1::/:\n";
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->defects.pool = ward_pool_new();
	assert_non_null(f->defects.pool);
	assert_int_equal(ward_accounts_new(&f->accounts), 0);
	assert_int_equal(ward_passwd_read(ward_memory_fd(passwd,
					      sizeof(passwd) - 1),
			     f->accounts, &f->defects),
	    0);
	f->defects.count = 0; /* the empty name */
	ward_record_mark(f->accounts);
	f->into = (struct ward_lastuse){ .accounts = f->accounts,
		.defects = &f->defects,
		.now = NOW,
		.latest = NOW + DAY };
	f->fd = memfd_create("btmp", MFD_CLOEXEC);
	assert_true(f->fd >= 0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_failures_free(&f->failures);
	ward_accounts_free(f->accounts);
	ward_defects_free(&f->defects);
	ward_pool_free(f->defects.pool);
	(void)close(f->fd);
	free(f);
	return 0;
}

static void
put(struct fixture *f, const char *name, int64_t seconds, short type)
{
	struct utmp record = { .ut_type = type };

	memcpy(record.ut_user, name, strlen(name));
	record.ut_tv.tv_sec = (int32_t)(uint32_t)seconds;
	assert_int_equal(write(f->fd, &record, sizeof(record)), sizeof(record));
}

static void
read_as(struct fixture *f, enum ward_file file)
{
	assert_int_equal(lseek(f->fd, 0, SEEK_SET), 0);
	assert_int_equal(ward_failures_read(dup(f->fd), file, &f->into,
			     &f->failures),
	    0);
	assert_int_equal(ftruncate(f->fd, 0), 0);
	assert_int_equal(lseek(f->fd, 0, SEEK_SET), 0);
}

static void
expect(const struct fixture *f, uint32_t account, uint32_t count, uint32_t last,
    enum ward_file file)
{
	const struct ward_failure *found = &f->failures.list[account];

	assert_int_equal(found->count, count);
	assert_int_equal(found->last, last);
	assert_int_equal(found->last_file, file);
}

static void
expect_defects(const struct fixture *f, const char *expected)
{
	char text[1024];

	ward_defects_text(f->defects.list, f->defects.count, text,
	    sizeof(text));
	assert_string_equal(text, expected);
}

static void
test_failures_read__counts(void **state)
{
	struct fixture *f = *state;

	put(f, "ann", NOW - 9, LOGIN_PROCESS);
	put(f, "root", NOW - 8, USER_PROCESS);
	read_as(f, WARD_FILE_BTMP_1);
	put(f, "ann", NOW - 5, LOGIN_PROCESS);
	put(f, LONG_NAME, NOW, 0);
	put(f, "ann", NOW - 7, LOGIN_PROCESS); /* in no order */
	put(f, "", NOW, LOGIN_PROCESS);
	put(f, "an", NOW, LOGIN_PROCESS);
	put(f, "annn", NOW, LOGIN_PROCESS);
	read_as(f, WARD_FILE_BTMP);
	expect(f, ANN, 3, NOW - 5, WARD_FILE_BTMP);
	expect(f, ROOT, 1, NOW - 8, WARD_FILE_BTMP_1);
	expect(f, LONG, 1, NOW, WARD_FILE_BTMP);
	assert_int_equal(f->failures.list[NOBODY].count, 0);
	expect_defects(f, "");
}

/* A record of a longer name is that of either of the two. */
static void
test_failures_read__cut_names(void **state)
{
	struct fixture *f = *state;

	assert_true(f->accounts->list[CUT].name_cut);
	assert_true(f->accounts->list[LONGER].name_cut);
	assert_false(f->accounts->list[LONG].name_cut);
	assert_false(f->accounts->list[ANN].name_cut);
	put(f, CUT_NAME, NOW, 0);
	put(f, LONG_NAME, NOW, 0);
	read_as(f, WARD_FILE_BTMP);
	expect(f, LONG, 1, NOW, WARD_FILE_BTMP);
	assert_int_equal(f->failures.list[CUT].count, 0);
	assert_int_equal(f->failures.list[LONGER].count, 0);
}

/* What somebody typed by mistake is nowhere in memory that is kept. */
static void
test_failures_read__no_account(void **state)
{
	struct fixture *f = *state;

	put(f, "Secret-7-Pass", NOW, LOGIN_PROCESS);
	put(f, "Secret-7-Pass", NOW + 2 * DAY, LOGIN_PROCESS);
	read_as(f, WARD_FILE_BTMP);
	assert_null(f->failures.list);
	assert_false(f->failures.lost);
	expect_defects(f, "");
}

static void
test_failures_read__future(void **state)
{
	struct fixture *f = *state;

	put(f, "ann", NOW, LOGIN_PROCESS);
	put(f, "ann", NOW + 1, LOGIN_PROCESS); /* since then */
	put(f, "ann", NOW + DAY, LOGIN_PROCESS);
	read_as(f, WARD_FILE_BTMP);
	expect(f, ANN, 1, NOW, WARD_FILE_BTMP);
	expect_defects(f, "");
	put(f, "ann", NOW + DAY + 1, LOGIN_PROCESS);
	put(f, "root", 0xffffffff, LOGIN_PROCESS);
	read_as(f, WARD_FILE_BTMP);
	expect(f, ANN, 1, NOW, WARD_FILE_BTMP);
	assert_int_equal(f->failures.list[ROOT].count, 0);
	expect_defects(f,
	    "wellformed_record_file: 2 of them later than now, the first that "
	    "of ann @0");
}

static void
test_failures_read__torn(void **state)
{
	struct fixture *f = *state;

	put(f, "ann", 5, LOGIN_PROCESS);
	assert_int_equal(write(f->fd, "ann", 3), 3);
	read_as(f, WARD_FILE_BTMP);
	expect(f, ANN, 1, 5, WARD_FILE_BTMP);
	expect_defects(f,
	    "wellformed_record: 3 bytes at the end, where a record has 384 @0");
}

static void
test_failures_read__huge(void **state)
{
	struct fixture *f = *state;

	put(f, "ann", 5, LOGIN_PROCESS);
	assert_int_equal(ftruncate(f->fd, ((off_t)4 << 30) + 1), 0);
	read_as(f, WARD_FILE_BTMP);
	assert_true(f->failures.lost);
	assert_null(f->failures.list);
	expect_defects(f,
	    "wellformed_record_file: larger than 4294967296 bytes @0");
}

static void
test_failures_read__not_read(void **state)
{
	struct fixture *f = *state;
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(ward_failures_read(fd, WARD_FILE_BTMP, &f->into,
			     &f->failures),
	    WARD_ERR_IO);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_failures_read__counts),
		TEST(test_failures_read__cut_names),
		TEST(test_failures_read__no_account),
		TEST(test_failures_read__future),
		TEST(test_failures_read__torn),
		TEST(test_failures_read__huge),
		TEST(test_failures_read__not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
