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
take_role(const char *arg, enum door_role *role)
{
	static const struct {
		const char *word;
		enum door_role role;
	} roles[] = {
		{ "preauth", DOOR_PREAUTH },
		{ "authfail", DOOR_AUTHFAIL },
		{ "authsucc", DOOR_AUTHSUCC },
	};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (strcmp(arg, roles[i].word) == 0) {
			*role = roles[i].role;
			return true;
		}
	}
	return false;
}

static bool
take_flag(const char *arg, struct door_args *args)
{
	const struct {
		const char *word;
		bool *flag;
	} flags[] = {
		{ "own_prompts", &args->own_prompts },
		{ "nodelay", &args->nodelay },
		{ "debug", &args->debug },
		{ "silent", &args->silent },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (strcmp(arg, flags[i].word) == 0) {
			*flags[i].flag = true;
			return true;
		}
	}
	return false;
}

static bool
take_value(const char *arg, struct door_args *args)
{
	const char *root = value_of(arg, "root");
	const char *plans = value_of(arg, "plans");
	const char *language = value_of(arg, "lang");

	if (root != NULL && *root == '/') {
		args->root = root;
		return true;
	}
	if (plans != NULL && *plans == '/') {
		args->plans = plans;
		return true;
	}
	return language != NULL &&
	    ward_language_find(language, &args->language);
}

/* A line that is not understood protects nothing: nobody gets in by it. */
bool
door_args_read(pam_handle_t *pamh, int argc, const char **argv,
    struct door_args *ret_args)
{
	struct door_args args = { .role = DOOR_NONE };

	for (int i = 0; i < argc; i++) {
		if (!take_role(argv[i], &args.role) &&
		    !take_flag(argv[i], &args) && !take_value(argv[i], &args)) {
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
