/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/keys.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/base/grow.h"
#include "collect/base/lines.h"
#include "collect/base/pool.h"
#include "collect/base/strings.h"

#define DETAIL_SIZE 160
#define OPTIONS_SHOWN 60
#define OWNERS_NAMED 8

static void
forget(struct ward_keys *keys)
{
	ward_pool_free(keys->pool);
	keys->pool = NULL;
	ward_strings_free(keys->owners);
	keys->owners = NULL;
	keys->owner_count = 0;
	keys->owner_names[0] = '\0';
	keys->count = 0;
	keys->known = false;
	keys->unread = (struct ward_source){ .file = NULL };
	keys->unread_why[0] = '\0';
}

void
ward_keys_free(struct ward_keys *keys)
{
	forget(keys);
	free(keys->list);
	keys->list = NULL;
	keys->room = 0;
}

/* The keys are not known: say where, and why, unless that is said already. */
static void
lose(struct ward_keys *keys, const char *path, const char *why)
{
	keys->known = false;
	if (keys->unread_why[0] == '\0') {
		keys->unread = (struct ward_source){ path, 0 };
		(void)snprintf(keys->unread_why, sizeof(keys->unread_why), "%s",
		    why);
	}
}

static void
lose_by_errno(struct ward_keys *keys, const char *path)
{
	char why[WARD_HOME_WHY_SIZE];

	ward_home_why(why);
	lose(keys, path, why);
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

/* Names that systems give, and that tell nobody apart. */
static bool
is_nobodys(const char *who, size_t size)
{
	static const char *const names[] = { "root", "user", "admin", "ubuntu",
		"debian", "pi", "ec2-user" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == size &&
		    memcmp(names[i], who, size) == 0) {
			return true;
		}
	}
	return false;
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
	if (is_nobodys(who, size)) {
		return 0;
	}
	before = ward_strings_count(keys->owners);
	r = ward_strings_keep(keys->owners, who, size, &index);
	if (r == 0 && index == before) {
		keys->owner_count++;
		name_owner(keys, who, size);
	}
	return r;
}

/* The end of the option: a comma outside quotes. */
static const char *
option_end(const char *option)
{
	bool quoted = false;

	for (; *option != '\0' && (quoted || *option != ','); option++) {
		if (*option == '\\' && option[1] == '"') {
			option++;
		} else if (*option == '"') {
			quoted = !quoted;
		}
	}
	return option;
}

/* The options without what may be a secret: the value of a variable, and what
 * a command is given. */
static void
hide_values(const char *options, char *text, size_t size)
{
	size_t used = 0;

	*text = '\0';
	while (*options != '\0' && used < size) {
		const char *end = option_end(options);
		size_t shown = (size_t)(end - options);

		if (strncasecmp(options, "environment=", 12) == 0) {
			shown = 12;
		} else if (strncasecmp(options, "command=", 8) == 0) {
			shown = strcspn(options, " \t");
		}
		shown = shown < (size_t)(end - options) ?
		    shown :
		    (size_t)(end - options);
		used += (size_t)snprintf(text + used, size - used, "%.*s%s%s",
		    (int)shown, options, options + shown < end ? "..." : "",
		    *end == ',' ? "," : "");
		options = end + (*end == ',');
	}
}

/* So much of the options that it fits, and ends between characters. */
static size_t
shown_size(const char *options)
{
	size_t size = strlen(options);

	if (size <= OPTIONS_SHOWN) {
		return size;
	}
	size = OPTIONS_SHOWN;
	while (size > 0 && ((unsigned char)options[size] & 0xc0) == 0x80) {
		size--;
	}
	return size;
}

static int
take_key(struct ward_keys *keys, const struct ward_key_parts *key,
    struct ward_source source)
{
	char detail[DETAIL_SIZE], text[DETAIL_SIZE];
	struct ward_key *list;
	size_t options;

	list = ward_grow(keys->list, keys->count, &keys->room, sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	keys->list = list;
	hide_values(key->options, text, sizeof(text));
	options = shown_size(text);
	(void)snprintf(detail, sizeof(detail), "%.*s%s%s%s%s%s", (int)options,
	    text, text[options] == '\0' ? "" : "...", options == 0 ? "" : " ",
	    key->type, *key->comment == '\0' ? "" : " ", key->comment);
	list[keys->count] = (struct ward_key){ .source = source,
		.detail = ward_pool_copy(keys->pool, detail, strlen(detail)) };
	if (list[keys->count].detail == NULL) {
		return WARD_ERR_NOMEM;
	}
	keys->count++;
	return take_owner(keys, key->comment);
}

/* Takes the descriptor. */
static int
read_keys(struct ward_keys *keys, int fd, const char *path)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	char why[WARD_HOME_WHY_SIZE];
	size_t size = 0;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		struct ward_key_parts key;

		r = 0;
		size += line.size + 1;
		if (line.cut || size > WARD_KEYS_FILE_MAX + 1) {
			(void)snprintf(why, sizeof(why),
			    "larger than %zu bytes", WARD_KEYS_FILE_MAX);
			lose(keys, path, why);
			break;
		}
		if (ward_key_parse(line.text, &key)) {
			r = take_key(keys, &key,
			    (struct ward_source){ path, line.number });
		}
	}
	ward_lines_free(lines);
	if (r == WARD_ERR_IO) {
		lose_by_errno(keys, path);
		r = 0;
	}
	return r;
}

static int
look_at(struct ward_keys *keys, const struct ward_root *root, const char *path)
{
	char why[WARD_HOME_WHY_SIZE];
	int fd, r;

	r = ward_home_open(root, path, true, WARD_KEYS_FILE_MAX, &fd, why);
	if (r == 0) {
		return read_keys(keys, fd, path);
	}
	if (r != WARD_ERR_MISSING && r != WARD_ERR_UNSAFE) {
		lose(keys, path, why);
	}
	return 0;
}

static int
look_in(struct ward_keys *keys, const struct ward_root *root,
    const char *dot_ssh)
{
	static const char *const names[] = { "authorized_keys",
		"authorized_keys2" };
	size_t size = strlen(dot_ssh) + 32;
	int r;

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

/* Most homes have no .ssh: they cost no more than to see that. */
int
ward_keys_look(struct ward_keys *keys, const struct ward_root *root,
    const struct ward_home *home)
{
	char dot_ssh[PATH_MAX];
	const char *path;
	struct stat st;
	int r = 0;

	forget(keys);
	keys->known = home->state != WARD_HOME_UNKNOWN;
	if (keys->known && (home->names & 1u << WARD_HOME_SSH) == 0) {
		return 0;
	}
	if (!ward_home_path(home, WARD_HOME_SSH, dot_ssh, sizeof(dot_ssh))) {
		lose(keys, NULL, N_("the home's name is too long"));
		return 0;
	}
	keys->pool = ward_pool_new();
	path = keys->pool == NULL ?
	    NULL :
	    ward_pool_copy(keys->pool, dot_ssh, strlen(dot_ssh));
	if (path == NULL) {
		return WARD_ERR_NOMEM;
	}
	errno = home->error;
	if (keys->known) {
		r = ward_root_stat(root, path, &st, NULL);
	}
	if (!keys->known || (r != 0 && r != WARD_ERR_MISSING)) {
		lose_by_errno(keys, path);
		return 0;
	}
	return r == 0 ? look_in(keys, root, path) : 0;
}
