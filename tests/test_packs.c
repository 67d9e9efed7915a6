/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packs and references beside a plan: the stricter of two that bind holds and
 * both are cited; what only should be is a warning; a reference decides
 * nothing; an agency can't loosen a pack either.
 */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#define HEAD(id, lines) \
	"[plan]\nid = " id "\ntitle = Title of " id "\nagency = a\n" lines
#define CONF "etc/acctward.conf"

struct site {
	char *tree, *shipped, *config;
	struct ward_error err;
	struct ward_plan *plan;
};

/* The plan is silent on lockout; the packs say 90 days, five attempts, and
 * what a higher level adds; the reference asks for 60 days and twelve. */
static const struct ward_tree_file files[] = {
	{ "shipped/A.conf",
	    HEAD("A",
		"") "[password.max_age]\ndays = 180\nclause = 1.1\n"
		    "[password.min_length]\nmin = 8\nclause = 1.2\n"
		    "[password.hash]\nallow = bcrypt sha512crypt yescrypt\n"
		    "clause = 1.3\n"
		    "[account.dormant]\nclause = 1.4\n"
		    "[obligation.review]\nevery = year\nclause = 1.5\n" },
	{ "shipped/low.conf",
	    HEAD("low",
		"kind = pack\n") "[password.max_age]\ndays = 90\nclause = L1\n"
				 "[login.lockout]\nattempts = 5\nclause = L2\n"
				 "[obligation.review]\nclause = L3\n" },
	{ "shipped/high.conf",
	    HEAD("high",
		"kind = pack\nextends = low\n") "[login.lockout]\n"
						"attempts = 3\nclause = H1\n"
						"[obligation.keys]\n"
						"clause = H2\n" },
	{ "shipped/hash.conf",
	    HEAD("hash",
		"kind = pack\n") "[password.hash]\nallow = gost-yescrypt yescrypt"
				 "\nclause = S1\n" },
	{ "shipped/other.conf",
	    HEAD("other",
		"kind = pack\n") "[password.hash]\nallow = scrypt\nclause = "
				 "O1\n" },
	{ "shipped/soft.conf",
	    HEAD("soft", "kind = pack\n") "[password.max_age]\ndays = 100\n"
					  "strength = should\nclause = F1\n" },
	{ "shipped/open.conf",
	    HEAD("open",
		"kind = pack\n") "[login.failures]\nstrength = should\n"
				 "clause = P1\n" },
	{ "shipped/lax.conf",
	    HEAD("lax", "kind = pack\n") "[account.dormant]\ndays = 90\n"
					 "strength = should\nclause = X1\n" },
	{ "shipped/group.conf",
	    HEAD("group", "kind = pack\n") "[class.privileged]\ngroups = ops\n"
					   "clause = G1\n[password.history]\n"
					   "older = 9\nclause = G2\n"
					   "origin = built-in\n" },
	{ "shipped/ref2.conf",
	    HEAD("ref2", "kind = reference\n") "[password.max_age]\ndays = 90\n"
					       "clause = Q1\n" },
	{ "shipped/ref.conf",
	    HEAD("ref",
		"kind = reference\n") "[password.max_age]\ndays = 60\n"
				      "clause = R1\n[password.min_age]\ndays = 1\n"
				      "clause = R2\n[obligation.far]\nclause = "
				      "R3\n" },
	{ NULL, NULL }
};

static int
setup(void **state)
{
	struct site *site = calloc(1, sizeof(*site));

	assert_non_null(site);
	site->tree = ward_tree_new(files);
	site->shipped = ward_tree_path(site->tree, "shipped");
	site->config = ward_tree_path(site->tree, CONF);
	*state = site;
	return 0;
}

static int
teardown(void **state)
{
	struct site *site = *state;

	ward_plan_free(site->plan);
	ward_tree_remove(site->tree);
	free(site->shipped);
	free(site->config);
	free(site);
	return 0;
}

