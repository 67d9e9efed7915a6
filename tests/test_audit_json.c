/* SPDX-License-Identifier: BSD-2-Clause */
/* acctward-audit/1 and acctward-privileged/1, as jansson reads them again. */
#include "tests/judge.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "report/report.h"

static int
pass_on(void *arg, const struct ward_finding *finding)
{
	return ward_audit_format("json")->finding(arg, finding);
}

static json_t *
parse(char *text)
{
	json_error_t error;
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (root == NULL) {
		fail_msg("%s at %d: %s", error.text, error.position, text);
	}
	free(text);
	return root;
}

static json_t *
render(const char *lines, const struct ward_account *account, bool all)
{
	const struct ward_audit_format *format = ward_audit_format("json");
	struct ward_plan *plan = ward_judge_plan(lines);
	struct ward_evaluation *evaluation = NULL;
	struct ward_summary summary;
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.plan = plan,
		.host = &ward_judge_host,
		.all = all };

	assert_non_null(format);
	assert_int_equal(ward_evaluation_new(plan, &ward_judge_host, pass_on,
			     &report, &evaluation),
	    0);
	assert_int_equal(format->begin(&report), 0);
	assert_int_equal(ward_evaluate_account(evaluation, account), 0);
	ward_evaluation_summary(evaluation, &summary);
	assert_int_equal(format->end(&report, &summary), 0);
	if (format->free != NULL) {
		format->free(&report);
	}
	ward_evaluation_free(evaluation);
	ward_plan_free(plan);
	assert_int_equal(fclose(report.stream), 0);
	return parse(text);
}

/* The value at a path of keys and indices, as "findings.0.rule". */
static const json_t *
at(const json_t *value, const char *path)
{
	while (*path != '\0') {
		char key[64];
		size_t size = strcspn(path, ".");

		assert_true(size < sizeof(key));
		memcpy(key, path, size);
		key[size] = '\0';
		value = json_is_array(value) ?
		    json_array_get(value, strtoul(key, NULL, 10)) :
		    json_object_get(value, key);
		if (value == NULL) {
			fail_msg("nothing at %s", key);
		}
		path += size + (path[size] == '.');
	}
	return value;
}

static void
expect_text(const json_t *root, const char *path, const char *text)
{
	const json_t *value = at(root, path);

	if (!json_is_string(value) ||
	    strcmp(json_string_value(value), text) != 0) {
		fail_msg("%s: %s, not %s", path, json_string_value(value),
		    text);
	}
}

static void
expect_number(const json_t *root, const char *path, json_int_t number)
{
	assert_true(json_is_integer(at(root, path)));
	assert_int_equal(json_integer_value(at(root, path)), number);
}

#define PLAN \
	"[password.max_age]\ndays = 90\nclause = 1.1 | 1.2\n" \
	"origin.days = agency acctward.conf:2\n" \
	"[account.dormant]\nclause = 3\n" \
	"[password.vendor_default]\nclause = 4\n"

