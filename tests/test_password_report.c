/* SPDX-License-Identifier: BSD-2-Clause */
/* password*.c: what is said of a new password, and that it is no more. */
#include "support.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const char plan_text[] = "[plan]\nid = X\ntitle = Plan\nagency = A\n"
				"[password.min_length]\nclause = 1\nmin = 8\n";

/* One rule, and what it comes to. */
struct told {
	enum ward_verdict verdict;
	const char *why;
	bool left_out;
	struct ward_password_summary summary;
};

static char *
render(const char *name, const struct told *told)
{
	const struct ward_password_format *format = ward_password_format(name);
	static const struct ward_citation citation = { "X", "1" };
	const struct ward_host host = { .now = { 1795147200, 480 } };
	/* As nothing that is observed is to be shown. */
	const struct ward_finding finding = {
		.rule = WARD_RULE_PASSWORD_MIN_LENGTH,
		.verdict = told->verdict,
		.subject = { WARD_SUBJECT_ACCOUNT, NULL },
		.reason = told->verdict == WARD_FAIL ? WARD_REASON_NEW_SHORT :
						       WARD_REASON_NONE,
		.observed = "OBSERVED",
		.required = "8",
		.unit = "characters",
		.citations = { &citation, 1 },
	};
	const struct ward_password_row row = { &finding, "Use more", told->why,
		told->left_out };
	struct ward_report report = { .host = &host, .count = 1 };
	struct ward_plan *plan = NULL;
	char *text = NULL;
	size_t size;

	assert_int_equal(ward_plan_parse("x", plan_text, strlen(plan_text),
			     &plan, NULL),
	    0);
	report.plan = plan;
	report.stream = open_memstream(&text, &size);
	assert_non_null(report.stream);
	assert_int_equal(format->begin(&report, NULL), 0);
	assert_int_equal(format->row(&report, &row), 0);
	assert_int_equal(format->end(&report, &told->summary), 0);
	assert_int_equal(fclose(report.stream), 0);
	ward_plan_free(plan);
	assert_null(strstr(text, "OBSERVED"));
	return text;
}

static const struct {
	struct told told;
	const char *row, *end, *verdict;
} cases[] = {
	{ { .verdict = WARD_PASS },
	    "  pass: Use more\n",
	    "\nIt can be set. Failed: 0; warnings: 0; not known: 0\n", "pass" },
	{ { .verdict = WARD_FAIL,
	      .summary = { .act = WARD_ACT_REFUSE, .fail = 1 } },
	    "  FAIL: the new password has fewer than 8 characters\n"
	    "    -> Use at least 8 characters\n",
	    "\nIt can't be set. Failed: 1; warnings: 0; not known: 0\n",
	    "fail" },
	{ { .verdict = WARD_PASS,
	      .why = "not there",
	      .summary = { .act = WARD_ACT_REFUSE, .unknown = 1 } },
	    "  UNKNOWN: not there\n    asked: Use more\n",
	    "\nIt is not known whether it can be set. Failed: 0; warnings: 0; "
	    "not known: 1\n",
	    "unknown" },
	{ { .verdict = WARD_FAIL,
	      .why = "not judged",
	      .left_out = true,
	      .summary = { .left_out = 1, .lacks = "/dict" } },
	    "  not judged\n    asked: Use more\n",
	    "\nThe dictionary /dict is not there, and was not looked into.\n"
	    "\nIt can be set. Failed: 0; warnings: 0; not known: 0; not "
	    "judged: 1\n",
	    "pass" },
};

static void
test_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *text = render("text", &cases[i].told), wanted[1024];

		(void)snprintf(wanted, sizeof(wanted),
		    "A new password by X Plan (A)\n\n"
		    "password.min_length [X 1]\n%s%s",
		    cases[i].row, cases[i].end);
		assert_string_equal(text, wanted);
		free(text);
	}
}

static void
test_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct told *told = &cases[i].told;
		char *text = render("json", told);
		json_t *document = json_loads(text, JSON_REJECT_DUPLICATES,
		    NULL);
		json_t *row = json_array_get(json_object_get(document, "rules"),
		    0);
		json_t *end = json_object_get(document, "summary");

		assert_non_null(document);
		assert_string_equal(json_string_value(
					json_object_get(row, "verdict")),
		    told->why == NULL ? ward_verdict_name(told->verdict) :
					"unknown");
		assert_int_equal(json_is_true(json_object_get(row, "judged")),
		    !told->left_out);
		assert_string_equal(json_string_value(
					json_object_get(end, "verdict")),
		    cases[i].verdict);
		assert_int_equal(json_is_true(
				     json_object_get(end, "can_be_set")),
		    told->summary.act != WARD_ACT_REFUSE);
		json_decref(document);
		free(text);
	}
}

static void
test_format__none(void **state)
{
	(void)state;
	assert_null(ward_password_format("csv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_format__none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
