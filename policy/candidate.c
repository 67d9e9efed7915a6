/* SPDX-License-Identifier: BSD-2-Clause */
/* What a password shows of itself: its length, its classes, names in it. */
#include "candidate.h"

#include <string.h>

#include "combining.h"
#include "weak.h"

enum char_class {
	UPPER,
	LOWER,
	DIGIT,
	OTHER
};

static enum char_class
class_of(uint32_t c)
{
	return c >= 'A' && c <= 'Z' ? UPPER :
	    c >= 'a' && c <= 'z'    ? LOWER :
	    c >= '0' && c <= '9'    ? DIGIT :
				      OTHER;
}

static bool
is_shown(uint32_t c)
{
	return !ward_is_hidden(c) && !ward_is_combining(c);
}

/* Each byte is a character where they can't be told apart. */
static void
count_characters(const char *password, size_t size,
    struct ward_candidate *candidate)
{
	const bool valid = ward_utf8_valid(password, size);
	unsigned int classes = 0;
	int64_t characters = 0;

	for (size_t used; size > 0; password += used, size -= used) {
		uint32_t c = (unsigned char)*password;

		used = valid ? ward_utf8_decode(password, size, &c) : 1;
		characters += !valid || is_shown(c);
		classes |= is_shown(c) || (!valid && c > 0x7f) ?
		    1u << class_of(c) :
		    0;
	}
	candidate->characters = (struct ward_optional){ true, characters };
	candidate->classes = (struct ward_optional){ true,
		__builtin_popcount(classes) };
}

int
ward_candidate_look(const struct ward_weak *weak,
    const struct ward_candidate_of *of, const char *password, size_t size,
    struct ward_candidate *ret_candidate, struct ward_error *err)
{
	struct ward_candidate candidate = { .names_known = of->name != NULL };
	int r = 0;

	if (size > WARD_PASSWORD_MAX) {
		return ward_error_set(err, WARD_ERR_RANGE,
		    "a password has at most %d bytes", WARD_PASSWORD_MAX);
	}
	if (memchr(password, '\0', size) != NULL ||
	    memchr(password, '\n', size) != NULL ||
	    memchr(password, '\r', size) != NULL) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "a password holds no NUL and no end of a line");
	}
	count_characters(password, size, &candidate);
	candidate.has_name = ward_candidate_has_name(of, password, size);
	if (weak != NULL) {
		r = ward_weak_find(weak, of, password, size,
		    &candidate.weakness, &candidate.weak_why, err);
	}
	if (r == 0) {
		*ret_candidate = candidate;
	}
	explicit_bzero(&candidate, sizeof(candidate));
	return r;
}
