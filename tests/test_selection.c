/* SPDX-License-Identifier: BSD-2-Clause */
/* A part of an audit: what is judged, counted and asked of it. */
#include "tests/judge.h"

#define PLAN \
	"[password.max_age]\ndays = 90\nclause = 1\n" \
	"[password.required]\nclause = 2\n" \
	"[password.min_length]\nmin = 8\nclause = 3\n" \
	"[account.wellformed]\nclause = 9\n" \
	"[account.unique]\nclause = 4\n" \
	"[account.dormant]\nclause = 5\n" \
	"[account.neutral_name privileged]\nclause = 6\n" \
	"[log.review]\nevery = month\nclause = 7\n" \
	"[obligation.policy_review]\nevery = year\nclause = 8\n"

static const struct ward_defect of_wang = { WARD_REASON_WELLFORMED_SHADOW_TWICE,
	"wang01", NULL, { "/etc/shadow", 9 } };
static const struct ward_defect of_ghost = { WARD_REASON_WELLFORMED_NO_ACCOUNT,
	"ghost", NULL, { "/etc/shadow", 7 } };
static const struct ward_defect of_host = { WARD_REASON_UNIQUE_GID, NULL,
	"users", { "/etc/group", 5 } };

/* wang01, whose password is old, and lee, whose is empty; then three defects.
 * What selecting returned. */
static int
judge(const char *rule, const char *user, struct ward_judged *ret_judged)
{
	struct ward_plan *plan = ward_judge_plan(PLAN);
	struct ward_account wang = ward_judge_account(), lee = wang;
	struct ward_evaluation *evaluation = NULL;
	const struct ward_selection selection = { rule, user };
	int r;

	wang.changed = ward_known(WARD_JUDGE_DAY - 91);
	lee.name = "lee";
	lee.password.state = WARD_PASSWORD_EMPTY;
	*ret_judged = (struct ward_judged){ .count = 0 };
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, ret_judged, &evaluation),
	    0);
	r = ward_evaluation_select(evaluation, &selection);
	if (r == 0) {
		assert_int_equal(ward_evaluate_account(evaluation, &wang), 0);
		assert_int_equal(ward_evaluate_account(evaluation, &lee), 0);
		assert_int_equal(ward_evaluate_defect(evaluation, &of_wang), 0);
		assert_int_equal(ward_evaluate_defect(evaluation, &of_ghost),
		    0);
		assert_int_equal(ward_evaluate_defect(evaluation, &of_host), 0);
	}
	ward_evaluation_summary(evaluation, &ret_judged->summary);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	return r;
}

static void
test_select__all_is_all(void **state)
{
	struct ward_judged judged;

	(void)state;
	assert_int_equal(judge(NULL, NULL, &judged), 0);
	assert_int_equal(judged.count, 11);
	assert_int_equal(judged.summary.accounts, 2);
	assert_int_equal(judged.summary.fail, 5);
	assert_true(judged.summary.met);
	assert_true(judged.summary.rules[WARD_RULE_LOG_REVIEW].enabled);
}

static void
test_select__rules_by_glob(void **state)
{
	struct ward_judged judged;
	const struct ward_rule_count *rules = judged.summary.rules;

	(void)state;
	assert_int_equal(judge("password.*", NULL, &judged), 0);
	assert_int_equal(judged.count, 4);
	for (size_t i = 0; i < judged.count; i++) {
		assert_true(judged.list[i].rule == WARD_RULE_PASSWORD_MAX_AGE ||
		    judged.list[i].rule == WARD_RULE_PASSWORD_REQUIRED);
	}
	assert_int_equal(judged.summary.fail, 2);
	assert_int_equal(judged.summary.accounts, 2);
	assert_true(rules[WARD_RULE_PASSWORD_MAX_AGE].enabled);
	assert_true(rules[WARD_RULE_PASSWORD_MIN_LENGTH].enabled);
	assert_false(rules[WARD_RULE_ACCOUNT_UNIQUE].enabled);
	assert_false(rules[WARD_RULE_ACCOUNT_WELLFORMED].enabled);
	/* Asked for with no number, and not selected: nothing to say of it. */
	assert_false(rules[WARD_RULE_ACCOUNT_DORMANT].unset);
}

static void
test_select__defects_by_their_rule(void **state)
{
	struct ward_judged judged;

	(void)state;
	assert_int_equal(judge("account.unique", NULL, &judged), 0);
	assert_int_equal(judged.count, 3);
	assert_int_equal(judged.list[2].reason, WARD_REASON_UNIQUE_GID);
	assert_int_equal(judged.summary.fail, 1);
}

