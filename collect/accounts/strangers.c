/* SPDX-License-Identifier: BSD-2-Clause */
/* Members of groups that are no accounts, and accounts of no group. */
#include <stdio.h>
#include <string.h>

#include "collect/accounts/fields.h"
#include "collect/accounts/group_state.h"

#define NAME_SHOWN 32 /* bytes of each, the group's too */
#define TEXT_MOST 200 /* bytes, but for how many more there are */

static void
append(struct ward_strangers *s, const char *before, const char *name)
{
	size_t used = strlen(s->text);

	name = ward_field_is_hash(name) ? "(a hash)" : name;
	(void)snprintf(s->text + used, sizeof(s->text) - used, "%s%.*s%s",
	    before, NAME_SHOWN, name, strlen(name) > NAME_SHOWN ? "..." : "");
}

void
ward_strangers_begin(struct ward_strangers *strangers, const char *group)
{
	strangers->group = group;
	strangers->text[0] = '\0';
	strangers->shown = strangers->more = 0;
}

/* Administrators most often stand among the members too. */
static bool
is_shown(const struct ward_strangers *s, const char *name)
{
	size_t size = strlen(name);
	const char *at = s->text;

	while ((at = strstr(at, name)) != NULL) {
		if (at - s->text > 1 && at[-1] == ' ' &&
		    (at[size] == ',' || at[size] == '\0')) {
			return true;
		}
		at++;
	}
	return false;
}

void
ward_strangers_add(struct ward_strangers *strangers, const char *name)
{
	struct ward_strangers *s = strangers;

	if (is_shown(s, name)) {
		return;
	}
	if (s->more > 0 ||
	    strlen(s->text) + strnlen(name, NAME_SHOWN) > TEXT_MOST) {
		s->more++;
		return;
	}
	if (s->shown == 0) {
		append(s, "", s->group);
	}
	append(s, s->shown == 0 ? ": " : ", ", name);
	s->shown++;
}

int
ward_strangers_tell(struct ward_strangers *strangers,
    struct ward_defects *defects, struct ward_source source)
{
	struct ward_strangers *s = strangers;
	size_t used = strlen(s->text);

	if (s->shown == 0) {
		return 0;
	}
	if (s->more > 0) {
		(void)snprintf(s->text + used, sizeof(s->text) - used,
		    " and %zu more", s->more);
	}
	return ward_defects_add(defects, WARD_REASON_WELLFORMED_NO_MEMBER, NULL,
	    source, s->text);
}

/* Most accounts have a group of their own, in the same order: *row is looked at
 * first. */
static bool
has_row(const struct ward_groups *groups, uint32_t gid, uint32_t *row)
{
	uint32_t at = *row;

	if (at >= groups->row_count || groups->rows[at].gid != gid) {
		at = ward_numbers_find(groups->row_by_gid, gid);
	}
	*row = at == WARD_TABLE_NONE ? *row : at + 1;
	return at != WARD_TABLE_NONE;
}

int
ward_groups_note_missing(struct ward_groups *groups)
{
	struct ward_accounts *accounts = groups->accounts;
	struct ward_faults faults;
	uint32_t row = 0;
	int r = 0;

	for (uint32_t i = 0; i < accounts->count && r == 0; i++) {
		const struct ward_entry *e = &accounts->list[i];

		if (has_row(groups, e->gid, &row)) {
			continue;
		}
		faults.count = 0;
		ward_faults_add(&faults, WARD_REASON_WELLFORMED_NO_GROUP, "%lu",
		    (unsigned long)e->gid);
		r = ward_notes_add(&accounts->notes, i, WARD_FILE_PASSWD,
		    e->line, &faults);
	}
	return r;
}
