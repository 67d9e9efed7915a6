/* SPDX-License-Identifier: BSD-2-Clause */
/* How a command of a rule is shown, and what is wrong with it. */
#include <string.h>

#include "collect/sudoers/excess.h"
#include "collect/sudoers/ready.h"

#define TAG(option) ((uint32_t)1 << (option))

static const struct {
	uint32_t tag;
	bool on;
	bool limited; /* ALL has it anyway */
	const char *text;
} shown_tags[] = {
	{ TAG(WARD_SUDO_AUTHENTICATE), false, false, " NOPASSWD:" },
	{ TAG(WARD_SUDO_NOEXEC), true, false, " NOEXEC:" },
	{ TAG(WARD_SUDO_SETENV), true, true, " SETENV:" },
};

uint32_t
ward_sudo_tags(const struct ward_sudo_flags *flags)
{
	uint32_t tags = 0;

	for (size_t i = 0; i < WARD_SUDO_ENV_RESET; i++) {
		tags |= ward_sudo_is_on(flags, i) ? TAG(i) : 0;
	}
	for (size_t i = WARD_SUDO_ENV_SCRIPT; i <= WARD_SUDO_RUNCWD; i++) {
		tags |= ward_sudo_is_on(flags, i) ? TAG(i) : 0;
	}
	if (ward_sudo_is_on(flags, WARD_SUDO_SETENV) ||
	    ward_sudo_is_on(flags, WARD_SUDO_ENV_KEEP) ||
	    !ward_sudo_is_on(flags, WARD_SUDO_ENV_RESET)) {
		tags |= TAG(WARD_SUDO_ENV_KEEP);
	}
	return tags;
}

static int
write_detail(struct ward_sudoers *sudoers, const struct ward_sudo_entry *entry,
    struct ward_sudo_detail *d)
{
	const struct ward_sudo_spec *spec = entry->spec;
	char text[WARD_SUDO_SHOWN + 8] = "";

	if (spec->runas != NULL) {
		(void)ward_sudo_append(text, spec->runas);
	} else {
		(void)ward_sudo_append(text, "(");
		(void)ward_sudo_append(text, d->runas);
		(void)ward_sudo_append(text, ")");
	}
	for (size_t i = 0; i < sizeof(shown_tags) / sizeof(shown_tags[0]);
	     i++) {
		if (((d->tags & shown_tags[i].tag) != 0) == shown_tags[i].on &&
		    (entry->command != NULL || !shown_tags[i].limited)) {
			(void)ward_sudo_append(text, shown_tags[i].text);
		}
	}
	if (ward_sudo_append(text, " ") &&
	    ward_sudo_append(text, entry->text) && spec->rule->note != NULL) {
		(void)ward_sudo_append(text, spec->rule->note);
	}
	if (d->via != NULL && ward_sudo_append(text, ", and from ")) {
		(void)ward_sudo_append(text, d->via);
	}
	d->text = ward_pool_copy(sudoers->strings, text, strlen(text));
	return d->text == NULL ? WARD_ERR_NOMEM : 0;
}

/* The worst comes first: a path has one. */
static enum ward_reason_id
find_excess(const struct ward_sudo_entry *entry, uint32_t tags)
{
	unsigned int escapes = (tags & TAG(WARD_SUDO_RUNCWD)) != 0 ?
	    entry->escapes :
	    entry->escapes_here;
	uint32_t environment = TAG(WARD_SUDO_ENV_KEEP);
	bool runs = entry->command != NULL &&
	    strcmp(entry->command->program, "sudoedit") != 0;

	if ((tags & TAG(WARD_SUDO_NOEXEC)) != 0) {
		escapes &= ~(unsigned int)WARD_ESCAPE_SHELL;
	}
	if (entry->excess == WARD_REASON_MINIMUM_DIRECTORY) {
		return entry->excess;
	}
	if ((escapes & (WARD_ESCAPE_SHELL | WARD_ESCAPE_WRITE)) != 0) {
		return WARD_REASON_MINIMUM_ESCAPE;
	}
	if (entry->excess == WARD_REASON_MINIMUM_WRITABLE) {
		return entry->excess;
	}
	if (runs && entry->command->any->script) {
		environment |= TAG(WARD_SUDO_ENV_SCRIPT);
	}
	if (runs && (tags & environment) != 0) {
		return WARD_REASON_MINIMUM_SETENV;
	}
	if (entry->excess == WARD_REASON_NONE &&
	    (escapes & WARD_ESCAPE_READ) != 0) {
		return WARD_REASON_MINIMUM_READ;
	}
	return entry->excess;
}

int
ward_sudo_find_detail(struct ward_sudoers *sudoers,
    struct ward_sudo_entry *entry, const struct ward_sudo_detail *like)
{
	struct ward_sudo_detail *d;

	for (d = entry->details; d != NULL; d = d->next) {
		if (d->tags == like->tags && d->via == like->via &&
		    (entry->spec->runas != NULL ||
			strcmp(d->runas, like->runas) == 0)) {
			entry->shown = d;
			return 0;
		}
	}
	d = ward_pool_take(sudoers->model.pool, sizeof(*d));
	if (d == NULL) {
		return WARD_ERR_NOMEM;
	}
	*d = *like;
	d->nopasswd = (d->tags & TAG(WARD_SUDO_AUTHENTICATE)) == 0;
	if (write_detail(sudoers, entry, d) != 0) {
		return WARD_ERR_NOMEM;
	}
	d->excess = find_excess(entry, d->tags);
	d->excess_detail = d->excess == WARD_REASON_NONE ? NULL :
							   entry->excess_detail;
	d->next = entry->details;
	entry->details = d;
	entry->shown = d;
	return 0;
}
