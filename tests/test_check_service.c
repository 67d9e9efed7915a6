/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#define PLAN \
	"[password.min_length]\nmin = 8\nclause = 1\n" \
	"[password.min_length privileged]\nmin = 12\nclause = 2\n"
#define PART(rule, more) "[" rule "]\n" more "clause = 1\n"
#define LOCKOUT PART("login.lockout", "attempts = 5\nseconds = 900\n")

static const struct ward_service_step steps[] = {
	{ { "/etc/pam.d/login", 1 }, "pam_a.so", "success" },
	{ { "/etc/pam.d/login", 2 }, "pam_b.so", "ignore" },
};

/* Of "login": all is known and holds, with high numbers. */
static struct ward_service
good(void)
{
	struct ward_service s = { .name = "login",
		.source = { "/etc/pam.d/login", 0 } };

	for (size_t who = 0; who < WARD_CLAIMANTS; who++) {
		for (size_t i = 0; i < WARD_CLAIM_COUNT; i++) {
			s.claims[who][i] = (struct ward_claim){
				.proof = WARD_PROOF_HELD,
				.source = { "/etc/pam.d/login", 7 }
			};
		}
		s.claims[who][WARD_CLAIM_MIN_LENGTH].number = ward_known(15);
		s.claims[who][WARD_CLAIM_MIN_CLASSES].number = ward_known(3);
		s.claims[who][WARD_CLAIM_HISTORY].number = ward_known(3);
		s.claims[who][WARD_CLAIM_LOCKED].number = ward_known(5);
		s.claims[who][WARD_CLAIM_LOCKED].seconds = ward_known(900);
	}
	return s;
}

static void
both(struct ward_service *s, enum ward_claim_id claim, struct ward_claim what)
{
	s->claims[WARD_BY_USER][claim] = s->claims[WARD_BY_ROOT][claim] = what;
}

static struct ward_claim
broken(const char *why)
{
	return (struct ward_claim){ .proof = WARD_PROOF_BROKEN,
		.source = { "/etc/pam.d/login", 2 },
		.why = why,
		.steps = steps,
		.step_count = LENGTH(steps) };
}

static struct ward_judged judged;

static void
judge_with(const char *lines, const struct ward_host *host,
    const struct ward_service *service, const struct ward_selection *only)
{
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_evaluation *e = NULL;

	judged = (struct ward_judged){ .count = 0 };
	assert_int_equal(ward_evaluation_new(plan, host, ward_judge_sink,
			     &judged, &e),
	    0);
	if (only != NULL) {
		assert_int_equal(ward_evaluation_select(e, only), 0);
	}
	if (service != NULL) {
		assert_int_equal(ward_evaluate_service(e, service), 0);
	}
	assert_int_equal(ward_evaluation_end(e), 0);
	ward_evaluation_summary(e, &judged.summary);
	ward_evaluation_free(e);
	ward_plan_free(plan);
}

/* The one finding, of the service. */
static const struct ward_said *
says(const char *lines, const struct ward_service *service,
    enum ward_verdict verdict, enum ward_reason_id reason)
{
	judge_with(lines, &ward_judge_host, service, NULL);
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.list[0].type, WARD_SUBJECT_SERVICE);
	assert_string_equal(judged.list[0].name, "login");
	assert_string_equal(ward_reasons[judged.list[0].reason].id == NULL ?
		"" :
		ward_reasons[judged.list[0].reason].id,
	    ward_reasons[reason].id == NULL ? "" : ward_reasons[reason].id);
	assert_int_equal(judged.list[0].verdict, verdict);
	assert_int_equal(judged.summary.services, 1);
	return &judged.list[0];
}

/* ---- numbers ---------------------------------------------------------------- */

static void
test_service__is_held_to_the_strictest_class(void **state)
{
	struct ward_service s = good();
	const struct ward_said *said;

	(void)state;
	said = says(PLAN, &s, WARD_PASS, WARD_REASON_NONE);
	assert_string_equal(said->observed, "15");
	assert_string_equal(said->required, "12");
	assert_string_equal(said->unit, "characters");
	assert_string_equal(said->clauses, "2");
	assert_int_equal(said->class, WARD_CLASS_PRIVILEGED);
	assert_string_equal(said->file, "/etc/pam.d/login");
	assert_int_equal(said->line, 7);
	s.claims[WARD_BY_USER][WARD_CLAIM_MIN_LENGTH].number = ward_known(11);
	said = says(PLAN, &s, WARD_FAIL, WARD_REASON_SERVICE_LENGTH);
	assert_string_equal(said->observed, "11");
	assert_string_equal(said->required, "12");
	assert_int_equal(judged.summary.fail, 1);
	/* Whatever the class. */
	said = says(PART("password.min_length", "min = 8\n"), &s, WARD_PASS,
	    WARD_REASON_NONE);
	assert_int_equal(said->class, WARD_CLASS_ANY);
}

