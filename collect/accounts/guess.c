/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/guess.h"

#include <crypt.h>
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/notes.h"
#include "collect/base/grow.h"
#include "collect/base/pool.h"

/* What one try may take, half a second or so and 128 MiB, and all those of an
 * account. Whoever makes an image could make it take hours. Time is a matter of
 * prices, in microseconds of a machine of 2020 or so, so that the same words are
 * tried on every machine. */
#define BUDGET 3000000
#define ROUNDS_MAX 1000000
#define SUNMD5_ROUNDS_MAX 500000
#define BCRYPT_COST_MAX 13
#define YESCRYPT_COST_MAX 8

#define CANDIDATE_SIZE 73 /* bcrypt takes 72 bytes */
#define WORDS_MAX 4       /* of a comment field */

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
	uint64_t tried;       /* accounts, with the one at hand */
	uint64_t price, left; /* of a try, and of the account's budget */
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

/* A number of at most `most` with a '$' behind it, and one more; or 0. */
static uint64_t
take_count(const char *text, unsigned long most)
{
	char *end;
	unsigned long count;

	if (*text < '0' || *text > '9') {
		return 0;
	}
	count = strtoul(text, &end, 10);
	return *end == '$' && count <= most ? count + 1 : 0;
}

/* Digits of crypt(5), the lowest first. */
static uint64_t
take_digits(const char *text, size_t count)
{
	static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz";
	uint64_t number = 0;

	while (count-- > 0) {
		const char *digit = strchr(digits, text[count]);

		number = number * 64 +
		    (digit == NULL ? 0 : (uint64_t)(digit - digits));
	}
	return number;
}

static uint64_t
price_of_cost(enum ward_hash_scheme scheme, uint64_t cost)
{
	switch (scheme) {
	case WARD_HASH_SHA256CRYPT:
	case WARD_HASH_SHA512CRYPT:
		return cost <= ROUNDS_MAX ? cost / 4 + 1 : 0;
	case WARD_HASH_YESCRYPT:
	case WARD_HASH_GOST_YESCRYPT:
		return cost <= YESCRYPT_COST_MAX ? UINT64_C(500) << cost : 0;
	default: /* bcrypt's four */
		return cost <= BCRYPT_COST_MAX ? UINT64_C(45) << cost : 0;
	}
}

/* Of one try, by the costs as crypt(5) writes them. 0: too much, or written in
 * another way, which is not known to be cheap. */
static uint64_t
find_price(const char *hash, const struct ward_password_fact *fact)
{
	const struct ward_optional *cost = &fact->cost;

	switch (fact->scheme) {
	case WARD_HASH_SHA256CRYPT:
	case WARD_HASH_SHA512CRYPT:
	case WARD_HASH_BCRYPT:
	case WARD_HASH_BCRYPT_A:
	case WARD_HASH_BCRYPT_X:
	case WARD_HASH_BCRYPT_Y:
	case WARD_HASH_YESCRYPT:
	case WARD_HASH_GOST_YESCRYPT:
		return cost->known ?
		    price_of_cost(fact->scheme, (uint64_t)cost->value) :
		    0;
	case WARD_HASH_SCRYPT: /* N up to 2^15, r 32, p 1 */
		return strspn(hash + 3, "./0123456789ABCD") > 0 &&
			strncmp(hash + 4, "U..../....", 10) == 0 ?
		    UINT64_C(11) << take_digits(hash + 3, 1) :
		    0;
	case WARD_HASH_SHA1CRYPT:
		return hash[5] == '$' ?
		    (take_count(hash + 6, ROUNDS_MAX) + 1) / 2 :
		    0;
	case WARD_HASH_SUNMD5: /* 4096 rounds, and those that are asked for */
		if (hash[4] == '$') {
			return 4096;
		}
		if (strncmp(hash + 4, ",rounds=", 8) != 0 ||
		    take_count(hash + 12, SUNMD5_ROUNDS_MAX) == 0) {
			return 0;
		}
		return 4096 + take_count(hash + 12, SUNMD5_ROUNDS_MAX);
	case WARD_HASH_BSDICRYPT: /* the highest digit of the count: < 2^20 */
		return strspn(hash + 4, "./01") > 0 ?
		    take_digits(hash + 1, 4) / 10 + 1 :
		    0;
	default:
		return 200;
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
	/* A long one takes up to twice as long. */
	uint64_t price = g->price + g->price * strlen(g->candidate) / 64;
	const char *made;

	if (price > g->left) {
		return WARD_GUESS_TOO_COSTLY;
	}
	g->left -= price;
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
	g->price = find_price(hash, fact);
	g->left = BUDGET;
	if (g->price == 0) {
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
