/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Plans from files, and the agency's settings over them: which plan is chosen,
 * what may be tightened, what is refused, and whose files are trusted.
 */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLAN(id) "[plan]\nid = " id "\ntitle = Title of " id "\nagency = a\n"
#define CONF "etc/acctward.conf"

struct site {
	char *tree, *shipped, *local, *config, *config_dir;
	struct ward_plan_places places;
	struct ward_error err;
	struct ward_plan *plan;
};

static int
setup(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "shipped/A.conf",
		    PLAN(
			"A") "[password.max_age]\ndays = 90\n"
			     "clause = 1.1\n[account.dormant]\nclause = 1.2\n" },
		{ "shipped/B.conf", PLAN("B") },
		{ "local/OWN.conf", PLAN("OWN") }, { NULL, NULL }
	};
	struct site *site = calloc(1, sizeof(*site));

	assert_non_null(site);
	site->tree = ward_tree_new(files);
	site->shipped = ward_tree_path(site->tree, "shipped");
	site->local = ward_tree_path(site->tree, "local");
	site->config = ward_tree_path(site->tree, CONF);
	site->config_dir = ward_tree_path(site->tree, "etc/acctward.conf.d");
	site->places = (struct ward_plan_places){ site->shipped, site->local,
		site->config, site->config_dir };
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
	free(site->local);
	free(site->config);
	free(site->config_dir);
	free(site);
	return 0;
}

static void
put(struct site *site, const char *path, const char *text)
{
	ward_tree_put(site->tree, path, text, strlen(text));
}

static void
load(struct site *site, const char *id)
{
	ward_plan_free(site->plan);
	site->plan = NULL;
	if (ward_plan_load(&site->places, id, &site->plan, &site->err) != 0) {
		fail_msg("%s", site->err.text);
	}
}

static void
refuse(struct site *site, const char *id, int code, const char *says)
{
	size_t fds = ward_open_fds();
	int r;

	ward_plan_free(site->plan);
	site->plan = NULL;
	site->err.text[0] = '\0';
	r = ward_plan_load(&site->places, id, &site->plan, &site->err);
	if (r != code || strstr(site->err.text, says) == NULL) {
		fail_msg("%d '%s', not %d '%s'", r, site->err.text, code, says);
	}
	assert_null(site->plan);
	assert_int_equal(ward_open_fds(), fds);
}

/* The error begins with "TREE/path:line: ". */
static void
refuse_at(struct site *site, const char *id, int code, const char *path,
    unsigned int line)
{
	char *begin = NULL;

	assert_true(asprintf(&begin, "%s/%s:%u: ", site->tree, path, line) > 0);
	refuse(site, id, code, begin);
	assert_int_equal(strncmp(site->err.text, begin, strlen(begin)), 0);
	free(begin);
}

static uint32_t
number(struct site *site, enum ward_setting_id setting, enum ward_class class)
{
	uint32_t value = 0;

	assert_true(ward_plan_number(site->plan, setting, class, &value));
	return value;
}

/* ---- which plan ------------------------------------------------------------ */

static void
test_plan_load__by_id(void **state)
{
	struct site *site = *state;

	load(site, "A");
	assert_string_equal(ward_plan_title(site->plan), "Title of A");
	load(site, "OWN");
	assert_string_equal(ward_plan_title(site->plan), "Title of OWN");
}

static void
test_plan_load__conf_chooses(void **state)
{
	struct site *site = *state;

	put(site, CONF, "[acctward]\nplan = B\n");
	load(site, NULL);
	assert_string_equal(ward_plan_id(site->plan), "B");
	/* --plan comes before it. */
	load(site, "A");
	assert_string_equal(ward_plan_id(site->plan), "A");
}

static void
test_plan_load__last_drop_in_chooses(void **state)
{
	struct site *site = *state;

	put(site, CONF, "[acctward]\nplan = B\n");
	put(site, "etc/acctward.conf.d/20-b.conf", "[acctward]\nplan = OWN\n");
	put(site, "etc/acctward.conf.d/10-z.conf", "[acctward]\nplan = A\n");
	load(site, NULL);
	assert_string_equal(ward_plan_id(site->plan), "OWN");
}

static void
test_plan_load__nothing_chosen(void **state)
{
	struct site *site = *state;

	refuse(site, NULL, WARD_ERR_NO_PLAN, "--plan");
	put(site, CONF, "[password.max_age]\ndays = 60\n");
	refuse(site, NULL, WARD_ERR_NO_PLAN, "--plan");
}

static void
test_plan_load__places_may_be_left_out(void **state)
{
	struct site *site = *state;

	site->places = (struct ward_plan_places){ .shipped = site->shipped };
	load(site, "A");
	refuse(site, "OWN", WARD_ERR_MISSING, "OWN");
	site->places = (struct ward_plan_places){ .local = site->local };
	load(site, "OWN");
	site->places = (struct ward_plan_places){ .shipped = NULL };
	refuse(site, "A", WARD_ERR_MISSING, "A");
	refuse(site, NULL, WARD_ERR_NO_PLAN, "plan");
}