/* One that a module may add to that is not known. */
static void
test_service__a_least_number_is_no_failure(void **state)
{
	struct ward_service s = good();

	(void)state;
	s.claims[WARD_BY_USER][WARD_CLAIM_MIN_LENGTH].why = "there may be more";
	(void)says(PLAN, &s, WARD_PASS, WARD_REASON_NONE);
	s.claims[WARD_BY_USER][WARD_CLAIM_MIN_LENGTH].number = ward_known(11);
	(void)says(PLAN, &s, WARD_UNKNOWN, WARD_REASON_SERVICE_UNKNOWN);
}

static void
test_service__numbers_that_just_do(void **state)
{
	static const struct {
		const char *lines;
		enum ward_claim_id claim;
		int64_t number;
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} cases[] = {
		{ PART("password.min_length", "min = 15\n"),
		    WARD_CLAIM_MIN_LENGTH, 15, WARD_PASS, 0 },
		{ PART("password.min_length", "min = 16\n"),
		    WARD_CLAIM_MIN_LENGTH, 15, WARD_FAIL,
		    WARD_REASON_SERVICE_LENGTH },
		{ PART("password.min_classes", "min = 3\n"),
		    WARD_CLAIM_MIN_CLASSES, 3, WARD_PASS, 0 },
		{ PART("password.min_classes", "min = 3\n"),
		    WARD_CLAIM_MIN_CLASSES, 2, WARD_FAIL,
		    WARD_REASON_SERVICE_CLASSES },
		/* remember=3: the current one, and two older ones. */
		{ PART("password.history", "older = 3\n"), WARD_CLAIM_HISTORY,
		    2, WARD_FAIL, WARD_REASON_SERVICE_HISTORY },
		{ PART("password.history", "older = 3\n"), WARD_CLAIM_HISTORY,
		    3, WARD_PASS, 0 },
		{ LOCKOUT, WARD_CLAIM_LOCKED, 5, WARD_PASS, 0 },
		{ LOCKOUT, WARD_CLAIM_LOCKED, 3, WARD_PASS, 0 },
		{ LOCKOUT, WARD_CLAIM_LOCKED, 6, WARD_FAIL,
		    WARD_REASON_SERVICE_ATTEMPTS },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_service s = good();

		for (size_t who = 0; who < WARD_CLAIMANTS; who++) {
			s.claims[who][cases[i].claim].number = ward_known(
			    cases[i].number);
		}
		(void)says(cases[i].lines, &s, cases[i].verdict,
		    cases[i].reason);
	}
}

static void
test_service__held_without_a_number_is_not_known(void **state)
{
	static const struct {
		const char *lines;
		enum ward_claim_id claim;
	} cases[] = {
		{ PART("password.min_length", "min = 8\n"),
		    WARD_CLAIM_MIN_LENGTH },
		{ PART("password.min_classes", "min = 1\n"),
		    WARD_CLAIM_MIN_CLASSES },
		{ PART("password.history", "older = 1\n"), WARD_CLAIM_HISTORY },
		{ LOCKOUT, WARD_CLAIM_LOCKED },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_service s = good();

		s.claims[WARD_BY_USER][cases[i].claim].number.known = false;
		(void)says(cases[i].lines, &s, WARD_UNKNOWN,
		    WARD_REASON_SERVICE_UNKNOWN);
	}
}

/* ---- each rule --------------------------------------------------------------- */

