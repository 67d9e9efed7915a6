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
		enum ward_home_group group;
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} cases[] = {
		{ 1001, 0700, 0, WARD_PASS, 0 },
		{ 1001, 0755, 0, WARD_PASS, 0 },
		{ 1001, 02755, 0, WARD_PASS, 0 },
		{ 1001, 0775, WARD_HOME_GROUP_OWN, WARD_PASS, 0 },
		/* As bad as one that everybody may write to: somebody may. */
		{ 1001, 0775, WARD_HOME_GROUP_SHARED, WARD_FAIL,
		    WARD_REASON_HOME_GROUP },
		{ 1001, 0775, WARD_HOME_GROUP_UNKNOWN, WARD_UNKNOWN,
		    WARD_REASON_FACT_UNREAD },
		{ 1001, 0777, WARD_HOME_GROUP_OWN, WARD_FAIL,
		    WARD_REASON_HOME_WRITABLE },
		{ 1001, 0702, 0, WARD_FAIL, WARD_REASON_HOME_WRITABLE },
		{ 1001, 01777, 0, WARD_FAIL, WARD_REASON_HOME_WRITABLE },
		{ 0, 0755, 0, WARD_PASS, 0 },
		{ 0, 0777, 0, WARD_FAIL, WARD_REASON_HOME_WRITABLE },
		{ 0, 0775, WARD_HOME_GROUP_SHARED, WARD_FAIL,
		    WARD_REASON_HOME_GROUP },
		{ 1002, 0700, 0, WARD_FAIL, WARD_REASON_HOME_FOREIGN },
		{ 1002, 0777, 0, WARD_FAIL, WARD_REASON_HOME_FOREIGN },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.home_owner = ward_known(cases[i].owner);
		account.home_mode = cases[i].mode;
		account.home_group = cases[i].group;
		expect(&account, cases[i].verdict, WARD_SHALL, cases[i].reason);
	}
}

/* Nobody is told to take /tmp from the host. */
static void
test_home__of_the_system(void **state)
{
	static const struct {
		const char *home;
		enum ward_reason_id reason;
	} cases[] = {
		{ "/tmp", WARD_REASON_HOME_SYSTEMS },
		{ "/tmp/", WARD_REASON_HOME_SYSTEMS },
		{ "/", WARD_REASON_HOME_SYSTEMS },
		{ "/var/tmp", WARD_REASON_HOME_SYSTEMS },
		{ "/var/mail", WARD_REASON_HOME_SYSTEMS },
		{ "/home", WARD_REASON_HOME_SYSTEMS },
		{ "/dev/shm", WARD_REASON_HOME_SYSTEMS },
		{ "/usr/local/x", WARD_REASON_HOME_SYSTEMS },
		{ "/tmp/wang", WARD_REASON_HOME_WRITABLE },
		{ "/tmpx", WARD_REASON_HOME_WRITABLE },
		{ "/homes", WARD_REASON_HOME_WRITABLE },
		{ "/root", WARD_REASON_HOME_WRITABLE },
		{ "/home/wang", WARD_REASON_HOME_WRITABLE },
		{ "/var/lib/postgresql", WARD_REASON_HOME_WRITABLE },
		{ "/libx/y", WARD_REASON_HOME_WRITABLE },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		const bool systems = cases[i].reason ==
		    WARD_REASON_HOME_SYSTEMS;

		account.home = cases[i].home;
		account.home_owner = ward_known(0);
		account.home_mode = 01777;
		expect(&account, WARD_FAIL, WARD_SHALL, cases[i].reason);
		account.home_mode = 02775;
		account.home_group = WARD_HOME_GROUP_SHARED;
		expect(&account, WARD_FAIL, WARD_SHALL,
		    systems ? WARD_REASON_HOME_SYSTEMS :
			      WARD_REASON_HOME_GROUP);
	}
}

