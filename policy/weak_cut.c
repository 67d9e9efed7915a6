/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A password is as strong as the cheapest way to guess it: it is cut into
 * words, runs, dates and single characters so that their costs add up to the
 * least.
 */
#include "weak_parts.h"

#include <limits.h>
#include <string.h>

#include "fold.h"

#define DOUBLED_MAX 5
#define JOINED_LEAST 4
#define BACKWARDS_LEAST 9
#define CHANGES_MAX 6

int
ward_cut_log2(size_t n)
{
	/* Of 16 to 31, less 40. */
	static const unsigned char tenths[] = { 0, 1, 2, 2, 3, 4, 5, 5, 6, 6, 7,
		8, 8, 9, 9, 10 };
	int log2 = 0;

	while (n >= 32) {
		n /= 2;
		log2 += 10;
	}
	while (n > 0 && n < 16) {
		n *= 2;
		log2 -= 10;
	}
	return n == 0 ? 0 : log2 + 40 + tenths[n - 16];
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What one character costs, and which kind it is of. */
static int
price(char c, int *ret_kind)
{
	if (is_lower(c)) {
		*ret_kind = 0;
		return 55;
	}
	if (is_upper(c)) {
		*ret_kind = 1;
		return 55;
	}
	if (is_digit(c)) {
		*ret_kind = 2;
		return 40;
	}
	*ret_kind = 3;
	if ((unsigned char)c >= 0x80) {
		return 40; /* 12 bits for a character of Chinese */
	}
	return strchr(" !@#$_-.", c) != NULL ? 55 : 65;
}

void
ward_cut_offer(struct ward_cut *cut, size_t from, size_t to, int cost,
    enum ward_weakness weakness)
{
	const bool before = cut->best[from].weakness != WARD_WEAK_UNKNOWN;
	const bool here = weakness != WARD_WEAK_UNKNOWN;
	int total = cut->best[from].cost + cost;

	/* Whoever guesses has to guess where, as well. */
	if (from > 0 && before != here) {
		total += here ? 15 : 10;
	}

	if (total < cut->best[to].cost) {
		cut->best[to] = (struct ward_cut_step){ total, from, weakness };
	}
}

/* Which of so many places are chosen, in tenths of bits. */
static int
choices(size_t places, size_t chosen)
{
	size_t ways = 1;

	chosen = chosen > places / 2 ? places - chosen : chosen;
	for (size_t i = 1; i <= chosen && i <= CHANGES_MAX; i++) {
		ways = ways * (places + 1 - i) / i;
	}
	return ward_cut_log2(ways);
}

int
ward_cut_case(const struct ward_cut *cut, size_t from, size_t to)
{
	size_t letters = 0, uppers = 0, changes = 0;
	bool first = false, before = false;

	for (size_t i = from; i < to; i++) {
		const bool upper = is_upper(cut->raw[i]);

		if (!upper && !is_lower(cut->raw[i])) {
			continue;
		}
		first = first || (upper && letters == 0);
		changes += letters > 0 && upper != before;
		before = upper;
		letters++;
		uppers += upper;
	}
	if (uppers == 0) {
		return 0;
	}
	return (first && uppers == 1) || uppers == letters ?
	    10 :
	    20 + choices(letters - 1, changes);
}

/* What substitutions cost; a word of digits alone is typed as it stands. */
static int
substituted(const struct ward_cut *cut, size_t from, size_t to)
{
	int cost = 0;
	bool letter = false;

	for (size_t i = from; i < to; i++) {
		const char c = cut->lower[i];

		letter = letter || is_lower(c);
		if (!is_lower(c) && cut->folded[i] != c) {
			cost += strchr("89+|", c) != NULL ? 20 : 10;
		}
	}
	/* Of three letters it is hardly done. */
	return letter ? cost + (cost > 0 && to - from <= 3 ? 10 : 0) : 0;
}

/* A syllable of two letters, or of bopomofo on two keys, as "g4"? Of these there
 * are many in random passwords: it is one where it begins what is written in
 * letters, or stands behind another. */
static bool
is_stray(const struct ward_cut *cut, size_t from, size_t to)
{
	static const char tones[] = "3467 ";
	const bool behind = from > 0 &&
	    cut->best[from].weakness == WARD_WEAK_COMMON;

	if (to - from != 2 || !is_lower(cut->lower[from])) {
		return false;
	}
	if (is_lower(cut->lower[from + 1])) {
		return !behind && from > 0 && is_lower(cut->lower[from - 1]);
	}
	return strchr(tones, cut->lower[from + 1]) != NULL &&
	    (!behind || strchr(tones, cut->raw[from - 1]) == NULL);
}

/* Words that begin here, in one of the two ways they can be read. How many bytes
 * were looked at. */
static size_t
offer_words(struct ward_cut *cut, size_t from, const char *text)
{
	struct ward_list_at at = ward_list_start(cut->list);
	size_t to = from;

	while (to < cut->size && ward_list_step(cut->list, &at, text[to++])) {
		const int bits = ward_list_bits(cut->list, &at);

		if (bits >= 0 && !is_stray(cut, from, to)) {
			ward_cut_offer(cut, from, to,
			    bits * 10 + ward_cut_case(cut, from, to) +
				(text == cut->lower ?
					0 :
					substituted(cut, from, to)),
			    WARD_WEAK_COMMON);
		}
	}
	return to - from;
}

static size_t
offer_words_backwards(struct ward_cut *cut, size_t to, const char *text)
{
	struct ward_list_at at = ward_list_start(cut->list);
	size_t from = to;

	while (from > 0 && ward_list_step(cut->list, &at, text[--from])) {
		const int bits = ward_list_bits(cut->list, &at);

		if (bits >= 0 && at.depth >= 4) {
			ward_cut_offer(cut, from, to,
			    bits * 10 + 20 + ward_cut_case(cut, from, to) +
				(text == cut->lower ?
					0 :
					substituted(cut, from, to)),
			    WARD_WEAK_COMMON);
		}
	}
	return to - from;
}

/* Those with substitutions, and where it makes a difference those without. */
static void
offer_words_to(struct ward_cut *cut, size_t to)
{
	const size_t seen = offer_words_backwards(cut, to, cut->folded);

	if (memcmp(cut->lower + to - seen, cut->folded + to - seen, seen) !=
	    0) {
		(void)offer_words_backwards(cut, to, cut->lower);
	}
}

static void
offer_words_from(struct ward_cut *cut, size_t from)
{
	const size_t seen = offer_words(cut, from, cut->folded);

	if (memcmp(cut->lower + from, cut->folded + from, seen) != 0) {
		(void)offer_words(cut, from, cut->lower);
	}
}

/* What stands before it, once more or more often. */
static void
offer_repeats(struct ward_cut *cut, size_t to)
{
	for (size_t size = 1; size <= to / 2; size++) {
		const size_t least = size == 1 ? 2 : 1;
		const char *last = cut->lower + to - size;
		bool same_case = true;

		for (size_t times = 1; (times + 1) * size <= to; times++) {
			const size_t at = to - times * size;

			if (memcmp(last, cut->lower + at - size, size) != 0) {
				break;
			}
			same_case = same_case &&
			    memcmp(cut->raw + at - size, cut->raw + at, size) ==
				0;
			if (times < least) {
				continue;
			}
			ward_cut_offer(cut, at, to,
			    30 + ward_cut_log2(times) + (same_case ? 0 : 10),
			    WARD_WEAK_PATTERN);
		}
	}
}

/* All of it is a few characters, and the same again. */
static void
offer_doubled(struct ward_cut *cut)
{
	const size_t half = cut->size / 2;

	if (half >= 2 && half <= DOUBLED_MAX && cut->size % 2 == 0 &&
	    memcmp(cut->raw, cut->raw + half, half) == 0) {
		ward_cut_offer(cut, 0, cut->size, 50 * (int)half + 20,
		    WARD_WEAK_PATTERN);
	}
}

/* A sign between two words. */
static void
offer_joint(struct ward_cut *cut, size_t at)
{
	const struct ward_cut_step *before = &cut->best[at];

	if (before->weakness != WARD_WEAK_COMMON ||
	    at - before->from < JOINED_LEAST ||
	    at + 1 + JOINED_LEAST > cut->size ||
	    strchr(" .-_@&+", cut->raw[at]) == NULL) {
		return;
	}
	for (size_t i = 0; i < JOINED_LEAST; i++) {
		if (!is_lower(cut->lower[at + 1 + i])) {
			return;
		}
	}
	ward_cut_offer(cut, at, at + 1, 30, WARD_WEAK_COMMON);
}

static void
prepare(struct ward_cut *cut, const char *password)
{
	int before = -1;

	for (size_t i = 0; i < cut->size; i++) {
		const char c = password[i];
		int kind;

		cut->raw[i] = c;
		cut->lower[i] = is_upper(c) ? (char)(c - 'A' + 'a') : c;
		cut->folded[i] = ward_fold(c);
		cut->plain[i + 1] = cut->plain[i] + price(c, &kind) +
		    (before >= 0 && kind != before ? 10 : 0);
		before = kind;
		cut->best[i + 1].cost = INT_MAX;
	}
	ward_cut_find_tails(cut);
}

static void
fill(struct ward_cut *cut)
{
	for (size_t i = 0; i <= cut->size; i++) {
		if (cut->list != NULL) {
			offer_words_to(cut, i);
		}
		offer_repeats(cut, i);
		if (i == cut->size) {
			break;
		}
		ward_cut_offer(cut, i, i + 1, cut->plain[i + 1] - cut->plain[i],
		    WARD_WEAK_UNKNOWN);
		if (cut->list != NULL) {
			offer_joint(cut, i);
			offer_words_from(cut, i);
		}
		ward_cut_tails(cut, i);
		ward_cut_keys(cut, i);
		ward_cut_numbers(cut, i);
	}
	offer_doubled(cut);
}

/* None of it has to be tried one by one. */
static bool
is_covered(const struct ward_cut *cut)
{
	for (size_t to = cut->size; to > 0; to = cut->best[to].from) {
		if (cut->best[to].weakness == WARD_WEAK_UNKNOWN) {
			return false;
		}
	}
	return true;
}

/* What saves most against trying one by one. */
static enum ward_weakness
reason(const struct ward_cut *cut)
{
	enum ward_weakness weakness = WARD_WEAK_NOT;
	int most = 0;

	for (size_t to = cut->size; to > 0; to = cut->best[to].from) {
		const struct ward_cut_step *step = &cut->best[to];
		const int cost = step->cost - cut->best[step->from].cost;
		const int saved = cut->plain[to] - cut->plain[step->from] -
		    cost;

		if (step->weakness != WARD_WEAK_UNKNOWN && saved > most) {
			most = saved;
			weakness = step->weakness;
		}
	}
	return weakness;
}

/* What is guessed in fewer tries than 2 to the power of so many tenths is weak.
 * The fewer bytes, the more often chance makes them of cheap pieces. */
static int
limit_of(const struct ward_cut *cut)
{
	static const struct {
		size_t size;
		int some, covered;
	} limits[] = { { 8, 225, 235 }, { 9, 240, 255 }, { 10, 250, 280 },
		{ WARD_CUT_MAX, 250, 305 } };
	size_t i = 0;

	while (cut->size > limits[i].size) {
		i++;
	}
	return is_covered(cut) ? limits[i].covered : limits[i].some;
}

static enum ward_weakness
cut_up(const struct ward_list *list, const char *password, size_t size,
    int *ret_cost)
{
	struct ward_cut cut = { .list = list };
	enum ward_weakness weakness = WARD_WEAK_NOT;
	int cost, plain;

	cut.size = size > WARD_CUT_MAX ? WARD_CUT_MAX : size;
	prepare(&cut, password);
	fill(&cut);
	cost = cut.best[cut.size].cost + 40 * (int)(size - cut.size);
	plain = cut.plain[cut.size];
	/* One that is weak by being short is another rule's. */
	if (cost < limit_of(&cut) && plain - cost >= plain / 4) {
		weakness = reason(&cut);
	}
	explicit_bzero(&cut, sizeof(cut));
	*ret_cost = cost;
	return weakness;
}

/* Could it be a word with something behind it, and all of it backwards? Or a
 * number? */
static bool
is_backwards(const char *password, size_t size)
{
	size_t letters = 0, digits = 0;

	if (size < BACKWARDS_LEAST || size > WARD_CUT_MAX ||
	    is_lower(password[0]) || is_upper(password[0])) {
		return false;
	}
	for (size_t i = 1; i <= size; i++) {
		const char c = password[size - i];

		letters += letters == i - 1 && (is_lower(c) || is_upper(c));
		digits += is_digit(c);
	}
	return letters >= 4 || digits == size;
}

enum ward_weakness
ward_cut(const struct ward_list *list, const char *password, size_t size,
    int *ret_cost)
{
	char back[WARD_CUT_MAX];
	int cost, back_cost;
	enum ward_weakness weakness = cut_up(list, password, size, &cost);

	if (weakness == WARD_WEAK_NOT && is_backwards(password, size)) {
		for (size_t i = 0; i < size; i++) {
			back[i] = password[size - 1 - i];
		}
		weakness = cut_up(list, back, size, &back_cost);
		cost = back_cost < cost ? back_cost : cost;
		explicit_bzero(back, sizeof(back));
	}
	if (ret_cost != NULL) {
		*ret_cost = cost;
	}
	return weakness;
}
