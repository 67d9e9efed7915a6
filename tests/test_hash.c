/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include "collect/base/hash.h"

/* As `openssl mac -macopt c-rounds:1 -macopt d-rounds:3 -macopt size:8 SIPHASH`
 * has them: key 00..0f, message 00, 00 01, ... of this many bytes. */
static void
test_hash__vectors(void **state)
{
	static const struct {
		size_t size;
		uint64_t hash;
	} cases[] = {
		{ 0, 0xabac0158050fc4dc },
		{ 1, 0xc9f49bf37d57ca93 },
		{ 7, 0xd3927d989bb11140 },
		{ 8, 0x369095118d299a8e },
		{ 15, 0xd320d86d2a519956 },
	};
	const struct ward_hash_key key = { 0x0706050403020100,
		0x0f0e0d0c0b0a0908 };
	unsigned char message[16];

	(void)state;
	for (unsigned char i = 0; i < sizeof(message); i++) {
		message[i] = i;
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(
		    ward_hash(&key, message, cases[i].size) == cases[i].hash);
	}
}

static void
test_hash_key_new__differs(void **state)
{
	struct ward_hash_key one, other;

	(void)state;
	assert_int_equal(ward_hash_key_new(&one), 0);
	assert_int_equal(ward_hash_key_new(&other), 0);
	assert_true(one.k0 != other.k0 || one.k1 != other.k1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hash__vectors),
		cmocka_unit_test(test_hash_key_new__differs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
