/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/guess.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/notes.h"
#include "collect/base/grow.h"
#include "collect/base/pool.h"

/* What one try may take: half a second or so, and 128 MiB. Whoever makes an
 * image could make it take hours. */
#define ROUNDS_MAX 1000000
#define SUNMD5_ROUNDS_MAX 500000
#define BCRYPT_COST_MAX 13
#define YESCRYPT_COST_MAX 8

#define CANDIDATE_SIZE 256
#define WORDS_MAX 4 /* of a comment field */

enum stem {
	STEM_NONE,
	STEM_NAME,
	STEM_CAPITAL,
	STEM_REVERSED,
	STEM_COMMENT
};

static const struct guess {
	enum stem stem;
	const char *tail;
} guesses[] = {
#define GUESS(stem, tail) { STEM_##stem, tail },
#include "guesses.def"
#undef GUESS
};

struct ward_guesser {
	void (*progress)(void *arg, const char *file, uint64_t tried);
	void *progress_arg;
	struct ward_pool *pool;
	const char **comments; /* one an account */
	uint32_t room;
	uint64_t tried; /* accounts, with the one at hand */
	/* What is at hand while words are tried, and wiped behind it. */
	char candidate[CANDIDATE_SIZE];
	struct crypt_data crypt;
};

int
ward_guesser_new(void (*progress)(void *arg, const char *file, uint64_t tried),
    void *progress_arg, struct ward_guesser **ret_guesser)
{
	struct ward_guesser *guesser = calloc(1, sizeof(*guesser));

	if (guesser != NULL) {
		guesser->pool = ward_pool_new();
	}
	if (guesser == NULL || guesser->pool == NULL) {
		free(guesser);
		return WARD_ERR_NOMEM;
	}
	guesser->progress = progress;
	guesser->progress_arg = progress_arg;
	*ret_guesser = guesser;
	return 0;
}

void
ward_guesser_free(struct ward_guesser *guesser)
{
	if (guesser != NULL) {
		ward_pool_free(guesser->pool);
		free(guesser->comments);
		free(guesser);
	}
}

int
ward_guesser_comment(struct ward_guesser *guesser, uint32_t account,
    const char *comment)
{
	const char **list;
	const char *copy;

	copy = ward_pool_copy(guesser->pool, comment, strlen(comment));
	list = ward_grow(guesser->comments, account, &guesser->room,
	    sizeof(*list));
	if (list != NULL) {
		guesser->comments = list;
	}
	if (copy == NULL || list == NULL) {
		return WARD_ERR_NOMEM;
	}
	list[account] = copy;
	return 0;
}

/* A number of at most `most`, with a '$' behind it. */
static bool
is_count(const char *text, unsigned long most)
{
	char *end;
	unsigned long count;

	if (*text < '0' || *text > '9') {
		return false;
	}
	count = strtoul(text, &end, 10);
	return *end == '$' && count <= most;
}

/* The costs as crypt(5) writes them. What is written in another way is not
 * known to be cheap. */
static bool
is_cheap(const char *hash, const struct ward_password_fact *fact)
{
	const struct ward_optional *cost = &fact->cost;

	switch (fact->scheme) {
	case WARD_HASH_SHA256CRYPT:
	case WARD_HASH_SHA512CRYPT:
		return cost->known && cost->value <= ROUNDS_MAX;
	case WARD_HASH_BCRYPT:
	case WARD_HASH_BCRYPT_A:
	case WARD_HASH_BCRYPT_X:
	case WARD_HASH_BCRYPT_Y:
		return cost->known && cost->value <= BCRYPT_COST_MAX;
	case WARD_HASH_YESCRYPT:
	case WARD_HASH_GOST_YESCRYPT:
		return cost->known && cost->value <= YESCRYPT_COST_MAX;
	case WARD_HASH_SCRYPT: /* N up to 2^15, r 32, p 1 */
		return strspn(hash + 3, "./0123456789ABCD") > 0 &&
		    strncmp(hash + 4, "U..../....", 10) == 0;
	case WARD_HASH_SHA1CRYPT:
		return hash[5] == '$' && is_count(hash + 6, ROUNDS_MAX);
	case WARD_HASH_SUNMD5:
		return hash[4] == '$' ||
		    (strncmp(hash + 4, ",rounds=", 8) == 0 &&
			is_count(hash + 12, SUNMD5_ROUNDS_MAX));
	case WARD_HASH_BSDICRYPT: /* the highest digit of the count: < 2^20 */
		return strspn(hash + 4, "./01") > 0;
	default:
		return true;
	}
}

