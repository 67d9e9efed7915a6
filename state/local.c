/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "state/dirs.h"
#include "state/kept.h"
#include "state/local_file.h"
#include "state/local_groups.h"
#include "state/local_use.h"
#include "state/privileges.h"

#define PASSWD_FILE "/etc/passwd"
#define SHADOW_FILE "/etc/shadow"

struct ward_local {
	struct ward_account account;
	uint64_t password;
	uint64_t shadow_at; /* where its line was found, + 1 */
	char *field;        /* the password field; wiped */
	char *text;         /* name, home, shell, GECOS */
	const char *gecos;
	struct ward_path *paths; /* NULL: those of groups are all */
	struct ward_local_groups groups;
};

/* What is known while it is looked up. */
struct lookup {
	struct ward_state *state;
	const char *name, *shells, *groups;
	struct ward_marks marks;
	int64_t now; /* seconds */
	struct ward_local *local;
};

/* ---- passwd(5) ------------------------------------------------------------ */

/* Does the C library look into shadow(5) for a field like this? "x" and
 * "##name" are pam_unix(8)'s, "*NP*" is that of NIS+. */
static bool
is_shadowed(const struct passwd *passwd)
{
	const char *field = passwd->pw_passwd;

	return strcmp(field, "x") == 0 || strcmp(field, "*NP*") == 0 ||
	    (strncmp(field, "##", 2) == 0 &&
		strcmp(field + 2, passwd->pw_name) == 0);
}

/* A field of a line that is torn may hold a hash, and may be shown. */
static const char *
shown(const char *field)
{
	return ward_field_is_hash(field) ? "(a hash)" : field;
}

