/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/killed.h"

#include "tests/support.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void
child(int (*work)(const void *arg), const void *arg)
{
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0) {
		_exit(WARD_KILLED_NEVER);
	}
	(void)raise(SIGSTOP);
	_exit(work(arg));
}

int
ward_killed_at(unsigned int stop, int (*work)(const void *arg), const void *arg)
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		child(work, arg);
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
	return WARD_KILLED;
}
