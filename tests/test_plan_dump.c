/* SPDX-License-Identifier: BSD-2-Clause */
/* What `plan show` writes is a plan: it loads to the same, and shows so. */
#include "tests/judge.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define PLAN_DIR "policy/plans"

static char *
dump(const struct ward_plan *plan)
{
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	assert_non_null(stream);
	assert_int_equal(ward_plan_dump(plan, stream), 0);
	assert_int_equal(fclose(stream), 0);
	return text;
}

/* Both plans answer every question alike. */
static void
expect_same(const struct ward_plan *a, const struct ward_plan *b)
{
	assert_string_equal(ward_plan_id(a), ward_plan_id(b));
	assert_string_equal(ward_plan_title(a), ward_plan_title(b));
	assert_string_equal(ward_plan_agency(a), ward_plan_agency(b));
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		for (enum ward_rule_id r = 0; r < WARD_RULE_COUNT; r++) {
			const char *left = ward_plan_clauses(a, r, c);
			const char *right = ward_plan_clauses(b, r, c);

			assert_int_equal(ward_plan_enables(a, r, c),
			    ward_plan_enables(b, r, c));
			assert_int_equal(ward_plan_strength(a, r, c),
			    ward_plan_strength(b, r, c));
			assert_string_equal(left == NULL ? "-" : left,
			    right == NULL ? "-" : right);
		}
		for (enum ward_setting_id s = 0; s < WARD_SETTING_COUNT; s++) {
			const char *left = ward_plan_text(a, s, c);
			const char *right = ward_plan_text(b, s, c);

			assert_string_equal(left == NULL ? "-" : left,
			    right == NULL ? "-" : right);
			assert_int_equal(ward_plan_is_agency(a, s, c),
			    ward_plan_is_agency(b, s, c));
		}
	}
}

/* dump -> load -> dump is identical. Returns the dump. */
static char *
expect_round(const struct ward_plan *plan)
{
	char *first = dump(plan), *second;
	struct ward_plan *again = NULL;
	struct ward_error err = { .text = "" };

	if (ward_plan_parse("dumped", first, strlen(first), &again, &err) !=
	    0) {
		fail_msg("%s, in:\n%s", err.text, first);
	}
	expect_same(plan, again);
	second = dump(again);
	assert_string_equal(first, second);
	free(second);
	ward_plan_free(again);
	return first;
}

static void
expect_round_of(const char *name, const char *text)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };

	if (ward_plan_parse(name, text, strlen(text), &plan, &err) != 0) {
		fail_msg("%s", err.text);
	}
	free(expect_round(plan));
	ward_plan_free(plan);
}

/* A dump breaks lines between words: a word with which no line may begin is
 * refused from the start, with its line, rather than lost on the way. */
static void
expect_refused(const char *text, unsigned int line)
{
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };
	char where[32];

	(void)snprintf(where, sizeof(where), "x.conf:%u: ", line);
	assert_int_equal(ward_plan_parse("x.conf", text, strlen(text), &plan,
			     &err),
	    WARD_ERR_SYNTAX);
	if (strncmp(err.text, where, strlen(where)) != 0) {
		fail_msg("'%s', not '%s...'", err.text, where);
	}
}

/* ---- the plans shipped ------------------------------------------------------ */

static void
test_plan_dump__shipped_plans_come_back(void **state)
{
	DIR *dir = opendir(PLAN_DIR);
	struct dirent *entry;
	size_t count = 0;

	(void)state;
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		struct ward_plan *plan = NULL;
		struct ward_error err = { .text = "" };
		char *path = NULL;

		if (strstr(entry->d_name, ".conf") == NULL) {
			continue;
		}
		assert_true(asprintf(&path, PLAN_DIR "/%s", entry->d_name) > 0);
		if (ward_plan_check(path, &plan, &err) != 0) {
			fail_msg("%s", err.text);
		}
		free(expect_round(plan));
		ward_plan_free(plan);
		free(path);
		count++;
	}
	(void)closedir(dir);
	assert_int_equal(count, 14);
}

/* ---- with the agency's settings ------------------------------------------------ */

static struct ward_plan *
load(const char *tree, const char *plan_text, const char *config_text)
{
	char *dir = ward_tree_path(tree, "plans");
	char *config = ward_tree_path(tree, "acctward.conf");
	struct ward_plan_places places = { .shipped = dir, .config = config };
	struct ward_plan *plan = NULL;
	struct ward_error err = { .text = "" };

	ward_tree_put(tree, "plans/TEST.conf", plan_text, strlen(plan_text));
	ward_tree_put(tree, "acctward.conf", config_text, strlen(config_text));
	if (ward_plan_load(&places, "TEST", &plan, &err) != 0) {
		fail_msg("%s", err.text);
	}
	free(dir);
	free(config);
	return plan;
}

