/* SPDX-License-Identifier: BSD-2-Clause */
/* For people: each account with failed log-ins, or all that is known of one. */
#include "report/formats.h"

#include <string.h>

static int
begin(struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE], host[WARD_CLEAN_SIZE];

	ward_moment_format(report->host->now, now);
	if (report->host->name == NULL) {
		(void)fprintf(report->stream,
		    ward_text(report->language, "Failed log-ins, as of %s\n"),
		    now);
		return 0;
	}
	ward_clean_text(report->host->name, host, sizeof(host));
	(void)fprintf(report->stream,
	    ward_text(report->language, "Failed log-ins of %s, as of %s\n"),
	    host, now);
	return 0;
}

/* "wang01 (uid 1001, person)" */
static void
put_name(const struct ward_report *report, const struct ward_lockout *lockout)
{
	char name[WARD_CLEAN_SIZE], uid[32] = "";

	ward_clean_text(lockout->name, name, sizeof(name));
	if (lockout->uid.known) {
		(void)snprintf(uid, sizeof(uid), "uid %lld, ",
		    (long long)lockout->uid.value);
	}
	(void)fprintf(report->stream, "\n%s%s%s (%s%s)\n",
	    report->color ? "\033[1m" : "", name,
	    report->color ? "\033[0m" : "", uid,
	    ward_text(report->language,
		lockout->local ? ward_class_name(lockout->class) :
				 N_("no local account")));
}

static void
put_standing(const struct ward_report *report,
    const struct ward_lockout *lockout)
{
	const struct ward_tally_view *view = lockout->view;
	char until[WARD_MOMENT_SIZE];

	if (view->locked) {
		ward_moment_format(lockout->until, until);
		(void)fprintf(report->stream,
		    ward_text(report->language, "    %sLOCKED%s until %s\n"),
		    report->color ? "\033[31m" : "",
		    report->color ? "\033[0m" : "", until);
	}
	if (lockout->asked) {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"    failures that count: %u of %u\n"),
		    view->counting, lockout->limits.attempts);
	} else {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"    failures: %u; the plan asks for no lockout\n"),
		    view->counting);
	}
}

/* "2026-11-20T10:00:00+08:00  sshd  10.0.0.5" */
static void
describe(const struct ward_report *report, const struct ward_failure *failure,
    char *text, size_t size)
{
	char when[WARD_MOMENT_SIZE], service[64], from[4 * WARD_FROM_SIZE];

	ward_failure_time(report, failure, when);
	ward_clean_text(failure->service, service, sizeof(service));
	ward_clean_text(failure->from, from, sizeof(from));
	(void)snprintf(text, size, "%s%s%s%s%s", when,
	    *service != '\0' ? "  " : "", service, *from != '\0' ? "  " : "",
	    from);
}

static int
put_row(struct ward_report *report, const struct ward_lockout *lockout)
{
	const struct ward_failure *last = ward_lockout_last(lockout);
	char text[512];

	report->state = report; /* it was not an empty list */
	put_name(report, lockout);
	put_standing(report, lockout);
	if (last != NULL) {
		describe(report, last, text, sizeof(text));
		(void)fprintf(report->stream,
		    ward_text(report->language, "    the last: %s\n"), text);
	}
	return 0;
}

static void
put_asked(const struct ward_report *report, const struct ward_lockout *lockout)
{
	const struct ward_citations *both[] = { &lockout->shall,
		&lockout->should };

	if (!lockout->asked) {
		return;
	}
	(void)fprintf(report->stream,
	    ward_text(report->language,
		"    asked: after %u failures locked for %u seconds\n"),
	    lockout->limits.attempts, lockout->limits.seconds);
	for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
		char clauses[4096];

		ward_citations_text(both[i], clauses, sizeof(clauses));
		if (*clauses != '\0') {
			(void)fprintf(report->stream, "        [%s]\n",
			    clauses);
		}
	}
}

static void
put_marks(const struct ward_report *report, const struct ward_marks *marks)
{
	const struct ward_moment use = { marks->last_use,
		report->host->now.zone };
	char when[WARD_MOMENT_SIZE];

	if (marks->last_use > 0) {
		ward_moment_format(use, when);
		(void)fprintf(report->stream,
		    ward_text(report->language, "    last log-in: %s\n"), when);
	}
	if (marks->reset) {
		(void)fputs(ward_text(report->language,
				"    the password was set by an administrator, "
				"and not changed since\n"),
		    report->stream);
	}
}

static int
put_whole(struct ward_report *report, const struct ward_lockout *lockout)
{
	static const char *const kinds[] = {
		[WARD_FAILURE_FAILED] = N_("wrong password"),
		[WARD_FAILURE_LOCKED] = N_("wrong password, locked"),
		[WARD_FAILURE_TESTING] = N_("being tested"),
		[WARD_FAILURE_ABANDONED] = N_("ended without an answer"),
		[WARD_FAILURE_TORN] = N_("can't be read"),
	};
	const struct ward_tally_view *view = lockout->view;

	report->state = report;
	put_name(report, lockout);
	put_standing(report, lockout);
	put_asked(report, lockout);
	put_marks(report, &view->marks);
	for (size_t i = 0; i < view->count; i++) {
		char text[512];

		describe(report, &view->list[i], text, sizeof(text));
		(void)fprintf(report->stream, "%s    %s  %s%s\n",
		    i == 0 ? "\n" : "", text,
		    ward_text(report->language, kinds[view->list[i].kind]),
		    view->list[i].counts ?
			"" :
			ward_text(report->language, ", over"));
	}
	return 0;
}

static int
end(struct ward_report *report)
{
	if (report->state == NULL) {
		(void)fputs(ward_text(report->language,
				"\nThere is no failure to be told.\n"),
		    report->stream);
	}
	return 0;
}

const struct ward_lockout_format ward_lockout_text = {
	.name = "text",
	.begin = begin,
	.row = put_row,
	.whole = put_whole,
	.end = end,
};
