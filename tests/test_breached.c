/* SPDX-License-Identifier: BSD-2-Clause */
/* A list of breached passwords, as published. */
#include "tests/weak_case.h"

#include <unistd.h>

#include "policy/weak.h"
#include "policy/weak_parts.h"

#define LINES 5000
#define LINE_SIZE 64

/* Hashes spread evenly, line i of so many. */
static void
hash_of(size_t i, size_t lines, unsigned char hash[WARD_SHA1_SIZE])
{
	uint64_t place = UINT64_MAX / lines * i + i * 977;

	for (size_t k = 0; k < WARD_SHA1_SIZE; k++) {
		hash[k] = (unsigned char)(k < 8 ? place >> (56 - 8 * k) :
						  i * k * 31);
	}
}

static size_t
put_line(char *text, const unsigned char hash[WARD_SHA1_SIZE], const char *end)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t k = 0; k < WARD_SHA1_SIZE; k++) {
		text[2 * k] = hex[hash[k] / 16];
		text[2 * k + 1] = hex[hash[k] % 16];
	}
	memcpy(text + 40, end, strlen(end));
	return 40 + strlen(end);
}

/* A list of so many lines, in turn with each of the ends. */
static char *
make_list(size_t lines, const char *const ends[2], size_t *ret_size)
{
	char *text = malloc(lines * LINE_SIZE);
	size_t size = 0;

	assert_non_null(text);
	for (size_t i = 0; i < lines; i++) {
		unsigned char hash[WARD_SHA1_SIZE];

		hash_of(i, lines, hash);
		size += put_line(text + size, hash, ends[i % 2]);
	}
	*ret_size = size;
	return text;
}

static int
find_in(const char *text, size_t size, const unsigned char *hash,
    bool *ret_found)
{
	const struct ward_breached list = { .fd = ward_memory_fd(text, size),
		.size = (int64_t)size };
	int r = ward_breached_find(&list, hash, ret_found);

	(void)close(list.fd);
	return r;
}

static void
expect_all_found(const struct ward_breached *list, size_t lines)
{
	for (size_t i = 0; i < lines; i++) {
		unsigned char hash[WARD_SHA1_SIZE];
		bool found = false;

		hash_of(i, lines, hash);
		assert_int_equal(ward_breached_find(list, hash, &found), 0);
		assert_true(found);
		hash[19] ^= 1;
		assert_int_equal(ward_breached_find(list, hash, &found), 0);
		assert_false(found);
	}
}

static void
test_breached__finds_each_line_and_no_other(void **state)
{
	static const char *const ends[][2] = { { ":5\r\n", ":123456\r\n" },
		{ "\n", "\n" }, { ":1\n", "\n" }, { "\r\n", ":77\r\n" } };
	static const size_t counts[] = { 1, 2, 3, 100, 101, 180, 220, LINES };

	(void)state;
	for (size_t k = 0; k < sizeof(ends) / sizeof(*ends); k++) {
		for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
			size_t size = 0;
			char *text = make_list(counts[i], ends[k], &size);
			char *tree = ward_tree_new(NULL);
			char *path = ward_tree_path(tree, "list");
			struct ward_breached *list = NULL;
			struct ward_error err = { .language = WARD_ENGLISH };

			ward_tree_put(tree, "list", text, size);
			if (ward_breached_open(path, &list, &err) != 0) {
				fail_msg("%s", err.text);
			}
			expect_all_found(list, counts[i]);
			ward_breached_free(list);
			free(path);
			free(text);
			ward_tree_remove(tree);
		}
	}
}

/* However they lie: all of them close together, at either end. */
static void
test_breached__ends_however_they_lie(void **state)
{
	char *text = malloc(LINES * LINE_SIZE);
	unsigned char hash[WARD_SHA1_SIZE];
	size_t size = 0;
	bool found = false;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < LINES; i++) {
		memset(hash, i < LINES / 2 ? 0 : 0xff, sizeof(hash));
		hash[17] = (unsigned char)(i >> 8);
		hash[18] = (unsigned char)i;
		size += put_line(text + size, hash, ":2\r\n");
	}
	assert_int_equal(find_in(text, size, hash, &found), 0);
	assert_true(found);
	memset(hash, 0x80, sizeof(hash));
	assert_int_equal(find_in(text, size, hash, &found), 0);
	assert_false(found);
	memset(hash, 0, sizeof(hash));
	assert_int_equal(find_in(text, size, hash, &found), 0);
	assert_true(found);
	free(text);
}

