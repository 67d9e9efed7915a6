/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every call that can fail, made to fail in turn (the Makefile has the linker
 * put these functions between state/ and the C library): the error is told, the
 * history is the old one or the new one, the next call works, and nothing
 * leaks.
 */
#include "history_case.h"

#include <dirent.h>
#include <errno.h>
#include <sys/resource.h>

#include "state/history_file.h"

#include "tests/inject.h"

/* ---- what is done meanwhile ---------------------------------------------- */

#define H(i) " $1$salt000" #i "$000000000000000000000" #i

static const struct scenario {
	const char *what;
	unsigned int before; /* are in its file */
	bool opasswd;        /* has 1 and 2 */
	unsigned int add;
	uint32_t older;
	const char *old, *new;
} scenarios[] = {
	{ "a new file", 0, false, 3, 3, "none", H(3) },
	{ "taken over", 0, true, 3, 3, "none", H(3) H(2) H(1) },
	{ "one more", 2, false, 3, 3, H(2) H(1), H(3) H(2) H(1) },
	{ "one more and one less", 3, false, 4, 2, H(3) H(2) H(1),
	    H(4) H(3) H(2) },
	{ "the same", 2, false, 2, 3, H(2) H(1), H(2) H(1) },
};

static char *
prepare(const struct scenario *scenario)
{
	char *tree = ward_tree_new(NULL), text[200];

	if (scenario->before > 0) {
		struct ward_state *state = case_state(tree);

		for (unsigned int i = 1; i <= scenario->before; i++) {
			case_add(state, "wang", case_field(i), 3);
		}
		ward_state_close(state);
	}
	if (scenario->opasswd) {
		size_t size = (size_t)snprintf(text, sizeof(text),
		    "wang:1000:2:%s,", case_field(1));

		(void)snprintf(text + size, sizeof(text) - size, "%s\n",
		    case_field(2));
		ward_tree_put(tree, CASE_OPASSWD, text, strlen(text));
	}
	return tree;
}

static int
add_once(const char *tree, const struct scenario *scenario,
    struct ward_error *err)
{
	struct ward_state *state = NULL;
	int r = ward_state_open(tree, WARD_STATE_KEEP, &state, err);

	if (r == 0) {
		r = ward_history_add(state, "wang", case_field(scenario->add),
		    scenario->older, true, err);
	}
	ward_state_close(state);
	return r;
}

/* How many files there are. */
static size_t
count_files(const char *tree)
{
	char *whole = ward_tree_path(tree, CASE_DIR);
	DIR *list = opendir(whole);
	size_t count = 0;

	free(whole);
	assert_non_null(list);
	while (readdir(list) != NULL) {
		count++;
	}
	(void)closedir(list);
	return count - 2;
}

static void
fail_each(const struct scenario *scenario, int why)
{
	bool more = true;

	for (unsigned int at = 1; more; at++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		char *tree = prepare(scenario), text[1000];
		size_t before = ward_open_fds();
		int r;

		ward_faults_arm(at, why);
		r = add_once(tree, scenario, &err);
		ward_faults_disarm();
		more = ward_faults.calls >= at;
		assert_int_equal(ward_open_fds(), before);
		case_hashes(tree, CASE_FILE, text, sizeof(text));
		if ((r == 0 || strcmp(text, scenario->old) != 0) &&
		    strcmp(text, scenario->new) != 0) {
			fail_msg("%s, call %u: %d, \"%s\"", scenario->what, at,
			    r, text);
		}
		if (r != 0) {
			assert_true(err.text[0] != '\0');
			assert_null(strstr(err.text, "$1$"));
			assert_true(r == WARD_ERR_IO || r == WARD_ERR_NOMEM);
		}
		case_check(add_once(tree, scenario, &err), &err);
		case_hashes(tree, CASE_FILE, text, sizeof(text));
		assert_string_equal(text, scenario->new);
		/* It and the lock. */
		assert_int_equal(count_files(tree), 2);
		assert_true(at < 200);
		ward_tree_remove(tree);
	}
}

static void
test_faults__each_call(void **state)
{
	static const int whys[] = { EIO, ENOSPC, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		for (size_t n = 0; n < sizeof(whys) / sizeof(whys[0]); n++) {
			fail_each(&scenarios[i], whys[n]);
		}
	}
}

