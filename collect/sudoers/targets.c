/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom the rules run things as: those who amount to root. */
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/question.h"

bool
ward_sudo_allows(const struct ward_sudo_question *q,
    const struct ward_sudo_spec *spec, const struct ward_sudo_target *target)
{
	struct ward_sudo_model *model = &q->sudoers->model;

	if (target->type == WARD_SUDO_AS_GROUP) {
		return spec->has_groups &&
		    ward_sudo_match_target(model, &spec->groups, target,
			q->world, ++model->turn) == WARD_SUDO_ALLOW;
	}
	if (spec->has_users) {
		return ward_sudo_match_target(model, &spec->users, target,
			   q->world, ++model->turn) == WARD_SUDO_ALLOW;
	}
	return !spec->has_groups &&
	    ward_sudo_same_target(model, &q->runas_target, target);
}

/* Is one of those who amount to root in the group? Then they are asked for one
 * by one, and not as "any user in it". */
static bool
has_other(const struct ward_sudo_question *q,
    const struct ward_sudo_target *target)
{
	struct ward_sudoers *s = q->sudoers;
	struct ward_sudo_member member = *target->member;
	struct ward_sudo_list list = { &member, 1 };

	member.negated = false;
	for (size_t i = 0; i < s->other_count; i++) {
		struct ward_sudo_target other = ward_sudo_target_of(
		    &s->others[i].user);

		if (s->other_count < WARD_SUDO_OTHERS &&
		    ward_sudo_match_target(&s->model, &list, &other, q->world,
			++s->model.turn) == WARD_SUDO_ALLOW) {
			return true;
		}
	}
	return false;
}

static bool
find_named(const struct ward_sudo_question *q,
    const struct ward_sudo_list *list, struct ward_sudo_target *target)
{
	struct ward_sudo_model *model = &q->sudoers->model;

	if (!ward_sudo_find_target(model, list, false, true, q->world,
		target)) {
		return false;
	}
	return target->type != WARD_SUDO_AS_MEMBER || !has_other(q, target) ||
	    ward_sudo_find_target(model, list, false, false, q->world, target);
}

/*
 * Does the spec lead to root, and as whom? What ALL stands for in its list,
 * besides root, is others.c's affair. With only groups the command runs as the
 * caller, who then has the group.
 */
static bool
find_target(const struct ward_sudo_question *q,
    const struct ward_sudo_spec *spec, struct ward_sudo_target *target)
{
	static const struct ward_sudo_target any = {
		.type = WARD_SUDO_AS_GROUP
	};
	struct ward_sudo_model *model = &q->sudoers->model;
	const struct ward_sudo_world *w = q->world;

	if (ward_sudo_allows(q, spec, &ward_sudo_root)) {
		*target = ward_sudo_root;
		return true;
	}
	if (!spec->has_users && !spec->has_groups) {
		*target = q->runas_target;
		return w->is_root_user(w->arg, target->name, target->id);
	}
	if (spec->has_users && find_named(q, &spec->users, target)) {
		return true;
	}
	if (!spec->has_groups) {
		return false;
	}
	if (ward_sudo_allows(q, spec, &any)) {
		*target = ward_sudo_root;
		target->type = WARD_SUDO_AS_GROUP;
		return ward_sudo_allows(q, spec, target);
	}
	return ward_sudo_find_target(model, &spec->groups, true, true, w,
	    target);
}

/* A rule gives a user's name or his uid: take the other from the account, as
 * a later rule may give that. */
static struct ward_sudo_target
complete(const struct ward_sudo_question *q,
    const struct ward_sudo_target *target)
{
	const struct ward_sudoers *s = q->sudoers;

	if (target->type != WARD_SUDO_AS_USER ||
	    (target->name != NULL && target->has_id)) {
		return *target;
	}
	if (target->name == NULL && target->id == 0) {
		return ward_sudo_root;
	}
	for (size_t i = 0; i < s->other_count; i++) {
		struct ward_sudo_target other = ward_sudo_target_of(
		    &s->others[i].user);

		if (ward_sudo_same_target(&s->model, &other, target)) {
			return other;
		}
	}
	return *target;
}

static int
add_target(struct ward_sudo_question *q, const struct ward_sudo_target *target)
{
	uint32_t room = q->target_room == 0 ? 4 : q->target_room * 2;
	struct ward_sudo_target *targets;

	for (uint32_t i = 0; i < q->target_count; i++) {
		if (ward_sudo_same_target(&q->sudoers->model, &q->targets[i],
			target)) {
			return 0;
		}
	}
	if (q->target_count == q->target_room) {
		targets = reallocarray(q->targets, room, sizeof(*targets));
		if (targets == NULL) {
			return WARD_ERR_NOMEM;
		}
		q->targets = targets;
		q->target_room = room;
	}
	q->targets[q->target_count++] = *target;
	return 0;
}

int
ward_sudo_find_targets(struct ward_sudo_question *q)
{
	/* First, so that what leads to root shows as it does for root. */
	int rc = add_target(q, &ward_sudo_root);

	for (uint32_t i = 0; i < q->matched && rc == 0; i++) {
		const struct ward_sudo_rule
		    *rule = q->sudoers->rules[q->sudoers->matched[i]];

		for (struct ward_sudo_spec *s = rule->specs; s && rc == 0;
		     s = s->next) {
			struct ward_sudo_target target;

			if (!s->late && find_target(q, s, &target)) {
				target = complete(q, &target);
				rc = add_target(q, &target);
			}
		}
	}
	return rc;
}