static const struct {
	const char *lines;
	enum ward_claim_id claim;
	enum ward_reason_id broken, root;
} rules[] = {
	{ PART("password.min_length", "min = 8\n"), WARD_CLAIM_MIN_LENGTH,
	    WARD_REASON_SERVICE_NO_LENGTH, WARD_REASON_SERVICE_LENGTH_ROOT },
	{ PART("password.min_classes", "min = 2\n"), WARD_CLAIM_MIN_CLASSES,
	    WARD_REASON_SERVICE_NO_CLASSES, WARD_REASON_SERVICE_CLASSES_ROOT },
	{ PART("password.no_account_name", ""), WARD_CLAIM_NAME,
	    WARD_REASON_SERVICE_NAME, WARD_REASON_SERVICE_NAME_ROOT },
	{ PART("password.weak", ""), WARD_CLAIM_WEAK, WARD_REASON_SERVICE_WEAK,
	    WARD_REASON_SERVICE_WEAK_ROOT },
	{ PART("password.history", "older = 2\n"), WARD_CLAIM_HISTORY,
	    WARD_REASON_SERVICE_NO_HISTORY, WARD_REASON_SERVICE_HISTORY_ROOT },
	{ PART("password.change_at_first_login", ""), WARD_CLAIM_CHANGE,
	    WARD_REASON_SERVICE_CHANGE, WARD_REASON_SERVICE_CHANGE },
	{ PART("password.required", ""), WARD_CLAIM_EMPTY,
	    WARD_REASON_SERVICE_EMPTY, WARD_REASON_SERVICE_EMPTY },
	{ LOCKOUT, WARD_CLAIM_LOCKED, WARD_REASON_SERVICE_NO_LOCKOUT,
	    WARD_REASON_SERVICE_LOCKOUT_ROOT },
	{ LOCKOUT, WARD_CLAIM_COUNTED, WARD_REASON_SERVICE_UNCOUNTED,
	    WARD_REASON_SERVICE_LOCKOUT_ROOT },
	{ LOCKOUT, WARD_CLAIM_RIGHT, WARD_REASON_SERVICE_WRONG,
	    WARD_REASON_SERVICE_WRONG },
	{ PART("account.expired", ""), WARD_CLAIM_ENDED,
	    WARD_REASON_SERVICE_ENDED, WARD_REASON_SERVICE_ENDED },
};

static void
test_service__each_rule_passes_and_fails(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rules); i++) {
		struct ward_service s = good();
		const struct ward_said *said;

		(void)says(rules[i].lines, &s, WARD_PASS, WARD_REASON_NONE);
		s.claims[WARD_BY_USER][rules[i].claim] = broken("it is so");
		said = says(rules[i].lines, &s, WARD_FAIL, rules[i].broken);
		assert_string_equal(said->detail,
		    "it is so; on the way /etc/pam.d/login:2 pam_b.so: ignore");
		assert_int_equal(said->line, 2);
		s = good();
		s.claims[WARD_BY_ROOT][rules[i].claim] = broken(NULL);
		(void)says(rules[i].lines, &s, WARD_FAIL, rules[i].root);
		both(&s, rules[i].claim, broken("both"));
		(void)says(rules[i].lines, &s, WARD_FAIL, rules[i].broken);
	}
}

static void
test_service__what_is_not_known_never_passes(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rules); i++) {
		struct ward_service s = good();
		const struct ward_said *said;

		s.claims[WARD_BY_USER][rules[i].claim] = (struct ward_claim){
			.source = { "/etc/pam.d/x", 9 },
			.why = "an odd line"
		};
		said = says(rules[i].lines, &s, WARD_UNKNOWN,
		    WARD_REASON_SERVICE_UNKNOWN);
		assert_string_equal(said->detail, "an odd line");
		assert_string_equal(said->file, "/etc/pam.d/x");
		assert_int_equal(said->line, 9);
		/* That root breaks it is known. */
		s.claims[WARD_BY_ROOT][rules[i].claim] = broken(NULL);
		(void)says(rules[i].lines, &s, WARD_FAIL, rules[i].root);
		s = good();
		s.claims[WARD_BY_ROOT][rules[i].claim] = (struct ward_claim){
			.why = NULL
		};
		said = says(rules[i].lines, &s, WARD_UNKNOWN,
		    WARD_REASON_SERVICE_UNKNOWN);
		assert_string_equal(said->file, "/etc/pam.d/login");
	}
}

static void
test_service__nothing_known_at_all(void **state)
{
	const struct ward_service s = { .name = "login" };

	(void)state;
	for (size_t i = 0; i < LENGTH(rules); i++) {
		(void)says(rules[i].lines, &s, WARD_UNKNOWN,
		    WARD_REASON_SERVICE_UNKNOWN);
	}
}

