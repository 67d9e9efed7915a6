/* SPDX-License-Identifier: BSD-2-Clause */
/* A header, a row a finding that is acted on and rows of what else is said, each
 * of an act of its own; the last one of a host is its "summary". */
#include "report/csv.h"
#include "report/formats.h"
#include "report/simulation.h"

static const char header
    [] = "host,as_of,plan,act,name,uid,class,rule,strength,observed,required,"
	 "unit,clauses,source,agency_setting,message,note,remedy,days_left";

enum column {
	HOST,
	AS_OF,
	PLAN,
	ACT,
	NAME,
	UID,
	CLASS,
	RULE_ID,
	STRENGTH,
	OBSERVED,
	REQUIRED,
	UNIT,
	CLAUSES,
	SOURCE,
	AGENCY,
	MESSAGE,
	NOTE,
	REMEDY,
	DAYS_LEFT,
	COLUMNS
};

/* The row, with what all rows of a host say. */
static void
put_row(const struct ward_report *report, const char *cells[COLUMNS])
{
	char now[WARD_MOMENT_SIZE];

	ward_moment_format(report->host->now, now);
	cells[HOST] = report->host->name;
	cells[AS_OF] = now;
	cells[PLAN] = ward_plan_id(report->plan);
	ward_csv_row(report->stream, cells, COLUMNS);
}

static void
put_finding(const struct ward_report *report,
    const struct ward_simulated *account, const struct ward_kept *kept,
    const char *uid)
{
	const struct ward_finding *finding = &kept->finding;
	const char *note = ward_kept_note(account, kept);
	char message[4096], remedy[4096], clauses[4096];
	char source[WARD_CLEAN_SIZE] = "";

	ward_citations_text(&finding->citations, clauses, sizeof(clauses));
	ward_finding_message(finding, report->language, ward_clean_text,
	    message, sizeof(message));
	ward_finding_remedy(finding, report->language, ward_clean_text, remedy,
	    sizeof(remedy));
	if (finding->source.file != NULL) {
		(void)snprintf(source, sizeof(source),
		    finding->source.line > 0 ? "%s:%u" : "%s",
		    finding->source.file, finding->source.line);
	}
	{
		const char *cells[COLUMNS] = {
			[ACT] = ward_act_name(kept->act),
			[NAME] = account->name,
			[UID] = uid,
			[CLASS] = ward_class_name(account->class),
			[RULE_ID] = ward_rules[finding->rule].id,
			[STRENGTH] = ward_strength_name(finding->strength),
			[OBSERVED] = finding->observed,
			[REQUIRED] = finding->required,
			[UNIT] = finding->unit,
			[CLAUSES] = clauses,
			[SOURCE] = source,
			[AGENCY] = finding->agency ? "yes" : "no",
			[MESSAGE] = message,
			[NOTE] = note == NULL ?
			    NULL :
			    ward_text(report->language, note),
			[REMEDY] = remedy,
		};

		put_row(report, cells);
	}
}

/* What else is to be said of an account. */
static void
put_word(const struct ward_report *report, const struct ward_simulated *account,
    const char *uid, const char *act, const char *message)
{
	const char *cells[COLUMNS] = {
		[ACT] = act,
		[NAME] = account->name,
		[UID] = uid,
		[CLASS] = account->absent ? NULL :
					    ward_class_name(account->class),
		[MESSAGE] = message,
	};

	put_row(report, cells);
}

/* How many days are left, where that is told at log-in. */
static void
put_days(const struct ward_report *report, const struct ward_simulated *account,
    const char *uid)
{
	char text[256], days[24];
	const char *cells[COLUMNS] = {
		[ACT] = "expiring",
		[NAME] = account->name,
		[UID] = uid,
		[CLASS] = ward_class_name(account->class),
		[MESSAGE] = text,
		[DAYS_LEFT] = days,
	};

	ward_days_text(report, account, text, sizeof(text));
	(void)snprintf(days, sizeof(days), "%lld",
	    (long long)account->days_left.value);
	put_row(report, cells);
}

