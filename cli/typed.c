/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/typed.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* ---- a line ---------------------------------------------------------------- */

/* What has come of it so far. A line's end belongs to it until it is over:
 * only what stands before "\n" is "\r\n". */
struct line {
	struct ward_typed *typed;
	bool begun, ended, has_nul, too_long;
	bool held; /* a '\r' that may belong to the line's end */
};

static void
add(struct line *line, char c)
{
	if (c == '\0') {
		line->has_nul = true;
	} else if (line->typed->size == WARD_PASSWORD_MAX) {
		line->too_long = true;
	} else {
		line->typed->text[line->typed->size++] = c;
	}
}

static void
take(struct line *line, char c)
{
	line->begun = true;
	if (line->held && c != '\n') {
		add(line, '\r');
	}
	line->held = c == '\r';
	line->ended = c == '\n';
	if (!line->held && !line->ended) {
		add(line, c);
	}
}

/* At the end of the line or of the input. */
static int
finish(struct line *line, struct ward_error *err)
{
	if (line->held && !line->ended) {
		add(line, '\r');
	}
	if (!line->begun) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "no password was given on standard input");
	}
	if (line->has_nul) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "standard input: a NUL byte, which no password has");
	}
	if (line->too_long) {
		return ward_error_set(err, WARD_ERR_RANGE,
		    "standard input: longer than any password (%d bytes)",
		    WARD_PASSWORD_MAX);
	}
	return 0;
}

/* Byte by byte, so that what stands behind the line is left to others. 1: go
 * on; 0: it is over; or an error. */
static int
step(int fd, struct line *line, struct ward_error *err)
{
	char c;
	ssize_t got = read(fd, &c, 1);

	if (got < 0 && errno != EINTR) {
		return ward_error_set(err, WARD_ERR_IO, "standard input: %s",
		    strerror(errno));
	}
	if (got > 0) {
		take(line, c);
		explicit_bzero(&c, sizeof(c));
	}
	return got != 0 && !line->ended ? 1 : 0;
}

int
ward_typed_read_line(int fd, struct ward_typed *ret_typed,
    struct ward_error *err)
{
	struct line line = { .typed = ret_typed };
	int r;

	*ret_typed = (struct ward_typed){ .size = 0 };
	do {
		r = step(fd, &line, err);
	} while (r > 0 && !line.has_nul && !line.too_long);
	return r < 0 ? r : finish(&line, err);
}

/* ---- a terminal ------------------------------------------------------------ */

/* What would leave the terminal without echo, or, the last of them, comes where
 * somebody may have changed it meanwhile. */
static const int watched[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP,
	SIGCONT };
#define WATCHED (sizeof(watched) / sizeof(watched[0]))

static volatile sig_atomic_t caught;

static void
note(int number)
{
	caught = number;
}

struct terminal {
	int fd, prompts;
	struct termios before;
	struct sigaction actions[WATCHED]; /* as they were */
	sigset_t mask;                     /* as it was */
};

/* The signals come in while a line is waited for, and at no other time. */
static void
watch(struct terminal *terminal)
{
	struct sigaction action = { .sa_handler = note };
	sigset_t held;

	caught = 0;
	(void)sigemptyset(&action.sa_mask);
	(void)sigemptyset(&held);
	for (size_t i = 0; i < WATCHED; i++) {
		(void)sigaddset(&held, watched[i]);
	}
	(void)sigprocmask(SIG_BLOCK, &held, &terminal->mask);
	for (size_t i = 0; i < WATCHED; i++) {
		(void)sigaction(watched[i], NULL, &terminal->actions[i]);
		if (terminal->actions[i].sa_handler != SIG_IGN) {
			(void)sigaction(watched[i], &action, NULL);
		}
	}
}

static void
unwatch(const struct terminal *terminal)
{
	for (size_t i = 0; i < WATCHED; i++) {
		(void)sigaction(watched[i], &terminal->actions[i], NULL);
	}
	(void)sigprocmask(SIG_SETMASK, &terminal->mask, NULL);
}

static int
set(const struct terminal *terminal, int how, const struct termios *modes)
{
	int r;

	do {
		r = tcsetattr(terminal->fd, how, modes);
	} while (r != 0 && errno == EINTR);
	return r;
}

static void
prompt(const struct terminal *terminal, const char *text)
{
	(void)!write(terminal->prompts, text, strlen(text));
}

/* A line, or a signal (in `caught`) before there is one. */
static int
wait_line(const struct terminal *terminal, struct line *line,
    struct ward_error *err)
{
	struct pollfd ready = { .fd = terminal->fd, .events = POLLIN };
	int r = 1;

	while (r > 0 && caught == 0) {
		if (ppoll(&ready, 1, NULL, &terminal->mask) > 0) {
			r = step(terminal->fd, line, err);
		}
	}
	return r < 0 ? r : 0;
}

/* Ask once. The terminal is as it was when this returns. */
static int
ask(struct terminal *terminal, const char *text, struct line *line,
    struct ward_error *err)
{
	struct termios hidden;
	int r;

	if (tcgetattr(terminal->fd, &terminal->before) != 0) {
		return ward_error_set(err, WARD_ERR_IO, "standard input: %s",
		    strerror(errno));
	}
	hidden = terminal->before;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	watch(terminal);
	r = set(terminal, TCSAFLUSH, &hidden) == 0 ?
	    0 :
	    ward_error_set(err, WARD_ERR_IO, "standard input: %s",
		strerror(errno));
	if (r == 0) {
		prompt(terminal, text);
		r = wait_line(terminal, line, err);
		(void)set(terminal, TCSANOW, &terminal->before);
		prompt(terminal, "\n");
	}
	unwatch(terminal);
	return r;
}

int
ward_typed_read(struct ward_typed *ret_typed, struct ward_error *err)
{
	struct terminal terminal = { .fd = STDIN_FILENO };
	int r, tty;

	if (!isatty(STDIN_FILENO)) {
		return ward_typed_read_line(STDIN_FILENO, ret_typed, err);
	}
	tty = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	terminal.prompts = tty >= 0 ? tty : STDERR_FILENO;
	do {
		struct line line = { .typed = ret_typed };

		explicit_bzero(ret_typed, sizeof(*ret_typed));
		r = ask(&terminal, ward_error_text(err, "Password to check: "),
		    &line, err);
		if (caught == 0 && r == 0) {
			r = finish(&line, err);
		} else if (caught != 0) {
			explicit_bzero(ret_typed, sizeof(*ret_typed));
			/* With what it does by itself: it ends or stops here,
			 * and goes on here if it does. */
			(void)raise(caught);
		}
	} while (caught != 0);
	if (tty >= 0) {
		(void)close(tty);
	}
	return r;
}
