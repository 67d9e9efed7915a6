/* SPDX-License-Identifier: BSD-2-Clause */
/* What a door does about a finding, when an account is locked, and who stays
 * let in at the local console. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#define TODAY WARD_JUDGE_DAY

/* ---- findings ------------------------------------------------------------- */

/* policy.h's table, row by row. */
static const struct {
	enum ward_reason_id reason;
	enum ward_verdict verdict;
	enum ward_act act;
} rows[] = {
	{ WARD_REASON_MAX_AGE_OLD, WARD_FAIL, WARD_ACT_CHANGE },
	{ WARD_REASON_MAX_AGE_MONTHS, WARD_FAIL, WARD_ACT_CHANGE },
	{ WARD_REASON_MAX_AGE_MONTHS_SOON, WARD_FAIL, WARD_ACT_WARN },
	{ WARD_REASON_MAX_AGE_PENDING, WARD_PASS, WARD_ACT_CHANGE },
	{ WARD_REASON_FIRST_LOGIN_KEPT, WARD_FAIL, WARD_ACT_CHANGE },
	{ WARD_REASON_FIRST_LOGIN_RESET, WARD_FAIL, WARD_ACT_CHANGE },
	{ WARD_REASON_DORMANT_UNUSED, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_DORMANT_NEVER, WARD_FAIL, WARD_ACT_WARN },
	{ WARD_REASON_EXPIRED_OPEN, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_SHORT, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_CLASSES, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_NAME, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_COMMON, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_PATTERN, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_DATE, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_NUMBER, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_AGENCY, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_BREACHED, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_DICTIONARY, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_SIMILAR, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_SIMPLE, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_CURRENT, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_OLDER, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_TOO_SOON, WARD_FAIL, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_LENGTH_UNKNOWN, WARD_UNKNOWN, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_CLASSES_UNKNOWN, WARD_UNKNOWN, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_NAME_UNKNOWN, WARD_UNKNOWN, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_WEAK_UNKNOWN, WARD_UNKNOWN, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_HISTORY_UNKNOWN, WARD_UNKNOWN, WARD_ACT_REFUSE },
	{ WARD_REASON_NEW_AGE_UNKNOWN, WARD_UNKNOWN, WARD_ACT_REFUSE },
};

static enum ward_act
row_act(enum ward_reason_id reason, enum ward_verdict verdict)
{
	for (size_t i = 0; i < LENGTH(rows); i++) {
		if (rows[i].reason == reason && rows[i].verdict == verdict) {
			return rows[i].act;
		}
	}
	return WARD_ACT_NONE;
}

static struct ward_finding
finding(enum ward_reason_id reason, enum ward_verdict verdict,
    enum ward_class class)
{
	return (struct ward_finding){ .rule = ward_reasons[reason].rule,
		.strength = WARD_SHALL,
		.verdict = verdict,
		.reason = reason,
		.subject = { .type = WARD_SUBJECT_ACCOUNT,
		    .name = "wang01",
		    .class = class } };
}

/* Every reason with every verdict; what is no row is nothing to do. */
static void
test_finding_act__rows(void **state)
{
	(void)state;
	for (enum ward_reason_id r = 0; r < WARD_REASON_COUNT; r++) {
		for (enum ward_verdict v = 0; v < WARD_VERDICT_COUNT; v++) {
			const struct ward_finding f = finding(r, v,
			    WARD_CLASS_PERSON);

			assert_int_equal(ward_finding_act(&f), row_act(r, v));
		}
	}
}

/* Nobody is there to change the password of the system's, or of a service. */
static void
test_finding_act__classes(void **state)
{
	(void)state;
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		const bool attended = c != WARD_CLASS_SYSTEM &&
		    c != WARD_CLASS_SERVICE;

		for (size_t i = 0; i < LENGTH(rows); i++) {
			const struct ward_finding f = finding(rows[i].reason,
			    rows[i].verdict, c);

			assert_int_equal(ward_finding_act(&f),
			    rows[i].act == WARD_ACT_CHANGE && !attended ?
				WARD_ACT_WARN :
				rows[i].act);
		}
	}
}

static void
test_finding_act__strengths(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct ward_finding f = finding(rows[i].reason, rows[i].verdict,
		    WARD_CLASS_PERSON);

		f.strength = WARD_SHOULD;
		assert_int_equal(ward_finding_act(&f), WARD_ACT_WARN);
		f.strength = WARD_REFERENCE;
		assert_int_equal(ward_finding_act(&f), WARD_ACT_NONE);
		f.strength = WARD_SHALL;
		f.built_in = true;
		assert_int_equal(ward_finding_act(&f), WARD_ACT_NONE);
		f.strength = WARD_SHOULD;
		assert_int_equal(ward_finding_act(&f), WARD_ACT_NONE);
	}
}