static int
try_load(struct site *site, const char *id, const char *config)
{
	const struct ward_plan_places places = { .shipped = site->shipped,
		.config = site->config };

	ward_tree_put(site->tree, CONF, config, strlen(config));
	ward_plan_free(site->plan);
	site->plan = NULL;
	site->err.text[0] = '\0';
	return ward_plan_load(&places, id, &site->plan, &site->err);
}

static void
load(struct site *site, const char *config)
{
	if (try_load(site, "A", config) != 0) {
		fail_msg("%s", site->err.text);
	}
}

static void
refuse(struct site *site, const char *id, const char *config, int code,
    const char *says)
{
	int r = try_load(site, id, config);

	if (r != code || strstr(site->err.text, says) == NULL) {
		fail_msg("%d '%s', not %d '%s'", r, site->err.text, code, says);
	}
	assert_null(site->plan);
}

static uint32_t
number(const struct site *site, enum ward_setting_id setting)
{
	uint32_t value = 0;

	assert_true(
	    ward_plan_number(site->plan, setting, WARD_CLASS_PERSON, &value));
	return value;
}

/* "A 1.1; low L1" */
static const char *
cited(const struct site *site, enum ward_strength strength,
    enum ward_rule_id rule)
{
	static char text[256];
	struct ward_citations
	    citations = ward_binding_citations(ward_plan_binding(site->plan,
						   strength),
		rule, WARD_CLASS_PERSON);
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < citations.count; i++) {
		used += (size_t)snprintf(text + used, sizeof(text) - used,
		    "%s%s %s", i == 0 ? "" : "; ", citations.list[i].plan,
		    citations.list[i].clauses);
	}
	return text;
}

static void
test_packs__stricter_holds_and_both_are_cited(void **state)
{
	struct site *site = *state;

	load(site, "[acctward]\npacks = low\n");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 90);
	assert_string_equal(cited(site, WARD_SHALL, WARD_RULE_PASSWORD_MAX_AGE),
	    "A 1.1; low L1");
	/* What one of them asks for alone. */
	assert_int_equal(number(site, WARD_SET_PASSWORD_MIN_LENGTH_MIN), 8);
	assert_string_equal(cited(site, WARD_SHALL,
				WARD_RULE_PASSWORD_MIN_LENGTH),
	    "A 1.2");
	assert_int_equal(number(site, WARD_SET_LOGIN_LOCKOUT_ATTEMPTS), 5);
	assert_string_equal(cited(site, WARD_SHALL, WARD_RULE_LOGIN_LOCKOUT),
	    "low L2");
	assert_false(ward_plan_is_agency(site->plan,
	    WARD_SET_PASSWORD_MAX_AGE_DAYS, WARD_CLASS_PERSON));
	assert_null(ward_plan_pack(site->plan, 1));
	/* Without it the plan is as before. */
	load(site, "");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 180);
	assert_false(ward_plan_enables(site->plan, WARD_RULE_LOGIN_LOCKOUT,
	    WARD_CLASS_PERSON));
}

static void
test_packs__a_higher_one_brings_the_lower(void **state)
{
	struct site *site = *state;

	load(site, "[acctward]\npacks = high\n");
	assert_int_equal(number(site, WARD_SET_LOGIN_LOCKOUT_ATTEMPTS), 3);
	assert_string_equal(cited(site, WARD_SHALL, WARD_RULE_LOGIN_LOCKOUT),
	    "high H1; low L2");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 90);
	/* Each duty once, in the order of the documents. */
	assert_string_equal(ward_plan_obligation(site->plan, 0), "review");
	assert_string_equal(ward_plan_obligation(site->plan, 1), "keys");
	assert_null(ward_plan_obligation(site->plan, 2));
	/* Named twice, or by its heir as well, it is one. */
	load(site, "[acctward]\npacks = low high low\n");
	assert_non_null(ward_plan_pack(site->plan, 1));
	assert_null(ward_plan_pack(site->plan, 2));
	/* A pack judges alone, too. */
	assert_int_equal(try_load(site, "high", ""), 0);
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 90);
}

