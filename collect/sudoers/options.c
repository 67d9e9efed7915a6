/* SPDX-License-Identifier: BSD-2-Clause */
/* The options of sudoers(5) that change what a rule hands out. */
#include <fnmatch.h>
#include <string.h>

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
static const char *const loaders[] = { "LD_PRELOAD", "LD_LIBRARY_PATH",
	"LD_AUDIT", "GCONV_PATH", "BASH_ENV", "SHELLOPTS", "ZDOTDIR",
	"PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PERLLIB", "PERL5LIB",
	"PERL5OPT", "PERL5DB", "RUBYLIB", "RUBYOPT", "NODE_PATH",
	"NODE_OPTIONS", "CLASSPATH", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS",
	"JDK_JAVA_OPTIONS", "LUA_PATH", "LUA_CPATH", "LUA_INIT" };

/* Names may have "*" in them. "NAME=value" keeps that value alone. */
static bool
is_loader(const char *name)
{
	for (size_t i = 0; i < sizeof(loaders) / sizeof(loaders[0]); i++) {
		if (fnmatch(name, loaders[i], FNM_NOESCAPE) == 0) {
			return true;
		}
	}
	return false;
}

/* {"operation": "list_add", "env_keep": ["A", "B"]}; "!env_keep" is false. Of
 * lines that add and take away the last one with a loader decides. */
static void
read_keep(const json_t *option, struct ward_sudo_flags *flags)
{
	const json_t *names = json_object_get(option, "env_keep");
	const char *how = json_string_value(
	    json_object_get(option, "operation"));
	bool loader = false;

	if (how == NULL || !json_is_array(names)) {
		if (json_is_false(names)) {
			flags->of[WARD_SUDO_ENV_KEEP] = WARD_SUDO_OFF;
		}
		return;
	}
	for (size_t i = 0; i < json_array_size(names) && !loader; i++) {
		const char *name = json_string_value(json_array_get(names, i));

		loader = name != NULL && is_loader(name);
	}
	if (loader) {
		flags->of[WARD_SUDO_ENV_KEEP] = strcmp(how, "list_remove") ==
			0 ?
		    WARD_SUDO_OFF :
		    WARD_SUDO_ON;
	} else if (strcmp(how, "list_assign") == 0) {
		flags->of[WARD_SUDO_ENV_KEEP] = WARD_SUDO_OFF;
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
	read_keep(option, flags);
	ward_sudo_read_runcwd(json_object_get(option, "runcwd"), flags);
}
