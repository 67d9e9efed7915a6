/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOBODY 65534
#define CHILD_NOT_DROPPED 126
#define CHILD_NOT_RUN 127

/* Ours of the three channels, and what came through. */
struct channel {
	int fd;
	char *text;
	size_t size, room;
};

struct run {
	pid_t pid;
	struct channel in, out, err;
	struct timespec deadline;
};

static int
look_up(const char *name, char path[64])
{
	static const char *const dirs[] = { "/usr/bin", "/usr/sbin",
		"/usr/local/bin", "/usr/local/sbin", "/bin", "/sbin" };

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		int n = snprintf(path, 64, "%s/%s", dirs[i], name);

		if (n > 0 && n < 64 && access(path, X_OK) == 0) {
			return 0;
		}
	}
	return WARD_ERR_MISSING;
}

/* EINVAL: the id doesn't exist in our user namespace, so "root" here is
 * nobody's root but its own, and there is nothing to drop to. */
static int
drop_privileges(void)
{
	bool groups;

	if (geteuid() != 0) {
		return 0;
	}
	groups = setgroups(0, NULL) == 0;
	if (setresgid(NOBODY, NOBODY, NOBODY) != 0) {
		return errno == EINVAL ? 0 : -1;
	}
	if (!groups || setresuid(NOBODY, NOBODY, NOBODY) != 0) {
		return -1;
	}
	return 0;
}

static void
hide_descriptors(void)
{
	long count;

	if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0) {
		return;
	}
	count = sysconf(_SC_OPEN_MAX);
	for (int fd = 3; fd < count && fd < 65536; fd++) {
		(void)fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
}

/* Async-signal-safe only: the process that we were forked from may have
 * threads. */
static void
child(const char *path, const char *const *argv, int in, int out, int err)
{
	static const char *const env[] = { "LC_ALL=C",
		"PATH=/usr/bin:/usr/sbin:/bin:/sbin", NULL };
	static const struct rlimit none = { 0, 0 };
	sigset_t set;

	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) {
		_exit(CHILD_NOT_RUN);
	}
	hide_descriptors();
	(void)signal(SIGPIPE, SIG_DFL);
	sigemptyset(&set);
	(void)sigprocmask(SIG_SETMASK, &set, NULL);
	(void)setrlimit(RLIMIT_CORE, &none);
	if (drop_privileges() != 0 || chdir("/") != 0) {
		_exit(CHILD_NOT_DROPPED);
	}
	/* execve(2) writes to neither: the type is older than const. */
	execve(path, (char *const *)(uintptr_t)argv,
	    (char *const *)(uintptr_t)env);
	_exit(CHILD_NOT_RUN);
}

static void
shut(int *fd)
{
	if (*fd >= 0) {
		close(*fd);
		*fd = -1;
	}
}

/* Above 2, so that none is in the way of the child's dup2(). */
static int
raise_descriptor(int *fd)
{
	int high;

	if (*fd > 2) {
		return 0;
	}
	high = fcntl(*fd, F_DUPFD_CLOEXEC, 3);
	if (high < 0) {
		return WARD_ERR_IO;
	}
	close(*fd);
	*fd = high;
	return 0;
}

/* Standard input is a socket, so that a child that closes it costs EPIPE and
 * not a SIGPIPE for the whole process. */
static int
open_channels(int in[2], int out[2], int err[2])
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0 ||
	    pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) {
		return WARD_ERR_IO;
	}
	for (int i = 0; i < 2; i++) {
		if (raise_descriptor(&in[i]) != 0 ||
		    raise_descriptor(&out[i]) != 0 ||
		    raise_descriptor(&err[i]) != 0) {
			return WARD_ERR_IO;
		}
	}
	if (fcntl(in[1], F_SETFL, O_NONBLOCK) != 0 ||
	    fcntl(out[0], F_SETFL, O_NONBLOCK) != 0 ||
	    fcntl(err[0], F_SETFL, O_NONBLOCK) != 0) {
		return WARD_ERR_IO;
	}
	return 0;
}

static int
start(struct run *run, const char *path, const char *const *argv,
    struct ward_error *err)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, bad[2] = { -1, -1 };
	int rc = open_channels(in, out, bad);

	if (rc == 0) {
		run->pid = fork();
		if (run->pid == 0) {
			child(path, argv, in[0], out[1], bad[1]);
		}
		if (run->pid < 0) {
			rc = WARD_ERR_IO;
		}
	}
	if (rc != 0) {
		ward_error_set(err, rc, "%s: %s", path, strerror(errno));
		shut(&in[1]);
		shut(&out[0]);
		shut(&bad[0]);
	}
	shut(&in[0]);
	shut(&out[1]);
	shut(&bad[1]);
	run->in.fd = in[1];
	run->out.fd = out[0];
	run->err.fd = bad[0];
	return rc;
}

/* Milliseconds left, 0 when there are none. */
static int
left(const struct run *run)
{
	struct timespec now;
	int64_t ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (int64_t)(run->deadline.tv_sec - now.tv_sec) * 1000 +
	    (run->deadline.tv_nsec - now.tv_nsec) / 1000000;
	return ms < 0 ? 0 : (int)ms;
}

