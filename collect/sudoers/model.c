/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/model.h"

#include <search.h>
#include <string.h>

int
ward_sudo_model_init(struct ward_sudo_model *model)
{
	*model = (struct ward_sudo_model){ .pool = ward_pool_new() };
	model->fold_users = model->fold_groups = true;
	model->rule_end = &model->rules;
	model->alias_end = &model->aliases;
	model->default_end = &model->defaults;
	return model->pool == NULL ? WARD_ERR_NOMEM : 0;
}

const struct ward_sudo_flags ward_sudo_builtin = {
	.of = { [WARD_SUDO_AUTHENTICATE] = WARD_SUDO_ON,
	    [WARD_SUDO_ENV_RESET] = WARD_SUDO_ON,
	    [WARD_SUDO_FOLD_USERS] = WARD_SUDO_ON,
	    [WARD_SUDO_FOLD_GROUPS] = WARD_SUDO_ON },
};

void
ward_sudo_flags_set(struct ward_sudo_flags *flags,
    const struct ward_sudo_flags *later)
{
	for (size_t i = 0; i < WARD_SUDO_OPTION_COUNT; i++) {
		if (later->of[i] != WARD_SUDO_UNSET) {
			flags->of[i] = later->of[i];
		}
	}
}

bool
ward_sudo_is_on(const struct ward_sudo_flags *flags,
    enum ward_sudo_option option)
{
	return flags->of[option] == WARD_SUDO_ON;
}

static void
keep(void *node)
{
	(void)node; /* the pool has it */
}

void
ward_sudo_model_free(struct ward_sudo_model *model)
{
	tdestroy(model->commands, keep);
	ward_pool_free(model->pool);
	*model = (struct ward_sudo_model){ 0 };
}

static int
compare(const void *a, const void *b)
{
	const struct ward_sudo_command *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* "^...$" as a whole is a regular expression for the program and may have
 * blanks in it; else the program ends at the first blank. */
static size_t
program_size(const char *text)
{
	const char *end = text;

	if (text[0] != '^') {
		return strcspn(text, " ");
	}
	while ((end = strchr(end, '$')) != NULL) {
		end++;
		if (*end == '\0' || *end == ' ') {
			return (size_t)(end - text);
		}
	}
	return strcspn(text, " ");
}

static int
split(struct ward_sudo_model *model, struct ward_sudo_command *command)
{
	const char *text = command->text;
	size_t size = program_size(text);

	command->regex = text[0] == '^';
	command->program = ward_pool_copy(model->pool, text, size);
	if (command->program == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (text[size] == ' ') {
		command->arguments = text + size + 1;
		command->any = ward_sudo_command(model, command->program);
	} else {
		command->any = command;
	}
	return command->any == NULL ? WARD_ERR_NOMEM : 0;
}

/* Only a plain path lies in one directory. */
static int
link_dir(struct ward_sudo_model *model, struct ward_sudo_command *command)
{
	const char *slash = strrchr(command->program, '/');
	char *dir;

	if (command->program[0] != '/' || slash[1] == '\0' ||
	    strpbrk(command->program, "*?[\\") != NULL) {
		return 0;
	}
	dir = ward_pool_copy(model->pool, command->program,
	    (size_t)(slash - command->program) + 1);
	command->dir = dir == NULL ? NULL : ward_sudo_command(model, dir);
	return command->dir == NULL ? WARD_ERR_NOMEM : 0;
}

struct ward_sudo_command *
ward_sudo_command(struct ward_sudo_model *model, const char *text)
{
	struct ward_sudo_command key = { .text = text };
	struct ward_sudo_command *command;
	void *node = tfind(&key, &model->commands, compare);

	if (node != NULL) {
		return *(struct ward_sudo_command **)node;
	}
	command = ward_pool_take(model->pool, sizeof(*command));
	if (command == NULL) {
		return NULL;
	}
	command->text = ward_pool_copy(model->pool, text, strlen(text));
	if (command->text == NULL ||
	    tsearch(command, &model->commands, compare) == NULL ||
	    split(model, command) != 0 || link_dir(model, command) != 0) {
		return NULL;
	}
	return command;
}
