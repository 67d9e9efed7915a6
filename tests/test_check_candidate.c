/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A new password, by the clauses of the plans: what is refused, what is warned
 * of, and what is told before there is any. Nothing observed of it is told.
 */
#include "tests/judge.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TODAY WARD_JUDGE_DAY
#define SHALL "clause = 1\n"
#define SHOULD "strength = should\nclause = 2\n"

/* One that breaks nothing. */
static struct ward_candidate
good(void)
{
	return (struct ward_candidate){ .characters = WARD_KNOWN(16),
		.classes = WARD_KNOWN(4),
		.names_known = true,
		.weakness = WARD_WEAK_NOT,
		.reuse = WARD_REUSE_NOT };
}

/* Of demands where the candidate is NULL. */
static void
judge(const struct ward_plan *plan, const struct ward_account *account,
    const struct ward_candidate *candidate, struct ward_judged *ret_judged)
{
	struct ward_evaluation *evaluation = NULL;

	*ret_judged = (struct ward_judged){ .count = 0 };
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     ward_judge_sink, ret_judged, &evaluation),
	    0);
	assert_int_equal(candidate == NULL ?
		ward_evaluate_demands(evaluation, account) :
		ward_evaluate_candidate(evaluation, account, candidate),
	    0);
	ward_evaluation_summary(evaluation, &ret_judged->summary);
	ward_evaluation_free(evaluation);
	for (size_t i = 0; i < ret_judged->count; i++) {
		assert_string_equal(ret_judged->list[i].observed, "");
	}
}

/* "shall fail new_short 8; ", for each finding; the next call overwrites it. */
static const char *
told(const struct ward_judged *judged)
{
	static char text[4096];
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < judged->count; i++) {
		const struct ward_said *said = &judged->list[i];

		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%s %s %s%s%s%s%s; ", ward_strength_name(said->strength),
		    ward_verdict_name(said->verdict),
		    said->reason == WARD_REASON_NONE ?
			ward_rules[said->rule].id :
			ward_reasons[said->reason].id,
		    *said->required == '\0' ? "" : " ", said->required,
		    *said->detail == '\0' ? "" : " ", said->detail);
		assert_true(used < sizeof(text));
	}
	for (char *at = strstr(text, "NEW_"); at != NULL;
	     at = strstr(at, "NEW_")) {
		for (; *at == '_' || (*at >= 'A' && *at <= 'Z'); at++) {
			*at = (char)tolower(*at);
		}
	}
	return text;
}

static void
expect_of(const char *lines, const struct ward_account *account,
    const struct ward_candidate *candidate, const char *expected)
{
	struct ward_pair pair = ward_pair_new(ward_judge_plan(lines));
	struct ward_judged judged;

	judge(pair.loaded, account, candidate, &judged);
	assert_string_equal(told(&judged), expected);
	judge(pair.read, account, candidate, &judged);
	assert_string_equal(told(&judged), expected);
	ward_pair_free(&pair);
}

static void
expect(const char *lines, const struct ward_candidate *candidate,
    const char *expected)
{
	const struct ward_account account = ward_judge_account();

	expect_of(lines, &account, candidate, expected);
}

static enum ward_act
act_on(const struct ward_plan *plan, const struct ward_account *account,
    const struct ward_candidate *candidate)
{
	enum ward_act act = WARD_ACT_NONE;
	struct ward_judged judged;

	judge(plan, account, candidate, &judged);
	for (size_t i = 0; i < judged.count; i++) {
		const struct ward_finding finding = {
			.rule = judged.list[i].rule,
			.strength = judged.list[i].strength,
			.verdict = judged.list[i].verdict,
			.reason = judged.list[i].reason,
			.subject.class = judged.list[i].class,
			.built_in = judged.list[i].built_in,
		};

		act = ward_finding_act(&finding) > act ?
		    ward_finding_act(&finding) :
		    act;
	}
	return act;
}

/* ---- rules, one by one ---------------------------------------------------- */

