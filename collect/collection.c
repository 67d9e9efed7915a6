/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/collection.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/lines.h"
#include "collect/accounts/passwd.h"
#include "collect/accounts/shadow.h"

#define LARGE_FILE_MAX ((int64_t)1 << 30)
#define SMALL_FILE_MAX ((int64_t)1 << 20)

static int
read_hostname(struct ward_collection *c, int fd)
{
	static const char blanks[] = " \t\r";
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (
	    c->host_name == NULL && (r = ward_lines_next(lines, &line)) > 0) {
		char *name = line.text + strspn(line.text, blanks);
		size_t size = strcspn(name, blanks);

		if (size > 0 && size <= HOST_NAME_MAX && *name != '#') {
			c->host_name = ward_pool_copy(c->pool, name, size);
			r = c->host_name == NULL ? WARD_ERR_NOMEM : 0;
		}
		if (r < 0) {
			break;
		}
	}
	ward_lines_free(lines);
	return r < 0 ? r : 0;
}

static int
read_logindefs(struct ward_collection *c, int fd)
{
	return ward_logindefs_read(fd, &c->logindefs);
}

static int
read_shells(struct ward_collection *c, int fd)
{
	int r = ward_strings_new(&c->shells);

	if (r != 0) {
		(void)close(fd);
		return r;
	}
	return ward_shells_read(fd, c->shells);
}

static int
read_nsswitch(struct ward_collection *c, int fd)
{
	return ward_nsswitch_read(fd, c->pool, &c->nsswitch);
}

static int
read_passwd(struct ward_collection *c, int fd)
{
	return ward_passwd_read(fd, c->accounts, &c->defects);
}

static int
read_group(struct ward_collection *c, int fd)
{
	c->has_groups = true;
	return ward_group_read(fd, c->groups, &c->defects);
}

static int
read_gshadow(struct ward_collection *c, int fd)
{
	if (!c->has_groups) {
		(void)close(fd);
		return 0;
	}
	return ward_gshadow_read(fd, c->groups, &c->defects);
}

static int
read_shadow(struct ward_collection *c, int fd)
{
	return ward_shadow_read(fd, c->accounts, &c->defects);
}

static int
read_wtmp(struct ward_collection *c, int fd)
{
	return ward_wtmp_read(fd, WARD_FILE_WTMP, &c->lastuse);
}

static int
read_wtmp_1(struct ward_collection *c, int fd)
{
	return ward_wtmp_read(fd, WARD_FILE_WTMP_1, &c->lastuse);
}

static int
read_lastlog(struct ward_collection *c, int fd)
{
	c->has_lastlog = true;
	return ward_lastlog_read(fd, c->logindefs.lastlog_max, &c->lastuse);
}

static int
read_btmp(struct ward_collection *c, int fd)
{
	return ward_failures_read(fd, WARD_FILE_BTMP, &c->lastuse,
	    &c->failures);
}

static int
read_btmp_1(struct ward_collection *c, int fd)
{
	return ward_failures_read(fd, WARD_FILE_BTMP_1, &c->lastuse,
	    &c->failures);
}

/* How large the file may be: one that is larger has no more entries, but holes.
 * Whoever reads those of /var/log sees to it himself. */
static int64_t
size_limit(const char *path)
{
	static const char *const large[] = { "/etc/passwd", "/etc/shadow",
		"/etc/group", "/etc/gshadow" };

	if (strncmp(path, "/var/log/", 9) == 0) {
		return INT64_MAX;
	}
	for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++) {
		if (strcmp(path, large[i]) == 0) {
			return LARGE_FILE_MAX;
		}
	}
	return SMALL_FILE_MAX;
}

static void
tell_progress(const struct ward_collection *c, const char *path)
{
	if (c->progress != NULL) {
		c->progress(c->progress_arg, path, 0);
	}
}

/* Open the file, if there is one, and have it read. */
static int
read_file(struct ward_collection *c, const char *path,
    int (*read_it)(struct ward_collection *c, int fd), struct ward_error *err)
{
	const int64_t limit = size_limit(path);
	struct stat st;
	int fd, r;

	tell_progress(c, path);
	r = ward_root_open(c->root, path, &fd, err);
	if (r != 0) {
		return r;
	}
	if (fstat(fd, &st) == 0 && (int64_t)st.st_size > limit) {
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_RANGE,
		    "%s: larger than %lld bytes", path, (long long)limit);
	}
	r = read_it(c, fd);
	if (r == WARD_ERR_NOMEM) {
		return ward_error_set(err, r, "out of memory");
	}
	return r == 0 ? 0 :
			ward_error_set(err, r, "%s: %s", path, strerror(errno));
}

