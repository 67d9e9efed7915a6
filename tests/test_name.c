/* SPDX-License-Identifier: BSD-2-Clause */
/* name.c: no name leaves the directory, and each has a file of its own. */
#include "support.h"

#include <string.h>

#include "state/name.h"

static void
test_name_encode__cases(void **state)
{
	static const struct {
		const char *name, *file;
	} cases[] = {
		{ "wang", "wang" },
		{ "Wang_01-x.y", "Wang_01-x.y" },
		{ ".", "%2E" },
		{ "..", "%2E." },
		{ "...", "%2E.." },
		{ ".hidden", "%2Ehidden" },
		{ "a/../../etc/passwd", "a%2F..%2F..%2Fetc%2Fpasswd" },
		{ "/", "%2F" },
		{ "a b", "a%20b" },
		{ "a%20b", "a%2520b" },
		{ "a\nb\t\x7f", "a%0Ab%09%7F" },
		{ "wang$", "wang%24" },
		{ "-rf", "-rf" },
		{ "~", "%7E" },
		{ "王小明", "%E7%8E%8B%E5%B0%8F%E6%98%8E" },
		{ "\xff", "%FF" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char file[WARD_NAME_SIZE], name[WARD_NAME_SIZE];

		assert_int_equal(ward_name_encode(cases[i].name, file), 0);
		assert_string_equal(file, cases[i].file);
		assert_int_equal(ward_name_decode(file, name), 0);
		assert_string_equal(name, cases[i].name);
	}
}

static void
test_name_encode__every_byte(void **state)
{
	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		for (int place = 0; place < 2; place++) {
			char text[3] = { 'a', 'a', '\0' };
			char file[WARD_NAME_SIZE], name[WARD_NAME_SIZE];

			text[place] = (char)byte;
			assert_int_equal(ward_name_encode(text, file), 0);
			assert_null(strchr(file, '/'));
			assert_true(file[0] != '.');
			for (const char *c = file; *c != '\0'; c++) {
				assert_true(*c > ' ' && *c < 0x7f);
			}
			assert_int_equal(ward_name_decode(file, name), 0);
			assert_string_equal(name, text);
		}
	}
}

/* A file's name has room for 255 bytes: as many letters, or 85 others. */
static void
test_name_encode__length(void **state)
{
	static const struct {
		char c;
		size_t count;
		int r;
	} cases[] = {
		{ 'a', 0, WARD_ERR_RANGE },
		{ 'a', 1, 0 },
		{ 'a', 255, 0 },
		{ 'a', 256, WARD_ERR_RANGE },
		{ 'a', 5000, WARD_ERR_RANGE },
		{ '/', 85, 0 },
		{ '/', 86, WARD_ERR_RANGE },
	};
	char name[5001], file[WARD_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(name, cases[i].c, cases[i].count);
		name[cases[i].count] = '\0';
		assert_int_equal(ward_name_encode(name, file), cases[i].r);
	}
}

/* What no name is written like. */
static void
test_name_decode__refused(void **state)
{
	static const char *const files[] = { "", ".", "..", ".wang", "%", "%2",
		"%2f", "%61", "%00", "a%00b", "a b", "wang~", "a/b", "%GG",
		"\xe7\x8e\x8b", "%2", "a%" };
	char name[WARD_NAME_SIZE], file[300];

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(ward_name_decode(files[i], name),
		    WARD_ERR_SYNTAX);
	}
	memset(file, 'a', sizeof(file));
	file[sizeof(file) - 1] = '\0';
	assert_int_equal(ward_name_decode(file, name), WARD_ERR_SYNTAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_name_encode__cases),
		cmocka_unit_test(test_name_encode__every_byte),
		cmocka_unit_test(test_name_encode__length),
		cmocka_unit_test(test_name_decode__refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
