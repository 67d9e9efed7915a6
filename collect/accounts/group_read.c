/* SPDX-License-Identifier: BSD-2-Clause */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/accounts/fields.h"
#include "collect/accounts/group_state.h"
#include "collect/base/grow.h"

#define FIELDS 4
#define NO_GID 4294967295u

enum {
	NAME,
	PASSWORD,
	GID,
	MEMBERS
}; /* of group(5) */
enum {
	ADMINS = 2
}; /* of gshadow(5) */

struct reader {
	struct ward_groups *groups;
	struct ward_defects *defects;
	struct ward_faults faults;
	struct ward_strangers strangers; /* of the line */
	uint32_t account, row;           /* those that may well come next */
	enum ward_file file;
};

static struct ward_source
source_of(const struct reader *in, const struct ward_line *line)
{
	return (struct ward_source){ ward_file_path(in->file), line->number };
}

/* Split the line, once its bytes are looked at. False: there is nothing in it
 * for us, or it is one of nss_compat, which is a fault. */
static bool
begin_line(struct reader *in, const struct ward_line *line,
    struct ward_fields *ret_fields)
{
	struct ward_faults *faults = &in->faults;
	char *entry = ward_line_entry(line);

	faults->count = 0;
	ward_strangers_begin(&in->strangers, "");
	if (entry == NULL) {
		return false;
	}
	if (*entry == '+' || *entry == '-') {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_COMPAT, "%.*s",
		    (int)strcspn(entry, ":"), entry);
		return false;
	}
	ward_faults_bytes(faults, line, 0);
	ward_fields_split(entry, FIELDS, ret_fields);
	ward_faults_fields(faults, ret_fields->count, FIELDS);
	ward_strangers_begin(&in->strangers, ret_fields->list[NAME]);
	if (entry != line->text) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_NAME,
		    N_("a blank stands before the group name"));
	} else if (in->file == WARD_FILE_GROUP) {
		ward_faults_name(faults, ret_fields->list[NAME], true);
	}
	return true;
}

/* Whoever knows the password of a group makes himself a member: newgrp(1). */
static bool
has_password(const struct ward_fields *fields)
{
	return ward_password_field(fields->list[PASSWORD]).state ==
	    WARD_PASSWORD_USABLE;
}

static void
add_password(struct reader *in, const struct ward_kept *kept)
{
	const char *detail = kept->details[WARD_VIA_GROUP];

	ward_faults_add(&in->faults, WARD_REASON_SHARED_GROUP_PASSWORD,
	    detail != NULL ? "%.50s" :
			     NC_("detail", "%.50s (named by sudo rules)"),
	    detail != NULL ? detail : kept->name);
}

/* All that is wrong with the line. */
static int
tell(struct reader *in, const struct ward_line *line)
{
	struct ward_source source = source_of(in, line);
	int r = ward_faults_to_host(&in->faults, in->defects, NULL, source);

	if (r == 0 && in->groups->tell_strangers) {
		r = ward_strangers_tell(&in->strangers, in->defects, source);
	}
	return r;
}

/* Most groups are called like an account: then the name is there already, and
 * so is the place where its row stands. */
static int
name_row(struct reader *in, uint32_t index, const char *name,
    uint32_t *ret_first)
{
	struct ward_groups *groups = in->groups;
	struct ward_row *row = &groups->rows[index];
	size_t size = strlen(name);
	uint32_t account = ward_accounts_find_near(groups->accounts, name, size,
	    &in->account);
	uint32_t *there;

	if (account == WARD_TABLE_NONE) {
		row->name = ward_pool_copy(groups->row_pool, name, size);
		return row->name == NULL ?
		    WARD_ERR_NOMEM :
		    ward_table_put(groups->row_by_name, index, ret_first);
	}
	row->name = groups->accounts->list[account].name;
	there = &groups->row_by_account[account];
	if (*there == 0) {
		*there = index + 1;
	}
	*ret_first = *there - 1;
	return 0;
}

static uint32_t
find_row_by_name(const struct ward_groups *groups, const char *name)
{
	size_t size = strlen(name);
	uint32_t account = ward_accounts_find(groups->accounts, name, size);

	/* 0 - 1 is WARD_TABLE_NONE. */
	return account == WARD_TABLE_NONE ?
	    ward_table_find(groups->row_by_name, name, size) :
	    groups->row_by_account[account] - 1;
}

static void
add_unique(struct reader *in, enum ward_reason_id reason, uint32_t other)
{
	const struct ward_row *row = &in->groups->rows[other];

	ward_faults_add(&in->faults, reason, "%.40s (%s:%lu)", row->name,
	    ward_file_path(WARD_FILE_GROUP), (unsigned long)row->line);
}