/* What is said to be enforced is what there is an act for; and of that not what
 * is warned of only. */
static void
test_rule_binds__as_findings_act(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const enum ward_rule_id rule = ward_reasons[rows[i].reason]
						   .rule;

		assert_true(ward_rules[rule].enforced);
		assert_true(ward_rule_binds(rule, WARD_SHALL, WARD_CLASS_ANY));
		assert_false(
		    ward_rule_binds(rule, WARD_SHOULD, WARD_CLASS_PERSON));
		assert_false(
		    ward_rule_binds(rule, WARD_REFERENCE, WARD_CLASS_PERSON));
		assert_int_equal(ward_rule_binds(rule, WARD_SHALL,
				     WARD_CLASS_SERVICE),
		    rule == WARD_RULE_ACCOUNT_DORMANT ||
			rule == WARD_RULE_ACCOUNT_EXPIRED ||
			ward_rules[rule].enforced == WARD_AT_CHANGE);
	}
}

/* A lock, a warning and a record are what they are, however weakly they are
 * asked for. */
static void
test_rule_binds__without_findings(void **state)
{
	(void)state;
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		for (enum ward_strength s = 0; s < WARD_REFERENCE; s++) {
			assert_true(
			    ward_rule_binds(WARD_RULE_LOGIN_LOCKOUT, s, c));
			assert_true(
			    ward_rule_binds(WARD_RULE_PRIVILEGED_TRAIL, s, c));
			assert_true(
			    ward_rule_binds(WARD_RULE_PASSWORD_EXPIRY_WARNING,
				s, c));
			assert_false(
			    ward_rule_binds(WARD_RULE_PASSWORD_HASH, s, c));
		}
		assert_false(ward_rule_binds(WARD_RULE_LOGIN_LOCKOUT,
		    WARD_REFERENCE, c));
	}
}

/* The strongest act of all that is said of an account. */
static int
strongest(void *arg, const struct ward_finding *f)
{
	enum ward_act *act = arg;

	if (ward_finding_act(f) > *act) {
		*act = ward_finding_act(f);
	}
	return 0;
}

static enum ward_act
act_on(const char *lines, const struct ward_account *account)
{
	struct ward_pair pair = ward_pair_new(ward_judge_plan(lines));
	struct ward_evaluation *evaluation = NULL;
	enum ward_act act = WARD_ACT_NONE;

	assert_int_equal(ward_evaluation_new(pair.read, &ward_judge_host,
			     strongest, &act, &evaluation),
	    0);
	assert_int_equal(ward_evaluate_account(evaluation, account), 0);
	ward_evaluation_free(evaluation);
	ward_pair_free(&pair);
	return act;
}

#define MAX_AGE "[password.max_age]\ndays = 90\nclause = 1\n"
#define MONTHS "[password.max_age]\nmonths = 6\nclause = 1\n"
#define FIRST "[password.change_at_first_login]\nclause = 2\n"
#define DORMANT "[account.dormant]\ndays = 90\nclause = 3\n"
#define EXPIRED "[account.expired]\nclause = 4\n"
#define ALL MAX_AGE FIRST DORMANT EXPIRED
#define SHOULD "strength = should\n"

