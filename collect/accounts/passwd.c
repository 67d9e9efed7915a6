/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/passwd.h"

#include <stdio.h>
#include <string.h>

#include "collect/accounts/fields.h"

#define FIELDS 7
#define NO_UID 4294967295u /* (uid_t)-1: "leave it as it is" to chown(2) */
#define NO_UID_16 65535u   /* the same where a uid has 16 bits */

enum {
	NAME,
	PASSWORD,
	UID,
	GID,
	GECOS,
	HOME,
	SHELL
};

struct reader {
	struct ward_accounts *accounts;
	struct ward_defects *defects;
	struct ward_faults faults;
	char name[32]; /* in place of one that is not to be shown */
};

static struct ward_source
source_of(const struct ward_line *line)
{
	return (struct ward_source){ ward_file_path(WARD_FILE_PASSWD),
		line->number };
}

/* Lines of nss_compat: "+", "-bob", "+@admins::::::". The C library's plain
 * reader knows no such account. */
static int
take_compat(struct reader *in, const struct ward_line *line, char *entry)
{
	in->faults.count = 0;
	ward_faults_add(&in->faults, WARD_REASON_WELLFORMED_COMPAT, "%.*s",
	    (int)strcspn(entry, ":"), entry);
	return ward_faults_to_host(&in->faults, in->defects, NULL,
	    source_of(line));
}

static void
check_path(struct ward_faults *faults, const char *path, const char *what)
{
	if (*path != '\0' && *path != '/') {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_PATH, "%s",
		    what);
	}
}

static void
check_live(struct ward_faults *faults, const struct ward_fields *fields,
    const struct ward_passwd_line *passwd)
{
	if (passwd->uid == NO_UID || passwd->uid == NO_UID_16) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_UID_RESERVED,
		    "%lu", (unsigned long)passwd->uid);
	}
	check_path(faults, passwd->home, N_("home directory"));
	check_path(faults, fields->list[SHELL], "shell");
}

/* What is kept of the line may be shown. */
static void
hide_hashes(struct reader *in, struct ward_passwd_line *passwd)
{
	if (ward_field_is_hash(passwd->name)) {
		(void)snprintf(in->name, sizeof(in->name), "(a hash, line %lu)",
		    (unsigned long)passwd->line);
		passwd->name = in->name;
	}
	if (ward_field_is_hash(passwd->home)) {
		passwd->home = "(a hash)";
	}
	if (ward_field_is_hash(passwd->shell)) {
		passwd->shell = "(a hash)";
	}
}

/* Does the field hold, or may it hold, what belongs into shadow(5)? */
static bool
tells_password(const struct ward_entry *e)
{
	return !e->shadowed &&
	    (e->strange || e->state == WARD_PASSWORD_USABLE ||
		e->state == WARD_PASSWORD_LOCKED);
}

static int
take_live(struct reader *in, const struct ward_line *line,
    const struct ward_passwd_line *passwd)
{
	uint32_t index;
	int r;

	r = ward_accounts_add(in->accounts, passwd, &index);
	if (r != 0) {
		return r;
	}
	if (tells_password(&in->accounts->list[index])) {
		ward_faults_add(&in->faults,
		    WARD_REASON_WELLFORMED_HASH_IN_PASSWD, "%s", "");
	}
	return ward_notes_add(&in->accounts->notes, index, WARD_FILE_PASSWD,
	    line->number, &in->faults);
}

static int
take_line(struct reader *in, const struct ward_line *line)
{
	struct ward_faults *faults = &in->faults;
	struct ward_passwd_line passwd = { .line = line->number };
	char *entry = ward_line_entry(line);
	struct ward_fields fields;
	enum ward_number uid, gid;

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
	if (entry != line->text) {
		ward_faults_add(faults, WARD_REASON_WELLFORMED_NAME,
		    N_("a blank stands before it"));
	} else {
		ward_faults_name(faults, fields.list[NAME], false);
	}
	uid = ward_field_number(fields.list[UID], &passwd.uid);
	gid = ward_field_number(fields.list[GID], &passwd.gid);
	if (fields.count > UID) {
		ward_faults_number(faults, WARD_REASON_WELLFORMED_UID,
		    fields.list[UID]);
	}
	if (fields.count > GID) {
		ward_faults_number(faults, WARD_REASON_WELLFORMED_GID,
		    fields.list[GID]);
	}
	if (uid < WARD_NUMBER_ODD || gid < WARD_NUMBER_ODD) {
		return ward_faults_to_host(faults, in->defects,
		    fields.list[NAME], source_of(line));
	}
	passwd.name = fields.list[NAME];
	passwd.password = fields.list[PASSWORD];
	passwd.comment = fields.list[GECOS];
	passwd.home = fields.list[HOME];
	passwd.shell = fields.list[SHELL];
	check_live(faults, &fields, &passwd);
	hide_hashes(in, &passwd);
	return take_live(in, line, &passwd);
}

int
ward_passwd_read(int fd, struct ward_accounts *accounts,
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
	while ((r = ward_lines_next(lines, &line)) > 0) {
		r = take_line(&in, &line);
		if (r != 0) {
			break;
		}
	}
	ward_lines_free(lines);
	return r != 0 ? r : ward_accounts_flush(accounts);
}
