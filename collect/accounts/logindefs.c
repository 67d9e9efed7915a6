/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/logindefs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "collect/base/lines.h"

#define BLANKS " \t\n\v\f\r"

struct ward_logindefs
ward_logindefs_default(void)
{
	return (struct ward_logindefs){ .uid_min = 1000,
		.uid_max = 60000,
		.lastlog_max = UINT32_MAX };
}

/* A number as getdef_ulong() of shadow-utils takes it: any base. */
static bool
take_number(const char *text, uint32_t *ret_number)
{
	unsigned long number;
	char *end;

	if (*text < '0' || *text > '9') {
		return false;
	}
	errno = 0;
	number = strtoul(text, &end, 0);
	if (*end != '\0' || errno != 0 || number > UINT32_MAX) {
		return false;
	}
	*ret_number = (uint32_t)number;
	return true;
}

static void
take_line(char *text, struct ward_logindefs *defs)
{
	const struct {
		const char *key;
		uint32_t *number;
	} keys[] = {
		{ "UID_MIN", &defs->uid_min },
		{ "UID_MAX", &defs->uid_max },
		{ "LASTLOG_UID_MAX", &defs->lastlog_max },
	};
	char *key = text + strspn(text, BLANKS);
	char *value = key + strcspn(key, BLANKS);
	size_t size;

	if (*key == '#' || *value == '\0') {
		return;
	}
	*value++ = '\0';
	value += strspn(value, BLANKS "\"");
	size = strlen(value);
	while (size > 0 && strchr(BLANKS "\"", value[size - 1]) != NULL) {
		value[--size] = '\0';
	}
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(key, keys[i].key) == 0) {
			(void)take_number(value, keys[i].number);
		}
	}
}

int
ward_logindefs_read(int fd, struct ward_logindefs *ret_defs)
{
	struct ward_logindefs defs = *ret_defs;
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while ((r = ward_lines_next(lines, &line)) > 0) {
		take_line(line.text, &defs);
	}
	ward_lines_free(lines);
	if (r == 0) {
		*ret_defs = defs;
	}
	return r;
}

int
ward_shells_read(int fd, struct ward_strings *shells)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	uint32_t index;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		const char *shell = line.text + strcspn(line.text, "#/");
		size_t size = strcspn(shell, BLANKS "#");

		r = 0;
		if (*shell == '/' && size > 1) {
			r = ward_strings_keep(shells, shell, size, &index);
		}
	}
	ward_lines_free(lines);
	return r;
}

bool
ward_shell_is_login(const char *shell)
{
	static const char *const dirs[] = { "/bin/", "/sbin/", "/usr/bin/",
		"/usr/sbin/" };
	static const char *const closed[] = { "nologin", "false", "true",
		"sync", "halt", "shutdown" };
	const char *slash = strrchr(shell, '/');
	const char *name = slash == NULL ? shell : slash + 1;
	size_t size = (size_t)(name - shell);
	bool systems = false;

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		systems = systems ||
		    (strlen(dirs[i]) == size &&
			memcmp(shell, dirs[i], size) == 0);
	}
	for (size_t i = 0; i < sizeof(closed) / sizeof(closed[0]); i++) {
		if (systems && strcmp(name, closed[i]) == 0) {
			return false;
		}
	}
	return true;
}

bool
ward_shell_is_listed(const char *shell, const struct ward_strings *shells)
{
	return shells == NULL ||
	    ward_strings_find(shells, *shell == '\0' ? "/bin/sh" : shell) !=
	    WARD_TABLE_NONE;
}
