/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan worked out, as bytes: what binds, and nothing of where it stood. */
#include "plan_image.h"

#include <stdlib.h>
#include <string.h>

const char ward_image_magic[8] = "wardpln1";

const size_t ward_image_item_sizes[WARD_IMAGE_PART_COUNT] = {
	[WARD_IMAGE_DEMANDS] = sizeof(struct ward_image_demand),
	[WARD_IMAGE_ASKS] = sizeof(struct ward_image_ask),
	[WARD_IMAGE_VALUES] = sizeof(struct ward_image_value),
	[WARD_IMAGE_CITATIONS] = sizeof(struct ward_image_citation),
	[WARD_IMAGE_TEXT] = 1,
};

/* ---- is it ours? ---------------------------------------------------------- */

uint64_t
ward_image_sum(const void *bytes, size_t size)
{
	const char *at = bytes;
	uint64_t sum = size, word;

	for (; size > 0; size -= word, at += word) {
		uint64_t next = 0;

		word = size < sizeof(next) ? size : sizeof(next);
		memcpy(&next, at, word);
		sum = (sum ^ next) * UINT64_C(0x9e3779b97f4a7c15);
		sum ^= sum >> 32;
	}
	return sum;
}

uint64_t
ward_image_sum_of(const void *image, size_t size)
{
	const size_t behind = offsetof(struct ward_image_head, shape);

	return ward_image_sum((const char *)image + behind, size - behind);
}

uint64_t
ward_image_shape(void)
{
	static const char tables[] = WARD_VERSION "\n"
#define RULE(sym, id, subject, judged, enforced, number, title, why) id "\n"
#include "rules.def"
#undef RULE
#define SETTING(rule, sym, key, type, stricter, lo, hi, unit, choices, \
    builtin, help) \
#rule " " key " " #type " " #stricter " " #builtin "\n"
#include "settings.def"
#undef SETTING
	    ;
	static const uint32_t counts[] = { WARD_CLASS_COUNT, WARD_RULE_COUNT,
		WARD_SETTING_COUNT, WARD_STRENGTH_COUNT };

	return ward_image_sum(tables, sizeof(tables)) ^
	    ward_image_sum(counts, sizeof(counts));
}

/* ---- writing -------------------------------------------------------------- */

struct part {
	char *bytes;
	size_t size, room;
};

struct writer {
	struct ward_image_head head;
	struct part parts[WARD_IMAGE_PART_COUNT];
	/* Those written so far. */
	const struct ward_demand *demands[WARD_IMAGE_DEMANDS_MAX];
};

static int
add(struct writer *w, enum ward_image_part which, const void *item, size_t size)
{
	struct part *part = &w->parts[which];

	if (part->room - part->size < size) {
		const size_t room = 2 * (part->room + size);
		char *bytes = room > UINT32_MAX ? NULL :
						  realloc(part->bytes, room);

		if (bytes == NULL) {
			return WARD_ERR_NOMEM;
		}
		part->bytes = bytes;
		part->room = room;
	}
	memcpy(part->bytes + part->size, item, size);
	part->size += size;
	w->head.count[which]++;
	return 0;
}

/* Where the string begins, once it is there. */
static int
add_text(struct writer *w, const char *text, uint32_t *ret_at)
{
	struct part *pool = &w->parts[WARD_IMAGE_TEXT];
	size_t at = pool->size > 0 ? 1 : 0;
	int r = 0;

	if (at == 0) {
		r = add(w, WARD_IMAGE_TEXT, "", 1);
		at = 1;
	}
	if (text == NULL) {
		*ret_at = 0;
		return r;
	}
	while (
	    r == 0 && at < pool->size && strcmp(pool->bytes + at, text) != 0) {
		at += strlen(pool->bytes + at) + 1;
	}
	if (r == 0 && at == pool->size) {
		r = add(w, WARD_IMAGE_TEXT, text, strlen(text) + 1);
	}
	*ret_at = (uint32_t)at;
	return r;
}

static int
add_ask(struct writer *w, const struct ward_demand *demand,
    enum ward_rule_id rule)
{
	struct ward_image_ask ask = { .rule = (uint16_t)rule,
		.asker = (uint8_t)demand->asker[rule],
		.citation_count = (uint8_t)demand->citation_count[rule],
		.citations = w->head.count[WARD_IMAGE_CITATIONS] };
	int r = 0;

	for (size_t i = 0; r == 0 && i < demand->citation_count[rule]; i++) {
		const struct ward_citation *from = &demand->citations[rule][i];
		struct ward_image_citation citation = { .plan = 0 };

		r = add_text(w, from->plan, &citation.plan);
		if (r == 0) {
			r = add_text(w, from->clauses, &citation.clauses);
		}
		if (r == 0) {
			r = add(w, WARD_IMAGE_CITATIONS, &citation,
			    sizeof(citation));
		}
	}
	return r == 0 ? add(w, WARD_IMAGE_ASKS, &ask, sizeof(ask)) : r;
}

static int
add_value(struct writer *w, const struct ward_value *from, size_t setting)
{
	struct ward_image_value value = { .setting = (uint16_t)setting,
		.origin = (uint16_t)from->origin.kind,
		.number = from->number };
	int r = add_text(w, from->text, &value.text);

	return r == 0 ? add(w, WARD_IMAGE_VALUES, &value, sizeof(value)) : r;
}

