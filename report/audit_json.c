/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-audit/1: docs/schema/acctward-audit-1.json. Written as it goes. */
#include "report/audit_objects.h"

static int
begin(struct ward_report *report)
{
	FILE *out = report->stream;
	int r;

	ward_json_fleet_begin(report, "audits");
	r = ward_json_head(report, "acctward-audit/1");
	if (r == 0 && ward_audit_is_part(report)) {
		r = ward_json_put(out,
		    ",\n \"only\": ", ward_json_only(report));
	}
	(void)fputs(",\n \"findings\": [", out);
	report->state = NULL;
	return r;
}

static int
put_finding(struct ward_report *report, const struct ward_finding *finding)
{
	const char *before = report->state == NULL ? "\n  " : ",\n  ";

	if (!ward_audit_shows(report, finding)) {
		return 0;
	}
	report->state = report; /* something stands before the next */
	return ward_json_put(report->stream, before,
	    ward_json_finding(report, finding));
}

static int
put_services(struct ward_report *report, const struct ward_summary *summary)
{
	struct ward_service service;
	int r = 0;

	(void)fputs("],\n \"services\": [", report->stream);
	for (size_t i = 0;
	     r == 0 && ward_looked_service(report, summary, i, &service); i++) {
		r = ward_json_put(report->stream, i == 0 ? "\n  " : ",\n  ",
		    ward_json_service(&service));
	}
	return r;
}

static int
end(struct ward_report *report, const struct ward_summary *summary)
{
	const char *before = "\n  ";
	struct ward_audit_rule rule;
	int r = put_services(report, summary);

	(void)fputs("],\n \"rules\": [", report->stream);
	for (size_t i = 0; r == 0 && ward_audit_rule(report, summary, i, &rule);
	     i++) {
		r = ward_json_put(report->stream, before,
		    ward_json_rule(report, &rule));
		before = ",\n  ";
	}
	if (r == 0) {
		r = ward_json_put(report->stream,
		    "],\n \"summary\": ", ward_json_summary(report, summary));
	}
	(void)fputs(report->count > 1 ? "}" : "}\n", report->stream);
	return r;
}

static int
put_fleet(struct ward_report *report)
{
	return ward_json_fleet_end(report,
	    json_pack("{s:I, s:I, s:I, s:I}", "hosts",
		(json_int_t)report->count, "pass",
		(json_int_t)report->verdicts[WARD_PASS], "fail",
		(json_int_t)report->verdicts[WARD_FAIL], "unknown",
		(json_int_t)report->verdicts[WARD_UNKNOWN]));
}

const struct ward_audit_format ward_audit_json = {
	.name = "json",
	.begin = begin,
	.finding = put_finding,
	.end = end,
	.fleet = put_fleet,
};