static void
test_plan_load__refuses_ids_that_are_paths(void **state)
{
	static const char *const ids[] = { "../shipped/A", "..", ".", "/A",
		"./A", "A/", "A.conf/..", "", " A", "A ", "A\n", "*", "-A",
		".A", "_A", "\xe5\xb1\x8f" };
	struct site *site = *state;

	put(site, "x.conf", PLAN("x"));
	refuse(site, "../x", WARD_ERR_MISSING, "../x");
	for (size_t i = 0; i < LENGTH(ids); i++) {
		refuse(site, ids[i], WARD_ERR_MISSING, "");
	}
	put(site, CONF, "[acctward]\nplan = ../x\n");
	refuse(site, NULL, WARD_ERR_MISSING, "../x");
}

static void
test_plan_load__names_a_missing_plan(void **state)
{
	struct site *site = *state;

	refuse(site, "NONE", WARD_ERR_MISSING, "NONE");
	refuse(site, "a", WARD_ERR_MISSING, "'a'");
	put(site, CONF, "[acctward]\nplan = GONE\n");
	refuse(site, NULL, WARD_ERR_MISSING, "GONE");
}

static void
test_plan_load__refuses_an_id_in_both_places(void **state)
{
	struct site *site = *state;

	put(site, "local/A.conf", PLAN("A"));
	refuse(site, "A", WARD_ERR_UNSAFE, "A");
	/* Neither a broken nor an unsafe one gives way to the other. */
	put(site, "local/A.conf", "garbage\n");
	refuse_at(site, "A", WARD_ERR_SYNTAX, "local/A.conf", 1);
	put(site, "local/A.conf", PLAN("A"));
	ward_tree_chmod(site->tree, "local/A.conf", 0666);
	refuse(site, "A", WARD_ERR_UNSAFE, "local/A.conf");
	put(site, "local/A.conf", PLAN("A"));
	ward_tree_chmod(site->tree, "shipped/A.conf", 0666);
	refuse(site, "A", WARD_ERR_UNSAFE, "");
}

static void
test_plan_load__id_is_the_name_of_the_file(void **state)
{
	struct site *site = *state;

	put(site, "local/C.conf", PLAN("D"));
	refuse_at(site, "C", WARD_ERR_SYNTAX, "local/C.conf", 2);
	refuse(site, "D", WARD_ERR_MISSING, "D");
}

static void
test_plan_load__tells_where_a_plan_is_broken(void **state)
{
	struct site *site = *state;

	put(site, "local/C.conf",
	    PLAN("C") "[password.max_age]\ndays = 0\n"
		      "clause = 1\n");
	refuse_at(site, "C", WARD_ERR_RANGE, "local/C.conf", 6);
}

/* ---- the agency's settings ---------------------------------------------------- */

/* plan: as the document says; strict: what the agency may say, and what is
 * then in force; loose: what it may not (NULL: everything may be added). */
struct direction {
	const char *section;
	enum ward_setting_id setting;
	const char *key, *plan, *strict, *then, *loose;
};

#define ROW(section, rule, sym, key, plan, strict, then, loose) \
	{ \
		section, WARD_SET_##rule##_##sym, key, plan, strict, then, \
		    loose \
	}