/* The shape of docs/schema/acctward-audit-1.json. */
static void
test_audit_json__has_the_shape_of_the_design(void **state)
{
	struct ward_account account = ward_judge_account();
	json_t *root;

	(void)state;
	account.changed = ward_known(WARD_JUDGE_DAY - 263);
	root = render(PLAN, &account, false);
	expect_text(root, "schema", "acctward-audit/1");
	expect_text(root, "tool", "acctward " WARD_VERSION);
	expect_text(root, "host", "test");
	expect_text(root, "as_of", "2026-11-20T12:00:00+08:00");
	expect_text(root, "plan.id", "TEST");
	expect_text(root, "plan.title", "Test");
	assert_int_equal(json_array_size(at(root, "plan.packs")), 0);
	assert_int_equal(json_array_size(at(root, "findings")), 1);
	expect_text(root, "findings.0.rule", "password.max_age");
	expect_text(root, "findings.0.strength", "shall");
	expect_text(root, "findings.0.verdict", "fail");
	expect_text(root, "findings.0.subject.type", "account");
	expect_text(root, "findings.0.subject.name", "wang01");
	expect_number(root, "findings.0.subject.uid", 1001);
	expect_text(root, "findings.0.subject.class", "person");
	expect_text(root, "findings.0.observed", "263");
	expect_text(root, "findings.0.required", "90");
	expect_text(root, "findings.0.unit", "days");
	assert_int_equal(json_array_size(at(root, "findings.0.clauses")), 2);
	expect_text(root, "findings.0.clauses.0.plan", "TEST");
	expect_text(root, "findings.0.clauses.0.clause", "1.1");
	expect_text(root, "findings.0.clauses.1.clause", "1.2");
	expect_text(root, "findings.0.source", "/etc/shadow:12");
	expect_text(root, "findings.0.message",
	    "the password was changed 263 days ago; 90 are allowed");
	expect_text(root, "findings.0.remedy",
	    "Have the password changed: chage -d 0 wang01");
	expect_text(root, "findings.0.reason", "max_age_old");
	assert_true(json_is_true(at(root, "findings.0.agency_setting")));
	expect_text(root, "rules.1.rule", "password.vendor_default");
	expect_text(root, "rules.1.verdict", "unknown");
	expect_text(root, "rules.0.rule", "password.max_age");
	expect_text(root, "rules.0.verdict", "fail");
	expect_number(root, "rules.0.checked", 1);
	expect_number(root, "rules.0.pass", 0);
	expect_number(root, "rules.0.fail", 1);
	expect_number(root, "rules.0.unknown", 0);
	expect_number(root, "rules.0.waived", 0);
	expect_number(root, "rules.0.notapplicable", 0);
	expect_text(root, "rules.3.rule", "account.dormant");
	expect_text(root, "rules.3.verdict", "unknown");
	expect_text(root, "summary.verdict", "fail");
	expect_number(root, "summary.accounts", 1);
	expect_number(root, "summary.privileged", 0);
	expect_number(root, "summary.fail", 1);
	expect_number(root, "summary.warn", 0);
	expect_number(root, "summary.unknown", 0);
	expect_number(root, "summary.waived", 0);
	json_decref(root);
}

static void
test_audit_json__shows_what_did_not_pass(void **state)
{
	struct ward_account account = ward_judge_account();
	json_t *root = render(PLAN, &account, false);

	(void)state;
	assert_int_equal(json_array_size(at(root, "findings")), 0);
	expect_text(root, "summary.verdict", "pass");
	json_decref(root);
	root = render(PLAN, &account, true);
	assert_int_equal(json_array_size(at(root, "findings")), 2);
	expect_text(root, "findings.0.verdict", "pass");
	assert_true(json_is_null(at(root, "findings.1.reason")));
	json_decref(root);
}

static void
test_audit_json__locked_is_not_checked(void **state)
{
	struct ward_account account = ward_judge_account();
	json_t *root;

	(void)state;
	account.password.state = WARD_PASSWORD_LOCKED;
	root = render(PLAN, &account, false);
	assert_int_equal(json_array_size(at(root, "findings")), 0);
	expect_number(root, "rules.0.checked", 0);
	expect_number(root, "rules.0.notapplicable", 1);
	expect_text(root, "rules.0.verdict", "notapplicable");
	json_decref(root);
}

static void
test_audit_json__strange_names_are_text(void **state)
{
	struct ward_account account = ward_judge_account();
	json_t *root;

	(void)state;
	account.name = "a\"\\\x1b\n\t\xa4\xfd</script>\xe2\x80\xae";
	account.changed = ward_known(1);
	root = render(PLAN, &account, false);
	expect_text(root, "findings.0.subject.name",
	    "a\"\\\x1b\n\t\\xA4\\xFD</script>\xe2\x80\xae");
	json_decref(root);
}

