/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The lines of passwd(5), shadow(5), group(5) and gshadow(5), as the C
 * library takes them apart (glibc's nss/nss_files, same in fgetpwent(3) and
 * its kin), whatever the manuals say of them.
 */
#ifndef WARD_FIELDS_H
#define WARD_FIELDS_H

#include "collect/base/lines.h"

#define WARD_FIELDS_MAX 9

struct ward_fields {
	char *list[WARD_FIELDS_MAX]; /* "" for those that aren't there */
	size_t count;                /* how many the line has */
};

/* Where the entry begins: behind leading blanks. NULL: blank or a comment. It
 * ends at the first NUL, though the line may not. */
char *ward_line_entry(const struct ward_line *line);

/* Split at colons, in place, into at most `most` fields; what is more stays
 * in the last one. ret_fields->count may be more than `most`. */
void ward_fields_split(char *entry, size_t most,
    struct ward_fields *ret_fields);

/* How a number is written. */
enum ward_number {
	WARD_NUMBER_DEAD = 0, /* not one: the C library drops the line */
	WARD_NUMBER_EMPTY,    /* nothing: drops the line where one must be */
	WARD_NUMBER_ODD,      /* taken, though others may not take it */
	WARD_NUMBER_PLAIN,    /* digits, and no needless zero */
};

/* What strtoul(3) makes of the field, which takes blanks and a sign before
 * the digits. What does not fit 32 bits, as nothing negative does, is DEAD.
 * *ret_number is written for ODD and PLAIN only. */
enum ward_number ward_field_number(const char *field, uint32_t *ret_number);

/*
 * The next name of a list separated by commas: blanks before it are passed
 * over, empty ones left out. NULL at the end; *list moves on, and is written
 * to.
 */
char *ward_field_member(char **list);

#endif
