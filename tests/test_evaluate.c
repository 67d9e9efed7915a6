/* SPDX-License-Identifier: BSD-2-Clause */
/* The engine: what is judged, what is counted, and when it stops. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

/* Every rule that is judged, each with a number. */
#define EVERYTHING \
	"[password.max_age]\ndays = 90\nclause = 1\n" \
	"[password.min_age]\ndays = 1\nclause = 2\n" \
	"[password.expiry_warning]\ndays = 14\nclause = 3\n" \
	"[password.change_at_first_login]\nclause = 4\n" \
	"[password.required]\nclause = 5\n" \
	"[password.hash]\nallow = yescrypt\nclause = 6\n" \
	"[account.unique]\nclause = 7\n" \
	"[account.not_shared]\nclause = 8\n" \
	"[account.dormant]\ndays = 90\nclause = 9\n" \
	"[account.expired]\nclause = 10\n" \
	"[account.disabled]\nclause = 11\n" \
	"[account.neutral_name]\nclause = 12\n" \
	"[privileged.minimum]\nclause = 13\n" \
	"[login.failures]\nmax = 5\nclause = 14\n" \
	"[account.home]\nclause = 15\n" \
	"[remote.trusted_hosts]\nclause = 16\n"

static void
test_evaluate__judges_every_judged_rule_in_order(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;
	size_t at = 0;

	(void)state;
	ward_judge_by(EVERYTHING, &account, &judged);
	for (enum ward_rule_id rule = 0; rule < WARD_RULE_COUNT; rule++) {
		/* No word was tried: see test_check_password.c. */
		if (!ward_rules[rule].judged ||
		    ward_rules[rule].subject == WARD_SUBJECT_SERVICE ||
		    rule == WARD_RULE_PASSWORD_WEAK) {
			continue;
		}
		assert_true(at < judged.count);
		if (judged.list[at].rule != rule) {
			fail_msg("%s, not %s",
			    ward_rules[judged.list[at].rule].id,
			    ward_rules[rule].id);
		}
		assert_string_equal(judged.list[at].name, "wang01");
		assert_int_equal(judged.list[at].type, WARD_SUBJECT_ACCOUNT);
		assert_int_equal(judged.list[at].class, WARD_CLASS_PERSON);
		at++;
	}
	assert_int_equal(at, judged.count);
	assert_int_equal(judged.summary.verdict, WARD_PASS);
}

/* Nothing known but the name: no rule that needs a fact may pass. Only the
 * name itself, and that no defect was met, are known. */
static void
test_evaluate__zeroed_account_passes_nothing_that_needs_facts(void **state)
{
	struct ward_account account = { .name = "wang01" };
	struct ward_judged judged;

	(void)state;
	ward_judge_by(EVERYTHING, &account, &judged);
	assert_true(judged.count > 0);
	for (size_t i = 0; i < judged.count; i++) {
		enum ward_rule_id rule = judged.list[i].rule;

		if (judged.list[i].verdict == WARD_PASS &&
		    rule != WARD_RULE_ACCOUNT_NEUTRAL_NAME &&
		    rule != WARD_RULE_ACCOUNT_WELLFORMED) {
			fail_msg("%s passes", ward_rules[rule].id);
		}
	}
	assert_int_not_equal(judged.summary.verdict, WARD_PASS);
	assert_true(judged.summary.unknown > 0);
}

/* The same, but for one thing: somebody can log in. */
static void
test_evaluate__unknown_facts_of_an_open_account_pass_nothing(void **state)
{
	struct ward_account account = { .name = "wang01",
		.uid = WARD_KNOWN(1001),
		.login_shell = true,
		.listed_shell = true };
	struct ward_judged judged;

	(void)state;
	ward_judge_by(EVERYTHING, &account, &judged);
	for (size_t i = 0; i < judged.count; i++) {
		enum ward_rule_id rule = judged.list[i].rule;

		if (judged.list[i].verdict == WARD_PASS &&
		    rule != WARD_RULE_ACCOUNT_NEUTRAL_NAME &&
		    rule != WARD_RULE_ACCOUNT_WELLFORMED &&
		    rule != WARD_RULE_ACCOUNT_UNIQUE) {
			fail_msg("%s passes", ward_rules[rule].id);
		}
	}
}

