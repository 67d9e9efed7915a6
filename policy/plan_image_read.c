/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A plan out of its image. Who can write the file can write any plan, but no
 * byte of it may lead outside of it.
 */
#include "plan_image.h"

#include <stdlib.h>
#include <string.h>

struct image {
	struct ward_image_head head;
	/* The items as they came, which may lie anywhere in memory. */
	const char *items[WARD_IMAGE_PART_COUNT];
};

/* All that the plan has, in one block, in this order. */
struct block {
	struct ward_plan *plan;
	struct ward_binding *bindings;
	struct ward_demand *demands;
	struct ward_citation *citations;
	char *text;
};

/* What no document asks. */
static const struct ward_demand nothing;

/* ---- is it ours, and whole? ----------------------------------------------- */

static bool
find_items(struct image *image, const char *bytes, size_t size)
{
	const char *at = bytes + sizeof(image->head);
	size_t left = size - sizeof(image->head);

	for (size_t i = 0; i < WARD_IMAGE_PART_COUNT; i++) {
		const size_t count = image->head.count[i];

		if (count > left / ward_image_item_sizes[i]) {
			return false;
		}
		image->items[i] = at;
		at += count * ward_image_item_sizes[i];
		left -= count * ward_image_item_sizes[i];
	}
	return left == 0;
}

static bool
open_image(struct image *image, const void *bytes, size_t size)
{
	const uint32_t *const count = image->head.count;
	const char *text;

	if (size < sizeof(image->head)) {
		return false;
	}
	memcpy(&image->head, bytes, sizeof(image->head));
	if (memcmp(image->head.magic, ward_image_magic,
		sizeof(ward_image_magic)) != 0 ||
	    image->head.size != size ||
	    image->head.shape != ward_image_shape() ||
	    image->head.sum != ward_image_sum_of(bytes, size) ||
	    !find_items(image, bytes, size)) {
		return false;
	}
	text = image->items[WARD_IMAGE_TEXT];
	return count[WARD_IMAGE_DEMANDS] <= WARD_IMAGE_DEMANDS_MAX &&
	    count[WARD_IMAGE_TEXT] > 0 &&
	    text[count[WARD_IMAGE_TEXT] - 1] == '\0';
}

static bool
make_block(const struct image *image, struct block *ret_block)
{
	const uint32_t *const count = image->head.count;
	struct block block = { .plan = NULL };
	const size_t size = sizeof(*block.plan) +
	    (WARD_IMAGE_BINDINGS + 1) * sizeof(*block.bindings) +
	    count[WARD_IMAGE_DEMANDS] * sizeof(*block.demands) +
	    count[WARD_IMAGE_CITATIONS] * sizeof(*block.citations);

	block.plan = calloc(1, size + count[WARD_IMAGE_TEXT]);
	if (block.plan == NULL) {
		return false;
	}
	block.plan->one_block = true;
	block.bindings = (struct ward_binding *)(block.plan + 1);
	block.demands = (struct ward_demand *)(block.bindings +
	    WARD_IMAGE_BINDINGS + 1);
	block.citations = (struct ward_citation *)(block.demands +
	    count[WARD_IMAGE_DEMANDS]);
	block.text = memcpy(block.citations + count[WARD_IMAGE_CITATIONS],
	    image->items[WARD_IMAGE_TEXT], count[WARD_IMAGE_TEXT]);
	*ret_block = block;
	return true;
}

/* ---- what is in it -------------------------------------------------------- */

/* The i-th item of the part into *ret_item; false: there are fewer. */
static bool
item(const struct image *image, enum ward_image_part part, uint32_t i,
    void *ret_item)
{
	const size_t size = ward_image_item_sizes[part];

	if (i >= image->head.count[part]) {
		return false;
	}
	memcpy(ret_item, image->items[part] + i * size, size);
	return true;
}

/* Its NUL is there, as one ends the part. */
static bool
take_text(const struct image *image, const struct block *block, uint32_t at,
    char **ret_text)
{
	if (at == 0 || at >= image->head.count[WARD_IMAGE_TEXT]) {
		return false;
	}
	*ret_text = block->text + at;
	return true;
}

static bool
take_citations(const struct image *image, const struct block *block)
{
	struct ward_image_citation from;

	for (uint32_t i = 0; item(image, WARD_IMAGE_CITATIONS, i, &from); i++) {
		char *plan, *clauses;

		if (!take_text(image, block, from.plan, &plan) ||
		    !take_text(image, block, from.clauses, &clauses)) {
			return false;
		}
		block->citations[i] = (struct ward_citation){ plan, clauses };
	}
	return true;
}