static void
test_candidate__min_length(void **state)
{
	static const char lines[] = "[password.min_length]\nmin = 8\n" SHALL;
	struct ward_candidate candidate = good();

	(void)state;
	candidate.characters.value = 8;
	expect(lines, &candidate, "shall pass password.min_length 8; ");
	candidate.characters.value = 7;
	expect(lines, &candidate, "shall fail new_short 8; ");
	candidate.characters.value = 0;
	expect(lines, &candidate, "shall fail new_short 8; ");
	candidate.characters = (struct ward_optional){ .known = false };
	expect(lines, &candidate, "shall unknown new_length_unknown 8; ");
}

static void
test_candidate__min_classes(void **state)
{
	static const char lines[] = "[password.min_classes]\nmin = 3\n" SHALL;
	struct ward_candidate candidate = good();

	(void)state;
	candidate.classes.value = 3;
	expect(lines, &candidate, "shall pass password.min_classes 3; ");
	candidate.classes.value = 2;
	expect(lines, &candidate, "shall fail new_classes 3; ");
	candidate.classes = (struct ward_optional){ .known = false };
	expect(lines, &candidate, "shall unknown new_classes_unknown 3; ");
}

static void
test_candidate__no_account_name(void **state)
{
	static const char lines[] = "[password.no_account_name]\n" SHALL;
	struct ward_candidate candidate = good();

	(void)state;
	expect(lines, &candidate, "shall pass password.no_account_name; ");
	candidate.has_name = true;
	expect(lines, &candidate, "shall fail new_name; ");
	candidate.names_known = false; /* a word of its GECOS field */
	expect(lines, &candidate, "shall fail new_name; ");
	candidate.has_name = false;
	expect(lines, &candidate, "shall unknown new_name_unknown; ");
}

static void
test_candidate__weak(void **state)
{
	static const char lines[] = "[password.weak]\n" SHALL;
	static const struct {
		enum ward_weakness weakness;
		const char *why, *told;
	} cases[] = {
		{ WARD_WEAK_NOT, NULL, "shall pass password.weak; " },
		{ WARD_WEAK_COMMON, NULL, "shall fail new_weak_common; " },
		{ WARD_WEAK_PATTERN, NULL, "shall fail new_weak_pattern; " },
		{ WARD_WEAK_DATE, NULL, "shall fail new_weak_date; " },
		{ WARD_WEAK_NUMBER, NULL, "shall fail new_weak_number; " },
		{ WARD_WEAK_AGENCY, NULL, "shall fail new_weak_agency; " },
		{ WARD_WEAK_BREACHED, NULL, "shall fail new_weak_breached; " },
		{ WARD_WEAK_DICTIONARY, NULL,
		    "shall fail new_weak_dictionary; " },
		{ WARD_WEAK_SIMILAR, NULL, "shall fail new_weak_similar; " },
		{ WARD_WEAK_SIMPLE, NULL, "shall fail new_weak_simple; " },
		{ WARD_WEAK_UNKNOWN, "no list",
		    "shall unknown new_weak_unknown no list; " },
		{ WARD_WEAK_UNKNOWN, NULL,
		    "shall unknown new_weak_unknown it was not looked up; " },
	};
	struct ward_candidate candidate = good();

	(void)state;
	assert_true(LENGTH(cases) > WARD_WEAK_COUNT);
	for (size_t i = 0; i < LENGTH(cases); i++) {
		candidate.weakness = cases[i].weakness;
		candidate.weak_why = cases[i].why;
		expect(lines, &candidate, cases[i].told);
	}
}

