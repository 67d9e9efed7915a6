/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules on passwords, by the readings of docs/HACKING.md. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#define TODAY WARD_JUDGE_DAY
#define NINETY "[password.max_age]\ndays = 90\nclause = 1\n"
#define SIX_MONTHS "[password.max_age]\nmonths = 6\nclause = 1\n"

static struct ward_account
aged(int64_t days)
{
	struct ward_account account = ward_judge_account();

	account.changed = ward_known(TODAY - days);
	account.max_age = ward_known(90);
	return account;
}

/* Every rule that looks at a password which has to work. */
static const struct {
	enum ward_rule_id rule;
	const char *lines;
} on_usable[] = {
	{ WARD_RULE_PASSWORD_MAX_AGE, NINETY },
	{ WARD_RULE_PASSWORD_MAX_AGE, SIX_MONTHS },
	{ WARD_RULE_PASSWORD_MIN_AGE,
	    "[password.min_age]\ndays = 1\nclause = 1\n" },
	{ WARD_RULE_PASSWORD_EXPIRY_WARNING,
	    "[password.expiry_warning]\ndays = 14\nclause = 1\n" },
	{ WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN,
	    "[password.change_at_first_login]\nclause = 1\n" },
	{ WARD_RULE_PASSWORD_HASH,
	    "[password.hash]\nallow = yescrypt\nclause = 1\n" },
};

static void
test_check_password__locked_is_notapplicable(void **state)
{
	static const enum ward_password_state states[] = { WARD_PASSWORD_LOCKED,
		WARD_PASSWORD_NONE };

	(void)state;
	for (size_t i = 0; i < LENGTH(on_usable); i++) {
		for (size_t s = 0; s < LENGTH(states); s++) {
			struct ward_account account = aged(1000);

			account.password.state = states[s];
			(void)ward_expect(on_usable[i].lines, &account,
			    on_usable[i].rule, WARD_NOTAPPLICABLE,
			    WARD_REASON_PASSWORD_NOT_USABLE);
		}
	}
}

static void
test_check_password__no_shadow_is_unknown(void **state)
{
	struct ward_account account = { .name = "wang01",
		.uid = WARD_KNOWN(1001),
		.login_shell = true,
		.listed_shell = true,
		.entry = { "/etc/passwd", 31 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(on_usable); i++) {
		(void)ward_expect(on_usable[i].lines, &account,
		    on_usable[i].rule, WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
	}
	(void)ward_expect("[password.required]\nclause = 1\n", &account,
	    WARD_RULE_PASSWORD_REQUIRED, WARD_UNKNOWN,
	    WARD_REASON_FACT_UNKNOWN);
}

/* An empty password opens the account: nothing may say that none does. */
static void
test_check_password__empty_is_not_told_as_closed(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(on_usable); i++) {
		struct ward_account account = aged(1000);
		struct ward_judged judged;
		const struct ward_said *said;

		account.password.state = WARD_PASSWORD_EMPTY;
		ward_judge_by(on_usable[i].lines, &account, &judged);
		said = ward_judged_rule(&judged, on_usable[i].rule);
		assert_int_not_equal(said->verdict, WARD_PASS);
		assert_int_not_equal(said->reason,
		    WARD_REASON_PASSWORD_NOT_USABLE);
	}
}

/* ---- max_age ---------------------------------------------------------------- */

static void
test_max_age__day_90_passes_day_91_fails(void **state)
{
	static const struct {
		int64_t age;
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} cases[] = {
		{ 0, WARD_PASS, WARD_REASON_NONE },
		{ 89, WARD_PASS, WARD_REASON_NONE },
		{ 90, WARD_PASS, WARD_REASON_NONE },
		{ 91, WARD_FAIL, WARD_REASON_MAX_AGE_OLD },
		{ 263, WARD_FAIL, WARD_REASON_MAX_AGE_OLD },
		{ TODAY - 1, WARD_FAIL, WARD_REASON_MAX_AGE_OLD },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = aged(cases[i].age);
		char observed[32];
		struct ward_said said = ward_expect(NINETY, &account,
		    WARD_RULE_PASSWORD_MAX_AGE, cases[i].verdict,
		    cases[i].reason);

		(void)snprintf(observed, sizeof(observed), "%lld",
		    (long long)cases[i].age);
		assert_string_equal(said.observed, observed);
		assert_string_equal(said.required, "90");
		assert_string_equal(said.unit, "days");
		assert_string_equal(said.file, "/etc/shadow");
		assert_int_equal(said.line, 12);
		assert_int_equal(said.strength, WARD_SHALL);
	}
}

/* The day is that of UTC, in which shadow(5) counts. */
static void
test_max_age__day_begins_in_utc(void **state)
{
	static const struct {
		const char *now;
		enum ward_verdict verdict;
	} cases[] = {
		{ "2026-11-20T23:59:59Z", WARD_PASS },
		{ "2026-11-21T00:00:00Z", WARD_FAIL },
		{ "2026-11-21T07:59:59+08:00", WARD_PASS },
		{ "2026-11-21T08:00:00+08:00", WARD_FAIL },
		{ "2026-11-20", WARD_PASS },
		{ "2026-11-21", WARD_FAIL },
	};
	struct ward_plan *plan = ward_judge_plan(NINETY);

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = aged(90);
		struct ward_host host = ward_judge_host;
		struct ward_judged judged = { .count = 0 };
		struct ward_evaluation *evaluation = NULL;

		assert_int_equal(ward_moment_parse(cases[i].now, 480,
				     &host.now),
		    0);
		assert_int_equal(ward_evaluation_new(plan, &host,
				     ward_judge_sink, &judged, &evaluation),
		    0);
		assert_int_equal(ward_evaluate_account(evaluation, &account),
		    0);
		ward_evaluation_free(evaluation);
		assert_int_equal(ward_judged_rule(&judged,
				     WARD_RULE_PASSWORD_MAX_AGE)
				     ->verdict,
		    cases[i].verdict);
	}
	ward_plan_free(plan);
}