/* acctward-plan(5): what is the stricter side of each. */
static const struct direction directions[] = {
	ROW("class.privileged", CLASS_PRIVILEGED, GROUPS, "groups",
	    "docker lxd", "wheel", "docker lxd wheel", NULL),
	ROW("password.min_length", PASSWORD_MIN_LENGTH, MIN, "min", "8", "9",
	    "9", "7"),
	ROW("password.min_classes", PASSWORD_MIN_CLASSES, MIN, "min", "3", "4",
	    "4", "2"),
	ROW("password.weak", PASSWORD_WEAK, WORDS, "words", "taoyuan",
	    "zhongli", "taoyuan zhongli", NULL),
	ROW("password.weak", PASSWORD_WEAK, MATCH, "match", "normalised",
	    "substring", "substring", "exact"),
	ROW("password.weak", PASSWORD_WEAK, BREACHED, "breached", "/srv/list",
	    "/srv/list", "/srv/list", "/srv/other"),
	ROW("password.change_at_first_login", PASSWORD_CHANGE_AT_FIRST_LOGIN,
	    TEMPORARY, "temporary", "exempt", "held", "held", NULL),
	ROW("password.history", PASSWORD_HISTORY, OLDER, "older", "3", "4", "4",
	    "2"),
	ROW("password.max_age", PASSWORD_MAX_AGE, DAYS, "days", "90", "89",
	    "89", "91"),
	ROW("password.max_age", PASSWORD_MAX_AGE, MONTHS, "months", "6", "5",
	    "5", "7"),
	ROW("password.min_age", PASSWORD_MIN_AGE, DAYS, "days", "2", "3", "3",
	    "1"),
	ROW("password.expiry_warning", PASSWORD_EXPIRY_WARNING, DAYS, "days",
	    "14", "15", "15", "13"),
	ROW("password.hash", PASSWORD_HASH, ALLOW, "allow",
	    "sha512crypt yescrypt", "yescrypt", "yescrypt",
	    "bcrypt sha512crypt yescrypt"),
	ROW("password.hash", PASSWORD_HASH, SHA_ROUNDS, "sha_rounds", "5000",
	    "5001", "5001", "4999"),
	ROW("password.hash", PASSWORD_HASH, BCRYPT_COST, "bcrypt_cost", "10",
	    "11", "11", "9"),
	ROW("password.hash", PASSWORD_HASH, YESCRYPT_COST, "yescrypt_cost", "5",
	    "6", "6", "4"),
	ROW("login.lockout", LOGIN_LOCKOUT, ATTEMPTS, "attempts", "5", "4", "4",
	    "6"),
	/* 15 minutes twice, in opposite directions. */
	ROW("login.lockout", LOGIN_LOCKOUT, SECONDS, "seconds", "900", "901",
	    "901", "899"),
	ROW("login.lockout", LOGIN_LOCKOUT, BREAK_GLASS, "break_glass",
	    "chen01", "chen01", "chen01", "chen01 lin02"),
	ROW("login.failures", LOGIN_FAILURES, MAX, "max", "20", "19", "19",
	    "21"),
	ROW("session.idle_lock", SESSION_IDLE_LOCK, SECONDS, "seconds", "900",
	    "899", "899", "901"),
	ROW("account.not_shared", ACCOUNT_NOT_SHARED, WORDS, "words", "guest",
	    "team", "guest team", NULL),
	ROW("account.dormant", ACCOUNT_DORMANT, DAYS, "days", "90", "89", "89",
	    "91"),
	ROW("account.neutral_name", ACCOUNT_NEUTRAL_NAME, WORDS, "words",
	    "root", "boss", "boss root", NULL),
	ROW("account.review", ACCOUNT_REVIEW, EVERY, "every", "half-year",
	    "quarter", "quarter", "year"),
	ROW("privileged.review", PRIVILEGED_REVIEW, EVERY, "every", "quarter",
	    "month", "month", "half-year"),
	ROW("log.retention", LOG_RETENTION, DAYS, "days", "184", "185", "185",
	    "183"),
	ROW("log.backup", LOG_BACKUP, EVERY, "every", "day", "at-once",
	    "at-once", "week"),
	ROW("log.review", LOG_REVIEW, EVERY, "every", "month", "week", "week",
	    "quarter"),
	ROW("directory.review", DIRECTORY_REVIEW, EVERY, "every", "2-years",
	    "year", "year", NULL),
	ROW("obligation.a", OBLIGATION, EVERY, "every", "year", "half-year",
	    "half-year", "2-years"),
	ROW("obligation.a", OBLIGATION, BEFORE, "before", "11-01", "10-31",
	    "10-31", "11-02"),
	ROW("obligation.a", OBLIGATION, TITLE, "title", "The duty", "The duty",
	    "The duty", "A duty"),
};

static void
put_direction(struct site *site, const struct direction *d, const char *value)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
	    PLAN("C") "[%s]\n%s = %s\n"
		      "clause = 1\n",
	    d->section, d->key, d->plan);
	put(site, "local/C.conf", text);
	(void)snprintf(text, sizeof(text),
	    "# the agency's own\n[%s]\n%s = %s\n", d->section, d->key, value);
	put(site, CONF, text);
}

static void
test_plan_load__every_setting_has_its_direction(void **state)
{
	(void)state;
	for (size_t id = 0; id < WARD_SETTING_COUNT; id++) {
		bool found = false;

		for (size_t i = 0; i < LENGTH(directions); i++) {
			found |= directions[i].setting == id;
		}
		/* acctward.conf has no such section. */
		found |= ward_settings[id].rule == WARD_RULE_OUT_OF_SCOPE;
		if (!found) {
			fail_msg("no case for %s of %s", ward_settings[id].key,
			    ward_rules[ward_settings[id].rule].id);
		}
	}
}

static void
expect_dumped(struct site *site, const char *key, const char *value)
{
	char *text = NULL, *want = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	assert_non_null(stream);
	assert_int_equal(ward_plan_dump(site->plan, stream), 0);
	assert_int_equal(fclose(stream), 0);
	assert_true(asprintf(&want, "\n%s = %s\n", key, value) > 0);
	if (strstr(text, want) == NULL) {
		fail_msg("no '%s = %s' in: %s", key, value, text);
	}
	free(want);
	free(text);
}

static void
test_plan_load__tightens(void **state)
{
	struct site *site = *state;

	for (size_t i = 0; i < LENGTH(directions); i++) {
		const struct direction *d = &directions[i];

		put_direction(site, d, d->strict);
		load(site, "C");
		expect_dumped(site, d->key, d->then);
		if (ward_settings[d->setting].rule != WARD_RULE_OBLIGATION) {
			assert_string_equal(ward_plan_text(site->plan,
						d->setting, WARD_CLASS_PERSON),
			    d->then);
			assert_true(ward_plan_is_agency(site->plan, d->setting,
			    WARD_CLASS_PERSON));
		}
		/* The same value again is not looser. */
		put_direction(site, d, d->plan);
		load(site, "C");
		expect_dumped(site, d->key, d->plan);
	}
}

