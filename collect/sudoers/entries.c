/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands of a rule, behind their aliases, and how each is shown. */
#include <string.h>

#include "collect/sudoers/excess.h"
#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

/* Of all rules. An alias of ten thousand commands in a hundred rules; more
 * is shown by the alias's name. */
#define ENTRIES_MAX ((size_t)1 << 20)
/* Commands behind an ALL that are looked through for what it takes away. */
#define LOOK_AHEAD 4096

bool
ward_sudo_append(char *text, const char *more)
{
	size_t have = strlen(text), add = strlen(more);

	if (have + add <= WARD_SUDO_SHOWN) {
		memcpy(text + have, more, add + 1);
		return true;
	}
	add = have < WARD_SUDO_SHOWN ? WARD_SUDO_SHOWN - have : 0;
	while (add > 0 && ((unsigned char)more[add] & 0xc0) == 0x80) {
		add--; /* not in the middle of a character */
	}
	memcpy(text + have, more, add);
	memcpy(text + have + add, "...", 4);
	return false;
}

static const char *
keep(const struct ward_sudoers *sudoers, const char *text)
{
	char shown[WARD_SUDO_SHOWN + 8] = "";

	(void)ward_sudo_append(shown, text);
	return ward_pool_copy(sudoers->strings, shown, strlen(shown));
}

/* ---- opening ------------------------------------------------------------ */

struct opening {
	struct ward_sudo_spec *spec;
	struct ward_sudo_entry *entries; /* filled from the end; or NULL */
	size_t count, left;
};

static int
open_member(void *arg, const struct ward_sudo_member *m, bool negated)
{
	struct opening *o = arg;
	struct ward_sudo_entry *e;

	if (m->kind != WARD_SUDO_ALL && m->command == NULL) {
		return 0; /* an alias that isn't defined */
	}
	/* `sudo -l` gives nothing away but the rules. */
	if (m->command != NULL && strcmp(m->command->program, "list") == 0) {
		return 0;
	}
	if (o->entries != NULL) {
		e = &o->entries[--o->left];
		e->spec = o->spec;
		e->command = m->kind == WARD_SUDO_ALL ? NULL : m->command;
		e->negated = negated;
		e->digest = m->digest;
	}
	return ++o->count > ENTRIES_MAX ? 1 : 0;
}

/* Each alias as if its name were a command. */
static int
close_aliases(struct ward_sudoers *sudoers, struct ward_sudo_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct ward_sudo_member *m = &list->members[i];

		if (m->alias != NULL) {
			m->alias = NULL;
			m->kind = WARD_SUDO_COMMAND;
			m->command = ward_sudo_command(&sudoers->model,
			    m->name);
			if (m->command == NULL) {
				return WARD_ERR_NOMEM;
			}
		}
	}
	return 0;
}

static int
open_spec(struct ward_sudoers *sudoers, struct ward_sudo_spec *spec)
{
	struct ward_sudo_model *model = &sudoers->model;
	struct opening o = { .spec = spec };

	(void)ward_sudo_visit(model, &spec->commands, open_member, &o);
	if (o.count + sudoers->entry_count > ENTRIES_MAX) {
		if (close_aliases(sudoers, &spec->commands) != 0) {
			return WARD_ERR_NOMEM;
		}
		o.count = 0;
		(void)ward_sudo_visit(model, &spec->commands, open_member, &o);
	}
	o.left = o.count;
	o.entries = ward_pool_take(model->pool,
	    (o.count + 1) * sizeof(o.entries[0]));
	if (o.entries == NULL) {
		return WARD_ERR_NOMEM;
	}
	spec->entries = o.entries;
	spec->entry_count = o.count;
	sudoers->entry_count += o.count;
	o.count = 0;
	(void)ward_sudo_visit(model, &spec->commands, open_member, &o);
	return 0;
}

/* ---- what is shown ------------------------------------------------------ */

static const char *
member_prefix(const struct ward_sudo_member *m, bool groups)
{
	switch (m->kind) {
	case WARD_SUDO_GROUP:
	case WARD_SUDO_GID:
		return groups ? "" : "%";
	case WARD_SUDO_OTHER_GROUP:
		return "%:";
	case WARD_SUDO_NETGROUP:
		return "+";
	default:
		return "";
	}
}

static void
append_list(char *text, const struct ward_sudo_list *list, bool groups)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct ward_sudo_member *m = &list->members[i];

		if (!ward_sudo_append(text, i == 0 ? "" : ", ") ||
		    !ward_sudo_append(text, m->negated ? "!" : "") ||
		    !ward_sudo_append(text, member_prefix(m, groups)) ||
		    !ward_sudo_append(text, m->name)) {
			return;
		}
	}
}

