/* SPDX-License-Identifier: BSD-2-Clause */
#include "weak_parts.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"

/* Of `match`, in the order of its choices. */
enum match {
	MATCH_EXACT = 0,
	MATCH_NORMALISED,
	MATCH_SUBSTRING,
};

struct ward_agency {
	enum match match; /* the strictest */
	size_t count;
	char *texts[]; /* words with blanks between them */
};

/* How many texts there are; into `agency`, if not NULL. */
static size_t
collect(const struct ward_plan *plan, struct ward_agency *agency)
{
	size_t count = 0;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		const struct ward_binding *binding = ward_plan_binding(plan, i);

		for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
			const char *words = ward_binding_text(binding,
			    WARD_SET_PASSWORD_WEAK_WORDS, c);
			uint32_t match = 0;

			if (words == NULL) {
				continue;
			}
			(void)ward_binding_number(binding,
			    WARD_SET_PASSWORD_WEAK_MATCH, c, &match);
			if (agency != NULL) {
				agency->texts[count] = strdup(words);
				agency->match = match > agency->match ?
				    match :
				    agency->match;
			}
			count++;
		}
	}
	return count;
}

int
ward_agency_new(const struct ward_plan *plan, struct ward_agency **ret_agency,
    struct ward_error *err)
{
	const size_t count = collect(plan, NULL);
	struct ward_agency *agency = NULL;

	if (count != 0) {
		agency = calloc(1,
		    sizeof(*agency) + count * sizeof(*agency->texts));
		if (agency == NULL) {
			return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
		}
		agency->count = collect(plan, agency);
	}
	for (size_t i = 0; i < count; i++) {
		char *text = agency->texts[i];

		if (text == NULL) {
			ward_agency_free(agency);
			return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
		}
		if (agency->match != MATCH_EXACT) {
			text[ward_fold_text(text, strlen(text), text)] = '\0';
		}
	}
	*ret_agency = agency;
	return 0;
}

void
ward_agency_free(struct ward_agency *agency)
{
	for (size_t i = 0; agency != NULL && i < agency->count; i++) {
		free(agency->texts[i]);
	}
	free(agency);
}

static bool
same_folded(const char *a, const char *b, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (ward_fold(a[i]) != ward_fold(b[i])) {
			return false;
		}
	}
	return true;
}

/* Nothing but digits and signs; all beyond ASCII counts as letters. */
static bool
is_trimming(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const char c = text[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (unsigned char)c >= 0x80) {
			return false;
		}
	}
	return true;
}

/* A sign at its end may belong to the word, as in "@dmin": so every place is
 * tried, and what is left of it has to be what is stripped. */
static bool
matches(enum match match, const char *word, size_t word_size,
    const char *password, size_t size)
{
	if (match == MATCH_EXACT) {
		return word_size == size && memcmp(word, password, size) == 0;
	}
	for (size_t at = 0; at + word_size <= size; at++) {
		const size_t end = at + word_size;

		if (same_folded(password + at, word, word_size) &&
		    (match == MATCH_SUBSTRING ||
			(is_trimming(password, at) &&
			    is_trimming(password + end, size - end)))) {
			return true;
		}
	}
	return false;
}

static bool
has(const struct ward_agency *agency, const char *password, size_t size)
{
	for (size_t i = 0; agency != NULL && i < agency->count; i++) {
		const char *word = agency->texts[i];

		while (*word != '\0') {
			const size_t word_size = strcspn(word, " ");

			if (word_size != 0 &&
			    matches(agency->match, word, word_size, password,
				size)) {
				return true;
			}
			word += word_size;
			word += strspn(word, " ");
		}
	}
	return false;
}

bool
ward_agency_has(const struct ward_agency *agency, const char *password,
    size_t size)
{
	char plain[WARD_PASSWORD_MAX];
	size_t plain_size;
	bool found;

	if (agency == NULL || agency->match == MATCH_EXACT ||
	    size > sizeof(plain)) {
		return has(agency, password, size);
	}
	plain_size = ward_fold_text(password, size, plain);
	found = has(agency, plain, plain_size);
	explicit_bzero(plain, sizeof(plain));
	return found;
}