static void
test_packs__hashes_that_both_allow(void **state)
{
	struct site *site = *state;

	load(site, "[acctward]\npacks = hash\n");
	assert_string_equal(ward_plan_text(site->plan,
				WARD_SET_PASSWORD_HASH_ALLOW,
				WARD_CLASS_PERSON),
	    "yescrypt");
	refuse(site, "A", "[acctward]\npacks = other\n", WARD_ERR_RANGE,
	    "other.conf:7: [password.hash] allow");
}

static struct ward_judged
judge(const struct site *site, int64_t age)
{
	struct ward_account account = ward_judge_account();
	struct ward_judged judged;

	account.changed = ward_known(WARD_JUDGE_DAY - age);
	account.max_age = ward_known(30);
	account.min_age = ward_known(0);
	ward_judge(site->plan, &account, &judged);
	return judged;
}

/* A warning of the document that shall be kept hides no stricter one. */
static void
test_packs__a_warning_hides_nothing(void **state)
{
	struct ward_account account = ward_judge_account();
	struct site *site = *state;
	struct ward_judged judged;

	load(site, "[acctward]\npacks = soft ref\n");
	account.changed = ward_known(WARD_JUDGE_DAY - 101);
	account.max_age = ward_known(99999);
	ward_judge(site->plan, &account, &judged);
	assert_int_equal(judged.summary.fail, 0);
	assert_int_equal(judged.summary.warn, 2);
	assert_int_equal(judged.list[0].reason, WARD_REASON_MAX_AGE_UNBOUND);
	assert_string_equal(judged.list[0].required, "180");
	assert_int_equal(judged.list[1].reason, WARD_REASON_MAX_AGE_OLD);
	assert_string_equal(judged.list[1].required, "100");
	assert_int_equal(judged.summary.rules[WARD_RULE_PASSWORD_MAX_AGE]
			     .reference,
	    0);
}

/* Each reference speaks for itself: what one allows another may not. */
static void
test_packs__references_do_not_meet(void **state)
{
	struct site *site = *state;
	struct ward_judged judged;

	load(site, "[acctward]\npacks = ref ref2\n");
	judged = judge(site, 91);
	assert_int_equal(judged.summary.fail + judged.summary.warn, 0);
	assert_int_equal(judged.summary.reference, 3);
	assert_string_equal(judged.list[1].clauses, "R1");
	assert_string_equal(judged.list[2].clauses, "Q1");
	assert_string_equal(judged.list[2].required, "90");
}

/* What the agency sets for a rule of a pack has the pack's strength and
 * clause; a rule of its own has the strength that it gives. */
static void
test_packs__agency_sets_what_a_pack_leaves_open(void **state)
{
	struct site *site = *state;

	load(site, "[acctward]\npacks = open\n[login.failures]\nmax = 5\n");
	assert_int_equal(ward_plan_strength(site->plan,
			     WARD_RULE_LOGIN_FAILURES, WARD_CLASS_PERSON),
	    WARD_SHOULD);
	assert_string_equal(cited(site, WARD_SHOULD, WARD_RULE_LOGIN_FAILURES),
	    "open P1");
	assert_true(ward_plan_is_agency(site->plan, WARD_SET_LOGIN_FAILURES_MAX,
	    WARD_CLASS_PERSON));
	load(site, "[login.failures]\nmax = 5\nstrength = should\n");
	assert_int_equal(ward_plan_strength(site->plan,
			     WARD_RULE_LOGIN_FAILURES, WARD_CLASS_PERSON),
	    WARD_SHOULD);
	load(site, "[login.failures]\nmax = 5\n");
	assert_int_equal(ward_plan_strength(site->plan,
			     WARD_RULE_LOGIN_FAILURES, WARD_CLASS_PERSON),
	    WARD_SHALL);
}

