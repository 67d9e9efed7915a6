/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/judge.h"

#include <string.h>

#define TAIPEI 480

static void
test_moment_parse__takes_iso_8601(void **state)
{
	static const struct {
		const char *text;
		int zone, ret_zone;
		int64_t seconds;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", TAIPEI, 0, 0 },
		{ "1970-01-01T08:00:00+08:00", 0, TAIPEI, 0 },
		{ "1970-01-01T08:00:00", TAIPEI, TAIPEI, 0 },
		{ "1969-12-31T19:00:00-05:00", 0, -300, 0 },
		{ "1969-12-31T23:59:59Z", 0, 0, -1 },
		{ "1970-01-01T05:45:00+05:45", 0, 345, 0 },
		{ "2000-02-29T00:00:00Z", 0, 0, 951782400 },
		{ "2026-11-20T10:00:00+08:00", 0, TAIPEI, 1795140000 },
		{ "2026-11-20T10:00:00", 0, 0, 1795168800 },
		{ "2038-01-19T03:14:08Z", 0, 0, 2147483648 },
		{ "9999-12-31T23:59:59Z", 0, 0, 253402300799 },
		{ "0001-01-01T00:00:00Z", 0, 0, -62135596800 },
		/* A date alone means its noon. */
		{ "2026-11-20", 0, 0, 1795176000 },
		{ "2026-11-20", TAIPEI, TAIPEI, WARD_JUDGE_NOW },
		{ "2024-02-29", 0, 0, 1709208000 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_moment moment = { .seconds = 4711 };

		assert_int_equal(ward_moment_parse(cases[i].text, cases[i].zone,
				     &moment),
		    0);
		if (moment.seconds != cases[i].seconds) {
			fail_msg("%s: %lld, not %lld", cases[i].text,
			    (long long)moment.seconds,
			    (long long)cases[i].seconds);
		}
		assert_int_equal(moment.zone, cases[i].ret_zone);
	}
}

static void
test_moment_parse__refuses_the_rest(void **state)
{
	static const char *const cases[] = {
		"",
		"now",
		"today",
		"2026",
		"2026-11",
		"20261120",
		"2026-11-2",
		"2026-1-20",
		"26-11-20",
		"02026-11-20",
		"2026/11/20",
		"2026-11-20 ",
		" 2026-11-20",
		"+2026-11-20",
		"-2026-11-20",
		"0000-01-01",
		"2026-00-01",
		"2026-13-01",
		"2026-01-00",
		"2026-01-32",
		"2026-04-31",
		"2026-02-29",
		"2100-02-29",
		"1900-02-29",
		"2024-02-30",
		"2026-11-20Z",
		"2026-11-20+08:00",
		"2026-11-20T",
		"2026-11-20T10",
		"2026-11-20T10:00",
		"2026-11-20T10:00:0",
		"2026-11-20 10:00:00",
		"2026-11-20t10:00:00Z",
		"2026-11-20T24:00:00",
		"2026-11-20T10:60:00",
		"2026-11-20T10:00:60",
		"2026-11-20T-1:00:00",
		"2026-11-20T10:00:00z",
		"2026-11-20T10:00:00ZZ",
		"2026-11-20T10:00:00 Z",
		"2026-11-20T10:00:00.5Z",
		"2026-11-20T10:00:00,5",
		"2026-11-20T10:00:00+8",
		"2026-11-20T10:00:00+08",
		"2026-11-20T10:00:00+0800",
		"2026-11-20T10:00:00+08:0",
		"2026-11-20T10:00:00+08:60",
		"2026-11-20T10:00:00+15:00",
		"2026-11-20T10:00:00+24:00",
		"2026-11-20T10:00:00+08:00x",
		"2026-11-20T10:00:00+08:00 ",
		"2026-11-20T10:00:00\n",
		"2026-11-20T10:00:00 CST",
		"\xef\xbc\x92"
		"026-11-20",
		"115-11-20",
		"1795140000",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct ward_moment moment = { .seconds = 4711, .zone = 17 };

		if (ward_moment_parse(cases[i], TAIPEI, &moment) !=
		    WARD_ERR_SYNTAX) {
			fail_msg("'%s' is not refused", cases[i]);
		}
		assert_true(moment.seconds == 4711 && moment.zone == 17);
	}
}

/* "A date alone means its noon, so that the day is the same day in UTC". */
static void
test_moment_parse__a_date_is_its_utc_day_in_every_zone(void **state)
{
	(void)state;
	for (int zone = -12 * 60; zone <= 14 * 60; zone += 15) {
		struct ward_moment moment;

		assert_int_equal(ward_moment_parse("2026-11-20", zone, &moment),
		    0);
		if (ward_day_of(moment.seconds) != WARD_JUDGE_DAY) {
			fail_msg("%d minutes east: day %lld, not %d", zone,
			    (long long)ward_day_of(moment.seconds),
			    WARD_JUDGE_DAY);
		}
	}
}

static void
test_moment_format__is_parsed_again(void **state)
{
	static const struct {
		struct ward_moment moment;
		const char *text;
	} cases[] = {
		{ { 0, 0 }, "1970-01-01T00:00:00+00:00" },
		{ { 0, TAIPEI }, "1970-01-01T08:00:00+08:00" },
		{ { 0, -300 }, "1969-12-31T19:00:00-05:00" },
		{ { 0, 345 }, "1970-01-01T05:45:00+05:45" },
		{ { -1, 0 }, "1969-12-31T23:59:59+00:00" },
		{ { -86401, 0 }, "1969-12-30T23:59:59+00:00" },
		{ { WARD_JUDGE_NOW, TAIPEI }, "2026-11-20T12:00:00+08:00" },
		{ { 951782399, 0 }, "2000-02-28T23:59:59+00:00" },
		{ { 951782400, 0 }, "2000-02-29T00:00:00+00:00" },
		{ { -62135596800, 0 }, "0001-01-01T00:00:00+00:00" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[WARD_MOMENT_SIZE];
		struct ward_moment again;

		ward_moment_format(cases[i].moment, text);
		assert_string_equal(text, cases[i].text);
		assert_int_equal(ward_moment_parse(text, 17, &again), 0);
		assert_true(again.seconds == cases[i].moment.seconds);
		assert_int_equal(again.zone, cases[i].moment.zone);
	}
}

/* The header promises that "-292277022399-01-01T00:00:00+08:00" fits. */
static void
test_moment_format__has_room_for_every_year(void **state)
{
	static const struct {
		struct ward_moment moment;
		const char *text;
	} cases[] = {
		{ { 253402300800, 0 }, "10000-01-01T00:00:00+00:00" },
		{ { 31494784780800, 0 }, "1000000-01-01T00:00:00+00:00" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[WARD_MOMENT_SIZE];

		ward_moment_format(cases[i].moment, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void
test_day_of__floors(void **state)
{
	(void)state;
	assert_int_equal(ward_day_of(0), 0);
	assert_int_equal(ward_day_of(86399), 0);
	assert_int_equal(ward_day_of(86400), 1);
	assert_int_equal(ward_day_of(-1), -1);
	assert_int_equal(ward_day_of(-86400), -1);
	assert_int_equal(ward_day_of(-86401), -2);
	assert_int_equal(ward_day_of(WARD_JUDGE_NOW), WARD_JUDGE_DAY);
}

static int64_t
day(const char *text)
{
	struct ward_moment moment;

	assert_int_equal(ward_moment_parse(text, 0, &moment), 0);
	return ward_day_of(moment.seconds);
}

static void
test_day_add_months__is_the_same_date(void **state)
{
	static const struct {
		const char *from;
		unsigned int months;
		const char *to;
	} cases[] = {
		{ "2026-05-20", 6, "2026-11-20" },
		{ "2026-01-31", 0, "2026-01-31" },
		{ "2026-01-01", 6, "2026-07-01" },
		/* A date that the month lacks is its last day. */
		{ "2026-08-31", 6, "2027-02-28" },
		{ "2027-08-31", 6, "2028-02-29" },
		{ "2027-08-29", 6, "2028-02-29" },
		{ "2026-08-29", 6, "2027-02-28" },
		{ "2026-08-28", 6, "2027-02-28" },
		{ "2026-10-31", 6, "2027-04-30" },
		{ "2026-12-31", 6, "2027-06-30" },
		{ "2026-12-31", 2, "2027-02-28" },
		{ "2026-01-31", 1, "2026-02-28" },
		/* Leap years, and those that are none. */
		{ "2024-02-29", 12, "2025-02-28" },
		{ "2024-02-29", 48, "2028-02-29" },
		{ "1996-02-29", 48, "2000-02-29" },
		{ "2096-02-29", 48, "2100-02-28" },
		{ "1899-08-31", 6, "1900-02-28" },
		{ "1999-08-31", 6, "2000-02-29" },
		/* Over the turn of the year, and years. */
		{ "2026-07-01", 6, "2027-01-01" },
		{ "2026-11-20", 120, "2036-11-20" },
		{ "2026-12-01", 11, "2027-11-01" },
		{ "2026-12-01", 12, "2027-12-01" },
		{ "2026-12-01", 13, "2028-01-01" },
		/* Before 1970: negative days. */
		{ "1969-08-31", 6, "1970-02-28" },
		{ "1969-12-31", 1, "1970-01-31" },
		{ "1967-08-31", 6, "1968-02-29" },
		{ "0001-01-31", 1, "0001-02-28" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		int64_t got = ward_day_add_months(day(cases[i].from),
		    cases[i].months);

		if (got != day(cases[i].to)) {
			char text[WARD_DAY_SIZE];

			ward_day_format(got, text);
			fail_msg("%s and %u months: %s, not %s", cases[i].from,
			    cases[i].months, text, cases[i].to);
		}
	}
}

/* The shortest six months have 181 days. */
static void
test_day_add_months__six_are_181_to_184_days(void **state)
{
	int64_t least = 1000, most = 0;

	(void)state;
	for (int64_t from = day("1999-01-01"); from < day("2101-01-01");
	     from++) {
		int64_t days = ward_day_add_months(from, 6) - from;

		least = days < least ? days : least;
		most = days > most ? days : most;
	}
	assert_int_equal(least, 181);
	assert_int_equal(most, 184);
}

static void
test_day_format__walks_through_the_calendar(void **state)
{
	static const unsigned int lengths[12] = { 31, 28, 31, 30, 31, 30, 31,
		31, 30, 31, 30, 31 };
	int64_t at = day("1896-01-01");

	(void)state;
	for (unsigned int year = 1896; year <= 2104; year++) {
		bool leap = (year % 4 == 0 && year % 100 != 0) ||
		    year % 400 == 0;

		for (unsigned int month = 1; month <= 12; month++) {
			unsigned int length = lengths[month - 1] +
			    (leap && month == 2);

			for (unsigned int d = 1; d <= length; d++) {
				char text[WARD_DAY_SIZE], right[32];

				(void)snprintf(right, sizeof(right),
				    "%04u-%02u-%02u", year, month, d);
				ward_day_format(at++, text);
				assert_string_equal(text, right);
			}
		}
	}
}

static void
test_day_format__counts_as_shadow_does(void **state)
{
	static const struct {
		int64_t day;
		const char *text;
	} cases[] = {
		{ 0, "1970-01-01" },
		{ 1, "1970-01-02" },
		{ -1, "1969-12-31" },
		{ 19723, "2024-01-01" },
		{ WARD_JUDGE_DAY, "2026-11-20" },
		{ -719162, "0001-01-01" },
		{ -719163, "0000-12-31" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[WARD_DAY_SIZE];

		ward_day_format(cases[i].day, text);
		assert_string_equal(text, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moment_parse__takes_iso_8601),
		cmocka_unit_test(test_moment_parse__refuses_the_rest),
		cmocka_unit_test(
		    test_moment_parse__a_date_is_its_utc_day_in_every_zone),
		cmocka_unit_test(test_moment_format__is_parsed_again),
		cmocka_unit_test(test_moment_format__has_room_for_every_year),
		cmocka_unit_test(test_day_of__floors),
		cmocka_unit_test(test_day_add_months__is_the_same_date),
		cmocka_unit_test(test_day_add_months__six_are_181_to_184_days),
		cmocka_unit_test(test_day_format__walks_through_the_calendar),
		cmocka_unit_test(test_day_format__counts_as_shadow_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
