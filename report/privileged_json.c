/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-privileged/1: docs/schema/acctward-privileged-1.json. */
#include "report/formats.h"
#include "report/json.h"

static int
begin(struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE];
	int r;

	ward_moment_format(report->host->now, now);
	ward_json_fleet_begin(report, "lists");
	(void)fputs(
	    "{\"schema\": \"acctward-privileged/1\", \"tool\": \"acctward " WARD_VERSION
	    "\"",
	    report->stream);
	r = ward_json_put(report->stream,
	    ",\n \"host\": ", ward_json_text(report->host->name));
	if (r == 0) {
		r = ward_json_put(report->stream,
		    ",\n \"as_of\": ", ward_json_text(now));
	}
	(void)fputs(",\n \"accounts\": [", report->stream);
	report->state = NULL;
	return r;
}

json_t *
ward_json_paths(const struct ward_account *account)
{
	json_t *list = json_array();

	for (size_t i = 0; i < account->path_count; i++) {
		const struct ward_path *path = &account->paths[i];
		json_t *object = json_pack("{s:s, s:o, s:o}", "kind",
		    ward_path_kind_name(path->kind), "detail",
		    ward_json_text(path->detail), "source",
		    ward_json_source(path->source));

		if (list == NULL || json_array_append_new(list, object) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static int
put_account(struct ward_report *report, const struct ward_account *account)
{
	const char *before = report->state == NULL ? "\n  " : ",\n  ";
	enum ward_password_state state = account->password.state;
	bool locked = state == WARD_PASSWORD_LOCKED ||
	    state == WARD_PASSWORD_NONE;

	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before,
	    json_pack("{s:o, s:o, s:o, s:o}", "name",
		ward_json_text(account->name), "uid",
		ward_json_number(account->uid), "locked",
		state == WARD_PASSWORD_UNKNOWN ? json_null() :
						 json_boolean(locked),
		"paths", ward_json_paths(account)));
}

static int
end(struct ward_report *report, bool complete)
{
	(void)fprintf(report->stream, "],\n \"complete\": %s}%s",
	    complete ? "true" : "false", report->count > 1 ? "" : "\n");
	return 0;
}

static int
put_fleet(struct ward_report *report)
{
	return ward_json_fleet_end(report,
	    json_pack("{s:I, s:I, s:I}", "hosts", (json_int_t)report->count,
		"complete", (json_int_t)report->verdicts[WARD_PASS],
		"incomplete", (json_int_t)report->verdicts[WARD_UNKNOWN]));
}

const struct ward_privileged_format ward_privileged_json = {
	.name = "json",
	.begin = begin,
	.account = put_account,
	.end = end,
	.fleet = put_fleet,
};