static void
test_plan_load__refuses_to_loosen(void **state)
{
	struct site *site = *state;

	for (size_t i = 0; i < LENGTH(directions); i++) {
		const struct direction *d = &directions[i];
		char *place = NULL;

		if (d->loose == NULL) {
			continue;
		}
		put_direction(site, d, d->loose);
		refuse_at(site, "C", WARD_ERR_LOOSER, CONF, 3);
		/* "with the place in the plan that it would loosen" */
		assert_true(asprintf(&place, "%s/C.conf:6", site->local) > 0);
		assert_non_null(strstr(site->err.text, place));
		free(place);
	}
}

static void
test_plan_load__strength_may_only_rise(void **state)
{
	struct site *site = *state;

	put(site, "local/C.conf",
	    PLAN(
		"C") "[password.required]\n"
		     "strength = should\nclause = 1\n[password.max_age]\ndays = 90\n"
		     "clause = 2\n");
	put(site, CONF, "[password.required]\nstrength = shall\n");
	load(site, "C");
	assert_int_equal(ward_plan_strength(site->plan,
			     WARD_RULE_PASSWORD_REQUIRED, WARD_CLASS_PERSON),
	    WARD_SHALL);
	put(site, CONF, "[password.max_age]\nstrength = should\n");
	refuse_at(site, "C", WARD_ERR_LOOSER, CONF, 2);
	put(site, CONF, "[password.max_age person]\nstrength = should\n");
	refuse_at(site, "C", WARD_ERR_LOOSER, CONF, 2);
}

static void
test_plan_load__clause_may_not_be_changed(void **state)
{
	struct site *site = *state;

	put(site, CONF, "[password.max_age]\ndays = 60\nclause = 9\n");
	refuse_at(site, "A", WARD_ERR_LOOSER, CONF, 3);
	put(site, CONF, "[password.max_age]\ndays = 60\nclause = 1.1\n");
	load(site, "A");
}

/* Where the plan has the rule but no number, it is the agency's, under the
 * document's clause. */
static void
test_plan_load__marks_agency_settings(void **state)
{
	struct site *site = *state;

	put(site, CONF, "[account.dormant]\ndays = 90\n");
	load(site, "A");
	assert_int_equal(number(site, WARD_SET_ACCOUNT_DORMANT_DAYS,
			     WARD_CLASS_PERSON),
	    90);
	assert_true(ward_plan_is_agency(site->plan,
	    WARD_SET_ACCOUNT_DORMANT_DAYS, WARD_CLASS_PERSON));
	assert_false(ward_plan_is_agency(site->plan,
	    WARD_SET_PASSWORD_MAX_AGE_DAYS, WARD_CLASS_PERSON));
	assert_string_equal(ward_plan_clauses(site->plan,
				WARD_RULE_ACCOUNT_DORMANT, WARD_CLASS_PERSON),
	    "1.2");
}

static void
test_plan_load__adds_a_rule(void **state)
{
	struct site *site = *state;

	put(site, CONF,
	    "[password.hash]\nallow = yescrypt\n"
	    "[account.expired]\nclause = Decision 7\n[obligation.tea]\n"
	    "every = day\n");
	load(site, "A");
	assert_true(ward_plan_enables(site->plan, WARD_RULE_PASSWORD_HASH,
	    WARD_CLASS_PERSON));
	assert_null(ward_plan_clauses(site->plan, WARD_RULE_PASSWORD_HASH,
	    WARD_CLASS_PERSON));
	assert_true(ward_plan_is_agency(site->plan,
	    WARD_SET_PASSWORD_HASH_ALLOW, WARD_CLASS_PERSON));
	assert_string_equal(ward_plan_clauses(site->plan,
				WARD_RULE_ACCOUNT_EXPIRED, WARD_CLASS_PERSON),
	    "Decision 7");
	assert_int_equal(ward_plan_strength(site->plan, WARD_RULE_PASSWORD_HASH,
			     WARD_CLASS_PERSON),
	    WARD_SHALL);
}

static void
test_plan_load__adds_words_to_the_built_in(void **state)
{
	struct site *site = *state;

	put(site, CONF,
	    "[class.privileged]\ngroups = wheel docker\n"
	    "[account.neutral_name]\nwords = boss\n");
	load(site, "A");
	assert_string_equal(ward_plan_text(site->plan,
				WARD_SET_CLASS_PRIVILEGED_GROUPS,
				WARD_CLASS_ANY),
	    "disk docker incus-admin kmem libvirt lxd microk8s shadow wheel");
	assert_string_equal(ward_plan_text(site->plan,
				WARD_SET_ACCOUNT_NEUTRAL_NAME_WORDS,
				WARD_CLASS_PERSON),
	    "adm admin boss dba mgr oper root su sys");
	assert_true(ward_plan_has_word(site->plan,
	    WARD_SET_CLASS_PRIVILEGED_GROUPS, WARD_CLASS_ANY, "wheel"));
	assert_false(ward_plan_has_word(site->plan,
	    WARD_SET_CLASS_PRIVILEGED_GROUPS, WARD_CLASS_ANY, "whee"));
	assert_false(ward_plan_has_word(site->plan,
	    WARD_SET_CLASS_PRIVILEGED_GROUPS, WARD_CLASS_ANY, ""));
}

