/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules by which one user gets root. */
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

/* One user's question. */
struct question {
	struct ward_sudoers *sudoers;
	const struct ward_sudo_user *user;
	const struct ward_sudo_world *world;
	uint32_t matched;          /* rules */
	bool authenticate, noexec; /* by Defaults, for this user */
	const char *runas;         /* runas_default */
	struct ward_sudo_target runas_target;
	struct ward_sudo_target *targets; /* that amount to root */
	uint32_t target_count, target_room;
	uint64_t taken; /* the turn that marks what is shown */
};

/* ---- which rules -------------------------------------------------------- */

static int
compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
take_rule(struct question *q, uint32_t number, uint64_t turn)
{
	struct ward_sudo_rule *rule = q->sudoers->rules[number];

	if (rule->turn != turn) {
		rule->turn = turn;
		q->sudoers->matched[q->matched++] = number;
	}
}

static void
take_named(struct question *q, uint64_t turn)
{
	const struct ward_sudoers *s = q->sudoers;
	size_t lo = 0, hi = s->named_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(s->named[mid].name, q->user->name) < 0) {
			lo = mid + 1;
		} else {
			hi = mid;
		}
	}
	for (; lo < s->named_count &&
	     strcmp(s->named[lo].name, q->user->name) == 0;
	     lo++) {
		take_rule(q, s->named[lo].rule, turn);
	}
}

static void
find_rules(struct question *q)
{
	struct ward_sudoers *s = q->sudoers;
	uint64_t turn = ++s->model.turn;

	take_named(q, turn);
	for (uint32_t i = 0; i < s->walked_count; i++) {
		uint32_t number = s->walked[i];

		if (ward_sudo_match_user(&s->model, &s->rules[number]->users,
			q->user, q->world) == WARD_SUDO_ALLOW) {
			take_rule(q, number, turn);
		}
	}
	if (q->matched > 1) {
		qsort(s->matched, q->matched, sizeof(s->matched[0]),
		    compare_numbers);
	}
}

/* ---- Defaults ----------------------------------------------------------- */

static void
take_defaults(struct question *q)
{
	struct ward_sudo_model *model = &q->sudoers->model;
	uint64_t id;

	q->authenticate = true;
	q->runas = "root";
	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		if (d->scope != WARD_SUDO_FOR_ALL &&
		    (d->scope != WARD_SUDO_FOR_USER ||
			ward_sudo_match_user(model, &d->binding, q->user,
			    q->world) != WARD_SUDO_ALLOW)) {
			continue;
		}
		if (d->authenticate != WARD_SUDO_UNSET) {
			q->authenticate = d->authenticate == WARD_SUDO_ON;
		}
		if (d->noexec != WARD_SUDO_UNSET) {
			q->noexec = d->noexec == WARD_SUDO_ON;
		}
		if (d->runas_default != NULL) {
			q->runas = d->runas_default;
		}
	}
	q->runas_target = (struct ward_sudo_target){ .name = q->runas };
	if (q->runas[0] == '#' &&
	    ward_parse_uint(q->runas + 1, 0, UINT32_MAX, &id) == 0) {
		q->runas_target = (struct ward_sudo_target){ .id = (uint32_t)id,
			.has_id = true };
	}
}

static void
take_runas_defaults(const struct question *q,
    const struct ward_sudo_target *target, enum ward_sudo_flag *authenticate,
    enum ward_sudo_flag *noexec)
{
	struct ward_sudo_model *model = &q->sudoers->model;

	*authenticate = q->authenticate ? WARD_SUDO_ON : WARD_SUDO_OFF;
	*noexec = q->noexec ? WARD_SUDO_ON : WARD_SUDO_OFF;
	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		if (d->scope != WARD_SUDO_FOR_RUNAS ||
		    ward_sudo_match_target(model, &d->binding, target) !=
			WARD_SUDO_ALLOW) {
			continue;
		}
		if (d->authenticate != WARD_SUDO_UNSET) {
			*authenticate = d->authenticate;
		}
		if (d->noexec != WARD_SUDO_UNSET) {
			*noexec = d->noexec;
		}
	}
}

/* ---- whom the rules run things as --------------------------------------- */

