/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-lockout/1: docs/schema/acctward-lockout-1.json. */
#include "report/audit_objects.h"
#include "report/formats.h"

static int
begin(struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE];
	FILE *out = report->stream;
	int r;

	ward_moment_format(report->host->now, now);
	(void)fputs(
	    "{\"schema\": \"acctward-lockout/1\", \"tool\": \"acctward " WARD_VERSION
	    "\"",
	    out);
	r = ward_json_put(out,
	    ",\n \"host\": ", ward_json_text(report->host->name));
	if (r == 0) {
		r = ward_json_put(out, ",\n \"as_of\": ", ward_json_text(now));
	}
	if (r == 0) {
		r = ward_json_put(out, ",\n \"plan\": ",
		    ward_json_text(report->plan == NULL ?
			    NULL :
			    ward_plan_id(report->plan)));
	}
	(void)fputs(",\n \"accounts\": [", out);
	return r;
}

static json_t *
text_or_null(const char *text)
{
	return ward_json_text(*text != '\0' ? text : NULL);
}

static json_t *
moment_json(struct ward_moment moment, bool known)
{
	char text[WARD_MOMENT_SIZE];

	ward_moment_format(moment, text);
	return ward_json_text(known ? text : NULL);
}

/* Of a list: when and whence. Of an account: what it was, too. */
static json_t *
failure_json(const struct ward_report *report,
    const struct ward_failure *failure, bool whole)
{
	char when[WARD_MOMENT_SIZE];
	json_t *object;

	if (failure == NULL) {
		return json_null();
	}
	ward_failure_time(report, failure, when);
	object = json_pack("{s:s, s:o, s:o}", "time", when, "service",
	    text_or_null(failure->service), "from",
	    text_or_null(failure->from));
	if (object != NULL && whole &&
	    (json_object_set_new(object, "kind",
		 json_string(ward_failure_kind_name(failure->kind))) != 0 ||
		json_object_set_new(object, "counts",
		    json_boolean(failure->counts)) != 0)) {
		json_decref(object);
		return NULL;
	}
	return object;
}

static json_t *
clauses_json(const struct ward_lockout *lockout)
{
	json_t *list = ward_json_clauses(&lockout->shall);
	json_t *more = ward_json_clauses(&lockout->should);

	if (list == NULL || more == NULL ||
	    json_array_extend(list, more) != 0) {
		json_decref(list);
		list = NULL;
	}
	json_decref(more);
	return list;
}

static json_t *
number_json(bool known, uint32_t number)
{
	return ward_json_number((struct ward_optional){ known, number });
}

static json_t *
row_json(const struct ward_report *report, const struct ward_lockout *lockout)
{
	const struct ward_tally_view *view = lockout->view;

	return json_pack("{s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:b, s:o, s:o}",
	    "name", ward_json_text(lockout->name), "uid",
	    ward_json_number(lockout->uid), "class",
	    ward_json_text(
		lockout->local ? ward_class_name(lockout->class) : NULL),
	    "failures", (json_int_t)view->counting, "attempts",
	    number_json(lockout->asked, lockout->limits.attempts), "seconds",
	    number_json(lockout->asked, lockout->limits.seconds), "clauses",
	    clauses_json(lockout), "locked", (int)view->locked, "until",
	    moment_json(lockout->until, view->locked), "last",
	    failure_json(report, ward_lockout_last(lockout), false));
}

static json_t *
history_json(const struct ward_report *report,
    const struct ward_tally_view *view)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < view->count; i++) {
		if (json_array_append_new(list,
			failure_json(report, &view->list[i], true)) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static int
put_account(struct ward_report *report, json_t *account)
{
	const char *before = report->state == NULL ? "\n  " : ",\n  ";

	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before, account);
}

static int
put_row(struct ward_report *report, const struct ward_lockout *lockout)
{
	return put_account(report, row_json(report, lockout));
}

static int
put_whole(struct ward_report *report, const struct ward_lockout *lockout)
{
	const struct ward_marks *marks = &lockout->view->marks;
	const struct ward_moment use = { marks->last_use,
		report->host->now.zone };
	json_t *account = row_json(report, lockout);
	json_t *more = json_pack("{s:o, s:b, s:o}", "last_use",
	    moment_json(use, marks->last_use > 0), "password_reset",
	    (int)marks->reset, "history", history_json(report, lockout->view));

	if (more == NULL || json_object_update(account, more) != 0) {
		json_decref(account);
		account = NULL;
	}
	json_decref(more);
	return put_account(report, account);
}

static int
end(struct ward_report *report)
{
	(void)fputs("]}\n", report->stream);
	return 0;
}

const struct ward_lockout_format ward_lockout_json = {
	.name = "json",
	.begin = begin,
	.row = put_row,
	.whole = put_whole,
	.end = end,
};
