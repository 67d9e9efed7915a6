/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One line on a terminal's standard error that says what is done, once it
 * takes longer than a second. Looked at from within the work: no signals.
 */
#include "cli/cli.h"

#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "report/report.h"

#define FIRST_NS INT64_C(1000000000)
#define AGAIN_NS INT64_C(250000000)

static struct {
	bool on;
	enum ward_language language;
	int64_t due;  /* when it may be written next */
	size_t width; /* what stands there now */
} line;

static int64_t
now_ns(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void
ward_progress_begin(bool quiet, enum ward_language language)
{
	line.language = language;
	line.on = !quiet && isatty(STDERR_FILENO);
	line.due = line.on ? now_ns() + FIRST_NS : 0;
}

void
ward_progress_wipe(void)
{
	if (line.width > 0) {
		(void)fprintf(stderr, "\r%*s\r", (int)line.width, "");
		(void)fflush(stderr);
		line.width = 0;
	}
}

void
ward_progress_end(void)
{
	ward_progress_wipe();
	line.on = false;
}

/* True: it is time to show `text`, or what has become of it. */
static bool
is_due(void)
{
	int64_t now;

	if (!line.on) {
		return false;
	}
	now = now_ns();
	if (now < line.due) {
		return false;
	}
	line.due = now + AGAIN_NS;
	return true;
}

/* Never as wide as the terminal: what wraps can't be taken back. */
static void
put(const char *text)
{
	struct winsize size = { .ws_col = 0 };
	char shown[160];
	size_t room = sizeof(shown);

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 16) {
		size.ws_col = 80;
	}
	if (room > size.ws_col) {
		room = size.ws_col;
	}
	ward_clean_text(text, shown, room);
	ward_progress_wipe();
	(void)fputs(shown, stderr);
	(void)fflush(stderr);
	line.width = strlen(shown);
}

void
ward_progress_file(void *arg, const char *file, uint64_t tried)
{
	char text[160];

	(void)arg;
	if (!is_due()) {
		return;
	}
	if (tried > 0) {
		(void)snprintf(text, sizeof(text),
		    ward_text(line.language,
			"acctward: trying words on accounts of %s: %llu"),
		    file, (unsigned long long)tried);
	} else {
		(void)snprintf(text, sizeof(text),
		    ward_text(line.language, "acctward: reading %s"), file);
	}
	put(text);
}

void
ward_progress_accounts(const char *host, uint64_t accounts)
{
	char text[160];

	if (is_due()) {
		(void)snprintf(text, sizeof(text),
		    ward_text(line.language, "acctward: %.64s: %llu accounts"),
		    host, (unsigned long long)accounts);
		put(text);
	}
}
