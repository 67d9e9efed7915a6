/* SPDX-License-Identifier: BSD-2-Clause */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <string.h>
#include <syslog.h>

/* A value behind "name=", or NULL. */
static const char *
value_of(const char *arg, const char *name)
{
	size_t size = strlen(name);

	return strncmp(arg, name, size) == 0 && arg[size] == '=' &&
		arg[size + 1] != '\0' ?
	    arg + size + 1 :
	    NULL;
}

static bool
take_role(const char *arg, enum door_stage stage, enum door_role *role)
{
	static const struct {
		const char *word;
		enum door_stage stage;
		enum door_role role;
	} roles[] = {
		{ "preauth", DOOR_AUTH, DOOR_PREAUTH },
		{ "authfail", DOOR_AUTH, DOOR_AUTHFAIL },
		{ "authsucc", DOOR_AUTH, DOOR_AUTHSUCC },
		{ "changed", DOOR_PASSWORD, DOOR_CHANGED },
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (stage == roles[i].stage &&
		    strcmp(arg, roles[i].word) == 0) {
			*role = roles[i].role;
			return true;
		}
	}
	return false;
}

static bool
take_flag(const char *arg, enum door_stage stage, struct door_args *args)
{
	const struct {
		const char *word;
		bool *flag;
		bool password; /* for password lines only */
	} flags[] = {
		{ "own_prompts", &args->own_prompts, false },
		{ "nodelay", &args->nodelay, false },
		{ "debug", &args->debug, false },
		{ "silent", &args->silent, false },
		{ "use_authtok", &args->asks_nothing, true },
		{ "use_first_pass", &args->asks_nothing, true },
		{ "try_first_pass", NULL, true }, /* as without it */
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if ((stage == DOOR_PASSWORD || !flags[i].password) &&
		    strcmp(arg, flags[i].word) == 0) {
			if (flags[i].flag != NULL) {
				*flags[i].flag = true;
			}
			return true;
		}
	}
	return false;
}

static bool
take_path(const char *arg, enum door_stage stage, struct door_args *args)
{
	const struct {
		const char *name;
		const char **path;
		bool password; /* for password lines only */
	} paths[] = {
		{ "root", &args->root, false },
		{ "plans", &args->plans, false },
		{ "words", &args->words, true },
		{ "dictionary", &args->dictionary, true },
	};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const char *path = value_of(arg, paths[i].name);

		if (path != NULL && *path == '/' &&
		    (stage == DOOR_PASSWORD || !paths[i].password)) {
			*paths[i].path = path;
			return true;
		}
	}
	return false;
}

static bool
take_value(const char *arg, enum door_stage stage, struct door_args *args)
{
	const char *language = value_of(arg, "lang");
	const char *retry = value_of(arg, "retry");
	uint64_t number;

	if (language != NULL) {
		return ward_language_find(language, &args->language);
	}
	if (stage != DOOR_PASSWORD) {
		return false;
	}
	if (retry != NULL && ward_parse_uint(retry, 1, 99, &number) == 0) {
		args->retry = (unsigned int)number;
		return true;
	}
	/* libpam looks for it by itself. */
	return value_of(arg, "authtok_type") != NULL;
}

/* A line that is not understood protects nothing: nobody gets in by it. */
bool
door_args_read(pam_handle_t *pamh, enum door_stage stage, int argc,
    const char **argv, struct door_args *ret_args)
{
	struct door_args args = { .role = DOOR_NONE, .retry = 1 };

	for (int i = 0; i < argc; i++) {
		if (!take_role(argv[i], stage, &args.role) &&
		    !take_flag(argv[i], stage, &args) &&
		    !take_path(argv[i], stage, &args) &&
		    !take_value(argv[i], stage, &args)) {
			pam_syslog(pamh, LOG_ERR,
			    "unknown option `%s': nobody is let in by this "
			    "line; see pam_acctward(8)",
			    argv[i]);
			return false;
		}
	}
	*ret_args = args;
	return true;
}
