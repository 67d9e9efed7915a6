/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/pool.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE ((size_t)64 << 10)

struct chunk {
	struct chunk *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};

struct ward_pool {
	struct chunk *chunks; /* the first is the one being filled */
};

struct ward_pool *
ward_pool_new(void)
{
	return calloc(1, sizeof(struct ward_pool));
}

void
ward_pool_free(struct ward_pool *pool)
{
	struct chunk *next;

	if (pool == NULL) {
		return;
	}
	for (struct chunk *c = pool->chunks; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	free(pool);
}

/* A chunk that a large piece has for itself goes behind the one in use. */
static struct chunk *
chunk_add(struct ward_pool *pool, size_t size)
{
	size_t room = size > CHUNK_SIZE / 4 ? size : CHUNK_SIZE;
	struct chunk *c;

	if (room > SIZE_MAX - sizeof(*c)) {
		return NULL;
	}
	c = malloc(sizeof(*c) + room);
	if (c == NULL) {
		return NULL;
	}
	c->used = 0;
	c->size = room;
	if (room == size && pool->chunks != NULL) {
		c->next = pool->chunks->next;
		pool->chunks->next = c;
	} else {
		c->next = pool->chunks;
		pool->chunks = c;
	}
	return c;
}

static void *
take(struct ward_pool *pool, size_t size, size_t align)
{
	struct chunk *c = pool->chunks;
	size_t start = 0;

	if (c != NULL) {
		start = (c->used + align - 1) / align * align;
	}
	if (c == NULL || start > c->size || c->size - start < size) {
		c = chunk_add(pool, size);
		start = 0;
	}
	if (c == NULL) {
		return NULL;
	}
	c->used = start + size;
	return c->data + start;
}

void *
ward_pool_take(struct ward_pool *pool, size_t size)
{
	void *piece = take(pool, size, alignof(max_align_t));

	if (piece != NULL) {
		memset(piece, 0, size);
	}
	return piece;
}

char *
ward_pool_copy(struct ward_pool *pool, const char *text, size_t size)
{
	char *copy;

	if (size == SIZE_MAX) {
		return NULL;
	}
	copy = take(pool, size + 1, 1);
	if (copy != NULL) {
		memcpy(copy, text, size);
		copy[size] = '\0';
	}
	return copy;
}
