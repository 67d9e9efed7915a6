/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Of `(ALL, !root)` something is left: whoever else amounts to root. And
 * `(wang)` leads to root where wang gets it by a rule of his own that asks for
 * no password, as his isn't known. Both are looked for among the accounts of
 * the host, once; each gets a bit in the rules that run things as him.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/sudoers/question.h"

#define CANDIDATES_MAX 256
#define ROUNDS_MAX 4 /* wang may run things as lee, and lee as chen */

/* Whom the rules name to run things as. */
struct meeting {
	struct ward_sudoers *sudoers;
	const struct ward_sudo_world *world;
	const char **names; /* in order, in any case */
	uint32_t *ids;
	size_t name_count, id_count, room;
	struct ward_sudo_user candidates[CANDIDATES_MAX];
	bool stepped[CANDIDATES_MAX]; /* it is one of the steps already */
	size_t candidate_count;
};

struct ward_sudo_target
ward_sudo_target_of(const struct ward_sudo_user *user)
{
	return (struct ward_sudo_target){ .type = WARD_SUDO_AS_USER,
		.name = user->name,
		.id = user->uid,
		.has_id = true };
}

/* ---- who is named ------------------------------------------------------- */

static void
take_list(struct meeting *m, const struct ward_sudo_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct ward_sudo_member *member = &list->members[i];

		if (member->kind == WARD_SUDO_UID) {
			m->ids[m->id_count++] = member->id;
		} else if (member->kind == WARD_SUDO_NAME ||
		    member->kind == WARD_SUDO_ALIAS_NAME) {
			m->names[m->name_count++] = member->name;
		}
	}
}

