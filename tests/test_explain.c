/* SPDX-License-Identifier: BSD-2-Clause */
/* Explanations: what documents say by themselves, and of one account. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#include "report/columns.h"
#include "report/report.h"

#define PLAN \
	"[password.max_age]\ndays = 90\nclause = 1.1 | 1.2\n" \
	"[password.max_age privileged]\ndays = 60\n" \
	"origin.days = agency acctward.conf:2\nstrength = should\nclause = 2\n" \
	"[account.dormant]\nclause = 3\n" \
	"[obligation.drill]\nevery = year\nclause = 4\n"

/* ---- what a document says ------------------------------------------------- */

static void
test_topic__rules_then_duties(void **state)
{
	struct ward_plan *plan = ward_judge_plan(PLAN);
	struct ward_topic topic;
	char id[WARD_TOPIC_SIZE];

	(void)state;
	assert_true(ward_plan_topic(plan, WARD_RULE_PASSWORD_MAX_AGE, &topic));
	ward_topic_id(&topic, id);
	assert_string_equal(id, "password.max_age");
	assert_true(ward_plan_topic(plan, WARD_RULE_COUNT, &topic));
	ward_topic_id(&topic, id);
	assert_string_equal(id, "obligation.drill");
	assert_false(ward_plan_topic(plan, WARD_RULE_COUNT + 1, &topic));
	assert_true(ward_plan_topic(NULL, WARD_RULE_COUNT - 1, &topic));
	assert_false(ward_plan_topic(NULL, WARD_RULE_COUNT, &topic));
	ward_plan_free(plan);
}

static void
test_asked__by_class(void **state)
{
	struct ward_plan *plan = ward_judge_plan(PLAN);
	const struct ward_topic topic = { .rule = WARD_RULE_PASSWORD_MAX_AGE };
	const struct ward_origin *origin;
	struct ward_asked asked;

	(void)state;
	assert_true(ward_plan_asked(plan, 0, &topic, WARD_CLASS_ANY, &asked));
	assert_int_equal(asked.strength, WARD_SHALL);
	assert_string_equal(asked.clauses, "1.1 | 1.2");
	assert_string_equal(ward_asked_value(&asked,
				WARD_SET_PASSWORD_MAX_AGE_DAYS, &origin),
	    "90");
	assert_int_equal(origin->kind, WARD_ORIGIN_PLAN);
	assert_string_equal(origin->file, "test.conf");
	assert_int_equal(origin->line, 6);
	assert_null(ward_asked_value(&asked, WARD_SET_PASSWORD_MAX_AGE_MONTHS,
	    &origin));
	assert_true(
	    ward_plan_asked(plan, 0, &topic, WARD_CLASS_PRIVILEGED, &asked));
	assert_int_equal(asked.strength, WARD_SHOULD);
	assert_string_equal(asked.clauses, "2");
	assert_string_equal(ward_asked_value(&asked,
				WARD_SET_PASSWORD_MAX_AGE_DAYS, &origin),
	    "60");
	assert_int_equal(origin->kind, WARD_ORIGIN_AGENCY);
	assert_false(
	    ward_plan_asked(plan, 0, &topic, WARD_CLASS_PERSON, &asked));
	ward_plan_free(plan);
}

static void
test_asked__duty_and_what_is_built_in(void **state)
{
	struct ward_plan *plan = ward_judge_plan(PLAN);
	struct ward_topic topic = { WARD_RULE_OBLIGATION, "drill" };
	const struct ward_origin *origin;
	struct ward_asked asked;

	(void)state;
	assert_true(ward_plan_asked(plan, 0, &topic, WARD_CLASS_ANY, &asked));
	assert_string_equal(ward_asked_value(&asked, WARD_SET_OBLIGATION_EVERY,
				&origin),
	    "year");
	topic.name = "other";
	assert_false(ward_plan_asked(plan, 0, &topic, WARD_CLASS_ANY, &asked));
	topic = (struct ward_topic){ .rule = WARD_RULE_CLASS_PRIVILEGED };
	assert_true(ward_plan_asked(plan, 0, &topic, WARD_CLASS_ANY, &asked));
	assert_int_equal(asked.origin->kind, WARD_ORIGIN_BUILTIN);
	assert_string_equal(asked.clauses, "");
	ward_plan_free(plan);
}

/* ---- rules ---------------------------------------------------------------- */