static void
test_service__without_a_case_there_is_nothing_to_judge(void **state)
{
	struct ward_service s = good();

	(void)state;
	for (size_t who = 0; who < WARD_CLAIMANTS; who++) {
		for (size_t i = 0; i < WARD_CLAIM_COUNT; i++) {
			s.claims[who][i] = (struct ward_claim){
				.proof = WARD_PROOF_NONE
			};
		}
	}
	for (size_t i = 0; i < LENGTH(rules); i++) {
		(void)says(rules[i].lines, &s, WARD_NOTAPPLICABLE,
		    rules[i].claim <= WARD_CLAIM_HISTORY ?
			WARD_REASON_SERVICE_SETS_NONE :
			WARD_REASON_SERVICE_LETS_NONE);
	}
	/* For users there is none, for root there is: of chpasswd(8). */
	s.claims[WARD_BY_ROOT][WARD_CLAIM_MIN_LENGTH] = broken(NULL);
	(void)says(PLAN, &s, WARD_FAIL, WARD_REASON_SERVICE_LENGTH_ROOT);
}

static void
test_service__root_may_be_exempt_from_resets(void **state)
{
	struct ward_service s = good();

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		char lines[512];

		(void)snprintf(lines, sizeof(lines),
		    "%s[password.change_at_first_login]\ntemporary = exempt\n"
		    "clause = 2\n",
		    rules[i].lines);
		s.claims[WARD_BY_ROOT][rules[i].claim] = broken(NULL);
		judge_with(lines, &ward_judge_host, &s, NULL);
		assert_int_equal(judged.count, 2);
		assert_int_equal(judged.list[0].verdict, WARD_PASS);
	}
}

static void
test_service__root_is_held_to_the_number_too(void **state)
{
	struct ward_service s = good();
	const struct ward_said *said;

	(void)state;
	s.claims[WARD_BY_ROOT][WARD_CLAIM_MIN_LENGTH].number = ward_known(6);
	said = says(PLAN, &s, WARD_FAIL, WARD_REASON_SERVICE_LENGTH_ROOT);
	assert_string_equal(said->detail, "the number is 6");
	s = good();
	s.claims[WARD_BY_ROOT][WARD_CLAIM_LOCKED].seconds = ward_known(60);
	(void)says(LOCKOUT, &s, WARD_FAIL, WARD_REASON_SERVICE_LOCKOUT_ROOT);
}

/* ---- rules of their own kind -------------------------------------------------- */

static void
test_service__that_asks_for_nothing_is_not_known(void **state)
{
	struct ward_service s = good();
	const struct ward_said *said;

	(void)state;
	s.claims[WARD_BY_USER][WARD_CLAIM_ASKED] = broken("pam_permit.so");
	said = says(PART("password.required", ""), &s, WARD_UNKNOWN,
	    WARD_REASON_SERVICE_UNASKED);
	assert_non_null(strstr(said->detail, "pam_permit.so; on the way "));
	/* root is let in by it: that is what su(1) is for. */
	s = good();
	s.claims[WARD_BY_ROOT][WARD_CLAIM_ASKED] = broken("pam_rootok.so");
	(void)says(PART("password.required", ""), &s, WARD_PASS,
	    WARD_REASON_NONE);
	s.claims[WARD_BY_USER][WARD_CLAIM_ASKED] = broken("pam_permit.so");
	s.claims[WARD_BY_USER][WARD_CLAIM_EMPTY] = broken("nullok");
	(void)says(PART("password.required", ""), &s, WARD_FAIL,
	    WARD_REASON_SERVICE_EMPTY);
}

static void
test_service__locked_for_good_is_long_enough(void **state)
{
	struct ward_service s = good();
	const struct ward_said *said;

	(void)state;
	for (size_t who = 0; who < WARD_CLAIMANTS; who++) {
		s.claims[who][WARD_CLAIM_LOCKED].seconds = ward_known(0);
	}
	said = says(LOCKOUT, &s, WARD_PASS, WARD_REASON_NONE);
	assert_string_equal(said->observed, "5");
	assert_string_equal(said->unit, "attempts");
	/* faillock's own default */
	s.claims[WARD_BY_USER][WARD_CLAIM_LOCKED].seconds = ward_known(600);
	said = says(LOCKOUT, &s, WARD_FAIL, WARD_REASON_SERVICE_SECONDS);
	assert_string_equal(said->observed, "600");
	assert_string_equal(said->required, "900");
	assert_string_equal(said->unit, "seconds");
	s.claims[WARD_BY_USER][WARD_CLAIM_LOCKED].seconds.known = false;
	(void)says(LOCKOUT, &s, WARD_UNKNOWN, WARD_REASON_SERVICE_UNKNOWN);
}

