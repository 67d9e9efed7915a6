/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * RFC 4180, for spreadsheets. A cell that a spreadsheet would take for a
 * formula gets an apostrophe in front.
 */
#ifndef WARD_CSV_H
#define WARD_CSV_H

#include "report/report.h"

/* The byte order mark where it is wanted, and the names of the columns, which
 * are separated by commas. */
void ward_csv_begin(const struct ward_report *report, const char *header);
/* One row; a cell that is NULL is empty. */
void ward_csv_row(FILE *stream, const char *const cells[], size_t count);

#endif
