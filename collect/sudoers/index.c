/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is named in the rules: users for a quick look, groups for a reader. */
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

static int
compare_named(const void *a, const void *b)
{
	const struct ward_sudo_named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : (x->rule > y->rule) - (x->rule < y->rule);
}

static int
compare_groups(const void *a, const void *b)
{
	const struct ward_sudo_group_name *x = a, *y = b;

	if (x->name != NULL && y->name != NULL) {
		return strcmp(x->name, y->name);
	}
	if (x->name != NULL || y->name != NULL) {
		return x->name != NULL ? -1 : 1;
	}
	return (x->gid > y->gid) - (x->gid < y->gid);
}

struct gathering {
	struct ward_sudoers *sudoers;
	uint32_t rule;
	bool negated; /* one is: the list is gone through as it is */
	size_t rest;  /* members that are more than a name */
	struct ward_sudo_member *kept; /* the same, if wanted */
};

static bool
is_name(const struct ward_sudo_member *m)
{
	/* An alias that isn't defined stands for a user. */
	return m->kind == WARD_SUDO_NAME || m->kind == WARD_SUDO_ALIAS_NAME;
}

static bool
is_nobody(const struct ward_sudo_member *m)
{
	return m->kind == WARD_SUDO_NETGROUP ||
	    m->kind == WARD_SUDO_OTHER_GROUP || m->kind == WARD_SUDO_MYSELF;
}

static int
look(void *arg, const struct ward_sudo_member *m, bool negated)
{
	struct gathering *g = arg;

	g->negated = g->negated || negated;
	g->rest += is_name(m) || is_nobody(m) ? 0 : 1;
	return 0;
}

static int
add_name(struct ward_sudoers *s, const char *name, uint32_t rule)
{
	if (s->named_count == s->named_room) {
		size_t room = s->named_room == 0 ? 64 : s->named_room * 2;
		struct ward_sudo_named *named;

		named = reallocarray(s->named, room, sizeof(*named));
		if (named == NULL) {
			return WARD_ERR_NOMEM;
		}
		s->named = named;
		s->named_room = room;
	}
	s->named[s->named_count++] = (struct ward_sudo_named){ name, rule };
	return 0;
}

static int
sort_out(void *arg, const struct ward_sudo_member *m, bool negated)
{
	struct gathering *g = arg;

	(void)negated;
	if (is_name(m)) {
		return add_name(g->sudoers, m->name, g->rule);
	}
	if (!is_nobody(m)) {
		g->kept[g->rest] = *m;
		/* "!" of a member and of its alias are none together. */
		g->kept[g->rest++].negated = false;
	}
	return 0;
}

/* A list that takes nobody away holds for each of its members: names go into
 * the index, and only the rest of it is gone through for every user. */
static int
index_rule(struct ward_sudoers *sudoers, uint32_t number)
{
	struct ward_sudo_rule *rule = sudoers->rules[number];
	struct gathering g = { .sudoers = sudoers, .rule = number };
	int rc;

	(void)ward_sudo_visit(&sudoers->model, &rule->users, look, &g);
	if (g.negated) {
		sudoers->walked[sudoers->walked_count++] = number;
		return 0;
	}
	g.kept = ward_pool_take(sudoers->model.pool,
	    (g.rest + 1) * sizeof(g.kept[0]));
	if (g.kept == NULL) {
		return WARD_ERR_NOMEM;
	}
	g.rest = 0;
	rc = ward_sudo_visit(&sudoers->model, &rule->users, sort_out, &g);
	rule->users.members = g.kept;
	rule->users.count = g.rest;
	if (g.rest > 0) {
		sudoers->walked[sudoers->walked_count++] = number;
	}
	return rc;
}

/* ---- groups ------------------------------------------------------------- */

static int
add_groups(struct ward_sudoers *s, const struct ward_sudo_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct ward_sudo_member *m = &list->members[i];

		if (m->kind != WARD_SUDO_GROUP && m->kind != WARD_SUDO_GID) {
			continue;
		}
		if (s->group_count == s->group_room) {
			size_t room = s->group_room == 0 ? 16 :
							   s->group_room * 2;
			struct ward_sudo_group_name *groups;

			groups = reallocarray(s->groups, room, sizeof(*groups));
			if (groups == NULL) {
				return WARD_ERR_NOMEM;
			}
			s->groups = groups;
			s->group_room = room;
		}
		s->groups[s->group_count++] = (struct ward_sudo_group_name){
			m->kind == WARD_SUDO_GROUP ? m->name : NULL, m->id
		};
	}
	return 0;
}

static int
index_groups(struct ward_sudoers *s)
{
	size_t kept = 0;
	int rc = 0;

	for (uint32_t i = 0; i < s->rule_count && rc == 0; i++) {
		rc = add_groups(s, &s->rules[i]->users);
	}
	for (struct ward_sudo_alias *a = s->model.aliases; a && rc == 0;
	     a = a->next) {
		rc = a->type == WARD_SUDO_USER_ALIAS ? add_groups(s, &a->list) :
						       0;
	}
	for (struct ward_sudo_default *d = s->model.defaults; d && rc == 0;
	     d = d->next) {
		rc = d->scope == WARD_SUDO_FOR_USER ?
		    add_groups(s, &d->binding) :
		    0;
	}
	if (rc != 0 || s->group_count == 0) {
		return rc;
	}
	qsort(s->groups, s->group_count, sizeof(s->groups[0]), compare_groups);
	for (size_t i = 0; i < s->group_count; i++) {
		if (i == 0 ||
		    compare_groups(&s->groups[kept - 1], &s->groups[i]) != 0) {
			s->groups[kept++] = s->groups[i];
		}
	}
	s->group_count = kept;
	return 0;
}

int
ward_sudo_index(struct ward_sudoers *sudoers)
{
	int rc = 0;

	for (uint32_t i = 0; i < sudoers->rule_count && rc == 0; i++) {
		rc = index_rule(sudoers, i);
	}
	if (rc == 0 && sudoers->named_count > 0) {
		qsort(sudoers->named, sudoers->named_count,
		    sizeof(sudoers->named[0]), compare_named);
	}
	return rc != 0 ? rc : index_groups(sudoers);
}
