/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/simulation.h"

#include <stdlib.h>
#include <string.h>

const char *
ward_act_name(enum ward_act act)
{
	static const char *const names[] = {
		[WARD_ACT_NONE] = "none",
		[WARD_ACT_WARN] = "warn",
		[WARD_ACT_CHANGE] = "change",
		[WARD_ACT_REFUSE] = "refuse",
	};

	return names[act];
}

/* ---- what the plan asks for ------------------------------------------------- */

/* From which rules does anything follow, for accounts of the class? */
static void
find_rules(enum ward_class class, bool acts_on[WARD_RULE_COUNT])
{
	static const enum ward_verdict verdicts[] = { WARD_FAIL, WARD_PASS };
	struct ward_finding finding = { .strength = WARD_SHALL,
		.subject = { .type = WARD_SUBJECT_ACCOUNT, .class = class } };

	for (enum ward_reason_id i = 1; i < WARD_REASON_COUNT; i++) {
		finding.reason = i;
		finding.rule = ward_reasons[i].rule;
		for (size_t v = 0; v < sizeof(verdicts) / sizeof(verdicts[0]);
		     v++) {
			finding.verdict = verdicts[v];
			if (finding.rule != WARD_RULE_COUNT &&
			    ward_finding_act(&finding) != WARD_ACT_NONE) {
				acts_on[finding.rule] = true;
			}
		}
	}
}

static struct ward_simulated_lockout
find_lockout(const struct ward_plan *plan, enum ward_class class)
{
	static const enum ward_setting_id numbers[] = {
		WARD_SET_LOGIN_LOCKOUT_ATTEMPTS,
		WARD_SET_LOGIN_LOCKOUT_SECONDS,
	};
	const enum ward_rule_id rule = WARD_RULE_LOGIN_LOCKOUT;
	const struct ward_binding *shall = ward_plan_binding(plan, WARD_SHALL);
	const struct ward_binding *should = ward_plan_binding(plan,
	    WARD_SHOULD);
	struct ward_simulated_lockout lockout = {
		.asked = ward_plan_enables(plan, rule, class),
		.shall = ward_binding_citations(shall, rule, class),
		.should = ward_binding_citations(should, rule, class),
	};

	lockout.given = ward_plan_lockout(plan, class, &lockout.attempts,
	    &lockout.seconds);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		lockout.agency |= ward_binding_is_agency(shall, numbers[i],
				      class) ||
		    ward_binding_is_agency(should, numbers[i], class);
	}
	return lockout;
}

int
ward_simulation_new(const struct ward_plan *plan, const struct ward_host *host,
    bool part, struct ward_simulation **ret_simulation)
{
	struct ward_simulation *sim = calloc(1, sizeof(*sim));

	if (sim == NULL) {
		return WARD_ERR_NOMEM;
	}
	sim->plan = plan;
	sim->host = host;
	sim->part = part;
	sim->root = WARD_ROOT_NOBODY;
	sim->end = &sim->list;
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		sim->lockouts[c] = find_lockout(plan, c);
		find_rules(c, sim->acts_on[c]);
	}
	*ret_simulation = sim;
	return 0;
}

void
ward_simulation_free(struct ward_simulation *simulation)
{
	if (simulation == NULL) {
		return;
	}
	ward_simulated_free(simulation->current);
	free(simulation->fault);
	while (simulation->list != NULL) {
		struct ward_simulated *account = simulation->list;

		simulation->list = account->next;
		ward_simulated_free(account);
	}
	free(simulation);
}

/* ---- account by account ------------------------------------------------------- */

/* Nobody who is privileged is refused at the local console for not having come
 * for long. */
static bool
is_let_in_at_console(const struct ward_simulated *account)
{
	for (const struct ward_kept *kept = account->findings; kept != NULL;
	     kept = kept->next) {
		/* Its class at log-in, which the finding has. */
		if (kept->act == WARD_ACT_REFUSE &&
		    (kept->finding.rule != WARD_RULE_ACCOUNT_DORMANT ||
			kept->finding.subject.class != WARD_CLASS_PRIVILEGED)) {
			return false;
		}
	}
	return account->act == WARD_ACT_REFUSE;
}

static enum ward_root_access
better(enum ward_root_access a, enum ward_root_access b)
{
	static const int order[] = {
		[WARD_ROOT_NOBODY] = 0,
		[WARD_ROOT_UNKNOWN] = 1,
		[WARD_ROOT_CONSOLE] = 2,
		[WARD_ROOT_KEPT] = 3,
	};

	return order[a] >= order[b] ? a : b;
}

