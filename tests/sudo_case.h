/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A tree with a sudoers file, a user, and what is to be said of both: first
 * "! file:line KIND detail" for each defect, then "file:line path" for each
 * way to root, with " <EXCESS command>" behind it. File names begin below
 * /etc. Meant for the test programs that include it, once each.
 */
#ifndef WARD_TESTS_SUDO_CASE_H
#define WARD_TESTS_SUDO_CASE_H

#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/sudoers/sudoers.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* 2026-11-20T12:00:00+08:00 */
#define SUDO_NOW 1795147200

struct sudo_case {
	const char *what;
	const char *sudoers;
	const char *said;
	const char *user; /* NULL: wang */
	const char *host; /* NULL: web01.example.org; "": not known */
	struct ward_tree_file more[6];
	void (*prepare)(const char *tree); /* or NULL */
};

#define CASE(w, s, x) \
	{ \
		.what = (w), .sudoers = (s), .said = (x) \
	}
#define CASE_FOR(u, w, s, x) \
	{ \
		.what = (w), .sudoers = (s), .said = (x), .user = (u) \
	}
#define CASE_ON(h, w, s, x) \
	{ \
		.what = (w), .sudoers = (s), .said = (x), .host = (h) \
	}

/* The host's accounts. dba, and the group docker (998), amount to root. */
static const struct ward_sudo_user sudo_accounts[] = { { "root", 0, 0 },
	{ "wang", 1001, 1001 }, { "lee", 1002, 1002 }, { "dba", 1500, 1500 },
	{ "toor", 0, 0 }, { "chen", 1003, 1003 },
	{ "svc@include", 1004, 1004 } };

static const struct {
	const char *user, *group;
	uint32_t gid;
} sudo_members[] = { { "wang", "staff", 1001 }, { "wang", "ops", 200 },
	{ "root", "root", 0 }, { "root", "adm2", 2000 },
	{ "dba", "docker", 998 }, { "chen", "web", 3000 },
	{ "svc@include", "dom@include", 3001 } };

static bool
sudo_is_member(void *arg, const struct ward_sudo_user *user, const char *name,
    uint32_t gid)
{
	(void)arg;
	for (size_t i = 0; i < LENGTH(sudo_members); i++) {
		if (user->name != NULL &&
		    strcmp(sudo_members[i].user, user->name) == 0 &&
		    (name != NULL ? strcmp(sudo_members[i].group, name) == 0 :
				    sudo_members[i].gid == gid)) {
			return true;
		}
	}
	return false;
}

static bool
sudo_in_group(void *arg, const char *name, uint32_t gid)
{
	return sudo_is_member(NULL, arg, name, gid);
}

static bool
sudo_is_root_user(void *arg, const char *name, uint32_t uid)
{
	(void)arg;
	if (name != NULL) {
		return strcmp(name, "root") == 0 || strcmp(name, "dba") == 0 ||
		    strcmp(name, "toor") == 0;
	}
	return uid == 0 || uid == 1500;
}

static bool
sudo_is_root_group(void *arg, const char *name, uint32_t gid)
{
	(void)arg;
	if (name != NULL) {
		return strcmp(name, "root") == 0 || strcmp(name, "docker") == 0;
	}
	return gid == 0 || gid == 998;
}

static bool
sudo_account(void *arg, size_t i, struct ward_sudo_user *ret_user,
    bool *ret_root)
{
	if (i >= LENGTH(sudo_accounts)) {
		return false;
	}
	*ret_user = sudo_accounts[i];
	*ret_root = sudo_is_root_user(arg, ret_user->name, 0);
	return true;
}

/* Root with all ids, so that files can be given to anybody. */
static inline bool
sudo_is_root(void)
{
	FILE *map = fopen("/proc/self/uid_map", "r");
	char line[64] = "";

	if (map != NULL) {
		assert_non_null(fgets(line, sizeof(line), map));
		fclose(map);
	}
	return geteuid() == 0 && strstr(line, "4294967295") != NULL;
}

static const char *
sudo_reason(enum ward_reason_id reason)
{
	switch (reason) {
	case WARD_REASON_MINIMUM_ESCAPE:
		return "ESCAPE";
	case WARD_REASON_MINIMUM_WILDCARD:
		return "WILDCARD";
	case WARD_REASON_MINIMUM_NEGATION:
		return "NEGATION";
	case WARD_REASON_MINIMUM_DIRECTORY:
		return "DIRECTORY";
	case WARD_REASON_MINIMUM_WRITABLE:
		return "WRITABLE";
	case WARD_REASON_MINIMUM_SETENV:
		return "SETENV";
	case WARD_REASON_MINIMUM_READ:
		return "READ";
	case WARD_REASON_WELLFORMED_SUDOERS:
		return "LINE";
	case WARD_REASON_WELLFORMED_SUDOERS_FILE:
		return "FILE";
	case WARD_REASON_WELLFORMED_SUDOERS_OPEN:
		return "OPEN";
	default:
		return "?";
	}
}

