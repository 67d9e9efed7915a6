/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "collect/base/hash.h"
#include "policy/policy.h"

#define FIRST_ROOM 64u
#define HUGE_PAGE ((size_t)2 << 20)

/* The hash goes along: a slot with another one is passed by without a look at
 * its key, which lies somewhere far off, and a table grows without any. */
struct slot {
	uint32_t index;
	uint32_t hash;
};

struct ward_table {
	ward_table_key_fn *key;
	const void *arg;
	struct ward_hash_key seed;
	struct slot *slots;
	size_t room; /* a power of two */
	size_t count;
	struct slot later; /* what is to be put in next, or NONE */
};

/* A large one has pages of its own, huge ones if there are any: it is looked at
 * all over, and goes back to the system as soon as it has grown out of. */
static struct slot *
slots_new(size_t room)
{
	size_t size = room * sizeof(struct slot);
	struct slot *slots;

	if (room > SIZE_MAX / sizeof(struct slot)) {
		return NULL;
	}
	if (size < HUGE_PAGE) {
		slots = malloc(size);
	} else {
		slots = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (slots == MAP_FAILED) {
			return NULL;
		}
		(void)madvise(slots, size, MADV_HUGEPAGE);
	}
	if (slots != NULL) {
		/* WARD_TABLE_NONE everywhere */
		memset(slots, 0xff, size);
	}
	return slots;
}

static void
slots_free(struct slot *slots, size_t room)
{
	size_t size = room * sizeof(struct slot);

	if (slots == NULL || size < HUGE_PAGE) {
		free(slots);
	} else {
		(void)munmap(slots, size);
	}
}

int
ward_table_new(ward_table_key_fn *key, const void *arg,
    struct ward_table **ret_table)
{
	struct ward_table *table = calloc(1, sizeof(*table));
	int r;

	if (table == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = ward_hash_key_new(&table->seed);
	if (r != 0) {
		goto out;
	}
	table->key = key;
	table->arg = arg;
	table->room = FIRST_ROOM;
	table->later.index = WARD_TABLE_NONE;
	table->slots = slots_new(table->room);
	if (table->slots == NULL) {
		r = WARD_ERR_NOMEM;
		goto out;
	}
	*ret_table = table;
	table = NULL;
out:
	ward_table_free(table);
	return r;
}

void
ward_table_free(struct ward_table *table)
{
	if (table != NULL) {
		slots_free(table->slots, table->room);
		free(table);
	}
}

/* The slot that has the key, or the free one where it would go. */
static struct slot *
look(const struct ward_table *table, const void *key, size_t size,
    uint32_t hash)
{
	size_t at = hash & (table->room - 1);

	for (;; at = (at + 1) & (table->room - 1)) {
		const struct slot *slot = &table->slots[at];
		const void *there;
		size_t there_size;

		if (slot->index == WARD_TABLE_NONE) {
			break;
		}
		if (slot->hash != hash) {
			continue;
		}
		there = table->key(table->arg, slot->index, &there_size);
		if (there_size == size && memcmp(there, key, size) == 0) {
			break;
		}
	}
	return &table->slots[at];
}

uint32_t
ward_table_find(const struct ward_table *table, const void *key, size_t size)
{
	uint32_t hash = (uint32_t)ward_hash(&table->seed, key, size);

	return look(table, key, size, hash)->index;
}

/* Known to be in no slot yet: no need to compare. */
static void
place(struct ward_table *table, const struct slot *slot)
{
	size_t at = slot->hash & (table->room - 1);

	while (table->slots[at].index != WARD_TABLE_NONE) {
		at = (at + 1) & (table->room - 1);
	}
	table->slots[at] = *slot;
}

static int
grow(struct ward_table *table)
{
	struct slot *old = table->slots;
	size_t old_room = table->room;

	table->slots = slots_new(old_room * 2);
	if (table->slots == NULL) {
		table->slots = old;
		return WARD_ERR_NOMEM;
	}
	table->room = old_room * 2;
	for (size_t i = 0; i < old_room; i++) {
		if (old[i].index != WARD_TABLE_NONE) {
			place(table, &old[i]);
		}
	}
	slots_free(old, old_room);
	return 0;
}

static struct slot
make_slot(const struct ward_table *table, uint32_t index)
{
	size_t size;
	const void *key = table->key(table->arg, index, &size);

	return (struct slot){ .index = index,
		.hash = (uint32_t)ward_hash(&table->seed, key, size) };
}

static int
put(struct ward_table *table, struct slot new, uint32_t *ret_index)
{
	const void *key;
	struct slot *slot;
	size_t size;

	/* At most two thirds full. */
	if (table->count > table->room / 3 * 2 && grow(table) != 0) {
		return WARD_ERR_NOMEM;
	}
	key = table->key(table->arg, new.index, &size);
	slot = look(table, key, size, new.hash);
	if (slot->index == WARD_TABLE_NONE) {
		*slot = new;
		table->count++;
	}
	*ret_index = slot->index;
	return 0;
}

int
ward_table_put(struct ward_table *table, uint32_t index, uint32_t *ret_index)
{
	return put(table, make_slot(table, index), ret_index);
}

int
ward_table_put_later(struct ward_table *table, uint32_t index,
    struct ward_table_put *ret_put)
{
	struct ward_table_put done = { WARD_TABLE_NONE, WARD_TABLE_NONE };
	int r = 0;

	if (table->later.index != WARD_TABLE_NONE) {
		done.index = table->later.index;
		r = put(table, table->later, &done.there);
	}
	if (r != 0) {
		return r;
	}
	table->later.index = WARD_TABLE_NONE;
	if (index != WARD_TABLE_NONE) {
		table->later = make_slot(table, index);
		__builtin_prefetch(&table->slots[table->later.hash &
				       (table->room - 1)],
		    1);
	}
	*ret_put = done;
	return 0;
}