/* 附表十: the three used before. The current one is not one of them. */
static void
test_candidate__history(void **state)
{
	static const char lines[] = "[password.history]\nolder = 3\n" SHALL;
	struct ward_candidate candidate = good();

	(void)state;
	expect(lines, &candidate, "shall pass password.history 3; ");
	candidate.reuse = WARD_REUSE_CURRENT;
	expect(lines, &candidate, "shall fail new_current 3; ");
	candidate.reuse = WARD_REUSE_OLDER;
	candidate.older = 1;
	expect(lines, &candidate, "shall fail new_older 3; ");
	candidate.older = 3;
	expect(lines, &candidate, "shall fail new_older 3; ");
	candidate.older = 4;
	expect(lines, &candidate, "shall pass password.history 3; ");
	candidate.reuse = WARD_REUSE_UNKNOWN;
	candidate.reuse_why = "not a local account";
	expect(lines, &candidate,
	    "shall unknown new_history_unknown 3 not a local account; ");
	/* Where nobody asks, the current one may be set again. */
	candidate.reuse = WARD_REUSE_CURRENT;
	expect("[password.no_account_name]\n" SHALL, &candidate,
	    "shall pass password.no_account_name; ");
}

static void
test_candidate__min_age(void **state)
{
	static const char lines[] = "[password.min_age]\ndays = 3\n" SHALL;
	struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();

	(void)state;
	account.changed.value = TODAY - 3;
	expect_of(lines, &account, &candidate,
	    "shall pass password.min_age 3; ");
	account.changed.value = TODAY - 2;
	expect_of(lines, &account, &candidate,
	    "shall fail new_too_soon 3 2026-11-21 08:00; ");
	account.changed.value = TODAY;
	expect_of(lines, &account, &candidate,
	    "shall fail new_too_soon 3 2026-11-23 08:00; ");
	account.changed.value = TODAY + 1; /* counted in another zone */
	expect_of(lines, &account, &candidate,
	    "shall fail new_too_soon 3 2026-11-24 08:00; ");
}

/* Of 2026-11-18, a day of shadow(5), and two days: by which clock? */
static void
test_candidate__min_age_by_the_clock(void **state)
{
	static const struct {
		int zone;
		const char *when;
	} cases[] = {
		{ 480, "2026-11-21 08:00" },
		{ 0, "2026-11-21 00:00 UTC" },
		{ -210, "2026-11-20 20:30" },
		{ 345, "2026-11-21 05:45" },
	};
	struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();
	struct ward_pair pair = ward_pair_new(
	    ward_judge_plan("[password.min_age]\ndays = 3\n" SHALL));

	(void)state;
	account.changed.value = TODAY - 2;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_host host = ward_judge_host;
		struct ward_evaluation *evaluation = NULL;
		struct ward_judged judged = { .count = 0 };

		host.now.zone = cases[i].zone;
		assert_int_equal(ward_evaluation_new(pair.loaded, &host,
				     ward_judge_sink, &judged, &evaluation),
		    0);
		assert_int_equal(ward_evaluate_candidate(evaluation, &account,
				     &candidate),
		    0);
		ward_evaluation_free(evaluation);
		assert_int_equal(judged.count, 1);
		assert_string_equal(judged.list[0].detail, cases[i].when);
	}
	ward_pair_free(&pair);
}

static void
test_candidate__min_age_is_not_for_all(void **state)
{
	static const char lines[] = "[password.min_age]\ndays = 3\n" SHALL;
	static const char free[] = "shall notapplicable new_age_free 3; ";
	static const char no_day[] = "shall notapplicable new_age_no_day 3; ";
	const struct ward_account usual = ward_judge_account();
	struct ward_account account = usual;
	struct ward_candidate candidate = good();

	(void)state;
	account.changed.value = TODAY;
	candidate.reset = true;
	expect_of(lines, &account, &candidate, free);
	candidate = good();
	candidate.forced = true;
	expect_of(lines, &account, &candidate, free);
	candidate = good();
	account.temporary = true;
	expect_of(lines, &account, &candidate, free);
	account = usual;
	account.changed.value = 0;
	expect_of(lines, &account, &candidate, free);
	account.changed.known = false;
	expect_of(lines, &account, &candidate, no_day);
	account.has_shadow = false; /* nor is there any for NIS(5)'s */
	expect_of(lines, &account, &candidate, no_day);
	account.has_shadow = true;
	account.changed = ward_known(TODAY + 2); /* a wrong clock's */
	expect_of(lines, &account, &candidate, no_day);
}

