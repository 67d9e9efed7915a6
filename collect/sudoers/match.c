/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/match.h"

#include <string.h>
#include <strings.h>

/* Aliases in aliases: more is nobody's sense, and the stack is finite. */
#define NEST_MAX 512

const struct ward_sudo_target ward_sudo_root = { .type = WARD_SUDO_AS_USER,
	.name = "root",
	.id = 0,
	.has_id = true };

bool
ward_sudo_same_name(const struct ward_sudo_model *model, bool groups,
    const char *a, const char *b)
{
	bool fold = groups ? model->fold_groups : model->fold_users;

	return (fold ? strcasecmp(a, b) : strcmp(a, b)) == 0;
}

/* Does the member match what is asked about? An alias comes here only where
 * it isn't defined, or names itself: then sudo takes its name for a name. */
typedef bool match_fn(void *arg, const struct ward_sudo_member *member);

static enum ward_sudo_answer
match(const struct ward_sudo_list *list, uint64_t turn, match_fn *fn, void *arg,
    unsigned int nest)
{
	for (size_t i = list->count; i-- > 0;) {
		const struct ward_sudo_member *m = &list->members[i];
		struct ward_sudo_alias *a = m->alias;

		if (a == NULL || a->busy || nest == 0) {
			if (m->kind == WARD_SUDO_ALL || fn(arg, m)) {
				return m->negated ? WARD_SUDO_DENY :
						    WARD_SUDO_ALLOW;
			}
			continue;
		}
		if (a->turn != turn) {
			a->busy = true;
			a->answer = match(&a->list, turn, fn, arg, nest - 1);
			a->busy = false;
			a->turn = turn;
		}
		if (a->answer != WARD_SUDO_SILENT) {
			return m->negated == (a->answer == WARD_SUDO_ALLOW) ?
			    WARD_SUDO_DENY :
			    WARD_SUDO_ALLOW;
		}
	}
	return WARD_SUDO_SILENT;
}

/* ---- users -------------------------------------------------------------- */

/* The names to look for, with a NULL behind them: as it is written, or as all
 * that it can mean. For a gid there is none. */
static const char *const *
names_of(const struct ward_sudo_model *model, const struct ward_sudo_member *m,
    const char *own[2])
{
	if (model->fold_groups && m->spellings != NULL) {
		return m->spellings;
	}
	own[0] = m->kind == WARD_SUDO_GID ? NULL : m->name;
	own[1] = NULL;
	return own;
}

static bool
has_group(const struct ward_sudo_model *model,
    const struct ward_sudo_world *world, const struct ward_sudo_user *user,
    const struct ward_sudo_member *m)
{
	const char *own[2];
	const char *const *name = names_of(model, m, own);

	do {
		if (world->in_group != NULL ?
			world->in_group(world->arg, *name, m->id) :
			world->is_member(world->arg, user, *name, m->id)) {
			return true;
		}
	} while (*name != NULL && *++name != NULL);
	return false;
}

struct user_question {
	const struct ward_sudo_model *model;
	const struct ward_sudo_user *user;
	const struct ward_sudo_world *world;
};

static bool
is_user(void *arg, const struct ward_sudo_member *m)
{
	const struct user_question *q = arg;

	switch (m->kind) {
	case WARD_SUDO_NAME:
	case WARD_SUDO_ALIAS_NAME:
		return ward_sudo_same_name(q->model, false, m->name,
		    q->user->name);
	case WARD_SUDO_UID:
		return m->id == q->user->uid;
	case WARD_SUDO_GROUP:
		return has_group(q->model, q->world, q->user, m);
	case WARD_SUDO_GID:
		return m->id == q->user->gid ||
		    has_group(q->model, q->world, q->user, m);
	default:
		return false;
	}
}

enum ward_sudo_answer
ward_sudo_match_user(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, const struct ward_sudo_user *user,
    const struct ward_sudo_world *world)
{
	struct user_question q = { model, user, world };

	return match(list, ++model->turn, is_user, &q, NEST_MAX);
}

/* ---- hosts -------------------------------------------------------------- */

