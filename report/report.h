/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report: findings and reports out. One model, one file a format, one row
 * each: a new format is a file and its row in the table at the end of
 * audit.c or privileged.c. Nothing from an audited host reaches an output but
 * through ward_clean_text() or ward_clean_utf8().
 */
#ifndef WARD_REPORT_H
#define WARD_REPORT_H

#include "collect/collect.h"
#include "policy/policy.h"
#include "state/state.h"

/*
 * Make bytes fit to be shown: what is not UTF-8 becomes \xNN, and so do
 * control characters; what would turn or hide text (bidirectional marks,
 * zero-width characters) becomes \u{NNNN}. Cut at `size` between characters.
 */
void ward_clean_text(const char *value, char *text, size_t size);
/* Only what is not UTF-8: for formats that quote the rest themselves. */
void ward_clean_utf8(const char *value, char *text, size_t size);

#define WARD_CLEAN_SIZE 1024 /* longer values are cut in reports */

/* What a report is about, and how it is wanted. */
struct ward_report {
	FILE *stream;
	const struct ward_plan *plan; /* NULL where none is asked */
	bool chosen_by_root; /* the audited root's settings chose the plan */
	const struct ward_host *host;
	size_t index, count; /* which host of how many */
	/* Of the hosts so far: audits by their verdict; of lists, those that
	 * may not be whole are unknown. */
	uint64_t verdicts[WARD_VERDICT_COUNT];
	struct ward_selection only; /* of an audit, the part that it is */
	enum ward_language language;
	bool all; /* what passed as well */
	bool color;
	bool bom;    /* a byte order mark, for spreadsheets */
	void *state; /* the format's own */
};

/* Calls come as begin, finding or account each time, end; then free, always,
 * if begin succeeded and the format has one; so for each host, and behind the
 * last of many fleet, if the format has one. A format that has an account gets
 * each that is selected before its findings. 0 or a negative ward_err; a failed write shows in
 * ferror() of the stream and is the caller's to check. */
struct ward_audit_format {
	const char *name;
	int (*begin)(struct ward_report *report);
	int (*account)(struct ward_report *report,
	    const struct ward_account *account);
	int (*finding)(struct ward_report *report,
	    const struct ward_finding *finding);
	int (*end)(struct ward_report *report,
	    const struct ward_summary *summary);
	void (*free)(struct ward_report *report);
	int (*fleet)(struct ward_report *report);
};

struct ward_privileged_format {
	const char *name;
	int (*begin)(struct ward_report *report);
	int (*account)(struct ward_report *report,
	    const struct ward_account *account);
	/* complete: nothing was found that could hide another account. */
	int (*end)(struct ward_report *report, bool complete);
	int (*fleet)(struct ward_report *report);
};

/* `row` is called for each answer to each clause, in the document's order. */
struct ward_coverage_format {
	const char *name;
	int (*begin)(struct ward_report *report);
	int (*row)(struct ward_report *report,
	    const struct ward_coverage *coverage);
	int (*end)(struct ward_report *report,
	    const struct ward_coverage_summary *summary);
	void (*free)(struct ward_report *report);
};

struct ward_explain_format {
	const char *name;
	int (*begin)(struct ward_report *report);
	int (
	    *topic)(struct ward_report *report, const struct ward_topic *topic);
	int (*end)(struct ward_report *report);
};

/* An account's failed log-ins, and what is asked of its class. */
struct ward_lockout {
	const char *name;
	bool local; /* there is such an account; else its class is any */
	struct ward_optional uid;
	enum ward_class class;
	bool asked; /* login.lockout, with its numbers */
	struct ward_limits limits;
	/* Where it is asked: with which strength, and in which clauses. */
	struct ward_citations shall, should;
	const struct ward_tally_view *view;
	struct ward_moment until; /* where it is locked */
};

/* `row` is called for each account of a list; `whole`, which a format of lists
 * only has not, for one of which all is shown. The report has no state of its
 * own, and its host may have no name. */
struct ward_lockout_format {
	const char *name;
	int (*begin)(struct ward_report *report);
	int (*row)(struct ward_report *report,
	    const struct ward_lockout *lockout);
	int (*whole)(struct ward_report *report,
	    const struct ward_lockout *lockout);
	int (*end)(struct ward_report *report);
};

/* ---- a new password -------------------------------------------------------- */

/* What one rule says of it. Of the password itself nothing is told. */
struct ward_password_row {
	const struct ward_finding *finding;
	const char *asked; /* what satisfies the rule, or NULL */
	const char *why;   /* it could not be judged, or NULL: it was */
	bool left_out;     /* by which nothing follows: `why` says so */
};

struct ward_password_summary {
	enum ward_act act; /* of what was judged: REFUSE, WARN or NONE */
	uint64_t fail, warn, unknown, left_out;
	bool exempt;       /* temporary, and not held to the rules */
	const char *lacks; /* the dictionary that is not there, or NULL */
};