/* What the door leaves of the account's ways. */
static void
judge_ways(struct ward_simulation *sim, struct ward_simulated *account)
{
	sim->root_now |= (account->ways & ~(unsigned int)WARD_WAY_UNKNOWN) != 0;
	if (account->act == WARD_ACT_REFUSE || account->shut) {
		account->ways &= account->console ?
		    ~(unsigned int)WARD_WAY_KEY :
		    0;
	}
	if (ward_simulated_is_stuck(sim, account)) {
		account->ways &= ~(unsigned int)WARD_WAY_PASSWORD;
	}
	sim->root = better(sim->root,
	    account->ways == 0                          ? WARD_ROOT_NOBODY :
		(account->ways & WARD_WAY_UNKNOWN) != 0 ? WARD_ROOT_UNKNOWN :
		account->console                        ? WARD_ROOT_CONSOLE :
							  WARD_ROOT_KEPT);
}

/* As the door tells who is let in, whether or not warned of something else. */
static void
judge_days(const struct ward_simulation *sim, struct ward_simulated *account)
{
	account->told = account->act <= WARD_ACT_WARN && !account->shut &&
	    account->days_left.known;
	account->ends = account->expires.known &&
	    account->expires.value - 1 - ward_day_of(sim->host->now.seconds) ==
		account->days_left.value;
}

/* Keep the current account, if there is anything to say of it. */
static void
settle(struct ward_simulation *sim)
{
	struct ward_simulated *account = sim->current;

	sim->current = NULL;
	if (account == NULL) {
		return;
	}
	account->shut = sim->fault != NULL || account->fault != NULL;
	/* Where nothing can be read, a name is all there is to go by. */
	account->console = account->shut ? strcmp(account->name, "root") == 0 :
					   is_let_in_at_console(account);
	judge_ways(sim, account);
	judge_days(sim, account);
	sim->stuck += !account->shut && ward_simulated_is_stuck(sim, account);
	sim->acts[account->shut ? WARD_ACT_REFUSE : account->act]++;
	if (account->act == WARD_ACT_NONE && account->ways == 0 &&
	    account->fault == NULL && !account->glass && !account->failing &&
	    !account->locked && !account->told) {
		ward_simulated_free(account);
		return;
	}
	*sim->end = account;
	sim->end = &account->next;
}

int
ward_simulation_account(struct ward_simulation *simulation,
    const struct ward_account *a)
{
	const enum ward_class class = ward_account_class(simulation->host, a);
	const struct ward_simulated_lockout *lockout = &simulation
							    ->lockouts[class];
	struct ward_simulated *account = calloc(1, sizeof(*account));

	settle(simulation);
	if (account == NULL) {
		return WARD_ERR_NOMEM;
	}
	*account = (struct ward_simulated){
		.name = strdup(a->name),
		.uid = a->uid,
		.keys = { a->keys_known || a->key_count > 0,
		    (int64_t)a->key_count },
		.class = class,
		.glass = ward_plan_breaks_glass(simulation->plan, a->name),
		.failing = lockout->given && a->failures.known &&
		    a->failures.value >= lockout->attempts,
		.ways = ward_simulated_ways(simulation->host, a),
		.put_off = ward_account_change_day(a,
			       ward_day_of(simulation->host->now.seconds)) > 0,
		.expires = a->expires,
		.failures = a->failures.value,
		.last_failure = a->last_failure,
	};
	simulation->current = account;
	simulation->accounts++;
	simulation->privileged += a->path_count > 0;
	simulation->classes[class]++;
	return account->name == NULL ? WARD_ERR_NOMEM : 0;
}

/* Of several documents the one that ends the password first; by its class at
 * log-in, which the finding has. */
static void
note_days(const struct ward_simulation *sim, struct ward_simulated *account,
    const struct ward_finding *finding)
{
	const struct ward_optional left = finding->days_left;

	if (finding->rule == WARD_RULE_PASSWORD_MAX_AGE && left.known &&
	    left.value <=
		ward_plan_warning_days(sim->plan, finding->subject.class) &&
	    (!account->days_left.known ||
		left.value < account->days_left.value)) {
		account->days_left = left;
	}
}