static void
feed(struct run *run)
{
	ssize_t n = send(run->in.fd, run->in.text, run->in.size, MSG_NOSIGNAL);

	if (n >= 0) {
		run->in.text += n;
		run->in.size -= (size_t)n;
	} else if (errno != EAGAIN && errno != EINTR) {
		run->in.size = 0; /* it reads no more: its own affair */
	}
	if (run->in.size == 0) {
		shut(&run->in.fd);
	}
}

static int
drain(struct channel *ch, size_t max)
{
	ssize_t n;

	if (ch->room - ch->size < 4096) {
		size_t room = ch->room == 0 ? 65536 : ch->room * 2;
		char *text = realloc(ch->text, room);

		if (text == NULL) {
			return WARD_ERR_NOMEM;
		}
		ch->text = text;
		ch->room = room;
	}
	n = read(ch->fd, ch->text + ch->size, ch->room - ch->size - 1);
	if (n > 0) {
		ch->size += (size_t)n;
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		shut(&ch->fd);
	}
	ch->text[ch->size] = '\0';
	return ch->size > max ? WARD_ERR_TOOL : 0;
}

static int
talk(struct run *run, size_t max)
{
	int rc = 0;

	while (rc == 0 && (run->out.fd >= 0 || run->err.fd >= 0)) {
		struct pollfd fds[3] = { { run->in.fd, POLLOUT, 0 },
			{ run->out.fd, POLLIN, 0 },
			{ run->err.fd, POLLIN, 0 } };
		int wait = left(run);

		if (wait == 0) {
			return WARD_ERR_TOOL;
		}
		if (poll(fds, 3, wait) < 0 && errno != EINTR) {
			return WARD_ERR_IO;
		}
		if (fds[0].fd >= 0 && fds[0].revents != 0) {
			feed(run);
		}
		if (fds[1].fd >= 0 && fds[1].revents != 0) {
			rc = drain(&run->out, max);
		}
		if (rc == 0 && fds[2].fd >= 0 && fds[2].revents != 0) {
			rc = drain(&run->err, max);
		}
	}
	return rc;
}

/* Wait for the end, and hasten it where it doesn't come by itself. */
static int
reap(struct run *run, bool hasten, int *ret_status)
{
	static const struct timespec nap = { 0, 2000000 };
	bool killed = false;
	int status = 0;
	pid_t pid;

	for (;;) {
		if (!killed && (hasten || left(run) == 0)) {
			kill(run->pid, SIGKILL);
			killed = true;
		}
		pid = waitpid(run->pid, &status, killed ? 0 : WNOHANG);
		if (pid == run->pid) {
			break;
		}
		if (pid < 0 && errno != EINTR) {
			return WARD_ERR_IO;
		}
		if (pid == 0) {
			nanosleep(&nap, NULL);
		}
	}
	*ret_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
					    WEXITSTATUS(status);
	return killed && !hasten ? WARD_ERR_TOOL : 0;
}

static int
explain(struct ward_error *err, int rc, int status, const char *path)
{
	if (rc == WARD_ERR_TOOL) {
		return ward_error_set(err, rc,
		    "%s: took too long, or wrote too much", path);
	}
	if (rc == 0 && status == CHILD_NOT_DROPPED) {
		return ward_error_set(err, WARD_ERR_TOOL,
		    "%s: can't be run without privileges", path);
	}
	if (rc == 0 && status == CHILD_NOT_RUN) {
		return ward_error_set(err, WARD_ERR_TOOL, "%s: can't be run",
		    path);
	}
	return rc == 0 ?
	    0 :
	    ward_error_set(err, rc, "%s: %s", path,
		rc == WARD_ERR_NOMEM ? ward_error_text(err, "no memory") :
				       strerror(errno));
}

int
ward_spawn(const struct ward_spawn *spawn, struct ward_spawned *ret_spawned,
    struct ward_error *err)
{
	struct run run = { .in.fd = -1, .out.fd = -1, .err.fd = -1 };
	char path[64];
	int rc, reaped, status = 0;

	if (look_up(spawn->argv[0], path) != 0) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "%s: not found on this host", spawn->argv[0]);
	}
	clock_gettime(CLOCK_MONOTONIC, &run.deadline);
	run.deadline.tv_sec += spawn->seconds;
	rc = start(&run, path, spawn->argv, err);
	if (rc != 0) {
		return rc;
	}
	run.in.text = (char *)(uintptr_t)spawn->input; /* only read */
	run.in.size = spawn->input_size;
	rc = talk(&run, spawn->output_max);
	shut(&run.in.fd);
	shut(&run.out.fd);
	shut(&run.err.fd);
	reaped = reap(&run, rc != 0, &status);
	rc = explain(err, rc != 0 ? rc : reaped, status, path);
	if (rc != 0) {
		free(run.out.text);
		free(run.err.text);
		return rc;
	}
	ret_spawned->status = status;
	ret_spawned->output = run.out.text;
	ret_spawned->output_size = run.out.size;
	ret_spawned->errors = run.err.text;
	ret_spawned->errors_size = run.err.size;
	return 0;
}

void
ward_spawned_free(struct ward_spawned *spawned)
{
	free(spawned->output);
	free(spawned->errors);
	*spawned = (struct ward_spawned){ 0 };
}