static int
compare_names(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static int
compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* What to go through: each rule's lists, each alias, each Defaults line; first
 * to count, then to take. */
static void
take_all(struct meeting *m,
    void (*take)(struct meeting *, const struct ward_sudo_list *))
{
	struct ward_sudoers *s = m->sudoers;

	for (uint32_t i = 0; i < s->rule_count; i++) {
		for (struct ward_sudo_spec *p = s->rules[i]->specs; p;
		     p = p->next) {
			take(m, &p->users);
		}
	}
	for (struct ward_sudo_alias *a = s->model.aliases; a; a = a->next) {
		if (a->type == WARD_SUDO_RUNAS_ALIAS) {
			take(m, &a->list);
		}
	}
	for (struct ward_sudo_default *d = s->model.defaults; d; d = d->next) {
		struct ward_sudo_member member = { .kind = WARD_SUDO_NAME,
			.name = d->runas_default };
		struct ward_sudo_list list = { &member, 1 };

		if (d->runas_default != NULL) {
			take(m, &list);
		}
	}
}

static void
count_list(struct meeting *m, const struct ward_sudo_list *list)
{
	m->room += list->count;
}

static int
find_named(struct meeting *m)
{
	take_all(m, count_list);
	m->names = calloc(m->room + 1, sizeof(m->names[0]));
	m->ids = calloc(m->room + 1, sizeof(m->ids[0]));
	if (m->names == NULL || m->ids == NULL) {
		return WARD_ERR_NOMEM;
	}
	take_all(m, take_list);
	qsort(m->names, m->name_count, sizeof(m->names[0]), compare_names);
	qsort(m->ids, m->id_count, sizeof(m->ids[0]), compare_ids);
	return 0;
}

static bool
is_named(const struct meeting *m, const struct ward_sudo_user *user)
{
	return bsearch(&user->name, m->names, m->name_count,
		   sizeof(m->names[0]), compare_names) != NULL ||
	    bsearch(&user->uid, m->ids, m->id_count, sizeof(m->ids[0]),
		compare_ids) != NULL;
}

/* ---- who they are ------------------------------------------------------- */

/* Those of uid 0 first: the others only fill what room there is. */
static void
find_accounts(struct meeting *m)
{
	struct ward_sudoers *s = m->sudoers;
	struct ward_sudo_user groups[WARD_SUDO_OTHERS], user;
	size_t group_count = 0;
	bool root;

	for (size_t i = 0; m->world->account(m->world->arg, i, &user, &root);
	     i++) {
		if (user.uid == 0) {
			if (strcmp(user.name, ward_sudo_root.name) != 0 &&
			    s->other_count < WARD_SUDO_OTHERS) {
				s->others[s->other_count++].user = user;
			}
		} else if (root) {
			if (group_count < WARD_SUDO_OTHERS) {
				groups[group_count++] = user;
			}
		} else if (m->candidate_count < CANDIDATES_MAX &&
		    is_named(m, &user)) {
			m->candidates[m->candidate_count++] = user;
		}
	}
	for (size_t i = 0; i < group_count && s->other_count < WARD_SUDO_OTHERS;
	     i++) {
		s->others[s->other_count++].user = groups[i];
	}
}

/* The same question to all lists: an alias answers once. */
static void
set_bits(struct meeting *m, const struct ward_sudo_user *user, size_t number,
    bool step)
{
	struct ward_sudo_model *model = &m->sudoers->model;
	struct ward_sudo_target target = ward_sudo_target_of(user);
	uint64_t turn, bit = UINT64_C(1) << number;

	model->fold_users = m->sudoers->fold_users;
	model->fold_groups = m->sudoers->fold_groups;
	turn = ++model->turn;
	for (uint32_t i = 0; i < m->sudoers->rule_count; i++) {
		for (struct ward_sudo_spec *s = m->sudoers->rules[i]->specs; s;
		     s = s->next) {
			if (!s->has_users ||
			    ward_sudo_match_target(model, &s->users, &target,
				m->world, turn) != WARD_SUDO_ALLOW) {
				continue;
			}
			*(step ? &s->steps : &s->others) |= bit;
		}
	}
}

/* ---- steps on the way --------------------------------------------------- */

/* What of it asks for no password: the first. */
static const struct ward_sudo_detail *
find_open(const struct ward_sudo_question *q)
{
	for (uint32_t i = 0; i < q->matched; i++) {
		const struct ward_sudo_rule
		    *rule = q->sudoers->rules[q->sudoers->matched[i]];

		for (const struct ward_sudo_spec *s = rule->specs; s;
		     s = s->next) {
			for (size_t k = 0; k < s->entry_count; k++) {
				const struct ward_sudo_entry
				    *e = &s->entries[k];

				if (e->taken == q->taken &&
				    e->shown->nopasswd) {
					return e->shown;
				}
			}
		}
	}
	return NULL;
}

static int
add_step(struct meeting *m, const struct ward_sudo_user *user,
    const struct ward_sudo_detail *detail)
{
	struct ward_sudoers *s = m->sudoers;
	char text[WARD_SUDO_SHOWN + 8] = "";
	const char *via;

	(void)ward_sudo_append(text, user->name);
	(void)ward_sudo_append(text, " ");
	(void)ward_sudo_append(text, detail->text);
	via = ward_pool_copy(s->model.pool, text, strlen(text));
	if (via == NULL) {
		return WARD_ERR_NOMEM;
	}
	s->steps[s->step_count] = (struct ward_sudo_other){ *user, via };
	set_bits(m, user, s->step_count, true);
	s->step_count++;
	return 0;
}

static int
try_step(struct meeting *m, size_t i)
{
	struct ward_sudo_world world = *m->world;
	struct ward_sudo_question q = { .sudoers = m->sudoers,
		.user = &m->candidates[i],
		.world = &world };
	const struct ward_sudo_detail *open = NULL;
	int rc;

	world.in_group = NULL; /* it is about another one */
	rc = ward_sudo_ask(&q);
	if (rc == 0 && q.matched > 0) {
		open = find_open(&q);
	}
	if (open != NULL) {
		m->stepped[i] = true;
		rc = add_step(m, q.user, open);
	}
	ward_sudo_question_free(&q);
	return rc;
}

static int
find_steps(struct meeting *m)
{
	struct ward_sudoers *s = m->sudoers;
	size_t before = SIZE_MAX;
	int rc = 0;

	for (unsigned int round = 0; round < ROUNDS_MAX && rc == 0 &&
	     s->step_count != before && s->step_count < WARD_SUDO_OTHERS;
	     round++) {
		before = s->step_count;
		for (size_t i = 0; i < m->candidate_count && rc == 0 &&
		     s->step_count < WARD_SUDO_OTHERS;
		     i++) {
			rc = m->stepped[i] ? 0 : try_step(m, i);
		}
	}
	return rc;
}

int
ward_sudo_meet(struct ward_sudoers *sudoers,
    const struct ward_sudo_world *world)
{
	struct meeting *m;
	int rc;

	if (sudoers->met || sudoers->rule_count == 0 ||
	    world->account == NULL || world->is_member == NULL) {
		return 0;
	}
	sudoers->met = true;
	m = calloc(1, sizeof(*m));
	if (m == NULL) {
		return WARD_ERR_NOMEM;
	}
	m->sudoers = sudoers;
	m->world = world;
	rc = find_named(m);
	if (rc == 0) {
		find_accounts(m);
		for (size_t i = 0; i < sudoers->other_count; i++) {
			set_bits(m, &sudoers->others[i].user, i, false);
		}
		rc = find_steps(m);
	}
	free(m->names);
	free(m->ids);
	free(m);
	return rc;
}
