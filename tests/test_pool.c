/* SPDX-License-Identifier: BSD-2-Clause */
/* pool.c, and defects.c, which keeps its strings there. */
#include "support.h"

#include <stdalign.h>
#include <string.h>

#include "collect/base/defects.h"
#include "collect/base/pool.h"

static void
test_pool__many_sizes(void **state)
{
	struct ward_pool *pool = ward_pool_new();
	char *copies[2000];
	char text[300];

	(void)state;
	assert_non_null(pool);
	memset(text, 'x', sizeof(text));
	for (size_t i = 0; i < 2000; i++) {
		copies[i] = ward_pool_copy(pool, text, i % 300);
		assert_non_null(copies[i]);
		if (i % 7 == 0) {
			unsigned char *piece = ward_pool_take(pool, i);

			assert_non_null(piece);
			assert_int_equal((uintptr_t)piece %
				alignof(max_align_t),
			    0);
			for (size_t at = 0; at < i; at++) {
				assert_int_equal(piece[at], 0);
			}
			memset(piece, 0xff, i);
		}
	}
	for (size_t i = 0; i < 2000; i++) {
		assert_int_equal(strlen(copies[i]), i % 300);
		assert_int_equal(strspn(copies[i], "x"), i % 300);
	}
	ward_pool_free(pool);
	ward_pool_free(NULL);
}

static void
test_pool__large(void **state)
{
	struct ward_pool *pool = ward_pool_new();
	char *small, *large;

	(void)state;
	assert_non_null(pool);
	large = ward_pool_take(pool, 1 << 20);
	assert_non_null(large);
	small = ward_pool_copy(pool, "small", 5);
	assert_non_null(small);
	large = ward_pool_take(pool, 1 << 20);
	assert_non_null(large);
	memset(large, 1, 1 << 20);
	assert_string_equal(small, "small");
	assert_null(ward_pool_copy(pool, "", SIZE_MAX));
	assert_null(ward_pool_take(pool, SIZE_MAX));
	ward_pool_free(pool);
}

static void
test_defects_add__copies(void **state)
{
	struct ward_defects defects = { .pool = ward_pool_new() };
	char name[] = "bob", detail[] = "NUL";

	(void)state;
	assert_non_null(defects.pool);
	for (uint32_t i = 0; i < 100; i++) {
		assert_int_equal(ward_defects_add(&defects,
				     WARD_REASON_WELLFORMED_CONTROL,
				     i == 0 ? NULL : name,
				     (struct ward_source){ "/etc/passwd", i },
				     detail),
		    0);
	}
	memset(name, 'x', 3);
	memset(detail, 'x', 3);
	assert_int_equal(defects.count, 100);
	assert_null(defects.list[0].name);
	assert_string_equal(defects.list[99].name, "bob");
	assert_string_equal(defects.list[99].detail, "NUL");
	assert_int_equal(defects.list[99].source.line, 99);
	ward_defects_free(&defects);
	assert_int_equal(defects.count, 0);
	ward_pool_free(defects.pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pool__many_sizes),
		cmocka_unit_test(test_pool__large),
		cmocka_unit_test(test_defects_add__copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
