/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

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
	assert_string_equal(ward_text(WARD_CHINESE_TAIWAN, "FAIL"),
	    "\xe4\xb8\x8d\xe7\xac\xa6\xe5\x90\x88");
	assert_string_equal(ward_text(WARD_CHINESE_TAIWAN, "pass"),
	    "\xe7\xac\xa6\xe5\x90\x88");
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
		cmocka_unit_test(test_language_find__takes_locale_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
