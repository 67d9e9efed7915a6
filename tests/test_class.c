/* SPDX-License-Identifier: BSD-2-Clause */
/* system, person, service, privileged: from facts alone. */
#include "tests/judge.h"

#include <string.h>

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

/* Which fact decided, where it stands, and in which words it is told. */
static void
test_class_why__says_what_decided(void **state)
{
	static const struct {
		int64_t uid;
		bool login, listed;
		enum ward_password_state password;
		size_t keys;
		enum ward_class class;
		enum ward_reason_id reason;
		const char *file, *text;
	} cases[] = {
		{ 33, false, false, WARD_PASSWORD_USABLE, 1, WARD_CLASS_SYSTEM,
		    WARD_REASON_CLASS_LOW_SHELL, "/etc/passwd",
		    "its uid 33 is below UID_MIN (1000), and its shell "
		    "/bin/bash lets nobody in" },
		{ 33, true, true, WARD_PASSWORD_NONE, 0, WARD_CLASS_SYSTEM,
		    WARD_REASON_CLASS_LOW_SHUT, "/etc/passwd", "33" },
		{ 33, true, true, WARD_PASSWORD_UNKNOWN, 0, WARD_CLASS_SYSTEM,
		    WARD_REASON_CLASS_LOW_SHUT, "/etc/passwd",
		    "no password or key is known" },
		{ 33, true, false, WARD_PASSWORD_USABLE, 0, WARD_CLASS_SERVICE,
		    WARD_REASON_CLASS_LOW_PASSWORD, "/etc/shadow", "password" },
		{ 33, true, true, WARD_PASSWORD_EMPTY, 1, WARD_CLASS_SERVICE,
		    WARD_REASON_CLASS_LOW_PASSWORD, "/etc/shadow", "password" },
		{ 33, true, true, WARD_PASSWORD_LOCKED, 1, WARD_CLASS_SERVICE,
		    WARD_REASON_CLASS_LOW_KEY, "/keys", "a key" },
		{ 1000, true, true, WARD_PASSWORD_LOCKED, 0, WARD_CLASS_PERSON,
		    WARD_REASON_CLASS_SHELL, "/etc/passwd", "/bin/bash" },
		{ 60001, true, true, WARD_PASSWORD_NONE, 0, WARD_CLASS_PERSON,
		    WARD_REASON_CLASS_SHELL, "/etc/passwd", "60001" },
		{ 60001, false, false, WARD_PASSWORD_NONE, 0, WARD_CLASS_SYSTEM,
		    WARD_REASON_CLASS_HIGH, "/etc/passwd",
		    "above UID_MAX (60000)" },
		{ 60001, true, false, WARD_PASSWORD_NONE, 0, WARD_CLASS_SYSTEM,
		    WARD_REASON_CLASS_HIGH, "/etc/passwd", "above UID_MAX" },
		{ 60000, false, true, WARD_PASSWORD_NONE, 0, WARD_CLASS_SERVICE,
		    WARD_REASON_CLASS_NO_SHELL, "/etc/passwd",
		    "lets nobody in" },
		{ 60000, true, false, WARD_PASSWORD_NONE, 0, WARD_CLASS_SERVICE,
		    WARD_REASON_CLASS_UNLISTED_SHELL, "/etc/passwd",
		    "leaves out its login shell /bin/bash" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = with_uid(cases[i].uid);
		struct ward_class_why why;
		char text[512];

		account.login_shell = cases[i].login;
		account.listed_shell = cases[i].listed;
		account.password.state = cases[i].password;
		account.key_count = cases[i].keys;
		account.key_source.file = "/keys";
		why = ward_account_class_why(&ward_judge_host, &account);
		assert_int_equal(why.class, cases[i].class);
		if (why.reason != cases[i].reason) {
			fail_msg("%zu: %s, not %s", i,
			    ward_reasons[why.reason].id,
			    ward_reasons[cases[i].reason].id);
		}
		assert_string_equal(why.source.file, cases[i].file);
		ward_class_message(&why, &account, WARD_ENGLISH, NULL, text,
		    sizeof(text));
		if (strstr(text, cases[i].text) == NULL) {
			fail_msg("no '%s' in '%s'", cases[i].text, text);
		}
		expect(account, cases[i].class);
	}
}

static void
test_class_why__privileged_by_its_first_path(void **state)
{
	static const struct ward_path paths[] = {
		{ .kind = WARD_PATH_GROUP,
		    .detail = "docker",
		    .source = { "/etc/group", 5 } },
		{ .kind = WARD_PATH_SUDO,
		    .detail = "(root) ALL",
		    .source = { "/etc/sudoers", 9 } },
	};
	struct ward_account account = ward_judge_account();
	struct ward_class_why why;
	char text[512];

	(void)state;
	account.paths = paths;
	account.path_count = 2;
	why = ward_account_class_why(&ward_judge_host, &account);
	assert_int_equal(why.class, WARD_CLASS_PRIVILEGED);
	assert_int_equal(why.reason, WARD_REASON_CLASS_PATH);
	assert_string_equal(why.source.file, "/etc/group");
	assert_int_equal(why.source.line, 5);
	ward_class_message(&why, &account, WARD_ENGLISH, NULL, text,
	    sizeof(text));
	assert_string_equal(text, "it has a way to root (group: docker)");
}

/* Facts that nobody has leave no hole in the sentence. */
static void
test_class_why__nothing_known(void **state)
{
	struct ward_account account = { .name = "x" };
	struct ward_class_why why = ward_account_class_why(&ward_judge_host,
	    &account);
	char text[512];

	(void)state;
	assert_int_equal(why.reason, WARD_REASON_CLASS_NO_SHELL);
	ward_class_message(&why, &account, WARD_ENGLISH, NULL, text,
	    sizeof(text));
	assert_non_null(strstr(text, "its uid not known"));
	assert_non_null(strstr(text, "shell not known"));
	/* passwd(5): no shell means this one. */
	account.shell = "";
	ward_class_message(&why, &account, WARD_ENGLISH, NULL, text,
	    sizeof(text));
	assert_non_null(strstr(text, "shell /bin/sh"));
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
		cmocka_unit_test(test_class_why__says_what_decided),
		cmocka_unit_test(test_class_why__privileged_by_its_first_path),
		cmocka_unit_test(test_class_why__nothing_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