/* 2026-05-20 to 2026-11-20 are six months, and 184 days. */
static void
test_max_age__six_months_are_the_same_date(void **state)
{
	static const struct {
		int64_t age;
		enum ward_verdict verdict;
		enum ward_strength strength;
		enum ward_reason_id reason;
	} cases[] = {
		{ 10, WARD_PASS, WARD_SHALL, WARD_REASON_NONE },
		{ 179, WARD_PASS, WARD_SHALL, WARD_REASON_NONE },
		{ 180, WARD_FAIL, WARD_SHOULD,
		    WARD_REASON_MAX_AGE_MONTHS_SOON },
		{ 183, WARD_FAIL, WARD_SHOULD,
		    WARD_REASON_MAX_AGE_MONTHS_SOON },
		{ 184, WARD_FAIL, WARD_SHOULD,
		    WARD_REASON_MAX_AGE_MONTHS_SOON },
		{ 185, WARD_FAIL, WARD_SHALL, WARD_REASON_MAX_AGE_MONTHS },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = aged(cases[i].age);
		struct ward_judged judged;
		struct ward_said said = ward_expect(SIX_MONTHS, &account,
		    WARD_RULE_PASSWORD_MAX_AGE, cases[i].verdict,
		    cases[i].reason);

		assert_int_equal(said.strength, cases[i].strength);
		ward_judge_by(SIX_MONTHS, &account, &judged);
		assert_int_equal(judged.summary.verdict,
		    cases[i].strength == WARD_SHALL &&
			    cases[i].verdict == WARD_FAIL ?
			WARD_FAIL :
			WARD_PASS);
		assert_int_equal(judged.summary.warn,
		    cases[i].strength == WARD_SHOULD);
	}
}

/* 2026-08-31 ends on 2027-02-28: 181 days, the shortest. */
static void
test_max_age__six_months_of_a_short_february(void **state)
{
	static const struct {
		const char *now;
		enum ward_strength strength;
		enum ward_reason_id reason;
	} cases[] = {
		{ "2027-02-27", WARD_SHOULD, WARD_REASON_MAX_AGE_MONTHS_SOON },
		{ "2027-02-28", WARD_SHOULD, WARD_REASON_MAX_AGE_MONTHS_SOON },
		{ "2027-03-01", WARD_SHALL, WARD_REASON_MAX_AGE_MONTHS },
	};
	struct ward_plan *plan = ward_judge_plan(SIX_MONTHS);

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_host host = ward_judge_host;
		struct ward_judged judged = { .count = 0 };
		struct ward_evaluation *evaluation = NULL;

		account.changed = ward_known(20696); /* 2026-08-31 */
		assert_int_equal(ward_moment_parse(cases[i].now, 0, &host.now),
		    0);
		assert_int_equal(ward_evaluation_new(plan, &host,
				     ward_judge_sink, &judged, &evaluation),
		    0);
		assert_int_equal(ward_evaluate_account(evaluation, &account),
		    0);
		ward_evaluation_free(evaluation);
		assert_int_equal(judged.list[0].strength, cases[i].strength);
		assert_int_equal(judged.list[0].reason, cases[i].reason);
	}
	ward_plan_free(plan);
}

