/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/hash.h"

#include <string.h>

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
