/* SPDX-License-Identifier: BSD-2-Clause */
/* Who would be stopped at log-in, and who would still get in as root. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#include "report/simulation.h"

#define AGED "[password.max_age]\ndays = 90\nclause = 1\n"
#define IDLE "[account.dormant]\ndays = 90\nclause = 2\n"
#define ENDED "[account.expired]\nclause = 3\n"
#define FIRST "[password.change_at_first_login]\nclause = 4\n"

static const struct ward_path all_of_root = { .kind = WARD_PATH_SUDO,
	.detail = "(ALL : ALL) ALL",
	.source = { "/etc/sudoers", 3 } };

static int
pass_on(void *arg, const struct ward_finding *finding)
{
	return ward_simulation_finding(arg, finding);
}

/* What a plan of these lines does to the accounts; free *ret_plan as well. */
static struct ward_simulation *
simulate(const char *lines, const struct ward_account *accounts, size_t count,
    bool part, struct ward_plan **ret_plan)
{
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_evaluation *evaluation = NULL;
	struct ward_simulation *sim = NULL;
	struct ward_summary summary;

	assert_int_equal(ward_simulation_new(plan, &ward_judge_host, part,
			     &sim),
	    0);
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host, pass_on,
			     sim, &evaluation),
	    0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(ward_simulation_account(sim, &accounts[i]), 0);
		assert_int_equal(ward_evaluate_account(evaluation,
				     &accounts[i]),
		    0);
	}
	ward_evaluation_summary(evaluation, &summary);
	assert_int_equal(ward_simulation_end(sim, &summary, true), 0);
	ward_evaluation_free(evaluation);
	*ret_plan = plan;
	return sim;
}

/* A fault comes before whatever is found. */
static void
test_simulation__faults(void **state)
{
	struct ward_account accounts[] = { ward_judge_account(),
		ward_judge_account() };
	struct ward_plan *plan = ward_judge_plan(AGED);
	struct ward_summary summary = { .accounts = 2 };

	(void)state;
	accounts[0].name = "root";
	accounts[0].uid = ward_known(0);
	accounts[0].paths = accounts[1].paths = &all_of_root;
	accounts[0].path_count = accounts[1].path_count = 1;
	for (size_t i = 0; i < 3; i++) {
		static const struct {
			uint64_t refused;
			enum ward_root_access root;
		} wants[] = {
			{ 2, WARD_ROOT_CONSOLE }, /* of anybody */
			{ 1, WARD_ROOT_KEPT },    /* of root */
			{ 1, WARD_ROOT_KEPT },    /* of the other */
		};
		struct ward_simulation *sim;

		assert_int_equal(ward_simulation_new(plan, &ward_judge_host,
				     false, &sim),
		    0);
		for (size_t n = 0; n < 3; n++) {
			if (n == i) {
				assert_int_equal(ward_simulation_fault(sim,
						     "torn"),
				    0);
			}
			if (n < 2) {
				assert_int_equal(ward_simulation_account(sim,
						     &accounts[n]),
				    0);
			}
		}
		assert_int_equal(ward_simulation_end(sim, &summary, true), 0);
		assert_int_equal(sim->acts[WARD_ACT_REFUSE], wants[i].refused);
		assert_int_equal(sim->root, wants[i].root);
		assert_true(ward_simulation_stops(sim));
		ward_simulation_free(sim);
	}
	ward_plan_free(plan);
}

static struct ward_account
dormant(void)
{
	struct ward_account account = ward_judge_account();

	account.last_use -= INT64_C(200) * 86400;
	return account;
}

static struct ward_account
old(void)
{
	struct ward_account account = ward_judge_account();

	account.changed = ward_known(WARD_JUDGE_DAY - 91);
	return account;
}

static struct ward_account
privileged(struct ward_account account)
{
	account.paths = &all_of_root;
	account.path_count = 1;
	return account;
}

static struct ward_account
service(struct ward_account account)
{
	account.uid = ward_known(990);
	return account;
}