static void
test_service__all_that_is_wrong_with_a_lockout_is_told(void **state)
{
	struct ward_service s = good();

	(void)state;
	s.claims[WARD_BY_USER][WARD_CLAIM_LOCKED].number = ward_known(10);
	s.claims[WARD_BY_USER][WARD_CLAIM_LOCKED].seconds = ward_known(60);
	both(&s, WARD_CLAIM_COUNTED, broken("c"));
	both(&s, WARD_CLAIM_RIGHT, broken("r"));
	judge_with(LOCKOUT, &ward_judge_host, &s, NULL);
	assert_int_equal(judged.count, 4);
	assert_int_equal(judged.list[0].reason, WARD_REASON_SERVICE_ATTEMPTS);
	assert_int_equal(judged.list[1].reason, WARD_REASON_SERVICE_SECONDS);
	assert_int_equal(judged.list[2].reason, WARD_REASON_SERVICE_UNCOUNTED);
	assert_int_equal(judged.list[3].reason, WARD_REASON_SERVICE_WRONG);
	assert_int_equal(judged.summary.rules[WARD_RULE_LOGIN_LOCKOUT]
			     .verdicts[WARD_FAIL],
	    4);
	/* What is so of root hides nothing that is so of users. */
	s = good();
	s.claims[WARD_BY_USER][WARD_CLAIM_LOCKED].seconds = ward_known(600);
	s.claims[WARD_BY_ROOT][WARD_CLAIM_LOCKED] = broken("no even_deny_root");
	s.claims[WARD_BY_ROOT][WARD_CLAIM_COUNTED] = broken("nor counted");
	judge_with(LOCKOUT, &ward_judge_host, &s, NULL);
	assert_int_equal(judged.count, 2);
	assert_int_equal(judged.list[0].reason,
	    WARD_REASON_SERVICE_LOCKOUT_ROOT);
	assert_int_equal(judged.list[1].reason, WARD_REASON_SERVICE_SECONDS);
	both(&s, WARD_CLAIM_RIGHT, broken("r"));
	/* Where nothing locks, nothing need count. */
	both(&s, WARD_CLAIM_LOCKED, broken("no such module"));
	judge_with(LOCKOUT, &ward_judge_host, &s, NULL);
	assert_int_equal(judged.count, 2);
	assert_int_equal(judged.list[0].reason, WARD_REASON_SERVICE_NO_LOCKOUT);
	assert_int_equal(judged.list[1].reason, WARD_REASON_SERVICE_WRONG);
}

static void
test_service__a_count_that_stays_is_a_warning(void **state)
{
	struct ward_service s = good();
	const struct ward_said *said;

	(void)state;
	s.claims[WARD_BY_USER][WARD_CLAIM_RESET] = broken(NULL);
	said = says(LOCKOUT, &s, WARD_FAIL, WARD_REASON_SERVICE_RESET);
	assert_int_equal(said->strength, WARD_SHOULD);
	assert_int_equal(judged.summary.fail, 0);
	assert_int_equal(judged.summary.warn, 1);
	/* It is nothing beside a lockout that is not there. */
	both(&s, WARD_CLAIM_LOCKED, broken(NULL));
	(void)says(LOCKOUT, &s, WARD_FAIL, WARD_REASON_SERVICE_NO_LOCKOUT);
	s = good();
	s.claims[WARD_BY_USER][WARD_CLAIM_RESET] = (struct ward_claim){
		.why = "?"
	};
	(void)says(LOCKOUT, &s, WARD_PASS, WARD_REASON_NONE);
}

static void
test_service__a_dictionary_does_not_know_the_plans_words(void **state)
{
	struct ward_service s = good();

	(void)state;
	(void)says(PART("password.weak", "words = taipei\n"), &s, WARD_UNKNOWN,
	    WARD_REASON_SERVICE_WEAK_WORDS);
	s.claims[WARD_BY_USER][WARD_CLAIM_WEAK] = broken(NULL);
	(void)says(PART("password.weak", "words = taipei\n"), &s, WARD_FAIL,
	    WARD_REASON_SERVICE_WEAK);
}