/* "Not in it" is said only of a list that is in order where it was looked. */
static void
test_breached__a_broken_list_says_nothing(void **state)
{
	static const char *const ends[2] = { ":5\r\n", ":123\r\n" };
	unsigned char hash[WARD_SHA1_SIZE];
	size_t size = 0, told = 0;
	char *text = make_list(LINES, ends, &size);
	bool found = false;

	(void)state;
	hash_of(LINES / 3, LINES, hash);
	hash[19] ^= 1;
	/* Zeroes, as of a copy that was interrupted. */
	memset(text + size / 4, 0, size / 2);
	assert_int_equal(find_in(text, size, hash, &found), WARD_ERR_SYNTAX);
	free(text);
	/* One that ends before it said it would. */
	text = make_list(LINES, ends, &size);
	{
		const struct ward_breached list = { .fd = ward_memory_fd(text,
							size / 8),
			.size = (int64_t)size };

		assert_int_equal(ward_breached_find(&list, hash, &found),
		    WARD_ERR_IO);
		(void)close(list.fd);
	}
	/* In no order. */
	for (size_t i = 0; i < LINES; i++) {
		hash_of(i * 2503 % LINES, LINES, hash);
		(void)put_line(text + i * 46, hash, ":123\r\n");
	}
	for (size_t i = 0; i < LINES; i += 50) {
		hash_of(i, LINES, hash);
		hash[19] ^= 1;
		told += find_in(text, (size_t)LINES * 46, hash, &found) ==
		    WARD_ERR_SYNTAX;
	}
	assert_in_range(told, LINES / 50 - 5, LINES / 50);
	free(text);
}

static void
test_breached_open__refuses_what_is_no_list(void **state)
{
	static const char one[] = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";
	static const struct {
		const char *text;
		int code;
	} cases[] = {
		{ "", WARD_ERR_SYNTAX },
		{ "password\n123456\n", WARD_ERR_SYNTAX },
		{ "%s", 0 },
		{ "%s\n", 0 },
		{ "%s:1\r\n", 0 },
		{ "%s:\n", WARD_ERR_SYNTAX },
		{ "%s:x\n", WARD_ERR_SYNTAX },
		{ "%s0\n", WARD_ERR_SYNTAX },
		{ "%s\n\n", WARD_ERR_SYNTAX },
		{ "%s\nABCD", WARD_ERR_SYNTAX },
		{ "%s\n0000000000000000000000000000000000000000\n",
		    WARD_ERR_SYNTAX },
		{ "%s\nFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\n", 0 },
	};
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "list");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct ward_breached *list = NULL;
		char text[256];
		const bool filled = strncmp(cases[i].text, "%s", 2) == 0;
		const int size = snprintf(text, sizeof(text), "%s%s",
		    filled ? one : "", cases[i].text + (filled ? 2 : 0));

		ward_tree_put(tree, "list", text, (size_t)size);
		if (ward_breached_open(path, &list, NULL) != cases[i].code) {
			fail_msg("%zu", i);
		}
		ward_breached_free(list);
	}
	free(path);
	ward_tree_remove(tree);
}

