/* SPDX-License-Identifier: BSD-2-Clause */
/* table.c and its two users, strings.c and peers.c; grow.c under them. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "collect/accounts/peers.h"
#include "collect/base/numbers.h"
#include "collect/base/strings.h"
#include "collect/base/table.h"

static const void *
number_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const uint32_t *list = arg;

	*ret_size = sizeof(list[index]);
	return &list[index];
}

static void
test_table_put__first_stays(void **state)
{
	const uint32_t list[] = { 5, 6, 5 };
	struct ward_table *table;
	uint32_t index, key = 7;

	(void)state;
	assert_int_equal(ward_table_new(number_of, list, &table), 0);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(ward_table_put(table, i, &index), 0);
		assert_int_equal(index, i == 2 ? 0 : i);
	}
	assert_int_equal(ward_table_find(table, &list[1], 4), 1);
	assert_int_equal(ward_table_find(table, &key, 4), WARD_TABLE_NONE);
	/* A key of another size is another key. */
	assert_int_equal(ward_table_find(table, &list[1], 3), WARD_TABLE_NONE);
	ward_table_free(table);
	ward_table_free(NULL);
}

static void
test_table_put__grows(void **state)
{
	enum {
		MANY = 300000 /* 4 MiB of slots: not from the heap */
	};
	static uint32_t list[MANY];
	struct ward_table *table;
	uint32_t index;

	(void)state;
	assert_int_equal(ward_table_new(number_of, list, &table), 0);
	for (uint32_t i = 0; i < MANY; i++) {
		list[i] = i * 4099;
		assert_int_equal(ward_table_put(table, i, &index), 0);
		assert_int_equal(index, i);
	}
	for (uint32_t i = 0; i < MANY; i++) {
		assert_int_equal(ward_table_find(table, &list[i], 4), i);
	}
	ward_table_free(table);
}

/* Told one call late, and found from then on; otherwise as put at once. */
static void
test_table_put_later__tells_the_one_before(void **state)
{
	static uint32_t list[1000];
	struct ward_table *table;
	struct ward_table_put done;

	(void)state;
	assert_int_equal(ward_table_new(number_of, list, &table), 0);
	for (uint32_t i = 0; i < 1000; i++) {
		list[i] = i % 600;
		assert_int_equal(ward_table_put_later(table, i, &done), 0);
		assert_int_equal(done.index, i == 0 ? WARD_TABLE_NONE : i - 1);
		assert_int_equal(done.there,
		    i == 0 ? WARD_TABLE_NONE : (i - 1) % 600);
	}
	assert_int_equal(ward_table_put_later(table, WARD_TABLE_NONE, &done),
	    0);
	assert_int_equal(done.index, 999);
	assert_int_equal(done.there, 399);
	for (uint32_t i = 0; i < 1000; i++) {
		assert_int_equal(ward_table_find(table, &list[i], 4), i % 600);
	}
	assert_int_equal(ward_table_put_later(table, WARD_TABLE_NONE, &done),
	    0);
	assert_int_equal(done.index, WARD_TABLE_NONE);
	assert_int_equal(done.there, WARD_TABLE_NONE);
	ward_table_free(table);
}

static void
test_numbers__first_stays(void **state)
{
	const uint32_t list[] = { 0, 65534, 4194303, 4194304, 4294967295u, 1000,
		65534, 4294967295u, 0, 4194304 };
	struct ward_numbers *numbers;
	uint32_t index;

	(void)state;
	assert_int_equal(ward_numbers_new(number_of, list, &numbers), 0);
	for (uint32_t i = 0; i < 10; i++) {
		assert_int_equal(ward_numbers_find(numbers, list[i]),
		    i < 6      ? WARD_TABLE_NONE :
			i == 6 ? 1 :
			i == 7 ? 4 :
			i == 8 ? 0 :
				 3);
		assert_int_equal(ward_numbers_put(numbers, list[i], i, &index),
		    0);
		assert_int_equal(index, ward_numbers_find(numbers, list[i]));
		assert_true(i < 6 ? index == i : index < i);
	}
	assert_int_equal(ward_numbers_find(numbers, 1), WARD_TABLE_NONE);
	assert_int_equal(ward_numbers_find(numbers, 4194305), WARD_TABLE_NONE);
	ward_numbers_free(numbers);
	ward_numbers_free(NULL);
}

static void
test_strings_keep__once(void **state)
{
	struct ward_strings *strings;
	uint32_t first, second;
	char text[16];

	(void)state;
	assert_int_equal(ward_strings_new(&strings), 0);
	assert_int_equal(ward_strings_keep(strings, "/bin/sh", 7, &first), 0);
	assert_int_equal(ward_strings_keep(strings, "/bin/shx", 7, &second), 0);
	assert_int_equal(first, second);
	/* The beginning of the one before is another; so is a longer one. */
	assert_int_equal(ward_strings_keep(strings, "/bin/", 5, &second), 0);
	assert_int_equal(second, 1);
	assert_int_equal(ward_strings_keep(strings, "/bin/s", 6, &second), 0);
	assert_int_equal(second, 2);
	assert_int_equal(ward_strings_keep(strings, "", 0, &second), 0);
	assert_int_equal(second, 3);
	assert_int_equal(ward_strings_keep(strings, "", 0, &second), 0);
	assert_int_equal(second, 3);
	for (uint32_t i = 0; i < 1000; i++) {
		int size = snprintf(text, sizeof(text), "s%u", i);

		assert_int_equal(ward_strings_keep(strings, text, (size_t)size,
				     &second),
		    0);
	}
	assert_int_equal(ward_strings_count(strings), 1004);
	assert_string_equal(ward_strings_at(strings, first), "/bin/sh");
	assert_string_equal(ward_strings_at(strings, 1003), "s999");
	assert_int_equal(ward_strings_find(strings, "s998"), 1002);
	assert_int_equal(ward_strings_find(strings, "s1000"), WARD_TABLE_NONE);
	ward_strings_free(strings);
	ward_strings_free(NULL);
}

static void
test_peers_pair__three(void **state)
{
	struct ward_peers *peers;

	(void)state;
	assert_int_equal(ward_peers_new(&peers), 0);
	assert_int_equal(ward_peers_find(peers, WARD_PEER_UID, 3),
	    WARD_TABLE_NONE);
	assert_int_equal(ward_peers_pair(peers, WARD_PEER_UID, 3, 7), 0);
	assert_int_equal(ward_peers_pair(peers, WARD_PEER_UID, 3, 9), 0);
	assert_int_equal(ward_peers_pair(peers, WARD_PEER_HASH, 7, 8), 0);
	assert_int_equal(ward_peers_find(peers, WARD_PEER_UID, 3), 7);
	assert_int_equal(ward_peers_find(peers, WARD_PEER_UID, 7), 3);
	assert_int_equal(ward_peers_find(peers, WARD_PEER_UID, 9), 3);
	assert_int_equal(ward_peers_find(peers, WARD_PEER_HASH, 7), 8);
	assert_int_equal(ward_peers_find(peers, WARD_PEER_HASH, 3),
	    WARD_TABLE_NONE);
	ward_peers_free(peers);
	ward_peers_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table_put__first_stays),
		cmocka_unit_test(test_table_put__grows),
		cmocka_unit_test(test_table_put_later__tells_the_one_before),
		cmocka_unit_test(test_numbers__first_stays),
		cmocka_unit_test(test_strings_keep__once),
		cmocka_unit_test(test_peers_pair__three),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
