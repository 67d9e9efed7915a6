/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One plan file, strictly: every way of being wrong is refused with its line.
 * The head takes lines 1 to 4, so that what a case says begins on line 5.
 */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#define HEAD WARD_JUDGE_HEAD
#define CLAUSE "clause = 1\n"

static void
refuse_bytes(const char *text, size_t size, unsigned int line, int code,
    const char *says)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };
	char begin[64];
	int r = ward_plan_parse("dir/x.conf", text, size, &plan, &err);

	if (r == 0) {
		ward_plan_free(plan);
		fail_msg("not refused: %s", text);
	}
	assert_null(plan);
	(void)snprintf(begin, sizeof(begin), "dir/x.conf:%u: ", line);
	if (strncmp(err.text, begin, strlen(begin)) != 0 ||
	    strstr(err.text, says) == NULL || r != code) {
		fail_msg("%d '%s', not %d '%s... %s', for: %s", r, err.text,
		    code, begin, says, text);
	}
}

static void
refuse(const char *text, unsigned int line, int code, const char *says)
{
	refuse_bytes(text, strlen(text), line, code, says);
}

/* Just what is wrong: the head stands before it. */
struct wrong {
	const char *lines;
	unsigned int line;
	const char *says;
};

static void
refuse_each(const struct wrong *cases, size_t count, int code)
{
	for (size_t i = 0; i < count; i++) {
		char *text = NULL;

		assert_true(asprintf(&text, HEAD "%s", cases[i].lines) > 0);
		refuse(text, cases[i].line, code, cases[i].says);
		free(text);
	}
}

static struct ward_plan *
take(const char *text)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };

	if (ward_plan_parse("x.conf", text, strlen(text), &plan, &err) != 0) {
		fail_msg("%s, for: %s", err.text, text);
	}
	return plan;
}

static uint32_t
number(const struct ward_plan *plan, enum ward_setting_id setting)
{
	uint32_t value = 0;

	assert_true(ward_plan_number(plan, setting, WARD_CLASS_PERSON, &value));
	return value;
}

static void
test_plan_read__takes_what_the_manual_shows(void **state)
{
	static const char
	    text[] = "# A comment has a line of its own,\n"
		     "[plan]\n"
		     "id = OURS\n"
		     "title = Security plan\n"
		     "agency = Our agency\n"
		     "level = A\n"
		     "version = 2.0\n"
		     "date = 2026-01-05\n"
		     "\n"
		     "[password.max_age]\n"
		     "days = 90           ; or stands behind a value.\n"
		     "clause = 3.2.(1) |\n"
		     "    4.1\n"
		     "; and so\n"
		     "[password.min_length]\n"
		     "min=8\n"
		     "clause=4.2.(1)\n"
		     "[password.min_length privileged]\n"
		     "min = 12\n"
		     "clause = 4.2.(3)\n"
		     "[account.dormant]\n"
		     "clause = 4.3\n"
		     "[privileged.separate_id]\n"
		     "strength = should\n"
		     "clause = 4.4.(2)\n"
		     "[obligation.management_review]\n"
		     "every = year\n"
		     "before = 11-01\n"
		     "title = Management review\n"
		     "clause = 9.1\n";
	struct ward_plan *plan = take(text);
	uint32_t n = 0;

	(void)state;
	assert_string_equal(ward_plan_id(plan), "OURS");
	assert_string_equal(ward_plan_title(plan), "Security plan");
	assert_string_equal(ward_plan_agency(plan), "Our agency");
	assert_string_equal(ward_plan_version(plan), "2.0");
	assert_string_equal(ward_plan_date(plan), "2026-01-05");
	assert_int_equal(number(plan, WARD_SET_PASSWORD_MAX_AGE_DAYS), 90);
	assert_string_equal(ward_plan_clauses(plan, WARD_RULE_PASSWORD_MAX_AGE,
				WARD_CLASS_PERSON),
	    "3.2.(1) | 4.1");
	assert_int_equal(number(plan, WARD_SET_PASSWORD_MIN_LENGTH_MIN), 8);
	assert_true(ward_plan_number(plan, WARD_SET_PASSWORD_MIN_LENGTH_MIN,
	    WARD_CLASS_PRIVILEGED, &n));
	assert_int_equal(n, 12);
	assert_true(ward_plan_enables(plan, WARD_RULE_ACCOUNT_DORMANT,
	    WARD_CLASS_PERSON));
	assert_false(ward_plan_number(plan, WARD_SET_ACCOUNT_DORMANT_DAYS,
	    WARD_CLASS_PERSON, &n));
	assert_int_equal(ward_plan_strength(plan,
			     WARD_RULE_PRIVILEGED_SEPARATE_ID,
			     WARD_CLASS_PERSON),
	    WARD_SHOULD);
	assert_false(ward_plan_enables(plan, WARD_RULE_PASSWORD_HISTORY,
	    WARD_CLASS_PERSON));
	ward_plan_free(plan);
}

