/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/fields.h"
#include "collect/accounts/group_state.h"
#include "collect/base/grow.h"

static const void *
gid_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_groups *groups = arg;

	*ret_size = sizeof(groups->gids[index].gid);
	return &groups->gids[index].gid;
}

static const void *
row_name_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_groups *groups = arg;

	*ret_size = strlen(groups->rows[index].name);
	return groups->rows[index].name;
}

static const void *
row_gid_of(const void *arg, uint32_t index, size_t *ret_size)
{
	const struct ward_groups *groups = arg;

	*ret_size = sizeof(groups->rows[index].gid);
	return &groups->rows[index].gid;
}

int
ward_groups_new(struct ward_accounts *accounts, struct ward_groups **ret_groups)
{
	struct ward_groups *groups = calloc(1, sizeof(*groups));
	int r = WARD_ERR_NOMEM;

	if (groups == NULL) {
		return r;
	}
	groups->accounts = accounts;
	groups->pool = ward_pool_new();
	groups->row_pool = ward_pool_new();
	if (groups->pool == NULL || groups->row_pool == NULL ||
	    (r = ward_strings_new(&groups->names)) != 0 ||
	    (r = ward_numbers_new(gid_of, groups, &groups->gid_table)) != 0 ||
	    (r = ward_table_new(row_name_of, groups, &groups->row_by_name)) !=
		0 ||
	    (r = ward_numbers_new(row_gid_of, groups, &groups->row_by_gid)) !=
		0) {
		goto out;
	}
	*ret_groups = groups;
	groups = NULL;
out:
	ward_groups_free(groups);
	return r;
}

static void
free_rows(struct ward_groups *groups)
{
	ward_table_free(groups->row_by_name);
	ward_numbers_free(groups->row_by_gid);
	free(groups->row_by_account);
	ward_pool_free(groups->row_pool);
	free(groups->rows);
	groups->row_by_name = NULL;
	groups->row_by_gid = NULL;
	groups->row_by_account = NULL;
	groups->row_pool = NULL;
	groups->rows = NULL;
}

void
ward_groups_free(struct ward_groups *groups)
{
	if (groups == NULL) {
		return;
	}
	free_rows(groups);
	ward_numbers_free(groups->gid_table);
	ward_strings_free(groups->names);
	ward_pool_free(groups->pool);
	free(groups->name_roots);
	free(groups->name_there);
	free(groups->gids);
	free(groups->kept);
	free(groups->members);
	free(groups->users);
	free(groups);
}

struct ward_gid *
ward_groups_gid(const struct ward_groups *groups, uint32_t gid)
{
	uint32_t at = ward_numbers_find(groups->gid_table, gid);

	return at == WARD_TABLE_NONE ? NULL : &groups->gids[at];
}

