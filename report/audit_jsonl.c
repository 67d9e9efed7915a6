/* SPDX-License-Identifier: BSD-2-Clause */
/* One object a line, with its "type", written as it is found: nothing is kept,
 * however many accounts there are. docs/schema/acctward-audit-1.json. */
#include "report/audit_objects.h"

static int
put(struct ward_report *report, const char *type, json_t *object)
{
	json_t *line = json_object();

	/* The type comes first, so that a line can be told by its start. */
	if (line == NULL || object == NULL ||
	    json_object_set_new(line, "type", json_string(type)) != 0 ||
	    json_object_update(line, object) != 0) {
		json_decref(line);
		json_decref(object);
		return WARD_ERR_NOMEM;
	}
	json_decref(object);
	if (ward_json_put(report->stream, "", line) != 0 ||
	    fputc('\n', report->stream) == EOF) {
		return WARD_ERR_IO;
	}
	return 0;
}

static int
begin(struct ward_report *report)
{
	char now[WARD_MOMENT_SIZE];
	json_t *head;

	ward_moment_format(report->host->now, now);
	head = json_pack("{s:s, s:s, s:o, s:s, s:o}", "schema",
	    "acctward-audit/1", "tool", "acctward " WARD_VERSION, "host",
	    ward_json_text(report->host->name), "as_of", now, "plan",
	    ward_json_plan(report->plan));
	if (head != NULL && ward_audit_is_part(report) &&
	    json_object_set_new(head, "only", ward_json_only(report)) != 0) {
		json_decref(head);
		head = NULL;
	}
	return put(report, "audit", head);
}

static int
put_finding(struct ward_report *report, const struct ward_finding *finding)
{
	return !ward_audit_shows(report, finding) ?
	    0 :
	    put(report, "finding", ward_json_finding(report, finding));
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	struct ward_audit_rule rule;
	struct ward_service service;
	int r = 0;

	for (size_t i = 0;
	     r == 0 && ward_looked_service(report, summary, i, &service); i++) {
		r = put(report, "service", ward_json_service(&service));
	}
	for (size_t i = 0; r == 0 && ward_audit_rule(report, summary, i, &rule);
	     i++) {
		r = put(report, "rule", ward_json_rule(report, &rule));
	}
	return r != 0 ?
	    r :
	    put(report, "summary", ward_json_summary(report, summary));
}

const struct ward_audit_format ward_audit_jsonl = {
	.name = "jsonl",
	.begin = begin,
	.finding = put_finding,
	.end = end,
};
