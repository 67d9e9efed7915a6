/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes of an audited host, made fit to be shown. */
#include "tests/judge.h"

#include <string.h>

#include "report/report.h"

struct pair {
	const char *value, *text;
};

static void
expect(ward_clean_fn *clean, const struct pair *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char text[256];

		clean(cases[i].value, text, sizeof(text));
		assert_string_equal(text, cases[i].text);
	}
}

static void
test_clean_text__keeps_text(void **state)
{
	static const struct pair cases[] = {
		{ "", "" },
		{ "wang01", "wang01" },
		{ "\"'<>&;$`\\", "\"'<>&;$`\\" },
		{ " ~", " ~" },
		{ "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e",
		    "\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e" },
		{ "\xc3\xa9\xf0\xa0\x80\x80", "\xc3\xa9\xf0\xa0\x80\x80" },
	};

	(void)state;
	expect(ward_clean_text, cases, LENGTH(cases));
	expect(ward_clean_utf8, cases, LENGTH(cases));
}

static void
test_clean_text__control_characters(void **state)
{
	static const struct pair cases[] = {
		{ "a\x1b[31mb", "a\\x1B[31mb" },
		{ "a\nb\rc\td",
		    "a\\x0Ab\\x0Dc\\x09"
		    "d" },
		{ "\x01\x07\x08\x0b\x0c\x1f\x7f",
		    "\\x01\\x07\\x08\\x0B\\x0C\\x1F\\x7F" },
	};
	static const struct pair kept[] = { { "a\x1b[31mb\n",
	    "a\x1b[31mb\n" } };

	(void)state;
	expect(ward_clean_text, cases, LENGTH(cases));
	/* JSON quotes them itself. */
	expect(ward_clean_utf8, kept, LENGTH(kept));
}

static void
test_clean__what_is_not_utf8(void **state)
{
	static const struct pair cases[] = {
		{ "\xff", "\\xFF" },
		{ "a\x80z", "a\\x80z" },
		{ "\xa4\xfd\xa4\xa4", "\\xA4\\xFD\\xA4\\xA4" }, /* Big5 */
		{ "\xc0\xaf", "\\xC0\\xAF" },
		{ "\xed\xa0\x80", "\\xED\\xA0\\x80" },
		{ "\xf4\x90\x80\x80", "\\xF4\\x90\\x80\\x80" },
		{ "\xe5\xaf", "\\xE5\\xAF" },
		{ "\xe5\xaf\xe5\xaf\x86", "\\xE5\\xAF\xe5\xaf\x86" },
		{ "\x9b"
		  "31m",
		    "\\x9B31m" },
	};

	(void)state;
	expect(ward_clean_text, cases, LENGTH(cases));
	expect(ward_clean_utf8, cases, LENGTH(cases));
}

/* Bidirectional marks turn text around, zero-width characters hide in it, C1
 * controls steer terminals. */
static void
test_clean_text__what_turns_or_hides(void **state)
{
	static const char *const hidden[] = {
		"\xc2\x80",
		"\xc2\x85",
		"\xc2\x9b",
		"\xc2\x9f",
		"\xc2\xad",
		"\xd8\x9c",
		"\xe2\x80\x8b",
		"\xe2\x80\x8c",
		"\xe2\x80\x8d",
		"\xe2\x80\x8e",
		"\xe2\x80\x8f",
		"\xe2\x80\xa8",
		"\xe2\x80\xa9",
		"\xe2\x80\xaa",
		"\xe2\x80\xab",
		"\xe2\x80\xac",
		"\xe2\x80\xad",
		"\xe2\x80\xae",
		"\xe2\x81\xa0",
		"\xe2\x81\xa6",
		"\xe2\x81\xa7",
		"\xe2\x81\xa8",
		"\xe2\x81\xa9",
		"\xef\xbb\xbf",
		"\xf3\xa0\x80\x81",
		"\xf3\xa0\x81\xbf",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(hidden); i++) {
		char value[32], text[64], want[64];
		uint32_t c = 0;

		(void)snprintf(value, sizeof(value), "a%sz", hidden[i]);
		assert_true(
		    ward_utf8_decode(hidden[i], strlen(hidden[i]), &c) > 0);
		(void)snprintf(want, sizeof(want), "a\\u{%X}z", c);
		ward_clean_text(value, text, sizeof(text));
		assert_string_equal(text, want);
		ward_clean_utf8(value, text, sizeof(text));
		assert_string_equal(text, value);
	}
}

/* Also of no width: variation selectors, the Mongolian vowel separator, the
 * grapheme joiner, fillers that Unicode says are not shown. */
static void
test_clean_text__other_zero_width_characters(void **state)
{
	static const char *const hidden[] = { "\xcd\x8f", "\xe1\xa0\x8e",
		"\xef\xb8\x8f", "\xe3\x85\xa4", "\xef\xbe\xa0", "\xe1\x85\x9f",
		"\xf3\xa0\x84\x80" };

	(void)state;
	for (size_t i = 0; i < LENGTH(hidden); i++) {
		char text[64];

		ward_clean_text(hidden[i], text, sizeof(text));
		if (strncmp(text, "\\u{", 3) != 0) {
			fail_msg("case %zu is shown as it is", i);
		}
	}
}

static void
test_clean__cuts_between_characters(void **state)
{
	/* Three bytes, then \x0A of four, then \u{202E} of eight. */
	static const char value[] = "\xe5\xaf\x86\n\xe2\x80\xae";
	static const char whole[] = "\xe5\xaf\x86\\x0A\\u{202E}";

	(void)state;
	for (size_t size = 1; size <= sizeof(whole) + 2; size++) {
		size_t fits = size > 15 ? 15 : size > 7 ? 7 : size > 3 ? 3 : 0;
		char text[64];

		memset(text, '~', sizeof(text));
		ward_clean_text(value, text, size);
		assert_int_equal(strlen(text), fits);
		assert_int_equal(strncmp(text, whole, fits), 0);
		assert_int_equal(text[size], '~');
	}
}

static void
test_clean__every_byte_comes_out_as_utf8(void **state)
{
	(void)state;
	for (unsigned int a = 1; a < 256; a++) {
		for (unsigned int b = 1; b < 256; b++) {
			char value[4] = { (char)a, (char)b, 'x', '\0' };
			char text[64];

			ward_clean_text(value, text, sizeof(text));
			assert_true(ward_utf8_valid(text, strlen(text)));
			for (const char *c = text; *c != '\0'; c++) {
				assert_true(
				    (unsigned char)*c >= ' ' && *c != 0x7f);
			}
			ward_clean_utf8(value, text, sizeof(text));
			assert_true(ward_utf8_valid(text, strlen(text)));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean_text__keeps_text),
		cmocka_unit_test(test_clean_text__control_characters),
		cmocka_unit_test(test_clean__what_is_not_utf8),
		cmocka_unit_test(test_clean_text__what_turns_or_hides),
		cmocka_unit_test(test_clean_text__other_zero_width_characters),
		cmocka_unit_test(test_clean__cuts_between_characters),
		cmocka_unit_test(test_clean__every_byte_comes_out_as_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
