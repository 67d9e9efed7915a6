/* SPDX-License-Identifier: BSD-2-Clause */
/* generate.c: passwords made by chance, as long as is asked for. */
#include "support.h"

#include <string.h>

static size_t
parts_of(const char *password)
{
	size_t parts = 1;

	for (; *password != '\0'; password++) {
		parts += *password == '-';
	}
	return parts;
}

static void
test_generate__differ(void **state)
{
	char one[WARD_PASSWORD_MAX + 1], other[WARD_PASSWORD_MAX + 1];

	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(ward_password_generate(56, one, NULL), 0);
		assert_int_equal(ward_password_generate(56, other, NULL), 0);
		assert_string_not_equal(one, other);
	}
}

static void
test_generate__length(void **state)
{
	static const struct {
		unsigned int bits;
		size_t least, parts;
	} cases[] = {
		{ 0, 8, 1 },
		{ 56, 8, 1 },
		{ 128, 18, 1 },
		{ 129, 18, 2 },
		{ 256, 36, 2 },
		{ 257, 36, 3 },
		{ 1280, 180, 10 },
	};
	char password[WARD_PASSWORD_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(ward_password_generate(cases[i].bits, password,
				     NULL),
		    0);
		assert_true(strlen(password) >= cases[i].least);
		/* A part may have hyphens of its own. */
		assert_true(parts_of(password) >= cases[i].parts);
		for (const char *c = password; *c != '\0'; c++) {
			assert_true(*c > ' ' && *c <= '~');
		}
	}
}

static void
test_generate__too_long(void **state)
{
	static const char nothing[WARD_PASSWORD_MAX + 1];
	struct ward_error err = { .language = WARD_ENGLISH };
	char password[WARD_PASSWORD_MAX + 1];

	(void)state;
	memset(password, 'x', sizeof(password));
	assert_int_equal(ward_password_generate(8192, password, &err),
	    WARD_ERR_RANGE);
	assert_memory_equal(password, nothing, sizeof(password));
	assert_string_equal(err.text, "no password is that long");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_generate__differ),
		cmocka_unit_test(test_generate__length),
		cmocka_unit_test(test_generate__too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