/* What could not be read is not taken for nothing. */
static void
test_candidate__min_age_not_known(void **state)
{
	static const char lines[] = "[password.min_age]\ndays = 3\n" SHALL;
	struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();

	(void)state;
	account.has_shadow = false;
	account.changed.known = false;
	account.shadow_why = ward_why_denied;
	expect_of(lines, &account, &candidate,
	    "shall unknown new_age_unknown 3 permission denied (run as root); ");
	candidate.reset = true;
	expect_of(lines, &account, &candidate,
	    "shall notapplicable new_age_free 3; ");
}

/* ---- plans ---------------------------------------------------------------- */

static struct ward_plan *
load(const char *id, const char *config)
{
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "acctward.conf");
	const struct ward_plan_places places = { .shipped = "policy/plans",
		.config = path };
	struct ward_error err = { .text = "" };
	struct ward_plan *plan = NULL;

	ward_tree_put(tree, "acctward.conf", config, strlen(config));
	if (ward_plan_load(&places, id, &plan, &err) != 0) {
		fail_msg("%s", err.text);
	}
	free(path);
	ward_tree_remove(tree);
	return plan;
}

/* Everything that is wrong is told, each with its clause. */
static void
test_candidate__plans(void **state)
{
	static const struct {
		const char *id, *config, *told;
		const char *clauses; /* of the first finding */
	} cases[] = {
		{ "P-ZX", "",
		    "shall fail new_short 8; shall fail new_classes 3; ",
		    "玖.二.(二)1.(1)" },
		{ "K-SOC", "",
		    "shall fail new_short 8; shall fail new_classes 3; "
		    "shall fail new_current 3; ",
		    "肆.一.(七)" },
		{ "EPA", "",
		    "shall fail new_short 12; shall fail new_classes 3; "
		    "shall fail new_name; shall fail new_weak_common; ",
		    "肆.八.(三)6.(5)" },
		/* numbers that the pack leaves to the agency are nobody's */
		{ "T-DBAS", "[acctward]\npacks = tw-baseline-115-basic\n",
		    "shall fail new_current 3; ", "第42項" },
		{ "T-DBAS",
		    "[acctward]\npacks = tw-baseline-115-basic\n"
		    "[password.min_length]\nmin = 10\n",
		    "shall fail new_short 10; shall fail new_current 3; ",
		    "第41項" },
		/* the stricter of both, by both */
		{ "P-ZX",
		    "[acctward]\npacks = tw-baseline-115-basic\n"
		    "[password.min_length]\nmin = 14\n",
		    "shall fail new_short 14; shall fail new_classes 3; "
		    "shall fail new_current 3; ",
		    "玖.二.(二)1.(1); 第41項" },
		/* what only a reference asks is told as that */
		{ "P-ZX", "[acctward]\npacks = twgcb-rhel8\n",
		    "shall fail new_short 8; shall fail new_classes 3; "
		    "reference fail new_weak_common; "
		    "reference fail new_current 2; "
		    "reference fail new_too_soon 1 2026-11-21 08:00; ",
		    "玖.二.(二)1.(1)" },
	};
	struct ward_account account = ward_judge_account();
	const struct ward_candidate bad = { .characters = WARD_KNOWN(7),
		.classes = WARD_KNOWN(2),
		.names_known = true,
		.has_name = true,
		.weakness = WARD_WEAK_COMMON,
		.reuse = WARD_REUSE_CURRENT };
	struct ward_judged judged;

	(void)state;
	account.changed.value = TODAY;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_plan *plan = load(cases[i].id, cases[i].config);

		judge(plan, &account, &bad, &judged);
		assert_string_equal(told(&judged), cases[i].told);
		assert_string_equal(judged.list[0].clauses, cases[i].clauses);
		assert_int_equal(act_on(plan, &account, &bad), WARD_ACT_REFUSE);
		ward_plan_free(plan);
	}
}

