/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "Defaults!/usr/bin/vi noexec", of which the last decides. Lists that take
 * nothing away set it at each of their commands, whose program and directory
 * are asked too. The few others are gone through once a command.
 */
#include <stdlib.h>

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

/* Commands behind all lists together that are marked one by one. */
#define MARKS_MAX ((size_t)1 << 24)

struct marking {
	const struct ward_sudo_default *line;
	size_t count;
	bool hard, mark;
};

static void
later(struct ward_sudo_bounds *bounds, size_t option, uint32_t number,
    uint8_t flag)
{
	if (number > 0 && flag != WARD_SUDO_UNSET &&
	    number >= bounds->numbers[option]) {
		bounds->numbers[option] = number;
		bounds->flags.of[option] = flag;
	}
}

static void
add(struct ward_sudo_bounds *bounds, const struct ward_sudo_default *d)
{
	for (size_t i = 0; i < WARD_SUDO_OPTION_COUNT; i++) {
		later(bounds, i, d->number, d->flags.of[i]);
	}
}

static void
join(struct ward_sudo_bounds *bounds, const struct ward_sudo_bounds *more)
{
	for (size_t i = 0; i < WARD_SUDO_OPTION_COUNT; i++) {
		later(bounds, i, more->numbers[i], more->flags.of[i]);
	}
}

static int
mark(void *arg, const struct ward_sudo_member *m, bool negated)
{
	struct marking *marking = arg;

	marking->hard = marking->hard || negated || m->kind == WARD_SUDO_ALL;
	if (++marking->count > MARKS_MAX) {
		marking->hard = true;
	}
	if (marking->mark && m->command != NULL) {
		add(&m->command->marked, marking->line);
	}
	return marking->hard ? 1 : 0;
}

int
ward_sudo_bind(struct ward_sudoers *sudoers)
{
	struct ward_sudo_model *model = &sudoers->model;
	struct marking marking = { .count = 0 };
	size_t count = 0;

	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		count++;
	}
	sudoers->hard = calloc(count + 1, sizeof(struct ward_sudo_default *));
	if (sudoers->hard == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (struct ward_sudo_default *d = model->defaults; d; d = d->next) {
		if (d->scope != WARD_SUDO_FOR_COMMAND) {
			continue;
		}
		marking.line = d;
		marking.hard = marking.mark = false;
		(void)ward_sudo_visit(model, &d->binding, mark, &marking);
		if (marking.hard) {
			sudoers->hard[sudoers->hard_count++] = d;
			continue;
		}
		marking.mark = true;
		(void)ward_sudo_visit(model, &d->binding, mark, &marking);
	}
	return 0;
}

static void
settle(struct ward_sudoers *sudoers, const struct ward_sudo_command *command,
    struct ward_sudo_bounds *bounds)
{
	uint64_t turn = ++sudoers->model.turn;

	if (command != NULL) {
		join(bounds, &command->marked);
		join(bounds, &command->any->marked);
	}
	if (command != NULL && command->dir != NULL) {
		join(bounds, &command->dir->marked);
	}
	for (size_t i = 0; i < sudoers->hard_count; i++) {
		const struct ward_sudo_default *d = sudoers->hard[i];

		if (ward_sudo_match_command(&d->binding, command, turn) ==
		    WARD_SUDO_ALLOW) {
			add(bounds, d);
		}
	}
}

const struct ward_sudo_bounds *
ward_sudo_ask_bounds(struct ward_sudoers *sudoers,
    struct ward_sudo_command *command)
{
	bool *known = command == NULL ? &sudoers->all_bounds_known :
					&command->is_settled;
	struct ward_sudo_bounds *bounds = command == NULL ?
	    &sudoers->all_bounds :
	    &command->settled;

	if (!*known) {
		settle(sudoers, command, bounds);
		*known = true;
	}
	return bounds;
}
