/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process that is killed before and behind each of its system calls: the
 * history is the old one or the new one, and the next process adds to it.
 */
#include "history_case.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#define STATUS_REFUSED 77 /* ptrace(2) is not allowed here */
#define H(i) " $1$salt000" #i "$000000000000000000000" #i

static const struct work {
	unsigned int before; /* how many there are */
	const char *old, *new, *then;
} works[] = {
	{ 0, "none", H(8), H(9) H(8) },
	{ 2, H(2) H(1), H(8) H(2) H(1), H(9) H(8) H(2) H(1) },
};

static char *tree;

/* In the process that is killed: no assertion, but a status. */
static int
work(void)
{
	struct ward_state *state = NULL;

	if (ward_state_open(tree, WARD_STATE_KEEP, &state, NULL) != 0 ||
	    ward_history_add(state, "wang", case_field(8), 3, NULL) != 0) {
		return 1;
	}
	ward_state_close(state);
	return 0;
}

static void
child(void)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
		_exit(STATUS_REFUSED);
	}
	(void)raise(SIGSTOP);
	_exit(work());
}

/* Let it run up to its stop number `stop`, and no further. Its exit status,
 * or -1: it was killed. */
static int
run_to(unsigned int stop)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		child();
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

static void
prepare(const struct work *todo)
{
	tree = ward_tree_new(NULL);
	if (todo->before > 0) {
		struct ward_state *state = case_state(tree);

		for (unsigned int i = 1; i <= todo->before; i++) {
			case_add(state, "wang", case_field(i), 3);
		}
		ward_state_close(state);
	}
}

/* What there is; and what the next ones make of it. */
static bool
check(const struct work *todo, unsigned int stop)
{
	struct ward_state *state;
	char text[1000];
	bool is_new;

	case_hashes(tree, CASE_FILE, text, sizeof(text));
	is_new = strcmp(text, todo->new) == 0;
	if (!is_new && strcmp(text, todo->old) != 0) {
		fail_msg("stop %u: %s", stop, text);
	}
	state = case_state(tree);
	case_add(state, "wang", case_field(8), 3);
	case_add(state, "wang", case_field(9), 3);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, todo->then);
	ward_state_close(state);
	return is_new;
}

static void
test_killed__anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
		int said = -1;
		bool was_new = false;

		for (unsigned int stop = 0; said == -1; stop++) {
			prepare(&works[i]);
			said = run_to(stop);
			if (said == STATUS_REFUSED) {
				ward_tree_remove(tree);
				skip();
			}
			assert_true(said <= 0);
			was_new = check(&works[i], stop);
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