/* Who is privileged for one is for all; and where a section says that it comes
 * from matters nothing, where it has a clause. */
static void
test_packs__groups_of_each_count(void **state)
{
	struct site *site = *state;
	const char *groups;

	load(site,
	    "[acctward]\npacks = group\n"
	    "[class.privileged]\ngroups = helpers\n");
	groups = ward_plan_root_groups(site->plan);
	assert_true(ward_words_have(groups, "ops", 3));
	assert_true(ward_words_have(groups, "helpers", 7));
	assert_true(ward_words_have(groups, "docker", 6));
	assert_int_equal(number(site, WARD_SET_PASSWORD_HISTORY_OLDER), 9);
	refuse(site, "A", "[class.privileged]\nstrength = should\n",
	    WARD_ERR_SYNTAX, "no strength");
}

/* A document that binds and gives no number is not judged, though another's
 * number is there. */
static void
test_packs__no_number_is_told_beside_another(void **state)
{
	struct site *site = *state;
	struct ward_judged judged;
	const struct ward_rule_count
	    *dormant = &judged.summary.rules[WARD_RULE_ACCOUNT_DORMANT];

	load(site, "[acctward]\npacks = lax\n");
	judged = judge(site, 1);
	assert_true(dormant->unset);
	assert_true(dormant->verdicts[WARD_PASS] > 0);
}

/* What should be is stricter than what shall be: a warning in between. */
static void
test_packs__should_beside_shall(void **state)
{
	struct site *site = *state;
	struct ward_judged judged;
	const struct ward_said *said;

	load(site, "[acctward]\npacks = soft\n");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 180);
	judged = judge(site, 100);
	assert_int_equal(judged.summary.warn + judged.summary.fail, 0);
	judged = judge(site, 101);
	assert_int_equal(judged.summary.fail, 0);
	assert_int_equal(judged.summary.warn, 1);
	said = &judged.list[1];
	assert_int_equal(said->rule, WARD_RULE_PASSWORD_MAX_AGE);
	assert_int_equal(said->strength, WARD_SHOULD);
	assert_string_equal(said->required, "100");
	assert_string_equal(said->clauses, "F1");
	judged = judge(site, 181);
	assert_int_equal(judged.summary.fail, 1);
	assert_int_equal(judged.summary.warn, 0);
	said = ward_judged_rule(&judged, WARD_RULE_PASSWORD_MAX_AGE);
	assert_string_equal(said->clauses, "1.1");
}

static void
test_packs__reference_decides_nothing(void **state)
{
	struct site *site = *state;
	struct ward_judged judged;

	load(site, "[acctward]\npacks = ref\n");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 180);
	assert_string_equal(cited(site, WARD_SHALL, WARD_RULE_PASSWORD_MAX_AGE),
	    "A 1.1");
	assert_false(ward_plan_enables(site->plan, WARD_RULE_PASSWORD_MIN_AGE,
	    WARD_CLASS_PERSON));
	assert_string_equal(ward_plan_obligation(site->plan, 0), "review");
	assert_null(ward_plan_obligation(site->plan, 1));

	/* Both pass: one verdict, that of the plan. */
	judged = judge(site, 60);
	(void)ward_judged_rule(&judged, WARD_RULE_PASSWORD_MAX_AGE);
	/* Only the reference is broken. */
	judged = judge(site, 61);
	assert_int_equal(judged.summary.fail + judged.summary.warn, 0);
	assert_int_equal(judged.summary.verdict, WARD_PASS);
	assert_int_equal(judged.summary.reference, 2);
	assert_int_equal(judged.list[1].strength, WARD_REFERENCE);
	assert_string_equal(judged.list[1].required, "60");
	assert_string_equal(judged.list[1].clauses, "R1");
	assert_int_equal(judged.list[2].rule, WARD_RULE_PASSWORD_MIN_AGE);
	assert_int_equal(judged.list[2].strength, WARD_REFERENCE);
	assert_int_equal(judged.summary.rules[WARD_RULE_PASSWORD_MIN_AGE]
			     .verdicts[WARD_FAIL],
	    0);
	/* What the plan refuses, the reference needn't. */
	judged = judge(site, 181);
	assert_int_equal(judged.summary.fail, 1);
	assert_int_equal(judged.summary.rules[WARD_RULE_PASSWORD_MAX_AGE]
			     .reference,
	    0);
}