static void
test_evaluate__counts(void **state)
{
	struct ward_plan *plan = ward_judge_plan(
	    "[password.max_age]\ndays = 90\nclause = 1\n"
	    "[password.min_age]\ndays = 7\nstrength = should\nclause = 2\n");
	struct ward_judged judged = { .count = 0 };
	struct ward_account good = ward_judge_account(), old = good,
			    locked = good, unknown = good, admin = good;
	const struct ward_path path = { .kind = WARD_PATH_GROUP,
		.detail = "docker",
		.source = { "/etc/group", 4 } };
	const struct ward_account *const accounts[] = { &good, &old, &locked,
		&unknown, &admin };
	struct ward_evaluation *evaluation = NULL;
	struct ward_summary summary;
	const struct ward_rule_count
	    *age = &summary.rules[WARD_RULE_PASSWORD_MAX_AGE];
	const struct ward_rule_count
	    *least = &summary.rules[WARD_RULE_PASSWORD_MIN_AGE];

	(void)state;
	good.min_age = ward_known(7);
	old.changed = ward_known(WARD_JUDGE_DAY - 91);
	locked.password.state = WARD_PASSWORD_LOCKED;
	unknown.password.state = WARD_PASSWORD_UNKNOWN;
	admin.paths = &path;
	admin.path_count = 1;
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, &judged, &evaluation),
	    0);
	for (size_t i = 0; i < LENGTH(accounts); i++) {
		assert_int_equal(ward_evaluate_account(evaluation, accounts[i]),
		    0);
	}
	ward_evaluation_summary(evaluation, &summary);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);

	assert_int_equal(summary.accounts, 5);
	assert_int_equal(summary.privileged, 1);
	assert_int_equal(summary.fail, 1);
	assert_int_equal(summary.warn, 2);
	assert_int_equal(summary.unknown, 2);
	assert_int_equal(summary.waived, 0);
	assert_int_equal(summary.verdict, WARD_FAIL);

	assert_true(age->enabled);
	assert_int_equal(age->verdicts[WARD_PASS], 2);
	assert_int_equal(age->verdicts[WARD_FAIL], 1);
	assert_int_equal(age->verdicts[WARD_UNKNOWN], 1);
	assert_int_equal(age->verdicts[WARD_NOTAPPLICABLE], 1);
	assert_int_equal(age->warnings, 0);
	assert_int_equal(least->verdicts[WARD_PASS], 1);
	assert_int_equal(least->verdicts[WARD_FAIL], 2);
	assert_int_equal(least->warnings, 2);
	assert_int_equal(least->verdicts[WARD_UNKNOWN], 1);
	assert_int_equal(least->verdicts[WARD_NOTAPPLICABLE], 1);
	assert_false(summary.rules[WARD_RULE_ACCOUNT_UNIQUE].enabled);
}

/* fail, else unknown, else pass; a warning is no failure. */
static void
test_evaluate__verdict_of_all(void **state)
{
	static const char should[] = "[password.required]\nstrength = should\n"
				     "clause = 1\n";
	static const char shall[] = "[password.required]\nclause = 1\n";
	static const struct {
		const char *lines;
		enum ward_password_state password;
		enum ward_verdict verdict;
	} cases[] = {
		{ shall, WARD_PASSWORD_USABLE, WARD_PASS },
		{ shall, WARD_PASSWORD_EMPTY, WARD_FAIL },
		{ shall, WARD_PASSWORD_UNKNOWN, WARD_UNKNOWN },
		{ should, WARD_PASSWORD_EMPTY, WARD_PASS },
		{ should, WARD_PASSWORD_UNKNOWN, WARD_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_judged judged;

		account.password.state = cases[i].password;
		ward_judge_by(cases[i].lines, &account, &judged);
		assert_int_equal(judged.summary.verdict, cases[i].verdict);
	}
}

static void
test_evaluate__sink_stops_it(void **state)
{
	struct ward_plan *plan = ward_judge_plan(EVERYTHING);
	struct ward_account account = ward_judge_account();
	size_t all;
	struct ward_judged judged;

	(void)state;
	ward_judge(plan, &account, &judged);
	all = judged.count;
	for (size_t stop = 1; stop <= all; stop++) {
		struct ward_evaluation *evaluation = NULL;

		judged = (struct ward_judged){ .stop_at = stop };
		assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
				     ward_judge_sink, &judged, &evaluation),
		    0);
		assert_int_equal(ward_evaluate_account(evaluation, &account),
		    7);
		assert_int_equal(judged.count, stop);
		ward_evaluation_free(evaluation);
	}
	ward_plan_free(plan);
}

