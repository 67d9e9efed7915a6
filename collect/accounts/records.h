/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of log-in records have in common: utmp(5). */
#ifndef WARD_RECORDS_H
#define WARD_RECORDS_H

#include <utmp.h>

#include "collect/accounts/accounts.h"
#include "collect/base/defects.h"

#define WARD_RECORDS_MAX ((uint64_t)4 << 30) /* bytes of a file */

/* The time of a record. 32 bits have no sign, as in glibc from 2.40 on: they
 * last until 2106. */
#define WARD_RECORD_SECONDS(field) \
	(sizeof(field) == sizeof(uint32_t) ? (int64_t)(uint32_t)(field) : \
					     (int64_t)(field))

/* Hand on each whole record; the bytes that are left over go to *ret_left. 0 or
 * WARD_ERR_IO (errno is set). */
int ward_record_each(int fd, void (*take)(void *arg, const struct utmp *record),
    void *arg, size_t *ret_left);
/* Before any is read: mark the accounts whose names records don't hold whole, and
 * those whose names are what they hold instead. What is recorded of either is
 * not known. */
void ward_record_mark(struct ward_accounts *accounts);
/* The account that it names, or WARD_TABLE_NONE; never one that is marked. */
uint32_t ward_record_account(const struct ward_accounts *accounts,
    const struct utmp *record);

/* What is wrong with a file: 0 or WARD_ERR_NOMEM. So many records that are later
 * than now, the first of them that of this account; so many bytes behind the
 * last whole record of `size`; larger than WARD_RECORDS_MAX. */
int ward_record_tell_odd(struct ward_defects *defects, enum ward_file file,
    uint64_t count, const char *first);
int ward_record_tell_torn(struct ward_defects *defects, enum ward_file file,
    size_t left, size_t size);
int ward_record_tell_large(struct ward_defects *defects, enum ward_file file);

#endif
