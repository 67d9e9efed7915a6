/* SPDX-License-Identifier: BSD-2-Clause */
/* faults.c: bytes and names, one by one and all of them. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "collect/accounts/faults.h"

/* Every byte at every place of lines that are longer than a machine word. */
static void
test_faults_bytes__every_byte_everywhere(void **state)
{
	(void)state;
	for (size_t size = 1; size <= 19; size++) {
		for (size_t i = 0; i < size * 256; i++) {
			unsigned char byte = (unsigned char)(i / size);
			char text[20];
			struct ward_line line = { .text = text, .size = size };
			struct ward_faults faults = { .count = 0 };
			bool control = byte < 0x20 || byte == 0x7f;

			memset(text, ' ', size);
			text[size] = '\0';
			text[i % size] = (char)byte;
			ward_faults_bytes(&faults, &line, 0);
			assert_int_equal(faults.count, control || byte >= 0x80);
			if (faults.count > 0) {
				assert_int_equal(faults.list[0].reason,
				    control ? WARD_REASON_WELLFORMED_CONTROL :
					      WARD_REASON_WELLFORMED_ENCODING);
			}
		}
	}
}

/* The first control character is told, and UTF-8 is none. */
static void
test_faults_bytes__first(void **state)
{
	static const struct {
		const char *text, *detail; /* NULL: no fault */
	} cases[] = {
		{ "wang:x:1:1:王小明:/:/bin/sh", NULL },
		{ "wang:x:1:1:\xa4\xfd:/home/wang:/bin/sh", "" },
		{ "12345678901\t2345678\x1f", "0x09" },
		{ "1234567890123456789\r", "CR at the end of the line" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[64];
		struct ward_faults faults = { .count = 0 };
		struct ward_line line = { .text = text };

		line.size = (size_t)snprintf(text, sizeof(text), "%s",
		    cases[i].text);
		ward_faults_bytes(&faults, &line, 0);
		assert_int_equal(faults.count, cases[i].detail != NULL);
		if (cases[i].detail != NULL) {
			assert_string_equal(faults.list[0].detail,
			    cases[i].detail);
		}
	}
}

static void
test_faults_name__cases(void **state)
{
	static const struct {
		const char *name, *detail; /* NULL: no fault */
	} cases[] = {
		{ "wang01", NULL },
		{ "w", NULL },
		{ "Wang_01-x.y$", NULL },
		{ "01wang", NULL },
		{ "abcdefghijklmnopqrstuvwxyzabcdef", NULL },
		{ "abcdefghijklmnopqrstuvwxyzabcdefg",
		    "it is longer than 32 bytes" },
		{ "", "it is empty" },
		{ "0123", "it is all digits" },
		{ "wang lee", "it holds a blank" },
		{ "wang/lee", "it holds '/'" },
		{ "wang,lee", "it holds ','" },
		{ "-wang", "it begins with '-'" },
		{ "..", "it is the name of a directory" },
		{ "王", "it is not ASCII" },
		{ "wang\x7f", "it holds a control character" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_faults faults = { .count = 0 };

		ward_faults_name(&faults, cases[i].name, false);
		assert_int_equal(faults.count, cases[i].detail != NULL);
		if (cases[i].detail != NULL) {
			assert_string_equal(faults.list[0].detail,
			    cases[i].detail);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults_bytes__every_byte_everywhere),
		cmocka_unit_test(test_faults_bytes__first),
		cmocka_unit_test(test_faults_name__cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
