/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"

/* Each {placeholder} of one stands in the other as often. */
static void
expect_same_places(const char *english, const char *other)
{
	static const char *const places[] = { "{name}", "{observed}",
		"{required}", "{detail}" };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *a = english, *b = other;
		int count = 0;

		while ((a = strstr(a, places[i])) != NULL) {
			a++;
			count++;
		}
		while ((b = strstr(b, places[i])) != NULL) {
			b++;
			count--;
		}
		if (count != 0) {
			fail_msg("%s differs: '%s' and '%s'", places[i],
			    english, other);
		}
	}
}

static void
expect_translated(const char *english)
{
	const char *other = ward_text(WARD_CHINESE_TAIWAN, english);

	if (*english == '\0') {
		assert_ptr_equal(other, english);
		return;
	}
	if (strcmp(other, english) == 0) {
		fail_msg("not in zh_TW: '%s'", english);
	}
	assert_true(ward_utf8_valid(other, strlen(other)));
	expect_same_places(english, other);
}

static void
test_text__every_rule_and_reason_is_in_zh_tw(void **state)
{
	(void)state;
	for (enum ward_rule_id i = 0; i < WARD_RULE_COUNT; i++) {
		expect_translated(ward_rules[i].title);
		expect_translated(ward_rules[i].why);
	}
	for (enum ward_reason_id i = WARD_REASON_NONE + 1;
	     i < WARD_REASON_COUNT; i++) {
		expect_translated(ward_reasons[i].message);
		expect_translated(ward_reasons[i].remedy);
	}
	for (enum ward_setting_id i = 0; i < WARD_SETTING_COUNT; i++) {
		expect_translated(ward_settings[i].help);
		expect_translated(ward_settings[i].unit);
	}
	for (enum ward_class c = WARD_CLASS_ANY + 1; c < WARD_CLASS_COUNT;
	     c++) {
		expect_translated(ward_class_name(c));
	}
}

static void
test_text__english_is_itself(void **state)
{
	static const char text[] = "The password is changed in time";

	(void)state;
	assert_ptr_equal(ward_text(WARD_ENGLISH, text), text);
}

/* What no catalogue knows stays as it is; the empty string above all, for
 * which a catalogue has its own head. */
static void
test_text__unknown_stays(void **state)
{
	static const char *const texts[] = { "", "wang01", "~~~", "A", "\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_ptr_equal(ward_text(WARD_CHINESE_TAIWAN, texts[i]),
		    texts[i]);
	}
}

static void
test_text__uses_taiwans_terms(void **state)
{
	(void)state;
	assert_string_equal(ward_text(WARD_CHINESE_TAIWAN, "FAIL"), "不符合");
	assert_string_equal(ward_text(WARD_CHINESE_TAIWAN, "pass"), "符合");
}

/* ---- details ------------------------------------------------------------- */

static void
test_phrase__puts_values_back(void **state)
{
	static const struct {
		const char *english, *other;
	} cases[] = {
		/* a phrase as it stands */
		{ "a blank stands before it", "名稱之前有空格" },
		/* numbers, and the longer format of two that fit */
		{ "6 fields where 7 belong", "有6個欄位，應為7個" },
		{ "larger than 1048576 bytes", "超過1048576個位元組" },
		/* names, which stay as they are, whatever they hold */
		{ "there is no file /etc/a b", "檔案不存在：/etc/a b" },
		{ "there is no alias %s", "未定義的別名%s" },
		{ "group %:adm x", "群組%:adm x" },
		/* a phrase in a phrase */
		{ "it is empty", "為空白" },
		{ "the group name holds a blank", "群組名稱含有空格" },
		{ "user 'wang' is not in local files (nsswitch.conf: sss)",
		    "使用者「wang」不在本機檔案中（nsswitch.conf：sss）" },
		{ "staff (gid of docker) (administrator)",
		    "staff（與docker同一gid）（群組管理者）" },
		{ "permission denied (run as root)",
		    "權限不足（請以root身分執行）" },
	};
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ward_phrase(WARD_CHINESE_TAIWAN, cases[i].english, text,
		    sizeof(text));
		assert_string_equal(text, cases[i].other);
		ward_phrase(WARD_ENGLISH, cases[i].english, text, sizeof(text));
		assert_string_equal(text, cases[i].english);
	}
}

/* What is no phrase stays; a single word is somebody's name. */
static void
test_phrase__leaves_names(void **state)
{
	static const char *const texts[] = { "", " ", "service", "none",
		"shared", "docker", "6", "six fields where 7 belong",
		"6 fields where 7 belong.", "(root) NOPASSWD: /usr/bin/vi",
		"larger than  bytes", "wang lee", "\xa4p \xa9\xfa" };
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		ward_phrase(WARD_CHINESE_TAIWAN, texts[i], text, sizeof(text));
		assert_string_equal(text, texts[i]);
	}
}