int
ward_simulation_finding(struct ward_simulation *simulation,
    const struct ward_finding *finding)
{
	struct ward_simulated *account = simulation->current;
	const enum ward_rule_id rule = finding->rule;
	enum ward_act act;

	if (account == NULL || finding->strength == WARD_REFERENCE ||
	    finding->built_in) {
		return 0;
	}
	if (finding->verdict == WARD_UNKNOWN) {
		simulation->unknown[rule] += simulation->acts_on[account->class]
								[rule];
		return 0;
	}
	note_days(simulation, account, finding);
	act = ward_finding_act(finding);
	if (act == WARD_ACT_CHANGE && account->put_off) {
		act = WARD_ACT_WARN;
	}
	return act == WARD_ACT_NONE ?
	    0 :
	    ward_simulated_keep(account, finding, act);
}

void
ward_simulation_changes(struct ward_simulation *simulation,
    const struct ward_changes *changes)
{
	simulation->changes = changes;
}

void
ward_simulation_lock(struct ward_simulation *simulation, int64_t seconds)
{
	if (simulation->current != NULL) {
		simulation->current->locked = true;
		simulation->current->lock_left = seconds;
	}
}

bool
ward_simulation_asks(const struct ward_simulation *simulation)
{
	const struct ward_simulated *account = simulation->current;

	return account != NULL && account->fault == NULL &&
	    account->act == WARD_ACT_CHANGE;
}

int
ward_simulation_no_change(struct ward_simulation *simulation, const char *why)
{
	struct ward_simulated *account = simulation->current;

	if (account == NULL) {
		return 0;
	}
	free(account->no_change);
	account->no_change = strdup(why);
	return account->no_change == NULL ? WARD_ERR_NOMEM : 0;
}

int
ward_simulation_fault(struct ward_simulation *simulation, const char *why)
{
	char **fault = simulation->current != NULL ?
	    &simulation->current->fault :
	    &simulation->fault;

	free(*fault);
	*fault = strdup(why);
	return *fault == NULL ? WARD_ERR_NOMEM : 0;
}

/* ---- behind the last account -------------------------------------------------- */

/* Would anything follow from the rule, for the accounts there are? */
static bool
is_of_any(const struct ward_simulation *sim, enum ward_rule_id rule)
{
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		if (sim->classes[c] > 0 && sim->acts_on[c][rule]) {
			return true;
		}
	}
	return false;
}

/* Who breaks the glass has to be there: a name of nobody opens nothing. */
static int
note_absent(struct ward_simulation *sim, const char *name, size_t size)
{
	struct ward_simulated *account;

	for (account = sim->list; account != NULL; account = account->next) {
		if (strlen(account->name) == size &&
		    strncmp(account->name, name, size) == 0) {
			return 0;
		}
	}
	account = calloc(1, sizeof(*account));
	if (account == NULL) {
		return WARD_ERR_NOMEM;
	}
	*sim->end = account;
	sim->end = &account->next;
	account->glass = account->absent = true;
	account->name = strndup(name, size);
	return account->name == NULL ? WARD_ERR_NOMEM : 0;
}

static int
find_absent(struct ward_simulation *sim, const struct ward_binding *binding,
    enum ward_class class)
{
	const char *names = ward_binding_text(binding,
	    WARD_SET_LOGIN_LOCKOUT_BREAK_GLASS, class);
	int r = 0;

	while (r == 0 && names != NULL && *names != '\0') {
		size_t size = strcspn(names, " ");

		r = note_absent(sim, names, size);
		names += size;
		names += strspn(names, " ");
	}
	return r;
}

int
ward_simulation_end(struct ward_simulation *simulation,
    const struct ward_summary *summary, bool locks_known)
{
	int r = 0;

	settle(simulation);
	simulation->locks_known = locks_known;
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		simulation->unset[rule] = summary->rules[rule].unset &&
		    is_of_any(simulation, rule);
	}
	if (simulation->part) {
		simulation->root = WARD_ROOT_NOT_JUDGED;
		return 0;
	}
	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		for (enum ward_class c = 0; r == 0 && c < WARD_CLASS_COUNT;
		     c++) {
			r = find_absent(simulation,
			    ward_plan_binding(simulation->plan, i), c);
		}
	}
	return r;
}

bool
ward_simulation_stops(const struct ward_simulation *simulation)
{
	return simulation->fault != NULL ||
	    simulation->acts[WARD_ACT_REFUSE] > 0 ||
	    simulation->acts[WARD_ACT_CHANGE] > 0 ||
	    simulation->root == WARD_ROOT_NOBODY ||
	    simulation->root == WARD_ROOT_UNKNOWN;
}
