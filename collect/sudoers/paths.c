/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules by which one user gets root. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/sudoers/question.h"

/* ---- which rules -------------------------------------------------------- */

static int
compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void
take_rule(struct ward_sudo_question *q, uint32_t number, uint64_t turn)
{
	struct ward_sudo_rule *rule = q->sudoers->rules[number];

	if (rule->turn != turn) {
		rule->turn = turn;
		q->sudoers->matched[q->matched++] = number;
	}
}

static void
take_named(struct ward_sudo_question *q, uint64_t turn)
{
	const struct ward_sudoers *s = q->sudoers;
	const char *name = q->user->name;
	size_t lo = 0, hi = s->named_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcasecmp(s->named[mid].name, name) < 0) {
			lo = mid + 1;
		} else {
			hi = mid;
		}
	}
	for (; lo < s->named_count && strcasecmp(s->named[lo].name, name) == 0;
	     lo++) {
		if (ward_sudo_same_name(&s->model, false, s->named[lo].name,
			name)) {
			take_rule(q, s->named[lo].rule, turn);
		}
	}
}

static void
find_rules(struct ward_sudo_question *q)
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
take_defaults(struct ward_sudo_question *q)
{
	struct ward_sudo_model *model = &q->sudoers->model;
	uint64_t id;

	q->flags = ward_sudo_builtin;
	q->runas = "root";
	model->fold_users = model->fold_groups = true;
	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		if (d->scope != WARD_SUDO_FOR_ALL &&
		    (d->scope != WARD_SUDO_FOR_USER ||
			ward_sudo_match_user(model, &d->binding, q->user,
			    q->world) != WARD_SUDO_ALLOW)) {
			continue;
		}
		ward_sudo_flags_set(&q->flags, &d->flags);
		if (d->runas_default != NULL) {
			q->runas = d->runas_default;
		}
		model->fold_users = ward_sudo_is_on(&q->flags,
		    WARD_SUDO_FOLD_USERS);
		model->fold_groups = ward_sudo_is_on(&q->flags,
		    WARD_SUDO_FOLD_GROUPS);
	}
	q->runas_target = (struct ward_sudo_target){ .name = q->runas };
	if (q->runas[0] == '#' &&
	    ward_parse_uint(q->runas + 1, 0, UINT32_MAX, &id) == 0) {
		q->runas_target = (struct ward_sudo_target){ .id = (uint32_t)id,
			.has_id = true };
	}
}

static struct ward_sudo_flags
runas_flags(const struct ward_sudo_question *q,
    const struct ward_sudo_target *target)
{
	struct ward_sudo_model *model = &q->sudoers->model;
	struct ward_sudo_flags flags = q->flags;

	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		if (d->scope == WARD_SUDO_FOR_RUNAS &&
		    ward_sudo_match_target(model, &d->binding, target, q->world,
			++model->turn) == WARD_SUDO_ALLOW) {
			ward_sudo_flags_set(&flags, &d->flags);
		}
	}
	return flags;
}

/* ---- last match wins ---------------------------------------------------- */

/* One target's way back through the rules. */
struct way {
	struct ward_sudo_target target;
	uint64_t bit;    /* in others, or with `via` in steps; 0: in neither */
	const char *via; /* by whose rule it leads to root; NULL: it is root */
	uint64_t turn;   /* marks commands taken away */
	bool all_denied;
	struct ward_sudo_flags flags;
};

/* Which of the others, or of the steps, does the spec run things as? */
static uint64_t
bits(const struct ward_sudo_question *q, const struct ward_sudo_spec *spec,
    bool steps)
{
	if (spec->has_users) {
		return steps ? spec->steps : spec->others;
	}
	if (spec->has_groups) {
		return 0;
	}
	return steps ? q->runas_steps : q->runas_others;
}

/* Do names mean to this user what the bits were set by? */
static bool
has_bits(const struct ward_sudo_question *q)
{
	const struct ward_sudoers *s = q->sudoers;

	return s->model.fold_users == s->fold_users &&
	    s->model.fold_groups == s->fold_groups;
}

static bool
leads(const struct ward_sudo_question *q, const struct ward_sudo_spec *spec,
    const struct way *way)
{
	return way->bit == 0 || !has_bits(q) ?
	    ward_sudo_allows(q, spec, &way->target) :
	    (bits(q, spec, way->via != NULL) & way->bit) != 0;
}

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

/* As somebody who has a rule of his own: enough to use it? */
static bool
is_free(const struct ward_sudo_entry *entry)
{
	const struct ward_sudo_command *c = entry->command;
	const char *slash = c == NULL ? NULL : strrchr(c->program, '/');
	enum ward_reason_id excess = entry->shown->excess;

	return c == NULL || excess == WARD_REASON_MINIMUM_ESCAPE ||
	    excess == WARD_REASON_MINIMUM_DIRECTORY ||
	    excess == WARD_REASON_MINIMUM_WRITABLE ||
	    excess == WARD_REASON_MINIMUM_SETENV ||
	    (slash != NULL && strcmp(slash, "/sudo") == 0);
}