static void
sudo_say_source(FILE *out, struct ward_source source)
{
	assert_non_null(source.file);
	assert_memory_equal(source.file, "/etc/", 5);
	fprintf(out, "%s:%u ", source.file + 5, source.line);
}

static void
sudo_say_path(FILE *out, const struct ward_path *path)
{
	assert_int_equal(path->kind, WARD_PATH_SUDO);
	sudo_say_source(out, path->source);
	fputs(path->detail, out);
	if (path->excess != WARD_REASON_NONE) {
		fprintf(out, " <%s %s>", sudo_reason(path->excess),
		    path->excess_detail);
	}
	fputc('\n', out);
}

static void
sudo_say_paths(FILE *out, struct ward_sudoers *sudoers, const char *name)
{
	struct ward_sudo_user user = { name, 1001, 1001 };
	struct ward_sudo_world world = { sudo_in_group, sudo_is_member,
		sudo_is_root_user, sudo_is_root_group, sudo_account, &user };
	struct ward_path *paths = NULL;
	size_t count = 0, room = 0, first;

	if (strcmp(name, "wang") != 0) {
		user.uid = user.gid = 1002;
	}
	for (size_t i = 0; i < LENGTH(sudo_accounts); i++) {
		if (strcmp(sudo_accounts[i].name, name) == 0) {
			user = sudo_accounts[i];
		}
	}
	assert_int_equal(ward_sudoers_paths(sudoers, &user, &world, &paths,
			     &count, &room),
	    0);
	/* The second time the same is said, behind the first. */
	first = count;
	assert_int_equal(ward_sudoers_paths(sudoers, &user, &world, &paths,
			     &count, &room),
	    0);
	assert_int_equal(count, first * 2);
	for (size_t i = 0; i < first; i++) {
		assert_ptr_equal(paths[i].detail, paths[first + i].detail);
		sudo_say_path(out, &paths[i]);
	}
	free(paths);
}

static void
sudo_say(FILE *out, const char *tree, const struct sudo_case *c)
{
	const char *host = c->host == NULL ? "web01.example.org" : c->host;
	struct ward_defects defects = { .pool = ward_pool_new() };
	struct ward_moment now = { SUDO_NOW, 480 };
	struct ward_sudoers *sudoers = NULL;
	struct ward_error err = { .text = "" };
	struct ward_root *root = NULL;
	int rc;

	assert_non_null(defects.pool);
	assert_int_equal(ward_root_new(tree, &root, &err), 0);
	rc = ward_sudoers_load(root, *host == '\0' ? NULL : host, now, &defects,
	    &sudoers, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(rc, 0);
	for (size_t i = 0; i < defects.count; i++) {
		assert_null(defects.list[i].name);
		fputs("! ", out);
		sudo_say_source(out, defects.list[i].source);
		fprintf(out, "%s %s\n", sudo_reason(defects.list[i].reason),
		    defects.list[i].detail);
	}
	sudo_say_paths(out, sudoers, c->user == NULL ? "wang" : c->user);
	ward_sudoers_free(sudoers);
	ward_root_free(root);
	ward_defects_free(&defects);
	ward_pool_free(defects.pool);
}

static void
sudo_expect(const struct sudo_case *c)
{
	char *tree = ward_tree_new(c->more), *said = NULL;
	size_t size = 0, fds = ward_open_fds();
	FILE *out = open_memstream(&said, &size);

	assert_non_null(out);
	if (c->sudoers != NULL) {
		ward_tree_put(tree, "/etc/sudoers", c->sudoers,
		    strlen(c->sudoers));
	}
	if (c->prepare != NULL) {
		c->prepare(tree);
	}
	sudo_say(out, tree, c);
	assert_int_equal(fclose(out), 0);
	if (strcmp(said, c->said) != 0) {
		print_error("case: %s\n", c->what);
	}
	assert_string_equal(said, c->said);
	assert_int_equal(ward_open_fds(), fds);
	free(said);
	ward_tree_remove(tree);
}

static void
sudo_expect_all(const struct sudo_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		sudo_expect(&cases[i]);
	}
}

#endif
