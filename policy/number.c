/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

int
ward_parse_uint(const char *text, uint64_t lo, uint64_t hi,
    uint64_t *ret_number)
{
	uint64_t number = 0;

	if (*text == '\0') {
		return WARD_ERR_SYNTAX;
	}
	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9') {
			return WARD_ERR_SYNTAX;
		}
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, (uint64_t)(*text - '0'),
			&number)) {
			return WARD_ERR_RANGE;
		}
	}
	if (number < lo || number > hi) {
		return WARD_ERR_RANGE;
	}
	*ret_number = number;
	return 0;
}