int
ward_groups_add_gid(struct ward_groups *groups, uint32_t gid, const char *root)
{
	struct ward_gid *list = ward_groups_gid(groups, gid);
	uint32_t at;
	int r;

	if (list != NULL) {
		list->root = list->root == NULL ? root : list->root;
		return 0;
	}
	list = ward_grow(groups->gids, groups->gid_count, &groups->gid_room,
	    sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	groups->gids = list;
	list[groups->gid_count] = (struct ward_gid){ .gid = gid,
		.first = WARD_TABLE_NONE,
		.root = root };
	r = ward_numbers_put(groups->gid_table, gid, groups->gid_count, &at);
	if (r == 0) {
		groups->gid_count++;
	}
	return r;
}

bool
ward_groups_name(const struct ward_groups *groups, const char *name,
    bool *ret_root)
{
	uint32_t at = ward_strings_find(groups->names, name);

	if (at == WARD_TABLE_NONE) {
		return false;
	}
	*ret_root = groups->name_roots[at];
	return true;
}

static int
want_name(struct ward_groups *groups, const char *name, size_t size, bool root)
{
	uint32_t before = ward_strings_count(groups->names), at;
	bool *roots;
	int r;

	roots = ward_grow(groups->name_roots, before, &groups->name_room,
	    sizeof(*roots));
	if (roots == NULL) {
		return WARD_ERR_NOMEM;
	}
	groups->name_roots = roots;
	r = ward_strings_keep(groups->names, name, size, &at);
	if (r == 0) {
		roots[at] = root || (at < before && roots[at]);
	}
	return r;
}

int
ward_groups_want(struct ward_groups *groups, const char *name, uint32_t gid)
{
	return name == NULL ? ward_groups_add_gid(groups, gid, NULL) :
			      want_name(groups, name, strlen(name), false);
}

int
ward_groups_want_words(struct ward_groups *groups, const char *words)
{
	static const char blanks[] = " \t\n";
	int r = 0;

	for (;;) {
		size_t size;

		words += strspn(words, blanks);
		size = strcspn(words, blanks);
		if (size == 0 || r != 0) {
			return r;
		}
		r = want_name(groups, words, size, true);
		words += size;
	}
}

void
ward_groups_tell_strangers(struct ward_groups *groups)
{
	groups->tell_strangers = true;
}

/* Say how membership of a group amounts to root: "docker", "staff (gid of
 * docker)", each with " (administrator)" or " (gshadow member)" or nothing. */
static int
say_how(const char *group, const char *root, enum ward_via via, char **ret_text)
{
	char *name = NULL;
	int size;

	group = ward_field_is_hash(group) ? "(a hash)" : group;
	size = strcmp(group, root) == 0 ?
	    asprintf(&name, "%s", group) :
	    asprintf(&name, NC_("detail", "%s (gid of %s)"), group, root);

	if (size >= 0 && via == WARD_VIA_GROUP) {
		*ret_text = name;
		return 0;
	}
	if (size >= 0) {
		size = asprintf(ret_text,
		    via == WARD_VIA_ADMIN ?
			NC_("detail", "%s (administrator)") :
			NC_("detail", "%s (gshadow member)"),
		    name);
		free(name);
	}
	return size < 0 ? WARD_ERR_NOMEM : 0;
}

static int
detail_root(struct ward_groups *groups, struct ward_kept *kept,
    const char *root)
{
	for (enum ward_via via = 0; via < WARD_VIA_COUNT; via++) {
		char *text = NULL;

		if (say_how(kept->name, root, via, &text) != 0) {
			return WARD_ERR_NOMEM;
		}
		kept->details[via] = ward_pool_copy(groups->pool, text,
		    strlen(text));
		free(text);
		if (kept->details[via] == NULL) {
			return WARD_ERR_NOMEM;
		}
	}
	return 0;
}

int
ward_groups_link(struct ward_groups *groups)
{
	int r = 0;

	groups->name_there = calloc(ward_strings_count(groups->names) + 1,
	    sizeof(bool));
	if (groups->name_there == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (uint32_t i = groups->kept_count; i-- > 0 && r == 0;) {
		struct ward_kept *kept = &groups->kept[i];
		struct ward_gid *g = ward_groups_gid(groups, kept->gid);
		uint32_t name = ward_strings_find(groups->names, kept->name);

		if (name != WARD_TABLE_NONE) {
			groups->name_there[name] = true;
		}
		kept->next = g->first;
		g->first = i;
		if (g->root != NULL) {
			r = detail_root(groups, kept, g->root);
		}
	}
	return r;
}

static int
compare_members(const void *left, const void *right)
{
	const struct ward_membership *l = left, *r = right;

	if (l->account != r->account) {
		return l->account < r->account ? -1 : 1;
	}
	if (l->group != r->group) {
		return l->group < r->group ? -1 : 1;
	}
	if (l->via != r->via) {
		return l->via < r->via ? -1 : 1;
	}
	return l->line < r->line ? -1 : l->line > r->line;
}

/* Sort the memberships, with each way into a group once. A member by group(5)
 * need not be one by gshadow(5) too. */
static void
sort_members(struct ward_groups *groups)
{
	struct ward_membership *list = groups->members;
	uint32_t count = 0;

	if (groups->member_count == 0) {
		return;
	}
	qsort(list, groups->member_count, sizeof(*list), compare_members);
	for (uint32_t i = 0; i < groups->member_count; i++) {
		const struct ward_membership *last = count == 0 ?
		    NULL :
		    &list[count - 1];

		if (last != NULL && last->account == list[i].account &&
		    last->group == list[i].group &&
		    (last->via == list[i].via ||
			(last->via == WARD_VIA_GROUP &&
			    list[i].via == WARD_VIA_GSHADOW))) {
			continue;
		}
		list[count++] = list[i];
	}
	groups->member_count = count;
}

void
ward_groups_settle(struct ward_groups *groups)
{
	free_rows(groups);
	sort_members(groups);
}