static void
test_plan_read__refuses_what_it_does_not_know(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.maxage]\ndays = 1\n" CLAUSE, 5,
		    "password.maxage" },
		{ "[Password.max_age]\n" CLAUSE, 5, "Password.max_age" },
		{ "[password]\n" CLAUSE, 5, "password" },
		{ "[acctward]\nplan = X\n", 5, "acctward" },
		{ "[]\n", 5, "section" },
		{ "[ password.required]\n" CLAUSE, 5, "" },
		{ "[password.required ]\n" CLAUSE, 5, "class" },
		{ "[password.required  person]\n" CLAUSE, 5, "class" },
		{ "[password.required\tperson]\n" CLAUSE, 5, "section" },
		{ "[password.required nobody]\n" CLAUSE, 5, "nobody" },
		{ "[password.required any]\n" CLAUSE, 5, "any" },
		{ "[password.required Person]\n" CLAUSE, 5, "Person" },
		{ "[password.required person service]\n" CLAUSE, 5, "class" },
		{ "[class.privileged person]\ngroups = a\n", 5, "class" },
		{ "[class.privileged]\ngroups = a\nstrength = should\n", 5,
		    "no strength" },
		{ "[obligation]\n" CLAUSE, 5, "obligation" },
		{ "[obligation.]\n" CLAUSE, 5, "obligation." },
		{ "[obligation.A]\n" CLAUSE, 5, "obligation.A" },
		{ "[obligation.a-b]\n" CLAUSE, 5, "obligation.a-b" },
		{ "[obligation.a person]\n" CLAUSE, 5, "class" },
		{ "[out_of_scope]\n" CLAUSE, 5, "out_of_scope" },
		{ "[out_of_scope.A]\n" CLAUSE, 5, "out_of_scope.A" },
		{ "[out_of_scope.a person]\n" CLAUSE, 5, "class" },
		{ "[out_of_scope.a]\n" CLAUSE, 5, "no reason" },
		{ "[out_of_scope.a]\nreason = x\n", 5, "no clause" },
		{ "[out_of_scope.a]\nreason = x\nstrength = should\n" CLAUSE, 5,
		    "strength" },
		{ "[password.max_age]\nday = 1\n" CLAUSE, 6, "'day'" },
		{ "[password.max_age]\nDays = 1\n" CLAUSE, 6, "'Days'" },
		{ "[password.max_age]\nmin = 8\n" CLAUSE, 6, "'min'" },
		{ "[password.required]\ndays = 1\n" CLAUSE, 6, "'days'" },
		{ "[password.max_age]\n= 1\n" CLAUSE, 6, "" },
		{ "[password.max_age]\norigin.x = built-in\n" CLAUSE, 6,
		    "origin.x" },
		{ "[password.max_age]\norigin = there\n" CLAUSE, 6, "there" },
		{ "[password.max_age]\norigin = plan x.conf\n" CLAUSE, 6, "" },
		{ "[password.max_age]\norigin = plan x.conf:0\n" CLAUSE, 6,
		    "" },
		{ "[password.max_age]\norigin = plan x.conf:1x\n" CLAUSE, 6,
		    "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
	refuse("[plan]\nid = T\nname = t\n", 3, WARD_ERR_SYNTAX, "'name'");
	refuse("[plan]\nid = T\nTitle = t\n", 3, WARD_ERR_SYNTAX, "'Title'");
	refuse("[plan]\nid = T\nclause = t\n", 3, WARD_ERR_SYNTAX, "'clause'");
}