/* Take the group into the rows, and see whether it is alone there. */
static int
add_row(struct reader *in, const char *name, uint32_t gid, uint32_t line)
{
	struct ward_groups *groups = in->groups;
	uint32_t index = groups->row_count, first, twin;
	struct ward_row *rows;
	int r;

	rows = ward_grow(groups->rows, index, &groups->row_room, sizeof(*rows));
	if (rows == NULL) {
		return WARD_ERR_NOMEM;
	}
	groups->rows = rows;
	rows[index] = (struct ward_row){ .gid = gid, .line = line };
	groups->row_count++;
	r = name_row(in, index, name, &twin);
	if (r == 0) {
		r = ward_numbers_put(groups->row_by_gid, gid, index, &first);
	}
	if (r != 0) {
		return r;
	}
	if (first != index) {
		add_unique(in, WARD_REASON_UNIQUE_GID, first);
	}
	if (twin != index) {
		groups->row_twice = true;
		add_unique(in, WARD_REASON_UNIQUE_GROUP, twin);
	}
	return 0;
}

/* Put the accounts of the list into the group, unless it is NONE: one that
 * doesn't matter. */
static int
add_members(struct reader *in, uint32_t group, uint32_t gid, enum ward_via via,
    uint32_t line, char *list)
{
	struct ward_groups *groups = in->groups;
	const char *name;

	while ((name = ward_field_member(&list)) != NULL) {
		uint32_t account = ward_accounts_find(groups->accounts, name,
		    strlen(name));
		struct ward_membership *members;

		if (account == WARD_TABLE_NONE) {
			ward_strangers_add(&in->strangers, name);
			continue;
		}
		if (ward_groups_note_user(groups, gid,
			groups->accounts->list[account].uid) != 0) {
			return WARD_ERR_NOMEM;
		}
		if (group == WARD_TABLE_NONE) {
			continue;
		}
		members = ward_grow(groups->members, groups->member_count,
		    &groups->member_room, sizeof(*members));
		if (members == NULL) {
			return WARD_ERR_NOMEM;
		}
		groups->members = members;
		members[groups->member_count++] = (struct ward_membership){
			.account = account,
			.group = group & 0x3fffffff,
			.via = via,
			.line = line
		};
	}
	return 0;
}

/*
 * Keep a group that matters, by its name or by its gid. If the gid matters
 * only from now on, an earlier group with that gid has been passed over.
 */