/* ---- candidates ------------------------------------------------------------ */

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Of a word; bytes of UTF-8 are. */
static bool
is_inside(char c)
{
	return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

/* Put stem and tail together. False: that is longer than anybody types. */
static bool
compose(struct ward_guesser *g, enum stem stem, const char *word, size_t size,
    const char *tail)
{
	char *text = g->candidate;

	if (size + strlen(tail) >= sizeof(g->candidate)) {
		return false;
	}
	for (size_t i = 0; i < size; i++) {
		text[i] = word[stem == STEM_REVERSED ? size - 1 - i : i];
	}
	if (stem == STEM_CAPITAL && size > 0 && is_lower(*text)) {
		*text = (char)(*text - 'a' + 'A');
	}
	memcpy(text + size, tail, strlen(tail) + 1);
	return true;
}

static bool
make_lower(char *text)
{
	bool changed = false;

	for (; *text != '\0'; text++) {
		if (is_upper(*text)) {
			*text = (char)(*text - 'A' + 'a');
			changed = true;
		}
	}
	return changed;
}

static enum ward_guess
try_candidate(struct ward_guesser *g, const char *hash)
{
	enum ward_guess guess = WARD_GUESS_NOT_TRIED;
	const char *made;

	if (g->progress != NULL) {
		g->progress(g->progress_arg, ward_file_path(WARD_FILE_SHADOW),
		    g->tried);
	}
	made = crypt_rn(g->candidate, hash, &g->crypt, sizeof(g->crypt));
	if (made != NULL) {
		guess = strcmp(made, hash) == 0 ? WARD_GUESS_FOUND :
						  WARD_GUESS_HELD;
	}
	explicit_bzero(&g->crypt, sizeof(g->crypt));
	return guess;
}

/* The first words of the comment, as they stand and in lower case. */
static enum ward_guess
try_comment(struct ward_guesser *g, const char *comment, const char *tail,
    const char *hash)
{
	enum ward_guess guess = WARD_GUESS_HELD;

	for (int words = 0; words < WORDS_MAX && guess == WARD_GUESS_HELD;
	     words++) {
		size_t size = 0;

		while (*comment != '\0' && !is_inside(*comment)) {
			comment++;
		}
		while (is_inside(comment[size])) {
			size++;
		}
		if (size == 0) {
			break;
		}
		if (compose(g, STEM_COMMENT, comment, size, tail)) {
			guess = try_candidate(g, hash);
			if (guess == WARD_GUESS_HELD &&
			    make_lower(g->candidate)) {
				guess = try_candidate(g, hash);
			}
		}
		comment += size;
	}
	return guess;
}

enum ward_guess
ward_guesser_try(struct ward_guesser *guesser, uint32_t account,
    const char *name, const char *hash, const struct ward_password_fact *fact)
{
	struct ward_guesser *g = guesser;
	enum ward_guess guess = WARD_GUESS_HELD;

	if (fact->state != WARD_PASSWORD_USABLE ||
	    fact->scheme == WARD_HASH_UNKNOWN) {
		return WARD_GUESS_NOT_TRIED;
	}
	if (!is_cheap(hash, fact)) {
		return WARD_GUESS_TOO_COSTLY;
	}
	g->tried++;
	for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]) &&
	     guess == WARD_GUESS_HELD;
	     i++) {
		const struct guess *next = &guesses[i];
		size_t size = next->stem == STEM_NONE ? 0 : strlen(name);

		if (next->stem == STEM_COMMENT) {
			guess = try_comment(g, g->comments[account], next->tail,
			    hash);
		} else if (compose(g, next->stem, name, size, next->tail)) {
			guess = try_candidate(g, hash);
		}
	}
	explicit_bzero(g->candidate, sizeof(g->candidate));
	return guess;
}