/* One rule may say several things of one account: it stops at each of them. */
static void
test_evaluate__sink_stops_it_within_a_rule(void **state)
{
	static const struct ward_defect defects[3] = {
		{ WARD_REASON_WELLFORMED_NO_SHADOW, "x", NULL, { "/a", 1 } },
		{ WARD_REASON_WELLFORMED_NO_GROUP, "x", "1", { "/a", 1 } },
		{ WARD_REASON_WELLFORMED_DATE, "x", "y", { "/a", 1 } }
	};
	static const struct ward_path paths[2] = {
		{ .kind = WARD_PATH_SUDO,
		    .detail = "a",
		    .source = { "/a", 1 },
		    .excess = WARD_REASON_MINIMUM_ESCAPE,
		    .excess_detail = "b" },
		{ .kind = WARD_PATH_SUDO,
		    .detail = "a",
		    .source = { "/a", 2 },
		    .excess = WARD_REASON_MINIMUM_ESCAPE,
		    .excess_detail = "b" }
	};
	struct ward_plan *plan = ward_judge_plan(
	    "[account.unique]\nclause = 1\n"
	    "[privileged.minimum]\nclause = 2\n");
	struct ward_account account = ward_judge_account();
	const struct ward_peer peer = { "lee", { "/etc/passwd", 2 } };

	(void)state;
	account.defects = defects;
	account.defect_count = 3;
	account.same_name = account.same_uid = account.same_hash = peer;
	account.paths = paths;
	account.path_count = 2;
	for (size_t stop = 1; stop <= 8; stop++) {
		struct ward_judged judged = { .stop_at = stop };
		struct ward_evaluation *evaluation = NULL;

		assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
				     ward_judge_sink, &judged, &evaluation),
		    0);
		assert_int_equal(ward_evaluate_account(evaluation, &account),
		    7);
		assert_int_equal(judged.count, stop);
		ward_evaluation_free(evaluation);
	}
	ward_plan_free(plan);
}

/* Neither document nor agency gives the number: nothing is filled in. */
static void
test_evaluate__no_number_is_not_judged(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;
	const struct ward_rule_count
	    *tally = &judged.summary.rules[WARD_RULE_PASSWORD_MAX_AGE];

	(void)state;
	account.changed = ward_known(1);
	ward_judge_by("[password.max_age]\nclause = 1\n", &account, &judged);
	assert_true(tally->enabled);
	assert_true(tally->unset);
	assert_int_equal(judged.count, 1); /* wellformed */
	ward_judge_by("[password.max_age]\nclause = 1\ndays = 90\n", &account,
	    &judged);
	assert_false(tally->unset);
	assert_int_equal(judged.summary.fail, 1);
}

/* A number for one class is none for the others, and the audit says so. */
static void
test_evaluate__no_number_for_a_class_is_told(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;
	const struct ward_rule_count
	    *tally = &judged.summary.rules[WARD_RULE_PASSWORD_MAX_AGE];

	(void)state;
	account.changed = ward_known(1);
	ward_judge_by("[password.max_age]\nclause = 1\n"
		      "[password.max_age privileged]\ndays = 60\nclause = 1\n",
	    &account, &judged);
	assert_true(tally->unset || tally->verdicts[WARD_UNKNOWN] > 0);
}

static void
test_evaluate__rule_of_one_class_is_for_it_alone(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.password.state = WARD_PASSWORD_EMPTY;
	ward_judge_by("[password.required service]\nclause = 1\n", &account,
	    &judged);
	assert_int_equal(judged.count, 1);
	account.login_shell = account.listed_shell = false;
	ward_judge_by("[password.required service]\nclause = 1\n", &account,
	    &judged);
	assert_int_equal(judged.count, 2);
	assert_int_equal(judged.summary.fail, 1);
}