static int
keep(struct ward_groups *groups, const struct ward_fields *fields, uint32_t gid,
    uint32_t line, uint32_t *ret_group)
{
	const char *name = fields->list[NAME];
	bool root = false, named = ward_groups_name(groups, name, &root);
	uint32_t index = groups->kept_count, first;
	struct ward_gid *known = ward_groups_gid(groups, gid);
	struct ward_kept *kept;
	int r;

	if (!named && known == NULL) {
		*ret_group = WARD_TABLE_NONE;
		return 0;
	}
	first = ward_numbers_find(groups->row_by_gid, gid);
	if (known == NULL && groups->rows[first].line != line) {
		groups->again = true;
	}
	kept = ward_grow(groups->kept, index, &groups->kept_room,
	    sizeof(*kept));
	if (kept == NULL) {
		return WARD_ERR_NOMEM;
	}
	groups->kept = kept;
	kept[index] = (struct ward_kept){ .gid = gid,
		.line = line,
		.password = has_password(fields),
		.name = ward_pool_copy(groups->pool, name, strlen(name)) };
	if (kept[index].name == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = ward_groups_add_gid(groups, gid, root ? kept[index].name : NULL);
	if (r != 0) {
		return r;
	}
	*ret_group = groups->kept_count++;
	return 0;
}

static int
take_group(struct reader *in, const struct ward_line *line, bool second)
{
	struct ward_faults *faults = &in->faults;
	struct ward_groups *groups = in->groups;
	struct ward_fields fields = { .count = 0 };
	uint32_t gid = 0, group;
	int r = 0;

	if (!begin_line(in, line, &fields)) {
		return second ? 0 : tell(in, line);
	}
	if (fields.count > GID) {
		ward_faults_number(faults, WARD_REASON_WELLFORMED_GID,
		    fields.list[GID]);
	}
	if (ward_field_number(fields.list[GID], &gid) >= WARD_NUMBER_ODD) {
		if (gid == NO_GID) {
			ward_faults_add(faults, WARD_REASON_WELLFORMED_GID,
			    N_("4294967295, which means 'no group'"));
		}
		if (!second) {
			r = add_row(in, fields.list[NAME], gid, line->number);
		}
		if (r == 0) {
			r = keep(groups, &fields, gid, line->number, &group);
		}
		if (r == 0) {
			r = add_members(in, group, gid, WARD_VIA_GROUP,
			    line->number, fields.list[MEMBERS]);
		}
		if (r == 0 && has_password(&fields)) {
			r = ward_groups_note_user(groups, gid, WARD_ANY_USER);
		}
	}
	return r != 0 || second ? r : tell(in, line);
}

/* gshadow(5) is most often in the order of group(5). */
static uint32_t
find_row(struct reader *in, const char *name)
{
	const struct ward_groups *groups = in->groups;
	uint32_t row = in->row;

	if (groups->row_twice || row >= groups->row_count ||
	    strcmp(groups->rows[row].name, name) != 0) {
		row = find_row_by_name(groups, name);
	}
	in->row = row == WARD_TABLE_NONE ? in->row : row + 1;
	return row;
}

static int
take_gshadow(struct reader *in, const struct ward_line *line)
{
	struct ward_groups *groups = in->groups;
	struct ward_fields fields = { .count = 0 };
	const char *name;
	uint32_t row, group = WARD_TABLE_NONE, gid = NO_GID;
	int r = 0;

	if (!begin_line(in, line, &fields)) {
		goto out;
	}
	name = fields.list[NAME];
	row = find_row(in, name);
	if (row == WARD_TABLE_NONE) {
		ward_faults_add(&in->faults,
		    WARD_REASON_WELLFORMED_NO_GSHADOW_GROUP, "%s", name);
	} else {
		const struct ward_gid *g;

		gid = groups->rows[row].gid;
		g = ward_groups_gid(groups, gid);
		group = g == NULL ? group : g->first;
	}
	while (group != WARD_TABLE_NONE &&
	    strcmp(groups->kept[group].name, name) != 0) {
		group = groups->kept[group].next;
	}
	if (has_password(&fields)) {
		r = ward_groups_note_user(groups, gid, WARD_ANY_USER);
		if (group != WARD_TABLE_NONE) {
			add_password(in, &groups->kept[group]);
		}
	}
	if (group != WARD_TABLE_NONE &&
	    groups->kept[group].details[WARD_VIA_GROUP] == NULL) {
		group = WARD_TABLE_NONE; /* it only matters to a rule */
	}
	if (r == 0) {
		r = add_members(in, group, gid, WARD_VIA_ADMIN, line->number,
		    fields.list[ADMINS]);
	}
	if (r == 0) {
		r = add_members(in, group, gid, WARD_VIA_GSHADOW, line->number,
		    fields.list[MEMBERS]);
	}
out:
	return r != 0 ? r : tell(in, line);
}

static int
note_passwords(struct reader *in)
{
	const struct ward_groups *groups = in->groups;
	int r = 0;

	for (uint32_t i = 0; i < groups->kept_count && r == 0; i++) {
		const struct ward_kept *kept = &groups->kept[i];

		if (!kept->password) {
			continue;
		}
		in->faults.count = 0;
		add_password(in, kept);
		r = ward_faults_to_host(&in->faults, in->defects, NULL,
		    (struct ward_source){ ward_file_path(in->file),
			kept->line });
	}
	return r;
}

/* Takes the descriptor. */
static int
read_groups(struct reader *in, int fd, bool second)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		r = take_group(in, &line, second);
	}
	ward_lines_free(lines);
	return r;
}

int
ward_group_read(int fd, struct ward_groups *groups,
    struct ward_defects *defects)
{
	struct reader in = { .groups = groups,
		.defects = defects,
		.file = WARD_FILE_GROUP };
	int r, again;

	/* calloc(0) may be NULL without there being no memory. */
	groups->row_by_account = calloc((size_t)groups->accounts->count + 1,
	    sizeof(*groups->row_by_account));
	if (groups->row_by_account == NULL) {
		(void)close(fd);
		return WARD_ERR_NOMEM;
	}
	again = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	r = read_groups(&in, fd, false);
	if (r == 0 && groups->again) {
		groups->kept_count = groups->member_count = 0;
		groups->user_count = 0;
		if (again < 0 || lseek(again, 0, SEEK_SET) != 0) {
			r = WARD_ERR_IO;
		} else {
			r = read_groups(&in, again, true);
			again = -1;
		}
	}
	if (again >= 0) {
		(void)close(again);
	}
	if (r == 0) {
		r = ward_groups_link(groups);
	}
	if (r == 0) {
		r = note_passwords(&in);
	}
	return r != 0 ? r : ward_groups_note_missing(groups);
}

int
ward_gshadow_read(int fd, struct ward_groups *groups,
    struct ward_defects *defects)
{
	struct reader in = { .groups = groups,
		.defects = defects,
		.file = WARD_FILE_GSHADOW };
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		r = take_gshadow(&in, &line);
	}
	ward_lines_free(lines);
	return r;
}
