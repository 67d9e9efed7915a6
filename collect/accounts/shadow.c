/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/shadow.h"

#include <string.h>

#include "collect/accounts/fields.h"

#define FIELDS 9

enum {
	NAME,
	PASSWORD,
	CHANGED,
	MIN,
	MAX,
	WARNING,
	INACTIVE,
	EXPIRES,
	FLAG
};

static const char *const titles[FIELDS] = {
	[CHANGED] = N_("day of the last change"),
	[MIN] = N_("minimum age"),
	[MAX] = N_("maximum age"),
	[WARNING] = N_("warning period"),
	[INACTIVE] = N_("inactivity period"),
	[EXPIRES] = N_("day of expiry"),
	[FLAG] = N_("reserved field"),
};

struct reader {
	struct ward_accounts *accounts;
	struct ward_defects *defects;
	struct ward_faults faults;
	uint32_t hint;
};

/*
 * The parser of glibc takes number by number, and drops the line where there
 * is nothing left to take, even if the field is one that may be empty.
 */
static bool
is_there(const struct ward_fields *fields, size_t i)
{
	return i + 1 < fields->count ||
	    (i + 1 == fields->count && *fields->list[i] != '\0');
}

/*
 * Take field i as getspnam(3) does: cut to 32 bits with a sign, -1 where it is
 * empty. Below zero means "not set" to pam_unix(8) and chage(1). False: the
 * line is dropped.
 */
static bool
take_days(struct ward_faults *faults, const struct ward_fields *fields,
    size_t i, int32_t *ret_days)
{
	uint32_t number = UINT32_MAX;
	enum ward_number form = ward_field_number(fields->list[i], &number);

	if (!is_there(fields, i)) {
		return false;
	}
	if (form == WARD_NUMBER_DEAD ||
	    (form != WARD_NUMBER_EMPTY && number > INT32_MAX)) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_DATE, "%s",
		    titles[i]);
	}
	*ret_days = number > INT32_MAX ? WARD_AGING_EMPTY : (int32_t)number;
	return form != WARD_NUMBER_DEAD;
}

/* The flag, which nobody uses; the field may be left out. */
static bool
take_flag(struct ward_faults *faults, const struct ward_fields *fields)
{
	uint32_t flag;

	if (ward_field_number(fields->list[FLAG], &flag) != WARD_NUMBER_DEAD) {
		return true;
	}
	if (fields->count == FIELDS) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_DATE, "%s",
		    titles[FLAG]);
	}
	return false;
}

/* False: the line is dropped. All that is wrong is found all the same. */
static bool
take_numbers(struct ward_faults *faults, struct ward_fields *fields,
    struct ward_aging *ret_aging)
{
	struct ward_aging a = { .warning = WARD_AGING_EMPTY,
		.inactive = WARD_AGING_EMPTY,
		.expires = WARD_AGING_EMPTY };
	bool live = true;

	live = take_days(faults, fields, CHANGED, &a.changed) && live;
	live = take_days(faults, fields, MIN, &a.min_age) && live;
	live = take_days(faults, fields, MAX, &a.max_age) && live;
	fields->list[WARNING] += strspn(fields->list[WARNING], " \t\v\f\r");
	if (is_there(fields, WARNING)) {
		live = take_days(faults, fields, WARNING, &a.warning) && live;
		live = take_days(faults, fields, INACTIVE, &a.inactive) && live;
		live = take_days(faults, fields, EXPIRES, &a.expires) && live;
		live = take_flag(faults, fields) && live;
	}
	if (live) {
		*ret_aging = a;
	}
	return live;
}

/* The account's, or, if there is none, the host's. */
static int
note(struct reader *in, uint32_t account, const char *name, uint32_t line)
{
	const struct ward_source source = { ward_file_path(WARD_FILE_SHADOW),
		line };

	if (account != WARD_TABLE_NONE) {
		return ward_notes_add(&in->accounts->notes, account,
		    WARD_FILE_SHADOW, line, &in->faults);
	}
	ward_faults_add(&in->faults, WARD_REASON_WELLFORMED_NO_ACCOUNT, "%s",
	    "");
	return ward_faults_to_host(&in->faults, in->defects, name, source);
}

static int
take_compat(struct reader *in, const struct ward_line *line, char *entry)
{
	const struct ward_source source = { ward_file_path(WARD_FILE_SHADOW),
		line->number };

	ward_faults_add(&in->faults, WARD_REASON_WELLFORMED_COMPAT, "%.*s",
	    (int)strcspn(entry, ":"), entry);
	return ward_faults_to_host(&in->faults, in->defects, NULL, source);
}

static int
take_line(struct reader *in, const struct ward_line *line)
{
	struct ward_faults *faults = &in->faults;
	char *entry = ward_line_entry(line);
	struct ward_fields fields;
	struct ward_aging aging;
	uint32_t account;
	bool live;
	int r = 0;

	faults->count = 0;
	if (entry == NULL) {
		return 0;
	}
	if (*entry == '+' || *entry == '-') {
		return take_compat(in, line, entry);
	}
	ward_faults_bytes(faults, line, WARD_LINE_LONG);
	ward_fields_split(entry, FIELDS, &fields);
	ward_faults_fields(faults, fields.count, FIELDS);
	live = take_numbers(faults, &fields, &aging);
	account = ward_accounts_find_near(in->accounts, fields.list[NAME],
	    strlen(fields.list[NAME]), &in->hint);
	if (!live && account != WARD_TABLE_NONE) {
		in->accounts->list[account].shadow_dead = 1;
	} else if (account != WARD_TABLE_NONE) {
		if (in->accounts->aging[account].line != 0) {
			ward_faults_add(faults,
			    WARD_REASON_WELLFORMED_SHADOW_TWICE, "%s", "");
		} else {
			aging.line = line->number;
			r = ward_accounts_set_aging(in->accounts, account,
			    &aging, fields.list[PASSWORD]);
		}
	}
	return r != 0 ? r : note(in, account, fields.list[NAME], line->number);
}

/* Is there a line, though the C library drops it? What is wrong with it is
 * noted already. */
static bool
has_dead(const struct ward_accounts *accounts, uint32_t index)
{
	return accounts->list[ward_accounts_main(accounts, index)].shadow_dead;
}

/* Every account that looks into shadow(5) and finds nothing there. */
static int
note_missing(struct reader *in)
{
	struct ward_accounts *accounts = in->accounts;
	int r = 0;

	in->faults.count = 0;
	ward_faults_add(&in->faults, WARD_REASON_WELLFORMED_NO_SHADOW, "%s",
	    "");
	for (uint32_t i = 0; i < accounts->count && r == 0; i++) {
		if (accounts->list[i].shadowed &&
		    ward_accounts_aging(accounts, i) == NULL &&
		    !has_dead(accounts, i)) {
			r = ward_notes_add(&accounts->notes, i,
			    WARD_FILE_PASSWD, accounts->list[i].line,
			    &in->faults);
		}
	}
	return r;
}

int
ward_shadow_read(int fd, struct ward_accounts *accounts,
    struct ward_defects *defects)
{
	struct reader in = { .accounts = accounts, .defects = defects };
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	r = ward_accounts_want_aging(accounts);
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		r = take_line(&in, &line);
	}
	ward_lines_free(lines);
	if (r == 0) {
		r = ward_accounts_flush(accounts);
	}
	return r != 0 ? r : note_missing(&in);
}
