/* SPDX-License-Identifier: BSD-2-Clause */
/* What a password field of passwd(5) or shadow(5) says, by crypt(5). */
#include "policy.h"

#include <string.h>

#define CRYPT_CHARS \
	"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static const struct scheme {
	const char *prefix;
	enum ward_hash_scheme scheme;
	size_t tail;
} schemes[] = {
#define HASH(sym, text, name, size) { text, WARD_HASH_##sym, size },
#include "hashes.def"
#undef HASH
};

/* The schemes without a prefix are known by length and alphabet. */
static bool
is_plain(const struct scheme *scheme, const char *hash)
{
	size_t size = strlen(hash);

	return strspn(hash, CRYPT_CHARS) == size &&
	    (size == scheme->tail ||
		(scheme->scheme == WARD_HASH_BIGCRYPT && size > scheme->tail &&
		    (size - scheme->tail) % 11 == 0));
}

/* *ret_torn: it begins as the scheme does, but is no whole hash. */
static enum ward_hash_scheme
find_scheme(const char *hash, bool *ret_torn)
{
	const char *last = strrchr(hash, '$');

	*ret_torn = false;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		const struct scheme *scheme = &schemes[i];

		if (*scheme->prefix == '\0') {
			if (is_plain(scheme, hash)) {
				return scheme->scheme;
			}
			continue;
		}
		if (strncmp(hash, scheme->prefix, strlen(scheme->prefix)) !=
		    0) {
			continue;
		}
		if (scheme->scheme == WARD_HASH_BSDICRYPT &&
		    strlen(hash) != scheme->tail) {
			continue;
		}
		*ret_torn = last != NULL && strlen(last + 1) != scheme->tail;
		return scheme->scheme;
	}
	return WARD_HASH_UNKNOWN;
}

/* The digits at `text`, up to one of `ends`. */
static struct ward_optional
digits(const char *text, const char *ends)
{
	char number[11];
	size_t size = strcspn(text, ends);
	uint64_t value;

	if (size >= sizeof(number)) {
		return (struct ward_optional){ .known = false };
	}
	memcpy(number, text, size);
	number[size] = '\0';
	if (ward_parse_uint(number, 0, UINT32_MAX, &value) != 0) {
		return (struct ward_optional){ .known = false };
	}
	return (struct ward_optional){ .known = true, .value = (int64_t)value };
}

/* crypt_gensalt(3) writes cost 1 to 11 of yescrypt as these parameters. */
static struct ward_optional
yescrypt_cost(const char *params)
{
	static const char *const costs[] = { "j75$", "j85$", "j7T$", "j8T$",
		"j9T$", "jAT$", "jBT$", "jCT$", "jDT$", "jET$", "jFT$" };

	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		if (strncmp(params, costs[i], 4) == 0) {
			return (struct ward_optional){ .known = true,
				.value = (int64_t)i + 1 };
		}
	}
	return (struct ward_optional){ .known = false };
}

static struct ward_optional
find_cost(enum ward_hash_scheme scheme, const char *hash)
{
	switch (scheme) {
	case WARD_HASH_SHA256CRYPT:
	case WARD_HASH_SHA512CRYPT:
		if (strncmp(hash + 3, "rounds=", 7) == 0) {
			return digits(hash + 10, "$");
		}
		return (struct ward_optional){ .known = true, .value = 5000 };
	case WARD_HASH_BCRYPT:
	case WARD_HASH_BCRYPT_A:
	case WARD_HASH_BCRYPT_X:
	case WARD_HASH_BCRYPT_Y:
		return digits(hash + 4, "$");
	case WARD_HASH_YESCRYPT:
		return yescrypt_cost(hash + 3);
	case WARD_HASH_GOST_YESCRYPT:
		return yescrypt_cost(hash + 4);
	default:
		return (struct ward_optional){ .known = false };
	}
}

static bool
is_lock_mark(const char *field)
{
	/* What passwd(1), useradd(8) and other systems write for "none". */
	static const char *const marks[] = { "", "x", "NP", "LK", "*NP*",
		"*LK*", "*NP", "*LK", "!*", "*!" };
	size_t only = strspn(field, "!*");

	if (only > 0 && field[only] == '\0') {
		return true;
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strcmp(field, marks[i]) == 0) {
			return true;
		}
	}
	return false;
}

struct ward_password_fact
ward_password_field(const char *field)
{
	struct ward_password_fact fact = { .state = WARD_PASSWORD_NONE };
	const char *hash = field + strspn(field, "!*");
	bool torn;

	if (*field == '\0') {
		fact.state = WARD_PASSWORD_EMPTY;
		return fact;
	}
	if (is_lock_mark(field)) {
		return fact;
	}
	fact.scheme = find_scheme(hash, &torn);
	fact.strange = torn;
	if (fact.scheme == WARD_HASH_UNKNOWN) {
		/* A '$' may be a scheme that this crypt(3) does not know but
		 * another does; anything else can't match a password. */
		fact.strange = true;
		if (*hash != '$') {
			return fact;
		}
	}
	fact.state = hash == field ? WARD_PASSWORD_USABLE :
				     WARD_PASSWORD_LOCKED;
	fact.cost = find_cost(fact.scheme, hash);
	return fact;
}

/* Nothing that belongs elsewhere begins with '$', as every scheme does that is
 * in use; what is in the middle of a field has to be one that is known. */
bool
ward_field_is_hash(const char *field)
{
	const char *dollar = strchr(field, '$');

	if (dollar == NULL) {
		return false;
	}
	if (field + strspn(field, "!*") == dollar) {
		return true;
	}
	for (; dollar != NULL; dollar = strchr(dollar + 1, '$')) {
		if (ward_password_field(dollar).scheme != WARD_HASH_UNKNOWN) {
			return true;
		}
	}
	return false;
}
