/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/hash.h"

#include <string.h>

uint64_t
ward_hash_bytes(const void *bytes, size_t size)
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

uint32_t
ward_hash_words(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i + sizeof(uint32_t) <= size;
	     i += sizeof(uint32_t)) {
		uint32_t word;

		memcpy(&word, at + i, sizeof(word));
		hash = (hash ^ word) * 16777619u;
	}
	return hash;
}
