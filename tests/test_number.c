/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/judge.h"

static void
test_parse_uint__takes_digits(void **state)
{
	static const struct {
		const char *text;
		uint64_t lo, hi, number;
	} cases[] = {
		{ "0", 0, 0, 0 },
		{ "8", 8, 8, 8 },
		{ "8", 0, 10, 8 },
		{ "90", 1, 3650, 90 },
		{ "3650", 1, 3650, 3650 },
		{ "08", 1, 256, 8 },
		{ "0000000000000000000000000000008", 1, 256, 8 },
		{ "4294967295", 0, UINT32_MAX, UINT32_MAX },
		{ "18446744073709551615", 0, UINT64_MAX, UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint64_t number = 4711;

		assert_int_equal(ward_parse_uint(cases[i].text, cases[i].lo,
				     cases[i].hi, &number),
		    0);
		assert_true(number == cases[i].number);
	}
}

static void
test_parse_uint__refuses_what_is_no_number(void **state)
{
	static const char *const cases[] = { "", " ", "+8", "-8", "-0", " 8",
		"8 ", "8\n", "8\r", "\t8", "0x8", "8a", "12abc", "8.0", "8,0",
		"1e3", "1_000", "90 days", "\xef\xbc\x98", "\xe5\x85\xab", "--",
		"99999999999999999999x" + 10 };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint64_t number = 4711;

		if (ward_parse_uint(cases[i], 0, UINT64_MAX, &number) !=
		    WARD_ERR_SYNTAX) {
			fail_msg("'%s' is not refused", cases[i]);
		}
		assert_true(number == 4711);
	}
}

static void
test_parse_uint__refuses_what_is_out_of_range(void **state)
{
	static const struct {
		const char *text;
		uint64_t lo, hi;
	} cases[] = {
		{ "0", 1, 3650 },
		{ "7", 8, 10 },
		{ "11", 8, 10 },
		{ "3651", 1, 3650 },
		{ "4294967296", 0, UINT32_MAX },
		{ "18446744073709551616", 0, UINT64_MAX },
		{ "18446744073709551624", 0, UINT64_MAX }, /* 8, wrapped */
		{ "184467440737095516150", 0, UINT64_MAX },
		{ "99999999999999999999999999999999999999", 0, UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		uint64_t number = 4711;

		assert_int_equal(ward_parse_uint(cases[i].text, cases[i].lo,
				     cases[i].hi, &number),
		    WARD_ERR_RANGE);
		assert_true(number == 4711);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_uint__takes_digits),
		cmocka_unit_test(test_parse_uint__refuses_what_is_no_number),
		cmocka_unit_test(test_parse_uint__refuses_what_is_out_of_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
