/* SPDX-License-Identifier: BSD-2-Clause */
/* The report for people: order, counts, colour, and nothing raw in it. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static int
pass_on(void *arg, const struct ward_finding *finding)
{
	struct ward_report *report = arg;

	return ward_audit_format("text")->finding(report, finding);
}

/* The whole report of these accounts. */
static char *
render(const char *lines, const struct ward_account *accounts, size_t count,
    bool all, bool color)
{
	const struct ward_audit_format *format = ward_audit_format("text");
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_evaluation *evaluation = NULL;
	struct ward_summary summary;
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.plan = plan,
		.host = &ward_judge_host,
		.all = all,
		.color = color };

	assert_non_null(format);
	assert_non_null(report.stream);
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host, pass_on,
			     &report, &evaluation),
	    0);
	assert_int_equal(format->begin(&report), 0);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(ward_evaluate_account(evaluation,
				     &accounts[i]),
		    0);
	}
	ward_evaluation_summary(evaluation, &summary);
	assert_int_equal(format->end(&report, &summary), 0);
	if (format->free != NULL) {
		format->free(&report);
	}
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	assert_int_equal(fclose(report.stream), 0);
	return text;
}

#define PLAN \
	"[password.max_age]\ndays = 90\nclause = 1.1 | 1.2\n" \
	"[password.required]\nclause = 2\n" \
	"[account.dormant]\nclause = 3\n" \
	"[password.vendor_default]\nclause = 4\n"

static void
expect_in_order(const char *text, const char *const *parts, size_t count)
{
	const char *at = text;

	for (size_t i = 0; i < count; i++) {
		at = strstr(at, parts[i]);
		if (at == NULL) {
			fail_msg("no '%s' in its place in:\n%s", parts[i],
			    text);
		}
		at += strlen(parts[i]);
	}
}

static void
test_audit_text__says_all_in_order(void **state)
{
	static const char *const in_order[] = {
		"test by TEST Test (Tests), as of 2026-11-20T12:00:00+08:00 "
		"(acctward " WARD_VERSION ")\n",
		"NOT COMPLIANT",
		"failed: 1, warnings: 1, unknown: 1; accounts: 4, "
		"privileged: 0\n",
		"\npassword\n",
		"  password.max_age: The password is changed in time "
		"(TEST 1.1 | 1.2)\n",
		"    FAIL old (uid 1001, person): the password was changed 91 "
		"days ago; 90 are allowed [/etc/shadow:12]\n"
		"      -> Have the password changed: chage -d 0 old\n",
		"    WARN unbound (uid 1001, person): nothing makes the user "
		"change the password in time: its maximum age is none; at "
		"most 90 days are asked [/etc/shadow:12]\n"
		"      -> Set the maximum age: chage -M 90 unbound\n",
		"    UNKNOWN unknown (uid 1001, person): the day of the last "
		"password change is not known, so the rule can't be judged "
		"[/etc/shadow:12]\n",
		"\nPassed: password.required, account.wellformed\n",
		"account.dormant\n",
		"password.vendor_default\n",
	};
	struct ward_account accounts[] = { ward_judge_account(),
		ward_judge_account(), ward_judge_account(),
		ward_judge_account() };
	char *text;

	(void)state;
	accounts[0].name = "unbound";
	accounts[0].max_age.known = false;
	accounts[1].name = "old";
	accounts[1].changed = ward_known(WARD_JUDGE_DAY - 91);
	accounts[2].name = "unknown";
	accounts[2].changed.known = false;
	accounts[3].name = "fine";
	text = render(PLAN, accounts, 4, false, false);
	/* Violations before warnings before what is not known. */
	expect_in_order(text, in_order, LENGTH(in_order));
	free(text);
}

