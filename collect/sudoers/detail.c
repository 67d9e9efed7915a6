/* SPDX-License-Identifier: BSD-2-Clause */
/* How a command of a rule is shown, and what is wrong with it. */
#include <string.h>

#include "collect/sudoers/excess.h"
#include "collect/sudoers/ready.h"

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
	(void)ward_sudo_append(text, d->nopasswd ? " NOPASSWD:" : "");
	(void)ward_sudo_append(text, d->noexec ? " NOEXEC:" : "");
	(void)ward_sudo_append(text,
	    spec->setenv == WARD_SUDO_ON && !spec->has_all ? " SETENV:" : "");
	if (ward_sudo_append(text, " ") &&
	    ward_sudo_append(text, entry->text) && spec->rule->note != NULL) {
		(void)ward_sudo_append(text, spec->rule->note);
	}
	d->text = ward_pool_copy(sudoers->strings, text, strlen(text));
	return d->text == NULL ? WARD_ERR_NOMEM : 0;
}

static void
judge_excess(const struct ward_sudo_entry *entry, struct ward_sudo_detail *d)
{
	bool escapes = (entry->escapes & WARD_ESCAPE_WRITE) != 0 ||
	    ((entry->escapes & WARD_ESCAPE_SHELL) != 0 && !d->noexec);

	d->excess = entry->excess;
	if (escapes && entry->excess != WARD_REASON_MINIMUM_DIRECTORY) {
		d->excess = WARD_REASON_MINIMUM_ESCAPE;
	}
	d->excess_detail = d->excess == WARD_REASON_NONE ? NULL :
							   entry->excess_detail;
}

int
ward_sudo_find_detail(struct ward_sudoers *sudoers,
    struct ward_sudo_entry *entry, const struct ward_sudo_detail *like)
{
	struct ward_sudo_detail *d;

	for (d = entry->details; d != NULL; d = d->next) {
		if (d->nopasswd == like->nopasswd &&
		    d->noexec == like->noexec &&
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
	if (write_detail(sudoers, entry, d) != 0) {
		return WARD_ERR_NOMEM;
	}
	judge_excess(entry, d);
	d->next = entry->details;
	entry->details = d;
	entry->shown = d;
	return 0;
}
