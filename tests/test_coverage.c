/* SPDX-License-Identifier: BSD-2-Clause */
/* What becomes of each clause of a plan, and how text is wrapped. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "report/columns.h"

#define HEAD "[plan]\nid = TEST\ntitle = Test\nagency = Tests\n"
#define LISTED HEAD "clauses = 1 | 2 | 3\n"

/* "1 checked account.dormant held; 2 gap -; ", stopped at the given row; held:
 * enforced at log-in. */
struct told {
	char text[1024];
	size_t rows, stop_at;
};

static int
take_row(void *arg, const struct ward_coverage *coverage)
{
	struct told *told = arg;
	size_t used = strlen(told->text);

	used += (size_t)snprintf(told->text + used, sizeof(told->text) - used,
	    "%s%s %s %s%s%s%s%s", coverage->beyond ? "beyond " : "",
	    coverage->clause == NULL ? "-" : coverage->clause,
	    ward_answer_name(coverage->answer),
	    coverage->section == NULL ? "-" : coverage->section,
	    coverage->unset ? " unset" : "", coverage->enforced ? " held" : "",
	    coverage->added ? " added" : "",
	    coverage->every == NULL ? "" : " every");
	for (size_t i = 0; i < coverage->agency_count; i++) {
		used += (size_t)snprintf(told->text + used,
		    sizeof(told->text) - used, " %s=%s%s",
		    coverage->agency[i].key, coverage->agency[i].value,
		    coverage->agency[i].unit);
	}
	(void)snprintf(told->text + used, sizeof(told->text) - used, "; ");
	assert_true(
	    (coverage->words == NULL) == (coverage->answer == WARD_ANSWER_GAP));
	return ++told->rows == told->stop_at ? 7 : 0;
}

static int
tell(const char *text, struct told *told, struct ward_coverage_summary *summary)
{
	struct ward_error err = { .text = "" };
	struct ward_plan *plan = NULL;
	int r = ward_plan_parse("test", text, strlen(text), &plan, &err);

	if (r != 0) {
		fail_msg("%s", err.text);
	}
	r = ward_plan_coverage(plan, take_row, told, summary);
	ward_plan_free(plan);
	return r;
}

static void
test_coverage__in_the_order_of_the_document(void **state)
{
	struct told told = { .rows = 0 };
	struct ward_coverage_summary summary;

	(void)state;
	assert_int_equal(
	    tell(LISTED "[obligation.a]\nclause = 3 | 1\n[account.dormant]\n"
			"clause = 1\n[account.leaver person]\nclause = 3\n",
		&told, &summary),
	    0);
	assert_string_equal(told.text,
	    "1 attested obligation.a unset; 1 checked account.dormant unset; "
	    "2 gap -; 3 attested obligation.a unset; "
	    "3 not_checked account.leaver person; ");
	assert_true(summary.listed);
	assert_int_equal(summary.clauses, 3);
	assert_int_equal(summary.answers[WARD_ANSWER_GAP], 1);
	assert_int_equal(summary.answers[WARD_ANSWER_ATTESTED], 2);
	assert_int_equal(summary.answers[WARD_ANSWER_CHECKED], 1);
	assert_int_equal(summary.answers[WARD_ANSWER_NOT_CHECKED], 1);
	assert_int_equal(summary.answers[WARD_ANSWER_OUT_OF_SCOPE], 0);
}

/* "1" is not "1.1", nor the other way round. */
static void
test_coverage__whole_clauses_only(void **state)
{
	struct told told = { .rows = 0 };
	struct ward_coverage_summary summary;

	(void)state;
	assert_int_equal(tell(HEAD "clauses = 1 | 1.1 | 1.1 b\n"
				   "[account.expired]\nclause = 1.1\n",
			     &told, &summary),
	    0);
	assert_string_equal(told.text,
	    "1 gap -; 1.1 checked account.expired held; 1.1 b gap -; ");
}