/* The edition of the document, as far as the plan tells it. */
static void
test_audit_text__names_the_edition(void **state)
{
	static const struct {
		const char *head, *edition;
	} cases[] = {
		{ "", "(Tests), as of" },
		{ "version = 3.5\n", "(Tests, version 3.5), as of" },
		{ "date = 2015-08-28\n", "(Tests, 2015-08-28), as of" },
		{ "date = 2015-08-28\nversion = 3.5\n",
		    "(Tests, version 3.5, 2015-08-28), as of" },
	};
	struct ward_account account = ward_judge_account();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char plan[1024], *text;

		(void)snprintf(plan, sizeof(plan), "%s" PLAN, cases[i].head);
		text = render(plan, &account, 1, false, false);
		expect_in_order(text, &cases[i].edition, 1);
		free(text);
	}
}

static void
test_audit_text__clean_host_is_one_screen(void **state)
{
	struct ward_account account = ward_judge_account();
	char *text = render(PLAN, &account, 1, false, false);
	size_t lines = 0;

	(void)state;
	for (const char *c = text; *c != '\0'; c++) {
		lines += *c == '\n';
	}
	assert_true(lines <= 24);
	assert_non_null(strstr(text, "\nCOMPLIANT"));
	assert_null(strstr(text, "wang01"));
	free(text);
}

static void
test_audit_text__not_proven_where_something_is_unknown(void **state)
{
	struct ward_account account = ward_judge_account();
	char *text;

	(void)state;
	account.changed.known = false;
	text = render(PLAN, &account, 1, false, false);
	assert_non_null(strstr(text, "\nNOT PROVEN"));
	free(text);
}

static void
test_audit_text__all_shows_what_passed(void **state)
{
	struct ward_account account = ward_judge_account();
	char *text = render(PLAN, &account, 1, true, false);

	(void)state;
	assert_non_null(strstr(text, "    pass wang01 (uid 1001, person): "));
	free(text);
}

static void
test_audit_text__colour_only_where_asked(void **state)
{
	struct ward_account account = ward_judge_account();
	char *text = render(PLAN, &account, 1, false, true);

	(void)state;
	assert_non_null(strstr(text, "\033["));
	free(text);
	text = render(PLAN, &account, 1, true, false);
	assert_null(strchr(text, '\033'));
	free(text);
}

static void
expect_clean(const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		assert_true((unsigned char)*c >= ' ' || *c == '\n');
		assert_int_not_equal(*c, 0x7f);
	}
	assert_true(ward_utf8_valid(text, strlen(text)));
	assert_null(strstr(text, "\xe2\x80\xae"));
	assert_null(strstr(text, "\xc2\x9b"));
}

static void
test_audit_text__nothing_of_the_host_is_raw(void **state)
{
	struct ward_account account = ward_judge_account();
	static const struct ward_defect defect = {
		WARD_REASON_WELLFORMED_FIELDS, "x", "\x1b]0;x\x07\xe2\x80\xae",
		{ "/etc/\x1bpasswd", 3 }
	};
	char *text;

	(void)state;
	account.name = "a\x1b[2J\n\xa4\xfd\xe2\x80\xae\"<b>";
	account.defects = &defect;
	account.defect_count = 1;
	account.shadow.file = "/etc/\x1bshadow";
	account.changed = ward_known(1);
	text = render(PLAN, &account, 1, true, false);
	expect_clean(text);
	assert_non_null(strstr(text, "a\\x1B[2J\\x0A\\xA4\\xFD\\u{202E}\"<b>"));
	free(text);
}

