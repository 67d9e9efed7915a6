/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a password field: never unknown, and a lock only locks. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "policy/policy.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *field = malloc(size + 2), *plain = field + 1;
	struct ward_password_fact fact, locked;

	if (field == NULL) {
		abort();
	}
	field[0] = '!';
	memcpy(plain, bytes, size);
	plain[size] = '\0';
	fact = ward_password_field(plain);
	locked = ward_password_field(field);
	if (fact.state == WARD_PASSWORD_UNKNOWN ||
	    fact.scheme >= WARD_HASH_COUNT ||
	    (fact.state == WARD_PASSWORD_EMPTY) != (*plain == '\0') ||
	    (fact.cost.known &&
		(fact.cost.value < 0 || fact.cost.value > UINT32_MAX)) ||
	    (fact.scheme != WARD_HASH_UNKNOWN &&
		fact.state != WARD_PASSWORD_USABLE &&
		fact.state != WARD_PASSWORD_LOCKED)) {
		abort();
	}
	/* With "!" in front nothing opens it, and the hash is as it was. */
	if (locked.state == WARD_PASSWORD_USABLE ||
	    locked.state == WARD_PASSWORD_EMPTY ||
	    locked.scheme != fact.scheme ||
	    (fact.state == WARD_PASSWORD_USABLE &&
		locked.state != WARD_PASSWORD_LOCKED)) {
		abort();
	}
	free(field);
	return 0;
}
