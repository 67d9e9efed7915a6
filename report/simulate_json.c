/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-simulate/1: docs/schema/acctward-simulate-1.json. */
#include "report/audit_objects.h"
#include "report/simulation.h"

static json_t *
findings_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	json_t *list = json_array();

	for (const struct ward_kept *kept = account->findings; kept != NULL;
	     kept = kept->next) {
		if (list == NULL ||
		    json_array_append_new(list,
			json_pack("{s:s, s:o}", "act", ward_act_name(kept->act),
			    "finding",
			    ward_json_finding(report, &kept->finding))) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *
account_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	return json_pack("{s:o, s:o, s:s, s:s, s:b, s:o, s:o}", "name",
	    ward_json_text(account->name), "uid",
	    ward_json_number(account->uid), "class",
	    ward_class_name(account->class), "act", ward_act_name(account->act),
	    "console", account->act != WARD_ACT_REFUSE || account->console,
	    "keys", ward_json_number(account->keys), "findings",
	    findings_json(report, account));
}

static bool
is_acted_on(const struct ward_simulated *account)
{
	return account->act != WARD_ACT_NONE && !account->shut;
}

static bool
is_glass(const struct ward_simulated *account)
{
	return account->glass;
}

static bool
is_failing(const struct ward_simulated *account)
{
	return account->failing;
}

static bool
is_locked(const struct ward_simulated *account)
{
	return account->locked;
}

static bool
is_told(const struct ward_simulated *account)
{
	return account->told;
}

static bool
is_root(const struct ward_simulated *account)
{
	return account->ways != 0;
}

static json_t *
glass_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	(void)report;
	return json_pack("{s:o, s:b}", "name", ward_json_text(account->name),
	    "exists", (int)!account->absent);
}

static json_t *
failing_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	char last[WARD_MOMENT_SIZE];

	ward_moment_format((struct ward_moment){ account->last_failure,
			       report->host->now.zone },
	    last);
	return json_pack("{s:o, s:I, s:s}", "name",
	    ward_json_text(account->name), "failures",
	    (json_int_t)account->failures, "last", last);
}

static json_t *
locked_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	(void)report;
	return json_pack("{s:o, s:I}", "name", ward_json_text(account->name),
	    "seconds", (json_int_t)account->lock_left);
}

static json_t *
days_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	(void)report;
	return json_pack("{s:o, s:o, s:I, s:s}", "name",
	    ward_json_text(account->name), "uid",
	    ward_json_number(account->uid), "days_left",
	    (json_int_t)account->days_left.value, "ends",
	    account->ends ? "account" : "password");
}

static json_t *
root_json(const struct ward_report *report,
    const struct ward_simulated *account)
{
	const bool known = (account->ways & WARD_WAY_UNKNOWN) == 0;

	(void)report;
	return json_pack("{s:o, s:o, s:o, s:o, s:b}", "name",
	    ward_json_text(account->name), "uid",
	    ward_json_number(account->uid), "password",
	    known ? json_boolean((account->ways & WARD_WAY_PASSWORD) != 0) :
		    json_null(),
	    "key",
	    known ? json_boolean((account->ways & WARD_WAY_KEY) != 0) :
		    json_null(),
	    "console_only", (int)account->console);
}

static int
put_accounts(struct ward_report *report, const struct ward_simulation *sim,
    const char *key, bool (*belongs)(const struct ward_simulated *),
    json_t *(*json)(const struct ward_report *, const struct ward_simulated *))
{
	const char *before = "\n  ";
	int r = 0;

	(void)fprintf(report->stream, ",\n \"%s\": [", key);
	for (const struct ward_simulated *account = sim->list;
	     account != NULL && r == 0; account = account->next) {
		if (belongs(account)) {
			r = ward_json_put(report->stream, before,
			    json(report, account));
			before = ",\n  ";
		}
	}
	(void)fputs("]", report->stream);
	return r;
}

static json_t *
lockout_json(const struct ward_simulated_lockout *lockout,
    enum ward_class class)
{
	json_t *clauses = ward_json_clauses(&lockout->shall);
	json_t *more = ward_json_clauses(&lockout->should);

	if (clauses == NULL || more == NULL ||
	    json_array_extend(clauses, more) != 0) {
		json_decref(clauses);
		json_decref(more);
		return NULL;
	}
	json_decref(more);
	return json_pack("{s:s, s:o, s:o, s:o, s:b}", "class",
	    ward_class_name(class), "attempts",
	    lockout->given ? json_integer(lockout->attempts) : json_null(),
	    "seconds",
	    lockout->given ? json_integer(lockout->seconds) : json_null(),
	    "clauses", clauses, "agency_setting", (int)lockout->agency);
}

/* Of the classes that the plan asks it for. */
static int
put_lockouts(struct ward_report *report, const struct ward_simulation *sim)
{
	const char *before = "\n  ";
	int r = 0;

	(void)fputs(",\n \"lockout\": [", report->stream);
	for (enum ward_class c = WARD_CLASS_ANY + 1;
	     c < WARD_CLASS_COUNT && r == 0; c++) {
		if (sim->lockouts[c].asked) {
			r = ward_json_put(report->stream, before,
			    lockout_json(&sim->lockouts[c], c));
			before = ",\n  ";
		}
	}
	(void)fputs("]", report->stream);
	return r;
}

