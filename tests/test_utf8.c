/* SPDX-License-Identifier: BSD-2-Clause */
/* The edges of RFC 3629. */
#include "tests/judge.h"

#include <string.h>

static void
test_utf8_decode__takes_the_shortest_form(void **state)
{
	static const struct {
		const char *text;
		uint32_t character;
	} cases[] = {
		{ "A", 'A' },
		{ "\x7f", 0x7f },
		{ "\xc2\x80", 0x80 },
		{ "\xdf\xbf", 0x7ff },
		{ "\xe0\xa0\x80", 0x800 },
		{ "\xe5\xaf\x86", 0x5bc6 }, /* 密 */
		{ "\xed\x9f\xbf", 0xd7ff },
		{ "\xee\x80\x80", 0xe000 },
		{ "\xef\xbf\xbf", 0xffff },
		{ "\xf0\x90\x80\x80", 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 0x10ffff },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		size_t size = strlen(cases[i].text);
		uint32_t c = 0;

		assert_int_equal(ward_utf8_decode(cases[i].text, size, &c),
		    size);
		assert_int_equal(c, cases[i].character);
		assert_true(ward_utf8_valid(cases[i].text, size));
	}
}

static void
test_utf8_decode__refuses_the_rest(void **state)
{
	static const char *const cases[] = {
		"\x80", "\xbf",                     /* goes on with nothing */
		"\xc0\x80", "\xc0\xaf", "\xc1\xbf", /* overlong */
		"\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf", "\xed\xa0\x80",
		"\xed\xad\xbf", /* surrogates */
		"\xed\xae\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80", "\xf7\xbf\xbf\xbf", "\xf8\x88\x80\x80\x80",
		"\xfc\x84\x80\x80\x80\x80", "\xfe", "\xff", "\xc2", "\xe5",
		"\xe5\xaf", "\xf0\x90\x80", /* cut */
		"\xc2"
		"A",
		"\xe5\xaf"
		"A",
		"\xe5"
		"A\x86",
		"\xf0\x90\x80"
		"A",
		"\xa4\xfd\xaa\xbe", /* Big5 */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		size_t size = strlen(cases[i]);
		uint32_t c = 4711;

		assert_int_equal(ward_utf8_decode(cases[i], size, &c), 0);
		assert_int_equal(c, 4711);
		assert_false(ward_utf8_valid(cases[i], size));
	}
}

static void
test_utf8_decode__takes_one_character(void **state)
{
	uint32_t c = 0;

	(void)state;
	assert_int_equal(ward_utf8_decode("\xe5\xaf\x86\xff", 4, &c), 3);
	assert_int_equal(c, 0x5bc6);
	assert_int_equal(ward_utf8_decode("\0A", 2, &c), 1);
	assert_int_equal(c, 0);
}

static void
test_utf8_decode__keeps_to_the_size(void **state)
{
	uint32_t c = 4711;

	(void)state;
	assert_int_equal(ward_utf8_decode("A", 0, &c), 0);
	assert_int_equal(ward_utf8_decode("\xe5\xaf\x86", 2, &c), 0);
	assert_int_equal(c, 4711);
}

static void
test_utf8_valid__looks_at_all(void **state)
{
	(void)state;
	assert_true(ward_utf8_valid("", 0));
	assert_true(ward_utf8_valid("a\0b", 3));
	assert_true(ward_utf8_valid("\xe5\xaf\x86\xe7\xa2\xbc 8", 8));
	assert_false(ward_utf8_valid("ok\xe5\xaf", 4));
	assert_false(ward_utf8_valid("ok\xff"
				     "ok",
	    5));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8_decode__takes_the_shortest_form),
		cmocka_unit_test(test_utf8_decode__refuses_the_rest),
		cmocka_unit_test(test_utf8_decode__takes_one_character),
		cmocka_unit_test(test_utf8_decode__keeps_to_the_size),
		cmocka_unit_test(test_utf8_valid__looks_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
