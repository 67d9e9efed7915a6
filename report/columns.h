/* SPDX-License-Identifier: BSD-2-Clause */
/* How much room text takes on a terminal, in whatever locale. */
#ifndef WARD_COLUMNS_H
#define WARD_COLUMNS_H

#include "report/report.h"

#define WARD_COLUMNS 79

/* Clean text: the columns it takes, a Chinese character two of them. */
size_t ward_columns(const char *text);
/* Write clean text, from column `at` on, and what does not fit behind `indent`
 * columns on the next lines; ends with a newline. */
void ward_put_wrapped(FILE *stream, const char *text, size_t at, size_t indent);

#endif
