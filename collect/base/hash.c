/* SPDX-License-Identifier: BSD-2-Clause */
/* Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012. */
#include "collect/base/hash.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "policy/policy.h"

struct state {
	uint64_t v0, v1, v2, v3;
};

int
ward_hash_key_new(struct ward_hash_key *ret_key)
{
	struct ward_hash_key key;
	ssize_t n;

	do {
		n = getrandom(&key, sizeof(key), 0);
	} while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(key)) {
		return WARD_ERR_IO;
	}
	*ret_key = key;
	return 0;
}

static inline uint64_t
rotate(uint64_t v, unsigned int bits)
{
	return v << bits | v >> (64 - bits);
}

static inline void
sip_round(struct state *s)
{
	s->v0 += s->v1;
	s->v1 = rotate(s->v1, 13) ^ s->v0;
	s->v0 = rotate(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = rotate(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = rotate(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = rotate(s->v1, 17) ^ s->v2;
	s->v2 = rotate(s->v2, 32);
}

static inline void
compress(struct state *s, uint64_t m)
{
	s->v3 ^= m;
	sip_round(s);
	s->v0 ^= m;
}

uint64_t
ward_hash(const struct ward_hash_key *key, const void *bytes, size_t size)
{
	const unsigned char *in = bytes;
	struct state s = {
		.v0 = key->k0 ^ 0x736f6d6570736575,
		.v1 = key->k1 ^ 0x646f72616e646f6d,
		.v2 = key->k0 ^ 0x6c7967656e657261,
		.v3 = key->k1 ^ 0x7465646279746573,
	};
	uint64_t last = (uint64_t)size << 56, m;

	for (; size >= 8; in += 8, size -= 8) {
		memcpy(&m, in, 8);
		compress(&s, le64toh(m));
	}
	m = 0;
	memcpy(&m, in, size);
	compress(&s, le64toh(m) | last);
	s.v2 ^= 0xff;
	sip_round(&s);
	sip_round(&s);
	sip_round(&s);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
