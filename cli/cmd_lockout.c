/* SPDX-License-Identifier: BSD-2-Clause */
/* Failed log-ins: who has any, all of one account's, and away with them. */
#include "cli/lockout.h"

#include <string.h>
#include <syslog.h>

/* What is written of them, and in which format. */
struct telling {
	struct ward_lockouts lockouts;
	struct ward_report report;
	struct ward_host host; /* its name and the moment, for the report */
	struct ward_output output;
	const struct ward_lockout_format *format;
	uint64_t seen;
	bool failed; /* of an account, which the list then lacks */
	struct ward_error *err;
};

static int
begin(struct telling *telling, const struct ward_options *options)
{
	int r = ward_output_open(options->output, &telling->output,
	    telling->err);

	if (r != 0) {
		return r;
	}
	telling->host = (struct ward_host){ .now = telling->lockouts.now };
	if (telling->lockouts.name[0] != '\0') {
		telling->host.name = telling->lockouts.name;
	}
	telling->report = (struct ward_report){
		.stream = telling->output.stream,
		.plan = telling->lockouts.plan,
		.host = &telling->host,
		.count = 1,
		.language = ward_language(options),
		.all = options->all,
		.bom = options->bom,
		.color = ward_output_color(&telling->output, options)
	};
	return telling->format->begin(&telling->report);
}

static int
end(struct telling *telling, int r)
{
	FILE *stream = telling->output.stream;

	if (r == 0) {
		r = telling->format->end(&telling->report);
	}
	ward_progress_end();
	if (r == 0 || (stream != NULL && ferror(stream))) {
		r = ward_output_commit(&telling->output, telling->err);
	} else if (r == WARD_ERR_NOMEM) {
		(void)ward_error_set(telling->err, r, "no memory");
	}
	ward_output_discard(&telling->output);
	ward_lockouts_close(&telling->lockouts);
	if (r != 0) {
		return ward_say_error("%s", telling->err->text);
	}
	return telling->failed ? WARD_EXIT_ERROR : WARD_EXIT_COMPLIANT;
}

/* ---- list ---------------------------------------------------------------- */

static int
list_one(void *arg, const char *name)
{
	struct telling *telling = arg;
	struct ward_lockout_case found;
	int r = ward_lockout_find(&telling->lockouts, name, WARD_TALLY_LOOK,
	    &found, telling->err);

	if (r != 0) {
		telling->failed = true;
		(void)ward_say_error("%s", telling->err->text);
		return 0;
	}
	ward_progress_accounts(telling->lockouts.name, ++telling->seen);
	if (found.tally != NULL &&
	    (telling->report.all || found.view.counting > 0 ||
		found.view.locked)) {
		r = telling->format->row(&telling->report, &found.lockout);
	}
	ward_lockout_end(&found);
	return r;
}

int
ward_cmd_lockout_list(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	struct telling telling = { .err = &err };
	int r;

	telling.format = ward_lockout_format(
	    options->format == NULL ? "text" : options->format);
	if (telling.format == NULL) {
		return ward_say_usage(
		    "--format: '%s' is none of: text json csv",
		    options->format);
	}
	ward_progress_begin(options->quiet, err.language);
	r = ward_lockouts_open(options, WARD_STATE_LOOK, true,
	    &telling.lockouts, &err);
	if (r == 0) {
		r = begin(&telling, options);
	}
	if (r == 0 && telling.lockouts.state != NULL) {
		r = ward_tally_each(telling.lockouts.state, list_one, &telling,
		    &err);
	}
	return end(&telling, r);
}

/* ---- show ---------------------------------------------------------------- */

static int
show(struct telling *telling, const struct ward_options *options)
{
	const char *name = options->argv[0];
	struct ward_lockout_case found;
	int r = ward_lockout_find(&telling->lockouts, name, WARD_TALLY_LOOK,
	    &found, telling->err);

	if (r != 0) {
		return r;
	}
	/* On a host where nothing was ever recorded it can't be told. */
	if (!found.lockout.local && found.tally == NULL &&
	    telling->lockouts.state != NULL) {
		r = ward_error_set(telling->err, WARD_ERR_MISSING,
		    "%s: no local account, and no failed log-in is recorded",
		    name);
	}
	if (r == 0) {
		r = begin(telling, options);
	}
	if (r == 0 && telling->lockouts.state != NULL) {
		r = telling->format->whole(&telling->report, &found.lockout);
	}
	ward_lockout_end(&found);
	return r;
}

int
ward_cmd_lockout_show(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	struct telling telling = { .err = &err };
	int r;

	telling.format = ward_lockout_format(
	    options->format == NULL ? "text" : options->format);
	if (telling.format == NULL || telling.format->whole == NULL) {
		return ward_say_usage("--format: '%s' is none of: text json",
		    options->format);
	}
	r = ward_lockouts_open(options, WARD_STATE_LOOK, true,
	    &telling.lockouts, &err);
	if (r == 0) {
		r = show(&telling, options);
	}
	return end(&telling, r);
}

