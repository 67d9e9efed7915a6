/* SPDX-License-Identifier: BSD-2-Clause */
/* Ways of writing a word that its guessers try as well. */
#ifndef WARD_FOLD_H
#define WARD_FOLD_H

/*
 * The one byte that stands for all that are written for one another: "A", "a",
 * "@" and "4"; "i", "l", "1", "!" and "|". Words that are compared are both
 * folded. Bytes beyond ASCII are themselves.
 */
char ward_fold(char c);

#endif
