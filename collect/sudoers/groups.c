/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The groups that the rules name, so that a reader knows whose members to
 * keep. Upper and lower case are one to sudo, but not to group(5): so what is
 * written %SUDO is looked up there as all that it can mean.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/base/lines.h"
#include "collect/sudoers/ready.h"

struct naming {
	struct ward_sudoers *sudoers;
	struct ward_sudo_member **members; /* that name a group */
	size_t count, room;
	const char **names; /* of group(5), that are some member's */
	size_t name_count, name_room;
};

static void *
grow(void *list, size_t count, size_t *room, size_t size)
{
	size_t more = *room == 0 ? 16 : *room * 2;

	if (count < *room) {
		return list;
	}
	list = reallocarray(list, more, size);
	*room = list == NULL ? *room : more;
	return list;
}

/* ---- who names one ------------------------------------------------------ */

/* `plain`: where a name without "%" may be a group's too. */
static int
take_list(struct naming *n, struct ward_sudo_list *list, bool plain)
{
	for (size_t i = 0; i < list->count; i++) {
		struct ward_sudo_member *m = &list->members[i];
		void *room;

		if (m->kind != WARD_SUDO_GROUP && m->kind != WARD_SUDO_GID &&
		    (!plain || m->alias != NULL ||
			(m->kind != WARD_SUDO_NAME &&
			    m->kind != WARD_SUDO_ALIAS_NAME))) {
			continue;
		}
		room = grow(n->members, n->count, &n->room,
		    sizeof(n->members[0]));
		if (room == NULL) {
			return WARD_ERR_NOMEM;
		}
		n->members = room;
		n->members[n->count++] = m;
	}
	return 0;
}

static int
take_rule(struct naming *n, struct ward_sudo_rule *rule)
{
	int rc = take_list(n, &rule->users, false);

	for (struct ward_sudo_spec *s = rule->specs; s && rc == 0;
	     s = s->next) {
		rc = take_list(n, &s->users, false);
		rc = rc != 0 ? rc : take_list(n, &s->groups, true);
	}
	return rc;
}

static int
take_all(struct naming *n)
{
	struct ward_sudoers *s = n->sudoers;
	int rc = 0;

	for (uint32_t i = 0; i < s->rule_count && rc == 0; i++) {
		rc = take_rule(n, s->rules[i]);
	}
	for (struct ward_sudo_alias *a = s->model.aliases; a && rc == 0;
	     a = a->next) {
		if (a->type == WARD_SUDO_USER_ALIAS ||
		    a->type == WARD_SUDO_RUNAS_ALIAS) {
			rc = take_list(n, &a->list,
			    a->type == WARD_SUDO_RUNAS_ALIAS);
		}
	}
	for (struct ward_sudo_default *d = s->model.defaults; d && rc == 0;
	     d = d->next) {
		if (d->scope == WARD_SUDO_FOR_USER ||
		    d->scope == WARD_SUDO_FOR_RUNAS) {
			rc = take_list(n, &d->binding, false);
		}
	}
	return rc;
}

/* ---- what they are called in group(5) ----------------------------------- */

static int
compare_members(const void *a, const void *b)
{
	const struct ward_sudo_member *x = *(struct ward_sudo_member *const *)a;
	const struct ward_sudo_member *y = *(struct ward_sudo_member *const *)b;

	return strcasecmp(x->name, y->name);
}

static int
compare_names(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	int order = strcasecmp(x, y);

	return order != 0 ? order : strcmp(x, y);
}

static int
take_name(struct naming *n, const char *name)
{
	struct ward_sudo_member key = { .name = name }, *at = &key;
	void *room;

	if (bsearch(&at, n->members, n->count, sizeof(n->members[0]),
		compare_members) == NULL) {
		return 0;
	}
	room = grow(n->names, n->name_count, &n->name_room,
	    sizeof(n->names[0]));
	if (room == NULL) {
		return WARD_ERR_NOMEM;
	}
	n->names = room;
	name = ward_pool_copy(n->sudoers->model.pool, name, strlen(name));
	if (name == NULL) {
		return WARD_ERR_NOMEM;
	}
	n->names[n->name_count++] = name;
	return 0;
}

