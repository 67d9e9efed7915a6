/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <stdarg.h>

#include "report/report.h"

static enum ward_language spoken;

void
ward_say_in(enum ward_language language)
{
	spoken = language;
}

/* What is told may quote an audited host: it is made fit for a terminal. */
static void __attribute__((format(printf, 1, 0)))
say(const char *format, va_list args)
{
	char text[2048], shown[4096];

	(void)vsnprintf(text, sizeof(text), ward_text(spoken, format), args);
	ward_clean_text(text, shown, sizeof(shown));
	ward_progress_wipe();
	(void)fprintf(stderr, "acctward: %s\n", shown);
}

int
ward_say_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return WARD_EXIT_ERROR;
}

int
ward_say_usage(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
	return WARD_EXIT_USAGE;
}
