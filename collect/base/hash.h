/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SipHash-1-3 under a key that nobody can know beforehand: names chosen to
 * collide don't, and what it says of a password hash is worth nothing later.
 */
#ifndef WARD_HASH_H
#define WARD_HASH_H

#include <stddef.h>
#include <stdint.h>

struct ward_hash_key {
	uint64_t k0, k1;
};

/* 0 or WARD_ERR_IO (errno is set). */
int ward_hash_key_new(struct ward_hash_key *ret_key);
uint64_t ward_hash(const struct ward_hash_key *key, const void *bytes,
    size_t size);

#endif
