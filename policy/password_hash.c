/* SPDX-License-Identifier: BSD-2-Clause */
/* Passwords held against hashes, by crypt(3). */
#include "policy.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

#include "borrow.h"

struct library {
	char *(*crypt_rn)(const char *phrase, const char *setting, void *data,
	    int size);
	int (*crypt_checksalt)(const char *setting);
};

static int
borrow(struct library *ret_library, struct ward_error *err)
{
	/* libxcrypt's two: with the old interfaces of glibc, and without. */
	static const char *const sonames[] = { "libcrypt.so.1",
		"libcrypt.so.2" };
	struct library library;
	const struct ward_borrowed names[] = {
		{ "crypt_rn", &library.crypt_rn },
		{ "crypt_checksalt", &library.crypt_checksalt },
	};
	int r = WARD_ERR_MISSING;

	for (size_t i = 0; i < 2 && r != 0; i++) {
		r = ward_borrow(sonames[i], names, 2, err);
	}
	if (r == 0) {
		*ret_library = library;
	}
	return r;
}

/* The hashes that take up memory on purpose. crypt(3) says of one that found
 * none just what it says of one that is malformed. */
static bool
takes_memory(enum ward_hash_scheme scheme)
{
	return scheme == WARD_HASH_YESCRYPT ||
	    scheme == WARD_HASH_GOST_YESCRYPT || scheme == WARD_HASH_SCRYPT;
}

/* Never true by a prefix: what is stored has to be all that was computed. */
static bool
is_same(const char *a, const char *b)
{
	size_t size = strlen(a);
	unsigned int differs = 0;

	if (strlen(b) != size) {
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		differs |= (unsigned int)(a[i] ^ b[i]);
	}
	return differs == 0;
}

static int
match(const struct library *library, const char *hash, const char *password,
    enum ward_hash_scheme scheme, enum ward_match *ret_match,
    struct ward_error *err)
{
	struct crypt_data *data = calloc(1, sizeof(*data));
	const char *made;
	int r = 0;

	if (data == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	made = library->crypt_rn(password, hash, data, sizeof(*data));
	if (made != NULL && made[0] != '*') {
		*ret_match = is_same(made, hash) ? WARD_MATCH_YES :
						   WARD_MATCH_NOT;
	} else if (takes_memory(scheme)) {
		r = ward_error_set(err, WARD_ERR_NOMEM,
		    "no memory to hold the password against a hash of %s, or "
		    "the hash is damaged",
		    ward_hash_name(scheme));
	} else {
		*ret_match = WARD_MATCH_UNKNOWN;
	}
	explicit_bzero(data, sizeof(*data));
	free(data);
	return r;
}

int
ward_password_match(const char *hash, const char *password,
    enum ward_match *ret_match, struct ward_error *err)
{
	const struct ward_password_fact fact = ward_password_field(hash);
	struct library library;
	int r;

	if (strlen(password) > WARD_PASSWORD_MAX) {
		return ward_error_set(err, WARD_ERR_RANGE,
		    "longer than any password that can be set");
	}
	/* crypt(3) takes whatever begins like one for a hash of DES. */
	if (fact.state != WARD_PASSWORD_USABLE || fact.strange) {
		*ret_match = WARD_MATCH_UNKNOWN;
		return 0;
	}
	r = borrow(&library, err);
	if (r != 0) {
		return r;
	}
	if (library.crypt_checksalt(hash) == CRYPT_SALT_INVALID) {
		*ret_match = WARD_MATCH_UNKNOWN;
		return 0;
	}
	return match(&library, hash, password, fact.scheme, ret_match, err);
}
