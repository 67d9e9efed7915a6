/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of modules, as the modules themselves read them. */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/grow.h"
#include "collect/base/lines.h"
#include "collect/pam/modules.h"

#define LINE_SIZE 1023 /* their buffer, without its NUL */

struct reader {
	struct ward_pool *pool;
	struct ward_pam_conf *conf;
	struct ward_pam_setting *list;
	uint32_t room;
};

static bool
is_space(char c)
{
	return isspace((unsigned char)c) != 0;
}

/* It does not fit into their buffer, or seems so to them, as it holds a NUL. */
static bool
is_torn(const struct ward_line *line)
{
	size_t seen = strlen(line->text);

	if (line->cut || line->size + line->whole > LINE_SIZE ||
	    (!line->whole && line->size == LINE_SIZE)) {
		return true;
	}
	return line->whole && seen > 0 && seen < line->size;
}

/* "name value", "name = value" and "name=value"; *ret_value is empty where
 * there is none. NULL: the line says nothing. */
static char *
split(char *text, char **ret_value)
{
	char *at, *name, *end;
	bool equals = false;

	text[strcspn(text, "#")] = '\0';
	end = text + strlen(text);
	while (end > text && is_space(end[-1])) {
		end--;
	}
	*end = '\0';
	for (name = text; is_space(*name); name++) {
	}
	if (*name == '\0') {
		return NULL;
	}
	for (at = name; *at != '\0' && !is_space(*at) && *at != '='; at++) {
	}
	if (*at != '\0') {
		equals = *at == '=';
		*at++ = '\0';
	}
	for (; is_space(*at) || (*at == '=' && !equals); at++) {
		equals = equals || *at == '=';
	}
	*ret_value = at;
	return name;
}

static int
add_setting(struct reader *r, const char *name, const char *value,
    uint32_t line)
{
	struct ward_pam_setting *more = ward_grow(r->list, r->conf->count,
	    &r->room, sizeof(*more));

	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	r->list = more;
	more += r->conf->count;
	more->name = ward_pool_copy(r->pool, name, strlen(name));
	more->value = ward_pool_copy(r->pool, value, strlen(value));
	more->line = line;
	if (more->name == NULL || more->value == NULL) {
		return WARD_ERR_NOMEM;
	}
	r->conf->count++;
	return 0;
}