/* libpwquality passes by names of fewer than four characters. */
static void
test_service__a_name_too_short_to_be_looked_for(void **state)
{
	static const struct {
		const char *name;
		int64_t uid, looked_for;
		enum ward_verdict verdict;
	} cases[] = {
		{ "wang", 1000, 4, WARD_PASS }, { "bob", 1000, 4, WARD_FAIL },
		{ "bob", 1000, 3, WARD_PASS },
		{ "sys", 3, 4, WARD_PASS }, /* of the system */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_plan *plan = ward_judge_plan(
		    PART("password.no_account_name", ""));
		const struct ward_account account = { .name = cases[i].name,
			.uid = ward_known(cases[i].uid) };
		struct ward_service s = good();
		struct ward_evaluation *e = NULL;

		for (size_t by = 0; by < WARD_CLAIMANTS; by++) {
			s.claims[by][WARD_CLAIM_NAME].number = ward_known(
			    cases[i].looked_for);
		}
		judged = (struct ward_judged){ .count = 0 };
		assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
				     ward_judge_sink, &judged, &e),
		    0);
		assert_int_equal(ward_evaluate_account(e, &account), 0);
		judged.count = 0;
		assert_int_equal(ward_evaluate_service(e, &s), 0);
		assert_int_equal(judged.count, 1);
		assert_int_equal(judged.list[0].verdict, cases[i].verdict);
		assert_int_equal(judged.list[0].reason,
		    cases[i].verdict == WARD_PASS ?
			WARD_REASON_NONE :
			WARD_REASON_SERVICE_NAME_SHORT);
		ward_evaluation_free(e);
		ward_plan_free(plan);
	}
}

static void
test_service__half_a_lockout_is_not_set(void **state)
{
	struct ward_service s = good();

	(void)state;
	(void)says(PART("login.lockout", "attempts = 5\n"), &s, WARD_PASS,
	    WARD_REASON_NONE);
	assert_true(judged.summary.rules[WARD_RULE_LOGIN_LOCKOUT].unset);
	(void)says(LOCKOUT, &s, WARD_PASS, WARD_REASON_NONE);
	assert_false(judged.summary.rules[WARD_RULE_LOGIN_LOCKOUT].unset);
	/* Nothing to judge by. */
	judge_with(PART("login.lockout", ""), &ward_judge_host, &s, NULL);
	assert_int_equal(judged.count, 0);
	assert_true(judged.summary.rules[WARD_RULE_LOGIN_LOCKOUT].unset);
	assert_int_equal(judged.summary.verdict, WARD_UNKNOWN);
}

/* ---- by the module's own plan -------------------------------------------------- */

static struct ward_host
host_with(const char *lines, char mark[WARD_MARK_SIZE])
{
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_host host = ward_judge_host;

	ward_plan_mark(plan, mark);
	ward_plan_free(plan);
	host.door_plan = mark;
	return host;
}

static void
by_plan_says(const char *lines, const char *door,
    const struct ward_service *service, enum ward_verdict verdict,
    enum ward_reason_id reason)
{
	char mark[WARD_MARK_SIZE];
	struct ward_host host = host_with(door, mark);

	judge_with(lines, &host, service, NULL);
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.list[0].reason, reason);
	assert_int_equal(judged.list[0].verdict, verdict);
}

static void
test_service__holds_to_the_plan_of_the_door(void **state)
{
	const struct ward_claim doors = { .proof = WARD_PROOF_HELD,
		.by_plan = true,
		.source = { "/etc/pam.d/login", 3 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rules); i++) {
		struct ward_service s = good();

		if (rules[i].claim == WARD_CLAIM_EMPTY) {
			continue; /* it is not what a plan has a door do */
		}
		both(&s, rules[i].claim, doors);
		by_plan_says(rules[i].lines, rules[i].lines, &s, WARD_PASS,
		    WARD_REASON_NONE);
		by_plan_says(rules[i].lines,
		    PART("password.max_age", "days = 90\n"), &s, WARD_UNKNOWN,
		    WARD_REASON_SERVICE_OTHER_PLAN);
		/* It is not known which it holds to. */
		(void)says(rules[i].lines, &s, WARD_UNKNOWN,
		    WARD_REASON_SERVICE_OTHER_PLAN);
	}
}

static void
test_service__without_the_door_the_number_may_do(void **state)
{
	struct ward_service s = good();

	(void)state;
	for (size_t who = 0; who < WARD_CLAIMANTS; who++) {
		s.claims[who][WARD_CLAIM_MIN_LENGTH].by_plan = true;
		s.claims[who][WARD_CLAIM_LOCKED].by_plan = true;
	}
	(void)says(PLAN, &s, WARD_PASS, WARD_REASON_NONE);
	(void)says(LOCKOUT, &s, WARD_PASS, WARD_REASON_NONE);
	(void)says(PART("password.min_length", "min = 16\n"), &s, WARD_UNKNOWN,
	    WARD_REASON_SERVICE_OTHER_PLAN);
	by_plan_says(PART("password.min_length", "min = 16\n"),
	    PART("password.min_length", "min = 16\n"), &s, WARD_PASS,
	    WARD_REASON_NONE);
	assert_string_equal(judged.list[0].observed, "16");
}