static void
test_select__one_account(void **state)
{
	struct ward_judged judged;
	const struct ward_rule_count *rules = judged.summary.rules;

	(void)state;
	assert_int_equal(judge(NULL, "wang01", &judged), 0);
	for (size_t i = 0; i < judged.count; i++) {
		assert_string_equal(judged.list[i].name, "wang01");
	}
	assert_int_equal(judged.count, 5);
	assert_int_equal(judged.list[4].reason,
	    WARD_REASON_WELLFORMED_SHADOW_TWICE);
	assert_int_equal(judged.summary.accounts, 1);
	assert_int_equal(judged.summary.fail, 2);
	assert_true(judged.summary.met);
	/* What is asked of it, and of accounts of its class alone. */
	assert_true(rules[WARD_RULE_PASSWORD_MAX_AGE].enabled);
	assert_true(rules[WARD_RULE_PASSWORD_MIN_LENGTH].enabled);
	assert_true(rules[WARD_RULE_ACCOUNT_DORMANT].enabled);
	assert_true(rules[WARD_RULE_ACCOUNT_DORMANT].unset);
	assert_false(rules[WARD_RULE_ACCOUNT_NEUTRAL_NAME].enabled);
	assert_false(rules[WARD_RULE_LOG_REVIEW].enabled);
}

static void
test_select__verdict_is_of_the_part(void **state)
{
	static const struct {
		const char *rule, *user;
		enum ward_verdict verdict;
	} cases[] = {
		{ NULL, "wang01", WARD_FAIL },
		{ "password.max_age", "wang01", WARD_FAIL },
		{ "password.required", "wang01", WARD_PASS },
		{ "password.required", "lee", WARD_FAIL },
		{ "password.max_age", "lee", WARD_PASS },
		/* Nothing was judged: nothing is proven. */
		{ "password.min_length", NULL, WARD_UNKNOWN },
		{ "obligation.*", NULL, WARD_UNKNOWN },
		{ "account.neutral_name", "wang01", WARD_UNKNOWN },
		{ NULL, "nobody", WARD_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_judged judged;

		assert_int_equal(judge(cases[i].rule, cases[i].user, &judged),
		    0);
		if (judged.summary.verdict != cases[i].verdict) {
			fail_msg("%s of %s: %s",
			    cases[i].rule == NULL ? "all" : cases[i].rule,
			    cases[i].user == NULL ? "all" : cases[i].user,
			    ward_verdict_name(judged.summary.verdict));
		}
	}
}

static void
test_select__who_was_met(void **state)
{
	struct ward_judged judged;

	(void)state;
	assert_int_equal(judge(NULL, "wang", &judged), 0);
	assert_false(judged.summary.met);
	assert_int_equal(judged.count, 0);
	assert_int_equal(judge(NULL, "", &judged), 0);
	assert_false(judged.summary.met);
	/* No account, but a line names it. */
	assert_int_equal(judge(NULL, "ghost", &judged), 0);
	assert_true(judged.summary.met);
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.summary.accounts, 0);
	assert_int_equal(judged.summary.fail, 1);
	assert_true(judged.summary.rules[WARD_RULE_ACCOUNT_WELLFORMED].enabled);
	assert_int_equal(judge("account.unique", "ghost", &judged), 0);
	assert_true(judged.summary.met);
	assert_int_equal(judged.count, 0);
}

static void
test_select__what_nobody_asks_for(void **state)
{
	static const char *const globs[] = { "password.hash", "passwords.*",
		"password", "obligation", "obligation.other", "",
		"class.privileged", "remote.*" };
	static const char *const asked[] = { "*", "password.max_age",
		"*.max_age", "password.m[ai]*", "obligation.policy_review",
		"obligation.*", "log.review", "account.neutral_name" };
	struct ward_judged judged;

	(void)state;
	for (size_t i = 0; i < LENGTH(globs); i++) {
		if (judge(globs[i], NULL, &judged) != WARD_ERR_MISSING) {
			fail_msg("'%s' is taken", globs[i]);
		}
	}
	for (size_t i = 0; i < LENGTH(asked); i++) {
		if (judge(asked[i], NULL, &judged) != 0) {
			fail_msg("'%s' is not taken", asked[i]);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_select__all_is_all),
		cmocka_unit_test(test_select__rules_by_glob),
		cmocka_unit_test(test_select__defects_by_their_rule),
		cmocka_unit_test(test_select__one_account),
		cmocka_unit_test(test_select__verdict_is_of_the_part),
		cmocka_unit_test(test_select__who_was_met),
		cmocka_unit_test(test_select__what_nobody_asks_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
