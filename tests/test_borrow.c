/* SPDX-License-Identifier: BSD-2-Clause */
/* Libraries that are loaded where they are needed. */
#include "tests/support.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "policy/borrow.h"

static void
test_borrow__fills_in_every_function(void **state)
{
	double (*cosine)(double) = NULL;
	double (*root)(double) = NULL;
	const struct ward_borrowed names[] = { { "cos", &cosine },
		{ "sqrt", &root } };
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	assert_int_equal(ward_borrow("libm.so.6", names, 2, &err), 0);
	assert_true(cosine(0.0) > 0.999);
	assert_true(root(4.0) > 1.999);
	/* It stays, though nobody holds it. */
	assert_int_equal(ward_borrow("libm.so.6", names, 2, NULL), 0);
	assert_true(cosine(0.0) > 0.999);
	assert_non_null(dlopen("libm.so.6", RTLD_NOW | RTLD_NOLOAD));
}

static void
test_borrow__touches_nothing_where_one_is_missing(void **state)
{
	double (*cosine)(double) = NULL;
	double (*no_such)(double) = NULL;
	const struct ward_borrowed names[] = { { "cos", &cosine },
		{ "no_such_function_of_libm", &no_such } };
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	assert_int_equal(ward_borrow("libm.so.6", names, 2, &err),
	    WARD_ERR_MISSING);
	assert_null(cosine);
	assert_null(no_such);
	assert_non_null(strstr(err.text, "no_such_function_of_libm"));
}

static void
test_borrow__no_such_library(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	(void)state;
	assert_int_equal(ward_borrow("libnosuch.so.9", NULL, 0, &err),
	    WARD_ERR_MISSING);
	assert_non_null(strstr(err.text, "libnosuch.so.9"));
	assert_int_equal(ward_borrow("libnosuch.so.9", NULL, 0, NULL),
	    WARD_ERR_MISSING);
}

static char failed_once;

static void *
borrow_often(void *arg)
{
	(void)arg;
	for (int i = 0; i < 200; i++) {
		double (*cosine)(double) = NULL;
		const struct ward_borrowed name = { "cos", &cosine };

		if (ward_borrow("libm.so.6", &name, 1, NULL) != 0 ||
		    cosine(0.0) < 0.999) {
			return &failed_once;
		}
	}
	return NULL;
}

static void
test_borrow__from_many_threads(void **state)
{
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, borrow_often,
				     NULL),
		    0);
	}
	for (size_t i = 0; i < 4; i++) {
		void *failed = NULL;

		assert_int_equal(pthread_join(threads[i], &failed), 0);
		assert_null(failed);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_borrow__fills_in_every_function),
		cmocka_unit_test(
		    test_borrow__touches_nothing_where_one_is_missing),
		cmocka_unit_test(test_borrow__no_such_library),
		cmocka_unit_test(test_borrow__from_many_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