static void
test_privileged_json__keeps_every_path(void **state)
{
	static const struct ward_path paths[] = {
		{ .kind = WARD_PATH_UID0,
		    .detail = "0",
		    .source = { "/etc/passwd", 1 } },
		{ .kind = WARD_PATH_GROUP,
		    .detail = "docker",
		    .source = { "/etc/group", 4 } },
		{ .kind = WARD_PATH_SUDO,
		    .detail = "(ALL) ALL",
		    .source = { "/etc/sudoers", 20 } },
		{ .kind = WARD_PATH_DOAS,
		    .detail = "permit",
		    .source = { "/etc/doas.conf", 1 } },
		{ .kind = WARD_PATH_KEY,
		    .detail = "wang@pc",
		    .source = { "/root/.ssh/authorized_keys", 2 } },
	};
	static const char *const kinds[] = { "uid0", "group", "sudo", "doas",
		"key" };
	const struct ward_privileged_format *format = ward_privileged_format(
	    "json");
	struct ward_account account = ward_judge_account();
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.host = &ward_judge_host };
	json_t *root;

	(void)state;
	account.paths = paths;
	account.path_count = LENGTH(paths);
	assert_int_equal(format->begin(&report), 0);
	assert_int_equal(format->account(&report, &account), 0);
	account.password.state = WARD_PASSWORD_LOCKED;
	assert_int_equal(format->account(&report, &account), 0);
	account.password.state = WARD_PASSWORD_UNKNOWN;
	assert_int_equal(format->account(&report, &account), 0);
	assert_int_equal(format->end(&report, true), 0);
	assert_int_equal(fclose(report.stream), 0);
	root = parse(text);
	expect_text(root, "schema", "acctward-privileged/1");
	assert_int_equal(json_array_size(at(root, "accounts")), 3);
	expect_text(root, "accounts.0.name", "wang01");
	expect_number(root, "accounts.0.uid", 1001);
	assert_true(json_is_false(at(root, "accounts.0.locked")));
	assert_true(json_is_true(at(root, "accounts.1.locked")));
	/* Not known is neither. */
	assert_true(json_is_null(at(root, "accounts.2.locked")));
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		char path[64];

		(void)snprintf(path, sizeof(path), "accounts.0.paths.%zu.kind",
		    i);
		expect_text(root, path, kinds[i]);
	}
	expect_text(root, "accounts.0.paths.2.detail", "(ALL) ALL");
	expect_text(root, "accounts.0.paths.2.source", "/etc/sudoers:20");
	json_decref(root);
}

static void
test_privileged_text__uid_not_known_is_not_root(void **state)
{
	static const struct ward_path path = { .kind = WARD_PATH_GROUP,
		.detail = "docker",
		.source = { "/etc/group", 4 } };
	const struct ward_privileged_format *format = ward_privileged_format(
	    "text");
	struct ward_account account = ward_judge_account();
	char *text = NULL;
	size_t size;
	struct ward_report report = { .stream = open_memstream(&text, &size),
		.host = &ward_judge_host };

	(void)state;
	account.uid = (struct ward_optional){ .known = false };
	account.paths = &path;
	account.path_count = 1;
	assert_int_equal(format->begin(&report), 0);
	assert_int_equal(format->account(&report, &account), 0);
	assert_int_equal(format->end(&report, true), 0);
	assert_int_equal(fclose(report.stream), 0);
	assert_null(strstr(text, "uid 0"));
	free(text);
}

static void
test_formats__are_known_by_name(void **state)
{
	(void)state;
	assert_non_null(ward_audit_format("text"));
	assert_non_null(ward_audit_format("json"));
	assert_null(ward_audit_format("html"));
	assert_null(ward_audit_format(""));
	assert_null(ward_audit_format("JSON"));
	assert_non_null(ward_privileged_format("text"));
	assert_non_null(ward_privileged_format("json"));
	assert_null(ward_privileged_format("csv"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_audit_json__has_the_shape_of_the_design),
		cmocka_unit_test(test_audit_json__shows_what_did_not_pass),
		cmocka_unit_test(test_audit_json__locked_is_not_checked),
		cmocka_unit_test(test_audit_json__strange_names_are_text),
		cmocka_unit_test(test_privileged_json__keeps_every_path),
		cmocka_unit_test(
		    test_privileged_text__uid_not_known_is_not_root),
		cmocka_unit_test(test_formats__are_known_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
