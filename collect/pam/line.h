/* SPDX-License-Identifier: BSD-2-Clause */
/* A PAM file's lines, as libpam puts them together, and the words in them. */
#ifndef WARD_PAM_LINE_H
#define WARD_PAM_LINE_H

#include "collect/pam/stack.h"

#define WARD_PAM_LINE_SIZE 1024 /* libpam's buffer */

struct ward_pam_text {
	const char *at, *end;
	uint32_t line; /* the last one taken */
};

enum ward_pam_taken {
	WARD_PAM_END,
	WARD_PAM_LINE,
	WARD_PAM_TORN,   /* the file ends within a line: libpam refuses it */
	WARD_PAM_UNCLEAR /* versions differ in what they make of it */
};

/* The next line that says something, without comment, continued ones joined;
 * the number is that of its first. *ret_what: what is wrong with it. */
enum ward_pam_taken ward_pam_line_next(struct ward_pam_text *text,
    char line[WARD_PAM_LINE_SIZE], uint32_t *ret_number, const char **ret_what);

/* Take a word off the rest, or what is in brackets: a "\]" in them is a "]".
 * NULL: there is none. *rest becomes NULL behind the last. */
char *ward_pam_word(char **rest);

/* A control: required and its kin, or what stands in brackets. *ret_what: what
 * is wrong with it, which makes all codes bad, or NULL; *ret_unclear: nobody
 * can tell what libpam makes of it. */
void ward_pam_control_parse(const char *word, int32_t actions[WARD_PAM_CODES],
    const char **ret_what, bool *ret_unclear);
void ward_pam_control_fill(int32_t actions[WARD_PAM_CODES], int32_t action);

#endif
