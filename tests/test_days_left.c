/* SPDX-License-Identifier: BSD-2-Clause */
/* How long a rule will still hold: 0 on the last good day, never negative. */
#include "tests/judge.h"

#define TODAY WARD_JUDGE_DAY
#define NINETY "[password.max_age]\ndays = 90\nclause = 1\n"
#define SIX_MONTHS "[password.max_age]\nmonths = 6\nclause = 1\n"
#define DORMANT "[account.dormant]\ndays = 90\nclause = 1\n"
#define EXPIRED "[account.expired]\nclause = 1\n"

#define NONE (-1)

static void
expect(const char *lines, const struct ward_account *account,
    enum ward_rule_id rule, int64_t days)
{
	struct ward_judged judged;
	const struct ward_said *said;

	ward_judge_by(lines, account, &judged);
	said = ward_judged_rule(&judged, rule);
	if (said->days_left.known != (days != NONE) ||
	    (days != NONE && said->days_left.value != days)) {
		fail_msg("%s %s: %lld days left (known: %d), not %lld",
		    ward_rules[rule].id, ward_verdict_name(said->verdict),
		    (long long)said->days_left.value, said->days_left.known,
		    (long long)days);
	}
}

static void
test_days_left__password_of_90_days(void **state)
{
	static const struct {
		int64_t age, left;
	} cases[] = { { 0, 90 }, { 1, 89 }, { 89, 1 }, { 90, 0 }, { 91, NONE },
		{ 5000, NONE } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.changed = ward_known(TODAY - cases[i].age);
		expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE,
		    cases[i].left);
		/* That nothing forces the change moves no date. */
		account.max_age.known = false;
		expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE,
		    cases[i].left);
	}
}

/* Six months on, 2026-11-20: from 2026-05-20, which is 184 days ago. */
static void
test_days_left__password_of_six_months(void **state)
{
	static const struct {
		int64_t age, left;
	} cases[] = { { 185, NONE }, { 184, 0 }, { 183, 1 }, { 180, 4 },
		{ 179, 5 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.changed = ward_known(TODAY - cases[i].age);
		account.max_age.known = false;
		expect(SIX_MONTHS, &account, WARD_RULE_PASSWORD_MAX_AGE,
		    cases[i].left);
	}
}

/* Whichever of the two ends first. */
static void
test_days_left__days_beside_months(void **state)
{
	static const char both[] = "[password.max_age]\nmonths = 6\n"
				   "days = 30\nclause = 1\n";
	struct ward_account account = ward_judge_account();

	(void)state;
	account.max_age = ward_known(30);
	expect(both, &account, WARD_RULE_PASSWORD_MAX_AGE, 20);
}

/* The system asks for a new password, or ends the account, before the plan
 * does: that day comes first. */
static void
test_days_left__earlier_ends(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.changed = ward_known(TODAY - 10);
	account.max_age = ward_known(60);
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, 50);
	account.max_age = ward_known(90);
	account.expires = ward_known(TODAY + 30);
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, 29);
	account.expires = ward_known(TODAY + 1);
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, 0);
	/* It has come: nothing is left to count. */
	account.expires.known = false;
	account.max_age = ward_known(9);
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, NONE);
}

static void
test_days_left__password_without_a_date(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.changed = ward_known(0);
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, NONE);
	account.changed.known = false;
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, NONE);
	account.changed = ward_known(TODAY + 30);
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, NONE);
	account = ward_judge_account();
	account.password.state = WARD_PASSWORD_LOCKED;
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, NONE);
	account.password.state = WARD_PASSWORD_UNKNOWN;
	expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE, NONE);
}

static void
test_days_left__dormant(void **state)
{
	static const struct {
		int64_t ago, left;
	} cases[] = { { 0, 90 }, { 90, 0 }, { 91, NONE } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.last_use = WARD_JUDGE_NOW - cases[i].ago * 86400;
		expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
		    cases[i].left);
		account.use = WARD_USE_NEVER;
		account.changed = ward_known(TODAY - cases[i].ago);
		expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT,
		    cases[i].left);
		account.use = WARD_USE_UNKNOWN;
		expect(DORMANT, &account, WARD_RULE_ACCOUNT_DORMANT, NONE);
	}
}

/* shadow(5): closed from the day itself on. */
static void
test_days_left__end_of_the_account(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED, NONE);
	account.expires = ward_known(TODAY + 10);
	expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED, 9);
	account.expires = ward_known(TODAY + 1);
	expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED, 0);
	account.expires = ward_known(TODAY);
	expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED, NONE);
	account.password.state = WARD_PASSWORD_LOCKED;
	expect(EXPIRED, &account, WARD_RULE_ACCOUNT_EXPIRED, NONE);
}

static void
test_days_left__stays_with_its_rule(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	expect(NINETY "[password.min_age]\ndays = 1\nclause = 2\n", &account,
	    WARD_RULE_PASSWORD_MIN_AGE, NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_days_left__password_of_90_days),
		cmocka_unit_test(test_days_left__password_of_six_months),
		cmocka_unit_test(test_days_left__days_beside_months),
		cmocka_unit_test(test_days_left__earlier_ends),
		cmocka_unit_test(test_days_left__password_without_a_date),
		cmocka_unit_test(test_days_left__dormant),
		cmocka_unit_test(test_days_left__end_of_the_account),
		cmocka_unit_test(test_days_left__stays_with_its_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
