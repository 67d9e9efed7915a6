/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"
#include "cli/keeping.h"
#include "cli/session.h"

#include "report/report.h"

struct listing {
	struct ward_report report;
	const struct ward_privileged_format *format;
	struct ward_keeping *keeping; /* NULL: nothing is to be kept */
	bool incomplete;
};

static int
take_account(void *arg, const struct ward_account *account)
{
	struct listing *listing = arg;
	int r = 0;

	if (account->path_count == 0) {
		return 0;
	}
	if (listing->keeping != NULL) {
		r = ward_keeping_note(listing->keeping, account);
	}
	return r != 0 ? r : listing->format->account(&listing->report, account);
}

/* A line that can't be read may hide a privilege: it is told aside, and the
 * list is not a whole one. */
static int
take_defect(void *arg, const struct ward_defect *defect)
{
	const struct ward_finding finding = { .reason = defect->reason,
		.subject = { .name = defect->name },
		.detail = defect->detail };
	struct listing *listing = arg;
	char message[1024], line[16] = "", host[256] = "";

	if (!ward_reason_hides(defect->reason)) {
		return 0;
	}
	listing->incomplete = true;
	ward_finding_message(&finding, listing->report.language,
	    ward_clean_text, message, sizeof(message));
	if (defect->source.line > 0) {
		(void)snprintf(line, sizeof(line), ":%u", defect->source.line);
	}
	if (listing->report.count > 1) {
		(void)snprintf(host, sizeof(host),
		    "%s: ", listing->report.host->name);
	}
	(void)ward_say_error("%s%s%s: %s%s%s", host, defect->source.file, line,
	    defect->name == NULL ? "" : defect->name,
	    defect->name == NULL ? "" : ": ", message);
	return 0;
}

static int
list(struct listing *listing, struct ward_session *session,
    struct ward_error *err)
{
	struct ward_visitor visitor = { take_account, take_defect, NULL,
		listing };
	int r;

	listing->incomplete = false;
	listing->report.host = ward_session_host(session);
	listing->report.index = session->host;
	r = listing->format->begin(&listing->report);
	if (r == 0) {
		r = ward_session_each(session, &visitor, err);
	}
	if (r != 0) {
		return r;
	}
	listing->report
	    .verdicts[listing->incomplete ? WARD_UNKNOWN : WARD_PASS]++;
	return listing->format->end(&listing->report, !listing->incomplete);
}

static int
list_all(struct listing *listing, struct ward_session *session,
    struct ward_error *err)
{
	int r;

	do {
		r = list(listing, session, err);
		if (r == 0) {
			r = ward_session_next(session, err);
		}
	} while (r > 0);
	return r != 0 || session->host_count < 2 ?
	    r :
	    listing->format->fleet(&listing->report);
}

int
ward_cmd_privileged(const struct ward_options *options)
{
	struct ward_keeping keeping = { .language = ward_language(options) };
	struct listing listing = { .keeping = options->keep ? &keeping : NULL };
	struct ward_session session = { .plan = NULL };
	struct ward_error err = { .language = ward_language(options) };
	int r;

	listing.format = ward_privileged_format(
	    options->format == NULL ? "text" : options->format);
	if (listing.format == NULL) {
		return ward_say_usage("--format: '%s' is none of: text json",
		    options->format);
	}
	r = ward_session_begin(options, false, &session, &err);
	if (r == 0) {
		listing.report = (struct ward_report){
			.stream = session.output.stream,
			.plan = session.plan,
			.language = ward_language(options),
			.count = session.host_count,
			.color = ward_output_color(&session.output, options)
		};
		session.streams = true;
		r = list_all(&listing, &session, &err);
	}
	if (r == 0 && options->keep) {
		r = ward_keeping_put(&keeping, options->root,
		    listing.incomplete, options->replace, &err);
	}
	if (r == 0) {
		r = ward_output_commit(&session.output, &err);
	}
	ward_keeping_free(&keeping);
	r = ward_session_end(&session, r, &err);
	return r != 0 ? ward_say_error("%s", err.text) : WARD_EXIT_COMPLIANT;
}
