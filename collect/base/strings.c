/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/strings.h"

#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"
#include "collect/base/pool.h"

struct ward_strings {
	struct ward_pool *pool;
	struct ward_table *table;
	const char **list;
	uint32_t count;
	uint32_t last; /* the one that was asked for last */
	size_t room;
};

static const void *
key_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_strings *strings = arg;

	*ret_size = strlen(strings->list[index]);
	return strings->list[index];
}

int
ward_strings_new(struct ward_strings **ret_strings)
{
	struct ward_strings *strings = calloc(1, sizeof(*strings));
	int r;

	if (strings == NULL) {
		return WARD_ERR_NOMEM;
	}
	strings->pool = ward_pool_new();
	if (strings->pool == NULL) {
		r = WARD_ERR_NOMEM;
		goto out;
	}
	r = ward_table_new(key_of, strings, &strings->table);
	if (r != 0) {
		goto out;
	}
	*ret_strings = strings;
	strings = NULL;
out:
	ward_strings_free(strings);
	return r;
}

void
ward_strings_free(struct ward_strings *strings)
{
	if (strings == NULL) {
		return;
	}
	ward_table_free(strings->table);
	ward_pool_free(strings->pool);
	free(strings->list);
	free(strings);
}

static int
grow(struct ward_strings *strings)
{
	size_t room = strings->room == 0 ? 16 : strings->room * 2;
	const char **list;

	list = reallocarray(strings->list, room, sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	strings->list = list;
	strings->room = room;
	return 0;
}

int
ward_strings_keep(struct ward_strings *strings, const char *text, size_t size,
    uint32_t *ret_index)
{
	const char *copy;
	uint32_t index;
	int r;

	/* They come in runs: a million homes stand in one directory. */
	if (strings->last < strings->count) {
		copy = strings->list[strings->last];
		if (strncmp(copy, text, size) == 0 && copy[size] == '\0') {
			*ret_index = strings->last;
			return 0;
		}
	}
	index = ward_table_find(strings->table, text, size);
	if (index != WARD_TABLE_NONE) {
		*ret_index = strings->last = index;
		return 0;
	}
	if (strings->count == strings->room && grow(strings) != 0) {
		return WARD_ERR_NOMEM;
	}
	copy = ward_pool_copy(strings->pool, text, size);
	if (copy == NULL) {
		return WARD_ERR_NOMEM;
	}
	strings->list[strings->count] = copy;
	r = ward_table_put(strings->table, strings->count, &index);
	if (r != 0) {
		return r;
	}
	strings->count++;
	*ret_index = strings->last = index;
	return 0;
}

uint32_t
ward_strings_find(const struct ward_strings *strings, const char *text)
{
	return ward_table_find(strings->table, text, strlen(text));
}

const char *
ward_strings_at(const struct ward_strings *strings, uint32_t index)
{
	return strings->list[index];
}

uint32_t
ward_strings_count(const struct ward_strings *strings)
{
	return strings->count;
}
