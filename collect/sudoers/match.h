/* SPDX-License-Identifier: BSD-2-Clause */
/* Who and what a list of sudoers(5) means. */
#ifndef WARD_SUDOERS_MATCH_H
#define WARD_SUDOERS_MATCH_H

#include "collect/sudoers/sudoers.h"
#include "collect/sudoers/hosts.h"
#include "collect/sudoers/model.h"

/* As sudo's own: the last member that matches decides, and where none does,
 * the list says nothing. */
enum ward_sudo_answer {
	WARD_SUDO_SILENT = -1,
	WARD_SUDO_DENY = 0,
	WARD_SUDO_ALLOW = 1,
};

/* Whom a command runs as. */
struct ward_sudo_target {
	enum {
		WARD_SUDO_AS_USER,
		WARD_SUDO_AS_MEMBER, /* any user in the group */
		WARD_SUDO_AS_GROUP,  /* the caller, with the group */
	} type;
	const char *name; /* NULL: known by id only */
	uint32_t id;
	bool has_id;
	const struct ward_sudo_member *member; /* that named it, or NULL */
};

/* root itself. */
extern const struct ward_sudo_target ward_sudo_root;

bool ward_sudo_same_target(const struct ward_sudo_model *model,
    const struct ward_sudo_target *a, const struct ward_sudo_target *b);

/* Most take the model's next turn: an alias is asked once a turn. */
enum ward_sudo_answer ward_sudo_match_user(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, const struct ward_sudo_user *user,
    const struct ward_sudo_world *world);
/* `likely`: what to take for true of what can't be known; the first such
 * member goes to *ret_open if it isn't NULL, which is otherwise left alone. */
enum ward_sudo_answer ward_sudo_match_host(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, const struct ward_sudo_host *host,
    bool likely, const struct ward_sudo_member **ret_open);
/* `turn` is a new one, or that of a question with the same target. */
enum ward_sudo_answer ward_sudo_match_target(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, const struct ward_sudo_target *target,
    const struct ward_sudo_world *world, uint64_t turn);
/* The same with a command. NULL: ALL. */
enum ward_sudo_answer ward_sudo_match_command(const struct ward_sudo_list *list,
    const struct ward_sudo_command *command, uint64_t turn);

/* Call visit for each member, with aliases opened, the last one first and
 * each alias once (an earlier one decides nothing that the later one does
 * not); `negated` has the aliases' own negations in it. An alias that isn't
 * defined comes as itself. Stops at non-zero, and returns that. */
typedef int ward_sudo_visit_fn(void *arg, const struct ward_sudo_member *member,
    bool negated);
int ward_sudo_visit(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, ward_sudo_visit_fn *visit, void *arg);

/* The first one named in the list, if any, that amounts to root, and that the
 * list as a whole allows. members: "any user in the group" is one too. */
bool ward_sudo_find_target(struct ward_sudo_model *model,
    const struct ward_sudo_list *list, bool groups, bool members,
    const struct ward_sudo_world *world, struct ward_sudo_target *ret_target);

/* Are two names of users, or of groups, one to sudo? */
bool ward_sudo_same_name(const struct ward_sudo_model *model, bool groups,
    const char *a, const char *b);

#endif
