/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/changing.h"
#include "cli/cli.h"
#include "cli/locks.h"
#include "cli/session.h"

#include "report/report.h"

struct simulating {
	struct ward_report report;
	const struct ward_simulate_format *format;
	struct ward_evaluation *evaluation;
	struct ward_simulation *simulation;
	struct ward_locks locks;
	struct ward_changing changing;
	size_t unkept; /* privileged, and not so at log-in */
	size_t stale;  /* so at log-in, and not privileged */
	bool met;      /* on one host or more, who was asked for */
	bool stops;    /* on one host or more */
};

static int
take_finding(void *arg, const struct ward_finding *finding)
{
	struct simulating *s = arg;

	return ward_simulation_finding(s->simulation, finding);
}

/* What the account's tally says, or keeps the door from. */
static int
note_tally(struct simulating *s, const struct ward_account *account)
{
	const enum ward_class class = ward_account_class(s->report.host,
	    account);
	struct ward_limits limits;
	char fault[768];
	int64_t left;
	bool limited = ward_plan_lockout(s->report.plan, class,
	    &limits.attempts, &limits.seconds);

	left = ward_locks_left(&s->locks, account->name,
	    limited ? &limits : NULL, fault);
	if (left > 0) {
		ward_simulation_lock(s->simulation, (left + 999) / 1000);
	}
	return *fault == '\0' ? 0 : ward_simulation_fault(s->simulation, fault);
}

static bool
is_kept(const struct ward_account *account)
{
	for (size_t i = 0; i < account->path_count; i++) {
		if (account->paths[i].kind == WARD_PATH_UID0 ||
		    account->paths[i].kind == WARD_PATH_GROUP) {
			return true;
		}
	}
	return account->privileged_kept;
}

/* Kept once, and no longer so by what was found now: not who is in no list for
 * the length of the name. */
static bool
is_stale(const struct ward_account *account)
{
	char path[WARD_TALLY_PATH_SIZE];

	return account->path_count == 0 && account->privileged_kept &&
	    ward_tally_path(account->name, path) == 0;
}

/* As it is at log-in, where neither sudo's rules nor keys are read: the class
 * by which the door judges may be another than the audit's, unless who is
 * privileged is kept for it; and who is kept is privileged there. */
static struct ward_account
as_at_log_in(struct simulating *s, const struct ward_account *account)
{
	static const struct ward_path kept = { .kind = WARD_PATH_SUDO,
		.detail = "found by `acctward privileged --keep`",
		.source = { "/var/lib/acctward/privileged", 0 } };
	const bool tells = s->locks.known && s->locks.fault[0] == '\0';
	struct ward_account seen = *account;

	if (account->path_count == 0 && account->privileged_kept) {
		seen.paths = &kept;
		seen.path_count = 1;
		s->stale += tells && is_stale(account);
	} else if (account->path_count > 0 && !is_kept(account)) {
		seen.path_count = 0;
		s->unkept += tells;
	}
	seen.keys_known = false;
	seen.key_count = 0;
	return seen;
}

/* Could it set the new password that it is asked for? */
static int
note_change(struct simulating *s, const struct ward_account *seen)
{
	char fault[768];
	int r;

	if (!ward_simulation_asks(s->simulation)) {
		return 0;
	}
	r = ward_changing_own(&s->changing, s->report.plan,
	    ward_account_class(s->report.host, seen), seen->name,
	    s->report.language, fault);
	return r != 0 || *fault == '\0' ?
	    r :
	    ward_simulation_no_change(s->simulation, fault);
}

static int
take_account(void *arg, const struct ward_account *account)
{
	struct simulating *s = arg;
	struct ward_account seen;
	int r;

	if (!ward_selection_has_user(&s->report.only, account->name)) {
		return 0;
	}
	seen = as_at_log_in(s, account);
	r = ward_simulation_account(s->simulation, account);
	if (r == 0) {
		r = note_tally(s, &seen);
	}
	if (r == 0) {
		r = ward_evaluate_account(s->evaluation, &seen);
	}
	return r != 0 ? r : note_change(s, &seen);
}

/* What belongs to no account keeps nobody out. */
static int
take_defect(void *arg, const struct ward_defect *defect)
{
	(void)arg;
	(void)defect;
	return 0;
}