struct host_question {
	const struct ward_sudo_host *host;
	bool likely;
	const struct ward_sudo_member **open;
};

static bool
is_host(void *arg, const struct ward_sudo_member *m)
{
	struct host_question *q = arg;
	enum ward_sudo_host_answer answer = WARD_SUDO_HOST_UNKNOWN;

	if (m->kind == WARD_SUDO_NETWORK) {
		answer = ward_sudo_host_network(q->host, m->name);
	} else if (m->kind != WARD_SUDO_NETGROUP) {
		answer = ward_sudo_host_name(q->host, m->name);
	}
	if (answer == WARD_SUDO_HOST_UNKNOWN) {
		if (q->open != NULL && *q->open == NULL) {
			*q->open = m;
		}
		return q->likely;
	}
	return answer == WARD_SUDO_HOST_SAME;
}

enum ward_sudo_answer
ward_sudo_match_host(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, const struct ward_sudo_host *host,
    bool likely, const struct ward_sudo_member **ret_open)
{
	struct host_question q = { host, likely, ret_open };

	return match(list, ++model->turn, is_host, &q, NEST_MAX);
}

/* ---- targets ------------------------------------------------------------ */

struct target_question {
	const struct ward_sudo_model *model;
	const struct ward_sudo_world *world;
	const struct ward_sudo_target *target;
};

bool
ward_sudo_same_target(const struct ward_sudo_model *model,
    const struct ward_sudo_target *a, const struct ward_sudo_target *b)
{
	if (a->type != b->type) {
		return false;
	}
	if (a->name != NULL && b->name != NULL) {
		return ward_sudo_same_name(model, a->type != WARD_SUDO_AS_USER,
		    a->name, b->name);
	}
	return a->has_id && b->has_id && a->id == b->id;
}

static bool
is_root(const struct ward_sudo_target *t)
{
	return t->type == WARD_SUDO_AS_USER &&
	    (t->name == NULL ? t->has_id && t->id == 0 :
			       strcmp(t->name, ward_sudo_root.name) == 0);
}

/* Is the user whom a command runs as in the group? */
static bool
is_member_target(const struct target_question *q,
    const struct ward_sudo_member *m)
{
	const struct ward_sudo_target *t = q->target;
	struct ward_sudo_world world = *q->world;
	struct ward_sudo_user user = { t->name, t->id, 0 };

	world.in_group = NULL;
	return world.is_member != NULL && has_group(q->model, &world, &user, m);
}

static bool
is_target(void *arg, const struct ward_sudo_member *m)
{
	const struct target_question *q = arg;
	const struct ward_sudo_target *t = q->target;
	bool group = m->kind == WARD_SUDO_GROUP || m->kind == WARD_SUDO_GID;
	bool named = m->kind == WARD_SUDO_NAME || m->kind == WARD_SUDO_GROUP ||
	    m->kind == WARD_SUDO_ALIAS_NAME;
	bool same = named ? t->name != NULL &&
		ward_sudo_same_name(q->model,
		    group || t->type != WARD_SUDO_AS_USER, m->name, t->name) :
			    t->has_id && m->id == t->id;

	if (!named && m->kind != WARD_SUDO_UID && m->kind != WARD_SUDO_GID) {
		return false;
	}
	switch (t->type) {
	case WARD_SUDO_AS_GROUP:
		return m->kind != WARD_SUDO_UID && same;
	case WARD_SUDO_AS_MEMBER:
		return group && same;
	default:
		/* root is in group root, whatever else there is. */
		return group ? (same && is_root(t)) || is_member_target(q, m) :
			       same;
	}
}

enum ward_sudo_answer
ward_sudo_match_target(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, const struct ward_sudo_target *target,
    const struct ward_sudo_world *world, uint64_t turn)
{
	struct target_question q = { model, world, target };

	return match(list, turn, is_target, &q, NEST_MAX);
}

/* ---- commands ----------------------------------------------------------- */

static bool
is_command(void *arg, const struct ward_sudo_member *m)
{
	const struct ward_sudo_command *c = arg;

	return m->kind == WARD_SUDO_COMMAND && c != NULL &&
	    (m->command == c || m->command == c->any || m->command == c->dir);
}