static int
read_lines(struct reader *r, struct ward_lines *lines)
{
	struct ward_line line;
	int got;

	while ((got = ward_lines_next(lines, &line)) > 0) {
		char *value, *name;

		if (is_torn(&line)) {
			r->conf->torn = line.number;
			return 0;
		}
		name = split(line.text, &value);
		if (name != NULL &&
		    add_setting(r, name, value, line.number) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	if (got == WARD_ERR_IO) {
		r->conf->state = WARD_PAM_CONF_ODD;
		got = 0;
	}
	return got;
}

static int
keep_settings(struct reader *r)
{
	size_t size = r->conf->count * sizeof(*r->list);
	struct ward_pam_setting *kept = ward_pool_take(r->pool, size + 1);

	if (kept == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (size > 0) {
		memcpy(kept, r->list, size);
	}
	r->conf->settings = kept;
	return 0;
}

/* A directory can be opened, and has no lines. */
static int
state_of(const struct ward_pam_modules *m, const char *path, int error)
{
	struct stat st;

	if (error == WARD_ERR_UNSAFE &&
	    ward_root_stat(m->root, path, &st, NULL) == 0 &&
	    S_ISDIR(st.st_mode)) {
		return WARD_PAM_CONF_READ;
	}
	return error == WARD_ERR_MISSING ? WARD_PAM_CONF_MISSING :
					   WARD_PAM_CONF_ODD;
}

static int
read_conf(struct ward_pam_modules *m, struct ward_pam_conf *conf)
{
	struct reader reader = { .pool = m->pool, .conf = conf };
	struct ward_lines *lines = NULL;
	int fd = -1, r;

	conf->state = WARD_PAM_CONF_ODD;
	if (*conf->path != '/') {
		return 0;
	}
	r = ward_root_open(m->root, conf->path, &fd, NULL);
	if (r != 0) {
		conf->state = state_of(m, conf->path, r);
		return r == WARD_ERR_NOMEM ? r : 0;
	}
	conf->state = WARD_PAM_CONF_READ;
	r = ward_lines_new(fd, &lines);
	if (r == 0) {
		r = read_lines(&reader, lines);
		ward_lines_free(lines);
	} else if (r == WARD_ERR_IO) {
		conf->state = WARD_PAM_CONF_ODD;
		r = 0;
	}
	if (r == 0) {
		r = keep_settings(&reader);
	}
	free(reader.list);
	return r;
}

int
ward_pam_conf_read(struct ward_pam_modules *m, const char *path,
    const struct ward_pam_conf **ret_conf)
{
	struct ward_pam_conf *made;
	int r;

	for (const struct ward_pam_conf *c = m->confs; c != NULL; c = c->next) {
		if (strcmp(c->path, path) == 0) {
			*ret_conf = c;
			return 0;
		}
	}
	made = ward_pool_take(m->pool, sizeof(*made));
	if (made == NULL) {
		return WARD_ERR_NOMEM;
	}
	made->path = ward_pool_copy(m->pool, path, strlen(path));
	r = made->path == NULL ? WARD_ERR_NOMEM : read_conf(m, made);
	if (r != 0) {
		return r;
	}
	made->next = m->confs;
	m->confs = made;
	*ret_conf = made;
	return 0;
}

/* ---- directories of them -------------------------------------------------- */

struct names {
	char **list;
	uint32_t count, room;
};

/* libpwquality looks for the first ".conf", which has to be the end. */
static bool
is_conf(const char *name)
{
	const char *dot = strstr(name, ".conf");

	return dot != NULL && dot[strlen(".conf")] == '\0';
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
join(struct ward_pool *pool, const char *directory, const char *name)
{
	size_t first = strlen(directory), second = strlen(name);
	char *path = ward_pool_take(pool, first + second + 2);

	if (path != NULL) {
		memcpy(path, directory, first);
		path[first] = '/';
		memcpy(path + first + 1, name, second);
	}
	return path;
}

static int
add_name(struct ward_pool *pool, const char *directory, const char *name,
    struct names *names)
{
	char **more = ward_grow(names->list, names->count, &names->room,
	    sizeof(*more));

	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	names->list = more;
	more[names->count] = join(pool, directory, name);
	return more[names->count++] == NULL ? WARD_ERR_NOMEM : 0;
}

static int
list_names(struct ward_pam_modules *m, const char *directory, int fd,
    struct names *names)
{
	DIR *dir = fdopendir(fd);
	struct dirent *d;
	int r = 0;

	if (dir == NULL) {
		(void)close(fd);
		return WARD_ERR_NOMEM;
	}
	while (r == 0 && (d = readdir(dir)) != NULL) {
		if (is_conf(d->d_name)) {
			r = add_name(m->pool, directory, d->d_name, names);
		}
	}
	(void)closedir(dir);
	return r;
}

static int
keep_names(struct ward_pool *pool, struct names *names,
    const char *const **ret_paths)
{
	char **kept = ward_pool_take(pool, (names->count + 1) * sizeof(*kept));

	if (kept == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (names->count > 0) {
		qsort(names->list, names->count, sizeof(*kept), compare);
		memcpy(kept, names->list, names->count * sizeof(*kept));
	}
	*ret_paths = (const char *const *)kept;
	return 0;
}

int
ward_pam_conf_names(struct ward_pam_modules *m, const char *directory,
    const char *const **ret_paths, bool *ret_odd)
{
	struct names names = { 0 };
	int fd, r = ward_root_open_dir(m->root, directory, &fd, NULL);

	/* What is no directory is none to scandir(3) either. */
	*ret_odd = r == WARD_ERR_IO;
	if (r == 0) {
		r = list_names(m, directory, fd, &names);
	} else {
		r = r == WARD_ERR_NOMEM ? r : 0;
	}
	if (r == 0) {
		r = keep_names(m->pool, &names, ret_paths);
	}
	free(names.list);
	return r;
}

/* ---- all of them ----------------------------------------------------------- */

int
ward_pam_modules_open(struct ward_root *root,
    struct ward_pam_modules **ret_modules, struct ward_error *err)
{
	struct ward_pam_modules *m = calloc(1, sizeof(*m));

	if (m != NULL) {
		m->root = root;
		m->pool = ward_pool_new();
	}
	if (m == NULL || m->pool == NULL) {
		free(m);
		return ward_error_set(err, WARD_ERR_NOMEM,
		    "no memory for what the modules of PAM do");
	}
	*ret_modules = m;
	return 0;
}

void
ward_pam_modules_close(struct ward_pam_modules *modules)
{
	if (modules != NULL) {
		ward_pool_free(modules->pool);
		free(modules);
	}
}
