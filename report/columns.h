/* SPDX-License-Identifier: BSD-2-Clause */
/* Text in lines that fit a terminal. */
#ifndef WARD_COLUMNS_H
#define WARD_COLUMNS_H

#include "report/report.h"

#define WARD_COLUMNS 79

/* Write clean text, from column `at` on, and what does not fit behind `indent`
 * columns on the next lines; ends with a newline. */
void ward_put_wrapped(FILE *stream, const char *text, size_t at, size_t indent);

#endif