enum ward_sudo_answer
ward_sudo_match_command(const struct ward_sudo_list *list,
    const struct ward_sudo_command *command, uint64_t turn)
{
	return match(list, turn, is_command, (void *)(uintptr_t)command,
	    NEST_MAX);
}

/* ---- opened ------------------------------------------------------------- */

struct opened {
	ward_sudo_visit_fn *visit;
	void *arg;
	uint64_t turn;
};

static int
open_list(const struct opened *o, const struct ward_sudo_list *list,
    bool negated, unsigned int nest)
{
	int rc = 0;

	for (size_t i = list->count; i-- > 0 && rc == 0;) {
		const struct ward_sudo_member *m = &list->members[i];

		if (m->alias == NULL || nest == 0) {
			rc = o->visit(o->arg, m, negated != m->negated);
		} else if (m->alias->turn != o->turn) {
			m->alias->turn = o->turn;
			rc = open_list(o, &m->alias->list,
			    negated != m->negated, nest - 1);
		}
	}
	return rc;
}

int
ward_sudo_visit(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, ward_sudo_visit_fn *visit, void *arg)
{
	struct opened o = { visit, arg, ++model->turn };

	return open_list(&o, list, false, NEST_MAX);
}

/* ---- who amounts to root ------------------------------------------------ */

struct search {
	struct ward_sudo_model *model;
	const struct ward_sudo_list *list;
	const struct ward_sudo_world *world;
	bool groups, members;
	struct ward_sudo_target found;
	size_t count; /* of those that amount to root */
	size_t skip;  /* so many of them were looked at before */
};

static bool
amounts_to_root(const struct search *s, const struct ward_sudo_target *t,
    const struct ward_sudo_member *m)
{
	const struct ward_sudo_world *w = s->world;
	const char *own[2];
	const char *const *name = names_of(s->model, m, own);

	if (t->type == WARD_SUDO_AS_USER) {
		return w->is_root_user(w->arg, t->name, t->id);
	}
	do {
		if (w->is_root_group(w->arg, *name, t->id)) {
			return true;
		}
	} while (*name != NULL && *++name != NULL);
	return false;
}

static int
consider(void *arg, const struct ward_sudo_member *m, bool negated)
{
	struct search *s = arg;
	struct ward_sudo_target t = { .id = m->id, .member = m };

	switch (m->kind) {
	case WARD_SUDO_NAME:
	case WARD_SUDO_ALIAS_NAME:
		t.name = m->name;
		t.type = s->groups ? WARD_SUDO_AS_GROUP : WARD_SUDO_AS_USER;
		break;
	case WARD_SUDO_UID:
		t.has_id = true;
		break;
	case WARD_SUDO_GROUP:
		t.name = m->name;
		t.type = s->groups ? WARD_SUDO_AS_GROUP : WARD_SUDO_AS_MEMBER;
		break;
	case WARD_SUDO_GID:
		t.has_id = true;
		t.type = s->groups ? WARD_SUDO_AS_GROUP : WARD_SUDO_AS_MEMBER;
		break;
	default:
		return 0;
	}
	if (negated || (t.type == WARD_SUDO_AS_MEMBER && !s->members) ||
	    (s->groups && m->kind == WARD_SUDO_UID) ||
	    !amounts_to_root(s, &t, m) || s->count++ < s->skip) {
		return 0;
	}
	s->found = t;
	return 1;
}

/* The walk must end before the list is asked as a whole: both count turns. */
bool
ward_sudo_find_target(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, bool groups, bool members,
    const struct ward_sudo_world *world, struct ward_sudo_target *ret_target)
{
	struct search s = { .model = model,
		.list = list,
		.world = world,
		.groups = groups,
		.members = members };

	for (s.skip = 0; s.skip < NEST_MAX; s.skip++) {
		s.count = 0;
		if (ward_sudo_visit(model, list, consider, &s) == 0) {
			return false;
		}
		if (ward_sudo_match_target(model, list, &s.found, world,
			++model->turn) == WARD_SUDO_ALLOW) {
			*ret_target = s.found;
			return true;
		}
	}
	return false;
}
