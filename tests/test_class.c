/* SPDX-License-Identifier: BSD-2-Clause */
/* system, person, service, privileged: from facts alone. */
#include "tests/judge.h"

static const struct ward_path uid0 = { .kind = WARD_PATH_UID0,
	.detail = "0",
	.source = { "/etc/passwd", 1 } };

static void
expect(struct ward_account account, enum ward_class class)
{
	enum ward_class got = ward_account_class(&ward_judge_host, &account);

	if (got != class) {
		fail_msg("uid %lld, %s shell: %s, not %s",
		    (long long)account.uid.value,
		    account.login_shell ? "a" : "no", ward_class_name(got),
		    ward_class_name(class));
	}
}

static struct ward_account
with_uid(int64_t uid)
{
	struct ward_account account = ward_judge_account();

	account.uid = ward_known(uid);
	return account;
}

static void
test_class__person_has_a_uid_and_a_shell_of_users(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	expect(account, WARD_CLASS_PERSON);
	expect(with_uid(1000), WARD_CLASS_PERSON);
	expect(with_uid(60000), WARD_CLASS_PERSON);
	/* A locked person is still a person. */
	account.password.state = WARD_PASSWORD_LOCKED;
	expect(account, WARD_CLASS_PERSON);
	account.password.state = WARD_PASSWORD_NONE;
	expect(account, WARD_CLASS_PERSON);
	account.password.state = WARD_PASSWORD_UNKNOWN;
	expect(account, WARD_CLASS_PERSON);
}

static void
test_class__any_way_to_root_is_privileged(void **state)
{
	static const int64_t uids[] = { 0, 1, 999, 1000, 1001, 65534 };

	(void)state;
	for (size_t i = 0; i < LENGTH(uids); i++) {
		struct ward_account account = with_uid(uids[i]);

		account.paths = &uid0;
		account.path_count = 1;
		expect(account, WARD_CLASS_PRIVILEGED);
		account.login_shell = false;
		account.password.state = WARD_PASSWORD_NONE;
		expect(account, WARD_CLASS_PRIVILEGED);
	}
}

static void
test_class__low_uid_nobody_gets_in_by_is_system(void **state)
{
	struct ward_account account = with_uid(33);

	(void)state;
	account.login_shell = account.listed_shell = false;
	account.password.state = WARD_PASSWORD_NONE;
	expect(account, WARD_CLASS_SYSTEM);
	account.uid = ward_known(999);
	expect(account, WARD_CLASS_SYSTEM);
	/* A shell alone opens nothing, and neither does a password alone. */
	account.login_shell = account.listed_shell = true;
	expect(account, WARD_CLASS_SYSTEM);
	account.login_shell = false;
	account.password.state = WARD_PASSWORD_USABLE;
	expect(account, WARD_CLASS_SYSTEM);
}

static void
test_class__low_uid_that_lets_in_is_service(void **state)
{
	struct ward_account account = with_uid(33);

	(void)state;
	expect(account, WARD_CLASS_SERVICE);
	account.password.state = WARD_PASSWORD_EMPTY;
	expect(account, WARD_CLASS_SERVICE);
	account.password.state = WARD_PASSWORD_NONE;
	account.key_count = 1;
	expect(account, WARD_CLASS_SERVICE);
}

static void
test_class__no_shell_for_people_is_service(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.login_shell = account.listed_shell = false;
	expect(account, WARD_CLASS_SERVICE);
	/* A shell that shells(5) does not have, as of git or backups. */
	account.login_shell = true;
	expect(account, WARD_CLASS_SERVICE);
}

static void
test_class__above_the_users_is_system(void **state)
{
	struct ward_account account = with_uid(65534);

	(void)state;
	account.login_shell = account.listed_shell = false;
	account.password.state = WARD_PASSWORD_NONE;
	expect(account, WARD_CLASS_SYSTEM);
	account.uid = ward_known(60001);
	expect(account, WARD_CLASS_SYSTEM);
	/* Somebody can use it: from a directory, or put there by hand. */
	account.login_shell = account.listed_shell = true;
	account.password.state = WARD_PASSWORD_USABLE;
	expect(account, WARD_CLASS_PERSON);
}

static void
test_class__range_is_the_hosts(void **state)
{
	struct ward_host host = ward_judge_host;
	struct ward_account account = with_uid(500);

	(void)state;
	assert_int_equal(ward_account_class(&host, &account),
	    WARD_CLASS_SERVICE);
	host.uid_min = 500;
	assert_int_equal(ward_account_class(&host, &account),
	    WARD_CLASS_PERSON);
}

static void
test_class__never_any(void **state)
{
	struct ward_account account = { .name = "x" };

	(void)state;
	assert_int_not_equal(ward_account_class(&ward_judge_host, &account),
	    WARD_CLASS_ANY);
	assert_int_not_equal(ward_account_class(&ward_judge_host, &account),
	    WARD_CLASS_PRIVILEGED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_class__person_has_a_uid_and_a_shell_of_users),
		cmocka_unit_test(test_class__any_way_to_root_is_privileged),
		cmocka_unit_test(
		    test_class__low_uid_nobody_gets_in_by_is_system),
		cmocka_unit_test(test_class__low_uid_that_lets_in_is_service),
		cmocka_unit_test(test_class__no_shell_for_people_is_service),
		cmocka_unit_test(test_class__above_the_users_is_system),
		cmocka_unit_test(test_class__range_is_the_hosts),
		cmocka_unit_test(test_class__never_any),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
