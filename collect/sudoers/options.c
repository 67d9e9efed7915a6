/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of sudoers(5) that change what a rule hands out. */
#include <fnmatch.h>
#include <string.h>

#include "collect/sudoers/excess.h"
#include "collect/sudoers/reader.h"

static const struct {
	const char *key;
	enum ward_sudo_option option;
} flag_keys[] = {
	{ "authenticate", WARD_SUDO_AUTHENTICATE },
	{ "noexec", WARD_SUDO_NOEXEC },
	{ "setenv", WARD_SUDO_SETENV },
	{ "env_reset", WARD_SUDO_ENV_RESET },
	{ "case_insensitive_user", WARD_SUDO_FOLD_USERS },
	{ "case_insensitive_group", WARD_SUDO_FOLD_GROUPS },
};

/* By what is in them a program loads code: ld.so(8) any program, the rest
 * those of one language. */
static const struct {
	const char *name;
	enum ward_sudo_option option;
} loaders[] = {
	{ "LD_PRELOAD", WARD_SUDO_ENV_KEEP },
	{ "LD_LIBRARY_PATH", WARD_SUDO_ENV_KEEP },
	{ "LD_AUDIT", WARD_SUDO_ENV_KEEP },
	{ "GCONV_PATH", WARD_SUDO_ENV_KEEP },
	{ "BASH_ENV", WARD_SUDO_ENV_SCRIPT },
	{ "SHELLOPTS", WARD_SUDO_ENV_SCRIPT },
	{ "ZDOTDIR", WARD_SUDO_ENV_SCRIPT },
	{ "PYTHONPATH", WARD_SUDO_ENV_SCRIPT },
	{ "PYTHONHOME", WARD_SUDO_ENV_SCRIPT },
	{ "PYTHONUSERBASE", WARD_SUDO_ENV_SCRIPT },
	{ "PERLLIB", WARD_SUDO_ENV_SCRIPT },
	{ "PERL5LIB", WARD_SUDO_ENV_SCRIPT },
	{ "PERL5OPT", WARD_SUDO_ENV_SCRIPT },
	{ "PERL5DB", WARD_SUDO_ENV_SCRIPT },
	{ "RUBYLIB", WARD_SUDO_ENV_SCRIPT },
	{ "RUBYOPT", WARD_SUDO_ENV_SCRIPT },
	{ "NODE_PATH", WARD_SUDO_ENV_SCRIPT },
	{ "NODE_OPTIONS", WARD_SUDO_ENV_SCRIPT },
	{ "CLASSPATH", WARD_SUDO_ENV_SCRIPT },
	{ "JAVA_TOOL_OPTIONS", WARD_SUDO_ENV_SCRIPT },
	{ "_JAVA_OPTIONS", WARD_SUDO_ENV_SCRIPT },
	{ "JDK_JAVA_OPTIONS", WARD_SUDO_ENV_SCRIPT },
	{ "LUA_PATH", WARD_SUDO_ENV_SCRIPT },
	{ "LUA_CPATH", WARD_SUDO_ENV_SCRIPT },
	{ "LUA_INIT", WARD_SUDO_ENV_SCRIPT },
};

bool
ward_sudo_loads(const char *pattern, enum ward_sudo_option option)
{
	for (size_t i = 0; i < sizeof(loaders) / sizeof(loaders[0]); i++) {
		if (loaders[i].option == option &&
		    fnmatch(pattern, loaders[i].name, FNM_NOESCAPE) == 0) {
			return true;
		}
	}
	return false;
}

/* Is there one of this kind among the names? They may have "*" in them;
 * "NAME=value" keeps that value alone. */
static bool
has_loader(const json_t *names, enum ward_sudo_option option)
{
	for (size_t i = 0; i < json_array_size(names); i++) {
		const char *name = json_string_value(json_array_get(names, i));

		if (name != NULL && ward_sudo_loads(name, option)) {
			return true;
		}
	}
	return false;
}

/* {"operation": "list_add", "env_keep": ["A", "B"]}; "!env_keep" is false. Of
 * lines that add and take away the last one with a loader decides. */
static void
read_keep(const json_t *option, enum ward_sudo_option kind,
    struct ward_sudo_flags *flags)
{
	const json_t *names = json_object_get(option, "env_keep");
	const char *how = json_string_value(
	    json_object_get(option, "operation"));

	if (json_is_false(names)) {
		flags->of[kind] = WARD_SUDO_OFF;
	}
	if (how == NULL || !json_is_array(names)) {
		return;
	}
	if (has_loader(names, kind)) {
		flags->of[kind] = strcmp(how, "list_remove") == 0 ?
		    WARD_SUDO_OFF :
		    WARD_SUDO_ON;
	} else if (strcmp(how, "list_assign") == 0) {
		flags->of[kind] = WARD_SUDO_OFF;
	}
}

/* "*": in a directory of the caller's choice. */
void
ward_sudo_read_runcwd(const json_t *value, struct ward_sudo_flags *flags)
{
	const char *where = json_string_value(value);

	if (json_is_false(value) || (where != NULL && *where == '*')) {
		flags->of[WARD_SUDO_RUNCWD] = WARD_SUDO_OFF;
	} else if (where != NULL) {
		flags->of[WARD_SUDO_RUNCWD] = WARD_SUDO_ON;
	}
}

void
ward_sudo_read_flags(const json_t *option, struct ward_sudo_flags *flags)
{
	for (size_t i = 0; i < sizeof(flag_keys) / sizeof(flag_keys[0]); i++) {
		const json_t *value = json_object_get(option, flag_keys[i].key);

		if (json_is_boolean(value)) {
			flags->of[flag_keys[i].option] = json_is_true(value) ?
			    WARD_SUDO_ON :
			    WARD_SUDO_OFF;
		}
	}
	read_keep(option, WARD_SUDO_ENV_KEEP, flags);
	read_keep(option, WARD_SUDO_ENV_SCRIPT, flags);
	ward_sudo_read_runcwd(json_object_get(option, "runcwd"), flags);
}