static void
test_phrase__is_cut(void **state)
{
	char text[8];

	(void)state;
	ward_phrase(WARD_CHINESE_TAIWAN, "there is no file /etc/a", text,
	    sizeof(text));
	assert_int_equal(strlen(text), sizeof(text) - 1);
	ward_phrase(WARD_ENGLISH, "there is no file /etc/a", text,
	    sizeof(text));
	assert_string_equal(text, "there i");
}

/* A detail that is told again and again in itself takes no time of note. */
static void
test_phrase__hostile(void **state)
{
	static char english[8192], text[65536];

	(void)state;
	for (size_t i = 0; i + 16 < sizeof(english); i += 11) {
		memcpy(english + i, ", and from ", 12);
	}
	ward_phrase(WARD_CHINESE_TAIWAN, english, text, sizeof(text));
	assert_true(strlen(text) > 0);
}

/* ---- errors -------------------------------------------------------------- */

static void
test_error__says_it_in_its_language(void **state)
{
	static const char plan[] = "[plan]\nid = a\nrank = 1\n";
	struct ward_error err = { .language = WARD_CHINESE_TAIWAN };
	struct ward_plan *none = NULL;

	(void)state;
	assert_int_equal(ward_plan_parse("a.conf", plan, sizeof(plan) - 1,
			     &none, &err),
	    WARD_ERR_SYNTAX);
	assert_string_equal(err.text, "a.conf:3: 不明的設定項目「rank」");
	err.language = WARD_ENGLISH;
	(void)ward_plan_parse("a.conf", plan, sizeof(plan) - 1, &none, &err);
	assert_string_equal(err.text, "a.conf:3: unknown key 'rank'");
	assert_int_equal(ward_error_set(NULL, WARD_ERR_IO, "no memory"),
	    WARD_ERR_IO);
}

/* ---- in a host process --------------------------------------------------- */

extern char **environ;

static char *
join_environment(void)
{
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	assert_non_null(stream);
	(void)fprintf(stream, "%p", (void *)environ);
	for (char **e = environ; *e != NULL; e++) {
		(void)fprintf(stream, "\n%s", *e);
	}
	assert_int_equal(fclose(stream), 0);
	return text;
}

/* As in PAM and slapd: the environment asks for something else, no locale is
 * made, and both stay the host's own. */
static void
test_text__needs_and_sets_no_locale(void **state)
{
	struct ward_error err = { .language = WARD_CHINESE_TAIWAN };
	char *before, *after, *locale, text[200];

	(void)state;
	assert_int_equal(setenv("LC_ALL", "C", 1), 0);
	assert_int_equal(setenv("LANGUAGE", "nonsense:xx", 1), 0);
	assert_int_equal(setenv("TEXTDOMAINDIR", "/nonexistent", 1), 0);
	locale = strdup(setlocale(LC_ALL, NULL));
	before = join_environment();
	assert_string_equal(ward_text(WARD_CHINESE_TAIWAN, "FAIL"), "不符合");
	ward_phrase(WARD_CHINESE_TAIWAN, "minimum age", text, sizeof(text));
	assert_string_equal(text, "最短使用天數");
	(void)ward_error_set(&err, WARD_ERR_NOMEM, "no memory");
	assert_string_equal(err.text, "記憶體不足");
	after = join_environment();
	assert_string_equal(setlocale(LC_ALL, NULL), locale);
	assert_string_equal(before, after);
	free(before);
	free(after);
	free(locale);
}

static void
test_language_find__takes_locale_names(void **state)
{
	static const struct {
		const char *name;
		bool found;
		enum ward_language language;
	} cases[] = {
		{ "en", true, WARD_ENGLISH },
		{ "en_GB.UTF-8", true, WARD_ENGLISH },
		{ "zh_TW", true, WARD_CHINESE_TAIWAN },
		{ "zh_TW.UTF-8", true, WARD_CHINESE_TAIWAN },
		{ "zh_TW.UTF-8@radical", true, WARD_CHINESE_TAIWAN },
		{ "zh-TW", true, WARD_CHINESE_TAIWAN },
		{ "zh_CN.UTF-8", false, WARD_ENGLISH },
		{ "zh", false, WARD_ENGLISH },
		{ "zh_TWX", false, WARD_ENGLISH },
		{ "C", false, WARD_ENGLISH },
		{ "", false, WARD_ENGLISH },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		enum ward_language language = WARD_ENGLISH;

		assert_int_equal(ward_language_find(cases[i].name, &language),
		    cases[i].found);
		assert_int_equal(language, cases[i].language);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text__every_rule_and_reason_is_in_zh_tw),
		cmocka_unit_test(test_text__english_is_itself),
		cmocka_unit_test(test_text__unknown_stays),
		cmocka_unit_test(test_text__uses_taiwans_terms),
		cmocka_unit_test(test_phrase__puts_values_back),
		cmocka_unit_test(test_phrase__leaves_names),
		cmocka_unit_test(test_phrase__is_cut),
		cmocka_unit_test(test_phrase__hostile),
		cmocka_unit_test(test_error__says_it_in_its_language),
		cmocka_unit_test(test_text__needs_and_sets_no_locale),
		cmocka_unit_test(test_language_find__takes_locale_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