/* acctward-words(5): the agency chooses how its own words are matched; how a
 * document's are is the document's, which is built in where it doesn't say. */
static void
test_plan_load__matching_own_words(void **state)
{
#define WEAK "[password.weak]\n"
	static const struct {
		const char *plan, *conf;
		const char *match; /* NULL: refused */
	} cases[] = {
		{ WEAK "clause = 1\n", WEAK "words = huanbao\nmatch = exact\n",
		    "exact" },
		{ "", WEAK "words = huanbao\nmatch = exact\n", "exact" },
		{ WEAK "clause = 1\n", WEAK "match = substring\n",
		    "substring" },
		{ WEAK "clause = 1\n", WEAK "words = huanbao\n", "normalised" },
		{ WEAK "clause = 1\n",
		    "[password.weak person]\nwords = huanbao\nmatch = exact\n",
		    "exact" },
		{ WEAK "words = taoyuan\nclause = 1\n",
		    WEAK "words = huanbao\nmatch = exact\n", NULL },
		{ WEAK "clause = 1\n"
		       "[password.weak person]\nwords = taoyuan\nclause = 2\n",
		    WEAK "match = exact\n", NULL },
		{ "[password.change_at_first_login]\nclause = 1\n",
		    "[password.change_at_first_login]\ntemporary = exempt\n",
		    NULL },
	};
	struct site *site = *state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[512];

		(void)snprintf(text, sizeof(text), PLAN("C") "%s",
		    cases[i].plan);
		put(site, "local/C.conf", text);
		put(site, CONF, cases[i].conf);
		if (cases[i].match == NULL) {
			refuse(site, "C", WARD_ERR_LOOSER, "built in");
			continue;
		}
		load(site, "C");
		assert_string_equal(ward_plan_text(site->plan,
					WARD_SET_PASSWORD_WEAK_MATCH,
					WARD_CLASS_PERSON),
		    cases[i].match);
	}
	/* Words and how they are matched may stand in files of their own. */
	put(site, "local/C.conf", PLAN("C") WEAK "clause = 1\n");
	put(site, CONF, WEAK "words = huanbao\n");
	put(site, "etc/acctward.conf.d/10.conf", WEAK "match = exact\n");
	load(site, "C");
	assert_string_equal(ward_plan_text(site->plan,
				WARD_SET_PASSWORD_WEAK_MATCH,
				WARD_CLASS_PERSON),
	    "exact");
#undef WEAK
}

static void
test_plan_load__tightens_for_a_class(void **state)
{
	struct site *site = *state;
	uint32_t n;

	put(site, CONF,
	    "[password.max_age privileged]\ndays = 60\n"
	    "[account.dormant service]\ndays = 30\n");
	load(site, "A");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS,
			     WARD_CLASS_PRIVILEGED),
	    60);
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS,
			     WARD_CLASS_PERSON),
	    90);
	assert_true(ward_plan_is_agency(site->plan,
	    WARD_SET_PASSWORD_MAX_AGE_DAYS, WARD_CLASS_PRIVILEGED));
	assert_false(ward_plan_is_agency(site->plan,
	    WARD_SET_PASSWORD_MAX_AGE_DAYS, WARD_CLASS_PERSON));
	/* The clause is inherited. */
	assert_string_equal(ward_plan_clauses(site->plan,
				WARD_RULE_PASSWORD_MAX_AGE,
				WARD_CLASS_PRIVILEGED),
	    "1.1");
	assert_int_equal(number(site, WARD_SET_ACCOUNT_DORMANT_DAYS,
			     WARD_CLASS_SERVICE),
	    30);
	assert_false(ward_plan_number(site->plan, WARD_SET_ACCOUNT_DORMANT_DAYS,
	    WARD_CLASS_PERSON, &n));

	put(site, CONF, "[password.max_age privileged]\ndays = 91\n");
	refuse_at(site, "A", WARD_ERR_LOOSER, CONF, 2);
}