static bool
take_ask(const struct image *image, const struct block *block,
    const struct ward_image_ask *from, struct ward_demand *demand)
{
	const uint32_t count = image->head.count[WARD_IMAGE_CITATIONS];

	if (from->rule >= WARD_RULE_COUNT ||
	    from->asker == WARD_ASKED_BY_NOBODY ||
	    from->asker > WARD_ASKED_BY_DOCUMENT || from->citations > count ||
	    from->citation_count > count - from->citations ||
	    from->citation_count > WARD_PACKS_MAX + 1) {
		return false;
	}
	demand->asker[from->rule] = (enum ward_asker)from->asker;
	demand->citations[from->rule] = block->citations + from->citations;
	demand->citation_count[from->rule] = from->citation_count;
	return true;
}

static bool
take_value(const struct image *image, const struct block *block,
    const struct ward_image_value *from, struct ward_demand *demand)
{
	const struct ward_setting *setting;
	struct ward_value *value;

	if (from->setting >= WARD_SETTING_COUNT ||
	    from->origin > WARD_ORIGIN_AGENCY) {
		return false;
	}
	setting = &ward_settings[from->setting];
	if (setting->type == WARD_NUMBER &&
	    (from->number < setting->lo || from->number > setting->hi)) {
		return false;
	}
	value = &demand->value[from->setting];
	value->number = from->number;
	value->origin.kind = (enum ward_origin_kind)from->origin;
	return take_text(image, block, from->text, &value->text);
}

static bool
take_demand(const struct image *image, const struct block *block,
    const struct ward_image_demand *from, struct ward_demand *demand)
{
	struct ward_image_ask ask;
	struct ward_image_value value;

	if (from->ask_count > WARD_RULE_COUNT ||
	    from->value_count > WARD_SETTING_COUNT) {
		return false;
	}
	for (uint32_t i = 0; i < from->ask_count; i++) {
		if (from->asks > UINT32_MAX - i ||
		    !item(image, WARD_IMAGE_ASKS, from->asks + i, &ask) ||
		    !take_ask(image, block, &ask, demand)) {
			return false;
		}
	}
	for (uint32_t i = 0; i < from->value_count; i++) {
		if (from->values > UINT32_MAX - i ||
		    !item(image, WARD_IMAGE_VALUES, from->values + i, &value) ||
		    !take_value(image, block, &value, demand)) {
			return false;
		}
	}
	return true;
}

static bool
take_bindings(const struct image *image, const struct block *block)
{
	const uint32_t count = image->head.count[WARD_IMAGE_DEMANDS];
	struct ward_image_demand from;

	for (uint32_t i = 0; item(image, WARD_IMAGE_DEMANDS, i, &from); i++) {
		if (!take_demand(image, block, &from, &block->demands[i])) {
			return false;
		}
	}
	for (size_t i = 0; i <= WARD_IMAGE_BINDINGS; i++) {
		struct ward_binding *binding = &block->bindings[i];

		binding->strength = (enum ward_strength)i;
		block->plan->bindings[i] = binding;
		for (size_t c = 0; c < WARD_CLASS_COUNT; c++) {
			binding->demand[c] = &nothing;
			if (i == WARD_IMAGE_BINDINGS) {
				continue;
			}
			if (image->head.demand[i][c] >= count) {
				return false;
			}
			binding->demand[c] = &block->demands[image->head
								 .demand[i][c]];
		}
	}
	return true;
}

static bool
take_head(const struct image *image, const struct block *block)
{
	struct ward_value *head = block->plan->head;
	char **const kind = &head[WARD_HEAD_KIND].text;

	if (!take_text(image, block, image->head.id,
		&head[WARD_HEAD_ID].text) ||
	    !take_text(image, block, image->head.title,
		&head[WARD_HEAD_TITLE].text) ||
	    !take_text(image, block, image->head.agency,
		&head[WARD_HEAD_AGENCY].text)) {
		return false;
	}
	return image->head.kind == 0 ||
	    (take_text(image, block, image->head.kind, kind) &&
		strcmp(*kind,
		    ward_plan_kind_name(ward_plan_kind(block->plan))) == 0 &&
		ward_plan_kind(block->plan) != WARD_KIND_REFERENCE);
}

int
ward_plan_read_image(const void *bytes, size_t size,
    struct ward_plan **ret_plan, struct ward_error *err)
{
	struct image image;
	struct block block;

	if (!open_image(&image, bytes, size)) {
		goto not_ours;
	}
	if (!make_block(&image, &block)) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	/* Who is privileged every plan says. */
	if (!take_head(&image, &block) || !take_citations(&image, &block) ||
	    !take_bindings(&image, &block) ||
	    ward_plan_root_groups(block.plan) == NULL) {
		ward_plan_free(block.plan);
		goto not_ours;
	}
	*ret_plan = block.plan;
	return 0;
not_ours:
	return ward_error_set(err, WARD_ERR_SYNTAX,
	    "these are not the bytes of a plan that this program worked out");
}