static void
test_finding_act__judged(void **state)
{
	struct ward_account good = ward_judge_account(), a = good;

	(void)state;
	assert_int_equal(act_on(ALL, &good), WARD_ACT_NONE);
	/* Day 90 still holds. */
	a.changed = ward_known(TODAY - 90);
	assert_int_equal(act_on(ALL, &a), WARD_ACT_NONE);
	a.changed = ward_known(TODAY - 91);
	assert_int_equal(act_on(ALL, &a), WARD_ACT_CHANGE);
	assert_int_equal(act_on(MAX_AGE SHOULD, &a), WARD_ACT_WARN);
	assert_int_equal(act_on(FIRST DORMANT EXPIRED, &a), WARD_ACT_NONE);
	a.changed = ward_known(TODAY - 185);
	assert_int_equal(act_on(MONTHS, &a), WARD_ACT_CHANGE);
	a.changed = ward_known(TODAY - 184);
	assert_int_equal(act_on(MONTHS, &a), WARD_ACT_WARN);
	a.changed = ward_known(0);
	assert_int_equal(act_on(MAX_AGE, &a), WARD_ACT_CHANGE);
	a.use = WARD_USE_NEVER;
	assert_int_equal(act_on(FIRST, &a), WARD_ACT_CHANGE);
	a.changed = ward_known(TODAY - 1);
	assert_int_equal(act_on(FIRST, &a), WARD_ACT_CHANGE);
	assert_int_equal(act_on(MAX_AGE DORMANT, &a), WARD_ACT_NONE);
	a.changed = ward_known(TODAY - 91);
	/* Some log-ins leave no record. */
	assert_int_equal(act_on(DORMANT, &a), WARD_ACT_WARN);
	a = good;
	a.temporary = true;
	assert_int_equal(act_on(FIRST, &a), WARD_ACT_CHANGE);
	assert_int_equal(act_on(MAX_AGE, &a), WARD_ACT_NONE);
	a = good;
	a.last_use -= INT64_C(86400) * 92;
	assert_int_equal(act_on(ALL, &a), WARD_ACT_REFUSE);
	assert_int_equal(act_on(DORMANT SHOULD, &a), WARD_ACT_WARN);
	a = good;
	a.expires = ward_known(TODAY + 1);
	assert_int_equal(act_on(ALL, &a), WARD_ACT_NONE);
	a.expires = ward_known(TODAY);
	assert_int_equal(act_on(ALL, &a), WARD_ACT_REFUSE);
}

/* No account is kept out because something is not known of it. */
static void
test_finding_act__unknown(void **state)
{
	struct ward_account a = ward_judge_account();

	(void)state;
	a.has_shadow = false;
	a.password = (struct ward_password_fact){
		.state = WARD_PASSWORD_UNKNOWN
	};
	a.changed.known = a.max_age.known = a.expires.known = false;
	a.use = WARD_USE_UNKNOWN;
	assert_int_equal(act_on(ALL, &a), WARD_ACT_NONE);
	/* Keys leave no record: whether it was used is not known. */
	a = ward_judge_account();
	a.changed = ward_known(TODAY - 89);
	a.use = WARD_USE_NEVER;
	a.key_count = 1;
	assert_int_equal(act_on(DORMANT FIRST, &a), WARD_ACT_NONE);
	a.changed = ward_known(TODAY - 500);
	assert_int_equal(act_on(DORMANT FIRST, &a), WARD_ACT_NONE);
}

/* ---- the lockout ---------------------------------------------------------- */

static void
expect_lockout(const struct ward_plan *plan, enum ward_class class,
    uint32_t attempts, uint32_t seconds)
{
	uint32_t got_attempts = 7777, got_seconds = 7777;
	const bool got = ward_plan_lockout(plan, class, &got_attempts,
	    &got_seconds);

	if (attempts == 0) {
		assert_false(got);
		assert_int_equal(got_attempts, 7777);
		assert_int_equal(got_seconds, 7777);
		return;
	}
	assert_true(got);
	assert_int_equal(got_attempts, attempts);
	assert_int_equal(got_seconds, seconds);
}

static void
test_plan_lockout__cases(void **state)
{
	static const struct {
		const char *lines;
		uint32_t attempts, seconds; /* 0: none */
	} cases[] = {
		{ "", 0, 0 },
		{ "[login.lockout]\nclause = 1\n", 0, 0 },
		{ "[login.lockout]\nattempts = 5\nclause = 1\n", 0, 0 },
		{ "[login.lockout]\nseconds = 900\nclause = 1\n", 0, 0 },
		{ "[login.lockout]\nattempts = 5\nseconds = 900\nclause = 1\n",
		    5, 900 },
		{ "[login.lockout]\nattempts = 5\nseconds = 900\n"
		  "strength = should\nclause = 1\n",
		    5, 900 },
		{ "[login.lockout]\nbreak_glass = chen01\nclause = 1\n", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_pair pair = ward_pair_new(
		    ward_judge_plan(cases[i].lines));

		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			expect_lockout(pair.loaded, c, cases[i].attempts,
			    cases[i].seconds);
			expect_lockout(pair.read, c, cases[i].attempts,
			    cases[i].seconds);
		}
		ward_pair_free(&pair);
	}
}

static void
test_plan_lockout__of_a_class(void **state)
{
	struct ward_pair pair = ward_pair_new(ward_judge_plan(
	    "[login.lockout]\nattempts = 5\nseconds = 900\nclause = 1\n"
	    "[login.lockout privileged]\nattempts = 3\nclause = 2\n"));

	(void)state;
	expect_lockout(pair.read, WARD_CLASS_PERSON, 5, 900);
	expect_lockout(pair.read, WARD_CLASS_PRIVILEGED, 3, 900);
	ward_pair_free(&pair);
}