/* Of what should be, the door only warns. */
static void
test_service__a_door_that_warns_holds_nobody(void **state)
{
	struct ward_service s = good();
	struct ward_claim claim = { .proof = WARD_PROOF_HELD, .by_plan = true };

	(void)state;
	claim.number = ward_known(6);
	both(&s, WARD_CLAIM_MIN_LENGTH, claim);
	by_plan_says(PART("password.min_length",
			 "min = 8\nstrength = should\n"),
	    PART("password.min_length", "min = 8\nstrength = should\n"), &s,
	    WARD_FAIL, WARD_REASON_SERVICE_LENGTH);
	assert_int_equal(judged.list[0].strength, WARD_SHOULD);
	claim.number.known = false;
	both(&s, WARD_CLAIM_NAME, claim);
	by_plan_says(PART("password.no_account_name", "strength = should\n"),
	    PART("password.no_account_name", "strength = should\n"), &s,
	    WARD_FAIL, WARD_REASON_SERVICE_NAME);
	assert_string_equal(judged.list[0].detail,
	    "pam_acctward.so only warns of it");
}

static void
expect_mark(const char *a, const char *b, bool same)
{
	char mark[WARD_MARK_SIZE], other[WARD_MARK_SIZE];
	struct ward_host x = host_with(a, mark), y = host_with(b, other);

	assert_int_equal(strcmp(x.door_plan, y.door_plan) == 0, same);
}

static void
test_plan_mark__tells_what_doors_hold_to(void **state)
{
	struct ward_pair pair = ward_pair_new(ward_judge_plan(PLAN LOCKOUT));
	char mark[WARD_MARK_SIZE], other[WARD_MARK_SIZE];

	(void)state;
	ward_plan_mark(pair.loaded, mark);
	ward_plan_mark(pair.read, other);
	assert_string_equal(mark, other);
	assert_memory_equal(mark, "TEST ", 5);
	ward_pair_free(&pair);
	expect_mark(PLAN, PLAN, true);
	expect_mark(PLAN, PLAN PART("account.home", ""), true);
	expect_mark(PLAN, "# a comment\n" PLAN, true);
	expect_mark(PLAN, PLAN LOCKOUT, false);
	expect_mark(PART("password.min_length", "min = 8\n"),
	    PART("password.min_length", "min = 9\n"), false);
	expect_mark(PART("password.min_length", "min = 8\n"),
	    PART("password.min_length privileged", "min = 8\n"), false);
	expect_mark(PART("password.min_length", "min = 8\n"),
	    PART("password.min_length", "min = 8\nstrength = should\n"), false);
	expect_mark(PART("password.weak", "words = a\n"),
	    PART("password.weak", "words = b\n"), false);
	expect_mark("[class.privileged]\ngroups = ops\n" PLAN, PLAN, false);
}

/* ---- documents, parts, hosts ----------------------------------------------------- */

static void
test_service__what_should_be_is_a_warning(void **state)
{
	struct ward_service s = good();
	const struct ward_said *said;

	(void)state;
	said = says(PART("password.min_length",
			"min = 16\nstrength = should\n"),
	    &s, WARD_FAIL, WARD_REASON_SERVICE_LENGTH);
	assert_int_equal(said->strength, WARD_SHOULD);
	assert_int_equal(judged.summary.warn, 1);
	/* Of one class it shall, of another it should. */
	judge_with(PART("password.min_length", "min = 8\n")
		       PART("password.min_length privileged",
			   "min = 16\nstrength = should\n"),
	    &ward_judge_host, &s, NULL);
	assert_int_equal(judged.count, 2);
	assert_int_equal(judged.list[0].verdict, WARD_PASS);
	assert_int_equal(judged.list[1].verdict, WARD_FAIL);
	assert_int_equal(judged.list[1].strength, WARD_SHOULD);
	assert_int_equal(judged.list[1].class, WARD_CLASS_PRIVILEGED);
}

