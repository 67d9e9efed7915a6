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

enum ward_verdict
ward_password_verdict(const struct ward_password_summary *summary)
{
	if (summary->fail > 0) {
		return WARD_FAIL;
	}
	return summary->act == WARD_ACT_REFUSE ? WARD_UNKNOWN : WARD_PASS;
}
