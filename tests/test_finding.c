/* SPDX-License-Identifier: BSD-2-Clause */
/* A finding in words. */
#include "tests/judge.h"

#include <string.h>

static struct ward_finding
make(enum ward_rule_id rule, enum ward_reason_id reason)
{
	return (struct ward_finding){ .rule = rule,
		.reason = reason,
		.verdict = WARD_FAIL,
		.subject = { .type = WARD_SUBJECT_ACCOUNT, .name = "wang01" } };
}

static void
test_finding__fills_the_values_in(void **state)
{
	struct ward_finding f = make(WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_REASON_MAX_AGE_OLD);
	char text[256];

	(void)state;
	f.observed = "263";
	f.required = "90";
	ward_finding_message(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text,
	    "the password was changed 263 days ago; 90 are allowed");
	ward_finding_remedy(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text,
	    "Have the password changed: chage -d 0 wang01");
	f.reason = WARD_REASON_HASH_COST;
	f.detail = "bcrypt";
	ward_finding_message(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text,
	    "the password is stored by bcrypt at cost 263; at least 90 is asked");
}

/* A remedy is for the shell, whatever a home or a group is named. */
static void
test_finding__remedies_take_what_is_known(void **state)
{
	static const struct {
		enum ward_reason_id reason;
		const char *detail, *file, *remedy;
	} cases[] = {
		{ WARD_REASON_HOME_WRITABLE, "/home/wang", "/etc/passwd",
		    "Give the account a home of its own: usermod -d DIR wang01; "
		    "where /home/wang is no other's home, look into it by hand, "
		    "then: chmod go-w /home/wang" },
		{ WARD_REASON_HOME_GROUP, "/home/a b; rm -r /", "/etc/passwd",
		    "Give the account a home of its own: usermod -d DIR wang01; "
		    "where '/home/a b; rm -r /' is no other's home, look into it "
		    "by hand, then: chmod g-w '/home/a b; rm -r /'" },
		{ WARD_REASON_HOME_FOREIGN, "-R", "/etc/passwd",
		    "Give the account a home of its own: usermod -d DIR wang01; "
		    "only where -- '-R' is no other's home and not the "
		    "system's, look into it by hand, then: chown wang01: -- "
		    "'-R'" },
		{ WARD_REASON_WELLFORMED_NO_MEMBER, "docker: wang, lee",
		    "/etc/group",
		    "Remove each: gpasswd -d NAME docker; an administrator: "
		    "vigr -s" },
		{ WARD_REASON_SHARED_GROUP_PASSWORD,
		    "o'ps (named by sudo rules)", "/etc/gshadow",
		    "Take the password away: gpasswd -r 'o'\\''ps'" },
		{ WARD_REASON_FAILURES_MANY, "2026-11-20", "/var/log/btmp.1",
		    "Ask the user whether they were theirs, and see where they "
		    "came from: lastb -f /var/log/btmp.1 wang01" },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_finding f = make(WARD_RULE_ACCOUNT_HOME,
		    cases[i].reason);

		f.detail = cases[i].detail;
		f.source.file = cases[i].file;
		ward_finding_remedy(&f, WARD_ENGLISH, NULL, text, sizeof(text));
		assert_string_equal(text, cases[i].remedy);
	}
}

static void
test_finding__no_value_is_nothing(void **state)
{
	struct ward_finding f = make(WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_REASON_MAX_AGE_OLD);
	char text[256];

	(void)state;
	f.subject.name = NULL;
	ward_finding_message(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text,
	    "the password was changed  days ago;  are allowed");
	ward_finding_remedy(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text, "Have the password changed: chage -d 0 ");
}

static void
test_finding__without_reason_is_the_rules_title(void **state)
{
	struct ward_finding f = make(WARD_RULE_PASSWORD_REQUIRED,
	    WARD_REASON_NONE);
	char text[256];

	(void)state;
	ward_finding_message(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text, "No account has an empty password");
	ward_finding_remedy(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text, "");
}