static void
test_evaluate__rules_not_judged_say_nothing(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;
	const struct ward_rule_count
	    *tally = &judged.summary.rules[WARD_RULE_PASSWORD_MIN_LENGTH];

	(void)state;
	ward_judge_by("[password.min_length]\nmin = 8\nclause = 1\n"
		      "[obligation.a]\nevery = year\nclause = 2\n",
	    &account, &judged);
	assert_int_equal(judged.count, 1);
	assert_true(tally->enabled);
	assert_int_equal(tally->verdicts[WARD_PASS], 0);
}

static void
test_evaluate__nothing_leaks_from_rule_to_rule(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.changed = ward_known(WARD_JUDGE_DAY - 91);
	ward_judge_by("[password.max_age]\ndays = 90\nclause = 1\n"
		      "origin.days = agency x:1\n"
		      "[password.required]\nstrength = should\nclause = 2\n",
	    &account, &judged);
	assert_int_equal(judged.count, 3);
	assert_string_equal(judged.list[0].observed, "91");
	assert_true(judged.list[0].agency);
	assert_string_equal(judged.list[1].observed, "");
	assert_string_equal(judged.list[1].required, "");
	assert_string_equal(judged.list[1].unit, "");
	assert_string_equal(judged.list[1].detail, "");
	assert_string_equal(judged.list[1].clauses, "2");
	assert_false(judged.list[1].agency);
	assert_int_equal(judged.list[1].strength, WARD_SHOULD);
	assert_int_equal(judged.list[2].strength, WARD_SHALL);
}

/* A warning that the engine itself makes does not stay with the next account. */
static void
test_evaluate__strength_comes_back(void **state)
{
	struct ward_plan *plan = ward_judge_plan(
	    "[password.max_age]\ndays = 90\nclause = 1\n");
	struct ward_account unbound = ward_judge_account(),
			    old = ward_judge_account();
	struct ward_judged judged = { .count = 0 };
	struct ward_evaluation *evaluation = NULL;

	(void)state;
	unbound.max_age.known = false;
	old.changed = ward_known(1);
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, &judged, &evaluation),
	    0);
	assert_int_equal(ward_evaluate_account(evaluation, &unbound), 0);
	assert_int_equal(ward_evaluate_account(evaluation, &old), 0);
	assert_int_equal(judged.list[0].strength, WARD_SHOULD);
	assert_int_equal(judged.list[2].strength, WARD_SHALL);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
}

#define WELLFORMED "[account.wellformed]\nclause = 1\n"

static struct ward_judged
judge_defect(const char *lines, struct ward_defect defect)
{
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_judged judged = { .count = 0 };
	struct ward_evaluation *evaluation = NULL;

	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, &judged, &evaluation),
	    0);
	assert_int_equal(ward_evaluate_defect(evaluation, &defect), 0);
	ward_evaluation_summary(evaluation, &judged.summary);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	return judged;
}

static void
test_evaluate_defect__is_the_hosts_or_the_names(void **state)
{
	struct ward_defect defect = { WARD_REASON_WELLFORMED_FIELDS, NULL,
		"3 fields", { "/etc/passwd", 40 } };
	struct ward_judged judged = judge_defect(WELLFORMED, defect);

	(void)state;
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.list[0].type, WARD_SUBJECT_HOST);
	assert_string_equal(judged.list[0].name, "test");
	assert_int_equal(judged.list[0].verdict, WARD_FAIL);
	assert_string_equal(judged.list[0].detail, "3 fields");
	assert_int_equal(judged.list[0].line, 40);
	assert_int_equal(judged.summary.fail, 1);
	assert_int_equal(judged.summary.accounts, 0);
	assert_int_equal(judged.summary.verdict, WARD_FAIL);
	defect.name = "ghost";
	judged = judge_defect(WELLFORMED, defect);
	assert_int_equal(judged.list[0].type, WARD_SUBJECT_ACCOUNT);
	assert_string_equal(judged.list[0].name, "ghost");
	assert_int_equal(judged.list[0].class, WARD_CLASS_ANY);
	defect.name = "";
	judged = judge_defect(WELLFORMED, defect);
	assert_int_equal(judged.list[0].type, WARD_SUBJECT_HOST);
}