static void
test_plan_load__class_sections_of_a_plan(void **state)
{
	struct site *site = *state;
	uint32_t n;

	put(site, "local/C.conf",
	    PLAN(
		"C") "[password.min_length]\nmin = 8\nstrength = should\nclause = 1\n"
		     "[password.min_length privileged]\nmin = 12\nclause = 2\n"
		     "[password.min_length service]\nstrength = shall\nclause = 3\n"
		     "[password.history privileged]\nolder = 5\nclause = 4\n");
	load(site, "C");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
			     WARD_CLASS_PERSON),
	    8);
	assert_int_equal(number(site, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
			     WARD_CLASS_PRIVILEGED),
	    12);
	assert_int_equal(number(site, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
			     WARD_CLASS_SERVICE),
	    8);
	assert_int_equal(ward_plan_strength(site->plan,
			     WARD_RULE_PASSWORD_MIN_LENGTH,
			     WARD_CLASS_PRIVILEGED),
	    WARD_SHOULD);
	assert_int_equal(ward_plan_strength(site->plan,
			     WARD_RULE_PASSWORD_MIN_LENGTH, WARD_CLASS_SERVICE),
	    WARD_SHALL);
	assert_string_equal(ward_plan_clauses(site->plan,
				WARD_RULE_PASSWORD_MIN_LENGTH,
				WARD_CLASS_PRIVILEGED),
	    "2");
	assert_true(ward_plan_enables(site->plan, WARD_RULE_PASSWORD_HISTORY,
	    WARD_CLASS_PRIVILEGED));
	/* "where there is none, the rule is for this class alone" */
	assert_false(ward_plan_enables(site->plan, WARD_RULE_PASSWORD_HISTORY,
	    WARD_CLASS_PERSON));
	assert_false(ward_plan_enables(site->plan, WARD_RULE_PASSWORD_HISTORY,
	    WARD_CLASS_ANY));
	assert_false(ward_plan_number(site->plan,
	    WARD_SET_PASSWORD_HISTORY_OLDER, WARD_CLASS_PERSON, &n));

	/* The class's own value is tightened in the class's own section. */
	put(site, CONF, "[password.min_length privileged]\nmin = 11\n");
	refuse_at(site, "C", WARD_ERR_LOOSER, CONF, 2);
	put(site, CONF,
	    "[password.min_length privileged]\nmin = 14\n"
	    "[password.min_length]\nmin = 10\n");
	load(site, "C");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
			     WARD_CLASS_PRIVILEGED),
	    14);
	assert_int_equal(number(site, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
			     WARD_CLASS_SERVICE),
	    10);
}

/* The plan's section for one class has no words of its own: the agency's
 * general ones hold for that class too. */
static void
test_plan_load__general_words_reach_every_class(void **state)
{
	struct site *site = *state;

	put(site, "local/C.conf",
	    PLAN("C") "[account.neutral_name person]\nclause = 1\n");
	put(site, CONF, "[account.neutral_name]\nwords = wang\n");
	load(site, "C");
	assert_true(ward_plan_has_word(site->plan,
	    WARD_SET_ACCOUNT_NEUTRAL_NAME_WORDS, WARD_CLASS_PERSON, "wang"));
	assert_true(ward_plan_has_word(site->plan,
	    WARD_SET_ACCOUNT_NEUTRAL_NAME_WORDS, WARD_CLASS_PERSON, "root"));
	assert_true(ward_plan_has_word(site->plan,
	    WARD_SET_ACCOUNT_NEUTRAL_NAME_WORDS, WARD_CLASS_SERVICE, "wang"));
}

static void
test_plan_load__what_is_out_of_scope_is_the_documents(void **state)
{
	struct site *site = *state;

	put(site, CONF, "[out_of_scope.a]\nclause = 1\nreason = no\n");
	refuse_at(site, "A", WARD_ERR_SYNTAX, CONF, 1);
}

static void
test_plan_load__drop_ins_in_order_each_only_stricter(void **state)
{
	struct site *site = *state;

	put(site, CONF, "[password.max_age]\ndays = 80\n");
	put(site, "etc/acctward.conf.d/20.conf",
	    "[password.max_age]\n"
	    "days = 60\n");
	put(site, "etc/acctward.conf.d/10.conf",
	    "[password.max_age]\n"
	    "days = 70\n");
	put(site, "etc/acctward.conf.d/99.txt", "garbage\n");
	put(site, "etc/acctward.conf.d/.hidden.conf", "garbage\n");
	put(site, "etc/acctward.conf.d/.conf", "garbage\n");
	load(site, "A");
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS,
			     WARD_CLASS_PERSON),
	    60);
	/* In the order of bytes: 9 stands behind 20, and would loosen it. */
	put(site, "etc/acctward.conf.d/9.conf",
	    "[password.max_age]\n"
	    "days = 65\n");
	refuse_at(site, "A", WARD_ERR_LOOSER, "etc/acctward.conf.d/9.conf", 2);
}

static void
test_plan_load__drop_ins_need_no_conf(void **state)
{
	struct site *site = *state;

	put(site, "etc/acctward.conf.d/x.conf",
	    "[acctward]\nplan = A\n"
	    "[password.max_age]\ndays = 60\n");
	load(site, NULL);
	assert_int_equal(number(site, WARD_SET_PASSWORD_MAX_AGE_DAYS,
			     WARD_CLASS_PERSON),
	    60);
}

