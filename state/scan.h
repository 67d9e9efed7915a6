/* SPDX-License-Identifier: BSD-2-Clause */
/* A file, line by line, from wherever it is asked for. What was read of it is
 * wiped: it may hold hashes. */
#ifndef WARD_SCAN_H
#define WARD_SCAN_H

#include "policy/policy.h"

#define WARD_SCAN_LINE_MAX ((size_t)16 << 20) /* what is more is cut */

struct ward_scan_line {
	char *text;      /* without its newline; text[size] is '\0' */
	size_t size;     /* more than strlen(text) where it holds a NUL */
	uint64_t at;     /* where it begins in the file */
	uint32_t number; /* from 1, where the scan began at 0 */
};

struct ward_scan {
	int fd;
	char *data;        /* room + 1 bytes */
	size_t start, end; /* what was read and not handed out yet */
	size_t room, used;
	uint64_t at; /* where data begins in the file */
	uint32_t number;
	bool at_end;
	bool skipping; /* within a line that was cut */
};

/* The descriptor stays the caller's. 0 or WARD_ERR_NOMEM; `room` bytes are read
 * at once. */
int ward_scan_begin(struct ward_scan *scan, int fd, uint64_t at, size_t room);
void ward_scan_end(struct ward_scan *scan);

/* 1: a line, which holds until the next call and may be written to. 0: the
 * end. Negative: WARD_ERR_IO (errno is set) or WARD_ERR_NOMEM. */
int ward_scan_next(struct ward_scan *scan, struct ward_scan_line *ret_line);

/* Where the C library sees an entry begin: behind leading blanks. NULL: the
 * line is blank or a comment, or of nss_compat(5), and so nobody's. */
char *ward_scan_entry(const struct ward_scan_line *line);

#endif
