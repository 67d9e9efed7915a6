/* SPDX-License-Identifier: BSD-2-Clause */
/* Ways of writing a word that its guessers try as well. */
#ifndef WARD_FOLD_H
#define WARD_FOLD_H

#include <stddef.h>

/*
 * The one byte that stands for all that are written for one another: "A", "a",
 * "@" and "4"; "i", "l", "1", "!" and "|". Words that are compared are both
 * folded. Bytes beyond ASCII are themselves.
 */
char ward_fold(char c);
/*
 * Letters of full width and such with accents as ASCII has them, bopomofo as its
 * keys, and nothing of what can't be seen; everything else is itself. Returns how many bytes it
 * wrote, at most `size`; ret_plain may be the text.
 */
size_t ward_fold_text(const char *text, size_t size, char *ret_plain);

#endif