static int
show_runas(struct ward_sudoers *sudoers, struct ward_sudo_spec *spec)
{
	char text[WARD_SUDO_SHOWN + 8] = "(";

	if (!spec->has_users && !spec->has_groups) {
		return 0;
	}
	append_list(text, &spec->users, false);
	if (spec->has_groups) {
		(void)ward_sudo_append(text, spec->has_users ? " : " : ":");
		append_list(text, &spec->groups, true);
	}
	(void)ward_sudo_append(text, ")");
	spec->runas = ward_pool_copy(sudoers->strings, text, strlen(text));
	return spec->runas == NULL ? WARD_ERR_NOMEM : 0;
}

/* "ALL, !/bin/su, !/bin/sh": what the same rule takes away again. */
static int
show_all(struct ward_sudoers *sudoers, struct ward_sudo_entry *entry)
{
	char text[WARD_SUDO_SHOWN + 8] = "ALL";
	const struct ward_sudo_spec *spec = entry->spec;
	size_t i = (size_t)(entry - spec->entries) + 1, looked = 0;

	if (entry->digest) {
		entry->text = "ALL with a digest";
		return 0;
	}
	for (; spec != NULL; spec = spec->next, i = 0) {
		for (; i < spec->entry_count && looked < LOOK_AHEAD; i++) {
			const struct ward_sudo_entry *e = &spec->entries[i];

			looked++;
			if (!e->negated || e->command == NULL) {
				continue;
			}
			if (entry->excess == WARD_REASON_NONE) {
				entry->excess = WARD_REASON_MINIMUM_NEGATION;
				entry->excess_detail = keep(sudoers,
				    e->command->text);
			}
			if (!ward_sudo_append(text, ", !") ||
			    !ward_sudo_append(text, e->command->text)) {
				looked = LOOK_AHEAD;
			}
		}
	}
	entry->text = keep(sudoers, text);
	return entry->text == NULL ||
		(entry->excess != WARD_REASON_NONE &&
		    entry->excess_detail == NULL) ?
	    WARD_ERR_NOMEM :
	    0;
}

static int
show_command(struct ward_sudoers *sudoers, struct ward_sudo_entry *entry,
    const struct ward_sudo_setting *setting)
{
	struct ward_sudo_command *c = entry->command;
	struct ward_sudo_command *program = c->any;

	if (!program->looked_at) {
		program->looked_at = true;
		program->writable = ward_sudo_is_writable(setting->root, c);
		program->script = ward_sudo_is_script(setting->root, c);
	}
	entry->text = keep(sudoers, c->text);
	entry->excess_detail = entry->text;
	entry->escapes = ward_sudo_escapes(c, false);
	entry->escapes_here = ward_sudo_escapes(c, true);
	if (ward_sudo_is_directory(c)) {
		entry->excess = WARD_REASON_MINIMUM_DIRECTORY;
	} else if (program->writable) {
		entry->excess = WARD_REASON_MINIMUM_WRITABLE;
	} else if (ward_sudo_has_wildcard(c)) {
		entry->excess = WARD_REASON_MINIMUM_WILDCARD;
	}
	return entry->text == NULL ? WARD_ERR_NOMEM : 0;
}

static int
show_spec(struct ward_sudoers *sudoers, struct ward_sudo_spec *spec,
    const struct ward_sudo_setting *setting)
{
	int rc = show_runas(sudoers, spec);

	for (size_t i = 0; i < spec->entry_count && rc == 0; i++) {
		struct ward_sudo_entry *e = &spec->entries[i];

		if (e->negated) {
			continue;
		}
		e->flags = ward_sudo_ask_bounds(sudoers, e->command)->flags;
		rc = e->command == NULL ? show_all(sudoers, e) :
					  show_command(sudoers, e, setting);
	}
	return rc;
}

int
ward_sudo_compile_entries(struct ward_sudoers *sudoers,
    struct ward_sudo_rule *rule, const struct ward_sudo_setting *setting)
{
	int rc = 0;

	for (struct ward_sudo_spec *s = rule->specs; s && rc == 0;
	     s = s->next) {
		rc = s->late ? 0 : open_spec(sudoers, s);
	}
	for (struct ward_sudo_spec *s = rule->specs; s && rc == 0;
	     s = s->next) {
		rc = show_spec(sudoers, s, setting);
	}
	return rc;
}
