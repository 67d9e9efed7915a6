/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/numbers.h"

#include <stdlib.h>

#include "policy/policy.h"

#define NEAR \
	(UINT32_C(1) << 22) /* 16 MiB, of which only what is used is there */

struct ward_numbers {
	uint32_t *near;         /* index + 1, or 0 */
	struct ward_table *far; /* those from NEAR on */
};

int
ward_numbers_new(ward_table_key_fn *key, const void *arg,
    struct ward_numbers **ret_numbers)
{
	struct ward_numbers *numbers = calloc(1, sizeof(*numbers));
	int r;

	if (numbers == NULL) {
		return WARD_ERR_NOMEM;
	}
	numbers->near = calloc(NEAR, sizeof(*numbers->near));
	if (numbers->near == NULL) {
		r = WARD_ERR_NOMEM;
		goto out;
	}
	r = ward_table_new(key, arg, &numbers->far);
	if (r != 0) {
		goto out;
	}
	*ret_numbers = numbers;
	numbers = NULL;
out:
	ward_numbers_free(numbers);
	return r;
}

void
ward_numbers_free(struct ward_numbers *numbers)
{
	if (numbers != NULL) {
		ward_table_free(numbers->far);
		free(numbers->near);
		free(numbers);
	}
}

uint32_t
ward_numbers_find(const struct ward_numbers *numbers, uint32_t number)
{
	/* 0 - 1 is WARD_TABLE_NONE. */
	return number < NEAR ?
	    numbers->near[number] - 1 :
	    ward_table_find(numbers->far, &number, sizeof(number));
}

int
ward_numbers_put(struct ward_numbers *numbers, uint32_t number, uint32_t index,
    uint32_t *ret_index)
{
	uint32_t *there;

	if (number >= NEAR) {
		return ward_table_put(numbers->far, index, ret_index);
	}
	there = &numbers->near[number];
	if (*there == 0) {
		*there = index + 1;
	}
	*ret_index = *there - 1;
	return 0;
}