/* What becomes of one account. */
static void
expect(const char *lines, struct ward_account account, enum ward_act act,
    bool console)
{
	struct ward_plan *plan;
	struct ward_simulation *sim = simulate(lines, &account, 1, true, &plan);

	for (size_t i = 0; i <= WARD_ACT_REFUSE; i++) {
		assert_int_equal(sim->acts[i], i == act);
	}
	if (act == WARD_ACT_NONE) {
		assert_true(sim->list == NULL || sim->list->findings == NULL);
	} else {
		assert_int_equal(sim->list->act, act);
		assert_int_equal(sim->list->console, console);
		assert_string_equal(sim->list->name, account.name);
	}
	assert_int_equal(ward_simulation_stops(sim), act >= WARD_ACT_CHANGE);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

static void
test_simulation__by_class(void **state)
{
	struct ward_account ended = ward_judge_account(), root = dormant();
	struct ward_account fresh = ward_judge_account();
	struct ward_account keys = old(), young = ward_judge_account();

	(void)state;
	expect(AGED IDLE ENDED, ward_judge_account(), WARD_ACT_NONE, false);
	expect(AGED, old(), WARD_ACT_CHANGE, false);
	expect(AGED, privileged(old()), WARD_ACT_CHANGE, false);
	/* Nobody is there to type a new password. */
	expect(AGED, service(old()), WARD_ACT_WARN, false);
	expect(AGED "strength = should\n", old(), WARD_ACT_WARN, false);

	expect(IDLE, dormant(), WARD_ACT_REFUSE, false);
	expect(IDLE, service(dormant()), WARD_ACT_REFUSE, false);
	expect(IDLE, privileged(dormant()), WARD_ACT_REFUSE, true);
	expect(IDLE "strength = should\n", dormant(), WARD_ACT_WARN, false);
	root.name = "root";
	root.uid = ward_known(0);
	expect(IDLE, root, WARD_ACT_NONE, false);

	ended.expires = ward_known(WARD_JUDGE_DAY);
	expect(ENDED, ended, WARD_ACT_REFUSE, false);
	expect(ENDED, privileged(ended), WARD_ACT_REFUSE, false);
	ended.last_use = dormant().last_use;
	expect(IDLE ENDED, privileged(ended), WARD_ACT_REFUSE, false);

	fresh.use = WARD_USE_NEVER;
	expect(FIRST, fresh, WARD_ACT_CHANGE, false);
	fresh.changed = ward_known(0);
	expect(AGED, fresh, WARD_ACT_CHANGE, false);

	/* What can't be changed yet is asked for when it can. */
	young.temporary = true;
	young.changed = ward_known(WARD_JUDGE_DAY);
	young.min_age = ward_known(1);
	expect(FIRST, young, WARD_ACT_WARN, false);
	young.min_age = ward_known(0);
	expect(FIRST, young, WARD_ACT_CHANGE, false);

	/* Keys alone have no age. */
	keys.password.state = WARD_PASSWORD_NONE;
	keys.key_count = 2;
	expect(AGED, keys, WARD_ACT_NONE, false);
	/* What the plan does not ask for stops nobody. */
	expect(AGED, dormant(), WARD_ACT_NONE, false);
	expect("", old(), WARD_ACT_NONE, false);
}

static void
test_simulation__unknown_stops_nobody(void **state)
{
	struct ward_account accounts[] = { ward_judge_account(),
		ward_judge_account(), service(ward_judge_account()) };
	struct ward_plan *plan;
	struct ward_simulation *sim;

	(void)state;
	accounts[0].use = accounts[1].use = WARD_USE_UNKNOWN;
	accounts[1].changed.known = accounts[2].changed.known = false;
	sim = simulate(AGED IDLE "[account.home]\nclause = 5\n", accounts, 3,
	    true, &plan);
	assert_int_equal(sim->unknown[WARD_RULE_ACCOUNT_DORMANT], 2);
	assert_int_equal(sim->unknown[WARD_RULE_PASSWORD_MAX_AGE], 2);
	assert_int_equal(sim->unknown[WARD_RULE_ACCOUNT_HOME], 0);
	assert_int_equal(sim->acts[WARD_ACT_NONE], 3);
	assert_false(ward_simulation_stops(sim));
	assert_null(sim->list);
	ward_simulation_free(sim);
	ward_plan_free(plan);
	/* Of what nothing follows, nothing is told. */
	accounts[0].home_state = WARD_HOME_UNKNOWN;
	sim = simulate("[account.home]\nclause = 5\n", accounts, 1, true,
	    &plan);
	assert_int_equal(sim->unknown[WARD_RULE_ACCOUNT_HOME], 0);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

static void
test_simulation__no_number_is_told(void **state)
{
	struct ward_account account = dormant();
	struct ward_plan *plan;
	struct ward_simulation *sim = simulate(
	    "[account.dormant]\nclause = 2\n[login.failures]\nclause = 9\n",
	    &account, 1, true, &plan);

	(void)state;
	assert_true(sim->unset[WARD_RULE_ACCOUNT_DORMANT]);
	assert_false(sim->unset[WARD_RULE_LOGIN_FAILURES]);
	assert_false(sim->unset[WARD_RULE_PASSWORD_MAX_AGE]);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

/* What a finding points to is gone when the next account comes. */
static void
test_simulation__keeps_its_own_copies(void **state)
{
	char name[] = "idle", file[] = "/var/log/wtmp";
	struct ward_account account = dormant();
	struct ward_plan *plan = ward_judge_plan(AGED IDLE);
	struct ward_evaluation *evaluation = NULL;
	struct ward_simulation *sim = NULL;
	struct ward_summary summary;
	const struct ward_kept *kept;

	(void)state;
	account.name = name;
	account.use_source.file = file;
	account.changed = ward_known(WARD_JUDGE_DAY - 91);
	assert_int_equal(ward_simulation_new(plan, &ward_judge_host, false,
			     &sim),
	    0);
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host, pass_on,
			     sim, &evaluation),
	    0);
	assert_int_equal(ward_simulation_account(sim, &account), 0);
	assert_int_equal(ward_evaluate_account(evaluation, &account), 0);
	memset(name, 'x', sizeof(name) - 1);
	memset(file, 'x', sizeof(file) - 1);
	ward_evaluation_summary(evaluation, &summary);
	ward_evaluation_free(evaluation);
	assert_int_equal(ward_simulation_end(sim, &summary, false), 0);
	assert_string_equal(sim->list->name, "idle");
	/* Refused comes before asked to change, though judged later. */
	kept = sim->list->findings;
	assert_int_equal(kept->finding.rule, WARD_RULE_ACCOUNT_DORMANT);
	assert_string_equal(kept->finding.subject.name, "idle");
	assert_string_equal(kept->finding.observed, "200");
	assert_string_equal(kept->finding.required, "90");
	assert_string_equal(kept->finding.unit, "days");
	assert_string_equal(kept->finding.source.file, "/var/log/wtmp");
	assert_string_equal(kept->finding.citations.list[0].clauses, "2");
	kept = kept->next;
	assert_int_equal(kept->finding.rule, WARD_RULE_PASSWORD_MAX_AGE);
	assert_int_equal(kept->act, WARD_ACT_CHANGE);
	assert_null(kept->next);
	assert_int_equal(sim->acts[WARD_ACT_REFUSE], 1);
	assert_int_equal(sim->acts[WARD_ACT_CHANGE], 0);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

/* ---- ways in as root -------------------------------------------------------- */

static const struct ward_path paths[] = {
	{ .kind = WARD_PATH_UID0, .detail = "uid 0" },
	{ .kind = WARD_PATH_GROUP, .detail = "docker" },
	{ .kind = WARD_PATH_SUDO, .detail = "(ALL : ALL) ALL" },
	{ .kind = WARD_PATH_SUDO, .detail = "(root) NOPASSWD: ALL" },
	{ .kind = WARD_PATH_SUDO,
	    .detail = "(ALL : ALL) NOPASSWD: /usr/bin/vi" },
	{ .kind = WARD_PATH_DOAS, .detail = "permit persist wang01" },
	{ .kind = WARD_PATH_DOAS, .detail = "permit nopass wang01 as root" },
	{ .kind = WARD_PATH_DOAS,
	    .detail = "permit nopass wang01 as root cmd /usr/bin/vi" },
};

static void
test_simulation__ways(void **state)
{
	enum {
		P = WARD_WAY_PASSWORD,
		K = WARD_WAY_KEY,
		U = WARD_WAY_UNKNOWN
	};
	static const struct {
		enum ward_password_state password;
		size_t path, keys;
		unsigned int ways;
		bool no_keys_known;
	} cases[] = {
		{ WARD_PASSWORD_USABLE, 0, 0, P, false },
		{ WARD_PASSWORD_USABLE, 1, 1, P | K, false },
		{ WARD_PASSWORD_USABLE, 2, 1, P, false },
		{ WARD_PASSWORD_USABLE, 3, 1, P | K, false },
		{ WARD_PASSWORD_USABLE, 4, 1, 0, false },
		{ WARD_PASSWORD_USABLE, 5, 1, P, false },
		{ WARD_PASSWORD_USABLE, 6, 1, P | K, false },
		{ WARD_PASSWORD_USABLE, 7, 1, 0, false },
		/* Who has a key alone can't answer sudo. */
		{ WARD_PASSWORD_NONE, 0, 1, K, false },
		{ WARD_PASSWORD_LOCKED, 2, 1, 0, false },
		{ WARD_PASSWORD_LOCKED, 3, 1, K, false },
		{ WARD_PASSWORD_LOCKED, 0, 0, 0, false },
		{ WARD_PASSWORD_LOCKED, 0, 0, U, true },
		{ WARD_PASSWORD_LOCKED, 2, 0, 0, true },
		{ WARD_PASSWORD_EMPTY, 0, 0, U, false },
		{ WARD_PASSWORD_UNKNOWN, 0, 1, U, false },
		{ WARD_PASSWORD_UNKNOWN, 4, 1, 0, false },
	};
	struct ward_account ended = privileged(ward_judge_account());

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		unsigned int ways;

		account.password.state = cases[i].password;
		account.paths = &paths[cases[i].path];
		account.path_count = 1;
		account.key_count = cases[i].keys;
		account.keys_known = !cases[i].no_keys_known;
		ways = ward_simulated_ways(&ward_judge_host, &account);
		if (ways != cases[i].ways) {
			fail_msg("case %zu: %u, not %u", i, ways,
			    cases[i].ways);
		}
		account.login_shell = false;
		assert_int_equal(ward_simulated_ways(&ward_judge_host,
				     &account),
		    0);
	}
	ended.expires = ward_known(WARD_JUDGE_DAY + 1);
	assert_int_equal(ward_simulated_ways(&ward_judge_host, &ended), P);
	ended.expires = ward_known(WARD_JUDGE_DAY);
	assert_int_equal(ward_simulated_ways(&ward_judge_host, &ended), 0);
	ended.path_count = 0;
	assert_int_equal(ward_simulated_ways(&ward_judge_host, &ended), 0);
}

static void
expect_root(const struct ward_account *accounts, size_t count,
    enum ward_root_access root, bool now, bool stops)
{
	struct ward_plan *plan;
	struct ward_simulation *sim = simulate(IDLE, accounts, count, false,
	    &plan);

	assert_int_equal(sim->root, root);
	assert_int_equal(sim->root_now, now);
	assert_int_equal(ward_simulation_stops(sim), stops);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

static void
test_simulation__root(void **state)
{
	struct ward_account accounts[3] = { ward_judge_account(),
		ward_judge_account(), ward_judge_account() };

	(void)state;
	expect_root(accounts, 0, WARD_ROOT_NOBODY, false, true);
	expect_root(accounts, 3, WARD_ROOT_NOBODY, false, true);
	accounts[0] = privileged(ward_judge_account());
	expect_root(accounts, 3, WARD_ROOT_KEPT, true, false);
	accounts[0] = privileged(dormant());
	expect_root(accounts, 3, WARD_ROOT_CONSOLE, true, true);
	accounts[0].password.state = WARD_PASSWORD_NONE;
	accounts[0].paths = &paths[3];
	accounts[0].key_count = 1;
	expect_root(accounts, 3, WARD_ROOT_NOBODY, true, true);
	accounts[1] = privileged(ward_judge_account());
	accounts[1].password.state = WARD_PASSWORD_UNKNOWN;
	expect_root(accounts, 3, WARD_ROOT_UNKNOWN, true, true);
	accounts[2] = privileged(dormant());
	expect_root(accounts, 3, WARD_ROOT_CONSOLE, true, true);
	accounts[2] = privileged(ward_judge_account());
	expect_root(accounts, 3, WARD_ROOT_KEPT, true, true);
}

/* ---- lockout ---------------------------------------------------------------- */

static void
expect_lockout(const char *lines, enum ward_class class, bool asked,
    uint32_t attempts, uint32_t seconds)
{
	struct ward_plan *plan;
	struct ward_simulation *sim = simulate(lines, NULL, 0, true, &plan);
	const struct ward_simulated_lockout *lockout = &sim->lockouts[class];

	assert_int_equal(lockout->asked, asked);
	assert_int_equal(lockout->given, attempts != 0);
	assert_int_equal(lockout->attempts, attempts);
	assert_int_equal(lockout->seconds, seconds);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

#define LOCKOUT "[login.lockout]\nattempts = 5\nseconds = 900\nclause = 8\n"

static void
test_simulation__lockout(void **state)
{
	(void)state;
	expect_lockout("", WARD_CLASS_PERSON, false, 0, 0);
	expect_lockout("[login.lockout]\nclause = 8\n", WARD_CLASS_PERSON, true,
	    0, 0);
	expect_lockout(LOCKOUT, WARD_CLASS_PERSON, true, 5, 900);
	expect_lockout(LOCKOUT "[login.lockout privileged]\nattempts = 3\n"
			       "seconds = 1800\nclause = 9\n",
	    WARD_CLASS_PRIVILEGED, true, 3, 1800);
	expect_lockout("[login.lockout person]\nattempts = 5\nseconds = 900\n"
		       "clause = 8\n",
	    WARD_CLASS_SERVICE, false, 0, 0);
}

static void
test_simulation__failures_and_locks(void **state)
{
	struct ward_account accounts[] = { ward_judge_account(),
		ward_judge_account(), ward_judge_account() };
	struct ward_plan *plan;
	struct ward_simulation *sim;

	(void)state;
	accounts[0].failures = ward_known(4);
	accounts[1].failures = ward_known(5);
	accounts[1].last_failure = WARD_JUDGE_NOW - 60;
	accounts[1].name = "tried";
	accounts[2].failures.known = false;
	sim = simulate(LOCKOUT, accounts, 3, true, &plan);
	assert_string_equal(sim->list->name, "tried");
	assert_true(sim->list->failing);
	assert_int_equal(sim->list->failures, 5);
	assert_int_equal(sim->list->last_failure, WARD_JUDGE_NOW - 60);
	assert_null(sim->list->next);
	/* It is an indication only. */
	assert_false(ward_simulation_stops(sim));
	ward_simulation_free(sim);
	ward_plan_free(plan);

	/* A lock is the account's that was told last. */
	plan = ward_judge_plan("");
	assert_int_equal(ward_simulation_new(plan, &ward_judge_host, true,
			     &sim),
	    0);
	for (size_t i = 0; i < LENGTH(accounts); i++) {
		assert_int_equal(ward_simulation_account(sim, &accounts[i]), 0);
		if (i == 1) {
			ward_simulation_lock(sim, 300);
		}
	}
	assert_null(sim->list->next);
	assert_string_equal(sim->list->name, "tried");
	assert_true(sim->list->locked);
	assert_int_equal(sim->list->lock_left, 300);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

/* As the door does: from its day on, who is let in, warned or not. */
static void
test_simulation__days_left(void **state)
{
	static const struct {
		const char *lines;
		int64_t age, expires; /* days; 0: never */
		int64_t left;         /* -1: nothing is told */
		bool ends;
	} cases[] = {
		{ AGED, 82, 0, -1, false }, { AGED, 83, 0, 7, false },
		{ AGED, 90, 0, 0, false },
		{ AGED, 91, 0, -1, false }, /* it has to be changed */
		{ AGED "[password.expiry_warning]\ndays = 14\nclause = 5\n", 76,
		    0, 14, false },
		{ AGED "[password.expiry_warning]\ndays = 3\nclause = 5\n", 83,
		    0, 7, false },
		{ AGED, 0, 4, 3, true }, { AGED, 85, 4, 3, true },
		{ AGED, 88, 4, 2, false },
		{ "[password.max_age]\ndays = 90\nstrength = should\n"
		  "clause = 1\n",
		    85, 0, 5, false },
		{ IDLE, 85, 0, -1, false }, /* no age is asked for */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_simulation *sim;
		struct ward_plan *plan;

		print_message("case %zu\n", i);
		account.changed = ward_known(WARD_JUDGE_DAY - cases[i].age);
		if (cases[i].expires > 0) {
			account.expires = ward_known(
			    WARD_JUDGE_DAY + cases[i].expires);
		}
		sim = simulate(cases[i].lines, &account, 1, true, &plan);
		assert_int_equal(sim->list != NULL && sim->list->told,
		    cases[i].left >= 0);
		if (cases[i].left >= 0) {
			assert_int_equal(sim->list->days_left.value,
			    cases[i].left);
			assert_int_equal(sim->list->ends, cases[i].ends);
			assert_false(ward_simulation_stops(sim));
		}
		ward_simulation_free(sim);
		ward_plan_free(plan);
	}
}

static void
test_simulation__break_glass(void **state)
{
	struct ward_account accounts[] = { ward_judge_account(),
		ward_judge_account() };
	struct ward_plan *plan;
	struct ward_simulation *sim;

	(void)state;
	accounts[1].name = "glass";
	sim = simulate(LOCKOUT "break_glass = glas glass\n", accounts, 2, false,
	    &plan);
	assert_string_equal(sim->list->name, "glass");
	assert_true(sim->list->glass);
	assert_false(sim->list->absent);
	/* A slip of the pen is told. */
	assert_string_equal(sim->list->next->name, "glas");
	assert_true(sim->list->next->absent);
	assert_null(sim->list->next->next);
	ward_simulation_free(sim);
	ward_plan_free(plan);
	/* Of a part nobody knows who else is there. */
	sim = simulate(LOCKOUT "break_glass = glas glass\n", accounts, 1, true,
	    &plan);
	assert_null(sim->list);
	ward_simulation_free(sim);
	ward_plan_free(plan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_simulation__faults),
		cmocka_unit_test(test_simulation__by_class),
		cmocka_unit_test(test_simulation__unknown_stops_nobody),
		cmocka_unit_test(test_simulation__no_number_is_told),
		cmocka_unit_test(test_simulation__keeps_its_own_copies),
		cmocka_unit_test(test_simulation__ways),
		cmocka_unit_test(test_simulation__root),
		cmocka_unit_test(test_simulation__lockout),
		cmocka_unit_test(test_simulation__failures_and_locks),
		cmocka_unit_test(test_simulation__days_left),
		cmocka_unit_test(test_simulation__break_glass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