static void
put_account(const struct ward_report *report,
    const struct ward_simulated *account)
{
	char text[256], uid[24] = "";

	if (account->uid.known) {
		(void)snprintf(uid, sizeof(uid), "%lld",
		    (long long)account->uid.value);
	}
	for (const struct ward_kept *kept = account->findings; kept != NULL;
	     kept = kept->next) {
		if (!account->shut) {
			put_finding(report, account, kept, uid);
		}
	}
	if (account->fault != NULL) {
		put_word(report, account, uid, "fault", account->fault);
	}
	if (account->no_change != NULL) {
		put_word(report, account, uid, "no_change", account->no_change);
	}
	if (account->ways != 0) {
		ward_ways_text(report, account, text, sizeof(text));
		put_word(report, account, uid, "root", text);
	}
	if (account->glass) {
		put_word(report, account, uid, "break_glass",
		    account->absent ?
			ward_text(report->language, "no such account") :
			NULL);
	}
	if (account->locked) {
		(void)snprintf(text, sizeof(text),
		    ward_text(report->language, "for %lld seconds more"),
		    (long long)account->lock_left);
		put_word(report, account, uid, "locked", text);
	}
	if (account->failing) {
		(void)snprintf(text, sizeof(text), "%lld",
		    (long long)account->failures);
		put_word(report, account, uid, "failing", text);
	}
	if (account->told) {
		put_days(report, account, uid);
	}
}

static void
put_lockouts(const struct ward_report *report,
    const struct ward_simulation *sim)
{
	char clauses[4096], message[4096];

	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		const struct ward_simulated_lockout
		    *lockout = &sim->lockouts[c];
		const char *cells[COLUMNS] = {
			[ACT] = "lockout",
			[CLASS] = ward_class_name(c),
			[RULE_ID] = ward_rules[WARD_RULE_LOGIN_LOCKOUT].id,
			[CLAUSES] = clauses,
			[AGENCY] = lockout->agency ? "yes" : "no",
			[MESSAGE] = message,
		};

		if (sim->classes[c] > 0) {
			ward_lockout_clauses(lockout, clauses, sizeof(clauses));
			ward_simulated_lockout_text(report, lockout, message,
			    sizeof(message));
			put_row(report, cells);
		}
	}
}

static void
put_not_judged(const struct ward_report *report,
    const struct ward_simulation *sim)
{
	char text[256];

	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		const char *cells[COLUMNS] = {
			[ACT] = "not_judged",
			[RULE_ID] = ward_rules[i].id,
		};

		if (sim->unknown[i] > 0) {
			(void)snprintf(text, sizeof(text),
			    ward_text(report->language,
				"not known of %llu accounts"),
			    (unsigned long long)sim->unknown[i]);
			cells[MESSAGE] = text;
			put_row(report, cells);
		}
		if (sim->unset[i]) {
			cells[MESSAGE] = ward_text(report->language,
			    "no number is set");
			put_row(report, cells);
		}
	}
}

static void
put_changes(const struct ward_report *report, const struct ward_simulation *sim)
{
	const char *cells[COLUMNS] = { [ACT] = "no_change" };

	if (sim->changes != NULL && sim->changes->fault != NULL) {
		cells[MESSAGE] = sim->changes->fault;
		put_row(report, cells);
	}
	if (sim->changes != NULL && sim->changes->lacks != NULL) {
		cells[ACT] = "no_dictionary";
		cells[MESSAGE] = sim->changes->lacks;
		put_row(report, cells);
	}
}

static void
put_summary(const struct ward_report *report, const struct ward_simulation *sim)
{
	char text[1024];
	const char *cells[COLUMNS] = { [ACT] = "summary", [MESSAGE] = text };

	(void)snprintf(text, sizeof(text),
	    ward_text(report->language,
		"refused: %llu, asked to change the password: %llu, warned: "
		"%llu; accounts: %llu, privileged: %llu; acctward %s; %s"),
	    (unsigned long long)sim->acts[WARD_ACT_REFUSE],
	    (unsigned long long)sim->acts[WARD_ACT_CHANGE],
	    (unsigned long long)sim->acts[WARD_ACT_WARN],
	    (unsigned long long)sim->accounts,
	    (unsigned long long)sim->privileged, WARD_VERSION,
	    ward_text(report->language, ward_root_text(sim)));
	put_row(report, cells);
}

static int
put(struct ward_report *report, const struct ward_simulation *sim)
{
	if (report->index == 0) {
		ward_csv_begin(report, header);
	}
	if (sim->fault != NULL) {
		const char *cells
		    [COLUMNS] = { [ACT] = "fault", [MESSAGE] = sim->fault };

		put_row(report, cells);
	}
	for (const struct ward_simulated *account = sim->list; account != NULL;
	     account = account->next) {
		put_account(report, account);
	}
	put_lockouts(report, sim);
	put_not_judged(report, sim);
	put_changes(report, sim);
	put_summary(report, sim);
	return 0;
}

const struct ward_simulate_format ward_simulate_csv = {
	.name = "csv",
	.put = put,
};