/* What is filled in is not looked at again. */
static void
test_finding__values_are_no_placeholders(void **state)
{
	struct ward_finding f = make(WARD_RULE_ACCOUNT_WELLFORMED,
	    WARD_REASON_WELLFORMED_FIELDS);
	char text[256];

	(void)state;
	f.detail = "{name} %s %n {";
	f.subject.name = "root";
	ward_finding_message(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_string_equal(text, "the line has {name} %s %n {");
}

static void
star(const char *value, char *text, size_t size)
{
	(void)snprintf(text, size, "<%s>", value);
}

static void
test_finding__cleans_each_value(void **state)
{
	struct ward_finding f = make(WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_REASON_MAX_AGE_OLD);
	char text[256];

	(void)state;
	f.observed = "263";
	f.required = "90";
	ward_finding_message(&f, WARD_ENGLISH, star, text, sizeof(text));
	assert_string_equal(text,
	    "the password was changed <263> days ago; <90> are allowed");
	ward_finding_remedy(&f, WARD_ENGLISH, star, text, sizeof(text));
	assert_string_equal(text,
	    "Have the password changed: chage -d 0 <wang01>");
}

static void
test_finding__is_cut_at_the_size(void **state)
{
	struct ward_finding f = make(WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_REASON_MAX_AGE_OLD);
	char whole[256], text[256];

	(void)state;
	f.observed = "263";
	f.required = "90";
	ward_finding_message(&f, WARD_ENGLISH, NULL, whole, sizeof(whole));
	for (size_t size = 1; size <= strlen(whole) + 2; size++) {
		size_t length = size - 1 < strlen(whole) ? size - 1 :
							   strlen(whole);

		memset(text, '~', sizeof(text));
		ward_finding_message(&f, WARD_ENGLISH, NULL, text, size);
		assert_int_equal(strlen(text), length);
		assert_int_equal(strncmp(text, whole, length), 0);
		assert_int_equal(text[size], '~');
	}
}

static void
test_finding__a_long_value_is_cut_not_overrun(void **state)
{
	struct ward_finding f = make(WARD_RULE_ACCOUNT_WELLFORMED,
	    WARD_REASON_WELLFORMED_FIELDS);
	char value[8192], text[4096];

	(void)state;
	memset(value, 'x', sizeof(value));
	value[sizeof(value) - 1] = '\0';
	f.detail = value;
	ward_finding_message(&f, WARD_ENGLISH, NULL, text, sizeof(text));
	assert_true(strlen(text) < sizeof(text));
	assert_int_equal(strncmp(text, "the line has xxx", 16), 0);
}

/* Every sentence of reasons.def: known placeholders, closed braces. */
static void
check_sentence(const char *text)
{
	static const char *const names[] = { "{name}", "{observed}",
		"{required}", "{detail}", "{file}", "{group}" };

	for (const char *at = text; (at = strpbrk(at, "{}")) != NULL;) {
		size_t i = 0;

		while (i < LENGTH(names) &&
		    strncmp(at, names[i], strlen(names[i])) != 0) {
			i++;
		}
		if (i == LENGTH(names)) {
			fail_msg("'%s' in: %s", at, text);
		}
		at += strlen(names[i]);
	}
}

static void
test_finding__every_reason_is_whole(void **state)
{
	(void)state;
	for (enum ward_reason_id i = WARD_REASON_NONE + 1;
	     i < WARD_REASON_COUNT; i++) {
		assert_non_null(ward_reasons[i].id);
		assert_true(*ward_reasons[i].message != '\0');
		check_sentence(ward_reasons[i].message);
		check_sentence(ward_reasons[i].remedy);
		for (enum ward_reason_id j = WARD_REASON_NONE + 1; j < i; j++) {
			assert_string_not_equal(ward_reasons[i].id,
			    ward_reasons[j].id);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding__fills_the_values_in),
		cmocka_unit_test(test_finding__remedies_take_what_is_known),
		cmocka_unit_test(test_finding__no_value_is_nothing),
		cmocka_unit_test(
		    test_finding__without_reason_is_the_rules_title),
		cmocka_unit_test(test_finding__values_are_no_placeholders),
		cmocka_unit_test(test_finding__cleans_each_value),
		cmocka_unit_test(test_finding__is_cut_at_the_size),
		cmocka_unit_test(test_finding__a_long_value_is_cut_not_overrun),
		cmocka_unit_test(test_finding__every_reason_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