static int
prepare(struct simulating *s, struct ward_error *err)
{
	const struct ward_report *report = &s->report;
	int r = ward_simulation_new(report->plan, report->host,
	    report->only.user != NULL, &s->simulation);

	if (r == 0 && s->changing.known) {
		ward_simulation_changes(s->simulation, &s->changing.changes);
	}
	if (r == 0 && s->locks.fault[0] != '\0') {
		r = ward_simulation_fault(s->simulation, s->locks.fault);
	}
	if (r == 0) {
		r = ward_evaluation_new(report->plan, report->host,
		    take_finding, s, &s->evaluation);
	}
	if (r == 0) {
		r = ward_evaluation_select(s->evaluation, &report->only);
	}
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}

/* Many hosts are told of one after another, whoever is on them; that nobody is
 * on the only one is an error. */
static int
finish(struct simulating *s, struct ward_error *err)
{
	struct ward_summary summary;
	int r;

	ward_evaluation_summary(s->evaluation, &summary);
	s->met |= summary.accounts > 0 || s->report.only.user == NULL;
	if (!s->met && s->report.count < 2) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "--user: no account '%s' on %s", s->report.only.user,
		    s->report.host->name);
	}
	r = ward_simulation_end(s->simulation, &summary, s->locks.known);
	if (r != 0) {
		return ward_error_set(err, r, "no memory");
	}
	if (ward_simulation_stops(s->simulation)) {
		s->stops = true;
		s->report.verdicts[WARD_FAIL]++;
	}
	return s->format->put(&s->report, s->simulation);
}

/* Only of the host itself, or one below a root: a snapshot does not tell. */
static void
warn_of_kept(const struct simulating *s)
{
	if (s->unkept > 0) {
		(void)ward_say_error("warning: privileged accounts that the "
				     "log-in door would not take for such: "
				     "%zu; run acctward privileged --keep",
		    s->unkept);
	}
	if (s->stale > 0) {
		(void)ward_say_error("warning: accounts that the log-in door "
				     "takes for privileged, and that are so no "
				     "more: %zu; run acctward privileged "
				     "--keep",
		    s->stale);
	}
}

static int
simulate(struct simulating *s, struct ward_session *session,
    struct ward_error *err)
{
	struct ward_visitor visitor = { take_account, take_defect, NULL, s };
	int r;

	s->report.host = ward_session_host(session);
	s->report.index = session->host;
	r = prepare(s, err);
	if (r == 0) {
		r = ward_session_each(session, &visitor, err);
	}
	if (r == 0) {
		warn_of_kept(s);
		r = finish(s, err);
	}
	ward_evaluation_free(s->evaluation);
	ward_simulation_free(s->simulation);
	s->evaluation = NULL;
	s->simulation = NULL;
	return r;
}

static int
simulate_all(struct simulating *s, struct ward_session *session,
    struct ward_error *err)
{
	int r;

	do {
		r = simulate(s, session, err);
		if (r == 0) {
			r = ward_session_next(session, err);
		}
	} while (r > 0);
	if (r == 0 && !s->met) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "--user: no account '%s' on any of the hosts",
		    s->report.only.user);
	}
	return r != 0 || session->host_count < 2 || s->format->fleet == NULL ?
	    r :
	    s->format->fleet(&s->report);
}

int
ward_cmd_simulate(const struct ward_options *options)
{
	struct simulating s = {
		.format = ward_simulate_format(
		    options->format == NULL ? "text" : options->format)
	};
	struct ward_session session = { .plan = NULL };
	struct ward_error err = { .language = ward_language(options) };
	int r;

	if (s.format == NULL) {
		return ward_say_usage(
		    "--format: '%s' is none of: text json csv",
		    options->format);
	}
	r = ward_session_begin(options, true, &session, &err);
	if (r == 0) {
		s.report = (struct ward_report){
			.stream = session.output.stream,
			.plan = session.plan,
			.language = ward_language(options),
			.chosen_by_root = options->root != NULL &&
			    options->plan == NULL && options->config == NULL,
			.count = session.host_count,
			.only = { .user = options->user },
			.bom = options->bom,
			.color = ward_output_color(&session.output, options)
		};
		r = ward_locks_open(options, &s.locks, &err);
	}
	if (r == 0) {
		r = ward_changing_look(options, session.plan, &s.changing,
		    &err);
	}
	if (r == 0) {
		r = simulate_all(&s, &session, &err);
	}
	ward_locks_free(&s.locks);
	ward_changing_free(&s.changing);
	if (r == 0) {
		r = ward_output_commit(&session.output, &err);
	}
	r = ward_session_end(&session, r, &err);
	if (r != 0) {
		return ward_say_error("%s", err.text);
	}
	return s.stops ? WARD_EXIT_NOT_COMPLIANT : WARD_EXIT_COMPLIANT;
}