static bool
allows(const struct question *q, const struct ward_sudo_spec *spec,
    const struct ward_sudo_target *target)
{
	struct ward_sudo_model *model = &q->sudoers->model;

	if (target->type == WARD_SUDO_AS_GROUP) {
		return spec->has_groups &&
		    ward_sudo_match_target(model, &spec->groups, target) ==
		    WARD_SUDO_ALLOW;
	}
	if (spec->has_users) {
		return ward_sudo_match_target(model, &spec->users, target) ==
		    WARD_SUDO_ALLOW;
	}
	return !spec->has_groups &&
	    ward_sudo_same_target(&q->runas_target, target);
}

/*
 * Does the spec lead to root, and as whom? Of `(ALL, !root)` ALL is taken for
 * nobody who amounts to root: that would need all users of the host, and
 * who means to give such a one away names it. With only groups the command
 * runs as the caller, who then has the group.
 */
static bool
find_target(const struct question *q, const struct ward_sudo_spec *spec,
    struct ward_sudo_target *target)
{
	static const struct ward_sudo_target any = {
		.type = WARD_SUDO_AS_GROUP
	};
	struct ward_sudo_model *model = &q->sudoers->model;
	const struct ward_sudo_world *w = q->world;

	if (allows(q, spec, &ward_sudo_root)) {
		*target = ward_sudo_root;
		return true;
	}
	if (!spec->has_users && !spec->has_groups) {
		*target = q->runas_target;
		return w->is_root_user(w->arg, target->name, target->id);
	}
	if (spec->has_users &&
	    ward_sudo_find_target(model, &spec->users, false, w, target)) {
		return true;
	}
	if (!spec->has_groups) {
		return false;
	}
	if (allows(q, spec, &any)) {
		*target = ward_sudo_root;
		target->type = WARD_SUDO_AS_GROUP;
		return allows(q, spec, target);
	}
	return ward_sudo_find_target(model, &spec->groups, true, w, target);
}

static int
add_target(struct question *q, const struct ward_sudo_target *target,
    uint32_t *ret_index)
{
	for (uint32_t i = 0; i < q->target_count; i++) {
		if (ward_sudo_same_target(&q->targets[i], target)) {
			*ret_index = i;
			return 0;
		}
	}
	if (q->target_count == q->target_room) {
		uint32_t room = q->target_room == 0 ? 4 : q->target_room * 2;
		struct ward_sudo_target *targets;

		targets = reallocarray(q->targets, room, sizeof(*targets));
		if (targets == NULL) {
			return WARD_ERR_NOMEM;
		}
		q->targets = targets;
		q->target_room = room;
	}
	*ret_index = q->target_count;
	q->targets[q->target_count++] = *target;
	return 0;
}

static int
find_targets(struct question *q)
{
	uint32_t first;
	/* First, so that what leads to root shows as it does for root. */
	int rc = add_target(q, &ward_sudo_root, &first);

	for (uint32_t i = 0; i < q->matched && rc == 0; i++) {
		const struct ward_sudo_rule
		    *rule = q->sudoers->rules[q->sudoers->matched[i]];

		for (struct ward_sudo_spec *s = rule->specs; s && rc == 0;
		     s = s->next) {
			struct ward_sudo_target target;

			s->target = UINT32_MAX;
			if (!s->late && find_target(q, s, &target)) {
				rc = add_target(q, &target, &s->target);
			}
		}
	}
	return rc;
}

/* ---- last match wins ---------------------------------------------------- */

static bool
decide(enum ward_sudo_flag tag, enum ward_sudo_flag command,
    enum ward_sudo_flag rest)
{
	if (tag != WARD_SUDO_UNSET) {
		return tag == WARD_SUDO_ON;
	}
	return (command != WARD_SUDO_UNSET ? command : rest) == WARD_SUDO_ON;
}

/* One target's way back through the rules. */
struct way {
	uint32_t target; /* its number */
	uint64_t turn;   /* marks commands taken away */
	bool all_denied;
	enum ward_sudo_flag authenticate, noexec;
};

/*
 * What a later rule takes away: all; the same command; the same program with
 * any arguments; or all of its directory. Patterns are not matched with each
 * other: then the earlier rule stays, as an ALL does whatever is taken from
 * it. A rule that is perhaps for another host, or perhaps out of date, takes
 * nothing away, nor does one for programs with a given digest.
 */