static void
test_max_age__must_be_changed_at_next_login(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.changed = ward_known(0);
	(void)ward_expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_PASS, WARD_REASON_MAX_AGE_PENDING);
	(void)ward_expect(SIX_MONTHS, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_PASS, WARD_REASON_MAX_AGE_PENDING);
}

static void
test_max_age__day_of_change_not_known(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.changed.known = false;
	(void)ward_expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN);
}

static void
test_max_age__change_in_the_future_is_unknown(void **state)
{
	struct ward_account account = aged(-2);

	(void)state;
	(void)ward_expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_UNKNOWN, WARD_REASON_MAX_AGE_FUTURE);
	/* One day may come of a zone. */
	account = aged(-1);
	(void)ward_expect(NINETY, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_PASS, WARD_REASON_NONE);
}

/* Young, but nothing will make the user change it: a warning. */
static void
test_max_age__not_enforced_is_a_warning(void **state)
{
	static const struct {
		struct ward_optional max_age;
		const char *lines;
		bool warned;
	} cases[] = {
		{ WARD_KNOWN(90), NINETY, false },
		{ WARD_KNOWN(91), NINETY, true },
		{ WARD_KNOWN(99999), NINETY, true },
		{ { .known = false }, NINETY, true },
		{ WARD_KNOWN(180), SIX_MONTHS, false },
		{ WARD_KNOWN(99999), SIX_MONTHS, true },
		{ { .known = false }, SIX_MONTHS, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_said said;

		account.max_age = cases[i].max_age;
		said = ward_expect(cases[i].lines, &account,
		    WARD_RULE_PASSWORD_MAX_AGE,
		    cases[i].warned ? WARD_FAIL : WARD_PASS,
		    cases[i].warned ? WARD_REASON_MAX_AGE_UNBOUND :
				      WARD_REASON_NONE);
		assert_int_equal(said.strength,
		    cases[i].warned ? WARD_SHOULD : WARD_SHALL);
	}
}

static void
test_max_age__old_fails_whatever_is_enforced(void **state)
{
	struct ward_account account = aged(91);

	(void)state;
	account.max_age = ward_known(99999);
	assert_int_equal(ward_expect(NINETY, &account,
			     WARD_RULE_PASSWORD_MAX_AGE, WARD_FAIL,
			     WARD_REASON_MAX_AGE_OLD)
			     .strength,
	    WARD_SHALL);
}

static void
test_max_age__class_has_its_own_number(void **state)
{
	static const struct ward_path path = { .kind = WARD_PATH_GROUP,
		.detail = "docker",
		.source = { "/etc/group", 4 } };
	static const char lines[] = NINETY
	    "[password.max_age privileged]\ndays = 60\nclause = 2\n";
	struct ward_account account = aged(61);
	struct ward_said said;

	(void)state;
	(void)ward_expect(lines, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_PASS, WARD_REASON_NONE);
	account.paths = &path;
	account.path_count = 1;
	said = ward_expect(lines, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_FAIL, WARD_REASON_MAX_AGE_OLD);
	assert_string_equal(said.required, "60");
	assert_string_equal(said.clauses, "2");
	assert_int_equal(said.class, WARD_CLASS_PRIVILEGED);
}

/* The plan says months, the agency days: each number is its own origin's. */
static void
test_max_age__agency_days_beside_months_are_marked(void **state)
{
	static const char lines[] =
	    "[password.max_age]\nmonths = 6\n"
	    "clause = 1\ndays = 90\norigin.days = agency acctward.conf:2\n";
	struct ward_account account = aged(100);
	struct ward_said said = ward_expect(lines, &account,
	    WARD_RULE_PASSWORD_MAX_AGE, WARD_FAIL, WARD_REASON_MAX_AGE_OLD);

	(void)state;
	assert_string_equal(said.required, "90");
	assert_true(said.agency);
}

static void
test_max_age__agency_months_beside_days_are_marked(void **state)
{
	static const char lines[] =
	    "[password.max_age]\ndays = 90\n"
	    "clause = 1\nmonths = 2\norigin.months = agency acctward.conf:2\n";
	struct ward_account account = aged(91);
	struct ward_said said = ward_expect(lines, &account,
	    WARD_RULE_PASSWORD_MAX_AGE, WARD_FAIL, WARD_REASON_MAX_AGE_OLD);

	(void)state;
	/* 90 is the document's number. */
	assert_string_equal(said.required, "90");
	assert_false(said.agency);
	account = aged(70);
	said = ward_expect(lines, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_FAIL, WARD_REASON_MAX_AGE_MONTHS);
	assert_true(said.agency);
}

/* "A local setting may only tighten": days = 3650 beside the plan's six months
 * takes nothing away from them. */
static void
test_max_age__agency_days_do_not_loosen_months(void **state)
{
	static const char lines[] =
	    "[password.max_age]\nmonths = 6\n"
	    "clause = 1\ndays = 3650\norigin.days = agency acctward.conf:2\n";
	struct ward_account account = aged(185);

	(void)state;
	(void)ward_expect(lines, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_FAIL, WARD_REASON_MAX_AGE_MONTHS);
	account = aged(181);
	(void)ward_expect(lines, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_FAIL, WARD_REASON_MAX_AGE_MONTHS_SOON);
	account = aged(10);
	account.max_age = ward_known(3650);
	(void)ward_expect(lines, &account, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_FAIL, WARD_REASON_MAX_AGE_UNBOUND);
}

/* ---- min_age, expiry_warning ------------------------------------------------------ */

static void
test_least_days__edges(void **state)
{
	static const struct {
		struct ward_optional days;
		enum ward_verdict verdict;
		const char *observed;
	} cases[] = {
		{ WARD_KNOWN(6), WARD_FAIL, "6" },
		{ WARD_KNOWN(7), WARD_PASS, "7" },
		{ WARD_KNOWN(8), WARD_PASS, "8" },
		{ WARD_KNOWN(0), WARD_FAIL, "0" },
		{ { .known = false }, WARD_FAIL,
		    "0" }, /* empty: no such time */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();
		bool fails = cases[i].verdict == WARD_FAIL;
		struct ward_said said;

		account.min_age = cases[i].days;
		said = ward_expect("[password.min_age]\ndays = 7\nclause = 1\n",
		    &account, WARD_RULE_PASSWORD_MIN_AGE, cases[i].verdict,
		    fails ? WARD_REASON_MIN_AGE_SHORT : WARD_REASON_NONE);
		assert_string_equal(said.observed, cases[i].observed);
		assert_string_equal(said.required, "7");

		account = ward_judge_account();
		account.warning = cases[i].days;
		said = ward_expect("[password.expiry_warning]\ndays = 7\n"
				   "clause = 1\n",
		    &account, WARD_RULE_PASSWORD_EXPIRY_WARNING,
		    cases[i].verdict,
		    fails ? WARD_REASON_WARNING_SHORT : WARD_REASON_NONE);
		assert_string_equal(said.observed, cases[i].observed);
	}
}

/* ---- change_at_first_login ----------------------------------------------------------- */

#define FIRST "[password.change_at_first_login]\nclause = 1\n"
#define FIRST_RULE WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN

static void
test_first_login__kept_password_of_a_new_account_fails(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.use = WARD_USE_NEVER;
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_FAIL,
	    WARD_REASON_FIRST_LOGIN_KEPT);
	account.changed = ward_known(0);
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_PASS,
	    WARD_REASON_MAX_AGE_PENDING);
	account.use = WARD_USE_UNKNOWN;
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_PASS,
	    WARD_REASON_MAX_AGE_PENDING);
	account.changed = ward_known(TODAY);
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_UNKNOWN,
	    WARD_REASON_FACT_UNKNOWN);
}

