/* SPDX-License-Identifier: BSD-2-Clause */
/* FNV-1a. */
#include "policy.h"

#include <string.h>

uint64_t
ward_fingerprint(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < size; i++) {
		hash = (hash ^ at[i]) * 1099511628211u;
	}
	/* Each bit of the result from all of it. */
	hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93u;
	hash ^= hash >> 32;
	return hash == 0 ? 1 : hash;
}

uint64_t
ward_password_mark(const char *field)
{
	return ward_fingerprint(field, strlen(field));
}
