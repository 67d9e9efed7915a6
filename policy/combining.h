/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_COMBINING_H
#define WARD_COMBINING_H

#include <stdbool.h>
#include <stdint.h>

/* Is it shown as a part of the character before it: a mark, or a vowel or final
 * of a Hangul syllable? */
bool ward_is_combining(uint32_t c);

#endif