static void
test_plan_load__conf_is_strict(void **state)
{
	static const struct {
		const char *text;
		unsigned int line;
		int code;
	} cases[] = {
		{ "garbage\n", 1, WARD_ERR_SYNTAX },
		{ "plan = A\n", 1, WARD_ERR_SYNTAX },
		{ "[acctward]\nplans = A\n", 2, WARD_ERR_SYNTAX },
		{ "[acctward]\nid = A\n", 2, WARD_ERR_SYNTAX },
		{ "[acctward]\nplan = A\nplan = A\n", 3, WARD_ERR_SYNTAX },
		{ "[acctward]\nplan =\n", 2, WARD_ERR_SYNTAX },
		{ "[acctward]\n[acctward]\n", 2, WARD_ERR_SYNTAX },
		{ "[acctward person]\n", 1, WARD_ERR_SYNTAX },
		{ "[plan]\nid = A\n", 1, WARD_ERR_SYNTAX },
		{ "[password.nothing]\n", 1, WARD_ERR_SYNTAX },
		{ "[password.max_age]\ndays = 0\n", 2, WARD_ERR_RANGE },
		{ "[password.max_age]\ndays = 60x\n", 2, WARD_ERR_SYNTAX },
		{ "[password.max_age]\ndays = 60\ndays = 50\n", 3,
		    WARD_ERR_SYNTAX },
		{ "[password.max_age]\ndays = 60\n[password.max_age]\n"
		  "days = 50\n",
		    3, WARD_ERR_SYNTAX },
		{ "[password.max_age]\norigin = built-in\n", 2,
		    WARD_ERR_SYNTAX },
		{ "[password.max_age]\ndays = 60\norigin.days = plan x:1\n", 3,
		    WARD_ERR_SYNTAX },
		{ "[password.max_age]\ndays = 60\n[password.max_age] x\n", 3,
		    WARD_ERR_SYNTAX },
	};
	struct site *site = *state;

	for (size_t i = 0; i < LENGTH(cases); i++) {
		put(site, CONF, cases[i].text);
		refuse_at(site, "A", cases[i].code, CONF, cases[i].line);
		put(site, CONF, "");
		put(site, "etc/acctward.conf.d/x.conf", cases[i].text);
		refuse_at(site, "A", cases[i].code,
		    "etc/acctward.conf.d/x.conf", cases[i].line);
		put(site, "etc/acctward.conf.d/x.conf", "");
	}
}

/* ---- whose files ---------------------------------------------------------------- */

static const char *const trusted[] = { "shipped/A.conf", CONF,
	"etc/acctward.conf.d/x.conf" };

static void
put_trusted(struct site *site)
{
	put(site, CONF, "[password.max_age]\ndays = 80\n");
	put(site, "etc/acctward.conf.d/x.conf",
	    "[password.max_age]\n"
	    "days = 70\n");
	load(site, "A");
}

static void
test_plan_load__refuses_what_others_may_write(void **state)
{
	static const unsigned int modes[] = { 0664, 0646, 0666, 0620, 0602,
		0777 };
	struct site *site = *state;

	put_trusted(site);
	for (size_t i = 0; i < LENGTH(trusted); i++) {
		for (size_t m = 0; m < LENGTH(modes); m++) {
			ward_tree_chmod(site->tree, trusted[i], modes[m]);
			refuse(site, "A", WARD_ERR_UNSAFE, trusted[i]);
		}
		ward_tree_chmod(site->tree, trusted[i], 0600);
		load(site, "A");
	}
}

static void
test_plan_load__refuses_links(void **state)
{
	struct site *site = *state;

	for (size_t i = 0; i < LENGTH(trusted); i++) {
		char *path = ward_tree_path(site->tree, trusted[i]);
		char *moved = ward_tree_path(site->tree, "moved");

		put_trusted(site);
		assert_int_equal(rename(path, moved), 0);
		ward_tree_link(site->tree, trusted[i], moved);
		refuse(site, "A", WARD_ERR_UNSAFE, trusted[i]);
		assert_int_equal(unlink(path), 0);
		/* One that leads nowhere is not the same as none. */
		ward_tree_link(site->tree, trusted[i], "nowhere");
		refuse(site, "A", WARD_ERR_UNSAFE, trusted[i]);
		assert_int_equal(unlink(path), 0);
		assert_int_equal(rename(moved, path), 0);
		load(site, "A");
		free(path);
		free(moved);
	}
}

static void
test_plan_load__refuses_what_is_no_file(void **state)
{
	struct site *site = *state;

	put_trusted(site);
	for (size_t i = LENGTH(trusted); i-- > 0;) {
		char *path = ward_tree_path(site->tree, trusted[i]);

		assert_int_equal(unlink(path), 0);
		ward_tree_fifo(site->tree, trusted[i]);
		refuse(site, "A", WARD_ERR_UNSAFE, trusted[i]);
		assert_int_equal(unlink(path), 0);
		ward_tree_dir(site->tree, trusted[i]);
		refuse(site, "A", WARD_ERR_UNSAFE, trusted[i]);
		assert_int_equal(rmdir(path), 0);
		free(path);
	}
}

/* Needs two users: only root can give a file away. */
static void
test_plan_load__refuses_what_somebody_else_owns(void **state)
{
	struct site *site = *state;

	if (geteuid() != 0) {
		return;
	}
	put_trusted(site);
	for (size_t i = 0; i < LENGTH(trusted); i++) {
		char *path = ward_tree_path(site->tree, trusted[i]);

		assert_int_equal(chown(path, 65534, 0), 0);
		refuse(site, "A", WARD_ERR_UNSAFE, trusted[i]);
		assert_int_equal(chown(path, 0, 65534), 0);
		load(site, "A");
		free(path);
	}
}

