/* SPDX-License-Identifier: BSD-2-Clause */
/* What a line of login.defs(5) or shells(5) says. */
#include "policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

void
ward_logindefs_line(char *line, struct ward_logindefs *defs)
{
	const struct {
		const char *key;
		uint32_t *number;
	} keys[] = {
		{ "UID_MIN", &defs->uid_min },
		{ "UID_MAX", &defs->uid_max },
		{ "LASTLOG_UID_MAX", &defs->lastlog_max },
	};
	char *key = line + strspn(line, BLANKS);
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

const char *
ward_shell_line(const char *line, size_t *ret_size)
{
	const char *shell = line + strcspn(line, "#/");
	size_t size = strcspn(shell, BLANKS "#");

	*ret_size = *shell == '/' && size > 1 ? size : 0;
	return shell;
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
