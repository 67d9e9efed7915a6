/* SPDX-License-Identifier: BSD-2-Clause */
/* A limited sudo rule hands out no more than it seems to. */
#include "tests/judge.h"

#define MINIMUM "[privileged.minimum]\nclause = 1\n"
#define RULE WARD_RULE_PRIVILEGED_MINIMUM

static const struct ward_path all = { .kind = WARD_PATH_SUDO,
	.detail = "(ALL) ALL",
	.source = { "/etc/sudoers", 20 } };
static const struct ward_path group = { .kind = WARD_PATH_GROUP,
	.detail = "docker",
	.source = { "/etc/group", 4 } };

static void
test_minimum__no_sudo_rule_is_notapplicable(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	(void)ward_expect(MINIMUM, &account, RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_NO_RULE);
	account.paths = &group;
	account.path_count = 1;
	(void)ward_expect(MINIMUM, &account, RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_NO_RULE);
}

static void
test_minimum__rule_with_nothing_hidden_passes(void **state)
{
	const struct ward_path paths[] = { all, group, all };
	struct ward_account account = ward_judge_account();

	(void)state;
	account.paths = paths;
	account.path_count = LENGTH(paths);
	(void)ward_expect(MINIMUM, &account, RULE, WARD_PASS, WARD_REASON_NONE);
}

static void
test_minimum__each_excess_is_a_finding_at_its_line(void **state)
{
	static const enum ward_reason_id excesses[] = {
		WARD_REASON_MINIMUM_ESCAPE, WARD_REASON_MINIMUM_WILDCARD,
		WARD_REASON_MINIMUM_NEGATION, WARD_REASON_MINIMUM_DIRECTORY,
		WARD_REASON_MINIMUM_WRITABLE
	};
	struct ward_path paths[LENGTH(excesses) + 1] = { all };
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	for (size_t i = 0; i < LENGTH(excesses); i++) {
		paths[i + 1] = (struct ward_path){ .kind = WARD_PATH_SUDO,
			.detail = "(root) /usr/bin/vi",
			.source = { "/etc/sudoers.d/x", (uint32_t)i + 1 },
			.excess = excesses[i],
			.excess_detail = "/usr/bin/vi" };
	}
	account.paths = paths;
	account.path_count = LENGTH(paths);
	ward_judge_by(MINIMUM, &account, &judged);
	assert_int_equal(judged.count, LENGTH(excesses) + 1);
	for (size_t i = 0; i < LENGTH(excesses); i++) {
		const struct ward_said *said = &judged.list[i + 1];

		assert_int_equal(said->rule, RULE);
		assert_int_equal(said->verdict, WARD_FAIL);
		assert_int_equal(said->reason, excesses[i]);
		assert_string_equal(said->observed, "(root) /usr/bin/vi");
		assert_string_equal(said->detail, "/usr/bin/vi");
		assert_string_equal(said->file, "/etc/sudoers.d/x");
		assert_int_equal(said->line, i + 1);
		assert_int_equal(said->class, WARD_CLASS_PRIVILEGED);
	}
	assert_int_equal(judged.summary.fail, LENGTH(excesses));
	assert_int_equal(judged.summary.privileged, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_minimum__no_sudo_rule_is_notapplicable),
		cmocka_unit_test(test_minimum__rule_with_nothing_hidden_passes),
		cmocka_unit_test(
		    test_minimum__each_excess_is_a_finding_at_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
