/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/files.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* sudo means 128, and looks only when its stack of 16 more grows. */
#define DEPTH_MAX 144
/* Files that include the next one twice double with each step. */
#define FILES_MAX 8192
/* Bytes of all files together, each as often as it is read. */
#define BYTES_MAX ((int64_t)16 << 20)

struct walk {
	const struct ward_root *root;
	const char *host;
	struct ward_defects *defects;
	struct ward_sudo_text *text;
	struct ward_error *err;
	uid_t owner; /* of the root: who unpacked it owns its files */
	size_t files;
	int64_t bytes;
	bool full; /* it was more than that, and said so */
};

/* The files that are being read, the innermost first. */
struct level {
	const char *path;
	unsigned int depth;
	const struct level *up;
};

static int read_file(struct walk *walk, const char *path,
    const struct level *up, struct ward_source from);

static int
no_memory(const struct walk *walk)
{
	return ward_error_set(walk->err, WARD_ERR_NOMEM, "no memory");
}

static int __attribute__((format(printf, 4, 5)))
defect(struct walk *walk, enum ward_reason_id reason, struct ward_source source,
    const char *format, ...)
{
	char detail[256];
	va_list args;

	va_start(args, format);
	vsnprintf(detail, sizeof(detail), format, args);
	va_end(args);
	if (ward_defects_add(walk->defects, reason, NULL, source, detail) !=
	    0) {
		return no_memory(walk);
	}
	return 0;
}

/* Why sudo would not take a file or directory, or NULL. */
static const char *
insecure(const struct walk *walk, const struct stat *st)
{
	if (st->st_uid != 0 && st->st_uid != walk->owner) {
		return N_("it belongs to somebody other than root");
	}
	if ((st->st_mode & S_IWOTH) != 0) {
		return N_("everybody may write to it");
	}
	if ((st->st_mode & S_IWGRP) != 0 && st->st_gid != 0) {
		return N_("a group other than root's may write to it");
	}
	return NULL;
}

/* ---- names -------------------------------------------------------------- */

/* %h is the short host name; a relative name begins where the file lies. */
static int
expand(struct walk *walk, const struct level *level, const char *name,
    const char **ret_path)
{
	const char *slash = strrchr(level->path, '/');
	size_t dir = name[0] == '/' ? 0 : (size_t)(slash - level->path) + 1;
	size_t host = walk->host == NULL ? 0 : strlen(walk->host), n = dir;
	size_t room = dir + strlen(name) + 1;
	char *path;

	for (const char *p = name; (p = strstr(p, "%h")) != NULL; p += 2) {
		room += host;
	}
	path = ward_pool_take(walk->defects->pool, room);
	if (path == NULL) {
		return no_memory(walk);
	}
	memcpy(path, level->path, dir);
	while (*name != '\0') {
		if (name[0] == '%' && name[1] == 'h') {
			memcpy(path + n, walk->host, host);
			n += host;
			name += 2;
		} else {
			path[n++] = *name++;
		}
	}
	path[n] = '\0';
	*ret_path = path;
	return 0;
}

/* ---- directories -------------------------------------------------------- */

static int
wanted(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return size > 0 && entry->d_name[size - 1] != '~' &&
	    strchr(entry->d_name, '.') == NULL;
}

struct names {
	char **list;
	size_t count, room;
};

static int
names_add(struct names *names, const char *name)
{
	if (names->count == names->room) {
		size_t room = names->room == 0 ? 32 : names->room * 2;
		char **list = reallocarray(names->list, room, sizeof(*list));

		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		names->list = list;
		names->room = room;
	}
	names->list[names->count] = strdup(name);
	if (names->list[names->count] == NULL) {
		return WARD_ERR_NOMEM;
	}
	names->count++;
	return 0;
}

static void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		free(names->list[i]);
	}
	free(names->list);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Takes the descriptor. */