static void
test_candidate__agency_settings_are_marked(void **state)
{
	struct ward_plan *plan = load("T-DBAS",
	    "[acctward]\npacks = tw-baseline-115-basic\n"
	    "[password.min_length]\nmin = 10\n");
	const struct ward_account account = ward_judge_account();
	const struct ward_candidate candidate = good();
	struct ward_judged judged;

	(void)state;
	judge(plan, &account, &candidate, &judged);
	assert_int_equal(judged.count, 2);
	assert_true(judged.list[0].agency);
	assert_false(judged.list[1].agency);
	assert_int_equal(judged.summary.verdict, WARD_PASS);
	assert_true(judged.summary.rules[WARD_RULE_PASSWORD_MIN_CLASSES].unset);
	assert_false(judged.summary.rules[WARD_RULE_PASSWORD_MIN_LENGTH].unset);
	ward_plan_free(plan);
}

/* EPA's edges: 11 and 12 characters, 2 and 3 classes. */
static void
test_candidate__edges_of_a_plan(void **state)
{
	struct ward_plan *plan = load("EPA", "");
	const struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();

	(void)state;
	candidate.characters.value = 12;
	candidate.classes.value = 3;
	assert_int_equal(act_on(plan, &account, &candidate), WARD_ACT_NONE);
	candidate.characters.value = 11;
	assert_int_equal(act_on(plan, &account, &candidate), WARD_ACT_REFUSE);
	candidate.characters.value = 12;
	candidate.classes.value = 2;
	assert_int_equal(act_on(plan, &account, &candidate), WARD_ACT_REFUSE);
	/* What can't be looked at is not taken. */
	candidate = good();
	candidate.weakness = WARD_WEAK_UNKNOWN;
	assert_int_equal(act_on(plan, &account, &candidate), WARD_ACT_REFUSE);
	candidate = (struct ward_candidate){ .reset = false };
	assert_int_equal(act_on(plan, &account, &candidate), WARD_ACT_REFUSE);
	ward_plan_free(plan);
}

/* What should be is warned of, for whomever; what shall be is refused for
 * whomever, services too. */
static void
test_candidate__strengths(void **state)
{
	static const char shall[] = "[password.min_length]\nmin = 8\n" SHALL;
	static const char should[] = "[password.min_length]\nmin = 8\n" SHOULD;
	struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();

	(void)state;
	candidate.characters.value = 7;
	expect(should, &candidate, "should fail new_short 8; ");
	for (int shell = 0; shell <= 1; shell++) {
		struct ward_plan *plan = ward_judge_plan(shall);

		account.login_shell = shell;
		assert_int_equal(act_on(plan, &account, &candidate),
		    WARD_ACT_REFUSE);
		ward_plan_free(plan);
		plan = ward_judge_plan(should);
		assert_int_equal(act_on(plan, &account, &candidate),
		    WARD_ACT_WARN);
		ward_plan_free(plan);
	}
}

/* A stricter "should" of another document stays a warning. */
static void
test_candidate__shall_and_should(void **state)
{
	static const char pack[] = "[plan]\nid = pack\ntitle = P\nagency = P\n"
				   "kind = pack\n"
				   "[password.min_length]\nmin = 12\n" SHOULD
				   "[password.history]\nolder = 5\n" SHOULD;
	static const char own[] = WARD_JUDGE_HEAD
	    "[password.min_length]\nmin = 8\n" SHALL
	    "[password.history]\nolder = 3\n" SHALL;
	static const struct ward_tree_file files[] = { { "pack.conf", pack },
		{ "TEST.conf", own },
		{ "c/acctward.conf", "[acctward]\npacks = pack\n" },
		{ NULL, NULL } };
	char *tree = ward_tree_new(files);
	char *config = ward_tree_path(tree, "c/acctward.conf");
	const struct ward_plan_places places = { .shipped = tree,
		.config = config };
	const struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();
	struct ward_plan *plan = NULL;
	struct ward_judged judged;
	uint32_t older = 0;

	(void)state;
	assert_int_equal(ward_plan_load(&places, "TEST", &plan, NULL), 0);
	candidate.characters.value = 10;
	candidate.reuse = WARD_REUSE_OLDER;
	candidate.older = 4;
	judge(plan, &account, &candidate, &judged);
	assert_string_equal(told(&judged),
	    "shall pass password.min_length 8; should fail new_short 12; "
	    "shall pass password.history 3; should fail new_older 5; ");
	assert_int_equal(act_on(plan, &account, &candidate), WARD_ACT_WARN);
	candidate.characters.value = 7;
	candidate.older = 3;
	judge(plan, &account, &candidate, &judged);
	assert_string_equal(told(&judged),
	    "shall fail new_short 8; shall fail new_older 3; ");
	assert_true(ward_plan_history(plan, WARD_CLASS_PERSON, &older));
	assert_int_equal(older, 5);
	ward_plan_free(plan);
	free(config);
	ward_tree_remove(tree);
}

