/* SPDX-License-Identifier: BSD-2-Clause */
#include "report/list.h"

#include <string.h>

#define WIDTH 79

void
ward_list_put(struct ward_list *list, const char *word)
{
	if (list->width == 0) {
		list->width = (size_t)fprintf(list->stream, "%s: %s",
		    list->label, word);
	} else if (list->width + strlen(word) + 2 >= WIDTH) {
		list->width = (size_t)fprintf(list->stream, ",\n    %s", word);
	} else {
		list->width += (size_t)fprintf(list->stream, ", %s", word);
	}
}

void
ward_list_end(struct ward_list *list)
{
	if (list->width > 0) {
		(void)fputc('\n', list->stream);
	}
}