/* sshd records log-ins on a terminal only: a key may have been used. */
static void
test_first_login__keys_without_a_record_are_unknown(void **state)
{
	struct ward_account account = aged(10);

	(void)state;
	account.use = WARD_USE_NEVER;
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_FAIL,
	    WARD_REASON_FIRST_LOGIN_KEPT);
	account.key_count = 1;
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_UNKNOWN,
	    WARD_REASON_FACT_UNKNOWN);
}

/* Whose password it is can't be told by who has logged in. */
static void
test_first_login__record_not_known(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.temporary_why = "it is damaged";
	account.record.file = "/var/lib/acctward/accounts/wang";
	for (enum ward_use use = 0; use <= WARD_USE_SEEN; use++) {
		struct ward_said said;

		account.use = use;
		said = ward_expect(FIRST, &account,
		    WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN, WARD_UNKNOWN,
		    WARD_REASON_FACT_UNREAD);
		assert_string_equal(said.file, account.record.file);
	}
	/* It has to be changed, whoever has set it. */
	account.changed = ward_known(0);
	(void)ward_expect(FIRST, &account,
	    WARD_RULE_PASSWORD_CHANGE_AT_FIRST_LOGIN, WARD_NOTAPPLICABLE,
	    WARD_REASON_FIRST_LOGIN_DONE);
}

