/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the lines of a snapshot hold: one table for each struct of facts, which
 * writer and reader both go by. A member that is zero is not known and left
 * out; only a required one stands in every line.
 */
#ifndef WARD_MEMBERS_H
#define WARD_MEMBERS_H

#include "policy/policy.h"

#define WARD_FACTS_SCHEMA "acctward-facts/1"
#define WARD_FACTS_LINE_MAX ((size_t)1 << 20)
#define WARD_WORD_SIZE 64

/* How a member is kept, and how it is written. */
enum ward_member_kind {
	WARD_MEMBER_TEXT,     /* const char *: a string or {"hex": "…"} */
	WARD_MEMBER_FLAG,     /* bool */
	WARD_MEMBER_OPTIONAL, /* struct ward_optional: a number where known */
	WARD_MEMBER_INT64,    /* these three: a number */
	WARD_MEMBER_UINT32,
	WARD_MEMBER_SIZE,
	WARD_MEMBER_WORD,   /* an enum: one of its words */
	WARD_MEMBER_OBJECT, /* a struct with members of its own */
	WARD_MEMBER_LIST,   /* a pointer to structs, and how many there are */
};

/* The word of value `i` of an enum: "" where it has none to be written, NULL
 * behind the last. */
typedef const char *ward_word_fn(unsigned int i, char text[WARD_WORD_SIZE]);

struct ward_shape;

struct ward_member {
	const char *key;
	enum ward_member_kind kind;
	size_t offset;
	bool required;
	int64_t lo, hi; /* numbers */
	ward_word_fn *word;
	const struct ward_shape *shape; /* of an object, of each in a list */
	size_t count;                   /* offset of a list's size_t */
};

struct ward_shape {
	const char *type; /* of a line */
	const struct ward_member *members;
	size_t count, size;
};

/* The first line and the last. */
struct ward_facts_head {
	const char *schema, *tool, *host, *as_of, *collected, *root_groups;
	const char *door_plan;
	uint32_t uid_min, uid_max;
	bool words_tried;
};

struct ward_facts_end {
	int64_t accounts, defects, services; /* older ones have no services */
};

extern const struct ward_shape ward_facts_head_shape, ward_facts_account_shape,
    ward_facts_defect_shape, ward_facts_service_shape, ward_facts_end_shape;

/* Write them as one line; an error says why not. */
int ward_facts_put(FILE *stream, const struct ward_shape *shape,
    const void *facts, struct ward_error *err);

#endif
