/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of aliases to aliases. */
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/ready.h"

struct table {
	struct ward_sudo_alias **list;
	size_t count;
};

struct key {
	enum ward_sudo_alias_type type;
	const char *name;
};

static int
compare(const void *a, const void *b)
{
	const struct ward_sudo_alias *x = *(struct ward_sudo_alias *const *)a;
	const struct ward_sudo_alias *y = *(struct ward_sudo_alias *const *)b;
	int order = strcmp(x->name, y->name);

	if (x->type != y->type) {
		return x->type < y->type ? -1 : 1;
	}
	/* Equal ones stay in their order: turn is their number so far. */
	return order != 0 ? order : (x->turn > y->turn) - (x->turn < y->turn);
}

static int
compare_key(const struct key *key, const struct ward_sudo_alias *a)
{
	if (key->type != a->type) {
		return key->type < a->type ? -1 : 1;
	}
	return strcmp(key->name, a->name);
}

/* The first definition counts. */
static struct ward_sudo_alias *
find(const struct table *table, enum ward_sudo_alias_type type,
    const char *name)
{
	struct key key = { type, name };
	size_t lo = 0, hi = table->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (compare_key(&key, table->list[mid]) > 0) {
			lo = mid + 1;
		} else {
			hi = mid;
		}
	}
	if (lo < table->count && compare_key(&key, table->list[lo]) == 0) {
		return table->list[lo];
	}
	return NULL;
}

static void
tie(const struct table *table, enum ward_sudo_alias_type type,
    struct ward_sudo_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct ward_sudo_member *m = &list->members[i];

		if (m->kind == WARD_SUDO_ALIAS_NAME) {
			m->alias = find(table, type, m->name);
		}
	}
}

static void
tie_rule(const struct table *table, struct ward_sudo_rule *rule)
{
	tie(table, WARD_SUDO_USER_ALIAS, &rule->users);
	tie(table, WARD_SUDO_HOST_ALIAS, &rule->hosts);
	for (struct ward_sudo_spec *s = rule->specs; s != NULL; s = s->next) {
		tie(table, WARD_SUDO_RUNAS_ALIAS, &s->users);
		tie(table, WARD_SUDO_RUNAS_ALIAS, &s->groups);
		tie(table, WARD_SUDO_COMMAND_ALIAS, &s->commands);
	}
}

static void
tie_default(const struct table *table, struct ward_sudo_default *d)
{
	static const enum ward_sudo_alias_type types[] = {
		[WARD_SUDO_FOR_ALL] = WARD_SUDO_USER_ALIAS,
		[WARD_SUDO_FOR_USER] = WARD_SUDO_USER_ALIAS,
		[WARD_SUDO_FOR_HOST] = WARD_SUDO_HOST_ALIAS,
		[WARD_SUDO_FOR_RUNAS] = WARD_SUDO_RUNAS_ALIAS,
		[WARD_SUDO_FOR_COMMAND] = WARD_SUDO_COMMAND_ALIAS,
	};

	tie(table, types[d->scope], &d->binding);
}

int
ward_sudo_resolve(struct ward_sudo_model *model)
{
	struct table table = { 0 };
	size_t count = 0;

	for (struct ward_sudo_alias *a = model->aliases; a; a = a->next) {
		count++;
	}
	table.list = calloc(count + 1, sizeof(struct ward_sudo_alias *));
	if (table.list == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (struct ward_sudo_alias *a = model->aliases; a; a = a->next) {
		a->turn = table.count;
		table.list[table.count++] = a;
	}
	qsort(table.list, count, sizeof(table.list[0]), compare);
	model->turn = count; /* above all that was just given */
	for (struct ward_sudo_alias *a = model->aliases; a; a = a->next) {
		tie(&table, a->type, &a->list);
	}
	for (struct ward_sudo_rule *r = model->rules; r; r = r->next) {
		tie_rule(&table, r);
	}
	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		tie_default(&table, d);
	}
	free(table.list);
	return 0;
}