static void
deny(struct way *way, const struct ward_sudo_entry *entry)
{
	const struct ward_sudo_rule *rule = entry->spec->rule;

	if (entry->digest || rule->maybe || rule->loose) {
		return;
	}
	if (entry->command == NULL) {
		way->all_denied = true;
	} else {
		entry->command->denied = way->turn;
	}
}

static bool
denied(const struct way *way, const struct ward_sudo_command *c)
{
	if (way->all_denied || c == NULL) {
		return way->all_denied;
	}
	return c->denied == way->turn || c->any->denied == way->turn ||
	    (c->dir != NULL && c->dir->denied == way->turn);
}

static int
walk_spec(struct question *q, const struct ward_sudo_spec *spec,
    struct way *way)
{
	struct ward_sudo_detail like = { .runas = q->runas };

	for (size_t i = spec->entry_count; i-- > 0;) {
		struct ward_sudo_entry *e = &spec->entries[i];

		if (e->negated) {
			deny(way, e);
			continue;
		}
		if (spec->target != way->target || denied(way, e->command)) {
			continue;
		}
		like.nopasswd = !decide(spec->authenticate, e->authenticate,
		    way->authenticate);
		like.noexec = decide(spec->noexec, e->noexec, way->noexec);
		if (ward_sudo_find_detail(q->sudoers, e, &like) != 0) {
			return WARD_ERR_NOMEM;
		}
		e->taken = q->taken;
	}
	return 0;
}

static int
walk_rules(struct question *q, uint32_t number)
{
	const struct ward_sudo_target *target = &q->targets[number];
	const struct ward_sudoers *s = q->sudoers;
	struct way way = { .target = number, .turn = ++q->sudoers->model.turn };
	int rc = 0;

	take_runas_defaults(q, target, &way.authenticate, &way.noexec);
	for (uint32_t i = q->matched; i-- > 0 && rc == 0;) {
		const struct ward_sudo_rule *rule = s->rules[s->matched[i]];

		for (const struct ward_sudo_spec *p = rule->last; p && rc == 0;
		     p = p->prev) {
			if (!p->late && allows(q, p, target)) {
				rc = walk_spec(q, p, &way);
			}
		}
	}
	return rc;
}

/* ---- the answer --------------------------------------------------------- */

static int
add_path(const struct ward_sudo_entry *entry, struct ward_path **paths,
    size_t *count, size_t *room)
{
	const struct ward_sudo_detail *d = entry->shown;

	if (*count == *room) {
		size_t more = *room == 0 ? 8 : *room * 2;
		struct ward_path *list = reallocarray(*paths, more,
		    sizeof(*list));

		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		*paths = list;
		*room = more;
	}
	(*paths)[(*count)++] = (struct ward_path){
		.kind = WARD_PATH_SUDO,
		.detail = d->text,
		.source = entry->spec->rule->source,
		.excess = d->excess,
		.excess_detail = d->excess_detail,
	};
	return 0;
}

static int
add_paths(const struct question *q, struct ward_path **paths, size_t *count,
    size_t *room)
{
	int rc = 0;

	for (uint32_t i = 0; i < q->matched; i++) {
		const struct ward_sudo_rule
		    *rule = q->sudoers->rules[q->sudoers->matched[i]];

		for (const struct ward_sudo_spec *s = rule->specs; s;
		     s = s->next) {
			for (size_t k = 0; k < s->entry_count && rc == 0; k++) {
				if (s->entries[k].taken == q->taken) {
					rc = add_path(&s->entries[k], paths,
					    count, room);
				}
			}
		}
	}
	return rc;
}

int
ward_sudoers_paths(struct ward_sudoers *sudoers,
    const struct ward_sudo_user *user, const struct ward_sudo_world *world,
    struct ward_path **paths, size_t *count, size_t *room)
{
	struct question q = { .sudoers = sudoers,
		.user = user,
		.world = world };
	int rc;

	find_rules(&q);
	if (q.matched == 0) {
		return 0;
	}
	take_defaults(&q);
	rc = find_targets(&q);
	q.taken = ++sudoers->model.turn;
	for (uint32_t i = 0; i < q.target_count && rc == 0; i++) {
		rc = walk_rules(&q, i);
	}
	if (rc == 0) {
		rc = add_paths(&q, paths, count, room);
	}
	free(q.targets);
	return rc;
}