static void
test_service__a_fragment_is_not_judged(void **state)
{
	struct ward_service s = good();

	(void)state;
	s.fragment = true;
	judge_with(PLAN, &ward_judge_host, &s, NULL);
	/* Of services there is none. */
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.list[0].type, WARD_SUBJECT_HOST);
	assert_int_equal(judged.summary.services, 0);
}

static void
test_service__none_is_unknown_for_the_host(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rules); i++) {
		judge_with(rules[i].lines, &ward_judge_host, NULL, NULL);
		assert_int_equal(judged.count, 1);
		assert_int_equal(judged.list[0].type, WARD_SUBJECT_HOST);
		assert_string_equal(judged.list[0].name, "test");
		assert_string_equal(judged.list[0].clauses, "1");
		assert_int_equal(judged.list[0].verdict, WARD_UNKNOWN);
		assert_int_equal(judged.list[0].reason,
		    WARD_REASON_SERVICE_NO_SERVICE);
		assert_int_equal(judged.summary.verdict, WARD_UNKNOWN);
	}
	judge_with(PART("password.max_age", "days = 90\n"), &ward_judge_host,
	    NULL, NULL);
	assert_int_equal(judged.count, 0);
}

static void
test_service__is_no_part_of_an_account(void **state)
{
	const struct ward_selection user = { NULL, "wang01" };
	const struct ward_selection rule = { "login.*", NULL };
	struct ward_service s = { .name = "login" };

	(void)state;
	judge_with(PLAN LOCKOUT, &ward_judge_host, &s, &user);
	assert_int_equal(judged.count, 0);
	judge_with(PLAN LOCKOUT, &ward_judge_host, NULL, &user);
	assert_int_equal(judged.count, 0);
	judge_with(PLAN LOCKOUT, &ward_judge_host, &s, &rule);
	assert_int_equal(judged.count, 1);
	assert_int_equal(judged.list[0].rule, WARD_RULE_LOGIN_LOCKOUT);
	judge_with(PLAN LOCKOUT, &ward_judge_host, NULL, &rule);
	assert_int_equal(judged.count, 1);
}

static void
test_service__other_rules_have_nothing_to_say_of_it(void **state)
{
	struct ward_service s = good();

	(void)state;
	judge_with(PART("account.unique", "")
		       PART("password.max_age", "days = 9\n"),
	    &ward_judge_host, &s, NULL);
	assert_int_equal(judged.count, 0);
	assert_int_equal(judged.summary.services, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_service__is_held_to_the_strictest_class),
		cmocka_unit_test(test_service__a_least_number_is_no_failure),
		cmocka_unit_test(test_service__numbers_that_just_do),
		cmocka_unit_test(
		    test_service__held_without_a_number_is_not_known),
		cmocka_unit_test(test_service__each_rule_passes_and_fails),
		cmocka_unit_test(test_service__what_is_not_known_never_passes),
		cmocka_unit_test(test_service__nothing_known_at_all),
		cmocka_unit_test(
		    test_service__without_a_case_there_is_nothing_to_judge),
		cmocka_unit_test(test_service__root_may_be_exempt_from_resets),
		cmocka_unit_test(test_service__root_is_held_to_the_number_too),
		cmocka_unit_test(
		    test_service__that_asks_for_nothing_is_not_known),
		cmocka_unit_test(test_service__locked_for_good_is_long_enough),
		cmocka_unit_test(
		    test_service__all_that_is_wrong_with_a_lockout_is_told),
		cmocka_unit_test(test_service__a_count_that_stays_is_a_warning),
		cmocka_unit_test(
		    test_service__a_dictionary_does_not_know_the_plans_words),
		cmocka_unit_test(
		    test_service__a_name_too_short_to_be_looked_for),
		cmocka_unit_test(test_service__half_a_lockout_is_not_set),
		cmocka_unit_test(test_service__holds_to_the_plan_of_the_door),
		cmocka_unit_test(
		    test_service__without_the_door_the_number_may_do),
		cmocka_unit_test(test_service__a_door_that_warns_holds_nobody),
		cmocka_unit_test(test_plan_mark__tells_what_doors_hold_to),
		cmocka_unit_test(test_service__what_should_be_is_a_warning),
		cmocka_unit_test(test_service__a_fragment_is_not_judged),
		cmocka_unit_test(test_service__none_is_unknown_for_the_host),
		cmocka_unit_test(test_service__is_no_part_of_an_account),
		cmocka_unit_test(
		    test_service__other_rules_have_nothing_to_say_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