static const char with_classes[] = WARD_JUDGE_HEAD
    "level = A\n"
    "version = 2\n"
    "date = 2026-01-05\n"
    "[password.max_age]\n"
    "days = 90\n"
    "clause = 3.1 | 3.2\n"
    "[password.max_age service]\n"
    "days = 365\n"
    "strength = should\n"
    "clause = 3.3\n"
    "[password.min_age privileged]\n"
    "days = 1\n"
    "clause = 3.4\n"
    "[account.dormant]\n"
    "clause = 4\n"
    "[obligation.b]\n"
    "every = year\n"
    "before = 11-01\n"
    "title = The second duty\n"
    "clause = 5\n"
    "[obligation.a]\n"
    "every = 2-years\n"
    "clause = 6\n";

static const char agency[] = "[acctward]\n"
			     "plan = TEST\n"
			     "[account.dormant]\n"
			     "days = 90\n"
			     "[password.max_age privileged]\n"
			     "days = 60\n"
			     "[class.privileged]\n"
			     "groups = backup-operators\n"
			     "[password.hash]\n"
			     "allow = yescrypt\n"
			     "clause = Decision 7\n"
			     "[obligation.a]\n"
			     "every = year\n";

static void
test_plan_dump__agency_and_classes_come_back(void **state)
{
	char *tree = ward_tree_new(NULL);
	struct ward_plan *plan = load(tree, with_classes, agency);

	(void)state;
	free(expect_round(plan));
	ward_plan_free(plan);
	ward_tree_remove(tree);
}