/* A signal that is handled is no error. */
static void
test_faults__interrupted(void **state)
{
	unsigned int at = 0;

	(void)state;
	do {
		char *tree = prepare(&scenarios[1]), text[1000];
		struct ward_error err = { .language = WARD_ENGLISH };

		ward_faults_arm(++at, EINTR);
		case_check(add_once(tree, &scenarios[1], &err), &err);
		ward_faults_disarm();
		case_hashes(tree, CASE_FILE, text, sizeof(text));
		assert_string_equal(text, scenarios[1].new);
		ward_tree_remove(tree);
	} while (ward_faults.calls >= at);
	assert_true(at > 10);
}

/* Finding: an error is one, and never "not". */
static void
test_faults__find(void **state)
{
	char *tree = prepare(&scenarios[2]);
	bool more = true;

	(void)state;
	for (unsigned int at = 1; more; at++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_state *dirs = case_state(tree);
		enum ward_reuse reuse = WARD_REUSE_UNKNOWN;
		size_t before = ward_open_fds();
		uint32_t older = 0;
		bool strange = false;
		int r;

		ward_faults_arm(at, EIO);
		r = ward_history_find(dirs, "wang", NULL, 3, "Secret.1", &reuse,
		    &older, &strange, &err);
		ward_faults_disarm();
		more = ward_faults.calls >= at;
		assert_int_equal(r == 0,
		    reuse == WARD_REUSE_NOT && older == 0 && !strange);
		assert_int_equal(r != 0, more);
		assert_true(r == 0 || err.text[0] != '\0');
		/* The directory of histories stays open with the state. */
		assert_in_range(ward_open_fds() - before, 0, 1);
		ward_state_close(dirs);
	}
	ward_tree_remove(tree);
}

/* Only where it is asked for is the directory waited for, too. */
static void
test_faults__durable(void **state)
{
	char *tree = prepare(&scenarios[2]);
	struct ward_state *dirs = case_state(tree);
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		ward_faults_arm(0, EIO);
		case_check(ward_history_add(dirs, "wang", case_field(20 + i), 3,
			       i > 0, &err),
		    &err);
		ward_faults_disarm();
		assert_true(ward_faults.renamed);
		assert_int_equal(ward_faults.settled, i > 0);
	}
	ward_state_close(dirs);
	ward_tree_remove(tree);
}

/* The disk is full: the history is as it was, and no draft is left. */
static void
test_faults__full(void **state)
{
	char *tree = prepare(&scenarios[2]), text[1000];
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	ward_faults.shortened = true;
	assert_int_equal(add_once(tree, &scenarios[2], &err), WARD_ERR_IO);
	ward_faults.shortened = false;
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, scenarios[2].old);
	assert_int_equal(count_files(tree), 2);
	ward_tree_remove(tree);
}

/* Past its limit the kernel would end the process. */
static void
test_faults__limit(void **state)
{
	char *tree = prepare(&scenarios[2]), text[1000];
	struct ward_error err = { .language = WARD_ENGLISH };
	struct rlimit before, limit;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 100;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(add_once(tree, &scenarios[2], &err), WARD_ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, scenarios[2].old);
	ward_tree_remove(tree);
}

/* Whoever holds the lock and was stopped hangs nobody for ever, and nobody
 * else's account. */
static void
test_faults__holder_is_stopped(void **state)
{
	char *tree = prepare(&scenarios[2]), text[1000];
	struct ward_state *dirs = case_state(tree);
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_history *history = NULL;
	int dir = -1, lock = -1;

	(void)state;
	case_check(ward_state_history(dirs, &dir, &err), &err);
	case_check(ward_history_new(dirs, "wang", &history, &err), &err);
	case_check(ward_history_lock(history, dir, &lock, &err), &err);
	ward_faults_freeze();
	assert_int_equal(add_once(tree, &scenarios[2], &err), WARD_ERR_IO);
	assert_non_null(strstr(err.text, "keeps it locked"));
	assert_true(ward_faults.slept >= 10000000000 &&
	    ward_faults.slept < 10200000000);
	ward_faults.slept = 0;
	case_add(dirs, "lee", case_field(1), 3);
	assert_int_equal(ward_faults.slept, 0);
	ward_faults.frozen = false;
	(void)close(lock);
	case_check(add_once(tree, &scenarios[2], &err), &err);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, scenarios[2].new);
	ward_history_free(history);
	ward_state_close(dirs);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults__each_call),
		cmocka_unit_test(test_faults__interrupted),
		cmocka_unit_test(test_faults__find),
		cmocka_unit_test(test_faults__durable),
		cmocka_unit_test(test_faults__full),
		cmocka_unit_test(test_faults__limit),
		cmocka_unit_test(test_faults__holder_is_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