static int
read_if_there(struct ward_collection *c, const char *path,
    int (*read_it)(struct ward_collection *c, int fd), struct ward_error *err)
{
	int r = read_file(c, path, read_it, err);

	return r == WARD_ERR_MISSING ? 0 : r;
}

static void
lose_failures(struct ward_failures *failures, enum ward_file file, int r)
{
	failures->lost = true;
	failures->lacking = file;
	failures->why = r == WARD_ERR_MISSING ? ward_why_missing :
	    r == WARD_ERR_UNSAFE              ? N_("not a regular file") :
	    errno == EACCES || errno == EPERM ? ward_why_denied :
						N_("the file can't be read");
}

/* Where no such file is there, nobody writes one: what can't be read leaves its
 * facts not known, and no more. */
static int
read_failures(struct ward_collection *c, struct ward_error *err)
{
	int r = read_file(c, "/var/log/btmp.1", read_btmp_1, err);

	if (r != 0 && r != WARD_ERR_NOMEM && r != WARD_ERR_MISSING) {
		lose_failures(&c->failures, WARD_FILE_BTMP_1, r);
	}
	if (r != WARD_ERR_NOMEM) {
		r = read_file(c, "/var/log/btmp", read_btmp, err);
	}
	if (r != 0 && r != WARD_ERR_NOMEM) {
		lose_failures(&c->failures, WARD_FILE_BTMP, r);
	}
	c->failures.known = r == 0 && !c->failures.lost;
	return r == WARD_ERR_NOMEM ? r : 0;
}

/* Without an account there is nothing to judge, and nothing that passes. */
static int
read_accounts(struct ward_collection *c, struct ward_error *err)
{
	int r = read_file(c, "/etc/passwd", read_passwd, err);

	return r != 0 || c->accounts->count > 0 ?
	    r :
	    ward_error_set(err, WARD_ERR_MISSING,
		"/etc/passwd: no account in it");
}

static int
find_host_name(struct ward_collection *c, struct ward_error *err)
{
	char name[HOST_NAME_MAX + 1] = "";

	if (!ward_root_is_running(c->root)) {
		return read_if_there(c, "/etc/hostname", read_hostname, err);
	}
	if (gethostname(name, sizeof(name) - 1) != 0 || *name == '\0') {
		return 0;
	}
	c->host_name = ward_pool_copy(c->pool, name, strlen(name));
	return c->host_name != NULL ?
	    0 :
	    ward_error_set(err, WARD_ERR_NOMEM, "out of memory");
}

static int
read_sudoers(struct ward_collection *c, struct ward_moment now,
    struct ward_error *err)
{
	tell_progress(c, "/etc/sudoers");
	return ward_sudoers_load(c->root, c->host_name, now, &c->defects,
	    &c->sudoers, err);
}

/* Which groups matter: those that amount to root, and those of sudo's and doas'
 * rules. */
static int
want_groups(struct ward_collection *c)
{
	const char *name;
	uint32_t gid;
	int r;

	if (c->nsswitch.users == NULL) {
		ward_groups_tell_strangers(c->groups);
	}
	r = ward_groups_want_words(c->groups, c->root_groups);
	for (size_t i = 0;
	     r == 0 && ward_sudoers_group(c->sudoers, i, &name, &gid); i++) {
		r = ward_groups_want(c->groups, name, gid);
	}
	return r != 0 ? r : ward_doas_want_groups(c->doas, c->groups);
}

/* NULL stays NULL. */
static int
keep_text(struct ward_collection *c, const char *text, const char **ret_text)
{
	if (text == NULL) {
		return 0;
	}
	*ret_text = ward_pool_copy(c->pool, text, strlen(text));
	return *ret_text == NULL ? WARD_ERR_NOMEM : 0;
}

