/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports of a new password have in common, and their table. */
#include "report/formats.h"

#include <string.h>

static const struct ward_password_format *const formats[] = {
	&ward_password_text,
	&ward_password_json,
};

const struct ward_password_format *
ward_password_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i]->name, name) == 0) {
			return formats[i];
		}
	}
	return NULL;
}

void
ward_password_message(const struct ward_report *report,
    const struct ward_password_row *row, char *text, size_t size)
{
	char phrase[1024];

	if (row->why != NULL) {
		ward_phrase(report->language,
		    ward_text(report->language, row->why), phrase,
		    sizeof(phrase));
		ward_clean_text(phrase, text, size);
	} else if (row->finding->verdict == WARD_PASS) {
		(void)snprintf(text, size, "%s",
		    row->asked != NULL ?
			row->asked :
			ward_text(report->language, "the rule is kept"));
	} else {
		ward_finding_message(row->finding, report->language,
		    ward_clean_text, text, size);
	}
}

enum ward_verdict
ward_password_verdict(const struct ward_password_summary *summary)
{
	if (summary->fail > 0) {
		return WARD_FAIL;
	}
	return summary->act == WARD_ACT_REFUSE ? WARD_UNKNOWN : WARD_PASS;
}
