/* SPDX-License-Identifier: BSD-2-Clause */
/* Which services an audit has looked at. */
#include "report/formats.h"
#include "report/list.h"

#include <stdlib.h>
#include <string.h>

int
ward_looked_add(struct ward_looked *looked, const struct ward_service *service)
{
	struct ward_looked_service *one;

	if (looked->count == looked->room) {
		const size_t room = looked->room == 0 ? 32 : looked->room * 2;
		struct ward_looked_service *list = reallocarray(looked->list,
		    room, sizeof(*list));

		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		looked->list = list;
		looked->room = room;
	}
	one = &looked->list[looked->count];
	*one = (struct ward_looked_service){ .name = strdup(service->name),
		.file = service->source.file == NULL ?
		    NULL :
		    strdup(service->source.file),
		.line = service->source.line,
		.fragment = service->fragment };
	looked->count++;
	looked->fragments += service->fragment;
	return one->name == NULL ||
		(one->file == NULL && service->source.file != NULL) ?
	    WARD_ERR_NOMEM :
	    0;
}

void
ward_looked_clear(struct ward_looked *looked)
{
	for (size_t i = 0; i < looked->count; i++) {
		free(looked->list[i].name);
		free(looked->list[i].file);
	}
	free(looked->list);
	*looked = (struct ward_looked){ .list = NULL };
}

bool
ward_looked_service(const struct ward_report *report,
    const struct ward_summary *summary, size_t i, struct ward_service *ret_one)
{
	const struct ward_looked_service *one;

	/* Where no rule for them is asked for, they were not judged. */
	if (report->looked == NULL || summary->services == 0 ||
	    i >= report->looked->count) {
		return false;
	}
	one = &report->looked->list[i];
	*ret_one = (struct ward_service){ .name = one->name,
		.source = { one->file, one->line },
		.fragment = one->fragment };
	return true;
}

void
ward_text_looked(const struct ward_report *report,
    const struct ward_summary *summary)
{
	struct ward_list list = { .stream = report->stream,
		.label = ward_text(report->language,
		    N_("PAM services looked at")) };
	struct ward_service service;
	char name[WARD_CLEAN_SIZE];

	for (size_t i = 0; ward_looked_service(report, summary, i, &service);
	     i++) {
		if (!service.fragment) {
			ward_clean_text(service.name, name, sizeof(name));
			ward_list_put(&list, name);
		}
	}
	ward_list_end(&list);
	if (list.width > 0 && report->looked->fragments > 0) {
		(void)fprintf(report->stream,
		    ward_text(report->language,
			"(files that only others include, judged with "
			"those: %zu)\n"),
		    report->looked->fragments);
	}
	if (list.width > 0) {
		(void)fputs(ward_text(report->language,
				"(what holds of each, line by line: `acctward "
				"stack SERVICE`)\n"),
		    report->stream);
	}
}
