/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/keys.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/grow.h"
#include "collect/base/lines.h"
#include "collect/base/pool.h"
#include "collect/base/strings.h"

#define DETAIL_SIZE 160
#define OWNERS_NAMED 8

static void
forget(struct ward_keys *keys)
{
	free(keys->home);
	keys->home = NULL;
	ward_pool_free(keys->pool);
	keys->pool = NULL;
	ward_strings_free(keys->owners);
	keys->owners = NULL;
	keys->owner_count = 0;
	keys->owner_names[0] = '\0';
	keys->count = 0;
	keys->known = false;
}

void
ward_keys_free(struct ward_keys *keys)
{
	forget(keys);
	free(keys->list);
	keys->list = NULL;
	keys->room = 0;
}

static void
name_owner(struct ward_keys *keys, const char *who, size_t size)
{
	size_t used = strlen(keys->owner_names);

	if (keys->owner_count > OWNERS_NAMED ||
	    used + 1 + size >= sizeof(keys->owner_names)) {
		return;
	}
	if (used > 0) {
		keys->owner_names[used++] = ' ';
	}
	memcpy(keys->owner_names + used, who, size);
	keys->owner_names[used + size] = '\0';
}

/* "wang@pc, my laptop": the comment's first word names who and where. */
static int
take_owner(struct ward_keys *keys, const char *comment)
{
	size_t size = strcspn(comment, "@ \t");
	size_t where = comment[size] == '@' ?
	    strcspn(comment + size + 1, "@ \t") :
	    0;
	char who[64];
	uint32_t before, index;
	int r;

	if (size == 0 || size >= sizeof(who) || where == 0) {
		return 0;
	}
	for (size_t i = 0; i < size; i++) {
		char c = comment[i];

		who[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	before = ward_strings_count(keys->owners);
	r = ward_strings_keep(keys->owners, who, size, &index);
	if (r == 0 && index == before) {
		keys->owner_count++;
		name_owner(keys, who, size);
	}
	return r;
}

static int
take_key(struct ward_keys *keys, const char *type, const char *comment,
    struct ward_source source)
{
	char detail[DETAIL_SIZE];
	struct ward_key *list;

	list = ward_grow(keys->list, keys->count, &keys->room, sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	keys->list = list;
	(void)snprintf(detail, sizeof(detail), "%s%s%s", type,
	    *comment == '\0' ? "" : " ", comment);
	list[keys->count] = (struct ward_key){ .source = source,
		.detail = ward_pool_copy(keys->pool, detail, strlen(detail)) };
	if (list[keys->count].detail == NULL) {
		return WARD_ERR_NOMEM;
	}
	keys->count++;
	return take_owner(keys, comment);
}

/* Takes the descriptor. */
static int
read_keys(struct ward_keys *keys, int fd, const char *path)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	size_t size = 0;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		const char *type, *comment;

		r = 0;
		size += line.size + 1;
		if (line.cut || size > WARD_KEYS_FILE_MAX + 1) {
			keys->known = false;
			break;
		}
		if (ward_key_parse(line.text, &type, &comment)) {
			r = take_key(keys, type, comment,
			    (struct ward_source){ path, line.number });
		}
	}
	ward_lines_free(lines);
	if (r == WARD_ERR_IO) {
		keys->known = false;
		r = 0;
	}
	return r;
}

static int
look_at(struct ward_keys *keys, const struct ward_root *root, const char *path)
{
	struct stat st = { .st_size = -1 };
	int fd, r;

	r = ward_root_open(root, path, &fd, NULL);
	if (r == WARD_ERR_MISSING) {
		return 0;
	}
	if (r != 0) {
		keys->known = false;
		return 0;
	}
	/* A file of /proc has no size, and to read it may do something: the
	 * user who made a link to it shall not have us do it. */
	if (fstat(fd, &st) != 0 || st.st_size <= 0 ||
	    st.st_size > (off_t)WARD_KEYS_FILE_MAX) {
		keys->known = keys->known && st.st_size == 0;
		(void)close(fd);
		return 0;
	}
	return read_keys(keys, fd, path);
}

/* Everything that a home with a .ssh needs, and most don't have one. */
static int
look_in(struct ward_keys *keys, const struct ward_root *root,
    const char *dot_ssh)
{
	static const char *const names[] = { "authorized_keys",
		"authorized_keys2" };
	size_t size = strlen(dot_ssh) + 32;
	int r;

	keys->pool = ward_pool_new();
	if (keys->pool == NULL) {
		return WARD_ERR_NOMEM;
	}
	r = ward_strings_new(&keys->owners);
	for (size_t i = 0; i < 2 && r == 0; i++) {
		char *path = ward_pool_take(keys->pool, size);

		if (path == NULL) {
			return WARD_ERR_NOMEM;
		}
		(void)snprintf(path, size, "%s/%s", dot_ssh, names[i]);
		r = look_at(keys, root, path);
	}
	return r;
}

static int
look_home(struct ward_keys *keys, const struct ward_root *root,
    const char *home)
{
	char dot_ssh[PATH_MAX];
	size_t size = strlen(home);
	struct stat st;
	int r;

	while (size > 0 && home[size - 1] == '/') {
		size--;
	}
	if (size + sizeof("/.ssh") > sizeof(dot_ssh)) {
		return 0;
	}
	memcpy(dot_ssh, home, size);
	memcpy(dot_ssh + size, "/.ssh", sizeof("/.ssh"));
	r = ward_root_stat(root, dot_ssh, &st, NULL);
	keys->known = r == 0 || r == WARD_ERR_MISSING;
	return r == 0 ? look_in(keys, root, dot_ssh) : 0;
}

int
ward_keys_look(struct ward_keys *keys, const struct ward_root *root,
    const char *home)
{
	int r = 0;

	/* Accounts of one home, or of none, stand together as often as not. */
	if (keys->home != NULL && strcmp(keys->home, home) == 0) {
		return 0;
	}
	forget(keys);
	if (*home == '/' || *home == '\0') {
		r = look_home(keys, root, home);
	}
	if (r == 0) {
		keys->home = strdup(home);
		r = keys->home == NULL ? WARD_ERR_NOMEM : 0;
	}
	return r;
}