static int
walk_spec(struct ward_sudo_question *q, const struct ward_sudo_spec *spec,
    struct way *way)
{
	struct ward_sudo_detail like = { .runas = q->runas, .via = way->via };
	struct ward_sudo_flags flags;

	for (size_t i = spec->entry_count; i-- > 0;) {
		struct ward_sudo_entry *e = &spec->entries[i];

		if (e->negated) {
			deny(way, e);
			continue;
		}
		if (e->taken == q->taken || denied(way, e->command)) {
			continue;
		}
		flags = way->flags;
		ward_sudo_flags_set(&flags, &e->flags);
		ward_sudo_flags_set(&flags, &spec->flags);
		like.tags = ward_sudo_tags(&flags);
		if (ward_sudo_find_detail(q->sudoers, e, &like) != 0) {
			return WARD_ERR_NOMEM;
		}
		if (way->via == NULL || is_free(e)) {
			e->taken = q->taken;
		}
	}
	return 0;
}

static int
walk_rules(struct ward_sudo_question *q, struct way *way)
{
	const struct ward_sudoers *s = q->sudoers;
	int rc = 0;

	way->turn = ++q->sudoers->model.turn;
	way->flags = runas_flags(q, &way->target);
	for (uint32_t i = q->matched; i-- > 0 && rc == 0;) {
		const struct ward_sudo_rule *rule = s->rules[s->matched[i]];

		for (const struct ward_sudo_spec *p = rule->last; p && rc == 0;
		     p = p->prev) {
			if (!p->late && leads(q, p, way)) {
				rc = walk_spec(q, p, way);
			}
		}
	}
	return rc;
}

/* Whom could what isn't shown yet be run as? */
static uint64_t
open_bits(const struct ward_sudo_question *q, bool steps)
{
	uint64_t open = 0;

	if (!has_bits(q)) {
		return UINT64_MAX;
	}
	for (uint32_t i = 0; i < q->matched; i++) {
		const struct ward_sudo_rule
		    *rule = q->sudoers->rules[q->sudoers->matched[i]];

		for (const struct ward_sudo_spec *s = rule->specs; s;
		     s = s->next) {
			uint64_t more = s->late ? 0 : bits(q, s, steps) & ~open;

			for (size_t k = 0; k < s->entry_count && more != 0;
			     k++) {
				if (!s->entries[k].negated &&
				    s->entries[k].taken != q->taken) {
					open |= more;
					break;
				}
			}
		}
	}
	return open;
}

static int
walk_others(struct ward_sudo_question *q, bool steps)
{
	const struct ward_sudoers *s = q->sudoers;
	const struct ward_sudo_other *list = steps ? s->steps : s->others;
	size_t count = steps ? s->step_count : s->other_count;
	uint64_t open = count == 0 ? 0 : open_bits(q, steps);
	int rc = 0;

	for (size_t i = 0; i < count && rc == 0; i++) {
		struct way way = { .bit = UINT64_C(1) << i,
			.target = ward_sudo_target_of(&list[i].user),
			.via = list[i].via };

		if ((open & way.bit) != 0 &&
		    (!steps || list[i].user.uid != q->user->uid)) {
			rc = walk_rules(q, &way);
		}
	}
	return rc;
}

static uint64_t
find_runas(const struct ward_sudo_question *q,
    const struct ward_sudo_other *list, size_t count)
{
	uint64_t found = 0;

	for (size_t i = 0; i < count; i++) {
		struct ward_sudo_target t = ward_sudo_target_of(&list[i].user);

		if (ward_sudo_same_target(&q->sudoers->model, &t,
			&q->runas_target)) {
			found |= UINT64_C(1) << i;
		}
	}
	return found;
}

int
ward_sudo_ask(struct ward_sudo_question *q)
{
	struct ward_sudoers *s = q->sudoers;
	int rc;

	s->model.fold_users = s->fold_users;
	s->model.fold_groups = s->fold_groups;
	if (s->own_fold) {
		take_defaults(q); /* it matters to whom the rules are */
	}
	find_rules(q);
	if (q->matched == 0) {
		return 0;
	}
	take_defaults(q);
	q->runas_others = find_runas(q, s->others, s->other_count);
	q->runas_steps = find_runas(q, s->steps, s->step_count);
	rc = ward_sudo_find_targets(q);
	q->taken = ++s->model.turn;
	for (uint32_t i = 0; i < q->target_count && rc == 0; i++) {
		struct way way = { .target = q->targets[i] };

		rc = walk_rules(q, &way);
	}
	rc = rc != 0 ? rc : walk_others(q, false);
	return rc != 0 || q->user->uid == 0 ? rc : walk_others(q, true);
}

void
ward_sudo_question_free(struct ward_sudo_question *q)
{
	free(q->targets);
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
add_paths(const struct ward_sudo_question *q, struct ward_path **paths,
    size_t *count, size_t *room)
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
	struct ward_sudo_question q = { .sudoers = sudoers,
		.user = user,
		.world = world };
	int rc = ward_sudo_meet(sudoers, world);

	if (rc == 0) {
		rc = ward_sudo_ask(&q);
	}
	if (rc == 0 && q.matched > 0) {
		rc = add_paths(&q, paths, count, room);
	}
	ward_sudo_question_free(&q);
	return rc;
}