/* `report->only.user`: whose it is to be, or NULL; `account`, of whom it is
 * the account, then too. */
struct ward_password_format {
	const char *name;
	int (*begin)(struct ward_report *report,
	    const struct ward_account *account);
	int (*row)(struct ward_report *report,
	    const struct ward_password_row *row);
	int (*end)(struct ward_report *report,
	    const struct ward_password_summary *summary);
};

const struct ward_password_format *ward_password_format(const char *name);

/* ---- what would happen at log-in ------------------------------------------ */

/* What the log-in door would do about each account of a host, if it were
 * enabled with the plan. */
struct ward_simulation;

/* The words that files and outputs use; never NULL. */
const char *ward_act_name(enum ward_act act);

/* plan and host must outlive it. `part`: not every account will be told, so
 * that nothing is said of whether anybody gets in as root. */
int ward_simulation_new(const struct ward_plan *plan,
    const struct ward_host *host, bool part,
    struct ward_simulation **ret_simulation);
void ward_simulation_free(struct ward_simulation *simulation);
/* Each account, then its findings. */
int ward_simulation_account(struct ward_simulation *simulation,
    const struct ward_account *account);
int ward_simulation_finding(struct ward_simulation *simulation,
    const struct ward_finding *finding);
/* The door can't do its work for the account that was told of last, or, before
 * the first, for anybody: whoever it is, is refused. 0 or WARD_ERR_NOMEM. */
int ward_simulation_fault(struct ward_simulation *simulation, const char *why);
/* What stands in the way of whoever has to set a new password. */
struct ward_changes {
	const char *fault; /* why nobody can, or NULL */
	const char *lacks; /* a dictionary that is not there, or NULL */
};
/* Before the first account, if it could be looked at; they must outlive it. */
void ward_simulation_changes(struct ward_simulation *simulation,
    const struct ward_changes *changes);
/* Is the account told last to change its password, by its findings so far? */
bool ward_simulation_asks(const struct ward_simulation *simulation);
/* It could not set one, though others could. 0 or WARD_ERR_NOMEM. */
int ward_simulation_no_change(struct ward_simulation *simulation,
    const char *why);
/* The account told last is locked now, for so many seconds more. */
void ward_simulation_lock(struct ward_simulation *simulation, int64_t seconds);
/* Behind the last account. `locks_known`: it could be seen which are locked. */
int ward_simulation_end(struct ward_simulation *simulation,
    const struct ward_summary *summary, bool locks_known);
/* Would anybody be refused or asked to change the password, or might nobody
 * with root's powers get in? */
bool ward_simulation_stops(const struct ward_simulation *simulation);

/* `put` is called once a host, `fleet` behind the last of many; NULL: nothing
 * stands there. */
struct ward_simulate_format {
	const char *name;
	int (*put)(struct ward_report *report,
	    const struct ward_simulation *simulation);
	int (*fleet)(struct ward_report *report);
};

/* ---- a host's PAM stacks --------------------------------------------------- */

/* A service's lines, and what was proved of it. */
struct ward_stack {
	const struct ward_pam_service *service;
	const struct ward_service *claims;
	bool configured; /* else libpam takes other's lines for it */
};

struct ward_stack_summary {
	uint64_t services, fragments; /* that were looked at */
	/* Services by the worst of their claims, root's too; fragments are not
	 * judged. */
	uint64_t proofs[WARD_PROOF_COUNT];
	uint64_t faulty; /* of both, those with a line that is not as meant */
};

void ward_stack_count(const struct ward_stack *stack,
    struct ward_stack_summary *summary);

/* `row` is called for each service of all, or `whole` for the one that is asked
 * for; of the report only stream, language and colour count. Free always, if
 * begin succeeded and the format has one. */
struct ward_stack_format {
	const char *name;
	int (*begin)(struct ward_report *report, bool all);
	int (*row)(struct ward_report *report, const struct ward_stack *stack);
	int (
	    *whole)(struct ward_report *report, const struct ward_stack *stack);
	int (*end)(struct ward_report *report,
	    const struct ward_stack_summary *summary);
	void (*free)(struct ward_report *report);
};

const struct ward_stack_format *ward_stack_format(const char *name);

/* NULL: there is no such format. */
const struct ward_lockout_format *ward_lockout_format(const char *name);
const struct ward_audit_format *ward_audit_format(const char *name);
const struct ward_privileged_format *ward_privileged_format(const char *name);
const struct ward_coverage_format *ward_coverage_format(const char *name);
const struct ward_explain_format *ward_explain_format(const char *name);
const struct ward_simulate_format *ward_simulate_format(const char *name);
/* An audit of one account, told as an explanation: what passed, too. */
const struct ward_audit_format *ward_explain_user_format(const char *name);

#endif
