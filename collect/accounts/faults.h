/* SPDX-License-Identifier: BSD-2-Clause */
/* What is wrong with one line, before it is known whose line it is. */
#ifndef WARD_FAULTS_H
#define WARD_FAULTS_H

#include "collect/base/defects.h"
#include "collect/base/lines.h"

#define WARD_FAULTS_MAX 16
#define WARD_FAULT_DETAIL 80

/* Many programs read a line of an account file into BUFSIZ or 1024 bytes
 * (NSS_BUFLEN_PASSWD): a longer one is missed or cut by some of them. */
#define WARD_LINE_LONG 1024

struct ward_fault {
	enum ward_reason_id reason;
	char detail[WARD_FAULT_DETAIL]; /* "": none; a long one is cut */
};

/* Made empty by setting count to 0. */
struct ward_faults {
	struct ward_fault list[WARD_FAULTS_MAX];
	size_t count;
};

/* A detail with a hash in it is kept as "(a hash)". */
void ward_faults_add(struct ward_faults *faults, enum ward_reason_id reason,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Look at the line's bytes, before it is split: control characters, UTF-8,
 * and, unless `most` is 0, whether it is longer than `most`. */
void ward_faults_bytes(struct ward_faults *faults, const struct ward_line *line,
    size_t most);
/* A line of another number of fields. */
void ward_faults_fields(struct ward_faults *faults, size_t count, size_t right);
/* A name that some program or other does not take: an account's, or that of a
 * group. */
void ward_faults_name(struct ward_faults *faults, const char *name, bool group);
/* A uid or gid that is not written as one. */
void ward_faults_number(struct ward_faults *faults, enum ward_reason_id reason,
    const char *field);

/* Give them all to the host, with the name unless it is NULL, "" or a hash. */
int ward_faults_to_host(const struct ward_faults *faults,
    struct ward_defects *defects, const char *name, struct ward_source source);

#endif
