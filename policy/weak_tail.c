/* SPDX-License-Identifier: BSD-2-Clause */
/* What people put behind a word to please the rules. */
#include "weak_parts.h"

#include <string.h>

static const char *const tails[] = { "!", "@", "#", "$", ".", "*", "?", "~",
	"+", "-", "_", "%", "&", "0", "1", "2", "3", "4", "5", "6", "7", "8",
	"9", "12", "123", "1234", "01", "00", "11", "007", "!@", "!@#", "!@#$",
	"aa", "a", "ab", "abc", "qw", "tw", "ok" };

static bool
is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Does it stand here, with nothing behind it but others like it? */
static bool
has(const struct ward_cut *cut, size_t at, const char *tail)
{
	const size_t size = strlen(tail);

	return size <= cut->size - at && cut->tail[at + size] &&
	    memcmp(cut->lower + at, tail, size) == 0;
}

void
ward_cut_find_tails(struct ward_cut *cut)
{
	cut->tail[cut->size] = true;
	for (size_t from = cut->size; from-- > 0;) {
		for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
			cut->tail[from] = cut->tail[from] ||
			    has(cut, from, tails[i]);
		}
	}
}

/* Letters behind digits and signs are not that usual. */
static int
late(const struct ward_cut *cut, size_t from)
{
	return from > 0 && is_letter(cut->lower[from]) &&
		!is_letter(cut->lower[from - 1]) ?
	    15 :
	    0;
}

void
ward_cut_tails(struct ward_cut *cut, size_t from)
{
	if (!cut->tail[from] || cut->best[from].weakness == WARD_WEAK_UNKNOWN) {
		return;
	}
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		const size_t to = from + strlen(tails[i]);

		if (has(cut, from, tails[i])) {
			ward_cut_offer(cut, from, to,
			    30 + 10 * (to - from > 1) + late(cut, from) +
				ward_cut_case(cut, from, to),
			    WARD_WEAK_COMMON);
		}
	}
}
