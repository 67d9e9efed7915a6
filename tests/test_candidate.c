/* SPDX-License-Identifier: BSD-2-Clause */
/* What a password shows of itself, by policy.h: length, classes, names. */
#include "tests/judge.h"

#include <string.h>

static struct ward_candidate
look_at(const char *name, const char *gecos, const char *password)
{
	const struct ward_candidate_of of = { .name = name, .gecos = gecos };
	struct ward_candidate candidate;

	/* What is found does not depend on what stood there. */
	memset(&candidate, 0xa5, sizeof(candidate));
	assert_int_equal(ward_candidate_look(NULL, &of, password,
			     strlen(password), &candidate, NULL),
	    0);
	return candidate;
}

static int64_t
characters(const char *password)
{
	const struct ward_candidate candidate = look_at("wang01", NULL,
	    password);

	assert_true(candidate.characters.known);
	return candidate.characters.value;
}

static int64_t
classes(const char *password)
{
	const struct ward_candidate candidate = look_at("wang01", NULL,
	    password);

	assert_true(candidate.classes.known);
	return candidate.classes.value;
}

static void
test_candidate__nothing_else_is_known(void **state)
{
	const struct ward_candidate candidate = look_at("wang01", NULL,
	    "Xk7#mQ2w");

	(void)state;
	assert_true(candidate.names_known);
	assert_false(candidate.has_name);
	assert_int_equal(candidate.weakness, WARD_WEAK_UNKNOWN);
	assert_null(candidate.weak_why);
	assert_int_equal(candidate.reuse, WARD_REUSE_UNKNOWN);
	assert_null(candidate.reuse_why);
	assert_int_equal(candidate.older, 0);
	assert_false(candidate.reset);
	assert_false(candidate.forced);
}

/* P-ZX and K-SOC ask for 8, EPA for 12: characters, not bytes. */
static void
test_candidate__characters(void **state)
{
	static const struct {
		const char *password;
		int64_t characters;
	} cases[] = {
		{ "", 0 },
		{ "abcdefg", 7 },
		{ "abcdefgh", 8 },
		{ "abcdefghijk", 11 },
		{ "abcdefghijkl", 12 },
		{ "a b c", 5 },
		{ "密碼密碼密碼密", 7 },
		{ "密碼密碼密碼密碼", 8 },
		{ "\xf0\xa0\x80\x8b\xf0\x9f\x94\x91", 2 }, /* 𠀋, a key */
		/* é and ế, composed and decomposed, in either order of marks */
		{ "\xc3\xa9", 1 },
		{ "e\xcc\x81", 1 },
		{ "\xe1\xba\xbf", 1 },
		{ "\xc3\xaa\xcc\x81", 1 },
		{ "e\xcc\x82\xcc\x81", 1 },
		/* ガ */
		{ "\xe3\x82\xac", 1 },
		{ "\xe3\x82\xab\xe3\x82\x99", 1 },
		/* 한, as a syllable, as jamo, and 하 with its final */
		{ "\xed\x95\x9c", 1 },
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 1 },
		{ "\xed\x95\x98\xe1\x86\xab", 1 },
		/* U+09CB and U+09C7 U+09BE of Bengali */
		{ "\xe0\xa7\x8b", 1 },
		{ "\xe0\xa7\x87\xe0\xa6\xbe", 1 },
		/* the long i of Kannada, alone */
		{ "\xe0\xb3\x80", 0 },
		{ "\xe0\xb2\xbf\xe0\xb3\x95", 0 },
		/* a mark with nothing before it, a selector, a keycap */
		{ "\xcc\x81", 0 },
		{ "8\xef\xb8\x8f\xe2\x83\xa3", 1 },
		{ "\xf3\xa0\x84\x80", 0 },
		/* hidden: zero width, right to left, controls */
		{ "a\xe2\x80\x8b"
		  "b\xe2\x80\x8d"
		  "c\xef\xbb\xbf",
		    3 },
		{ "\xe2\x80\xae"
		  "abc\xe2\x80\xac",
		    3 },
		{ "a\tb\x1b\x7f", 2 },
		{ "\xc2\x85", 0 },
		/* not UTF-8, in bytes: Big5, a cut and an overlong sequence */
		{ "\xb1\x4b\xbd\x58", 4 },
		{ "abc\xe5\xaf", 5 },
		{ "\xc0\x80", 2 },
		{ "\xed\xa0\x80", 3 },
		{ "\xe2\x80\x8b\xff", 4 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (characters(cases[i].password) != cases[i].characters) {
			fail_msg("'%s' has %d characters", cases[i].password,
			    (int)characters(cases[i].password));
		}
	}
}