/* The number that the document leaves open comes from a pack, not the agency. */
static void
test_packs__agency_settings_may_only_tighten(void **state)
{
	struct site *site = *state;

	load(site,
	    "[acctward]\npacks = low\n[password.max_age]\ndays = 80\n"
	    "[account.dormant]\ndays = 90\n");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 80);
	assert_true(ward_plan_is_agency(site->plan,
	    WARD_SET_ACCOUNT_DORMANT_DAYS, WARD_CLASS_PERSON));
	/* Stricter than the plan, looser than the pack. */
	refuse(site, "A",
	    "[acctward]\npacks = low\n[password.max_age]\ndays = 91\n",
	    WARD_ERR_LOOSER, CONF ":4: ");
	assert_non_null(strstr(site->err.text, "low.conf:7"));
	refuse(site, "A",
	    "[acctward]\npacks = high\n[login.lockout]\nattempts = 5\n",
	    WARD_ERR_LOOSER, "high.conf:8");
	/* A reference is no bar. */
	load(site, "[acctward]\npacks = ref\n[password.max_age]\ndays = 91\n");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS), 91);
}

static void
test_packs__what_can_be_named(void **state)
{
	struct ward_evaluation *evaluation = NULL;
	struct site *site = *state;

	refuse(site, "A", "[acctward]\npacks = none\n", WARD_ERR_MISSING,
	    CONF ":2: ");
	refuse(site, "A", "[acctward]\npacks = low B/../A\n", WARD_ERR_MISSING,
	    "'B/../A'");
	refuse(site, "high", "[acctward]\npacks = A\n", WARD_ERR_SYNTAX,
	    "no pack");
	refuse(site, "A", "[acctward]\npacks =\n", WARD_ERR_SYNTAX, "packs");
	refuse(site, "A", "[acctward]\npacks = low\npacks = high\n",
	    WARD_ERR_SYNTAX, "twice");
	/* A reference can be looked at, and judges nobody. */
	assert_int_equal(try_load(site, "ref", ""), 0);
	assert_int_equal(ward_evaluation_new(site->plan, &ward_judge_host,
			     ward_judge_sink, NULL, &evaluation),
	    WARD_ERR_MISSING);
	assert_null(evaluation);
	ward_tree_put(site->tree, "shipped/low.conf", "[plan]\nid = low\n", 16);
	refuse(site, "A", "[acctward]\npacks = high\n", WARD_ERR_SYNTAX,
	    "high.conf:6: ");
	assert_non_null(strstr(site->err.text, "low.conf"));
}

int
main(void)
{
#define SITE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		SITE(test_packs__stricter_holds_and_both_are_cited),
		SITE(test_packs__a_higher_one_brings_the_lower),
		SITE(test_packs__hashes_that_both_allow),
		SITE(test_packs__should_beside_shall),
		SITE(test_packs__a_warning_hides_nothing),
		SITE(test_packs__references_do_not_meet),
		SITE(test_packs__agency_sets_what_a_pack_leaves_open),
		SITE(test_packs__no_number_is_told_beside_another),
		SITE(test_packs__groups_of_each_count),
		SITE(test_packs__reference_decides_nothing),
		SITE(test_packs__agency_settings_may_only_tighten),
		SITE(test_packs__what_can_be_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