static int
make(struct ward_collection *c, const struct ward_collect_options *options)
{
	int r;

	c->pool = ward_pool_new();
	if (c->pool == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = keep_text(c,
	    options->root_groups == NULL ? "" : options->root_groups,
	    &c->root_groups);
	if (r == 0) {
		r = keep_text(c, options->root, &c->root_path);
	}
	if (r == 0) {
		r = keep_text(c, options->door_plan, &c->door_plan);
	}
	if (r != 0) {
		return r;
	}
	c->defects.pool = c->pool;
	c->logindefs = ward_logindefs_default();
	r = ward_accounts_new(&c->accounts);
	return r != 0 ? r : ward_groups_new(c->accounts, &c->groups);
}

/* The sources, in the order in which one needs another. What only some of
 * them need is dropped on the way, to keep the peak low. */
static int
read_all(struct ward_collection *c, const struct ward_collect_options *options,
    struct ward_error *err)
{
	int r;

	c->progress = options->progress;
	c->progress_arg = options->progress_arg;
	c->add = options->add;
	c->add_arg = options->add_arg;
	c->accounts->marked = options->add != NULL;
	if ((r = find_host_name(c, err)) != 0 ||
	    (r = read_if_there(c, "/etc/login.defs", read_logindefs, err)) !=
		0 ||
	    (r = read_if_there(c, "/etc/shells", read_shells, err)) != 0 ||
	    (r = read_if_there(c, "/etc/nsswitch.conf", read_nsswitch, err)) !=
		0 ||
	    (r = read_accounts(c, err)) != 0 ||
	    (r = read_sudoers(c, options->now, err)) != 0) {
		return r;
	}
	tell_progress(c, "/etc/doas.conf");
	r = ward_doas_load(c->root, &c->defects, &c->doas);
	if (r == 0) {
		r = want_groups(c);
	}
	if (r != 0) {
		return ward_error_set(err, r, "out of memory");
	}
	if ((r = read_if_there(c, "/etc/group", read_group, err)) != 0 ||
	    (r = read_if_there(c, "/etc/gshadow", read_gshadow, err)) != 0) {
		return r;
	}
	ward_groups_settle(c->groups);
	ward_doas_settle(c->doas, c->accounts, c->groups);
	r = ward_collection_tell_elsewhere(c);
	if (r == 0) {
		r = ward_trust_tell_host(c->root, &c->defects);
	}
	if (r == 0) {
		r = ward_autofs_load(&c->autofs, c->root, c->pool);
	}
	if (r != 0) {
		return ward_error_set(err, r, "out of memory");
	}
	if ((r = read_if_there(c, "/etc/shadow", read_shadow, err)) != 0) {
		return r;
	}
	ward_accounts_settle(c->accounts);
	c->lastuse = ward_lastuse_into(c->accounts, &c->defects,
	    options->now.seconds);
	if ((r = read_if_there(c, "/var/log/wtmp.1", read_wtmp_1, err)) != 0 ||
	    (r = read_if_there(c, "/var/log/wtmp", read_wtmp, err)) != 0) {
		return r;
	}
	r = read_if_there(c, "/var/log/lastlog", read_lastlog, err);
	return r != 0 ? r : read_failures(c, err);
}

int
ward_collect(const struct ward_collect_options *options,
    struct ward_collection **ret_collection, struct ward_error *err)
{
	struct ward_collection *c = calloc(1, sizeof(*c));
	int r;

	if (c == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "out of memory");
	}
	r = ward_root_new(options->root, &c->root, err);
	if (r != 0) {
		goto out;
	}
	r = make(c, options);
	if (r == 0 && options->try_words) {
		r = ward_guesser_new(options->progress, options->progress_arg,
		    &c->accounts->guesser);
	}
	if (r != 0) {
		r = ward_error_set(err, r,
		    r == WARD_ERR_NOMEM ? "out of memory" :
					  N_("no randomness"));
		goto out;
	}
	r = read_all(c, options, err);
	if (r != 0) {
		goto out;
	}
	c->host = (struct ward_host){ .now = options->now,
		.name = c->host_name == NULL ? "unknown" : c->host_name,
		.uid_min = c->logindefs.uid_min,
		.uid_max = c->logindefs.uid_max,
		.words_tried = options->try_words,
		.door_plan = c->door_plan };
	*ret_collection = c;
	c = NULL;
out:
	ward_collection_free(c);
	return r;
}

void
ward_collection_free(struct ward_collection *collection)
{
	struct ward_collection *c = collection;

	if (c == NULL) {
		return;
	}
	ward_failures_free(&c->failures);
	ward_autofs_free(&c->autofs);
	ward_home_free(&c->at_home);
	ward_keys_free(&c->keys);
	free(c->home);
	free(c->paths);
	free(c->own_defects);
	ward_sudoers_free(c->sudoers);
	ward_doas_free(c->doas);
	ward_groups_free(c->groups);
	ward_accounts_free(c->accounts);
	ward_strings_free(c->shells);
	ward_defects_free(&c->defects);
	ward_pool_free(c->pool);
	ward_root_free(c->root);
	free(c);
}

const struct ward_host *
ward_collection_host(const struct ward_collection *collection)
{
	return &collection->host;
}
