/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/excess.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum level {
	NEVER,
	FREE,
	BARE,
	HERE,
	ALWAYS
};

struct escape {
	const char *name;
	enum level shell, write, read;
};

static const struct escape escapes[] = {
#define ESCAPE(name, shell, write, read) { name, shell, write, read },
#include "collect/sudoers/escapes.def"
#undef ESCAPE
};

static int
compare(const void *key, const void *row)
{
	const struct escape *e = row;

	return strcmp(key, e->name);
}

static const struct escape *
find(const char *name)
{
	return bsearch(name, escapes, sizeof(escapes) / sizeof(escapes[0]),
	    sizeof(escapes[0]), compare);
}

/* Is an argument a whole path, alone ("/srv"), behind a "=" or behind an
 * option's letter ("-C/srv")? */
static bool
holds_path(const char *arguments)
{
	const char *word = arguments;

	for (const char *c = arguments; *c != '\0'; c++) {
		if (*c == ' ') {
			word = c + 1;
		} else if (*c == '/' &&
		    (c == word || c[-1] == '=' ||
			(c - word == 2 && *word == '-'))) {
			return true;
		}
	}
	return false;
}

static bool
holds(enum level level, const char *arguments, bool here)
{
	enum level least = ALWAYS;

	if (arguments == NULL) {
		least = FREE;
	} else if (strcmp(arguments, "\"\"") == 0) {
		least = BARE;
	} else if (here && !holds_path(arguments)) {
		least = HERE;
	}
	return level >= least;
}

/* "python3.11" as it is, then without its version. */
static const struct escape *
find_program(const char *base)
{
	const struct escape *e = find(base);
	char name[64];
	size_t size = strlen(base);

	while (size > 0 && strchr("0123456789.-", base[size - 1]) != NULL) {
		size--;
	}
	if (e != NULL || size == 0 || size >= sizeof(name)) {
		return e;
	}
	memcpy(name, base, size);
	name[size] = '\0';
	return find(name);
}

/* "systemctl edit ...", of "systemctl edit nginx". */
static const struct escape *
find_first(const char *text)
{
	char name[64];
	size_t size = strcspn(text, " ");

	if (text[size] == ' ') {
		size += 1 + strcspn(text + size + 1, " ");
	}
	if (text[size] != ' ' || size >= sizeof(name) - 4) {
		return NULL;
	}
	(void)snprintf(name, sizeof(name), "%.*s ...", (int)size, text);
	return find(name);
}

unsigned int
ward_sudo_escapes(const struct ward_sudo_command *command, bool here)
{
	const char *slash = strrchr(command->program, '/');
	const char *arguments = command->arguments;
	const struct escape *e;
	unsigned int bits = 0;
	size_t base;

	if (strcmp(command->program, "sudoedit") == 0) {
		return arguments == NULL ? WARD_ESCAPE_WRITE : 0;
	}
	if (slash == NULL || command->regex) {
		return 0;
	}
	base = (size_t)(slash - command->program) + 1;
	e = find(command->text + base); /* with its arguments */
	if (e == NULL) {
		e = find_first(command->text + base);
	}
	if (e == NULL) {
		e = find_program(command->program + base);
	}
	if (e == NULL) {
		return 0;
	}
	bits |= holds(e->shell, arguments, here) ? WARD_ESCAPE_SHELL : 0;
	bits |= holds(e->write, arguments, here) ? WARD_ESCAPE_WRITE : 0;
	bits |= holds(e->read, arguments, here) ? WARD_ESCAPE_READ : 0;
	return bits;
}

bool
ward_sudo_is_directory(const struct ward_sudo_command *command)
{
	size_t size = strlen(command->program);

	return !command->regex && size > 0 && command->program[size - 1] == '/';
}

static bool
wildcard(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] != '\0') {
			text++;
		} else if (strchr("*?[", *text) != NULL) {
			return true;
		}
	}
	return false;
}

static bool
is_regex(const char *text)
{
	size_t size = strlen(text);

	return size > 1 && text[0] == '^' && text[size - 1] == '$';
}

bool
ward_sudo_has_wildcard(const struct ward_sudo_command *command)
{
	const char *arguments = command->arguments;

	return (!command->regex && wildcard(command->program)) ||
	    (arguments != NULL && !is_regex(arguments) && wildcard(arguments));
}

/* Is it in the hands of somebody who is not root? */
static bool
foreign(const struct stat *st, uid_t owner)
{
	bool shared = S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX) != 0;

	if (st->st_uid != 0 && st->st_uid != owner) {
		return true;
	}
	/* In a sticky directory only the owner of a file can replace it. */
	return !shared &&
	    ((st->st_mode & S_IWOTH) != 0 ||
		((st->st_mode & S_IWGRP) != 0 && st->st_gid != 0));
}

/* A whole path, with no wildcards. */
static bool
is_plain(const struct ward_sudo_command *command)
{
	return command->program[0] == '/' &&
	    strpbrk(command->program, "*?[\\") == NULL;
}

bool
ward_sudo_is_script(const struct ward_root *root,
    const struct ward_sudo_command *command)
{
	char start[2] = "";
	bool script;
	int fd;

	if (!is_plain(command) ||
	    ward_root_open(root, command->program, &fd, NULL) != 0) {
		return false;
	}
	script = read(fd, start, sizeof(start)) == sizeof(start) &&
	    memcmp(start, "#!", sizeof(start)) == 0;
	(void)close(fd);
	return script;
}

/* The program, then each directory above it. */
bool
ward_sudo_is_writable(const struct ward_root *root,
    const struct ward_sudo_command *command)
{
	char path[PATH_MAX];
	size_t size = strlen(command->program);
	struct stat top, st;
	bool there;

	if (!is_plain(command) || size >= sizeof(path) ||
	    ward_root_stat(root, "/", &top, NULL) != 0) {
		return false;
	}
	memcpy(path, command->program, size + 1);
	there = ward_root_stat(root, path, &st, NULL) == 0;
	/* Into a sticky directory everybody may put more. */
	if (there && S_ISDIR(st.st_mode)) {
		st.st_mode &= ~(mode_t)S_ISVTX;
	}
	if (there && foreign(&st, top.st_uid)) {
		return true;
	}
	for (char *slash; (slash = strrchr(path, '/')) != NULL;) {
		slash[slash == path ? 1 : 0] = '\0';
		if (ward_root_stat(root, path, &st, NULL) == 0) {
			/* Where it is missing, a sticky one is open too. */
			if (!there) {
				st.st_mode &= ~(mode_t)S_ISVTX;
			}
			if (foreign(&st, top.st_uid)) {
				return true;
			}
			there = true;
		}
		if (slash == path) {
			break;
		}
	}
	return false;
}