static int
keep_text(struct ward_local *local, const struct passwd *passwd)
{
	const char *const fields[] = { passwd->pw_name, shown(passwd->pw_dir),
		shown(passwd->pw_shell), shown(passwd->pw_gecos) };
	const char **const members[] = { &local->account.name,
		&local->account.home, &local->account.shell, &local->gecos };
	const size_t count = sizeof(fields) / sizeof(fields[0]);
	size_t size = 0, used = 0;

	for (size_t i = 0; i < count; i++) {
		size += strlen(fields[i]) + 1;
	}
	local->text = malloc(size);
	if (local->text == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (size_t i = 0; i < count; i++) {
		size = strlen(fields[i]) + 1;
		memcpy(local->text + used, fields[i], size);
		*members[i] = local->text + used;
		used += size;
	}
	return 0;
}

/* An empty shell is /bin/sh. No list: every shell is on it. */
static bool
is_listed(const char *shells, const char *shell)
{
	const char *path = *shell == '\0' ? "/bin/sh" : shell;

	return shells == NULL ||
	    (path[strcspn(path, " \t\n\v\f\r")] == '\0' &&
		ward_words_have(shells, path, strlen(path)));
}

static int
take_field(struct ward_local *local, const char *field)
{
	local->account.password = ward_password_field(field);
	local->password = ward_password_mark(field);
	local->field = strdup(field);
	return local->field == NULL ? WARD_ERR_NOMEM : 0;
}

static int
take_passwd(struct lookup *l, const struct passwd *passwd)
{
	struct ward_account *account = &l->local->account;

	*account = (struct ward_account){
		.uid = { true, passwd->pw_uid },
		.gid = { true, passwd->pw_gid },
		.entry = { PASSWD_FILE, 0 },
		.shadow = { PASSWD_FILE, 0 },
	};
	if (keep_text(l->local, passwd) != 0) {
		return WARD_ERR_NOMEM;
	}
	account->login_shell = ward_shell_is_login(account->shell);
	account->listed_shell = is_listed(l->shells, account->shell);
	return is_shadowed(passwd) ? 0 :
				     take_field(l->local, passwd->pw_passwd);
}

/* ---- shadow(5) ------------------------------------------------------------ */

/* Below zero means "not set" to pam_unix(8) and chage(1). */
static struct ward_optional
days(long number)
{
	return (struct ward_optional){ number >= 0, number < 0 ? 0 : number };
}

static int
take_shadow(struct ward_local *local, const struct spwd *shadow)
{
	struct ward_account *account = &local->account;

	account->has_shadow = true;
	account->changed = days(shadow->sp_lstchg);
	account->min_age = days(shadow->sp_min);
	account->max_age = days(shadow->sp_max);
	account->warning = days(shadow->sp_warn);
	account->inactive = days(shadow->sp_inact);
	account->expires = days(shadow->sp_expire);
	return take_field(local, shadow->sp_pwdp);
}

/* What the file does not tell stays not known; only one that others may write
 * is no file to log in by. */
static int
find_shadow(struct lookup *l, struct ward_error *err)
{
	struct ward_account *account = &l->local->account;
	struct ward_entry_line line = { .taken = false };
	int r = ward_entry_find_shadow(l->state, l->name, l->marks.shadow_at,
	    &line, err);

	account->shadow.file = SHADOW_FILE;
	if (r == 0 && line.taken) {
		r = take_shadow(l->local, &line.shadow);
		l->marks.shadow_at = line.at;
		l->local->shadow_at = line.at;
	} else if (r == 0) {
		account->shadow_why = line.dead ?
		    N_("the account's line in the file is torn") :
		    N_("the file has no line for the account");
	} else if (r == WARD_ERR_MISSING) {
		account->shadow_why = ward_why_missing;
	} else if (r == WARD_ERR_DENIED) {
		account->shadow_why = ward_why_denied;
	} else {
		return r;
	}
	ward_entry_free(&line);
	return r == WARD_ERR_NOMEM ? ward_error_set(err, r, "no memory") : 0;
}

/* ---- the whole ------------------------------------------------------------ */

/* Of uid 0, the groups', and as kept, in this order. */
static int
join_paths(struct ward_local *local, unsigned int kept)
{
	struct ward_account *account = &local->account;
	const size_t groups = local->groups.count;
	size_t count = 0;

	local->paths = calloc(groups + WARD_PATH_KIND_COUNT,
	    sizeof(*local->paths));
	if (local->paths == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (account->uid.value == 0) {
		local->paths[count++] = (struct ward_path){
			.kind = WARD_PATH_UID0,
			.detail = "uid 0",
			.source = account->entry
		};
	}
	for (size_t i = 0; i < groups; i++) {
		local->paths[count++] = local->groups.list[i];
	}
	for (unsigned int i = 0; i < WARD_PATH_KIND_COUNT; i++) {
		if ((kept & WARD_WAYS_KEPT & 1u << i) != 0) {
			local->paths[count++] = (struct ward_path){ .kind = i,
				.detail = N_(
				    "found by `acctward privileged --keep`"),
				.source = { WARD_PRIVILEGES_FILE, 0 } };
		}
	}
	account->paths = local->paths;
	account->path_count = count;
	return 0;
}

static int
find_paths(struct lookup *l, struct ward_error *err)
{
	struct ward_local *local = l->local;
	struct ward_account *account = &local->account;
	unsigned int kept = 0;
	int r = ward_local_groups_find(l->state, l->groups, l->name,
	    (uint32_t)account->gid.value, ward_origins_now(), &local->groups,
	    err);

	if (r == 0) {
		r = ward_privileges_find(l->state, l->name, &kept, err);
	}
	if (r != 0) {
		return r;
	}
	account->paths = local->groups.list;
	account->path_count = local->groups.count;
	if (account->uid.value == 0 || (kept & WARD_WAYS_KEPT) != 0) {
		r = join_paths(local, kept);
	}
	return r == 0 ? 0 : ward_error_set(err, r, "no memory");
}

static int
find_account(struct lookup *l, struct ward_error *err)
{
	struct ward_entry_line line = { .taken = false };
	bool shadowed;
	int r = 0;

	if (ward_entry_name_fits(l->name)) {
		r = ward_entry_find_passwd(l->state, l->name,
		    l->marks.passwd_at, &line, err);
	}
	if (r == 0 && !line.taken) {
		r = ward_error_set(err, WARD_ERR_MISSING,
		    "%s: no account has this name", PASSWD_FILE);
	}
	if (r != 0) {
		goto out;
	}
	l->marks.passwd_at = line.at;
	shadowed = is_shadowed(&line.passwd);
	r = take_passwd(l, &line.passwd);
	if (r != 0) {
		(void)ward_error_set(err, r, "no memory");
		goto out;
	}
	if (shadowed) {
		r = find_shadow(l, err);
	}
	if (r == 0) {
		r = find_paths(l, err);
	}
out:
	ward_entry_free(&line);
	return r;
}

int
ward_local_find(struct ward_state *state, const char *name,
    const struct ward_host *host, const char *shells, const char *groups,
    struct ward_marks *marks, struct ward_local **ret_local,
    struct ward_error *err)
{
	struct lookup l = { .state = state,
		.name = name,
		.shells = shells,
		.groups = groups == NULL ? "" : groups,
		.now = host->now.seconds != 0 ? host->now.seconds :
						(int64_t)time(NULL),
		.local = calloc(1, sizeof(*l.local)) };
	int r;

	if (l.local == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	if (marks != NULL) {
		l.marks = *marks;
	}
	r = find_account(&l, err);
	if (r != 0) {
		ward_local_free(l.local);
		return r;
	}
	ward_local_use_find(state, l.marks.last_use, l.now, &l.local->account);
	ward_local_revived_take(&l.local->account, l.marks.revived, l.now,
	    WARD_STATE_ACCOUNTS);
	if (marks != NULL) {
		*marks = l.marks;
	}
	*ret_local = l.local;
	return 0;
}

bool
ward_local_is_current(const struct ward_state *state,
    const struct ward_local *local)
{
	struct ward_entry_line line = { .taken = false };
	bool current;

	if (!local->account.has_shadow ||
	    ward_entry_find_shadow(state, local->account.name, local->shadow_at,
		&line, NULL) != 0) {
		return false;
	}
	current = line.taken && strcmp(line.shadow.sp_pwdp, local->field) == 0;
	ward_entry_free(&line);
	return current;
}

void
ward_local_free(struct ward_local *local)
{
	if (local == NULL) {
		return;
	}
	ward_local_groups_free(&local->groups);
	if (local->field != NULL) {
		explicit_bzero(local->field, strlen(local->field));
	}
	free(local->field);
	free(local->paths);
	free(local->text);
	free(local);
}

const struct ward_account *
ward_local_account(const struct ward_local *local)
{
	return &local->account;
}

const char *
ward_local_field(const struct ward_local *local)
{
	return local->field;
}

const char *
ward_local_gecos(const struct ward_local *local)
{
	return local->gecos;
}

uint64_t
ward_local_password(const struct ward_local *local)
{
	return local->password;
}
