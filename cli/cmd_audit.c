/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"
#include "cli/session.h"

#include <string.h>

#include "report/report.h"

struct audit {
	struct ward_report report;
	const struct ward_audit_format *format;
	struct ward_evaluation *evaluation;
	enum ward_verdict worst;
};

static int
take_finding(void *arg, const struct ward_finding *finding)
{
	struct audit *audit = arg;

	return audit->format->finding(&audit->report, finding);
}

static int
take_account(void *arg, const struct ward_account *account)
{
	struct audit *audit = arg;

	return ward_evaluate_account(audit->evaluation, account);
}

static int
take_defect(void *arg, const struct ward_defect *defect)
{
	struct audit *audit = arg;

	return ward_evaluate_defect(audit->evaluation, defect);
}

/* The verdict in which fewer would believe stands. */
static enum ward_verdict
worse(enum ward_verdict a, enum ward_verdict b)
{
	return a == WARD_FAIL || b == WARD_FAIL ? WARD_FAIL :
	    a == WARD_PASS                      ? b :
						  a;
}

/* From facts to findings: the whole flow, once a host. */
static int
judge(struct audit *audit, struct ward_session *session, struct ward_error *err)
{
	struct ward_visitor visitor = { take_account, take_defect, audit };
	struct ward_summary summary;
	int r;

	audit->report.host = ward_session_host(session);
	audit->report.index = session->host;
	r = ward_evaluation_new(session->plan, audit->report.host, take_finding,
	    audit, &audit->evaluation);
	if (r == 0) {
		r = audit->format->begin(&audit->report);
	}
	if (r != 0) {
		return ward_error_set(err, r, "no memory, or no output");
	}
	r = ward_session_each(session, &visitor, err);
	if (r == 0) {
		ward_evaluation_summary(audit->evaluation, &summary);
		audit->report.verdicts[summary.verdict]++;
		audit->worst = worse(audit->worst, summary.verdict);
		r = audit->format->end(&audit->report, &summary);
	}
	if (audit->format->free != NULL) {
		audit->format->free(&audit->report);
	}
	ward_evaluation_free(audit->evaluation);
	audit->evaluation = NULL;
	return r;
}

static int
judge_all(struct audit *audit, struct ward_session *session,
    struct ward_error *err)
{
	int r;

	do {
		r = judge(audit, session, err);
		if (r == 0) {
			r = ward_session_next(session, err);
		}
	} while (r > 0);
	return r != 0 || session->host_count < 2 ||
		audit->format->fleet == NULL ?
	    r :
	    audit->format->fleet(&audit->report);
}

int
ward_cmd_audit(const struct ward_options *options)
{
	struct audit audit = { .worst = WARD_PASS };
	struct ward_session session = { .plan = NULL };
	struct ward_error err;
	int r;

	audit.format = ward_audit_format(
	    options->format == NULL ? "text" : options->format);
	if (audit.format == NULL) {
		return ward_say_usage(
		    "--format: '%s' is none of: text json jsonl csv",
		    options->format);
	}
	r = ward_session_begin(options, true, &session, &err);
	if (r == 0) {
		audit.report = (struct ward_report){
			.stream = session.output.stream,
			.plan = session.plan,
			.language = ward_language(options),
			.chosen_by_root = options->root != NULL &&
			    options->plan == NULL && options->config == NULL,
			.count = session.host_count,
			.all = options->all,
			.bom = options->bom,
			.color = ward_output_color(&session.output, options)
		};
		session.streams = strcmp(audit.format->name, "text") != 0;
		r = judge_all(&audit, &session, &err);
	}
	if (r == 0) {
		r = ward_output_commit(&session.output, &err);
	}
	ward_evaluation_free(audit.evaluation);
	r = ward_session_end(&session, r, &err);
	if (r != 0) {
		return ward_say_error("%s", err.text);
	}
	return audit.worst == WARD_PASS ? WARD_EXIT_COMPLIANT :
					  WARD_EXIT_NOT_COMPLIANT;
}
