/* SPDX-License-Identifier: BSD-2-Clause */
/* instant.c: moments by two clocks. */
#include "support.h"

#include <time.h>

#include "state/state.h"

#define SECOND 1000
#define HOUR ((int64_t)3600 * SECOND)

/* Both at noon of one boot, unless the case says otherwise. */
static const struct {
	const char *what;
	struct ward_instant then, now;
	int64_t age;
	bool ahead;
} cases[] = {
	{ "one boot", { 100 * HOUR, HOUR, 7 }, { 100 * HOUR + 5, HOUR + 5, 7 },
	    5, false },
	{ "the same moment", { 100 * HOUR, HOUR, 7 }, { 100 * HOUR, HOUR, 7 },
	    0, false },
	{ "one boot, the clock set back", { 100 * HOUR, HOUR, 7 },
	    { 50 * HOUR, HOUR + 5, 7 }, 5, false },
	{ "one boot, the clock set forward", { 100 * HOUR, HOUR, 7 },
	    { 900 * HOUR, HOUR + 5, 7 }, 5, false },
	{ "another boot", { 100 * HOUR, 90 * HOUR, 7 },
	    { 101 * HOUR, SECOND, 8 }, HOUR, false },
	{ "another boot, the clock set back", { 100 * HOUR, HOUR, 7 },
	    { 50 * HOUR, HOUR, 8 }, 0, true },
	{ "the boot is not known", { 100 * HOUR, HOUR, 0 },
	    { 101 * HOUR, HOUR + 5, 0 }, HOUR, false },
	{ "one boot is not known", { 100 * HOUR, HOUR, 7 },
	    { 101 * HOUR, HOUR + 5, 0 }, HOUR, false },
	/* Another attempt wrote it while this one waited for its turn. */
	{ "just ahead", { 100 * HOUR + SECOND, HOUR + SECOND, 7 },
	    { 100 * HOUR, HOUR, 7 }, 0, false },
	{ "ahead in one boot", { 100 * HOUR, 2 * HOUR, 7 },
	    { 100 * HOUR, HOUR, 7 }, 0, true },
	{ "the ends of time", { INT64_MIN, INT64_MIN, 7 },
	    { INT64_MAX, INT64_MAX, 7 }, INT64_MAX, false },
	{ "the ends of time, ahead", { INT64_MAX, INT64_MAX, 7 },
	    { INT64_MIN, INT64_MIN, 8 }, 0, true },
};

static void
test_instant_age__cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (ward_instant_age(&cases[i].then, &cases[i].now) !=
			cases[i].age ||
		    ward_instant_ahead(&cases[i].then, &cases[i].now) !=
			cases[i].ahead) {
			fail_msg("%s", cases[i].what);
		}
	}
}

static void
test_instant_now__goes_on(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant one, other;
	time_t wall = time(NULL);

	(void)state;
	assert_int_equal(ward_instant_now(&one, &err), 0);
	assert_int_equal(ward_instant_now(&other, &err), 0);
	assert_true(one.boot == other.boot);
	assert_true(one.wall / 1000 >= wall && one.wall / 1000 < wall + 60);
	assert_true(one.up > 0 && other.up >= one.up);
	assert_true(ward_instant_age(&one, &other) < 60000);
	assert_false(ward_instant_ahead(&one, &other));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instant_age__cases),
		cmocka_unit_test(test_instant_now__goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