static int
list_names(int fd, struct names *names)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;
	int rc = 0;

	if (dir == NULL) {
		close(fd);
		return WARD_ERR_IO;
	}
	while (rc == 0) {
		errno = 0;
		entry = readdir(dir);
		if (entry == NULL) {
			rc = errno != 0 ? WARD_ERR_IO : 0;
			break;
		}
		if (wanted(entry)) {
			rc = names_add(names, entry->d_name);
		}
	}
	closedir(dir);
	if (rc == 0 && names->count > 0) {
		qsort(names->list, names->count, sizeof(names->list[0]),
		    compare);
	}
	return rc;
}

static int
read_names(struct walk *walk, const struct names *names, const char *path,
    const struct level *up, struct ward_source from)
{
	size_t size = strlen(path);
	struct stat st;
	int rc = 0;

	for (size_t i = 0; i < names->count && rc == 0; i++) {
		size_t room = size + strlen(names->list[i]) + 2;
		char *file = ward_pool_take(walk->defects->pool, room);

		if (file == NULL) {
			return no_memory(walk);
		}
		snprintf(file, room, "%s/%s", path, names->list[i]);
		if (ward_root_stat(walk->root, file, &st, NULL) != 0 ||
		    !S_ISREG(st.st_mode)) {
			continue; /* as sudo: without a word */
		}
		rc = read_file(walk, file, up, from);
	}
	return rc;
}

static int
read_dir(struct walk *walk, const char *path, const struct level *up,
    struct ward_source from)
{
	struct ward_error error = { .language = ward_error_language(
					walk->err) };
	struct names names = { 0 };
	const char *why;
	struct stat st;
	int fd = -1, rc;

	rc = ward_root_open_dir(walk->root, path, &fd, &error);
	if (rc == WARD_ERR_MISSING) {
		return 0; /* no fault to sudo either */
	}
	if (rc == WARD_ERR_UNSAFE) {
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS, from,
		    NC_("detail", "not a directory: %s"), path);
	}
	if (rc != 0) {
		return ward_error_set(walk->err, rc, "%s", error.text);
	}
	if (fstat(fd, &st) != 0) {
		close(fd);
		return ward_error_set(walk->err, WARD_ERR_IO, "%s: %s", path,
		    strerror(errno));
	}
	why = insecure(walk, &st);
	if (why != NULL) {
		close(fd);
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS_FILE,
		    (struct ward_source){ path, 0 }, "%s", why);
	}
	rc = list_names(fd, &names);
	if (rc != 0) {
		ward_error_set(walk->err, rc, "%s: %s", path, strerror(errno));
	} else {
		rc = read_names(walk, &names, path, up, from);
	}
	names_free(&names);
	return rc;
}

/* ---- files -------------------------------------------------------------- */

static int
include(struct walk *walk, const struct ward_sudo_line *line,
    const struct level *level)
{
	const char *path = NULL;
	int rc;

	if (line->path == NULL) {
		return 0; /* told with the line's other faults */
	}
	if (walk->host == NULL && strstr(line->path, "%h") != NULL) {
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS_OPEN,
		    line->source, NC_("detail", "include %s"), line->path);
	}
	rc = expand(walk, level, line->path, &path);
	if (rc != 0) {
		return rc;
	}
	if (strlen(path) >= PATH_MAX) {
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS,
		    line->source, NC_("detail", "name too long: %s"), path);
	}
	if (level->depth >= DEPTH_MAX || walk->files >= FILES_MAX) {
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS,
		    line->source,
		    NC_("detail", "too many levels of includes: %s"), path);
	}
	return line->kind == WARD_SUDO_INCLUDE ?
	    read_file(walk, path, level, line->source) :
	    read_dir(walk, path, level, line->source);
}

static int
take_lines(struct walk *walk, const struct ward_sudo_text *own,
    const struct level *level)
{
	int rc = 0;

	for (size_t i = 0; i < own->count && rc == 0; i++) {
		const struct ward_sudo_line *line = &own->lines[i];

		if (line->wrong != NULL) {
			rc = defect(walk, WARD_REASON_WELLFORMED_SUDOERS,
			    line->source, "%s", line->wrong);
		} else if (line->kind == WARD_SUDO_INCLUDE ||
		    line->kind == WARD_SUDO_INCLUDEDIR) {
			rc = include(walk, line, level);
		} else if (ward_sudo_text_add(walk->text, line) != 0) {
			rc = no_memory(walk);
		}
	}
	return rc;
}