static void
test_candidate__classes(void **state)
{
	static const struct {
		const char *password;
		int64_t classes;
	} cases[] = {
		{ "", 0 },
		{ "abcdefgh", 1 },
		{ "ABCDEFGH", 1 },
		{ "01234567", 1 },
		{ "!@#$%^&*", 1 },
		{ "Abcdefgh", 2 },
		{ "abcdefg1", 2 },
		{ "Abcdefg1", 3 },
		{ "abcdef1!", 3 },
		{ "Abcdef1!", 4 },
		{ "AZaz09 ", 4 },
		{ "@[`{/:", 1 },
		{ "    ", 1 },
		{ "密碼", 1 },
		{ "abc密碼", 2 },
		/* of ASCII alone: upper case elsewhere is other */
		{ "\xc3\x89\xc3\xa9", 1 },
		{ "\xef\xbc\xa1\xef\xbd\x81\xef\xbc\x91", 1 },
		/* what combines and what is hidden is of no class */
		{ "e\xcc\x81", 1 },
		{ "abc\xe2\x80\x8b", 1 },
		{ "abc\t\x01", 1 },
		{ "\xef\xbb\xbf", 0 },
		{ "abc\xff", 2 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (classes(cases[i].password) != cases[i].classes) {
			fail_msg("'%s' has %d classes", cases[i].password,
			    (int)classes(cases[i].password));
		}
	}
}

static void
test_candidate__names(void **state)
{
	static const struct {
		const char *name, *password;
		bool has_name;
	} cases[] = {
		{ "wang", "wang", true },
		{ "wang", "Xwang#77", true },
		{ "wang", "77#Xwang", true },
		{ "wang", "Xk7#mQ2w", false },
		{ "wang", "xwanx7gg", false },
		/* cased, reversed, substituted, and all of it */
		{ "wang", "XWaNg#77", true },
		{ "Wang", "xwang#77", true },
		{ "wang", "Xgnaw#77", true },
		{ "wang", "XGNAW#77", true },
		{ "wang", "Xw@ng#77", true },
		{ "wang", "XW4N9#77", true },
		{ "wang", "X9n@w#77", true },
		{ "alice", "@l1c3###", true },
		{ "susan", "$u5@N###", true },
		{ "wang", "w*ng#x77", false },
		/* the shortest name, and one that is too short */
		{ "lin", "x7#Lin9Q", true },
		{ "li", "x7#Lil9Q", false },
		{ "w", "wwwwwwww", false },
		{ "", "Xk7#mQ2w", false },
		/* not ASCII: from two characters on */
		{ "王", "王王王王", false },
		{ "小明", "Xk7小明#Q", true },
		{ "小明", "Xk7明小#Q", true },
		/* longer than the password */
		{ "wang.dm.2024", "wang.dm", false },
		/* the name as a whole */
		{ "wang.dm", "Xwang#dm", false },
		{ "wang.dm", "Xwang.dm", true },
		/* digits stand for letters, and never letters for digits */
		{ "1111", "x1111#Qz", true },
		{ "1111", "xilli#Qz", false },
		{ "1111", "x!!!!#Qz", false },
		{ "007", "xoot#QzW", false },
		{ "b101", "xbioi#Qz", false },
		/* nor one letter for another, nor digits alone for a name */
		{ "ali", "Overall#9", false },
		{ "ali", "Over@l1#9", true },
		{ "leo", "x#130#Qz", false },
		{ "leo", "x#l30#Qz", true },
		{ "ill", "x#111#Qz", false },
		/* hidden between what is seen; and wide */
		{ "wang", "wa\xe2\x80\x8bng#Qz7", true },
		{ "wang", "\xef\xbd\x97\xef\xbd\x81\xef\xbd\x8e\xef\xbd\x87",
		    true },
		{ "\xc3\xa9mile", "x\xc3\x89MILE#7", true },
		/* bytes */
		{ "\xb1\x4b\xbd\x58", "x\xb1\x4b\xbd\x58#", true },
		{ "\xb1\x4b\xbd\x58", "x\xb1\x4b\xbd#", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct ward_candidate candidate = look_at(cases[i].name,
		    NULL, cases[i].password);

		assert_true(candidate.names_known);
		if (candidate.has_name != cases[i].has_name) {
			fail_msg("'%s' in '%s'", cases[i].name,
			    cases[i].password);
		}
	}
}

static void
test_candidate__gecos(void **state)
{
	static const struct {
		const char *gecos, *password;
		bool has_name;
	} cases[] = {
		{ "Daming Wang,B1 301,07-3373376,,", "x#DaMing7", true },
		{ "Daming Wang,B1 301,07-3373376,,", "x#gnimad7", true },
		{ "Daming Wang,B1 301,07-3373376,,", "x#W4ng7Qz", true },
		{ "Daming Wang,B1 301,07-3373376,,", "x#3373376z", true },
		{ "Daming Wang,B1 301,07-3373376,,", "x#301#Qzw", true },
		/* no word, nor one of two characters */
		{ "Daming Wang,B1 301,07-3373376,,", "x#B1#07Qz", false },
		{ "Daming Wang,B1 301,07-3373376,,", "damiwan#7", false },
		{ "", "x#B1#07Qz", false },
		{ ",,,,", "x#,,,,7Qz", false },
		{ "Lee-Ann O'Neil", "x#oneal7Q", false },
		{ "Lee-Ann O'Neil", "x#neil7Qz", true },
		{ "Lee-Ann O'Neil", "x#ann7Qzw", true },
		{ "王大明,資訊室", "x#王大明7Q", true },
		{ "王大明,資訊室", "x#資訊室7Q", true },
		{ "王大明（資訊室）", "x#資訊室7Q", true },
		{ "王大明（資訊室）", "x#資訊7Qz", false },
		{ "王　大明", "x#大明7Qzw", true },
		{ "王　大明", "x#王7Qzwxy", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		if (look_at("zz9plural", cases[i].gecos, cases[i].password)
			.has_name != cases[i].has_name) {
			fail_msg("'%s' in '%s'", cases[i].gecos,
			    cases[i].password);
		}
	}
}

static void
test_candidate__name_not_known(void **state)
{
	(void)state;
	assert_false(look_at(NULL, NULL, "Xk7#mQ2w").names_known);
	assert_false(look_at(NULL, NULL, "Xk7#mQ2w").has_name);
	assert_false(look_at(NULL, "Wang", "Xwang#77").names_known);
	assert_true(look_at(NULL, "Wang", "Xwang#77").has_name);
}

/* A word that no password can hold is no reason to read beyond one. */
static void
test_candidate__long_names(void **state)
{
	char name[2 * WARD_PASSWORD_MAX + 1], password[WARD_PASSWORD_MAX + 1];

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	memset(password, 'a', sizeof(password) - 1);
	password[sizeof(password) - 1] = '\0';
	assert_false(look_at(name, name, password).has_name);
	name[WARD_PASSWORD_MAX + 1] = '\0';
	assert_false(look_at(name, name, password).has_name);
	name[WARD_PASSWORD_MAX] = '\0';
	assert_true(look_at(name, NULL, password).has_name);
	assert_true(look_at(NULL, name, password).has_name);
}

static void
test_candidate__sizes(void **state)
{
	const struct ward_candidate_of of = { .name = "wang" };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_candidate candidate, before;
	char password[100 * 1024];

	(void)state;
	memset(password, 'x', sizeof(password));
	assert_int_equal(ward_candidate_look(NULL, &of, password,
			     WARD_PASSWORD_MAX, &candidate, &err),
	    0);
	assert_int_equal(candidate.characters.value, WARD_PASSWORD_MAX);
	memset(&candidate, 0xa5, sizeof(candidate));
	before = candidate;
	assert_int_equal(ward_candidate_look(NULL, &of, password,
			     WARD_PASSWORD_MAX + 1, &candidate, &err),
	    WARD_ERR_RANGE);
	assert_int_equal(ward_candidate_look(NULL, &of, password,
			     sizeof(password), &candidate, &err),
	    WARD_ERR_RANGE);
	assert_memory_equal(&candidate, &before, sizeof(candidate));
	assert_string_equal(err.text, "a password has at most 511 bytes");
}

static void
test_candidate__ends_of_lines(void **state)
{
	static const char bad[] = { '\0', '\n', '\r' };
	const struct ward_candidate_of of = { .name = "wang" };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_candidate candidate;

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		for (size_t at = 0; at < 8; at++) {
			char password[8] = { 'S', 'e', 'c', 'r', 'e', 't', '7',
				'#' };

			password[at] = bad[i];
			assert_int_equal(ward_candidate_look(NULL, &of,
					     password, sizeof(password),
					     &candidate, &err),
			    WARD_ERR_SYNTAX);
			assert_null(strstr(err.text, "cre"));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_candidate__nothing_else_is_known),
		cmocka_unit_test(test_candidate__characters),
		cmocka_unit_test(test_candidate__classes),
		cmocka_unit_test(test_candidate__names),
		cmocka_unit_test(test_candidate__gecos),
		cmocka_unit_test(test_candidate__name_not_known),
		cmocka_unit_test(test_candidate__long_names),
		cmocka_unit_test(test_candidate__sizes),
		cmocka_unit_test(test_candidate__ends_of_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
