/* SPDX-License-Identifier: BSD-2-Clause */
/* The catalogues, as text.c and phrase.c read them. */
#ifndef WARD_TEXT_H
#define WARD_TEXT_H

#include "policy.h"

/* What stands before each sentence of a context in a catalogue; gettext(3). */
#define WARD_DETAIL "detail\004"

/* The translation of these `size` bytes, or NULL. */
const char *ward_text_find(enum ward_language language, const char *context,
    const char *english, size_t size);
/* Where the sentences of a context begin. */
uint32_t ward_text_first(enum ward_language language, const char *context);
/* The i-th sentence, if it is one of the context. */
bool ward_text_at(enum ward_language language, const char *context, uint32_t i,
    const char **ret_english, const char **ret_other);

#endif
