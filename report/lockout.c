/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports of failed log-ins have in common, and their table. */
#include "report/formats.h"

#include <string.h>

static const struct ward_lockout_format *const formats[] = {
	&ward_lockout_text,
	&ward_lockout_json,
	&ward_lockout_csv,
};

const struct ward_lockout_format *
ward_lockout_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i]->name, name) == 0) {
			return formats[i];
		}
	}
	return NULL;
}

const struct ward_failure *
ward_lockout_last(const struct ward_lockout *lockout)
{
	const struct ward_tally_view *view = lockout->view;
	const struct ward_failure *over = NULL;

	for (size_t i = view->count; i > 0; i--) {
		const struct ward_failure *failure = &view->list[i - 1];

		if (failure->counts) {
			return failure;
		}
		if (over == NULL && failure->kind != WARD_FAILURE_TESTING) {
			over = failure;
		}
	}
	return over;
}

void
ward_failure_time(const struct ward_report *report,
    const struct ward_failure *failure, char text[WARD_MOMENT_SIZE])
{
	/* Never negative: time is told in milliseconds since 1970. */
	const struct ward_moment when = { failure->when.wall / 1000,
		report->host->now.zone };

	ward_moment_format(when, text);
}

const char *
ward_failure_kind_name(enum ward_failure_kind kind)
{
	static const char *const names[] = {
		[WARD_FAILURE_FAILED] = "failed",
		[WARD_FAILURE_LOCKED] = "locked",
		[WARD_FAILURE_TESTING] = "testing",
		[WARD_FAILURE_ABANDONED] = "abandoned",
		[WARD_FAILURE_TORN] = "torn",
	};

	return names[kind];
}