static void
test_evaluate_defect__is_of_a_rule_the_plan_asks_for(void **state)
{
	const struct ward_defect defect = { WARD_REASON_UNIQUE_GID, NULL,
		"users", { "/etc/group", 5 } };
	struct ward_judged judged = judge_defect("", defect);

	(void)state;
	assert_int_equal(judged.count, 0);
	assert_int_equal(judged.summary.verdict, WARD_UNKNOWN);
	judged = judge_defect("[account.unique]\nstrength = should\n"
			      "clause = 1\n",
	    defect);
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.summary.warn, 1);
	assert_string_equal(judged.list[0].clauses, "1");
}

/* Whoever it concerns: the strongest of what is asked for any class. */
static void
test_evaluate_defect__of_one_class_counts(void **state)
{
	const struct ward_defect defect = { WARD_REASON_TRUSTED_HOST, NULL, "+",
		{ "/etc/hosts.equiv", 1 } };
	struct ward_judged judged = judge_defect(
	    "[remote.trusted_hosts]\nstrength = should\nclause = 1\n"
	    "[remote.trusted_hosts person]\nstrength = shall\nclause = 2\n",
	    defect);

	(void)state;
	assert_int_equal(judged.summary.fail, 1);
	assert_string_equal(judged.list[0].clauses, "2");
	judged = judge_defect("[remote.trusted_hosts person]\nclause = 2\n",
	    defect);
	assert_int_equal(judged.summary.fail, 1);
}

/* What can't be told of sudo can't pass the rule on sudo's rules either. */
static void
test_evaluate_defect__unknown_privileges_are_no_minimum(void **state)
{
	const struct ward_defect defect = { WARD_REASON_WELLFORMED_SUDOERS_OPEN,
		NULL, "netgroup ng", { "/etc/sudoers", 9 } };
	struct ward_judged
	    judged = judge_defect("[privileged.minimum]\nclause = 4\n", defect);

	(void)state;
	assert_int_equal(judged.count, 2);
	assert_int_equal(judged.list[1].rule, WARD_RULE_PRIVILEGED_MINIMUM);
	assert_int_equal(judged.list[1].verdict, WARD_UNKNOWN);
	assert_int_equal(judged.list[1].reason, WARD_REASON_MINIMUM_OPEN);
	assert_string_equal(judged.list[1].clauses, "4");
	assert_int_equal(judged.list[1].line, 9);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_evaluate__judges_every_judged_rule_in_order),
		cmocka_unit_test(
		    test_evaluate__zeroed_account_passes_nothing_that_needs_facts),
		cmocka_unit_test(
		    test_evaluate__unknown_facts_of_an_open_account_pass_nothing),
		cmocka_unit_test(test_evaluate__counts),
		cmocka_unit_test(test_evaluate__verdict_of_all),
		cmocka_unit_test(test_evaluate__sink_stops_it),
		cmocka_unit_test(test_evaluate__sink_stops_it_within_a_rule),
		cmocka_unit_test(test_evaluate__no_number_is_not_judged),
		cmocka_unit_test(test_evaluate__no_number_for_a_class_is_told),
		cmocka_unit_test(
		    test_evaluate__rule_of_one_class_is_for_it_alone),
		cmocka_unit_test(test_evaluate__rules_not_judged_say_nothing),
		cmocka_unit_test(
		    test_evaluate__nothing_leaks_from_rule_to_rule),
		cmocka_unit_test(test_evaluate__strength_comes_back),
		cmocka_unit_test(
		    test_evaluate_defect__is_the_hosts_or_the_names),
		cmocka_unit_test(test_evaluate_defect__of_one_class_counts),
		cmocka_unit_test(
		    test_evaluate_defect__unknown_privileges_are_no_minimum),
		cmocka_unit_test(
		    test_evaluate_defect__is_of_a_rule_the_plan_asks_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
