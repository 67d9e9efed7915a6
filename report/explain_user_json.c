/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-explain/1, of an account: docs/schema/acctward-explain-1.json. */
#include "report/audit_objects.h"

#include <stdlib.h>

struct lists {
	json_t *accounts, *findings;
};

static void
free_lists(struct ward_report *report)
{
	struct lists *lists = report->state;

	json_decref(lists->accounts);
	json_decref(lists->findings);
	free(lists);
	report->state = NULL;
}

static int
begin(struct ward_report *report)
{
	struct lists *lists = calloc(1, sizeof(*lists));

	if (lists == NULL) {
		return WARD_ERR_NOMEM;
	}
	report->state = lists;
	lists->accounts = json_array();
	lists->findings = json_array();
	if (lists->accounts == NULL || lists->findings == NULL) {
		free_lists(report);
		return WARD_ERR_NOMEM;
	}
	return 0;
}

static json_t *
day_json(struct ward_optional day)
{
	char text[WARD_DAY_SIZE];

	if (!day.known) {
		return json_null();
	}
	ward_day_format(day.value, text);
	return json_string(text);
}

static json_t *
moment_json(const struct ward_report *report, bool known, int64_t seconds)
{
	const struct ward_moment moment = { seconds, report->host->now.zone };
	char text[WARD_MOMENT_SIZE];

	if (!known) {
		return json_null();
	}
	ward_moment_format(moment, text);
	return json_string(text);
}

static json_t *
class_json(const struct ward_report *report, const struct ward_account *a)
{
	const struct ward_class_why why = ward_account_class_why(report->host,
	    a);
	char message[4096], reason[64];

	ward_class_message(&why, a, report->language, ward_clean_text, message,
	    sizeof(message));
	ward_reason_text(why.reason, reason, sizeof(reason));
	return json_pack("{s:s, s:s, s:s, s:o}", "name",
	    ward_class_name(why.class), "reason", reason, "message", message,
	    "source", ward_json_source(why.source));
}

static json_t *
password_json(const struct ward_account *a)
{
	static const char *const states[] = {
		[WARD_PASSWORD_UNKNOWN] = "unknown",
		[WARD_PASSWORD_EMPTY] = "empty",
		[WARD_PASSWORD_USABLE] = "usable",
		[WARD_PASSWORD_LOCKED] = "locked",
		[WARD_PASSWORD_NONE] = "none",
	};

	/* Day 0 is no day, but the mark that it must be changed. */
	const bool must_change = a->changed.known && a->changed.value == 0;

	return json_pack("{s:s, s:o, s:b, s:o, s:o}", "state",
	    states[a->password.state], "changed",
	    must_change ? json_null() : day_json(a->changed), "must_change",
	    (int)must_change, "closed_from", day_json(a->expires), "source",
	    ward_json_source(a->shadow));
}

static json_t *
use_json(const struct ward_report *report, const struct ward_account *a)
{
	static const char *const states[] = {
		[WARD_USE_UNKNOWN] = "unknown",
		[WARD_USE_NEVER] = "never",
		[WARD_USE_SEEN] = "seen",
	};

	return json_pack("{s:s, s:o, s:o}", "state", states[a->use], "time",
	    moment_json(report, a->use == WARD_USE_SEEN, a->last_use), "source",
	    ward_json_source(a->use_source));
}

static json_t *
failures_json(const struct ward_report *report, const struct ward_account *a)
{
	if (!a->failures.known) {
		return json_null();
	}
	return json_pack("{s:o, s:o, s:o}", "count",
	    ward_json_number(a->failures), "last",
	    moment_json(report, a->failures.value > 0, a->last_failure),
	    "source", ward_json_source(a->failure_source));
}

static json_t *
home_json(const struct ward_account *a)
{
	static const char *const states[] = {
		[WARD_HOME_UNKNOWN] = "unknown",
		[WARD_HOME_ELSEWHERE] = "elsewhere",
		[WARD_HOME_MISSING] = "missing",
		[WARD_HOME_THERE] = "there",
	};

	return json_pack("{s:o, s:s}", "path", ward_json_text(a->home), "state",
	    states[a->home_state]);
}

static json_t *
keys_json(const struct ward_account *a)
{
	return json_pack("{s:o, s:o}", "count",
	    a->keys_known || a->key_count > 0 ?
		json_integer((json_int_t)a->key_count) :
		json_null(),
	    "source", ward_json_source(a->key_source));
}

static int
put_account(struct ward_report *report, const struct ward_account *a)
{
	struct lists *lists = report->state;
	json_t *account = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
				    "s:o, s:o, s:o, s:o}",
	    "name", ward_json_text(a->name), "uid", ward_json_number(a->uid),
	    "gid", ward_json_number(a->gid), "source",
	    ward_json_source(a->entry), "class", class_json(report, a), "paths",
	    ward_json_paths(a), "shell", ward_json_text(a->shell), "home",
	    home_json(a), "password", password_json(a), "keys", keys_json(a),
	    "last_use", use_json(report, a), "failures",
	    failures_json(report, a));

	return account == NULL ||
		json_array_append_new(lists->accounts, account) != 0 ?
	    WARD_ERR_NOMEM :
	    0;
}

static int
put_finding(struct ward_report *report, const struct ward_finding *finding)
{
	struct lists *lists = report->state;
	json_t *object = ward_json_finding(report, finding);

	return object == NULL ||
		json_array_append_new(lists->findings, object) != 0 ?
	    WARD_ERR_NOMEM :
	    0;
}

static int
put_list(const struct ward_report *report, const char *key, json_t *list)
{
	const char *before = "\n  ";
	json_t *value;
	size_t i;
	int r = 0;

	(void)fprintf(report->stream, ",\n \"%s\": [", key);
	json_array_foreach(list, i, value)
	{
		if (r == 0) {
			r = ward_json_put(report->stream, before,
			    json_incref(value));
		}
		before = ",\n  ";
	}
	(void)fputc(']', report->stream);
	return r;
}

static int
put_rules(const struct ward_report *report, const struct ward_summary *summary)
{
	json_t *list = json_array();
	struct ward_audit_rule rule;
	int r = list == NULL ? WARD_ERR_NOMEM : 0;

	for (size_t i = 0; r == 0 && ward_audit_rule(report, summary, i, &rule);
	     i++) {
		if (json_array_append_new(list,
			ward_json_rule(report, &rule)) != 0) {
			r = WARD_ERR_NOMEM;
		}
	}
	if (r == 0) {
		r = put_list(report, "rules", list);
	}
	json_decref(list);
	return r;
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	const struct lists *lists = report->state;
	FILE *out = report->stream;
	int r = ward_json_head(report, "acctward-explain/1");

	if (r == 0) {
		r = put_list(report, "accounts", lists->accounts);
	}
	if (r == 0) {
		r = put_list(report, "findings", lists->findings);
	}
	if (r == 0) {
		r = put_rules(report, summary);
	}
	if (r == 0) {
		r = ward_json_put(out,
		    ",\n \"summary\": ", ward_json_summary(report, summary));
	}
	(void)fputs("}\n", out);
	return r;
}

const struct ward_audit_format ward_explain_user_json = {
	.name = "json",
	.begin = begin,
	.account = put_account,
	.finding = put_finding,
	.end = end,
	.free = free_lists,
};