static void
test_candidate__classes_of_accounts(void **state)
{
	static const char lines[] = "[password.min_length]\nmin = 8\n" SHALL
				    "[password.min_length privileged]\n"
				    "min = 12\nclause = 3\n";
	static const struct ward_path path = { .kind = WARD_PATH_SUDO,
		.detail = "(root) ALL" };
	struct ward_account account = ward_judge_account();
	struct ward_candidate candidate = good();

	(void)state;
	candidate.characters.value = 11;
	expect(lines, &candidate, "shall pass password.min_length 8; ");
	account.paths = &path;
	account.path_count = 1;
	expect_of(lines, &account, &candidate, "shall fail new_short 12; ");
}

/* Of a directory's, of which only the name is known. */
static void
test_candidate__stranger_is_a_person(void **state)
{
	static const char
	    lines[] = "[password.min_length person]\nmin = 8\n" SHALL
		      "[password.min_length service]\nmin = 20\nclause = 3\n";
	const struct ward_account account = { .name = "lin02" };
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_candidate candidate = good();
	struct ward_judged judged;

	(void)state;
	candidate.characters.value = 7;
	judge(plan, &account, &candidate, &judged);
	assert_string_equal(told(&judged), "shall fail new_short 8; ");
	assert_int_equal(judged.list[0].class, WARD_CLASS_PERSON);
	assert_string_equal(judged.list[0].name, "lin02");
	ward_plan_free(plan);
}

/* Nothing of the account itself is judged with its password, nor the other way
 * round. */
static void
test_candidate__is_not_an_audit(void **state)
{
	struct ward_plan *plan = load("EPA", "");
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.password.state = WARD_PASSWORD_EMPTY;
	ward_judge(plan, &account, &judged);
	for (size_t i = 0; i < judged.count; i++) {
		assert_int_not_equal(ward_rules[judged.list[i].rule].enforced,
		    WARD_AT_CHANGE);
	}
	judge(plan, &account, &(struct ward_candidate){ .forced = true },
	    &judged);
	assert_int_equal(judged.count, 4);
	for (size_t i = 0; i < judged.count; i++) {
		assert_int_equal(ward_rules[judged.list[i].rule].enforced,
		    WARD_AT_CHANGE);
	}
	ward_plan_free(plan);
}

/* ---- before there is any -------------------------------------------------- */

static void
test_demands__plans(void **state)
{
	static const struct {
		const char *id, *config, *told;
	} cases[] = {
		{ "P-ZX", "",
		    "shall fail new_short 8; shall fail new_classes 3; " },
		{ "K-SOC", "",
		    "shall fail new_short 8; shall fail new_classes 3; "
		    "shall fail new_older 3; " },
		{ "EPA", "",
		    "shall fail new_short 12; shall fail new_classes 3; "
		    "shall fail new_name; shall fail new_weak_common; " },
		{ "T-DBAS", "[acctward]\npacks = twgcb-rhel8\n", "" },
	};
	const struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_plan *plan = load(cases[i].id, cases[i].config);

		judge(plan, &account, NULL, &judged);
		assert_string_equal(told(&judged), cases[i].told);
		ward_plan_free(plan);
	}
}

