/* SPDX-License-Identifier: BSD-2-Clause */
/* Many processes and threads at the histories. */
#include "history_case.h"

#include <pthread.h>
#include <sys/wait.h>

#define CROWD 200u
#define SAME 50u

static char *tree;
static struct ward_state *dirs;

static int
setup(void **state)
{
	(void)state;
	tree = ward_tree_new(NULL);
	dirs = case_state(tree);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ward_state_close(dirs);
	ward_tree_remove(tree);
	return 0;
}

/* One process each, all let go at once. How many did not do it. */
static unsigned int
crowd(unsigned int count, bool one_name, uint32_t older)
{
	unsigned int failed = 0;
	int gate[2], status = 0;

	assert_int_equal(pipe(gate), 0);
	for (unsigned int i = 0; i < count; i++) {
		pid_t pid = fork();
		char name[32], byte;

		assert_true(pid >= 0);
		if (pid > 0) {
			continue;
		}
		(void)close(gate[1]);
		(void)snprintf(name, sizeof(name), "user%u", one_name ? 0 : i);
		_exit(read(gate[0], &byte, 1) != 0 ||
		    ward_history_add(dirs, name, case_field(i), older, true,
			NULL) != 0);
	}
	(void)close(gate[0]);
	(void)close(gate[1]);
	for (unsigned int i = 0; i < count; i++) {
		assert_true(wait(&status) > 0);
		failed += status != 0;
	}
	return failed;
}

static void
test_together__as_many_histories(void **state)
{
	char path[64], text[200];

	(void)state;
	assert_int_equal(crowd(CROWD, false, 3), 0);
	for (unsigned int i = 0; i < CROWD; i++) {
		(void)snprintf(path, sizeof(path), CASE_DIR "/user%u", i);
		case_hashes(tree, path, text, sizeof(text));
		assert_string_equal(text + 1, case_field(i));
	}
}

static void
test_together__one_history(void **state)
{
	char text[8000];

	(void)state;
	assert_int_equal(crowd(SAME, true, 64), 0);
	case_hashes(tree, CASE_DIR "/user0", text, sizeof(text));
	for (unsigned int i = 0; i < SAME; i++) {
		assert_non_null(strstr(text, case_field(i)));
	}
}

/* Of more than are kept, as many as are. */
static void
test_together__few_kept(void **state)
{
	char text[8000];

	(void)state;
	assert_int_equal(crowd(20, true, 3), 0);
	case_hashes(tree, CASE_DIR "/user0", text, sizeof(text));
	assert_int_equal(strlen(text), 4 * (1 + strlen(case_field(0))));
}

struct runner {
	pthread_t thread;
	unsigned int number;
	char field[64];
	int r;
};

/* Each with a state of its own. */
static void *
run(void *arg)
{
	struct runner *runner = arg;
	struct ward_state *state = NULL;

	runner->r = ward_state_open(tree, WARD_STATE_KEEP, &state, NULL);
	if (runner->r == 0) {
		runner->r = ward_history_add(state, "wang", runner->field, 64,
		    true, NULL);
	}
	ward_state_close(state);
	return NULL;
}

static void
test_together__threads(void **state)
{
	static struct runner runners[30];
	char text[8000];

	(void)state;
	for (unsigned int i = 0; i < 30; i++) {
		(void)snprintf(runners[i].field, sizeof(runners[i].field), "%s",
		    case_field(i));
		assert_int_equal(pthread_create(&runners[i].thread, NULL, run,
				     &runners[i]),
		    0);
	}
	for (unsigned int i = 0; i < 30; i++) {
		assert_int_equal(pthread_join(runners[i].thread, NULL), 0);
		assert_int_equal(runners[i].r, 0);
	}
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	for (unsigned int i = 0; i < 30; i++) {
		assert_non_null(strstr(text, runners[i].field));
	}
}

/* Who looks meanwhile finds a whole one. */
static void
test_together__looking(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	pid_t pid;
	int status = 0;

	(void)state;
	case_add(dirs, "wang", "$9$a$b", 64);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		int r = 0;

		for (unsigned int i = 0; i < 60 && r == 0; i++) {
			r = ward_history_add(dirs, "wang", case_field(i), 0,
			    true, NULL);
		}
		_exit(r != 0);
	}
	while (waitpid(pid, &status, WNOHANG) == 0) {
		enum ward_reuse reuse = WARD_REUSE_UNKNOWN;
		uint32_t older = 0;
		bool strange = false;

		case_check(ward_history_find(dirs, "wang", NULL, 1, "Secret.1",
			       &reuse, &older, &strange, &err),
		    &err);
		assert_int_equal(reuse, WARD_REUSE_NOT);
	}
	assert_int_equal(status, 0);
}

#define TOGETHER_TEST(name) \
	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TOGETHER_TEST(test_together__as_many_histories),
		TOGETHER_TEST(test_together__one_history),
		TOGETHER_TEST(test_together__few_kept),
		TOGETHER_TEST(test_together__threads),
		TOGETHER_TEST(test_together__looking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