/* Under --root the plan too is a file of the audited host. */
static void
test_audit_text__nothing_of_the_plan_is_raw(void **state)
{
	static const char text_of_plan
	    [] = "[plan]\nid = TEST\n"
		 "title = a\xe2\x80\xae"
		 "b\nagency = c\xe2\x80\xae"
		 "d\n"
		 "[password.max_age]\ndays = 90\nclause = 1\xe2\x80\xae"
		 "2\n";
	struct ward_account account = ward_judge_account();
	const struct ward_audit_format *format = ward_audit_format("text");
	struct ward_plan *plan = NULL;
	struct ward_evaluation *evaluation = NULL;
	struct ward_summary summary;
	char *text = NULL;
	size_t size;
	struct ward_report report = { .host = &ward_judge_host };
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	if (ward_plan_parse("x", text_of_plan, strlen(text_of_plan), &plan,
		&err) != 0) {
		return; /* not taken at all: as good */
	}
	report.stream = open_memstream(&text, &size);
	report.plan = plan;
	account.changed = ward_known(1);
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host, pass_on,
			     &report, &evaluation),
	    0);
	assert_int_equal(format->begin(&report), 0);
	assert_int_equal(ward_evaluate_account(evaluation, &account), 0);
	ward_evaluation_summary(evaluation, &summary);
	assert_int_equal(format->end(&report, &summary), 0);
	if (format->free != NULL) {
		format->free(&report);
	}
	assert_int_equal(fclose(report.stream), 0);
	expect_clean(text);
	free(text);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
}

/* Of many services the same is mostly so: it is said once, whatever the way is
 * on which it is so. */
static void
test_audit_text__tells_services_together(void **state)
{
	static const char *const in_order[] = {
		"PAM services looked at: chfn, login, \\x1B, su\n"
		"(files that only others include, judged with those: 1)\n"
		"(what holds of each, line by line: `acctward stack "
		"SERVICE`)\n",
		"  password.min_length: ",
		"    FAIL PAM services chfn, \\x1B, su (asked for person accounts): a "
		"password of any length can be set: why [/etc/pam.d/x:1]\n"
		"      -> ",
		"    UNKNOWN PAM service login (asked for person accounts): ",
	};
	static const char *const names[] = { "chfn", "common", "login", "\x1b",
		"su" };
	static const struct ward_service_step steps[5] = {
		{ { "/etc/pam.d/x", 1 }, "pam_unix.so", "success" }
	};
	const struct ward_audit_format *format = ward_audit_format("text");
	struct ward_plan *plan = ward_judge_plan(
	    "[password.min_length person]\nmin = 8\nclause = 4\n");
	struct ward_evaluation *evaluation = NULL;
	struct ward_looked looked = { .count = 0 };
	struct ward_summary summary;
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.plan = plan,
		.looked = &looked,
		.host = &ward_judge_host };

	(void)state;
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host, pass_on,
			     &report, &evaluation),
	    0);
	assert_int_equal(format->begin(&report), 0);
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct ward_service s = { .name = names[i],
			.fragment = i == 1 };

		if (i != 2) {
			s.claims[WARD_BY_USER]
				[WARD_CLAIM_MIN_LENGTH] = (struct ward_claim){
				.proof = WARD_PROOF_BROKEN,
				.why = "why",
				.source = { "/etc/pam.d/x", 1 },
				.steps = steps,
				.step_count = i
			};
		}
		assert_int_equal(ward_looked_add(&looked, &s), 0);
		assert_int_equal(ward_evaluate_service(evaluation, &s), 0);
	}
	ward_evaluation_summary(evaluation, &summary);
	assert_int_equal(summary.services, 4);
	assert_int_equal(summary.fail, 3);
	assert_int_equal(format->end(&report, &summary), 0);
	format->free(&report);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	assert_int_equal(fclose(report.stream), 0);
	expect_in_order(text, in_order, LENGTH(in_order));
	ward_looked_clear(&looked);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_audit_text__says_all_in_order),
		cmocka_unit_test(test_audit_text__names_the_edition),
		cmocka_unit_test(test_audit_text__clean_host_is_one_screen),
		cmocka_unit_test(
		    test_audit_text__not_proven_where_something_is_unknown),
		cmocka_unit_test(test_audit_text__all_shows_what_passed),
		cmocka_unit_test(test_audit_text__colour_only_where_asked),
		cmocka_unit_test(test_audit_text__nothing_of_the_host_is_raw),
		cmocka_unit_test(test_audit_text__nothing_of_the_plan_is_raw),
		cmocka_unit_test(test_audit_text__tells_services_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
