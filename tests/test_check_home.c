/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/judge.h"

#include <string.h>

#define HOME "[account.home]\nclause = 1\n"

static void
expect(const struct ward_account *account, enum ward_verdict verdict,
    enum ward_strength strength, enum ward_reason_id reason)
{
	struct ward_said said = ward_expect(HOME, account,
	    WARD_RULE_ACCOUNT_HOME, verdict, reason);

	assert_int_equal(said.strength, strength);
}

static void
test_home__modes(void **state)
{
	static const struct {
		int64_t owner;
		uint32_t mode;
		enum ward_verdict verdict;
		enum ward_strength strength;
		enum ward_reason_id reason;
	} cases[] = {
		{ 1001, 0700, WARD_PASS, WARD_SHALL, 0 },
		{ 1001, 0755, WARD_PASS, WARD_SHALL, 0 },
		{ 1001, 02755, WARD_PASS, WARD_SHALL, 0 },
		{ 1001, 0775, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_GROUP },
		{ 1001, 0702, WARD_FAIL, WARD_SHALL,
		    WARD_REASON_HOME_WRITABLE },
		{ 1001, 01777, WARD_FAIL, WARD_SHALL,
		    WARD_REASON_HOME_WRITABLE },
		{ 0, 0755, WARD_PASS, WARD_SHALL, 0 },
		{ 0, 0777, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_WRITABLE },
		{ 0, 0775, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_GROUP },
		{ 1002, 0700, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_FOREIGN },
		{ 1002, 0777, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_FOREIGN },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.home_owner = ward_known(cases[i].owner);
		account.home_mode = cases[i].mode;
		expect(&account, cases[i].verdict, cases[i].strength,
		    cases[i].reason);
	}
}

static void
test_home__states(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.home_state = WARD_HOME_UNKNOWN;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_UNKNOWN);
	account.home_state = WARD_HOME_MISSING;
	expect(&account, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_MISSING);
	account.home_state = WARD_HOME_ELSEWHERE;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL,
	    WARD_REASON_HOME_ELSEWHERE);
	account.home_state = WARD_HOME_THERE;
	account.home_owner.known = false;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_UNKNOWN);
}

static void
test_home__whose(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.home_state = WARD_HOME_MISSING;
	account.home = "/nonexistent";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_HOME_NONE);
	account.home = "/dev/null";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_HOME_NONE);
	account.home = "home/wang01";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, 0);
	account.home = NULL;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_UNKNOWN);
	account.home = "";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, 0);
	account.home = "/home/wang01";
	account.login_shell = false;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, 0);
	account.uid = ward_known(0); /* root's keys and cron need no shell */
	expect(&account, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_MISSING);
	/* Debian's www-data as it was: a shell, and no way in. */
	account.uid = ward_known(33);
	account.login_shell = true;
	account.password.state = WARD_PASSWORD_NONE;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, 0);
}

static void
test_trusted_hosts__facts(void **state)
{
	static const char lines[] = "[remote.trusted_hosts]\nclause = 1\n";
	const enum ward_rule_id rule = WARD_RULE_REMOTE_TRUSTED_HOSTS;
	struct ward_account account = ward_judge_account();
	struct ward_said said;

	(void)state;
	(void)ward_expect(lines, &account, rule, WARD_PASS, 0);
	account.trust_known = false;
	(void)ward_expect(lines, &account, rule, WARD_UNKNOWN,
	    WARD_REASON_FACT_UNKNOWN);
	/* What was found counts, whatever else could not be read. */
	account.trust_source = (struct ward_source){ "/home/wang01/.rhosts",
		3 };
	account.trust_detail = "+ +";
	said = ward_expect(lines, &account, rule, WARD_FAIL,
	    WARD_REASON_TRUSTED_USER);
	assert_string_equal(said.detail, "+ +");
	assert_string_equal(said.file, "/home/wang01/.rhosts");
	assert_int_equal(said.line, 3);
	account.login_shell = false;
	(void)ward_expect(lines, &account, rule, WARD_NOTAPPLICABLE, 0);
}

static void
expect_defect(enum ward_reason_id reason, enum ward_verdict verdict)
{
	struct ward_plan *plan = ward_judge_plan(
	    "[remote.trusted_hosts]\nclause = 1\n");
	const struct ward_defect defect = { .reason = reason,
		.detail = "+ +",
		.source = { "/etc/hosts.equiv", 1 } };
	struct ward_evaluation *evaluation = NULL;
	struct ward_judged judged = { .count = 0 };

	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, &judged, &evaluation),
	    0);
	assert_int_equal(ward_evaluate_defect(evaluation, &defect), 0);
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.list[0].rule, WARD_RULE_REMOTE_TRUSTED_HOSTS);
	assert_int_equal(judged.list[0].verdict, verdict);
	assert_int_equal(judged.list[0].type, WARD_SUBJECT_HOST);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
}

static void
test_trusted_hosts__of_the_host(void **state)
{
	(void)state;
	expect_defect(WARD_REASON_TRUSTED_HOST, WARD_FAIL);
	expect_defect(WARD_REASON_TRUSTED_UNREAD, WARD_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_home__modes),
		cmocka_unit_test(test_home__states),
		cmocka_unit_test(test_home__whose),
		cmocka_unit_test(test_trusted_hosts__facts),
		cmocka_unit_test(test_trusted_hosts__of_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
