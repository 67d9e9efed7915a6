/* SPDX-License-Identifier: BSD-2-Clause */
/* "Label: word, word" over as many lines as it takes. */
#ifndef WARD_LIST_H
#define WARD_LIST_H

#include <stddef.h>
#include <stdio.h>

struct ward_list {
	FILE *stream;
	const char *label;
	size_t width; /* 0: nothing put yet */
};

void ward_list_put(struct ward_list *list, const char *word);
/* The line's end, where anything was put. */
void ward_list_end(struct ward_list *list);

#endif