static char *
explain(const char *name, const struct ward_plan *plan,
    enum ward_language language)
{
	const struct ward_explain_format *format = ward_explain_format(name);
	struct ward_topic topic;
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.plan = plan,
		.language = language };

	assert_int_equal(format->begin(&report), 0);
	for (size_t i = 0; ward_plan_topic(plan, i, &topic); i++) {
		assert_int_equal(format->topic(&report, &topic), 0);
	}
	assert_int_equal(format->end(&report), 0);
	assert_int_equal(fclose(report.stream), 0);
	return text;
}

/* Is it there, wherever its lines are broken? */
static bool
holds(const char *text, const char *sentence)
{
	for (; *text != '\0'; text++) {
		const char *a = text, *b = sentence;

		while (*b != '\0' && *a == *b) {
			for (a++; *a == ' ' || *a == '\n'; a++) {
			}
			for (b++; *b == ' '; b++) {
			}
		}
		if (*b == '\0') {
			return true;
		}
	}
	return false;
}

static void
expect_every_why(const char *text, enum ward_language language)
{
	for (enum ward_rule_id i = 0; i < WARD_RULE_COUNT; i++) {
		assert_true(
		    holds(text, ward_text(language, ward_rules[i].why)));
		assert_true(
		    holds(text, ward_text(language, ward_rules[i].title)));
	}
	assert_false(holds(text, "never said"));
}

/* But for the lines with a place, which are not broken. */
static void
expect_narrow(char *text)
{
	size_t widest = 0;

	while (text != NULL) {
		const char *line = strsep(&text, "\n");
		size_t size = strlen(line);

		if (size > 0 && line[size - 1] != ']') {
			size_t columns = ward_columns(line);

			widest = columns > widest ? columns : widest;
		}
	}
	assert_in_range(widest, 60, WARD_COLUMNS);
}

static void
test_explain__every_rule_says_why(void **state)
{
	struct ward_plan *plan = ward_judge_plan(PLAN);
	char *text = explain("text", plan, WARD_CHINESE_TAIWAN);

	(void)state;
	expect_every_why(text, WARD_CHINESE_TAIWAN);
	expect_narrow(text);
	free(text);
	text = explain("json", plan, WARD_ENGLISH);
	expect_every_why(text, WARD_ENGLISH);
	free(text);
	text = explain("text", NULL, WARD_ENGLISH);
	expect_every_why(text, WARD_ENGLISH);
	expect_narrow(text);
	free(text);
	ward_plan_free(plan);
}

static void
test_explain__no_such_format(void **state)
{
	(void)state;
	assert_null(ward_explain_format("csv"));
	assert_null(ward_explain_user_format("jsonl"));
	assert_non_null(ward_explain_user_format("json"));
}

/* ---- an account ----------------------------------------------------------- */

static int
pass_on(void *arg, const struct ward_finding *finding)
{
	return ward_explain_user_format("text")->finding(arg, finding);
}

static int
pass_on_json(void *arg, const struct ward_finding *finding)
{
	return ward_explain_user_format("json")->finding(arg, finding);
}

static char *
explain_user(const char *name, const struct ward_account *account)
{
	const struct ward_audit_format *format = ward_explain_user_format(name);
	struct ward_plan *plan = ward_judge_plan(PLAN);
	struct ward_evaluation *evaluation = NULL;
	struct ward_summary summary;
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.plan = plan,
		.host = &ward_judge_host,
		.only = { NULL, account->name } };

	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host,
			     strcmp(name, "text") == 0 ? pass_on : pass_on_json,
			     &report, &evaluation),
	    0);
	assert_int_equal(ward_evaluation_select(evaluation, &report.only), 0);
	assert_int_equal(format->begin(&report), 0);
	assert_int_equal(format->account(&report, account), 0);
	assert_int_equal(ward_evaluate_account(evaluation, account), 0);
	ward_evaluation_summary(evaluation, &summary);
	assert_int_equal(format->end(&report, &summary), 0);
	format->free(&report);
	assert_int_equal(fclose(report.stream), 0);
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	return text;
}

static void
expect_told(const char *format, const struct ward_account *account,
    const char *part)
{
	char *text = explain_user(format, account);

	if (strstr(text, part) == NULL) {
		fail_msg("no '%s' in: %s", part, text);
	}
	free(text);
}