/* Only while it is so: what is not asked now is no demand. */
static void
test_demands__min_age(void **state)
{
	static const char lines[] = "[password.min_age]\ndays = 3\n" SHALL;
	struct ward_account account = ward_judge_account();

	(void)state;
	expect_of(lines, &account, NULL, "");
	account.changed.value = TODAY;
	expect_of(lines, &account, NULL,
	    "shall fail new_too_soon 3 2026-11-23 08:00; ");
}

/* Each stands alone, in both languages, with its number filled in. */
static void
test_demands__read_alone(void **state)
{
	static const struct {
		enum ward_reason_id reason;
		const char *english, *chinese;
	} cases[] = {
		{ WARD_REASON_NEW_SHORT, "Use at least 3 characters",
		    "請使用至少3個字元" },
		{ WARD_REASON_NEW_OLDER,
		    "Choose one that differs from the current one and the 3 "
		    "before it",
		    "請選用與目前的密碼及其前3次密碼均不相同者" },
		{ WARD_REASON_NEW_TOO_SOON,
		    "Wait until 2026-11-23 08:00, as the minimum age of a "
		    "password in days is 3; an administrator can set another "
		    "before",
		    "密碼至少須使用3天，請於2026-11-23 08:00以後更換；如須提前，"
		    "請由管理者重設" },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct ward_finding finding = {
			.rule = ward_reasons[cases[i].reason].rule,
			.reason = cases[i].reason,
			.required = "3",
			.detail = "2026-11-23 08:00",
		};

		ward_finding_remedy(&finding, WARD_ENGLISH, NULL, text,
		    sizeof(text));
		assert_string_equal(text, cases[i].english);
		ward_finding_remedy(&finding, WARD_CHINESE_TAIWAN, NULL, text,
		    sizeof(text));
		assert_string_equal(text, cases[i].chinese);
	}
}

/* ---- what a plan asks ----------------------------------------------------- */

static void
test_plan_history__of_what_binds(void **state)
{
	struct ward_plan *plan = load("K-SOC", "");
	uint32_t older = 77;

	(void)state;
	assert_true(ward_plan_history(plan, WARD_CLASS_PERSON, &older));
	assert_int_equal(older, 3);
	ward_plan_free(plan);
	plan = load("EPA", "[acctward]\npacks = twgcb-rhel8\n");
	older = 77;
	assert_false(ward_plan_history(plan, WARD_CLASS_PERSON, &older));
	assert_int_equal(older, 77);
	ward_plan_free(plan);
	plan = ward_judge_plan("[password.history]\n" SHALL
			       "[password.history privileged]\nolder = 5\n"
			       "clause = 3\n");
	assert_false(ward_plan_history(plan, WARD_CLASS_PERSON, &older));
	assert_true(ward_plan_history(plan, WARD_CLASS_PRIVILEGED, &older));
	assert_int_equal(older, 5);
	ward_plan_free(plan);
}

static void
expect_resets(struct ward_plan *plan, enum ward_class class, bool held)
{
	struct ward_pair pair = ward_pair_new(plan);

	assert_int_equal(ward_plan_holds_resets(pair.loaded, class), held);
	assert_int_equal(ward_plan_holds_resets(pair.read, class), held);
	ward_pair_free(&pair);
}

static void
test_plan_holds_resets(void **state)
{
	(void)state;
	expect_resets(ward_judge_plan("[password.min_length]\nmin = 8\n" SHALL),
	    WARD_CLASS_PERSON, true);
	expect_resets(ward_judge_plan(
			  "[password.change_at_first_login]\n" SHALL),
	    WARD_CLASS_PERSON, true);
	expect_resets(ward_judge_plan("[password.change_at_first_login]\n"
				      "temporary = exempt\n" SHALL),
	    WARD_CLASS_PERSON, false);
	expect_resets(ward_judge_plan("[password.change_at_first_login]\n"
				      "temporary = exempt\n" SHOULD),
	    WARD_CLASS_PERSON, false);
	expect_resets(ward_judge_plan(
			  "[password.change_at_first_login]\n"
			  "temporary = exempt\n" SHALL
			  "[password.change_at_first_login privileged]\n"
			  "temporary = held\nclause = 3\n"),
	    WARD_CLASS_PRIVILEGED, true);
}