/* One that can't be read is told of by who reads it for its members. */
static int
read_names(struct naming *n, const struct ward_root *root)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int fd, rc;

	if (ward_root_open(root, "/etc/group", &fd, NULL) != 0) {
		return 0;
	}
	rc = ward_lines_new(fd, &lines);
	if (rc != 0) {
		return rc == WARD_ERR_NOMEM ? rc : 0;
	}
	while ((rc = ward_lines_next(lines, &line)) > 0) {
		line.text[strcspn(line.text, ":")] = '\0';
		rc = take_name(n, line.text);
		if (rc != 0) {
			break;
		}
	}
	ward_lines_free(lines);
	return rc == WARD_ERR_NOMEM ? rc : 0;
}

/* Names that differ by their case only, from `first` on, with a NULL. */
static const char *const *
keep_names(const struct naming *n, size_t first, size_t end)
{
	const char **list = ward_pool_take(n->sudoers->model.pool,
	    (end - first + 1) * sizeof(list[0]));

	if (list != NULL) {
		memcpy(list, n->names + first, (end - first) * sizeof(list[0]));
	}
	return list;
}

/* Both lists are in order. */
static int
spell(struct naming *n)
{
	size_t first = 0, end = 0;
	const char *const *list = NULL;

	for (size_t i = 0; i < n->count; i++) {
		struct ward_sudo_member *m = n->members[i];

		if (end == first || strcasecmp(n->names[first], m->name) != 0) {
			for (first = end; first < n->name_count &&
			     strcasecmp(n->names[first], m->name) < 0;
			     first++) {
			}
			for (end = first; end < n->name_count &&
			     strcasecmp(n->names[end], m->name) == 0;
			     end++) {
			}
			list = end == first ? NULL : keep_names(n, first, end);
			if (end != first && list == NULL) {
				return WARD_ERR_NOMEM;
			}
		}
		if (end > first + 1 ||
		    (end > first && strcmp(n->names[first], m->name) != 0)) {
			m->spellings = list;
		}
	}
	return 0;
}

static void
sort_names(struct naming *n)
{
	size_t kept = 0;

	if (n->name_count == 0) {
		return;
	}
	qsort(n->names, n->name_count, sizeof(n->names[0]), compare_names);
	for (size_t i = 0; i < n->name_count; i++) {
		if (i == 0 || strcmp(n->names[kept - 1], n->names[i]) != 0) {
			n->names[kept++] = n->names[i];
		}
	}
	n->name_count = kept;
}

/* ---- handed out --------------------------------------------------------- */

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

static int
add_group(struct ward_sudoers *s, const char *name, uint32_t gid)
{
	struct ward_sudo_group_name *groups = grow(s->groups, s->group_count,
	    &s->group_room, sizeof(*groups));

	if (groups == NULL) {
		return WARD_ERR_NOMEM;
	}
	s->groups = groups;
	groups[s->group_count++] = (struct ward_sudo_group_name){ name, gid };
	return 0;
}

/* Once each. */
static int
hand_out(const struct naming *n)
{
	struct ward_sudoers *s = n->sudoers;
	size_t kept = 0;
	int rc = 0;

	for (size_t i = 0; i < n->count && rc == 0; i++) {
		const struct ward_sudo_member *m = n->members[i];

		rc = add_group(s, m->kind == WARD_SUDO_GID ? NULL : m->name,
		    m->id);
	}
	for (size_t i = 0; i < n->name_count && rc == 0; i++) {
		rc = add_group(s, n->names[i], 0);
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
ward_sudo_index_groups(struct ward_sudoers *sudoers,
    const struct ward_root *root)
{
	struct naming n = { .sudoers = sudoers };
	int rc = take_all(&n);

	if (rc == 0 && n.count > 0) {
		qsort(n.members, n.count, sizeof(n.members[0]),
		    compare_members);
		rc = read_names(&n, root);
	}
	if (rc == 0 && n.count > 0) {
		sort_names(&n);
		rc = spell(&n);
	}
	if (rc == 0) {
		rc = hand_out(&n);
	}
	free(n.members);
	free(n.names);
	return rc;
}
