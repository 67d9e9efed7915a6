/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reader of one plan file keeps between its lines. */
#ifndef WARD_PLAN_READER_H
#define WARD_PLAN_READER_H

#include "plan.h"

#define NAME_MAX_SIZE 49 /* inih cuts longer section names */
#define VALUE_MAX_SIZE 16384

enum place {
	NOWHERE,
	IN_HEAD,
	IN_CHOICE,
	IN_RULE
};

struct ward_plan_reader {
	const char *name;
	const char *next, *end; /* what is left of the text */
	enum ward_layer layer;
	struct ward_plan *plan;
	struct ward_error *err;
	uint32_t line;
	int failed;
	bool indented; /* the line at hand begins with a blank */

	enum place place;
	bool head_seen;
	size_t section; /* the section at hand, by index */
	/* The key at hand, until the next one begins. */
	char key[NAME_MAX_SIZE + 1];
	uint32_t key_line;
	char value[VALUE_MAX_SIZE];
	struct ward_origin section_origin;         /* of a dumped plan, */
	struct ward_origin origins[WARD_KEYS_MAX]; /* and of its values */
	uint32_t origin_lines[WARD_KEYS_MAX];
};

/* Tell the first error, with the line it is on; every call returns it. */
int ward_plan_fail(struct ward_plan_reader *r, uint32_t line, int code,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Judge and keep the key that was being gathered, if any. */
int ward_plan_store(struct ward_plan_reader *r);
/* End the section at hand: a rule in a plan must say where it stands. */
int ward_plan_close(struct ward_plan_reader *r);
/* Begin the section of this line, "[name]" and nothing behind it. */
int ward_plan_open(struct ward_plan_reader *r, const char *line);

#endif
