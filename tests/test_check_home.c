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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_home__modes),
		cmocka_unit_test(test_home__states),
		cmocka_unit_test(test_home__whose),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
