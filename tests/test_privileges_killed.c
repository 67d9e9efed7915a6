/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process that is killed before and behind each of its system calls: the list
 * of who is privileged is the old one or the new one, and the next process
 * keeps one.
 */
#include "privileges_case.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#define STATUS_REFUSED 77 /* ptrace(2) is not allowed here */

static void
child(const char *tree, const struct case_work *work)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
		_exit(STATUS_REFUSED);
	}
	(void)raise(SIGSTOP);
	_exit(case_keep(tree, work, NULL) == 0 ? 0 : 1);
}

/* Let it run up to its stop number `stop`, and no further. Its exit status,
 * or -1: it was killed. */
static int
run_to(const char *tree, const struct case_work *work, unsigned int stop)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		child(tree, work);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	for (unsigned int i = 0; WIFSTOPPED(status) && i < stop; i++) {
		assert_int_equal(ptrace(PTRACE_SYSCALL, pid, NULL, NULL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
	}
	if (WIFEXITED(status)) {
		return WEXITSTATUS(status);
	}
	(void)kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return -1;
}

/* What there is; and what the next one makes of it. */
static bool
check(const char *tree, const struct case_work *work, unsigned int stop)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char text[1000];
	bool is_new;

	case_text(tree, text, sizeof(text));
	is_new = strcmp(text, work->new) == 0;
	if (!is_new && strcmp(text, work->old) != 0) {
		fail_msg("%s, stop %u: %s", work->what, stop, text);
	}
	case_check(case_keep(tree, work, &err), &err);
	case_text(tree, text, sizeof(text));
	assert_string_equal(text, work->new);
	return is_new;
}

static void
test_killed__anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASE_WORKS; i++) {
		int said = -1;
		bool was_new = false;

		for (unsigned int stop = 0; said == -1; stop++) {
			char *tree = case_tree(&case_works[i]);

			said = run_to(tree, &case_works[i], stop);
			if (said == STATUS_REFUSED) {
				ward_tree_remove(tree);
				skip();
			}
			assert_true(said <= 0);
			was_new = check(tree, &case_works[i], stop);
			ward_tree_remove(tree);
			assert_true(stop < 5000);
		}
		assert_true(was_new);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_killed__anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
