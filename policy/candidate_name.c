/* SPDX-License-Identifier: BSD-2-Clause */
/* An account's name, and the words about its user, in a password. */
#include "candidate.h"

#include <string.h>

#include "fold.h"

#define LEAST_ASCII 3 /* characters of a word that is looked for */
#define LEAST_OTHER 2 /* most Chinese given names have two */

#define NO_CHAR 0x110000 /* and a byte above it: one that is not UTF-8 */

/* Characters in lower case, without those that can't be seen. What is longer
 * than a password is cut: it can't be in one. */
struct word {
	uint32_t chars[WARD_PASSWORD_MAX + 1];
	size_t count;
};

static uint32_t
lower(uint32_t c)
{
	static const struct {
		uint32_t first, last, add;
	} cases[] = { { 'A', 'Z', 32 }, { 0xc0, 0xd6, 32 }, { 0xd8, 0xde, 32 },
		{ 0x391, 0x3a9, 32 }, { 0x400, 0x40f, 80 },
		{ 0x410, 0x42f, 32 } };

	if (c >= 0xff01 && c <= 0xff5e) { /* the full width forms of ASCII */
		c -= 0xff01 - '!';
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (c >= cases[i].first && c <= cases[i].last) {
			return c + cases[i].add;
		}
	}
	return c;
}

static bool
is_letter(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

/* Blanks and punctuation, as Chinese has them too. */
static bool
is_between(uint32_t c)
{
	return c < 0x80 ? !is_letter(c) && (c < '0' || c > '9') :
			  c == 0xa0 || c == 0xb7 ||
		(c >= 0x2000 && c <= 0x206f) || (c >= 0x3000 && c <= 0x3004) ||
		(c >= 0x3008 && c <= 0x3020) || c == 0x30fb;
}

static size_t
take(const char *text, size_t size, uint32_t *ret_char)
{
	const size_t used = ward_utf8_decode(text, size, ret_char);

	if (used == 0) {
		*ret_char = NO_CHAR + (unsigned char)*text;
		return 1;
	}
	*ret_char = lower(*ret_char);
	return used;
}

static void
add(struct word *word, uint32_t c)
{
	if (!ward_is_hidden(c) && word->count <= WARD_PASSWORD_MAX) {
		word->chars[word->count++] = c;
	}
}

static void
read_all(const char *text, size_t size, struct word *word)
{
	uint32_t c;

	word->count = 0;
	for (size_t used; size > 0; text += used, size -= used) {
		used = take(text, size, &c);
		add(word, c);
	}
}

/*
 * Only a letter is written as something else, and only as what is no letter:
 * otherwise "all" would hold the name "ali", and "illi" the word "1111".
 */
static bool
stands_for(uint32_t written, uint32_t meant)
{
	return written == meant ||
	    (is_letter(meant) && written < 0x80 && !is_letter(written) &&
		ward_fold((char)written) == ward_fold((char)meant));
}

/* A letter of the word has to stand there as it is: "130" is not "leo". */
static bool
is_at(const uint32_t *at, const struct word *word, bool backwards)
{
	bool exact = true, letter = false;

	for (size_t i = 0; i < word->count; i++) {
		const uint32_t
		    meant = word->chars[backwards ? word->count - 1 - i : i];

		if (!stands_for(at[i], meant)) {
			return false;
		}
		exact &= at[i] == meant;
		letter |= at[i] == meant && (is_letter(meant) || meant > 0x7f);
	}
	return exact || letter;
}

static bool
is_in(const struct word *password, const struct word *word)
{
	bool ascii = true;

	for (size_t i = 0; i < word->count; i++) {
		ascii &= word->chars[i] < 0x80;
	}
	if (word->count < (ascii ? LEAST_ASCII : LEAST_OTHER)) {
		return false;
	}
	for (size_t i = 0; i + word->count <= password->count; i++) {
		if (is_at(password->chars + i, word, false) ||
		    is_at(password->chars + i, word, true)) {
			return true;
		}
	}
	return false;
}

static bool
has_words(const struct word *password, const char *text)
{
	size_t size = strlen(text);
	struct word word = { .count = 0 };
	bool found = false;
	uint32_t c;

	for (size_t used; !found && size > 0; text += used, size -= used) {
		used = take(text, size, &c);
		if (is_between(c)) {
			found = is_in(password, &word);
			word.count = 0;
		} else {
			add(&word, c);
		}
	}
	return found || is_in(password, &word);
}

bool
ward_candidate_has_name(const struct ward_candidate_of *of,
    const char *password, size_t size)
{
	struct word typed, name;
	bool found = false;

	read_all(password, size, &typed);
	if (of->name != NULL) {
		read_all(of->name, strlen(of->name), &name);
		found = is_in(&typed, &name);
	}
	if (!found && of->gecos != NULL) {
		found = has_words(&typed, of->gecos);
	}
	explicit_bzero(&typed, sizeof(typed));
	return found;
}
