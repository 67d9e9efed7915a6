/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every call that keeping the list makes, made to fail in turn (the Makefile
 * has the linker put these functions between state/ and the C library): the
 * error is told, the list is the old one or the new one, the next call works,
 * and nothing leaks.
 */
#include "privileges_case.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>

#include "state/lock.h"

#include "tests/inject.h"

/* ---- what is done meanwhile ---------------------------------------------- */

static void
fail_each(const struct case_work *work, int why)
{
	bool more = true;

	for (unsigned int at = 1; more; at++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		char *tree = case_tree(work), text[1000];
		size_t before = ward_open_fds();
		int r;

		ward_faults_arm(at, why);
		r = case_keep(tree, work, &err);
		ward_faults_disarm();
		more = ward_faults.calls >= at;
		assert_int_equal(ward_open_fds(), before);
		case_text(tree, text, sizeof(text));
		if ((r == 0 || strcmp(text, work->old) != 0) &&
		    strcmp(text, work->new) != 0) {
			fail_msg("%s, call %u: %d, \"%s\"", work->what, at, r,
			    text);
		}
		if (r != 0) {
			assert_true(err.text[0] != '\0');
			assert_true(r == WARD_ERR_IO || r == WARD_ERR_NOMEM);
		} else {
			/* A name that is not on disk is gone with the power. */
			assert_true(ward_faults.settled);
		}
		if (r == 0 && more && why != 0) {
			fail_msg("%s, call %u: nobody is told", work->what, at);
		}
		case_check(case_keep(tree, work, &err), &err);
		case_text(tree, text, sizeof(text));
		assert_string_equal(text, work->new);
		assert_true(at < 300);
		ward_tree_remove(tree);
	}
}

static void
test_faults__each_call(void **state)
{
	static const int whys[] = { EIO, ENOSPC };

	(void)state;
	for (size_t i = 0; i < CASE_WORKS; i++) {
		for (size_t n = 0; n < sizeof(whys) / sizeof(whys[0]); n++) {
			fail_each(&case_works[i], whys[n]);
		}
	}
}

/* The disk is full in the middle of a line. */
static void
test_faults__short(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASE_WORKS; i++) {
		fail_each(&case_works[i], 0);
	}
}

/* A signal that is handled is no error. */
static void
test_faults__interrupted(void **state)
{
	unsigned int at = 0;

	(void)state;
	do {
		char *tree = case_tree(&case_works[1]), text[1000];
		struct ward_error err = { .language = WARD_ENGLISH };

		ward_faults_arm(++at, EINTR);
		case_check(case_keep(tree, &case_works[1], &err), &err);
		ward_faults_disarm();
		case_text(tree, text, sizeof(text));
		assert_string_equal(text, case_works[1].new);
		ward_tree_remove(tree);
	} while (ward_faults.calls >= at);
	assert_true(at > 5);
}

/* Past its limit the kernel would end the process. */
static void
test_faults__limit(void **state)
{
	char *tree = case_tree(&case_works[1]), text[1000];
	struct ward_error err = { .language = WARD_ENGLISH };
	struct rlimit before, limit;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 40;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(case_keep(tree, &case_works[1], &err), WARD_ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	case_text(tree, text, sizeof(text));
	assert_string_equal(text, case_works[1].old);
	ward_tree_remove(tree);
}

/* Whoever keeps a list and was stopped hangs nobody for ever. */
static void
test_faults__holder_is_stopped(void **state)
{
	char *tree = case_tree(&case_works[1]), text[1000];
	char *path = ward_tree_path(tree, CASE_LIST ".lock");
	struct ward_error err = { .language = WARD_ENGLISH };
	int fd = open(path, O_RDWR | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(ward_lock_bytes(fd, F_WRLCK, 0, 1), 0);
	ward_faults_freeze();
	assert_int_equal(case_keep(tree, &case_works[1], &err), WARD_ERR_IO);
	ward_faults.frozen = false;
	assert_non_null(strstr(err.text, "keeps it locked"));
	assert_true(ward_faults.slept >= 10000000000 &&
	    ward_faults.slept < 10200000000);
	(void)close(fd);
	case_text(tree, text, sizeof(text));
	assert_string_equal(text, case_works[1].old);
	case_check(case_keep(tree, &case_works[1], &err), &err);
	free(path);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults__each_call),
		cmocka_unit_test(test_faults__short),
		cmocka_unit_test(test_faults__interrupted),
		cmocka_unit_test(test_faults__limit),
		cmocka_unit_test(test_faults__holder_is_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
