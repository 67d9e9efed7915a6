/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"

#define FIRST_ROOM 1024u
#define MOST_ROOM (UINT32_C(1) << 22) /* 16 MiB */

struct ward_numbers {
	uint32_t *near;         /* of the numbers below room: index + 1, or 0 */
	uint32_t room;          /* a power of two */
	struct ward_table *far; /* those from MOST_ROOM on */
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
	r = ward_table_new(key, arg, &numbers->far);
	if (r != 0) {
		free(numbers);
		return r;
	}
	*ret_numbers = numbers;
	return 0;
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
	if (number >= MOST_ROOM) {
		return ward_table_find(numbers->far, &number, sizeof(number));
	}
	/* 0 - 1 is WARD_TABLE_NONE. */
	return number < numbers->room ? numbers->near[number] - 1 :
					WARD_TABLE_NONE;
}

/* Not realloc(3): what calloc(3) gives takes memory only where it is used. */
static int
grow(struct ward_numbers *numbers, uint32_t number)
{
	uint32_t room = numbers->room == 0 ? FIRST_ROOM : numbers->room;
	uint32_t *near;

	while (room <= number) {
		room *= 2;
	}
	near = calloc(room, sizeof(*near));
	if (near == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (numbers->room > 0) {
		memcpy(near, numbers->near,
		    numbers->room * sizeof(*numbers->near));
	}
	free(numbers->near);
	numbers->near = near;
	numbers->room = room;
	return 0;
}

int
ward_numbers_put(struct ward_numbers *numbers, uint32_t number, uint32_t index,
    uint32_t *ret_index)
{
	uint32_t *there;

	if (number >= MOST_ROOM) {
		return ward_table_put(numbers->far, index, ret_index);
	}
	if (number >= numbers->room && grow(numbers, number) != 0) {
		return WARD_ERR_NOMEM;
	}
	there = &numbers->near[number];
	if (*there == 0) {
		*there = index + 1;
	}
	*ret_index = *there - 1;
	return 0;
}
