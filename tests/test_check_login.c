/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/judge.h"

#include <string.h>

#define FAILURES "[login.failures]\nclause = 1\nmax = 10\n"

static struct ward_said
expect(const struct ward_account *account, enum ward_verdict verdict,
    enum ward_reason_id reason)
{
	return ward_expect(FAILURES, account, WARD_RULE_LOGIN_FAILURES, verdict,
	    reason);
}

static void
test_failures__counts(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_said said;

	(void)state;
	account.failure_source.file = "/var/log/btmp.1";
	account.last_failure = WARD_JUDGE_NOW;
	(void)expect(&account, WARD_PASS, 0);
	account.failures = ward_known(10);
	said = expect(&account, WARD_PASS, 0);
	assert_string_equal(said.observed, "10");
	account.failures = ward_known(11);
	said = expect(&account, WARD_FAIL, WARD_REASON_FAILURES_MANY);
	assert_string_equal(said.observed, "11");
	assert_string_equal(said.required, "10");
	assert_string_equal(said.unit, "failures");
	assert_string_equal(said.detail, "2026-11-20T04:00:00+00:00");
	assert_string_equal(said.file, "/var/log/btmp.1");
}

static void
test_failures__who(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.failures.known = false;
	(void)expect(&account, WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
	account.failures = ward_known(1000);
	account.login_shell = false;
	(void)expect(&account, WARD_NOTAPPLICABLE, WARD_REASON_NO_SHELL);
	/* root of a host that is entered by nobody's password: only the network
	 * makes noise there. */
	account = ward_judge_account();
	account.failures = ward_known(1000);
	account.uid = ward_known(0);
	account.password.state = WARD_PASSWORD_LOCKED;
	(void)expect(&account, WARD_NOTAPPLICABLE, WARD_REASON_SHUT);
	account.key_count = 1;
	(void)expect(&account, WARD_FAIL, WARD_REASON_FAILURES_MANY);
	account.key_count = 0;
	account.keys_known = false;
	(void)expect(&account, WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
	account = ward_judge_account();
	account.failures = ward_known(1000);
	account.expires = ward_known(1);
	(void)expect(&account, WARD_NOTAPPLICABLE, WARD_REASON_CLOSED);
}

/* What lacks, where it lacks, and what would help. */
static void
test_failures__why_not_known(void **state)
{
	static const struct {
		const char *why;
		enum ward_reason_id reason;
		const char *detail;
	} cases[] = {
		{ ward_why_missing, WARD_REASON_FACT_MISSING,
		    "how often a log-in failed is not known: the file is not there" },
		{ ward_why_denied, WARD_REASON_FACT_DENIED,
		    "how often a log-in failed is not known: permission denied (run as root)" },
		{ "not a regular file", WARD_REASON_FACT_UNREAD,
		    "how often a log-in failed is not known: not a regular file" },
		{ "", WARD_REASON_FACT_UNKNOWN, "how often a log-in failed" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_said said;

		account.failures.known = false;
		account.failure_source.file = "/var/log/btmp";
		account.failure_why = cases[i].why;
		said = expect(&account, WARD_UNKNOWN, cases[i].reason);
		assert_string_equal(said.file, "/var/log/btmp");
		assert_string_equal(said.detail, cases[i].detail);
	}
}

/* No document gives the number: without one there is nothing to judge. */
static void
test_failures__no_number(void **state)
{
	const struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	ward_judge_by("[login.failures]\nclause = 1\n", &account, &judged);
	for (size_t i = 0; i < judged.count; i++) {
		assert_int_not_equal(judged.list[i].rule,
		    WARD_RULE_LOGIN_FAILURES);
	}
	assert_true(judged.summary.rules[WARD_RULE_LOGIN_FAILURES].unset);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failures__counts),
		cmocka_unit_test(test_failures__who),
		cmocka_unit_test(test_failures__why_not_known),
		cmocka_unit_test(test_failures__no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