/* A pack that says nothing of it leaves it to the plan; one that does is
 * heard; and the agency may tighten it, but not loosen. */
static void
test_plan_holds_resets__of_several(void **state)
{
#define RULE "[password.change_at_first_login]\n"
	static const struct {
		const char *own, *pack, *conf;
		bool held;
	} cases[] = {
		{ RULE "temporary = exempt\n" SHALL, RULE SHALL, "", false },
		{ RULE "temporary = exempt\n" SHALL, RULE SHOULD, "", false },
		{ RULE SHALL, RULE "temporary = exempt\n" SHALL, "", false },
		{ RULE SHALL, RULE "temporary = exempt\n" SHOULD, "", false },
		{ RULE "temporary = exempt\n" SHALL,
		    RULE "temporary = held\n" SHALL, "", true },
		{ RULE "temporary = exempt\n" SHALL,
		    RULE "temporary = held\n" SHOULD, "", true },
		{ RULE "temporary = held\n" SHALL,
		    RULE "temporary = exempt\n" SHALL, "", true },
		{ RULE "temporary = exempt\n" SHALL, RULE SHALL,
		    RULE "temporary = held\n", true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char own[512], pack[512], conf[512];
		const struct ward_tree_file files[] = { { "TEST.conf", own },
			{ "pack.conf", pack }, { "c/acctward.conf", conf },
			{ NULL, NULL } };
		struct ward_plan *plan = NULL;
		char *tree, *path;

		(void)snprintf(own, sizeof(own), WARD_JUDGE_HEAD "%s",
		    cases[i].own);
		(void)snprintf(pack, sizeof(pack),
		    "[plan]\nid = pack\ntitle = P\nagency = P\nkind = pack\n"
		    "%s",
		    cases[i].pack);
		(void)snprintf(conf, sizeof(conf),
		    "[acctward]\npacks = pack\n%s", cases[i].conf);
		tree = ward_tree_new(files);
		path = ward_tree_path(tree, "c/acctward.conf");
		assert_int_equal(
		    ward_plan_load(&(struct ward_plan_places){ .shipped = tree,
				       .config = path },
			"TEST", &plan, NULL),
		    0);
		expect_resets(plan, WARD_CLASS_PERSON, cases[i].held);
		free(path);
		ward_tree_remove(tree);
	}
#undef RULE
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_candidate__min_length),
		cmocka_unit_test(test_candidate__min_classes),
		cmocka_unit_test(test_candidate__no_account_name),
		cmocka_unit_test(test_candidate__weak),
		cmocka_unit_test(test_candidate__history),
		cmocka_unit_test(test_candidate__min_age),
		cmocka_unit_test(test_candidate__min_age_by_the_clock),
		cmocka_unit_test(test_candidate__min_age_is_not_for_all),
		cmocka_unit_test(test_candidate__min_age_not_known),
		cmocka_unit_test(test_candidate__plans),
		cmocka_unit_test(test_candidate__agency_settings_are_marked),
		cmocka_unit_test(test_candidate__edges_of_a_plan),
		cmocka_unit_test(test_candidate__strengths),
		cmocka_unit_test(test_candidate__shall_and_should),
		cmocka_unit_test(test_candidate__classes_of_accounts),
		cmocka_unit_test(test_candidate__stranger_is_a_person),
		cmocka_unit_test(test_candidate__is_not_an_audit),
		cmocka_unit_test(test_demands__plans),
		cmocka_unit_test(test_demands__min_age),
		cmocka_unit_test(test_demands__read_alone),
		cmocka_unit_test(test_plan_history__of_what_binds),
		cmocka_unit_test(test_plan_holds_resets),
		cmocka_unit_test(test_plan_holds_resets__of_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