static void expect_line(const char *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
expect_line(const char *text, const char *format, ...)
{
	char *line = NULL, *whole = NULL;
	va_list args;

	va_start(args, format);
	assert_true(vasprintf(&line, format, args) > 0);
	va_end(args);
	assert_true(asprintf(&whole, "\n%s\n", line) > 0);
	if (strstr(text, whole) == NULL) {
		fail_msg("no line '%s' in:\n%s", line, text);
	}
	free(line);
	free(whole);
}

static void
test_plan_dump__says_where_each_value_is_from(void **state)
{
	char *tree = ward_tree_new(NULL);
	struct ward_plan *plan = load(tree, with_classes, agency);
	char *text = dump(plan);

	(void)state;
	expect_line(text, "origin.days = plan %s/plans/TEST.conf:9", tree);
	expect_line(text, "origin.days = agency %s/acctward.conf:4", tree);
	expect_line(text, "origin.days = agency %s/acctward.conf:6", tree);
	expect_line(text, "origin.clause = plan %s/plans/TEST.conf:10", tree);
	expect_line(text, "origin = agency %s/acctward.conf:9", tree);
	expect_line(text, "origin.groups = agency %s/acctward.conf:8", tree);
	expect_line(text, "origin.every = agency %s/acctward.conf:13", tree);
	expect_line(text, "origin.strength = built-in");
	expect_line(text, "[password.max_age privileged]");
	expect_line(text, "clause = Decision 7");
	assert_non_null(strstr(text,
	    "\n[account.wellformed]\n"
	    "origin = built-in\n"));
	free(text);
	ward_plan_free(plan);
	ward_tree_remove(tree);
}

static void
test_plan_dump__tells_a_failed_write(void **state)
{
	struct ward_plan *plan = ward_judge_plan("");
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(full);
	assert_int_equal(setvbuf(full, NULL, _IONBF, 0), 0);
	assert_int_equal(ward_plan_dump(plan, full), WARD_ERR_IO);
	(void)fclose(full);
	ward_plan_free(plan);
}

/* ---- values that are hard to write ------------------------------------------------ */

static void
test_plan_dump__long_values_come_back(void **state)
{
	char text[8192] = WARD_JUDGE_HEAD "[obligation.a]\nclause = 1\n"
					  "title = \xe5\xaf\x86\n";

	(void)state;
	while (strlen(text) < 4000) {
		strcat(text,
		    " \xe5\xaf\x86\xe7\xa2\xbc\xe6\x87\x89 234567 "
		    "\xe5\xae\x9a\xe6\x9c\x9f\xe6\x9b\xb4\xe6\x8f\x9b\n");
	}
	expect_round_of("x.conf", text);
}

/* Between two words there may be more than one blank; what is shown is what
 * was written. */
static void
test_plan_dump__blanks_come_back(void **state)
{
	(void)state;
	expect_round_of("x.conf",
	    WARD_JUDGE_HEAD "[password.required]\n"
			    "clause = a  b\tc\n");
}

static void
test_plan_dump__signs_come_back(void **state)
{
	static const char *const titles[] = { "a;b", "a: b", ":", "\"x\"",
		"x\\", "]", "a#b", "a[b" };

	(void)state;
	for (size_t i = 0; i < LENGTH(titles); i++) {
		char text[256];

		(void)snprintf(text, sizeof(text),
		    WARD_JUDGE_HEAD "[obligation.a]\nclause = 1\ntitle = %s\n",
		    titles[i]);
		expect_round_of("x.conf", text);
	}
}

static void
test_plan_dump__words_that_can_begin_no_line_are_refused(void **state)
{
	static const char *const values[] = { "a = b", "=", "#x", "[x]",
		"a # b", ";1", "a\t#b", "a=b" };

	(void)state;
	for (size_t i = 0; i < LENGTH(values); i++) {
		char text[256];

		(void)snprintf(text, sizeof(text),
		    WARD_JUDGE_HEAD "[password.required]\nclause=%s\n",
		    values[i]);
		expect_refused(text, 6);
	}
}

/* A line of 190 bytes, with no blanks around its "=": nothing can be broken. */
static void
test_plan_dump__a_full_line_comes_back(void **state)
{
	char text[512], value[184];

	(void)state;
	memset(value, 'x', sizeof(value));
	value[183] = '\0';
	(void)snprintf(text, sizeof(text),
	    WARD_JUDGE_HEAD "[password.required]\nclause=%s\n", value);
	expect_round_of("x.conf", text);
}

/* Words of plan, acctward.conf and drop-ins add up to as many as one list may
 * have, and are still a plan; more are refused. */
static void
test_plan_dump__many_added_words_come_back(void **state)
{
	char *tree = ward_tree_new(NULL);
	char config[1024] = "[account.neutral_name]\nwords = w\n";
	struct ward_plan *plan;

	(void)state;
	for (int i = 0; i < 55; i++) { /* and eight that are built in */
		size_t used = strlen(config);

		(void)snprintf(config + used, sizeof(config) - used, " w%d\n",
		    i);
	}
	plan = load(tree,
	    WARD_JUDGE_HEAD "[account.neutral_name]\n"
			    "clause = 1\n",
	    config);
	free(expect_round(plan));
	ward_plan_free(plan);
	ward_tree_remove(tree);
}

/* The name goes into every origin. */
static void
test_plan_dump__names_of_files_come_back(void **state)
{
	static const char *const names[] = { "a b/x.conf", "a=b.conf",
		"/a:1/x:2", "\xe5\xb1\x8f.conf", "a#b", "a  b" };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		expect_round_of(names[i],
		    WARD_JUDGE_HEAD "[password.required]\nclause = 1\n");
	}
}

static void
test_plan_dump__hard_names_of_files_come_back(void **state)
{
	static const char *const names[] = { "a ;b/x.conf", "a\nb", "a\x1b[31m",
		"a\xff"
		"b",
		" a", "a " };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		expect_round_of(names[i],
		    WARD_JUDGE_HEAD "[password.required]\nclause = 1\n");
	}
}

static void
test_plan_dump__long_names_of_files_come_back(void **state)
{
	char name[300];

	(void)state;
	memset(name, 'x', sizeof(name));
	name[299] = '\0';
	name[150] = '/';
	expect_round_of(name,
	    WARD_JUDGE_HEAD "[password.required]\n"
			    "clause = 1\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan_dump__shipped_plans_come_back),
		cmocka_unit_test(test_plan_dump__agency_and_classes_come_back),
		cmocka_unit_test(test_plan_dump__says_where_each_value_is_from),
		cmocka_unit_test(test_plan_dump__tells_a_failed_write),
		cmocka_unit_test(test_plan_dump__long_values_come_back),
		cmocka_unit_test(test_plan_dump__blanks_come_back),
		cmocka_unit_test(test_plan_dump__signs_come_back),
		cmocka_unit_test(test_plan_dump__a_full_line_comes_back),
		cmocka_unit_test(
		    test_plan_dump__words_that_can_begin_no_line_are_refused),
		cmocka_unit_test(test_plan_dump__many_added_words_come_back),
		cmocka_unit_test(test_plan_dump__names_of_files_come_back),
		cmocka_unit_test(test_plan_dump__hard_names_of_files_come_back),
		cmocka_unit_test(test_plan_dump__long_names_of_files_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