static int
add_demand(struct writer *w, const struct ward_demand *from)
{
	struct ward_image_demand demand = {
		.asks = w->head.count[WARD_IMAGE_ASKS],
		.values = w->head.count[WARD_IMAGE_VALUES],
	};
	int r = 0;

	for (enum ward_rule_id i = 0; r == 0 && i < WARD_RULE_COUNT; i++) {
		if (from->asker[i] != WARD_ASKED_BY_NOBODY) {
			r = add_ask(w, from, i);
		}
	}
	for (size_t i = 0; r == 0 && i < WARD_SETTING_COUNT; i++) {
		if (from->value[i].text != NULL) {
			r = add_value(w, &from->value[i], i);
		}
	}
	demand.ask_count = w->head.count[WARD_IMAGE_ASKS] - demand.asks;
	demand.value_count = w->head.count[WARD_IMAGE_VALUES] - demand.values;
	w->demands[w->head.count[WARD_IMAGE_DEMANDS]] = from;
	return r == 0 ? add(w, WARD_IMAGE_DEMANDS, &demand, sizeof(demand)) : r;
}

static bool
is_same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
is_same(const struct ward_demand *a, const struct ward_demand *b)
{
	for (size_t i = 0; i < WARD_RULE_COUNT; i++) {
		if (a->asker[i] != b->asker[i] ||
		    a->citation_count[i] != b->citation_count[i]) {
			return false;
		}
		for (size_t k = 0; k < a->citation_count[i]; k++) {
			const struct ward_citation *x = &a->citations[i][k];
			const struct ward_citation *y = &b->citations[i][k];

			if (!is_same_text(x->plan, y->plan) ||
			    !is_same_text(x->clauses, y->clauses)) {
				return false;
			}
		}
	}
	for (size_t i = 0; i < WARD_SETTING_COUNT; i++) {
		if (!is_same_text(a->value[i].text, b->value[i].text) ||
		    a->value[i].number != b->value[i].number ||
		    a->value[i].origin.kind != b->value[i].origin.kind) {
			return false;
		}
	}
	return true;
}

static int
add_binding(struct writer *w, const struct ward_binding *binding,
    uint8_t ret_demands[WARD_CLASS_COUNT])
{
	int r = 0;

	for (enum ward_class c = 0; r == 0 && c < WARD_CLASS_COUNT; c++) {
		const struct ward_demand *demand = binding->demand[c];
		const uint32_t count = w->head.count[WARD_IMAGE_DEMANDS];
		uint32_t i = 0;

		while (i < count && !is_same(demand, w->demands[i])) {
			i++;
		}
		ret_demands[c] = (uint8_t)i;
		if (i == count) {
			r = add_demand(w, demand);
		}
	}
	return r;
}

static int
add_plan(struct writer *w, const struct ward_plan *plan)
{
	const struct {
		const char *text;
		uint32_t *ret_at;
	} texts[] = {
		{ ward_plan_id(plan), &w->head.id },
		{ ward_plan_title(plan), &w->head.title },
		{ ward_plan_agency(plan), &w->head.agency },
		{ plan->head[WARD_HEAD_KIND].text, &w->head.kind },
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(texts) / sizeof(texts[0]);
	     i++) {
		r = add_text(w, texts[i].text, texts[i].ret_at);
	}
	for (size_t i = 0; r == 0 && i < WARD_IMAGE_BINDINGS; i++) {
		r = add_binding(w, plan->bindings[i], w->head.demand[i]);
	}
	return r;
}

/* The parts behind the head, which is filled in. */
static int
join(struct writer *w, void **ret_bytes, size_t *ret_size)
{
	size_t size = sizeof(w->head);
	char *bytes, *at;

	for (size_t i = 0; i < WARD_IMAGE_PART_COUNT; i++) {
		size += w->parts[i].size;
	}
	bytes = size > UINT32_MAX ? NULL : malloc(size);
	if (bytes == NULL) {
		return WARD_ERR_NOMEM;
	}
	memcpy(w->head.magic, ward_image_magic, sizeof(w->head.magic));
	w->head.shape = ward_image_shape();
	w->head.size = (uint32_t)size;
	w->head.count[WARD_IMAGE_TEXT] = (uint32_t)w->parts[WARD_IMAGE_TEXT]
					     .size;
	at = mempcpy(bytes, &w->head, sizeof(w->head));
	for (size_t i = 0; i < WARD_IMAGE_PART_COUNT; i++) {
		if (w->parts[i].size > 0) {
			at = mempcpy(at, w->parts[i].bytes, w->parts[i].size);
		}
	}
	w->head.sum = ward_image_sum_of(bytes, size);
	memcpy(bytes, &w->head, sizeof(w->head));
	*ret_bytes = bytes;
	*ret_size = size;
	return 0;
}

int
ward_plan_write_image(const struct ward_plan *plan, void **ret_bytes,
    size_t *ret_size, struct ward_error *err)
{
	struct writer w = { .head = { .size = 0 } };
	int r;

	if (ward_plan_kind(plan) == WARD_KIND_REFERENCE) {
		return ward_error_set(err, WARD_ERR_MISSING,
		    "%s is a reference, by which nothing is decided",
		    ward_plan_id(plan));
	}
	r = add_plan(&w, plan);
	if (r == 0) {
		r = join(&w, ret_bytes, ret_size);
	}
	for (size_t i = 0; i < WARD_IMAGE_PART_COUNT; i++) {
		free(w.parts[i].bytes);
	}
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}