/* ---- with packs, and by an agency ----------------------------------------- */

#define CONF "etc/acctward.conf"
#define HEAD(id, lines) "[plan]\nid = " id "\ntitle = t\nagency = a\n" lines

static const struct ward_tree_file files[] = {
	{ "plans/A.conf",
	    HEAD("A", "") "[login.lockout]\nattempts = 4\nclause = 1\n" },
	{ "plans/B.conf", HEAD("B", "") "[account.unique]\nclause = 1\n" },
	{ "plans/soft.conf",
	    HEAD("soft",
		"kind = pack\n") "[login.lockout]\nattempts = 3\n"
				 "seconds = 1800\nbreak_glass = soft01\n"
				 "strength = should\nclause = 1\n" },
	{ "plans/hard.conf",
	    HEAD("hard", "kind = pack\n") "[login.lockout]\nattempts = 5\n"
					  "seconds = 900\nclause = 1\n" },
	{ "plans/glass.conf",
	    HEAD("glass",
		"kind = pack\n") "[login.lockout]\nattempts = 5\n"
				 "break_glass = chen01\nclause = 1\n" },
	{ "plans/ref.conf",
	    HEAD("ref",
		"kind = reference\n") "[login.lockout]\nattempts = 1\n"
				      "seconds = 9999\nbreak_glass = ref01\n"
				      "clause = 1\n" },
	{ NULL, NULL }
};

/* NULL where it is refused; *ret_error then says why. */
static struct ward_plan *
load(const char *shipped, const char *id, const char *config, int *ret_error,
    char *why, size_t size)
{
	char *tree = ward_tree_new(files);
	char *dir = ward_tree_path(tree, "plans");
	char *path = ward_tree_path(tree, CONF);
	const struct ward_plan_places places = { .shipped = shipped == NULL ?
		    dir :
		    shipped,
		.config = path };
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };

	ward_tree_put(tree, CONF, config, strlen(config));
	*ret_error = ward_plan_load(&places, id, &plan, &err);
	(void)snprintf(why, size, "%s", err.text);
	free(dir);
	free(path);
	ward_tree_remove(tree);
	return plan;
}

static struct ward_pair
pair_of(const char *shipped, const char *id, const char *config)
{
	char why[768];
	int r;
	struct ward_plan *plan = load(shipped, id, config, &r, why,
	    sizeof(why));

	if (plan == NULL) {
		fail_msg("%d: %s", r, why);
	}
	return ward_pair_new(plan);
}

static void
refuse(const char *shipped, const char *id, const char *config, int code,
    const char *says)
{
	char why[768];
	int r;

	assert_null(load(shipped, id, config, &r, why, sizeof(why)));
	if (r != code || strstr(why, says) == NULL) {
		fail_msg("%d: '%s', not %d: '%s'", r, why, code, says);
	}
}

#define LOCKOUT "[login.lockout]\n"
#define PACKS "[acctward]\npacks = "