static void
test_plan_load__refuses_a_huge_file(void **state)
{
	struct site *site = *state;
	size_t size = (1 << 20) + 1;
	char *text = malloc(size);

	assert_non_null(text);
	memset(text, '\n', size);
	put_trusted(site);
	ward_tree_put(site->tree, CONF, text, size);
	refuse(site, "A", WARD_ERR_UNSAFE, CONF);
	ward_tree_put(site->tree, CONF, text, size - 1);
	load(site, "A");
	free(text);
}

/* ---- naming them -------------------------------------------------------------------- */

struct named {
	char list[16][256];
	size_t count, stop_at;
};

static int
name_one(void *arg, const char *id, const struct ward_plan *plan,
    const char *error)
{
	struct named *named = arg;

	assert_true(named->count < LENGTH(named->list));
	assert_true((plan == NULL) == (error != NULL));
	(void)snprintf(named->list[named->count++], sizeof(named->list[0]),
	    "%s%s%.200s", id, error == NULL ? "" : ": ",
	    error == NULL ? "" : error);
	return named->count == named->stop_at ? 7 : 0;
}

static void
test_plan_each__names_every_plan(void **state)
{
	struct site *site = *state;
	struct named named = { .count = 0 };

	put(site, "local/BAD.conf", "garbage\n");
	put(site, "local/ALSO.conf", PLAN("ALSO"));
	put(site, "local/notes.txt", "garbage\n");
	assert_int_equal(ward_plan_each(&site->places, name_one, &named,
			     &site->err),
	    0);
	assert_int_equal(named.count, 5);
	assert_string_equal(named.list[0], "A");
	assert_string_equal(named.list[1], "B");
	assert_string_equal(named.list[2], "ALSO");
	assert_int_equal(strncmp(named.list[3], "BAD: ", 5), 0);
	assert_non_null(strstr(named.list[3], "BAD.conf:1: "));
	assert_string_equal(named.list[4], "OWN");
	named = (struct named){ .stop_at = 3 };
	assert_int_equal(ward_plan_each(&site->places, name_one, &named,
			     &site->err),
	    7);
	assert_int_equal(named.count, 3);
}

/* "A plan that does not load is still named, with its reason". */
static void
test_plan_each__tells_of_an_id_in_both_places(void **state)
{
	struct site *site = *state;
	struct named named = { .count = 0 };
	bool told = false;

	put(site, "local/A.conf", PLAN("A"));
	assert_int_equal(ward_plan_each(&site->places, name_one, &named,
			     &site->err),
	    0);
	for (size_t i = 0; i < named.count; i++) {
		told |= strncmp(named.list[i], "A: ", 3) == 0;
	}
	assert_true(told);
}

static void
test_plan_each__takes_no_directory_as_empty(void **state)
{
	struct site *site = *state;
	struct named named = { .count = 0 };

	site->places = (struct ward_plan_places){ .shipped = "/nonexistent" };
	assert_int_equal(ward_plan_each(&site->places, name_one, &named,
			     &site->err),
	    0);
	assert_int_equal(named.count, 0);
}

#define SITE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SITE(test_plan_load__by_id),
		SITE(test_plan_load__conf_chooses),
		SITE(test_plan_load__last_drop_in_chooses),
		SITE(test_plan_load__nothing_chosen),
		SITE(test_plan_load__places_may_be_left_out),
		SITE(test_plan_load__refuses_ids_that_are_paths),
		SITE(test_plan_load__names_a_missing_plan),
		SITE(test_plan_load__refuses_an_id_in_both_places),
		SITE(test_plan_load__id_is_the_name_of_the_file),
		SITE(test_plan_load__tells_where_a_plan_is_broken),
		SITE(test_plan_load__every_setting_has_its_direction),
		SITE(test_plan_load__tightens),
		SITE(test_plan_load__refuses_to_loosen),
		SITE(test_plan_load__strength_may_only_rise),
		SITE(test_plan_load__clause_may_not_be_changed),
		SITE(test_plan_load__marks_agency_settings),
		SITE(test_plan_load__adds_a_rule),
		SITE(test_plan_load__adds_words_to_the_built_in),
		SITE(test_plan_load__matching_own_words),
		SITE(test_plan_load__tightens_for_a_class),
		SITE(test_plan_load__class_sections_of_a_plan),
		SITE(test_plan_load__general_words_reach_every_class),
		SITE(test_plan_load__what_is_out_of_scope_is_the_documents),
		SITE(test_plan_load__drop_ins_in_order_each_only_stricter),
		SITE(test_plan_load__drop_ins_need_no_conf),
		SITE(test_plan_load__conf_is_strict),
		SITE(test_plan_load__refuses_what_others_may_write),
		SITE(test_plan_load__refuses_links),
		SITE(test_plan_load__refuses_what_is_no_file),
		SITE(test_plan_load__refuses_what_somebody_else_owns),
		SITE(test_plan_load__refuses_a_huge_file),
		SITE(test_plan_each__names_every_plan),
		SITE(test_plan_each__tells_of_an_id_in_both_places),
		SITE(test_plan_each__takes_no_directory_as_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