/* Takes the descriptor. */
static int
read_lines(struct walk *walk, int fd, const struct level *level)
{
	struct ward_sudo_text own = { 0 };
	struct ward_lines *lines = NULL;
	int rc = ward_lines_new(fd, &lines);

	if (rc == 0) {
		rc = ward_sudo_text_read(lines, level->path,
		    walk->defects->pool, &own);
	}
	if (rc != 0) {
		ward_error_set(walk->err, rc, "%s: %s", level->path,
		    rc == WARD_ERR_NOMEM ?
			ward_error_text(walk->err, "no memory") :
			strerror(errno));
	}
	ward_lines_free(lines);
	if (rc == 0) {
		rc = take_lines(walk, &own, level);
	}
	ward_sudo_text_free(&own);
	return rc;
}

/* What couldn't be opened: our fault, or what sudo complains of too? */
static int
not_opened(struct walk *walk, int rc, const struct ward_error *why,
    const char *path, bool included, struct ward_source from)
{
	if (rc == WARD_ERR_MISSING) {
		return !included ?
		    0 :
		    defect(walk, WARD_REASON_WELLFORMED_SUDOERS, from,
			NC_("detail", "there is no file %s"), path);
	}
	if (rc == WARD_ERR_UNSAFE) {
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS_FILE,
		    (struct ward_source){ path, 0 }, "%s",
		    N_("not a regular file"));
	}
	return ward_error_set(walk->err, rc, "%s", why->text);
}

static int
read_file(struct walk *walk, const char *path, const struct level *up,
    struct ward_source from)
{
	struct level level = { path, up == NULL ? 0 : up->depth + 1, up };
	struct ward_error error = { .language = ward_error_language(
					walk->err) };
	const char *why;
	struct stat st;
	int fd = -1, rc;

	if (walk->full) {
		return 0;
	}
	for (const struct level *l = up; l != NULL; l = l->up) {
		if (strcmp(l->path, path) == 0) {
			return defect(walk, WARD_REASON_WELLFORMED_SUDOERS,
			    from, NC_("detail", "the file includes itself: %s"),
			    path);
		}
	}
	rc = ward_root_open(walk->root, path, &fd, &error);
	if (rc != 0) {
		return not_opened(walk, rc, &error, path, up != NULL, from);
	}
	if (fstat(fd, &st) != 0) {
		close(fd);
		return ward_error_set(walk->err, WARD_ERR_IO, "%s: %s", path,
		    strerror(errno));
	}
	why = insecure(walk, &st);
	if (why != NULL) {
		close(fd);
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS_FILE,
		    (struct ward_source){ path, 0 }, "%s", why);
	}
	walk->files++;
	walk->bytes += st.st_size;
	if (walk->bytes > BYTES_MAX) {
		walk->full = true;
		close(fd);
		return defect(walk, WARD_REASON_WELLFORMED_SUDOERS_FILE,
		    (struct ward_source){ path, 0 }, "%s",
		    N_("with it there is more than 16 MiB to read, so it and "
		       "what comes after it was left out"));
	}
	return read_lines(walk, fd, &level);
}

int
ward_sudo_files_read(const struct ward_root *root, const char *path,
    const char *host, struct ward_defects *defects, struct ward_sudo_text *text,
    struct ward_error *err)
{
	struct walk walk = { .root = root,
		.host = host,
		.defects = defects,
		.text = text,
		.err = err };
	struct stat st;
	int rc = ward_root_stat(root, "/", &st, err);

	if (rc != 0) {
		return rc;
	}
	walk.owner = st.st_uid;
	return read_file(&walk, path, NULL, (struct ward_source){ path, 0 });
}