/* What the class has no number for may have one in general, and is set. */
static void
test_coverage__numbers_and_periods(void **state)
{
	struct told told = { .rows = 0 };
	struct ward_coverage_summary summary;

	(void)state;
	assert_int_equal(tell(LISTED
			     "[password.max_age]\ndays = 9\nclause = 1\n"
			     "[password.max_age privileged]\nclause = 2\n"
			     "[obligation.a]\nbefore = 11-01\nclause = 3\n"
			     "[out_of_scope.b]\nreason = x\nclause = 3\n",
			     &told, &summary),
	    0);
	assert_string_equal(told.text,
	    "1 checked password.max_age held; 2 checked password.max_age "
	    "privileged held; 3 attested obligation.a; 3 out_of_scope "
	    "out_of_scope.b; ");
}

/* What a log-in is held to: not by a reference, not without its numbers, and
 * not where all that comes of it is a warning. */
static void
test_coverage__of_what_is_enforced(void **state)
{
	static const struct {
		const char *text, *told;
		size_t enforced;
	} cases[] = {
		{ "[login.lockout]\nattempts = 5\nseconds = 900\nclause = 1\n",
		    "1 checked login.lockout held; ", 1 },
		{ "[login.lockout]\nattempts = 5\nclause = 1\n",
		    "1 checked login.lockout unset; ", 0 },
		{ "[login.lockout]\nseconds = 900\nclause = 1\n",
		    "1 checked login.lockout unset; ", 0 },
		{ "[login.lockout]\nattempts = 5\nseconds = 900\n"
		  "strength = should\nclause = 1\n",
		    "1 checked login.lockout held; ", 1 },
		{ "[login.lockout]\nattempts = 5\nclause = 1\n"
		  "[login.lockout privileged]\nseconds = 900\nclause = 1\n",
		    "1 checked login.lockout unset; "
		    "1 checked login.lockout privileged held; ",
		    1 },
		{ "[privileged.trail]\nclause = 1\n",
		    "1 enforced privileged.trail held; ", 1 },
		{ "[privileged.trail]\nclause = 1\n"
		  "[password.max_age]\ndays = 90\nclause = 1\n",
		    "1 enforced privileged.trail held; "
		    "1 checked password.max_age held; ",
		    1 },
		{ "[password.max_age]\nclause = 1\n",
		    "1 checked password.max_age unset; ", 0 },
		/* when a password is set */
		{ "[password.min_length]\nmin = 8\nclause = 1\n",
		    "1 checked password.min_length held; ", 1 },
		{ "[password.min_length]\nclause = 1\n",
		    "1 checked password.min_length unset; ", 0 },
		{ "[password.min_length]\nmin = 8\nstrength = should\n"
		  "clause = 1\n",
		    "1 checked password.min_length; ", 0 },
		{ "[password.min_length service]\nmin = 8\nclause = 1\n",
		    "1 checked password.min_length service held; ", 1 },
		{ "[password.no_account_name]\nclause = 1\n",
		    "1 checked password.no_account_name held; ", 1 },
		{ "[password.weak]\nclause = 1\n",
		    "1 checked password.weak held; ", 1 },
		{ "[password.min_age]\ndays = 1\nclause = 1\n",
		    "1 checked password.min_age held; ", 1 },
		/* an exempt reset does not undo what users are held to */
		{ "[password.change_at_first_login]\ntemporary = exempt\n"
		  "clause = 1\n[password.history]\nolder = 3\nclause = 1\n",
		    "1 checked password.change_at_first_login held; "
		    "1 checked password.history held; ",
		    1 },
		{ "[password.max_age]\nmonths = 6\nstrength = should\n"
		  "clause = 1\n",
		    "1 checked password.max_age; ", 0 },
		{ "[password.max_age service]\ndays = 90\nclause = 1\n",
		    "1 checked password.max_age service; ", 0 },
		{ "[account.dormant service]\ndays = 90\nclause = 1\n",
		    "1 checked account.dormant service held; ", 1 },
		{ "[password.expiry_warning]\ndays = 14\nclause = 1\n",
		    "1 checked password.expiry_warning; ", 0 },
		{ "[password.max_age]\nmonths = 6\nclause = 1\n"
		  "[password.expiry_warning]\ndays = 14\nclause = 1\n",
		    "1 checked password.max_age held; "
		    "1 checked password.expiry_warning held; ",
		    1 },
		{ "[password.change_at_first_login]\nclause = 1\n",
		    "1 checked password.change_at_first_login held; ", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct told told = { .rows = 0 }, reference = { .rows = 0 };
		struct ward_coverage_summary summary;
		char text[512];

		(void)snprintf(text, sizeof(text), HEAD "clauses = 1\n%s",
		    cases[i].text);
		assert_int_equal(tell(text, &told, &summary), 0);
		assert_string_equal(told.text, cases[i].told);
		assert_int_equal(summary.answers[WARD_ANSWER_ENFORCED],
		    cases[i].enforced);
		(void)snprintf(text, sizeof(text),
		    HEAD "kind = reference\nclauses = 1\n%s", cases[i].text);
		assert_int_equal(tell(text, &reference, &summary), 0);
		assert_int_equal(summary.answers[WARD_ANSWER_ENFORCED], 0);
		assert_null(strstr(reference.text, "held"));
		assert_null(strstr(reference.text, " enforced "));
	}
}

static void
test_coverage__of_a_plan_that_lists_none(void **state)
{
	struct told told = { .rows = 0 };
	struct ward_coverage_summary summary;

	(void)state;
	assert_int_equal(tell(HEAD "[account.expired]\nclause = 2 | 1 | 2\n"
				   "[account.disabled]\nclause = 1 | 3\n",
			     &told, &summary),
	    0);
	assert_string_equal(told.text,
	    "1 checked account.expired held; 1 checked account.disabled; "
	    "2 checked account.expired held; 3 checked account.disabled; ");
	assert_false(summary.listed);
	assert_int_equal(summary.clauses, 3);
}

/* What the agency has set is its own, and not what the document says: also
 * where a class takes it from the general section. */
static void
test_coverage__of_agency_settings(void **state)
{
	struct told told = { .rows = 0 };
	struct ward_coverage_summary summary;

	(void)state;
	assert_int_equal(tell(LISTED
			     "[password.max_age]\ndays = 9\nclause = 1\n"
			     "origin.days = agency a.conf:2\n"
			     "[password.max_age privileged]\nclause = 2\n"
			     "strength = shall\n"
			     "origin.strength = agency a.conf:9\n"
			     "[log.review]\nevery = week\nclause = 2\n"
			     "[obligation.a]\nevery = month\nclause = 3\n"
			     "before = 11-01\n"
			     "origin.every = agency a.conf:3\n"
			     "[out_of_scope.b]\nreason = x\nclause = 3\n"
			     "origin.reason = agency a.conf:4\n",
			     &told, &summary),
	    0);
	assert_string_equal(told.text,
	    "1 checked password.max_age held days=9days; "
	    "2 checked password.max_age privileged held strength=shall "
	    "days=9days; "
	    "2 not_checked log.review every; "
	    "3 attested obligation.a every=month; "
	    "3 out_of_scope out_of_scope.b; ");
}

/* What only the agency has stands behind the document, and counts for none of
 * its clauses, unless it answers one. */
static void
test_coverage__of_what_the_agency_adds(void **state)
{
#define ADDED \
	"[account.expired]\norigin = agency a.conf:1\n" \
	"[account.disabled]\nclause = A.1\norigin = agency a.conf:2\n" \
	"origin.clause = agency a.conf:2\n" \
	"[obligation.c]\nevery = year\norigin.every = agency a.conf:4\n" \
	"clause = 3\norigin = agency a.conf:3\n"
	static const struct {
		const char *head, *section, *told;
		size_t clauses, gaps;
	} cases[] = {
		{ HEAD "clauses = 1 | 2 | 3\n",
		    "[account.unique]\nclause = 1\n",
		    "1 checked account.unique; 2 gap -; "
		    "3 attested obligation.c added every=year; "
		    "beyond - checked account.expired held added; "
		    "beyond A.1 checked account.disabled added; ",
		    3, 1 },
		{ HEAD, "[account.unique]\nclause = 1\n",
		    "1 checked account.unique; "
		    "beyond - checked account.expired held added; "
		    "beyond A.1 checked account.disabled added; "
		    "beyond 3 attested obligation.c added every=year; ",
		    1, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct told told = { .rows = 0 };
		struct ward_coverage_summary summary;
		char text[1024];

		(void)snprintf(text, sizeof(text), "%s%s" ADDED, cases[i].head,
		    cases[i].section);
		assert_int_equal(tell(text, &told, &summary), 0);
		assert_string_equal(told.text, cases[i].told);
		assert_int_equal(summary.clauses, cases[i].clauses);
		assert_int_equal(summary.answers[WARD_ANSWER_GAP],
		    cases[i].gaps);
	}
}

/* What is built in cites nothing, and answers nothing. */
static void
test_coverage__of_an_empty_plan(void **state)
{
	struct told told = { .rows = 0 };
	struct ward_coverage_summary summary;

	(void)state;
	assert_int_equal(tell(HEAD, &told, &summary), 0);
	assert_int_equal(told.rows, 0);
	assert_int_equal(summary.clauses, 0);
}

static void
test_coverage__stops_where_it_is_told(void **state)
{
	struct ward_coverage_summary summary = { .clauses = 99 };

	(void)state;
	for (size_t i = 1; i <= 3; i++) {
		struct told told = { .stop_at = i };

		assert_int_equal(tell(LISTED
				     "[account.expired]\nclause = 1 | 3\n",
				     &told, &summary),
		    7);
		assert_int_equal(told.rows, i);
		assert_int_equal(summary.clauses, 99);
	}
}

static void
check_wrapped(const char *text, size_t at, const char *wanted)
{
	char *made = NULL;
	size_t size;
	FILE *stream = open_memstream(&made, &size);

	assert_non_null(stream);
	ward_put_wrapped(stream, text, at, 2);
	assert_int_equal(fclose(stream), 0);
	assert_string_equal(made, wanted);
	free(made);
}

static void
test_columns__of_text(void **state)
{
	(void)state;
	assert_int_equal(ward_columns(""), 0);
	assert_int_equal(ward_columns("a b  c"), 6);
	assert_int_equal(ward_columns("密碼"), 4);
	assert_int_equal(ward_columns("密碼(ISMS)，é"), 4 + 6 + 2 + 1);
}

static void
test_columns__where_lines_end(void **state)
{
	(void)state;
	check_wrapped("", 0, "\n");
	check_wrapped("a  b", 0, "a  b\n");
	check_wrapped("fits", 75, "fits\n");
	check_wrapped("one two", 73, "one\n  two\n");
	check_wrapped("密碼", 75, "密碼\n");
	check_wrapped("密碼", 76, "密\n  碼\n");
	/* Punctuation stays with what it closes, and words are whole. */
	check_wrapped("密碼，表", 74, "密\n  碼，表\n");
	check_wrapped("密ISMS-01", 76, "密\n  ISMS-01\n");
	check_wrapped("密第41項", 76, "密\n  第41項\n");
	check_wrapped("密（表）", 75, "密\n  （表）\n");
	check_wrapped("密（表", 74, "密\n  （表\n");
	check_wrapped("see 玖.二.(二)1", 70, "see\n  玖.二.(二)1\n");
	/* What fits nowhere is not lost. */
	check_wrapped("word", 90, "word\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_coverage__in_the_order_of_the_document),
		cmocka_unit_test(test_coverage__whole_clauses_only),
		cmocka_unit_test(test_coverage__numbers_and_periods),
		cmocka_unit_test(test_coverage__of_what_is_enforced),
		cmocka_unit_test(test_coverage__of_a_plan_that_lists_none),
		cmocka_unit_test(test_coverage__of_agency_settings),
		cmocka_unit_test(test_coverage__of_what_the_agency_adds),
		cmocka_unit_test(test_coverage__of_an_empty_plan),
		cmocka_unit_test(test_coverage__stops_where_it_is_told),
		cmocka_unit_test(test_columns__of_text),
		cmocka_unit_test(test_columns__where_lines_end),
	};

	return cmocka_run_group_tests_name("coverage", tests, NULL, NULL);
}
