/* SPDX-License-Identifier: BSD-2-Clause */
/* A header and a row an account; of lists only. */
#include "report/csv.h"
#include "report/formats.h"

#define COLUMNS 11 /* of the header */

static int
begin(struct ward_report *report)
{
	ward_csv_begin(report,
	    "name,uid,class,failures,attempts,seconds,locked,until,last_time,"
	    "last_service,last_from");
	return 0;
}

static void
number(bool known, uint64_t value, char text[24])
{
	(void)snprintf(text, 24, known ? "%llu" : "",
	    (unsigned long long)value);
}

static int
put_row(struct ward_report *report, const struct ward_lockout *lockout)
{
	const struct ward_failure *last = ward_lockout_last(lockout);
	char uid[24], failures[24], attempts[24], seconds[24];
	char until[WARD_MOMENT_SIZE] = "", when[WARD_MOMENT_SIZE] = "";

	number(lockout->uid.known, (uint64_t)lockout->uid.value, uid);
	number(true, lockout->view->counting, failures);
	number(lockout->asked, lockout->limits.attempts, attempts);
	number(lockout->asked, lockout->limits.seconds, seconds);
	if (lockout->view->locked) {
		ward_moment_format(lockout->until, until);
	}
	if (last != NULL) {
		ward_failure_time(report, last, when);
	}
	{
		const char *const cells[COLUMNS] = { lockout->name, uid,
			lockout->local ? ward_class_name(lockout->class) : "",
			failures, attempts, seconds,
			lockout->view->locked ? "yes" : "no", until, when,
			last == NULL ? "" : last->service,
			last == NULL ? "" : last->from };

		ward_csv_row(report->stream, cells, COLUMNS);
	}
	return 0;
}

static int
end(struct ward_report *report)
{
	(void)report;
	return 0;
}

const struct ward_lockout_format ward_lockout_csv = {
	.name = "csv",
	.begin = begin,
	.row = put_row,
	.end = end,
};