static void
test_first_login__who_has_logged_in_is_past_it(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_FIRST_LOGIN_DONE);
	account.use = WARD_USE_NEVER;
	account.uid = ward_known(0);
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_FIRST_LOGIN_NOBODY);
	account = ward_judge_account();
	account.use = WARD_USE_NEVER;
	account.login_shell = account.listed_shell = false;
	(void)ward_expect(FIRST, &account, FIRST_RULE, WARD_NOTAPPLICABLE,
	    WARD_REASON_NO_SHELL);
}

/* ---- required ---------------------------------------------------------------------------- */

static void
test_required__only_empty_fails(void **state)
{
	static const enum ward_password_state closed[] = { WARD_PASSWORD_USABLE,
		WARD_PASSWORD_LOCKED, WARD_PASSWORD_NONE };
	struct ward_account account = ward_judge_account();

	(void)state;
	for (size_t i = 0; i < LENGTH(closed); i++) {
		account.password.state = closed[i];
		(void)ward_expect("[password.required]\nclause = 1\n", &account,
		    WARD_RULE_PASSWORD_REQUIRED, WARD_PASS, WARD_REASON_NONE);
	}
	account.password.state = WARD_PASSWORD_EMPTY;
	assert_string_equal(ward_expect("[password.required]\nclause = 1\n",
				&account, WARD_RULE_PASSWORD_REQUIRED,
				WARD_FAIL, WARD_REASON_REQUIRED_EMPTY)
				.file,
	    "/etc/shadow");
}

/* ---- hash ------------------------------------------------------------------------------------ */

#define HASH(line) "[password.hash]\nclause = 1\n" line "\n"

