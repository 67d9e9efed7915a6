/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Run a command with its output thrown away, and print its wall time in
 * seconds, its peak memory in KiB (its own, and that of what it waited for)
 * and its exit status. After CAP seconds it is killed: "capped".
 *
 *   measure CAP COMMAND...
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t capped;
static pid_t child;

static void
cap(int number)
{
	(void)number;
	capped = 1;
	kill(-child, SIGKILL);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
run(char **argv)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	execvp(argv[0], argv);
	_exit(127);
}

int
main(int argc, char **argv)
{
	struct sigaction action = { .sa_handler = cap };
	struct rusage usage;
	double began;
	int status;

	if (argc < 3) {
		fputs("usage: measure CAP COMMAND...\n", stderr);
		return 64;
	}
	began = now();
	child = fork();
	if (child < 0) {
		perror("fork");
		return 1;
	}
	if (child == 0) {
		run(argv + 2);
	}
	setpgid(child, child);
	sigaction(SIGALRM, &action, NULL);
	alarm((unsigned int)strtoul(argv[1], NULL, 10));
	while (wait4(child, &status, 0, &usage) < 0) {
		if (errno != EINTR) {
			perror("wait4");
			return 1;
		}
	}
	printf("%.4f %ld ", now() - began, usage.ru_maxrss);
	if (capped) {
		puts("capped");
	} else {
		printf("%d\n", WIFEXITED(status) ? WEXITSTATUS(status) :
		    128 + WTERMSIG(status));
	}
	return 0;
}
