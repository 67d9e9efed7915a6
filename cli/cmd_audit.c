/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"
#include "cli/session.h"

#include <string.h>

#include "report/report.h"

struct audit {
	struct ward_report report;
	const struct ward_audit_format *format;
	struct ward_evaluation *evaluation;
	struct ward_looked looked;
	enum ward_verdict worst;
	bool begun; /* the report of this host */
	bool met;   /* on one host or more, who was asked for */
	bool usage; /* what failed is what was asked */
};

/* Nothing is written for an account that there isn't: only what is found
 * shows that the report is to begin. */
static int
begin(struct audit *audit)
{
	if (audit->begun) {
		return 0;
	}
	audit->begun = true;
	return audit->format->begin(&audit->report);
}

static int
take_finding(void *arg, const struct ward_finding *finding)
{
	struct audit *audit = arg;
	int r = begin(audit);

	return r != 0 ? r : audit->format->finding(&audit->report, finding);
}

static int
take_account(void *arg, const struct ward_account *account)
{
	struct audit *audit = arg;
	int r = 0;

	if (audit->format->account != NULL &&
	    ward_selection_has_user(&audit->report.only, account->name)) {
		r = begin(audit);
		if (r == 0) {
			r = audit->format->account(&audit->report, account);
		}
	}
	return r != 0 ? r : ward_evaluate_account(audit->evaluation, account);
}

static int
take_defect(void *arg, const struct ward_defect *defect)
{
	struct audit *audit = arg;

	return ward_evaluate_defect(audit->evaluation, defect);
}

static int
take_service(void *arg, const struct ward_service *service)
{
	struct audit *audit = arg;
	int r = ward_looked_add(&audit->looked, service);

	return r != 0 ? r : ward_evaluate_service(audit->evaluation, service);
}

/* The verdict in which fewer would believe stands. */
static enum ward_verdict
worse(enum ward_verdict a, enum ward_verdict b)
{
	return a == WARD_FAIL || b == WARD_FAIL ? WARD_FAIL :
	    a == WARD_PASS                      ? b :
						  a;
}

/* An evaluation of what is selected. */
static int
prepare(struct audit *audit, const struct ward_plan *plan,
    struct ward_error *err)
{
	const struct ward_report *report = &audit->report;
	int r = ward_evaluation_new(plan, report->host, take_finding, audit,
	    &audit->evaluation);

	if (r != 0) {
		return ward_error_set(err, r, "no memory");
	}
	r = ward_evaluation_select(audit->evaluation, &report->only);
	audit->usage = r != 0;
	return r == 0 ?
	    0 :
	    ward_error_set(err, r,
		"--rule: %s asks for no rule that '%s' matches; `acctward plan "
		"show` has what it asks for",
		ward_plan_id(plan), report->only.rule);
}

/* Was anybody there of whom the report would be? */
static bool
is_met(const struct audit *audit, const struct ward_summary *summary)
{
	return summary->met &&
	    (audit->format->account == NULL || summary->accounts > 0);
}

/* Many hosts are told of one after another, whoever is on them; that nobody is
 * on the only one is an error. */
static int
finish(struct audit *audit, const struct ward_summary *summary,
    struct ward_error *err)
{
	const bool met = is_met(audit, summary);
	int r;

	audit->met |= met;
	if (!met && audit->report.count < 2) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "--user: no account '%s' on %s", audit->report.only.user,
		    audit->report.host->name);
	}
	audit->report.verdicts[summary->verdict]++;
	audit->worst = met ? worse(audit->worst, summary->verdict) :
			     audit->worst;
	r = begin(audit);
	return r != 0 ? r : audit->format->end(&audit->report, summary);
}

/* From facts to findings: the whole flow, once a host. */
static int
judge(struct audit *audit, struct ward_session *session, struct ward_error *err)
{
	struct ward_visitor visitor = { take_account, take_defect,
		audit->report.only.user == NULL ? take_service : NULL, audit };
	struct ward_summary summary;
	int r;

	audit->begun = false;
	audit->report.host = ward_session_host(session);
	audit->report.index = session->host;
	r = prepare(audit, session->plan, err);
	if (r != 0) {
		return r;
	}
	audit->report.looked = &audit->looked;
	r = ward_session_each(session, &visitor, err);
	if (r == 0) {
		r = ward_evaluation_end(audit->evaluation);
	}
	if (r == 0) {
		ward_evaluation_summary(audit->evaluation, &summary);
		r = finish(audit, &summary, err);
	}
	if (audit->begun && audit->format->free != NULL) {
		audit->format->free(&audit->report);
	}
	ward_evaluation_free(audit->evaluation);
	audit->evaluation = NULL;
	ward_looked_clear(&audit->looked);
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
	if (r == 0 && !audit->met) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "--user: no account '%s' on any of the hosts",
		    audit->report.only.user);
	}
	return r != 0 || session->host_count < 2 ||
		audit->format->fleet == NULL ?
	    r :
	    audit->format->fleet(&audit->report);
}

int
ward_audit(const struct ward_options *options,
    const struct ward_audit_format *format)
{
	struct audit audit = { .format = format, .worst = WARD_PASS };
	struct ward_session session = { .plan = NULL };
	struct ward_error err = { .language = ward_language(options) };
	int r;

	r = ward_session_begin(options, true, &session, &err);
	if (r == 0) {
		audit.report = (struct ward_report){
			.stream = session.output.stream,
			.plan = session.plan,
			.language = ward_language(options),
			.chosen_by_root = options->root != NULL &&
			    options->plan == NULL && options->config == NULL,
			.count = session.host_count,
			.only = { options->rule, options->user },
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
		return audit.usage ? ward_say_usage("%s", err.text) :
				     ward_say_error("%s", err.text);
	}
	return audit.worst == WARD_PASS ? WARD_EXIT_COMPLIANT :
					  WARD_EXIT_NOT_COMPLIANT;
}

int
ward_cmd_audit(const struct ward_options *options)
{
	const struct ward_audit_format *format = ward_audit_format(
	    options->format == NULL ? "text" : options->format);

	return format == NULL ?
	    ward_say_usage("--format: '%s' is none of: text json jsonl csv",
		options->format) :
	    ward_audit(options, format);
}
