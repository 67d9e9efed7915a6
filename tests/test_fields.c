/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.c, and faults.c, which says what is odd about what it finds. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "collect/accounts/faults.h"
#include "collect/accounts/fields.h"

static void
test_line_entry__cases(void **state)
{
	static const struct {
		const char *text, *entry;
	} cases[] = { { "bob:x", "bob:x" }, { " \t\r\f\vbob", "bob" },
		{ "", NULL }, { " \t", NULL }, { "#bob", NULL },
		{ "  # bob", NULL }, { "b#b", "b#b" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[32];
		struct ward_line line = { .text = text,
			.size = strlen(cases[i].text) };
		const char *entry;

		memcpy(text, cases[i].text, line.size + 1);
		entry = ward_line_entry(&line);
		if (cases[i].entry == NULL) {
			assert_null(entry);
		} else {
			assert_string_equal(entry, cases[i].entry);
		}
	}
}

static void
test_fields_split__counts(void **state)
{
	char text[] = "a::c:d:e";
	struct ward_fields fields;

	(void)state;
	ward_fields_split(text, 4, &fields);
	assert_int_equal(fields.count, 5);
	assert_string_equal(fields.list[0], "a");
	assert_string_equal(fields.list[1], "");
	assert_string_equal(fields.list[2], "c");
	assert_string_equal(fields.list[3], "d:e");
	ward_fields_split(text, 4, &fields);
	assert_int_equal(fields.count, 1);
	for (size_t i = 1; i < WARD_FIELDS_MAX; i++) {
		assert_string_equal(fields.list[i], "");
	}
}

static void
test_field_number__cases(void **state)
{
	static const struct {
		const char *text;
		enum ward_number form;
		uint32_t number;
		const char *fault;
	} cases[] = {
		{ "0", WARD_NUMBER_PLAIN, 0, NULL },
		{ "1000", WARD_NUMBER_PLAIN, 1000, NULL },
		{ "999999999", WARD_NUMBER_PLAIN, 999999999, NULL },
		{ "1000000000", WARD_NUMBER_PLAIN, 1000000000, NULL },
		{ "0999999999", WARD_NUMBER_ODD, 999999999, "'0999999999'" },
		{ "4294967295", WARD_NUMBER_PLAIN, 4294967295u, NULL },
		{ "00", WARD_NUMBER_ODD, 0, "'00'" },
		{ "+0", WARD_NUMBER_ODD, 0, "'+0'" },
		{ "-0", WARD_NUMBER_ODD, 0, "'-0'" },
		{ " 0", WARD_NUMBER_ODD, 0, "' 0'" },
		{ "\t0", WARD_NUMBER_ODD, 0, "'\t0'" },
		{ "0100", WARD_NUMBER_ODD, 100, "'0100'" },
		{ "-18446744073709551615", WARD_NUMBER_ODD, 1,
		    "'-18446744073709551615'" },
		{ "", WARD_NUMBER_EMPTY, 0, "'', which is no number" },
		{ " ", WARD_NUMBER_DEAD, 0, "' ', which is no number" },
		{ "+", WARD_NUMBER_DEAD, 0, "'+', which is no number" },
		{ "0 ", WARD_NUMBER_DEAD, 0, "'0 ', which is no number" },
		{ "0x1", WARD_NUMBER_DEAD, 0, "'0x1', which is no number" },
		{ "12a", WARD_NUMBER_DEAD, 0, "'12a', which is no number" },
		{ "-1", WARD_NUMBER_DEAD, 0, "'-1', which is negative" },
		{ "4294967296", WARD_NUMBER_DEAD, 0,
		    "'4294967296', which is too large" },
		{ "99999999999999999999999", WARD_NUMBER_DEAD, 0,
		    "'99999999999999999999999', which is too large" },
		{ "1111111111222222222233333333334444444444", WARD_NUMBER_DEAD,
		    0,
		    "'11111111112222222222333333333344', which is too large" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_faults faults = { .count = 0 };
		uint32_t number = 0;

		assert_int_equal(ward_field_number(cases[i].text, &number),
		    cases[i].form);
		assert_int_equal(number, cases[i].number);
		ward_faults_number(&faults, WARD_REASON_WELLFORMED_UID,
		    cases[i].text);
		assert_int_equal(faults.count, cases[i].fault != NULL);
		if (cases[i].fault != NULL) {
			assert_string_equal(faults.list[0].detail,
			    cases[i].fault);
		}
	}
}

static void
test_field_member__list(void **state)
{
	static const char *const names[] = { "a", "b ", "c d", "e:f" };
	char text[] = ",a,, b ,\tc d,e:f, ,";
	char *list = text;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(ward_field_member(&list), names[i]);
	}
	assert_null(ward_field_member(&list));
	assert_null(ward_field_member(&list));
}

static void
test_faults_name__cases(void **state)
{
	static const char longest[] = "a2345678901234567890123456789012";
	static const struct {
		const char *name, *fault;
	} cases[] = {
		{ "wang01", NULL },
		{ "_apt", NULL },
		{ "www-data", NULL },
		{ "host$", NULL },
		{ "First.Last", NULL },
		{ "1a", NULL },
		{ longest, NULL },
		{ "", "it is empty" },
		{ "-bob", "it begins with '-'" },
		{ "+bob", "it begins with '+'" },
		{ "b ob", "it holds a blank" },
		{ "bob ", "it holds a blank" },
		{ "b\tob", "it holds a control character" },
		{ "../bob", "it holds '/'" },
		{ "a,b", "it holds ','" },
		{ "..", "it is the name of a directory" },
		{ "1000", "it is all digits" },
		{ "\xe7\x8e\x8b", "it is not ASCII" },
		{ "\xa4\xfd", "it is not ASCII" },
		{ "a23456789012345678901234567890123",
		    "it is longer than 32 bytes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ward_faults faults = { .count = 0 };

		ward_faults_name(&faults, cases[i].name, false);
		assert_int_equal(faults.count, cases[i].fault != NULL);
		if (cases[i].fault != NULL) {
			assert_string_equal(faults.list[0].detail,
			    cases[i].fault);
		}
	}
}

static void
expect_bytes(const char *bytes, size_t size, bool cut, const char *expected)
{
	struct ward_faults faults = { .count = 0 };
	struct ward_defects defects = { .pool = ward_pool_new() };
	char copy[64], text[256];
	struct ward_line line = { .text = copy, .size = size, .cut = cut };

	memcpy(copy, bytes, size);
	copy[size] = '\0';
	ward_faults_bytes(&faults, &line, 20);
	assert_int_equal(ward_faults_to_host(&faults, &defects, "",
			     (struct ward_source){ "/etc/passwd", 7 }),
	    0);
	ward_defects_text(defects.list, defects.count, text, sizeof(text));
	assert_string_equal(text, expected);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
}

static void
test_faults_bytes__cases(void **state)
{
	(void)state;
	expect_bytes("bob:x:1", 7, false, "");
	expect_bytes("b\0b", 3, false, "wellformed_control: NUL @7");
	expect_bytes("bob\r", 4, false,
	    "wellformed_control: CR at the end of the line @7");
	expect_bytes("b\rob", 4, false, "wellformed_control: 0x0D @7");
	expect_bytes("b\x1b[0m\r", 6, false, "wellformed_control: 0x1B @7");
	expect_bytes("b\tb", 3, false, "wellformed_control: 0x09 @7");
	expect_bytes("b\x7f", 2, false, "wellformed_control: 0x7F @7");
	expect_bytes("\xe7\x8e\x8b", 3, false, "");
	expect_bytes("\xa4\xfd", 2, false, "wellformed_encoding @7"); /* Big5 */
	expect_bytes("\xc0\xaf", 2, false,
	    "wellformed_encoding @7"); /* overlong */
	expect_bytes("\xed\xa0\x80", 3, false,
	    "wellformed_encoding @7"); /* surrogate */
	expect_bytes("\xe7\x8e", 2, false, "wellformed_encoding @7");
	expect_bytes("01234567890123456789", 20, false, "");
	expect_bytes("012345678901234567890", 21, false,
	    "wellformed_long: 21 @7");
	expect_bytes("0", 1, true, "wellformed_long: more than 16777216 @7");
	expect_bytes("\0\xff", 2, false,
	    "wellformed_control: NUL @7; wellformed_encoding @7");
}

static void
test_faults_add__bounded(void **state)
{
	struct ward_faults faults = { .count = 0 };

	(void)state;
	for (size_t i = 0; i < 2 * WARD_FAULTS_MAX; i++) {
		ward_faults_add(&faults, WARD_REASON_WELLFORMED_NAME, "%200s",
		    "x");
	}
	assert_int_equal(faults.count, WARD_FAULTS_MAX);
	assert_int_equal(strlen(faults.list[0].detail), WARD_FAULT_DETAIL - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_line_entry__cases),
		cmocka_unit_test(test_fields_split__counts),
		cmocka_unit_test(test_field_number__cases),
		cmocka_unit_test(test_field_member__list),
		cmocka_unit_test(test_faults_name__cases),
		cmocka_unit_test(test_faults_bytes__cases),
		cmocka_unit_test(test_faults_add__bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
