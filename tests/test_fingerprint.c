/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include "policy/policy.h"

/* Marks lie on disks: what was written once is known again. */
static void
test_fingerprint__stays(void **state)
{
	(void)state;
	assert_true(ward_password_mark("") == 0xfdbdf6ac4fc52e7f);
	assert_true(ward_password_mark("*") == 0x0e4bb32fdbb54b0c);
	assert_true(ward_fingerprint("a\0b", 3) == 0xc5ff171e2132d92f);
}

static void
test_password_mark__tells_apart(void **state)
{
	static const char *const fields[] = { "", "!", "*", "!!", "x",
		"$y$j9T$abc$def", "$y$j9T$abc$deg", "!$y$j9T$abc$def" };
	size_t count = sizeof(fields) / sizeof(fields[0]);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		uint64_t mark = ward_password_mark(fields[i]);

		assert_true(mark != 0);
		assert_true(mark == ward_password_mark(fields[i]));
		for (size_t n = 0; n < i; n++) {
			assert_true(mark != ward_password_mark(fields[n]));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fingerprint__stays),
		cmocka_unit_test(test_password_mark__tells_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
