/* SPDX-License-Identifier: BSD-2-Clause */
/* A file, line by line, of any length up to WARD_LINE_MAX, NULs included. */
#ifndef WARD_LINES_H
#define WARD_LINES_H

#include "policy/policy.h"

#define WARD_LINE_MAX (16u << 20) /* a group of a million members fits */

struct ward_line {
	char *text;      /* without its newline; text[size] is '\0' */
	size_t size;     /* more than strlen(text) when it holds a NUL */
	uint32_t number; /* from 1 */
	bool cut;        /* longer than WARD_LINE_MAX */
	bool whole;      /* a newline stands behind it */
};

struct ward_lines;

/* Takes the descriptor: it is closed by ward_lines_free(), or on failure. */
int ward_lines_new(int fd, struct ward_lines **ret_lines);
void ward_lines_free(struct ward_lines *lines);

/* 1: a line, which holds until the next call and may be written to.
 * 0: the end. Negative: WARD_ERR_IO (errno is set) or WARD_ERR_NOMEM. */
int ward_lines_next(struct ward_lines *lines, struct ward_line *ret_line);

#endif