/* ---- reset --------------------------------------------------------------- */

struct resetting {
	struct ward_lockouts lockouts;
	char by[WARD_ACTOR_SIZE];
	uint64_t accounts, failures; /* that counted, and don't any more */
	bool failed;
	struct ward_error *err;
};

/* So that nobody is let in again unseen. */
static int
record(struct resetting *resetting, const struct ward_lockout_case *found)
{
	const struct ward_lockout *lockout = &found->lockout;
	const struct ward_citations *cited = lockout->shall.count > 0 ?
	    &lockout->shall :
	    &lockout->should;
	char detail[64], text[2048];
	struct ward_event event = {
		.id = WARD_EVENT_UNLOCKED,
		.when = resetting->lockouts.now,
		.user = lockout->name,
		.uid = lockout->uid,
		.by = resetting->by,
		.detail = detail,
	};

	(void)snprintf(detail, sizeof(detail), "failures: %u%s",
	    found->view.counting, found->view.locked ? ", locked" : "");
	if (cited->count > 0) {
		event.plan = cited->list[0].plan;
		event.clause = cited->list[0].clauses;
	}
	if (*ward_state_root(resetting->lockouts.state) == '\0') {
		ward_event_text(&event, text, sizeof(text));
		openlog("acctward", LOG_PID, LOG_AUTHPRIV);
		syslog(LOG_NOTICE, "%s", text);
		closelog();
	}
	return ward_event_write(resetting->lockouts.state, &event,
	    resetting->err);
}

static void
tell(const struct resetting *resetting, const struct ward_lockout_case *found)
{
	const struct ward_options *options = resetting->lockouts.options;
	const enum ward_language language = ward_language(options);
	char name[WARD_CLEAN_SIZE];

	if (options->quiet || options->all) {
		return;
	}
	ward_clean_text(found->lockout.name, name, sizeof(name));
	if (found->tally == NULL) {
		(void)printf(ward_text(language,
				 "%s: no failed log-in is recorded\n"),
		    name);
	} else {
		(void)printf(ward_text(language,
				 found->view.locked ?
				     "%s: unlocked, failures dropped: %u\n" :
				     N_("%s: failures dropped: %u\n")),
		    name, found->view.counting);
	}
}

static int
reset(struct resetting *resetting, const char *name)
{
	struct ward_lockout_case found;
	int r = ward_lockout_find(&resetting->lockouts, name, WARD_TALLY_KEEP,
	    &found, resetting->err);

	if (r != 0) {
		return r;
	}
	if (found.tally == NULL && !found.lockout.local) {
		r = ward_error_set(resetting->err, WARD_ERR_MISSING,
		    "%s: no local account, and no failed log-in is recorded",
		    name);
	} else if (found.tally != NULL) {
		r = ward_tally_reset(found.tally, resetting->err);
	}
	if (r == 0) {
		tell(resetting, &found);
	}
	if (r == 0 && found.view.counting > 0) {
		resetting->accounts++;
		resetting->failures += found.view.counting;
		r = record(resetting, &found);
	}
	ward_lockout_end(&found);
	return r;
}

/* One that can't be reset keeps no other from it. */
static int
reset_one(void *arg, const char *name)
{
	struct resetting *resetting = arg;

	if (reset(resetting, name) != 0) {
		resetting->failed = true;
		(void)ward_say_error("%s", resetting->err->text);
	}
	return 0;
}

static int
reset_all(struct resetting *resetting, const struct ward_options *options)
{
	int r = 0;

	ward_actor(resetting->by);
	if (options->all) {
		r = ward_tally_each(resetting->lockouts.state, reset_one,
		    resetting, resetting->err);
		if (r == 0 && !options->quiet) {
			(void)printf(ward_text(ward_language(options),
					 "accounts reset: %llu, failures "
					 "dropped: %llu\n"),
			    (unsigned long long)resetting->accounts,
			    (unsigned long long)resetting->failures);
		}
	}
	for (int i = 0; i < options->argc; i++) {
		(void)reset_one(resetting, options->argv[i]);
	}
	return r;
}

int
ward_cmd_lockout_reset(const struct ward_options *options)
{
	struct ward_error err = { .language = ward_language(options) };
	struct resetting resetting = { .err = &err };
	int r;

	if (options->all == (options->argc > 0)) {
		return ward_say_usage("`acctward lockout reset` needs either "
				      "NAME... or --all");
	}
	r = ward_lockouts_open(options, WARD_STATE_KEEP, false,
	    &resetting.lockouts, &err);
	if (r == 0) {
		r = reset_all(&resetting, options);
		ward_lockouts_close(&resetting.lockouts);
	}
	if (r != 0) {
		return ward_say_error("%s", err.text);
	}
	if (fflush(stdout) != 0 || ferror(stdout)) {
		return ward_say_error("standard output could not be written");
	}
	return resetting.failed ? WARD_EXIT_ERROR : WARD_EXIT_COMPLIANT;
}
