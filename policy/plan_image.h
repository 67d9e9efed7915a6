/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bytes of a plan's image: this head, then the parts, each a count of items
 * as they lie in memory. Between plan_image.c, plan_image_read.c and the tests
 * that damage one.
 */
#ifndef WARD_PLAN_IMAGE_H
#define WARD_PLAN_IMAGE_H

#include "plan.h"

/* Those that bind: what references ask for is left out. */
#define WARD_IMAGE_BINDINGS WARD_REFERENCE
#define WARD_IMAGE_DEMANDS_MAX (WARD_IMAGE_BINDINGS * WARD_CLASS_COUNT)

enum ward_image_part {
	WARD_IMAGE_DEMANDS, /* each once, for as many classes as share it */
	WARD_IMAGE_ASKS,
	WARD_IMAGE_VALUES,
	WARD_IMAGE_CITATIONS,
	WARD_IMAGE_TEXT, /* each string once, with its NUL; the first is none */
	WARD_IMAGE_PART_COUNT
};

/* A string is where it begins in the last part; 0: none. */
struct ward_image_head {
	char magic[8];
	uint64_t sum;   /* of all the bytes behind it */
	uint64_t shape; /* of the program that wrote it */
	uint32_t size;  /* of the whole */
	uint32_t id, title, agency, kind;
	uint8_t demand[WARD_IMAGE_BINDINGS][WARD_CLASS_COUNT];
	uint32_t count[WARD_IMAGE_PART_COUNT];
};

/* Some of the items of two parts. */
struct ward_image_demand {
	uint32_t asks, ask_count;
	uint32_t values, value_count;
};

struct ward_image_ask {
	uint16_t rule;
	uint8_t asker;
	uint8_t citation_count;
	uint32_t citations;
};

struct ward_image_value {
	uint16_t setting;
	uint16_t origin;
	uint32_t number, text;
};

struct ward_image_citation {
	uint32_t plan, clauses;
};

extern const char ward_image_magic[8];
extern const size_t ward_image_item_sizes[WARD_IMAGE_PART_COUNT];

/* Tells damage, not malice: any change of one word changes it. */
uint64_t ward_image_sum(const void *bytes, size_t size);
/* What the bytes mean: the version, and the rules, settings and classes. */
uint64_t ward_image_shape(void);
/* The sum that an image with this head should have. */
uint64_t ward_image_sum_of(const void *image, size_t size);

#endif
