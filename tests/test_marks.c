/* SPDX-License-Identifier: BSD-2-Clause */
/* marks.c: what is told of a tally to who does not come in by the door. */
#include "support.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/state.h"

#define WANG "/var/lib/acctward/accounts/wang"
#define NOW 1795000000
#define DAY 86400

struct fixture {
	char *tree, *path;
	struct ward_state *state;
	struct ward_error err;
	size_t fds;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->fds = ward_open_fds();
	f->tree = ward_tree_new(NULL);
	f->path = ward_tree_path(f->tree, WANG);
	assert_int_equal(ward_state_open(f->tree, WARD_STATE_KEEP, &f->state,
			     NULL),
	    0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_state_close(f->state);
	assert_int_equal(ward_open_fds(), f->fds);
	ward_tree_remove(f->tree);
	free(f->path);
	free(f);
	return 0;
}

static void
remember(struct fixture *f, const struct ward_marks *marks)
{
	const struct ward_marks nothing = { .last_use = 0 };
	struct ward_tally *tally;

	assert_int_equal(ward_tally_open(f->state, "wang", WARD_TALLY_MAKE,
			     &tally, NULL),
	    0);
	assert_int_equal(ward_tally_set_marks(tally, &nothing, marks, true,
			     NULL),
	    0);
	ward_tally_close(tally);
}

static int
peek(struct fixture *f, struct ward_marks *ret_marks)
{
	f->err = (struct ward_error){ .language = WARD_ENGLISH };
	return ward_tally_peek(f->state, "wang", ret_marks, &f->err);
}

static void
expect(struct fixture *f, const struct ward_marks *marks)
{
	struct ward_marks found = { .last_use = 1 };

	assert_int_equal(peek(f, &found), 0);
	assert_int_equal(found.last_use, marks->last_use);
	assert_true(found.password == marks->password);
	assert_int_equal(found.reset, marks->reset);
	assert_int_equal(found.passwd_at, marks->passwd_at);
	assert_int_equal(found.shadow_at, marks->shadow_at);
	assert_int_equal(found.revived, marks->revived);
	assert_int_equal(found.changing, marks->changing);
}

static void
expect_error(struct fixture *f, int code, const char *part)
{
	struct ward_marks found = { .last_use = 1 };

	assert_int_equal(peek(f, &found), code);
	assert_int_equal(found.last_use, 1);
	assert_non_null(strstr(f->err.text, part));
}

/* ---- reading -------------------------------------------------------------- */

static void
test_tally_peek__as_remembered(void **state)
{
	const struct ward_marks nothing = { .last_use = 0 };
	const struct ward_marks all = { NOW, 77, true, 5, 6, NOW - 9, NOW - 2 };
	struct fixture *f = *state;

	expect_error(f, WARD_ERR_MISSING, WANG);
	remember(f, &nothing);
	expect(f, &nothing);
	remember(f, &all);
	expect(f, &all);
}

/* Of a file that was cut, or whose head is torn, it is told that what was
 * remembered is lost; one that was only just made remembers nothing. */
static void
test_tally_peek__damaged(void **state)
{
	const struct ward_marks nothing = { .last_use = 0 };
	const struct ward_marks all = { NOW, 77, true, 5, 6, NOW - 9, 0 };
	static const off_t sizes[] = { 8, 40, 50 };
	struct fixture *f = *state;
	int fd;

	for (size_t i = 0; i < 3; i++) {
		remember(f, &all);
		assert_int_equal(truncate(f->path, sizes[i]), 0);
		expect_error(f, WARD_ERR_SYNTAX, "damaged");
		assert_int_equal(unlink(f->path), 0);
	}
	remember(f, &all);
	assert_int_equal(truncate(f->path, 0), 0);
	expect(f, &nothing);
	assert_int_equal(unlink(f->path), 0);
	for (off_t at = 0; at < 128; at++) {
		char byte;

		remember(f, &all);
		fd = open(f->path, O_RDWR);
		assert_true(fd >= 0);
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		byte = (char)(byte ^ 0x40);
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		(void)close(fd);
		expect_error(f, WARD_ERR_SYNTAX, "damaged");
		assert_int_equal(unlink(f->path), 0);
	}
}

static void
test_tally_peek__unsafe(void **state)
{
	const struct ward_marks all = { NOW, 77, true, 5, 6, NOW - 9, 0 };
	struct fixture *f = *state;

	remember(f, &all);
	assert_int_equal(chmod(f->path, 0620), 0);
	expect_error(f, WARD_ERR_UNSAFE, "mode 0620");
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(symlink("/etc/passwd", f->path), 0);
	expect_error(f, WARD_ERR_UNSAFE, "a symbolic link");
	assert_int_equal(unlink(f->path), 0);
	assert_int_equal(mkfifo(f->path, 0600), 0);
	expect_error(f, WARD_ERR_UNSAFE, "not a regular file");
}

static void
test_tally_path__encoded(void **state)
{
	char path[WARD_TALLY_PATH_SIZE], large[300];

	(void)state;
	assert_int_equal(ward_tally_path("wang", path), 0);
	assert_string_equal(path, WANG);
	assert_int_equal(ward_tally_path("../x", path), 0);
	assert_string_equal(path, "/var/lib/acctward/accounts/%2E.%2Fx");
	memset(large, '/', sizeof(large));
	large[85] = '\0';
	assert_int_equal(ward_tally_path(large, path), 0);
	assert_int_equal(strlen(path), 27 + 255);
	large[85] = '/';
	large[86] = '\0';
	assert_int_equal(ward_tally_path(large, path), WARD_ERR_RANGE);
	assert_int_equal(ward_tally_path("", path), WARD_ERR_RANGE);
}

/* ---- what is added -------------------------------------------------------- */

static void
test_marks_temporary__whose(void **state)
{
	static const struct {
		bool reset;
		uint64_t marked, now;
		bool temporary;
	} cases[] = {
		{ false, 0, 0, false },
		{ false, 0, 7, false }, /* nobody has seen it set */
		{ false, 7, 7, false }, /* its holder has */
		{ false, 7, 8, true },  /* and somebody another one since */
		{ true, 7, 7, true },
		{ true, 7, 8, true },
		{ true, 0, 7, true },
		{ true, 7, 0, false }, /* what it is now is not known */
		{ false, 7, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ward_marks marks = { .reset = cases[i].reset,
			.password = cases[i].marked };
		struct ward_account account = { .temporary = false };

		assert_int_equal(ward_marks_temporary(&marks, cases[i].now,
				     account.changed),
		    cases[i].temporary);
		ward_marks_add(&marks, cases[i].now, NOW, WANG, &account);
		assert_int_equal(account.temporary, cases[i].temporary);
		assert_int_equal(account.use, WARD_USE_UNKNOWN);
		assert_null(account.use_source.file);
	}
}

/* Its holder was setting one when the program ended: theirs, if it was set on
 * that day, or behind the midnight after. */
static void
test_marks_temporary__unfinished(void **state)
{
	const int64_t today = ward_day_of(NOW);
	const struct {
		bool reset;
		uint64_t marked, now;
		struct ward_optional changed;
		bool temporary;
	} cases[] = {
		{ false, 7, 7, { true, today }, false },
		{ true, 7, 7, { true, today }, true }, /* it was not set */
		{ false, 7, 8, { true, today }, false },
		{ true, 7, 8, { true, today }, false },
		{ false, 7, 8, { true, today + 1 }, false },
		{ false, 7, 8, { true, today + 2 }, true },
		{ false, 7, 8, { true, today - 1 }, true },
		{ false, 7, 8, { true, 0 }, true },
		{ false, 7, 8, { false, 0 }, true },
		{ false, 7, 0, { true, today }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ward_marks marks = { .reset = cases[i].reset,
			.password = cases[i].marked,
			.changing = NOW };
		struct ward_account account = { .changed = cases[i].changed };

		assert_int_equal(ward_marks_temporary(&marks, cases[i].now,
				     cases[i].changed),
		    cases[i].temporary);
		ward_marks_add(&marks, cases[i].now, NOW, WANG, &account);
		assert_int_equal(account.temporary, cases[i].temporary);
	}
}

static void
expect_use(enum ward_use use, int64_t last, int64_t marked, enum ward_use then,
    int64_t then_last, const char *file, const char *why)
{
	const struct ward_marks marks = { .last_use = marked };
	struct ward_account account = { .use = use,
		.last_use = last,
		.use_source = { "/var/log/wtmp", 0 },
		.use_why = use == WARD_USE_UNKNOWN ? "why" : NULL };

	ward_marks_add(&marks, 7, NOW, WANG, &account);
	assert_int_equal(account.use, then);
	assert_int_equal(account.last_use, then_last);
	assert_string_equal(account.use_source.file, file);
	if (why == NULL) {
		assert_null(account.use_why);
	} else {
		assert_string_equal(account.use_why, why);
	}
}

/* When an administrator has set it: no use, and nothing that can't have been. */
static void
test_marks_add__revived(void **state)
{
	static const struct {
		int64_t marked;
		bool known;
	} cases[] = {
		{ 0, false },
		{ -1, false },
		{ NOW - 1000, true },
		{ INT64_MAX, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct ward_marks marks = { .revived = cases[i].marked };
		struct ward_account account = { .temporary = false };

		ward_marks_add(&marks, 7, NOW, WANG, &account);
		assert_int_equal(account.revived.known, cases[i].known);
		assert_int_equal(account.use, WARD_USE_UNKNOWN);
		if (cases[i].known) {
			assert_int_equal(account.revived.value,
			    cases[i].marked);
			assert_string_equal(account.record.file, WANG);
		} else {
			assert_null(account.record.file);
		}
	}
}

static void
test_marks_add__later_use(void **state)
{
	static const char log[] = "/var/log/wtmp";
	/* Beyond any clock that this runs by. */
	const int64_t ahead = INT64_C(1) << 40;

	(void)state;
	expect_use(WARD_USE_SEEN, NOW - 9, 0, WARD_USE_SEEN, NOW - 9, log,
	    NULL);
	expect_use(WARD_USE_SEEN, NOW - 9, NOW - 10, WARD_USE_SEEN, NOW - 9,
	    log, NULL);
	expect_use(WARD_USE_SEEN, NOW - 9, NOW - 8, WARD_USE_SEEN, NOW - 8,
	    WANG, NULL);
	expect_use(WARD_USE_NEVER, 0, NOW - DAY, WARD_USE_SEEN, NOW - DAY, WANG,
	    NULL);
	expect_use(WARD_USE_UNKNOWN, 0, NOW - DAY, WARD_USE_SEEN, NOW - DAY,
	    WANG, NULL);
	/* A moment to judge for that lies before it. */
	expect_use(WARD_USE_NEVER, 0, NOW + 5, WARD_USE_SEEN, NOW, WANG, NULL);
	/* One that nobody believes tells that it was used, but not when. */
	expect_use(WARD_USE_SEEN, NOW - 9, ahead, WARD_USE_SEEN, NOW - 9, log,
	    NULL);
	expect_use(WARD_USE_NEVER, 0, ahead, WARD_USE_UNKNOWN, 0, WANG,
	    "a log-in is recorded, but not when");
	expect_use(WARD_USE_NEVER, 0, -5, WARD_USE_UNKNOWN, 0, WANG,
	    "a log-in is recorded, but not when");
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_tally_peek__as_remembered),
		T(test_tally_peek__damaged),
		T(test_tally_peek__unsafe),
		cmocka_unit_test(test_tally_path__encoded),
		cmocka_unit_test(test_marks_temporary__whose),
		cmocka_unit_test(test_marks_temporary__unfinished),
		cmocka_unit_test(test_marks_add__revived),
		cmocka_unit_test(test_marks_add__later_use),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