static void
test_hash__schemes_and_costs(void **state)
{
	static const struct {
		enum ward_hash_scheme scheme;
		int64_t cost; /* -1: not known */
		const char *lines;
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} cases[] = {
		{ WARD_HASH_YESCRYPT, 5, HASH("allow = yescrypt"), WARD_PASS,
		    WARD_REASON_NONE },
		{ WARD_HASH_SHA512CRYPT, 5000, HASH("allow = yescrypt"),
		    WARD_FAIL, WARD_REASON_HASH_SCHEME },
		{ WARD_HASH_GOST_YESCRYPT, 5, HASH("allow = yescrypt"),
		    WARD_FAIL, WARD_REASON_HASH_SCHEME },
		{ WARD_HASH_BCRYPT_Y, 12, HASH("allow = bcrypt"), WARD_FAIL,
		    WARD_REASON_HASH_SCHEME },
		{ WARD_HASH_MD5CRYPT, -1, HASH("allow = yescrypt sha512crypt"),
		    WARD_FAIL, WARD_REASON_HASH_SCHEME },
		{ WARD_HASH_DESCRYPT, -1, HASH("allow = yescrypt descrypt"),
		    WARD_PASS, WARD_REASON_NONE },
		{ WARD_HASH_SHA512CRYPT, 9999, HASH("sha_rounds = 10000"),
		    WARD_FAIL, WARD_REASON_HASH_COST },
		{ WARD_HASH_SHA512CRYPT, 10000, HASH("sha_rounds = 10000"),
		    WARD_PASS, WARD_REASON_NONE },
		{ WARD_HASH_SHA256CRYPT, 5000, HASH("sha_rounds = 10000"),
		    WARD_FAIL, WARD_REASON_HASH_COST },
		{ WARD_HASH_SHA512CRYPT, -1, HASH("sha_rounds = 10000"),
		    WARD_UNKNOWN, WARD_REASON_FACT_UNKNOWN },
		{ WARD_HASH_BCRYPT, 9, HASH("bcrypt_cost = 10"), WARD_FAIL,
		    WARD_REASON_HASH_COST },
		{ WARD_HASH_BCRYPT_A, 9, HASH("bcrypt_cost = 10"), WARD_FAIL,
		    WARD_REASON_HASH_COST },
		{ WARD_HASH_BCRYPT_Y, 10, HASH("bcrypt_cost = 10"), WARD_PASS,
		    WARD_REASON_NONE },
		{ WARD_HASH_YESCRYPT, 4, HASH("yescrypt_cost = 5"), WARD_FAIL,
		    WARD_REASON_HASH_COST },
		{ WARD_HASH_GOST_YESCRYPT, 4, HASH("yescrypt_cost = 5"),
		    WARD_FAIL, WARD_REASON_HASH_COST },
		{ WARD_HASH_YESCRYPT, 5, HASH("yescrypt_cost = 5"), WARD_PASS,
		    WARD_REASON_NONE },
		/* A cost of another scheme says nothing of this one. */
		{ WARD_HASH_YESCRYPT, 5, HASH("sha_rounds = 10000"), WARD_PASS,
		    WARD_REASON_NONE },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_account account = ward_judge_account();

		account.password.scheme = cases[i].scheme;
		account.password.cost = (struct ward_optional){
			.known = cases[i].cost >= 0,
			.value = cases[i].cost
		};
		(void)ward_expect(cases[i].lines, &account,
		    WARD_RULE_PASSWORD_HASH, cases[i].verdict, cases[i].reason);
	}
}

static void
test_hash__strange_field_fails(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	account.password = ward_password_field("Passw0rd!");
	(void)ward_expect(HASH("allow = yescrypt"), &account,
	    WARD_RULE_PASSWORD_HASH, WARD_FAIL, WARD_REASON_HASH_STRANGE);
	account.password = ward_password_field("$9$x$y");
	(void)ward_expect(HASH("sha_rounds = 5000"), &account,
	    WARD_RULE_PASSWORD_HASH, WARD_FAIL, WARD_REASON_HASH_STRANGE);
}

/* "unit: or NULL": the cost of bcrypt has none. */
static void
test_hash__cost_without_unit_has_none(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_said said;

	(void)state;
	account.password.scheme = WARD_HASH_BCRYPT;
	account.password.cost = ward_known(9);
	said = ward_expect(HASH("bcrypt_cost = 10"), &account,
	    WARD_RULE_PASSWORD_HASH, WARD_FAIL, WARD_REASON_HASH_COST);
	assert_false(said.has_unit);
}

/* What is said of an account whose password was tried, or was not. */
static struct ward_judged
judge_guess(const char *plan_lines, bool tried,
    const struct ward_account *account)
{
	struct ward_plan *plan = ward_judge_plan(plan_lines);
	struct ward_host host = ward_judge_host;
	struct ward_judged judged = { .count = 0 };
	struct ward_evaluation *evaluation = NULL;

	host.words_tried = tried;
	assert_int_equal(ward_evaluation_new(plan, &host, ward_judge_sink,
			     &judged, &evaluation),
	    0);
	assert_int_equal(ward_evaluate_account(evaluation, account), 0);
	ward_evaluation_summary(evaluation, &judged.summary);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	return judged;
}

#define WEAK "[password.weak]\nclause = 1\n"

