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

/* Kinds of lines, as bits. A password line is one in front of the line that
 * sets it, or, with `changed', the one behind. */
enum lines {
	LINE_AUTH = 1 << 0,
	LINE_ACCOUNT = 1 << 1,
	LINE_JUDGES = 1 << 2,
	LINE_CHANGED = 1 << 3,
	LINE_SESSION = 1 << 4,
	LINE_ANY = (1 << 5) - 1,
};

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

static enum door_role
role_of(const char *arg, enum door_stage stage)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		if (stage == roles[i].stage &&
		    strcmp(arg, roles[i].word) == 0) {
			return roles[i].role;
		}
	}
	return DOOR_NONE;
}

/* Of the words one that says which line of its kind it is, or none. */
static bool
find_role(enum door_stage stage, int argc, const char **argv,
    enum door_role *ret_role)
{
	enum door_role role = DOOR_NONE;

	for (int i = 0; i < argc; i++) {
		const enum door_role one = role_of(argv[i], stage);

		if (one != DOOR_NONE && role != DOOR_NONE && one != role) {
			return false;
		}
		role = one != DOOR_NONE ? one : role;
	}
	*ret_role = role;
	return true;
}

static enum lines
line_of(enum door_stage stage, enum door_role role)
{
	static const enum lines kinds[] = {
		[DOOR_AUTH] = LINE_AUTH,
		[DOOR_ACCOUNT] = LINE_ACCOUNT,
		[DOOR_PASSWORD] = LINE_JUDGES,
		[DOOR_SESSION] = LINE_SESSION,
	};

	return role == DOOR_CHANGED ? LINE_CHANGED : kinds[stage];
}

static bool
take_flag(const char *arg, enum lines line, struct door_args *args)
{
	const struct {
		const char *word;
		bool *flag;
		unsigned int lines;
	} flags[] = {
		{ "own_prompts", &args->own_prompts, LINE_AUTH },
		{ "nodelay", &args->nodelay, LINE_AUTH },
		{ "debug", &args->debug, LINE_ANY },
		{ "silent", &args->silent, LINE_ANY },
		{ "use_authtok", &args->asks_nothing, LINE_JUDGES },
		{ "use_first_pass", &args->asks_nothing, LINE_JUDGES },
		{ "try_first_pass", NULL, LINE_JUDGES }, /* as without it */
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if ((flags[i].lines & line) != 0 &&
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
take_path(const char *value, void *to)
{
	const char **path = to;

	*path = value;
	return *value == '/';
}

static bool
take_language(const char *value, void *to)
{
	return ward_language_find(value, to);
}

static bool
take_retry(const char *value, void *to)
{
	unsigned int *retry = to;
	uint64_t number;

	if (ward_parse_uint(value, 1, 99, &number) != 0) {
		return false;
	}
	*retry = (unsigned int)number;
	return true;
}

/* libpam looks for it by itself. */
static bool
leave(const char *value, void *to)
{
	(void)value;
	(void)to;
	return true;
}

static bool
take_value(const char *arg, enum lines line, struct door_args *args)
{
	const struct {
		const char *name;
		bool (*take)(const char *value, void *to);
		void *to;
		unsigned int lines;
	} values[] = {
		{ "lang", take_language, &args->language, LINE_ANY },
		{ "root", take_path, &args->root, LINE_ANY },
		{ "plans", take_path, &args->plans, LINE_ANY },
		{ "words", take_path, &args->words, LINE_JUDGES },
		{ "dictionary", take_path, &args->dictionary, LINE_JUDGES },
		{ "retry", take_retry, &args->retry, LINE_JUDGES },
		{ "authtok_type", leave, NULL, LINE_JUDGES },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		const char *value = value_of(arg, values[i].name);

		if (value != NULL) {
			return (values[i].lines & line) != 0 &&
			    values[i].take(value, values[i].to);
		}
	}
	return false;
}

/* A line that is not understood protects nothing: nobody gets in by it. */
bool
door_args_read(pam_handle_t *pamh, enum door_stage stage, int argc,
    const char **argv, struct door_args *ret_args)
{
	struct door_args args = { .role = DOOR_NONE, .retry = 1 };
	enum lines line;

	if (!find_role(stage, argc, argv, &args.role)) {
		pam_syslog(pamh, LOG_ERR,
		    "more than one of preauth, authfail and authsucc: nobody "
		    "is let in by this line; see pam_acctward(8)");
		return false;
	}
	line = line_of(stage, args.role);
	for (int i = 0; i < argc; i++) {
		if (role_of(argv[i], stage) == DOOR_NONE &&
		    !take_flag(argv[i], line, &args) &&
		    !take_value(argv[i], line, &args)) {
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