static void
test_explain_user__facts(void **state)
{
	struct ward_account account = ward_judge_account();

	(void)state;
	expect_told("text", &account, "class: person: its uid 1001");
	expect_told("text", &account,
	    "last use: 2026-11-20T11:00:00+08:00 [/var/log/lastlog]");
	expect_told("text", &account, "password changed: 2026-11-10");
	expect_told("text", &account, "days left: 80");
	expect_told("text", &account,
	    "account.dormant: not judged: the document gives no number");
	expect_told("json", &account, "\"days_left\": 80");
	account.failures.known = false;
	expect_told("json", &account, "\"failures\": null");
	account.changed = ward_known(0);
	expect_told("text", &account, "must be changed at the next log-in");
	expect_told("json", &account,
	    "\"changed\": null, \"must_change\": true");
	account.use = WARD_USE_NEVER;
	expect_told("text", &account, "last use: none recorded");
	account.use = WARD_USE_UNKNOWN;
	expect_told("text", &account, "last use: not known");
	account.keys_known = false;
	expect_told("text", &account, "login keys: not known");
	expect_told("json", &account, "\"keys\": {\"count\": null");
	account.login_shell = false;
	expect_told("text", &account, "login keys: not looked at");
	account.failures = ward_known(0);
	expect_told("text", &account, "failed log-ins recorded: 0\n");
	account.failures = ward_known(3);
	account.last_failure = WARD_JUDGE_NOW - 60;
	account.failure_source.file = "/var/log/btmp";
	expect_told("text", &account,
	    "failed log-ins recorded: 3, the last at "
	    "2026-11-20T11:59:00+08:00 [/var/log/btmp]");
	expect_told("json", &account, "\"failures\": {\"count\": 3");
	account.home_state = WARD_HOME_MISSING;
	expect_told("text", &account, "/home/wang01 (does not exist)");
	account.expires = ward_known(0);
	expect_told("text", &account,
	    "end date, from which PAM lets nobody in: 1970-01-01");
	expect_told("json", &account, "\"closed_from\": \"1970-01-01\"");
}

static void
test_explain_user__every_way_to_root(void **state)
{
	static const struct ward_path paths[] = {
		{ .kind = WARD_PATH_GROUP,
		    .detail = "docker",
		    .source = { "/etc/group", 5 } },
		{ .kind = WARD_PATH_SUDO,
		    .detail = "(root) ALL",
		    .source = { "/etc/sudoers", 9 } },
	};
	struct ward_account account = ward_judge_account();

	(void)state;
	account.paths = paths;
	account.path_count = 2;
	account.max_age = ward_known(60);
	expect_told("text", &account,
	    "class: privileged: it has a way to root");
	expect_told("text", &account, "    sudo   (root) ALL [/etc/sudoers:9]");
	expect_told("text", &account,
	    "observed: 10 days; required: at most 60 days (agency setting); "
	    "days left: 50");
	expect_told("json", &account, "\"reason\": \"class_path\"");
}

static void
test_explain_user__nothing_known(void **state)
{
	const struct ward_account account = { .name = "x" };

	(void)state;
	expect_told("text", &account, "x (uid not known)");
	expect_told("text", &account, "password: not known\n");
	expect_told("json", &account, "\"state\": \"unknown\"");
}

static void
test_explain_user__nothing_of_the_host_is_raw(void **state)
{
#define HOSTILE "a\x1b[2J\n\xa4\xfd\xe2\x80\xae<b>"
	static const struct ward_path path = { .kind = WARD_PATH_SUDO,
		.detail = HOSTILE,
		.source = { HOSTILE, 5 } };
	struct ward_account account = ward_judge_account();
	char *text;

	(void)state;
	account.name = account.home = account.shell = HOSTILE;
	account.entry.file = account.shadow.file = HOSTILE;
	account.use_source.file = account.key_source.file = HOSTILE;
	for (size_t paths = 0; paths < 2; paths++) {
		account.paths = &path;
		account.path_count = paths;
		text = explain_user("text", &account);
		for (const char *c = text; *c != '\0'; c++) {
			assert_true((unsigned char)*c >= ' ' || *c == '\n');
		}
		assert_true(ward_utf8_valid(text, strlen(text)));
		assert_null(strstr(text, "\xe2\x80\xae"));
		assert_null(strstr(text, "J\n"));
		free(text);
		text = explain_user("json", &account);
		assert_null(strchr(text, '\x1b'));
		assert_null(strstr(text, "\xe2\x80\xae"));
		assert_true(ward_utf8_valid(text, strlen(text)));
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_topic__rules_then_duties),
		cmocka_unit_test(test_asked__by_class),
		cmocka_unit_test(test_asked__duty_and_what_is_built_in),
		cmocka_unit_test(test_explain__every_rule_says_why),
		cmocka_unit_test(test_explain__no_such_format),
		cmocka_unit_test(test_explain_user__facts),
		cmocka_unit_test(test_explain_user__every_way_to_root),
		cmocka_unit_test(test_explain_user__nothing_known),
		cmocka_unit_test(test_explain_user__nothing_of_the_host_is_raw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