static void
test_weak__says_what_came_of_trying(void **state)
{
	static const struct {
		enum ward_guess guess;
		enum ward_verdict verdict;
		enum ward_reason_id reason;
	} cases[] = {
		{ WARD_GUESS_FOUND, WARD_FAIL, WARD_REASON_WEAK_GUESSED },
		{ WARD_GUESS_HELD, WARD_PASS, WARD_REASON_NONE },
		{ WARD_GUESS_TOO_COSTLY, WARD_UNKNOWN,
		    WARD_REASON_WEAK_COSTLY },
		{ WARD_GUESS_NOT_TRIED, WARD_UNKNOWN,
		    WARD_REASON_WEAK_STRANGE },
	};
	struct ward_account account = ward_judge_account();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_judged judged;

		account.guess = cases[i].guess;
		judged = judge_guess(WEAK, true, &account);
		assert_int_equal(judged.list[0].rule, WARD_RULE_PASSWORD_WEAK);
		assert_int_equal(judged.list[0].verdict, cases[i].verdict);
		assert_int_equal(judged.list[0].reason, cases[i].reason);
		assert_int_equal(judged.list[0].strength, WARD_SHALL);
		assert_string_equal(judged.list[0].observed, "");
		assert_string_equal(judged.list[0].detail, "");
	}
	account.password.state = WARD_PASSWORD_LOCKED;
	assert_int_equal(judge_guess(WEAK, true, &account).list[0].verdict,
	    WARD_NOTAPPLICABLE);
	account.password.state = WARD_PASSWORD_UNKNOWN;
	assert_int_equal(judge_guess(WEAK, true, &account).list[0].verdict,
	    WARD_UNKNOWN);
}

/* No word tried: nobody is judged, and nothing passes. */
static void
test_weak__not_judged_unless_tried(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged = judge_guess(WEAK, false, &account);
	const struct ward_rule_count
	    *tally = &judged.summary.rules[WARD_RULE_PASSWORD_WEAK];

	(void)state;
	assert_int_not_equal(judged.list[0].rule, WARD_RULE_PASSWORD_WEAK);
	assert_true(tally->enabled);
	assert_true(tally->untried);
	assert_false(tally->unset);
	assert_int_equal(tally->verdicts[WARD_PASS], 0);
}

static void
test_weak__a_warning_where_the_plan_does_not_ask(void **state)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	(void)state;
	account.guess = WARD_GUESS_FOUND;
	judged = judge_guess("", true, &account);
	assert_int_equal(judged.list[0].verdict, WARD_FAIL);
	assert_int_equal(judged.list[0].strength, WARD_SHOULD);
	assert_string_equal(judged.list[0].clauses, "");
	assert_true(judged.summary.rules[WARD_RULE_PASSWORD_WEAK].enabled);
	judged = judge_guess("", false, &account);
	assert_false(judged.summary.rules[WARD_RULE_PASSWORD_WEAK].enabled);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check_password__locked_is_notapplicable),
		cmocka_unit_test(test_check_password__no_shadow_is_unknown),
		cmocka_unit_test(
		    test_check_password__empty_is_not_told_as_closed),
		cmocka_unit_test(test_max_age__day_90_passes_day_91_fails),
		cmocka_unit_test(test_max_age__day_begins_in_utc),
		cmocka_unit_test(test_max_age__six_months_are_the_same_date),
		cmocka_unit_test(test_max_age__six_months_of_a_short_february),
		cmocka_unit_test(test_max_age__must_be_changed_at_next_login),
		cmocka_unit_test(test_max_age__day_of_change_not_known),
		cmocka_unit_test(test_max_age__change_in_the_future_is_unknown),
		cmocka_unit_test(test_max_age__not_enforced_is_a_warning),
		cmocka_unit_test(test_max_age__old_fails_whatever_is_enforced),
		cmocka_unit_test(test_max_age__class_has_its_own_number),
		cmocka_unit_test(
		    test_max_age__agency_days_beside_months_are_marked),
		cmocka_unit_test(
		    test_max_age__agency_months_beside_days_are_marked),
		cmocka_unit_test(
		    test_max_age__agency_days_do_not_loosen_months),
		cmocka_unit_test(test_least_days__edges),
		cmocka_unit_test(
		    test_first_login__kept_password_of_a_new_account_fails),
		cmocka_unit_test(
		    test_first_login__keys_without_a_record_are_unknown),
		cmocka_unit_test(test_first_login__record_not_known),
		cmocka_unit_test(
		    test_first_login__who_has_logged_in_is_past_it),
		cmocka_unit_test(test_required__only_empty_fails),
		cmocka_unit_test(test_hash__schemes_and_costs),
		cmocka_unit_test(test_hash__strange_field_fails),
		cmocka_unit_test(test_hash__cost_without_unit_has_none),
		cmocka_unit_test(test_weak__says_what_came_of_trying),
		cmocka_unit_test(test_weak__not_judged_unless_tried),
		cmocka_unit_test(
		    test_weak__a_warning_where_the_plan_does_not_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