/* Rules by which nobody, or not everybody, could be judged. */
static int
put_rules(struct ward_report *report, const struct ward_simulation *sim)
{
	const char *before = "\n  ";
	int r = 0;

	(void)fputs(",\n \"not_judged\": [", report->stream);
	for (enum ward_rule_id i = 0; i < WARD_RULE_COUNT && r == 0; i++) {
		if (sim->unknown[i] > 0 || sim->unset[i]) {
			r = ward_json_put(report->stream, before,
			    json_pack("{s:s, s:I, s:b}", "rule",
				ward_rules[i].id, "unknown",
				(json_int_t)sim->unknown[i], "unset",
				(int)sim->unset[i]));
			before = ",\n  ";
		}
	}
	(void)fputs("]", report->stream);
	return r;
}

static json_t *
fault_json(const char *name, struct ward_optional uid, const char *why)
{
	return json_pack("{s:o, s:o, s:o}", "name",
	    name == NULL ? json_null() : ward_json_text(name), "uid",
	    ward_json_number(uid), "message", ward_json_text(why));
}

/* Why the door can't do its work: for anybody, or for an account. */
static int
put_faults(struct ward_report *report, const struct ward_simulation *sim)
{
	const char *before = "\n  ";
	int r = 0;

	(void)fputs(",\n \"faults\": [", report->stream);
	if (sim->fault != NULL) {
		r = ward_json_put(report->stream, before,
		    fault_json(NULL, (struct ward_optional){ .known = false },
			sim->fault));
		before = ",\n  ";
	}
	for (const struct ward_simulated *account = sim->list;
	     account != NULL && r == 0; account = account->next) {
		if (account->fault != NULL) {
			r = ward_json_put(report->stream, before,
			    fault_json(account->name, account->uid,
				account->fault));
			before = ",\n  ";
		}
	}
	(void)fputs("]", report->stream);
	return r;
}

static json_t *
summary_json(const struct ward_simulation *sim)
{
	static const char *const roots[] = {
		[WARD_ROOT_UNKNOWN] = "unknown",
		[WARD_ROOT_NOBODY] = "nobody",
		[WARD_ROOT_CONSOLE] = "console",
		[WARD_ROOT_KEPT] = "kept",
		[WARD_ROOT_NOT_JUDGED] = NULL,
	};

	return json_pack("{s:b, s:s?, s:I, s:I, s:I, s:I, s:I}", "stops",
	    (int)ward_simulation_stops(sim), "root", roots[sim->root],
	    "accounts", (json_int_t)sim->accounts, "privileged",
	    (json_int_t)sim->privileged, "refuse",
	    (json_int_t)sim->acts[WARD_ACT_REFUSE], "change",
	    (json_int_t)sim->acts[WARD_ACT_CHANGE], "warn",
	    (json_int_t)sim->acts[WARD_ACT_WARN]);
}

static int
put_lists(struct ward_report *report, const struct ward_simulation *sim)
{
	static const struct {
		const char *key;
		bool (*belongs)(const struct ward_simulated *);
		json_t *(*json)(const struct ward_report *,
		    const struct ward_simulated *);
	} lists[] = {
		{ "accounts", is_acted_on, account_json },
		{ "root", is_root, root_json },
		{ "break_glass", is_glass, glass_json },
		{ "failing", is_failing, failing_json },
		{ "locked", is_locked, locked_json },
		{ "expiring", is_told, days_json },
	};
	int r = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && r == 0;
	     i++) {
		if (lists[i].belongs == is_locked && !sim->locks_known) {
			(void)fputs(",\n \"locked\": null", report->stream);
			continue;
		}
		r = put_accounts(report, sim, lists[i].key, lists[i].belongs,
		    lists[i].json);
	}
	return r;
}

/* Whom a history of their own keeps from a new password. */
static json_t *
stuck_json(const struct ward_simulation *sim)
{
	json_t *list = json_array();

	for (const struct ward_simulated *account = sim->list; account != NULL;
	     account = account->next) {
		if (account->no_change != NULL && list != NULL &&
		    json_array_append_new(list,
			fault_json(account->name, account->uid,
			    account->no_change)) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

/* null: not known. */
static json_t *
changes_json(const struct ward_simulation *sim)
{
	return sim->changes == NULL ?
	    json_null() :
	    json_pack("{s:o, s:o, s:o, s:I}", "fault",
		ward_json_text(sim->changes->fault), "faults", stuck_json(sim),
		"dictionary_missing", ward_json_text(sim->changes->lacks),
		"stuck", (json_int_t)sim->stuck);
}

static int
put(struct ward_report *report, const struct ward_simulation *sim)
{
	int r;

	ward_json_fleet_begin(report, "simulations");
	r = ward_json_head(report, "acctward-simulate/1");
	if (r == 0 && report->only.user != NULL) {
		r = ward_json_put(report->stream,
		    ",\n \"only\": ", ward_json_only(report));
	}
	if (r == 0) {
		r = put_faults(report, sim);
	}
	if (r == 0) {
		r = put_lists(report, sim);
	}
	if (r == 0) {
		r = put_lockouts(report, sim);
	}
	if (r == 0) {
		r = put_rules(report, sim);
	}
	if (r == 0) {
		r = ward_json_put(report->stream,
		    ",\n \"new_passwords\": ", changes_json(sim));
	}
	if (r == 0) {
		r = ward_json_put(report->stream,
		    ",\n \"summary\": ", summary_json(sim));
	}
	(void)fputs(report->count > 1 ? "}" : "}\n", report->stream);
	return r;
}

static int
put_fleet(struct ward_report *report)
{
	return ward_json_fleet_end(report,
	    json_pack("{s:I, s:I}", "hosts", (json_int_t)report->count, "stops",
		(json_int_t)report->verdicts[WARD_FAIL]));
}

const struct ward_simulate_format ward_simulate_json = {
	.name = "json",
	.put = put,
	.fleet = put_fleet,
};