static void
test_plan_read__refuses_a_head_that_contradicts_itself(void **state)
{
	static const struct wrong cases[] = {
		{ "kind = packs\n", 5, "plan pack reference" },
		{ "extends = OTHER\n", 5, "only a pack" },
		{ "kind = reference\nextends = OTHER\n", 6, "only a pack" },
		{ "kind = pack\nextends = TEST\n", 6, "itself" },
		{ "kind = pack\nextends = ../x\n", 6, "letters" },
		{ "clauses = 1 | 2 | 1\n", 5, "twice" },
		{ "clauses = 2 | 3\n[password.required]\n" CLAUSE, 7, "'1'" },
		{ "clauses = 1\n[password.required]\nclause = 1 | 1.1\n", 7,
		    "'1.1'" },
		{ "clauses = 11\n[password.required]\n" CLAUSE, 7, "'1'" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

static void
test_plan_read__takes_a_head_of_every_kind(void **state)
{
	static const struct {
		const char *lines;
		enum ward_plan_kind kind;
	} cases[] = {
		{ "", WARD_KIND_PLAN },
		{ "kind = plan\n", WARD_KIND_PLAN },
		{ "kind = pack\n", WARD_KIND_PACK },
		{ "kind = pack\nextends = OTHER\n", WARD_KIND_PACK },
		{ "kind = reference\n", WARD_KIND_REFERENCE },
		{ "clauses = 1 |\n 2 (a)|3\n[password.required]\n"
		  "clause = 3 | 2 (a)\n[out_of_scope.a]\n" CLAUSE
		  "reason = Elsewhere\n",
		    WARD_KIND_PLAN },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_plan *plan;

		(void)snprintf(text, sizeof(text), HEAD "%s", cases[i].lines);
		plan = take(text);
		assert_int_equal(ward_plan_kind(plan), cases[i].kind);
		/* No duty is made of what is out of scope. */
		assert_null(ward_plan_obligation(plan, 0));
		ward_plan_free(plan);
	}
}

static void
test_plan_read__refuses_a_bad_number(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.max_age]\ndays = +8\n" CLAUSE, 6, "+8" },
		{ "[password.max_age]\ndays = -8\n" CLAUSE, 6, "-8" },
		{ "[password.max_age]\ndays = 0x8\n" CLAUSE, 6, "0x8" },
		{ "[password.max_age]\ndays = 12abc\n" CLAUSE, 6, "12abc" },
		{ "[password.max_age]\ndays = 9 0\n" CLAUSE, 6, "9 0" },
		{ "[password.max_age]\ndays = 9\n 0\n" CLAUSE, 6, "9 0" },
		{ "[password.max_age]\ndays = 90 # why\n" CLAUSE, 6, "'#'" },
		{ "[password.max_age]\ndays = 90; why\n" CLAUSE, 6, "90; why" },
		{ "[password.max_age]\ndays = \"90\"\n" CLAUSE, 6, "\"90\"" },
		{ "[password.max_age]\ndays = 90.0\n" CLAUSE, 6, "90.0" },
		{ "[password.max_age]\ndays = 90 days\n" CLAUSE, 6, "90 days" },
		{ "[password.max_age]\ndays = ninety\n" CLAUSE, 6, "ninety" },
		{ "[password.max_age]\ndays = \xe4\xb9\x9d\xe5\x8d\x81\n" CLAUSE,
		    6, "" },
		{ "[password.max_age]\ndays =\n" CLAUSE, 6, "days" },
		{ "[password.max_age]\ndays =   \n" CLAUSE, 6, "days" },
		{ "[password.max_age]\ndays = ; none\n" CLAUSE, 6, "days" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

/* The edges of each range, as the manual has them. */
static void
test_plan_read__keeps_to_the_ranges(void **state)
{
	static const struct {
		const char *section, *key;
		enum ward_setting_id setting;
		uint32_t lo, hi;
	} cases[] = {
#define ROW(section, rule, sym, key, lo, hi) \
	{ section, key, WARD_SET_##rule##_##sym, lo, hi }
		ROW("password.min_length", PASSWORD_MIN_LENGTH, MIN, "min", 1,
		    256),
		ROW("password.min_classes", PASSWORD_MIN_CLASSES, MIN, "min", 1,
		    4),
		ROW("password.history", PASSWORD_HISTORY, OLDER, "older", 1,
		    64),
		ROW("password.max_age", PASSWORD_MAX_AGE, DAYS, "days", 1,
		    3650),
		ROW("password.max_age", PASSWORD_MAX_AGE, MONTHS, "months", 1,
		    120),
		ROW("password.min_age", PASSWORD_MIN_AGE, DAYS, "days", 1, 365),
		ROW("password.expiry_warning", PASSWORD_EXPIRY_WARNING, DAYS,
		    "days", 1, 365),
		ROW("password.hash", PASSWORD_HASH, SHA_ROUNDS, "sha_rounds",
		    1000, 999999999),
		ROW("password.hash", PASSWORD_HASH, BCRYPT_COST, "bcrypt_cost",
		    4, 31),
		ROW("password.hash", PASSWORD_HASH, YESCRYPT_COST,
		    "yescrypt_cost", 1, 11),
		ROW("login.lockout", LOGIN_LOCKOUT, ATTEMPTS, "attempts", 1,
		    100),
		ROW("login.lockout", LOGIN_LOCKOUT, SECONDS, "seconds", 60,
		    604800),
		ROW("session.idle_lock", SESSION_IDLE_LOCK, SECONDS, "seconds",
		    60, 86400),
		ROW("account.dormant", ACCOUNT_DORMANT, DAYS, "days", 1, 3650),
		ROW("log.retention", LOG_RETENTION, DAYS, "days", 1, 36500),
#undef ROW
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const uint64_t edges[] = { cases[i].lo, cases[i].hi,
			cases[i].lo - 1, (uint64_t)cases[i].hi + 1,
			(uint64_t)UINT32_MAX + 1 + cases[i].lo };

		for (size_t e = 0; e < LENGTH(edges); e++) {
			char text[512], what[32];

			(void)snprintf(what, sizeof(what), "%llu",
			    (unsigned long long)edges[e]);
			(void)snprintf(text, sizeof(text),
			    HEAD "[%s]\n%s = %s\n" CLAUSE, cases[i].section,
			    cases[i].key, what);
			if (e < 2) {
				struct ward_plan *plan = take(text);

				assert_int_equal(number(plan, cases[i].setting),
				    edges[e]);
				ward_plan_free(plan);
			} else {
				refuse(text, 6, WARD_ERR_RANGE, what);
			}
		}
	}
}

static void
test_plan_read__refuses_what_wraps_around(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.max_age]\ndays = 4294967386\n" CLAUSE, 6, "" },
		{ "[password.max_age]\ndays = 18446744073709551706\n" CLAUSE, 6,
		    "" },
		{ "[password.max_age]\ndays = 99999999999999999999999\n" CLAUSE,
		    6, "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_RANGE);
}

/* ward_parse_uint(): digits only; and a plan has one written form of it. */
static void
test_plan_read__takes_a_leading_zero_as_digits(void **state)
{
	struct ward_plan *plan = take(
	    HEAD "[password.max_age]\ndays = 090 \n" CLAUSE);

	(void)state;
	assert_int_equal(number(plan, WARD_SET_PASSWORD_MAX_AGE_DAYS), 90);
	assert_string_equal(ward_plan_text(plan, WARD_SET_PASSWORD_MAX_AGE_DAYS,
				WARD_CLASS_PERSON),
	    "90");
	ward_plan_free(plan);
}

static void
test_plan_read__refuses_other_bad_values(void **state)
{
	static const struct wrong cases[] = {
		{ "[privileged.review]\nevery = 90\n" CLAUSE, 6, "90" },
		{ "[privileged.review]\nevery = Quarter\n" CLAUSE, 6,
		    "Quarter" },
		{ "[privileged.review]\nevery = half\n" CLAUSE, 6, "half" },
		{ "[privileged.review]\nevery = year month\n" CLAUSE, 6,
		    "year month" },
		{ "[privileged.review]\nevery =\n" CLAUSE, 6, "every" },
		{ "[password.required]\nstrength = must\n" CLAUSE, 6, "must" },
		{ "[password.required]\nstrength = Shall\n" CLAUSE, 6,
		    "Shall" },
		{ "[password.hash]\nallow = yescrypt argon2\n" CLAUSE, 6,
		    "argon2" },
		{ "[password.hash]\nallow = yescrypt,bcrypt\n" CLAUSE, 6,
		    "yescrypt,bcrypt" },
		{ "[obligation.a]\nbefore = 13-01\n" CLAUSE, 6, "13-01" },
		{ "[obligation.a]\nbefore = 02-30\n" CLAUSE, 6, "02-30" },
		{ "[obligation.a]\nbefore = 11-1\n" CLAUSE, 6, "11-1" },
		{ "[obligation.a]\nbefore = 2026-11-01\n" CLAUSE, 6, "2026" },
		{ "[obligation.a]\nbefore = 11-01T\n" CLAUSE, 6, "11-01T" },
		{ "[obligation.a]\ntitle =\n" CLAUSE, 6, "title" },
		{ "[password.required]\nclause =\n", 6, "clause" },
		{ "[password.required]\nclause = |\n", 6, "clause" },
		{ "[password.required]\nclause = 1 |\n", 6, "clause" },
		{ "[password.required]\nclause = | 1\n", 6, "clause" },
		{ "[password.required]\nclause = 1 | | 2\n", 6, "clause" },
		{ "[account.neutral_name]\nwords =\n" CLAUSE, 6, "words" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

static void
test_plan_read__refuses_too_many_words(void **state)
{
	char text[4096] = HEAD "[account.neutral_name]\nwords =";
	struct ward_plan *plan;

	(void)state;
	for (int i = 0; i < 64; i++) {
		size_t used = strlen(text);

		(void)snprintf(text + used, sizeof(text) - used,
		    i % 8 == 7 ? " w%d\n " : " w%d", i);
	}
	strcat(text, "\n" CLAUSE);
	plan = take(text);
	ward_plan_free(plan);
	strcpy(strstr(text, " w63"), " w63 w64\n" CLAUSE);
	refuse(text, 6, WARD_ERR_RANGE, "64");
}

static void
test_plan_read__refuses_doubles(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.max_age]\ndays = 90\n" CLAUSE "days = 90\n", 8,
		    "twice" },
		{ "[password.max_age]\ndays = 90\n" CLAUSE "days = 60\n", 8,
		    "twice" },
		{ "[password.required]\n" CLAUSE CLAUSE, 7, "twice" },
		{ "[password.required]\nstrength = shall\n" CLAUSE
		  "strength = shall\n",
		    8, "twice" },
		{ "[password.required]\n" CLAUSE "[password.required]\n" CLAUSE,
		    7, "twice" },
		{ "[password.required]\n" CLAUSE "[password.max_age]\n" CLAUSE
		  "[password.required]\n" CLAUSE,
		    9, "twice" },
		{ "[password.required person]\n" CLAUSE
		  "[password.required person]\n" CLAUSE,
		    7, "twice" },
		{ "[obligation.a]\n" CLAUSE "[obligation.a]\n" CLAUSE, 7,
		    "twice" },
		{ "[plan]\nid = U\n", 5, "twice" },
		{ "[password.required]\n" CLAUSE "[plan]\nlevel = A\n", 7,
		    "twice" },
		{ "[password.required]\n" CLAUSE "origin.clause = built-in\n"
		  "origin.clause = built-in\n",
		    8, "twice" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
	refuse("[plan]\nid = T\nid = T\n", 3, WARD_ERR_SYNTAX, "twice");
}

static void
test_plan_read__refuses_origin_twice(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.required]\norigin = plan x:1\n"
		  "origin = plan x:2\n" CLAUSE,
		    7, "twice" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

/* An origin of a value that is not there would be ignored. */
static void
test_plan_read__refuses_an_origin_of_nothing(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.max_age]\n" CLAUSE "origin.days = agency x:1\n", 7,
		    "days" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

static void
test_plan_read__same_rule_for_other_classes_is_no_double(void **state)
{
	struct ward_plan *plan = take(HEAD
	    "[password.required]\n" CLAUSE "[password.required person]\n" CLAUSE
	    "[password.required service]\n" CLAUSE "[obligation.a]\n" CLAUSE
	    "[obligation.b]\n" CLAUSE);

	(void)state;
	ward_plan_free(plan);
}

static void
test_plan_read__wants_a_clause(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.max_age]\ndays = 90\n", 5, "clause" },
		{ "[password.required]\n", 5, "clause" },
		{ "[password.required]", 5, "clause" },
		{ "[password.required]\n[password.max_age]\n" CLAUSE, 5,
		    "clause" },
		{ "[password.max_age]\n" CLAUSE
		  "[password.max_age person]\ndays = 60\n",
		    7, "clause" },
		{ "[obligation.a]\nevery = year\n", 5, "clause" },
		{ "[password.max_age]\ndays = 90\norigin = plan x:1\n", 5,
		    "clause" },
	};
	struct ward_plan *plan;

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
	/* What holds in every plan does without, and so does what is not from
	 * the document: a plan shown with the agency's settings. */
	plan = take(HEAD "[account.wellformed]\n[class.privileged]\n"
			 "groups = wheel\n[password.max_age]\n"
			 "origin = agency acctward.conf:3\ndays = 90\n");
	assert_null(ward_plan_clauses(plan, WARD_RULE_PASSWORD_MAX_AGE,
	    WARD_CLASS_PERSON));
	ward_plan_free(plan);
}

static void
test_plan_read__wants_a_head(void **state)
{
	static const struct {
		const char *text;
		unsigned int line;
		const char *says;
	} cases[] = {
		{ "", 1, "id" },
		{ "\n\n", 1, "id" },
		{ "# nothing\n", 1, "id" },
		{ "[plan]\n", 1, "id" },
		{ "[plan]\ntitle = t\nagency = a\n", 1, "id" },
		{ "[plan]\nid = T\nagency = a\n", 1, "title" },
		{ "[plan]\nid = T\ntitle = t\n", 1, "agency" },
		{ "[password.required]\n" CLAUSE, 1, "id" },
		{ "[plan]\nid =\ntitle = t\nagency = a\n", 2, "id" },
		{ "[plan]\nid = T\ntitle =\nagency = a\n", 3, "title" },
		{ "[plan]\nid = a b\ntitle = t\nagency = a\n", 2, "a b" },
		{ "[plan]\nid = ../x\ntitle = t\nagency = a\n", 2, "../x" },
		{ "[plan]\nid = a/b\ntitle = t\nagency = a\n", 2, "a/b" },
		{ "[plan]\nid = .a\ntitle = t\nagency = a\n", 2, ".a" },
		{ "[plan]\nid = -a\ntitle = t\nagency = a\n", 2, "-a" },
		{ "[plan]\nid = _a\ntitle = t\nagency = a\n", 2, "_a" },
		{ "[plan]\nid = \xe5\xb1\x8f\ntitle = t\nagency = a\n", 2, "" },
		{ "[plan]\nid = T\ntitle = t\nagency = a\nlevel = F\n", 5,
		    "F" },
		{ "[plan]\nid = T\ntitle = t\nagency = a\nlevel = a\n", 5,
		    "a" },
		{ "[plan]\nid = T\ntitle = t\nagency = a\nlevel = AB\n", 5,
		    "AB" },
	};
	struct ward_plan *plan;

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		refuse(cases[i].text, cases[i].line, WARD_ERR_SYNTAX,
		    cases[i].says);
	}
	plan = take("[plan]\nid = a.B-9_\ntitle = t\nagency = a\n");
	ward_plan_free(plan);
}

static void
test_plan_read__takes_64_characters_of_id(void **state)
{
	char text[256], id[66];
	struct ward_plan *plan;

	(void)state;
	memset(id, 'a', 65);
	id[64] = '\0';
	(void)snprintf(text, sizeof(text),
	    "[plan]\nid = %s\ntitle = t\nagency = a\n", id);
	plan = take(text);
	ward_plan_free(plan);
	id[64] = 'a';
	id[65] = '\0';
	(void)snprintf(text, sizeof(text),
	    "[plan]\nid = %s\ntitle = t\nagency = a\n", id);
	refuse(text, 2, WARD_ERR_SYNTAX, "id");
}

/* "The document's date, as YYYY-MM-DD." */
static void
test_plan_read__refuses_a_date_that_is_none(void **state)
{
	static const char *const cases[] = { "yesterday", "2026-13-01",
		"2026-02-30", "115-01-05", "2026/01/05", "2026-01-05x",
		"2026-01-05T10:00:00Z" };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[128];

		(void)snprintf(text, sizeof(text), HEAD "date = %s\n",
		    cases[i]);
		refuse(text, 5, WARD_ERR_SYNTAX, cases[i]);
	}
}

static void
test_plan_read__refuses_a_bad_section_line(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.required] x\n" CLAUSE, 5, "" },
		{ "[password.required]x\n" CLAUSE, 5, "" },
		{ "[password.required]]\n" CLAUSE, 5, "" },
		{ "[password.required] clause = 1\n", 5, "" },
		{ "[password.required] [password.max_age]\n" CLAUSE, 5, "" },
		{ "[password.required\n" CLAUSE, 5, "" },
		{ "[password.required ; x\n" CLAUSE, 5, "" },
		{ "[\n", 5, "" },
		{ " [password.required]\n" CLAUSE, 5, "" },
		{ "\t[password.required]\n" CLAUSE, 5, "" },
		{ "[password.required and so on for more than fifty bytes on]\n",
		    5, "" },
		{ "[obligation.a_name_that_goes_on_and_on_until_inih_would_cut]\n" CLAUSE,
		    5, "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

/* The manual knows two comments: at the start of a line, and ";" behind a
 * blank. */
static void
test_plan_read__refuses_half_comments_behind_a_section(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.required]# x\n" CLAUSE, 5, "" },
		{ "[password.required] # x\n" CLAUSE, 5, "" },
		{ "[password.required]; x\n" CLAUSE, 5, "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

static void
test_plan_read__refuses_lines_that_are_nothing(void **state)
{
	static const struct wrong cases[] = {
		{ "[password.required]\n" CLAUSE "garbage\n", 7, "" },
		{ "[password.required]\ngarbage\n" CLAUSE, 6, "" },
		{ "garbage\n[password.required]\n" CLAUSE, 5, "" },
		{ "[password.required]\n garbage\n" CLAUSE, 6, "" },
		{ "[password.required]\n garbage: 1\n" CLAUSE, 6, "" },
		{ "[password.max_age]\n days = 90\n" CLAUSE, 6, "" },
		{ "[password.max_age]\n" CLAUSE "\tdays = 90\n", 7, "" },
		{ "[password.max_age]\n" CLAUSE " days=90\n", 7, "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
	refuse("id = T\n[plan]\ntitle = t\nagency = a\n", 1, WARD_ERR_SYNTAX,
	    "id");
	refuse("\n\nmin = 8\n" HEAD, 3, WARD_ERR_SYNTAX, "min");
	refuse(" id = T\n" HEAD, 1, WARD_ERR_SYNTAX, "");
}

static void
test_plan_read__goes_on_in_indented_lines(void **state)
{
	struct ward_plan *plan = take(HEAD
	    "[password.required]\nclause = 3.2 |\n\t4.1 |\n    5.1\n"
	    "[account.neutral_name]\nwords = one\n two three\n four\n" CLAUSE);

	(void)state;
	assert_string_equal(ward_plan_clauses(plan, WARD_RULE_PASSWORD_REQUIRED,
				WARD_CLASS_PERSON),
	    "3.2 | 4.1 | 5.1");
	assert_string_equal(ward_plan_text(plan,
				WARD_SET_ACCOUNT_NEUTRAL_NAME_WORDS,
				WARD_CLASS_PERSON),
	    "four one three two");
	ward_plan_free(plan);
}

/* Whatever is done with a ";" in a line that goes on, it is not dropped. */
static void
test_plan_read__drops_nothing_of_a_line_that_goes_on(void **state)
{
	static const char *const cases[] = {
		"[password.required]\nclause = 1 |\n  2 ; 3\n",
		"[password.required]\nclause = 1 |\n  2\t; 3\n",
		"[password.required]\nclause = 1 |\n  2; 3\n",
		"[password.required]\nclause = 1 |\n  2;3\n",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_plan *plan = NULL;
		struct ward_error err = { .language = WARD_ENGLISH };
		char text[256];

		(void)snprintf(text, sizeof(text), HEAD "%s", cases[i]);
		if (ward_plan_parse("x", text, strlen(text), &plan, &err) ==
		    0) {
			assert_non_null(strchr(ward_plan_clauses(plan,
						   WARD_RULE_PASSWORD_REQUIRED,
						   WARD_CLASS_PERSON),
			    '3'));
		}
		ward_plan_free(plan);
	}
}

static void
test_plan_read__skips_comments_and_blank_lines(void **state)
{
	struct ward_plan *plan = take(
	    "# one\n;two\n\n   \n" HEAD
	    "# three = 3\n; [four]\n#[password.history]\n"
	    "[password.max_age] ; behind\n"
	    "days = 90 ; behind\n# = \nclause = 1;2 ; behind\n");

	(void)state;
	assert_int_equal(number(plan, WARD_SET_PASSWORD_MAX_AGE_DAYS), 90);
	assert_string_equal(ward_plan_clauses(plan, WARD_RULE_PASSWORD_MAX_AGE,
				WARD_CLASS_PERSON),
	    "1;2");
	assert_false(ward_plan_enables(plan, WARD_RULE_PASSWORD_HISTORY,
	    WARD_CLASS_ANY));
	ward_plan_free(plan);
}

static void
test_plan_read__refuses_a_line_too_long(void **state)
{
	char text[1024];
	struct ward_plan *plan;
	size_t head;

	(void)state;
	for (size_t size = 190; size <= 230; size += size == 191 ? 39 : 1) {
		head = (size_t)snprintf(text, sizeof(text),
		    HEAD "[password.required]\nclause = ");
		memset(text + head, 'x', size - 9);
		strcpy(text + head + size - 9, "\n[password.max_age]\n" CLAUSE);
		if (size == 190) {
			plan = take(text);
			ward_plan_free(plan);
		} else {
			refuse(text, 6, WARD_ERR_SYNTAX, "190");
		}
	}
	/* Comments are lines too. */
	memset(text, '#', 300);
	strcpy(text + 300, "\n" HEAD);
	refuse(text, 1, WARD_ERR_SYNTAX, "190");
}

static void
test_plan_read__refuses_a_value_too_long(void **state)
{
	char text[20480] = HEAD "[obligation.a]\n" CLAUSE "title = x\n";

	(void)state;
	while (strlen(text) < 17000) {
		strcat(text,
		    " 123456789012345678901234567890123456789012345678\n");
	}
	refuse(text, 7, WARD_ERR_SYNTAX, "title");
}

static void
test_plan_read__refuses_bytes_that_are_no_text(void **state)
{
	static const struct {
		const char *lines;
		size_t size;
		unsigned int line;
	} cases[] = {
#define BYTES(text, line) { text, sizeof(text) - 1, line }
		BYTES(HEAD "[password.required]\nclause = 1\0\n", 6),
		BYTES(HEAD "[password.required]\nclause = 1\n\0", 7),
		BYTES(HEAD "[password.required]\n\0clause = 1\n", 6),
		BYTES("\0" HEAD, 1), BYTES(HEAD "# \0\n", 5),
		BYTES(HEAD "[password.required]\nclause = \xff\n", 6),
		BYTES(HEAD "[password.required]\nclause = \xa8\x76\n", 6),
		BYTES(HEAD "[password.required]\nclause = \xc0\xaf\n", 6),
		BYTES(HEAD "[password.required]\nclause = \xed\xa0\x80\n", 6),
		BYTES(HEAD "# \xb1\x4b\xbd\x58\n", 5),
		BYTES(HEAD "[password.required]\nclause = 1\x1b[31m\n", 6),
		BYTES(HEAD "[password.required]\nclause = 1\u202e2\n", 6),
		BYTES(HEAD "[password.required]\nclause = \u200b1\n", 6),
		BYTES(HEAD "[password.required]\nclause = 1\x07\n", 6),
		BYTES(HEAD "[password.required]\nclause = 1\x7f\n", 6),
		BYTES(HEAD "[password.required]\nclause = 1\x0b"
			   "2\n",
		    6),
		BYTES(HEAD "[password.required]\nclause = 1\x0c\n", 6),
		BYTES("\xff\xfe[\0p\0l\0a\0n\0]\0", 1), /* UTF-16 */
#undef BYTES
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		refuse_bytes(cases[i].lines, cases[i].size, cases[i].line,
		    WARD_ERR_SYNTAX, "");
	}
}

/* A CR that ends no line is a control character like others. */
static void
test_plan_read__refuses_a_cr_within_a_line(void **state)
{
	static const struct wrong cases[] = {
		{ "[obligation.a]\ntitle = a\rb\n" CLAUSE, 6, "" },
		{ "[obligation.a]\rtitle = a\r" CLAUSE, 5, "" },
		{ "# a\rb\n", 5, "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

/* U+009B is CSI to a terminal: a control character, if not of ASCII. */
static void
test_plan_read__refuses_c1_controls(void **state)
{
	static const struct wrong cases[] = {
		{ "[obligation.a]\ntitle = a\xc2\x9b"
		  "31m\n" CLAUSE,
		    6, "" },
		{ "[obligation.a]\ntitle = a\xc2\x85"
		  "b\n" CLAUSE,
		    6, "" },
	};

	(void)state;
	refuse_each(cases, LENGTH(cases), WARD_ERR_SYNTAX);
}

static void
test_plan_read__takes_crlf_bom_and_no_newline(void **state)
{
	static const char *const cases[] = {
		"[plan]\r\nid = TEST\r\ntitle = Test\r\nagency = a\r\n"
		"[password.max_age]\r\ndays = 90\r\nclause = 1\r\n",
		"\xef\xbb\xbf" HEAD "[password.max_age]\ndays = 90\n" CLAUSE,
		HEAD "[password.max_age]\n" CLAUSE "days = 90",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_plan *plan = take(cases[i]);

		assert_string_equal(ward_plan_id(plan), "TEST");
		assert_string_equal(ward_plan_title(plan), "Test");
		assert_int_equal(number(plan, WARD_SET_PASSWORD_MAX_AGE_DAYS),
		    90);
		assert_string_equal(ward_plan_clauses(plan,
					WARD_RULE_PASSWORD_MAX_AGE,
					WARD_CLASS_PERSON),
		    "1");
		ward_plan_free(plan);
	}
	refuse("\xef\xbb\xbf", 1, WARD_ERR_SYNTAX, "id");
	refuse(HEAD "\xef\xbb\xbf[password.max_age]\n" CLAUSE, 5,
	    WARD_ERR_SYNTAX, "");
}

/* Only `size` bytes belong to the text. */
static void
test_plan_read__keeps_to_the_size(void **state)
{
	struct ward_plan *plan = NULL;

	(void)state;
	assert_int_equal(ward_plan_parse("x", HEAD "garbage", strlen(HEAD),
			     &plan, NULL),
	    0);
	ward_plan_free(plan);
	plan = NULL;
	assert_int_not_equal(ward_plan_parse("x", HEAD "garbage",
				 strlen(HEAD) + 1, &plan, NULL),
	    0);
	assert_null(plan);
}

/* ward_plan_check(): files of at most 1 MiB, read from wherever. */
static void
test_plan_check__refuses_a_huge_file(void **state)
{
	char *tree = ward_tree_new(NULL);
	size_t size = (1 << 20) + 1;
	char *text = malloc(size), *path = ward_tree_path(tree, "huge.conf");
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };

	(void)state;
	assert_non_null(text);
	memset(text, '\n', size);
	memcpy(text, HEAD, strlen(HEAD));
	ward_tree_put(tree, "huge.conf", text, size);
	assert_int_not_equal(ward_plan_check(path, &plan, &err), 0);
	assert_null(plan);
	assert_int_equal(strncmp(err.text, path, strlen(path)), 0);
	ward_tree_put(tree, "huge.conf", text, size - 1);
	assert_int_equal(ward_plan_check(path, &plan, &err), 0);
	ward_plan_free(plan);
	free(text);
	free(path);
	ward_tree_remove(tree);
}

static void
test_plan_check__takes_a_draft_of_any_name(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "draft.txt", HEAD "[password.required]\n" CLAUSE },
		{ "wrong.conf", HEAD "[password.require]\n" CLAUSE },
		{ NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	char *path = ward_tree_path(tree, "draft.txt");
	char *wrong = ward_tree_path(tree, "wrong.conf");
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };

	(void)state;
	ward_tree_chmod(tree, "draft.txt", 0666);
	assert_int_equal(ward_plan_check(path, &plan, &err), 0);
	assert_string_equal(ward_plan_id(plan), "TEST");
	ward_plan_free(plan);
	plan = NULL;
	assert_int_equal(ward_plan_check(wrong, &plan, &err), WARD_ERR_SYNTAX);
	assert_int_equal(strncmp(err.text, wrong, strlen(wrong)), 0);
	assert_int_equal(strncmp(err.text + strlen(wrong), ":5: ", 4), 0);
	assert_int_equal(ward_plan_check(tree, &plan, &err), WARD_ERR_UNSAFE);
	assert_int_equal(ward_plan_check("/nonexistent", &plan, &err),
	    WARD_ERR_MISSING);
	free(path);
	free(wrong);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan_read__takes_what_the_manual_shows),
		cmocka_unit_test(test_plan_read__refuses_what_it_does_not_know),
		cmocka_unit_test(
		    test_plan_read__refuses_a_head_that_contradicts_itself),
		cmocka_unit_test(test_plan_read__takes_a_head_of_every_kind),
		cmocka_unit_test(test_plan_read__refuses_a_bad_number),
		cmocka_unit_test(test_plan_read__keeps_to_the_ranges),
		cmocka_unit_test(test_plan_read__refuses_what_wraps_around),
		cmocka_unit_test(
		    test_plan_read__takes_a_leading_zero_as_digits),
		cmocka_unit_test(test_plan_read__refuses_other_bad_values),
		cmocka_unit_test(test_plan_read__refuses_too_many_words),
		cmocka_unit_test(test_plan_read__refuses_doubles),
		cmocka_unit_test(test_plan_read__refuses_origin_twice),
		cmocka_unit_test(test_plan_read__refuses_an_origin_of_nothing),
		cmocka_unit_test(
		    test_plan_read__same_rule_for_other_classes_is_no_double),
		cmocka_unit_test(test_plan_read__wants_a_clause),
		cmocka_unit_test(test_plan_read__wants_a_head),
		cmocka_unit_test(test_plan_read__takes_64_characters_of_id),
		cmocka_unit_test(test_plan_read__refuses_a_date_that_is_none),
		cmocka_unit_test(test_plan_read__refuses_a_bad_section_line),
		cmocka_unit_test(
		    test_plan_read__refuses_half_comments_behind_a_section),
		cmocka_unit_test(
		    test_plan_read__refuses_lines_that_are_nothing),
		cmocka_unit_test(test_plan_read__goes_on_in_indented_lines),
		cmocka_unit_test(
		    test_plan_read__drops_nothing_of_a_line_that_goes_on),
		cmocka_unit_test(
		    test_plan_read__skips_comments_and_blank_lines),
		cmocka_unit_test(test_plan_read__refuses_a_line_too_long),
		cmocka_unit_test(test_plan_read__refuses_a_value_too_long),
		cmocka_unit_test(
		    test_plan_read__refuses_bytes_that_are_no_text),
		cmocka_unit_test(test_plan_read__refuses_a_cr_within_a_line),
		cmocka_unit_test(test_plan_read__refuses_c1_controls),
		cmocka_unit_test(test_plan_read__takes_crlf_bom_and_no_newline),
		cmocka_unit_test(test_plan_read__keeps_to_the_size),
		cmocka_unit_test(test_plan_check__refuses_a_huge_file),
		cmocka_unit_test(test_plan_check__takes_a_draft_of_any_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
