/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of weak passwords share. */
#ifndef WARD_TESTS_WEAK_CASE_H
#define WARD_TESTS_WEAK_CASE_H

#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

/* Where this build's list of words lies: beside the directory of this test. */
static inline const char *
words_path(void)
{
	const char *out = getenv("OUT");
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/share/acctward/words",
	    out == NULL ? "build" : out);
	return path;
}

/* A plan whose password.weak has these settings besides. */
static inline struct ward_plan *
weak_plan(const char *settings)
{
	char text[1024];
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_plan *plan = NULL;

	(void)snprintf(text, sizeof(text),
	    "[plan]\nid = T\ntitle = t\nagency = a\nversion = 1\n"
	    "[password.weak]\nclause = 1\n%s\n",
	    settings);
	if (ward_plan_parse("t", text, strlen(text), &plan, &err) != 0) {
		fail_msg("%s", err.text);
	}
	return plan;
}

static const char *const weakness_names[WARD_WEAK_COUNT] = { "unknown", "not",
	"common", "pattern", "date", "number", "agency", "breached",
	"dictionary", "similar", "simple" };

#endif