/* A download that broke off looks like a list in order. */
static void
test_breached_open__tells_a_part_of_a_list(void **state)
{
	static const char *const ends[2] = { ":5\r\n", ":123\r\n" };
	char *tree = ward_tree_new(NULL);
	char *path = ward_tree_path(tree, "list");
	struct ward_breached *list = NULL;
	struct ward_error err = { .language = WARD_ENGLISH };
	size_t size = 0;
	char *text = make_list(LINES, ends, &size);
	const size_t half = (size_t)(strchr(text + size / 2, '\n') - text) + 1;

	(void)state;
	ward_tree_put(tree, "list", text, half);
	assert_int_equal(ward_breached_open(path, &list, &err),
	    WARD_ERR_SYNTAX);
	assert_non_null(strstr(err.text, "a part of the list is missing"));
	ward_tree_put(tree, "list", text + half, size - half);
	assert_int_equal(ward_breached_open(path, &list, &err),
	    WARD_ERR_SYNTAX);
	ward_tree_put(tree, "list", text, size);
	ward_tree_chmod(tree, "list", 0664);
	assert_int_equal(ward_breached_open(path, &list, &err),
	    WARD_ERR_UNSAFE);
	free(text);
	free(path);
	ward_tree_remove(tree);
}

/* FIPS 180-4's own example. */
static void
test_sha1__abc(void **state)
{
	unsigned char hash[WARD_SHA1_SIZE];

	(void)state;
	assert_int_equal(ward_sha1("abc", 3, hash), 0);
	assert_memory_equal(hash,
	    "\xa9\x99\x3e\x36\x47\x06\x81\x6a\xba\x3e"
	    "\x25\x71\x78\x50\xc2\x6c\x9c\xd0\xd8\x9d",
	    WARD_SHA1_SIZE);
}

static void
expect(const struct ward_weak *weak, const char *password,
    enum ward_weakness weakness, const char *why)
{
	const struct ward_candidate_of of = { .name = "u" };
	enum ward_weakness got = WARD_WEAK_UNKNOWN;
	const char *got_why = NULL;

	assert_int_equal(ward_weak_find(weak, &of, password, strlen(password),
			     &got, &got_why, NULL),
	    0);
	assert_int_equal(got, weakness);
	assert_int_equal(got_why == NULL, why == NULL);
	if (why != NULL) {
		assert_non_null(strstr(got_why, why));
	}
}

/* The list that the plan names, below the root; SHA-1 of "vB9#kq2Lw!". */
static void
test_weak__looks_into_the_plans_list(void **state)
{
	char *tree = ward_tree_new(NULL);
	struct ward_plan *plan = weak_plan("breached = /var/lib/list");
	const struct ward_weak_places places = { .root = tree };
	struct ward_weak *weak = NULL;
	unsigned char hash[WARD_SHA1_SIZE];
	char line[LINE_SIZE];
	size_t size;

	(void)state;
	assert_int_equal(ward_sha1("vB9#kq2Lw!", 10, hash), 0);
	size = put_line(line, hash, ":3\r\n");
	ward_tree_put(tree, "/var/lib/list", line, size);
	assert_int_equal(ward_weak_open(plan, &places, &weak, NULL), 0);
	expect(weak, "vB9#kq2Lw!", WARD_WEAK_BREACHED, NULL);
	expect(weak, "vB9#kq2Lw?", WARD_WEAK_NOT, NULL);
	/* Garbage since it was opened: nothing is known, but what is found
	 * otherwise. */
	{
		char *path = ward_tree_path(tree, "/var/lib/list");
		FILE *file = fopen(path, "r+e");

		assert_non_null(file);
		assert_true(fputs("garbage", file) >= 0);
		assert_int_equal(fclose(file), 0);
		free(path);
	}
	expect(weak, "vB9#kq2Lw?", WARD_WEAK_UNKNOWN, "torn");
	expect(weak, "qwer1234", WARD_WEAK_PATTERN, NULL);
	ward_weak_free(weak);
	ward_plan_free(plan);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_breached__finds_each_line_and_no_other),
		cmocka_unit_test(test_breached__ends_however_they_lie),
		cmocka_unit_test(test_breached__a_broken_list_says_nothing),
		cmocka_unit_test(test_breached_open__refuses_what_is_no_list),
		cmocka_unit_test(test_breached_open__tells_a_part_of_a_list),
		cmocka_unit_test(test_sha1__abc),
		cmocka_unit_test(test_weak__looks_into_the_plans_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
