/* SPDX-License-Identifier: BSD-2-Clause */
/* The defects of accounts, in 16 bytes each: a file saved with CRs has one a
 * line. */
#ifndef WARD_NOTES_H
#define WARD_NOTES_H

#include "collect/accounts/faults.h"
#include "collect/base/strings.h"

/* The files that are read; what is kept in great number keeps only this. */
enum ward_file {
	WARD_FILE_PASSWD,
	WARD_FILE_SHADOW,
	WARD_FILE_LASTLOG,
	WARD_FILE_WTMP,
	WARD_FILE_WTMP_1,
	WARD_FILE_GROUP,
	WARD_FILE_GSHADOW,
	WARD_FILE_BTMP,
	WARD_FILE_BTMP_1,
	WARD_FILE_COUNT
};

const char *ward_file_path(enum ward_file file);

struct ward_note {
	uint32_t account, line;
	uint32_t detail; /* in details */
	enum ward_reason_id reason : 16;
	enum ward_file file : 8;
};

struct ward_notes {
	struct ward_strings *details;
	struct ward_note *list;
	uint32_t count, room;
};

int ward_notes_add(struct ward_notes *notes, uint32_t account,
    enum ward_file file, uint32_t line, const struct ward_faults *faults);
/* Put them in the order of the accounts, then of files and lines. */
void ward_notes_sort(struct ward_notes *notes);
/* The one as others know it, `name` being its account's. */
struct ward_defect ward_note_defect(const struct ward_notes *notes,
    const struct ward_note *note, const char *name);

#endif