static void
test_plan_lockout__several_documents(void **state)
{
	static const struct {
		const char *id, *config;
		uint32_t attempts, seconds;
	} cases[] = {
		{ "A", "", 0, 0 },
		{ "B", "", 0, 0 },
		/* Each of the two numbers from wherever it is strictest. */
		{ "A", PACKS "hard\n", 4, 900 },
		{ "A", PACKS "soft\n", 3, 1800 },
		{ "A", PACKS "soft hard\n", 3, 1800 },
		{ "B", PACKS "hard\n", 5, 900 },
		{ "B", PACKS "soft\n", 3, 1800 },
		{ "B", PACKS "glass\n", 0, 0 },
		/* A reference decides nothing. */
		{ "B", PACKS "ref\n", 0, 0 },
		{ "B", PACKS "ref hard\n", 5, 900 },
		/* An agency's settings where only a pack gives the rule. */
		{ "B", PACKS "hard\n" LOCKOUT "attempts = 3\n", 3, 900 },
		{ "B", PACKS "hard\n" LOCKOUT "seconds = 3600\n", 5, 3600 },
		{ "B", PACKS "soft\n" LOCKOUT "attempts = 2\n", 2, 1800 },
		{ "B", PACKS "glass\n" LOCKOUT "seconds = 900\n", 5, 900 },
		/* And where nobody does. */
		{ "B", LOCKOUT "attempts = 5\nseconds = 900\n", 5, 900 },
		{ "A", LOCKOUT "seconds = 600\n", 4, 600 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_pair pair = pair_of(NULL, cases[i].id,
		    cases[i].config);

		expect_lockout(pair.loaded, WARD_CLASS_PERSON,
		    cases[i].attempts, cases[i].seconds);
		expect_lockout(pair.read, WARD_CLASS_PERSON, cases[i].attempts,
		    cases[i].seconds);
		ward_pair_free(&pair);
	}
}

static void
test_plan_lockout__agency_loosens_nothing(void **state)
{
	(void)state;
	refuse(NULL, "B", PACKS "hard\n" LOCKOUT "attempts = 6\n",
	    WARD_ERR_LOOSER, CONF ":4");
	refuse(NULL, "B", PACKS "hard\n" LOCKOUT "seconds = 899\n",
	    WARD_ERR_LOOSER, CONF ":4");
	refuse(NULL, "A", LOCKOUT "attempts = 5\n", WARD_ERR_LOOSER, CONF ":2");
}

/* Neither EPA nor P-ZX asks for a lockout; the pack does, after five failures
 * and for 900 seconds. */
static void
test_plan_lockout__shipped_plans(void **state)
{
	static const char shipped[] = "policy/plans";
	static const char own[] = LOCKOUT "attempts = 5\nseconds = 900\n"
					  "break_glass = chen01\n";
	struct ward_pair pair = pair_of(shipped, "P-ZX", "");

	(void)state;
	expect_lockout(pair.read, WARD_CLASS_PERSON, 0, 0);
	assert_false(ward_plan_enables(pair.read, WARD_RULE_LOGIN_LOCKOUT,
	    WARD_CLASS_PERSON));
	ward_pair_free(&pair);
	pair = pair_of(shipped, "P-ZX", own);
	expect_lockout(pair.read, WARD_CLASS_PERSON, 5, 900);
	assert_true(ward_plan_breaks_glass(pair.read, "chen01"));
	assert_int_equal(ward_plan_strength(pair.read, WARD_RULE_LOGIN_LOCKOUT,
			     WARD_CLASS_PERSON),
	    WARD_SHALL);
	assert_int_equal(ward_binding_asker(ward_plan_binding(pair.read, 0),
			     WARD_RULE_LOGIN_LOCKOUT, WARD_CLASS_PERSON),
	    WARD_ASKED_BY_AGENCY);
	ward_pair_free(&pair);
	pair = pair_of(shipped, "EPA",
	    PACKS "tw-baseline-110-high\n" LOCKOUT "attempts = 3\n");
	expect_lockout(pair.read, WARD_CLASS_PRIVILEGED, 3, 900);
	ward_pair_free(&pair);
	refuse(shipped, "EPA",
	    PACKS "tw-baseline-110-high\n" LOCKOUT "attempts = 6\n",
	    WARD_ERR_LOOSER, CONF ":4");
}

/* ---- who stays let in ------------------------------------------------------ */

static void
expect_glass(const struct ward_pair *pair, const char *name, bool is)
{
	assert_int_equal(ward_plan_breaks_glass(pair->loaded, name), is);
	assert_int_equal(ward_plan_breaks_glass(pair->read, name), is);
}

static void
test_plan_breaks_glass__names(void **state)
{
	struct ward_pair pair = ward_pair_new(
	    ward_judge_plan("[login.lockout]\nattempts = 5\nseconds = 900\n"
			    "break_glass = lin02 chen01\nclause = 1\n"));

	(void)state;
	expect_glass(&pair, "chen01", true);
	expect_glass(&pair, "lin02", true);
	expect_glass(&pair, "chen0", false);
	expect_glass(&pair, "chen011", false);
	expect_glass(&pair, "chen01 lin02", false);
	expect_glass(&pair, "", false);
	ward_pair_free(&pair);
	pair = ward_pair_new(
	    ward_judge_plan("[login.lockout]\nattempts = 5\nclause = 1\n"));
	expect_glass(&pair, "chen01", false);
	/* root is let in without being named: that is the door's. */
	expect_glass(&pair, "root", false);
	ward_pair_free(&pair);
}

static void
test_plan_breaks_glass__any_class(void **state)
{
	struct ward_pair pair = ward_pair_new(ward_judge_plan(
	    "[login.lockout]\nattempts = 5\nseconds = 900\nclause = 1\n"
	    "[login.lockout privileged]\nbreak_glass = chen01\nclause = 2\n"));

	(void)state;
	expect_glass(&pair, "chen01", true);
	expect_glass(&pair, "lin02", false);
	ward_pair_free(&pair);
}

static void
test_plan_breaks_glass__several_documents(void **state)
{
	static const char name[] = LOCKOUT "break_glass = lin02\n";
	struct ward_pair pair = pair_of(NULL, "A", PACKS "soft ref\n");

	(void)state;
	expect_glass(&pair, "soft01", true);
	expect_glass(&pair, "ref01", false);
	ward_pair_free(&pair);
	/* The agency names them where no document does. */
	pair = pair_of(NULL, "A", name);
	expect_glass(&pair, "lin02", true);
	ward_pair_free(&pair);
	pair = pair_of(NULL, "B", name);
	expect_glass(&pair, "lin02", true);
	expect_lockout(pair.read, WARD_CLASS_PERSON, 0, 0);
	ward_pair_free(&pair);
	pair = pair_of(NULL, "B",
	    "[acctward]\npacks = hard\n[login.lockout]\nbreak_glass = lin02\n");
	expect_glass(&pair, "lin02", true);
	expect_lockout(pair.read, WARD_CLASS_PERSON, 5, 900);
	ward_pair_free(&pair);
	refuse(NULL, "B", PACKS "glass\n" LOCKOUT "break_glass = lin02\n",
	    WARD_ERR_LOOSER, CONF ":4");
}

/* Who may still try is no number by which the rule could be judged. */
static void
test_break_glass__is_no_number(void **state)
{
	static const char *const lines[] = {
		"[login.lockout]\nclause = 1\n",
		"[login.lockout]\nbreak_glass = chen01\nclause = 1\n",
		"[login.lockout]\nattempts = 5\nclause = 1\n",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(lines); i++) {
		struct ward_account account = ward_judge_account();
		struct ward_judged judged;

		ward_judge_by(lines[i], &account, &judged);
		assert_int_equal(judged.summary.rules[WARD_RULE_LOGIN_LOCKOUT]
				     .unset,
		    i < 2);
	}
}

/* ---- when a change can be asked for ---------------------------------------- */

/* check_shadow_expiry() of linux-pam refuses what is younger than the minimum
 * age, unless it is to be changed by other dates. */
static void
test_account_change_day__cases(void **state)
{
	static const struct {
		int64_t changed, least, most, day; /* -1: not known */
	} cases[] = {
		{ TODAY, 1, 90, TODAY + 1 },
		{ TODAY, 0, 90, 0 },
		{ TODAY, -1, 90, 0 },
		{ -1, 1, 90, 0 },
		{ TODAY - 1, 1, 90, 0 },
		{ TODAY - 1, 2, -1, TODAY + 1 },
		{ 0, 1, 90, 0 },
		{ 0, 99999, -1, 0 },
		{ TODAY + 1, 5, 90, 0 },
		{ TODAY - 91, 100, 90, 0 },
		{ TODAY - 90, 100, 90, TODAY + 10 },
		{ TODAY, INT64_MAX, -1, TODAY + 999999 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct ward_account account = {
			.changed = { cases[i].changed >= 0, cases[i].changed },
			.min_age = { cases[i].least >= 0, cases[i].least },
			.max_age = { cases[i].most >= 0, cases[i].most },
		};

		assert_int_equal(ward_account_change_day(&account, TODAY),
		    cases[i].day);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_finding_act__rows),
		cmocka_unit_test(test_finding_act__classes),
		cmocka_unit_test(test_finding_act__strengths),
		cmocka_unit_test(test_rule_binds__as_findings_act),
		cmocka_unit_test(test_rule_binds__without_findings),
		cmocka_unit_test(test_finding_act__judged),
		cmocka_unit_test(test_finding_act__unknown),
		cmocka_unit_test(test_account_change_day__cases),
		cmocka_unit_test(test_plan_lockout__cases),
		cmocka_unit_test(test_plan_lockout__of_a_class),
		cmocka_unit_test(test_plan_lockout__several_documents),
		cmocka_unit_test(test_plan_lockout__agency_loosens_nothing),
		cmocka_unit_test(test_plan_lockout__shipped_plans),
		cmocka_unit_test(test_plan_breaks_glass__names),
		cmocka_unit_test(test_plan_breaks_glass__any_class),
		cmocka_unit_test(test_plan_breaks_glass__several_documents),
		cmocka_unit_test(test_break_glass__is_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
