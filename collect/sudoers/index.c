/* SPDX-License-Identifier: BSD-2-Clause */
/* Who is named in the rules, for a quick look. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

static int
compare_named(const void *a, const void *b)
{
	const struct ward_sudo_named *x = a, *y = b;
	int order = strcasecmp(x->name, y->name);

	return order != 0 ? order : (x->rule > y->rule) - (x->rule < y->rule);
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

	rule->who = rule->users;
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
	return rc;
}