static void
test_home__states(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.home_state = WARD_HOME_UNKNOWN;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_UNKNOWN);
	account.home_why = ward_why_denied;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_DENIED);
	account.home_state = WARD_HOME_MISSING;
	expect(&account, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_MISSING);
	account.home_state = WARD_HOME_ELSEWHERE;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL,
	    WARD_REASON_HOME_ELSEWHERE);
	/* Whoever makes it, makes the account's keys. */
	account.home_open = true;
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_OPEN);
	account.home_state = WARD_HOME_MISSING;
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_OPEN);
	account.home_state = WARD_HOME_THERE;
	account.home_owner.known = false;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_DENIED);
}

/* usermod -L -e 1, and the home taken to the archive: nobody misses it. */
static void
test_home__of_the_closed(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.home_state = WARD_HOME_MISSING;
	account.expires = ward_known(1);
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_CLOSED);
	account.home_state = WARD_HOME_THERE;
	account.home_mode = 0777;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_CLOSED);
	account.expires.known = false;
	account.password.state = WARD_PASSWORD_LOCKED;
	/* A key that is put there would open it. */
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_WRITABLE);
	account.home_state = WARD_HOME_MISSING;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_SHUT);
	account.keys_known = false;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_UNKNOWN);
	account.key_count = 1;
	expect(&account, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_MISSING);
}

static void
test_home__whose(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.home = "/nonexistent";
	account.home_mode = 0777;
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_WRITABLE);
	account.home_state = WARD_HOME_MISSING;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_HOME_NONE);
	account.home = "/dev/null";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_HOME_NONE);
	account.home = "home/wang01";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL,
	    WARD_REASON_HOME_RELATIVE);
	account.home = NULL;
	expect(&account, WARD_UNKNOWN, WARD_SHALL, WARD_REASON_FACT_UNKNOWN);
	account.home = "";
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL,
	    WARD_REASON_HOME_RELATIVE);
	account.home = "/home/wang01";
	account.login_shell = false;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_NO_SHELL);
	account.uid = ward_known(0); /* root's keys and cron need no shell */
	account.password.state = WARD_PASSWORD_NONE;
	expect(&account, WARD_FAIL, WARD_SHOULD, WARD_REASON_HOME_MISSING);
}

/* Debian's www-data as it was, and its postgres: a shell, and no way in but by
 * what lies in the home. */
static void
test_home__of_services(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.uid = ward_known(33);
	account.password.state = WARD_PASSWORD_NONE;
	account.home_state = WARD_HOME_MISSING;
	expect(&account, WARD_NOTAPPLICABLE, WARD_SHALL, WARD_REASON_SYSTEM);
	account.home_open = true;
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_OPEN);
	account.home_open = false;
	account.home_state = WARD_HOME_THERE;
	account.home_owner = ward_known(33);
	account.home_mode = 0775;
	account.home_group = WARD_HOME_GROUP_SHARED;
	expect(&account, WARD_PASS, WARD_SHALL, 0);
	account.home_mode = 0777;
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_WRITABLE);
	account.home_owner = ward_known(1001);
	expect(&account, WARD_FAIL, WARD_SHALL, WARD_REASON_HOME_FOREIGN);
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
	account.trust_source.file = "/home/wang01/.shosts";
	account.trust_why = "a link to another file";
	said = ward_expect(lines, &account, rule, WARD_UNKNOWN,
	    WARD_REASON_FACT_UNREAD);
	assert_string_equal(said.file, "/home/wang01/.shosts");
	assert_string_equal(said.detail,
	    "what the account's .rhosts and .shosts say is not known: a link "
	    "to another file");
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
	(void)ward_expect(lines, &account, rule, WARD_NOTAPPLICABLE,
	    WARD_REASON_NO_SHELL);
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
		cmocka_unit_test(test_home__of_the_system),
		cmocka_unit_test(test_home__of_the_closed),
		cmocka_unit_test(test_home__whose),
		cmocka_unit_test(test_home__of_services),
		cmocka_unit_test(test_trusted_hosts__facts),
		cmocka_unit_test(test_trusted_hosts__of_the_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
