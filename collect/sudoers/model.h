/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of sudoers(5) in memory, as read and as made ready to be asked. */
#ifndef WARD_SUDOERS_MODEL_H
#define WARD_SUDOERS_MODEL_H

#include "collect/base/pool.h"
#include "policy/policy.h"

enum ward_sudo_kind {
	WARD_SUDO_ALL,
	WARD_SUDO_NAME, /* a user, a host, or a group to run as */
	WARD_SUDO_UID,
	WARD_SUDO_GROUP,
	WARD_SUDO_GID,
	WARD_SUDO_NETGROUP,
	WARD_SUDO_OTHER_GROUP, /* of a group plugin: "%:name", "%:#1" */
	WARD_SUDO_NETWORK,
	WARD_SUDO_COMMAND,
	WARD_SUDO_MYSELF, /* "()": whoever runs sudo */
	WARD_SUDO_ALIAS_NAME,
};

struct ward_sudo_member {
	enum ward_sudo_kind kind;
	bool negated;
	bool digest;   /* only programs with a given digest */
	bool stranger; /* see unknown.c */
	uint32_t id;
	const char *name;              /* of what has one, as written */
	const char *const *spellings;  /* of a group: in group(5); or NULL */
	struct ward_sudo_alias *alias; /* NULL: not defined */
	struct ward_sudo_command *command;
};

struct ward_sudo_list {
	struct ward_sudo_member *members;
	size_t count;
};

enum ward_sudo_alias_type {
	WARD_SUDO_USER_ALIAS,
	WARD_SUDO_RUNAS_ALIAS,
	WARD_SUDO_HOST_ALIAS,
	WARD_SUDO_COMMAND_ALIAS,
};

struct ward_sudo_alias {
	enum ward_sudo_alias_type type;
	const char *name;
	struct ward_sudo_list list;
	struct ward_sudo_alias *next;
	uint64_t turn; /* the turn in which it was looked at, */
	int answer;    /* and what came of it */
	bool busy;     /* it is being looked at: it names itself */
};

/* What Defaults lines and tags switch on and off. */
enum ward_sudo_option {
	WARD_SUDO_AUTHENTICATE,
	WARD_SUDO_NOEXEC,
	WARD_SUDO_SETENV,
	WARD_SUDO_ENV_RESET,
	WARD_SUDO_ENV_KEEP, /* of a variable by which any program loads code */
	WARD_SUDO_ENV_SCRIPT, /* or by which interpreters do */
	WARD_SUDO_RUNCWD,     /* not in the caller's directory */
	WARD_SUDO_FOLD_USERS, /* case_insensitive_* */
	WARD_SUDO_FOLD_GROUPS,
	WARD_SUDO_OPTION_COUNT
};

enum ward_sudo_flag {
	WARD_SUDO_UNSET = 0,
	WARD_SUDO_OFF,
	WARD_SUDO_ON,
};

struct ward_sudo_flags {
	uint8_t of[WARD_SUDO_OPTION_COUNT]; /* enum ward_sudo_flag */
};

/* What holds where no line says otherwise. */
extern const struct ward_sudo_flags ward_sudo_builtin;

/* Let what is set in `later` decide. */
void ward_sudo_flags_set(struct ward_sudo_flags *flags,
    const struct ward_sudo_flags *later);
bool ward_sudo_is_on(const struct ward_sudo_flags *flags,
    enum ward_sudo_option option);

/* What Defaults!command says, and the number of the line that said it. */
struct ward_sudo_bounds {
	struct ward_sudo_flags flags;
	uint32_t numbers[WARD_SUDO_OPTION_COUNT];
};

/* A command as written: each exists once, so equal ones have one address. */
struct ward_sudo_command {
	const char *text; /* with its arguments; first, for tsearch(3) */
	const char *program;
	const char *arguments; /* NULL: any */
	bool regex;            /* "^...$" */
	bool looked_at;
	bool writable;                 /* somebody but root can replace it */
	bool script;                   /* an interpreter runs it */
	struct ward_sudo_command *any; /* the program, with any arguments */
	struct ward_sudo_command *dir; /* "/usr/bin/", or NULL */
	uint64_t denied;               /* the turn in which it was taken away */
	struct ward_sudo_bounds marked;  /* by lines that name just this */
	struct ward_sudo_bounds settled; /* by all, once is_settled */
	bool is_settled;
};

/* One command of a rule, behind its aliases. */
struct ward_sudo_entry {
	const struct ward_sudo_spec *spec;
	struct ward_sudo_command *command; /* NULL: ALL */
	bool negated, digest;
	const char *text;           /* "ALL, !/bin/su", "/usr/bin/vi" */
	enum ward_reason_id excess; /* but for escapes: tags matter to them */
	const char *excess_detail;
	unsigned int escapes;         /* enum ward_escapes: in any directory */
	unsigned int escapes_here;    /* in the caller's */
	struct ward_sudo_flags flags; /* by Defaults!command */
	struct ward_sudo_detail *details; /* as shown, made when asked for */
	struct ward_sudo_detail *shown;   /* the one to show, */
	uint64_t taken; /* in the turn in which it is in force */
};

/* What of an entry differs from user to user. */
struct ward_sudo_detail {
	struct ward_sudo_detail *next;
	const char *runas; /* the default one, where the rule has none */
	const char *via;   /* "wang (ALL) ALL": whose rule is used next */
	uint32_t tags;     /* see ward_sudo_tags() */
	bool nopasswd;
	const char *text;
	enum ward_reason_id excess;
	const char *excess_detail;
};

struct ward_sudo_spec {
	const struct ward_sudo_rule *rule;
	struct ward_sudo_spec *next, *prev;
	bool has_users, has_groups;
	struct ward_sudo_list users, groups; /* to run as */
	struct ward_sudo_list commands;
	struct ward_sudo_flags flags; /* by tags */
	struct ward_optional notbefore, notafter;
	const char *runas; /* "(ALL : ALL)"; NULL: the default user */
	/* Which of the accounts that amount to root, and which of those that
	 * get root by a rule of their own, it runs things as: by bits. */
	uint64_t others, steps;
	bool late; /* not yet, or no longer, in force */
	struct ward_sudo_entry *entries;
	size_t entry_count;
};

struct ward_sudo_rule {
	struct ward_sudo_rule *next;
	struct ward_source source;
	struct ward_sudo_list users, hosts;
	struct ward_sudo_list who; /* the users as written */
	bool told;                 /* it is said that they can't all be known */
	struct ward_sudo_spec *specs, *last;
	bool dead;          /* not for this host */
	bool maybe;         /* perhaps for this host: nobody can tell */
	unsigned int times; /* NOTBEFORE and NOTAFTER in its line */
	bool loose;         /* it can't be known for which commands they are */
	const char *note;   /* " (on 10.0.0.0/8)", or NULL */
	uint64_t turn;      /* the turn in which it matched */
};

enum ward_sudo_scope {
	WARD_SUDO_FOR_ALL,
	WARD_SUDO_FOR_USER,
	WARD_SUDO_FOR_HOST,
	WARD_SUDO_FOR_RUNAS,
	WARD_SUDO_FOR_COMMAND,
};

/* A "Defaults" line: only the options that matter to us. */
struct ward_sudo_default {
	struct ward_sudo_default *next;
	enum ward_sudo_scope scope;
	struct ward_sudo_list binding;
	uint32_t number; /* from 1 */
	struct ward_sudo_flags flags;
	const char *runas_default; /* or NULL */
};

struct ward_sudo_model {
	struct ward_pool *pool; /* of all this */
	struct ward_sudo_rule *rules, **rule_end;
	struct ward_sudo_alias *aliases, **alias_end;
	struct ward_sudo_default *defaults, **default_end;
	void *commands;               /* tsearch(3) */
	uint64_t turn;                /* counts the questions asked */
	bool fold_users, fold_groups; /* upper and lower case are one in names
				       */
};

int ward_sudo_model_init(struct ward_sudo_model *model);
void ward_sudo_model_free(struct ward_sudo_model *model);

/* The one command with this text (program, blank, arguments). NULL: no
 * memory. */
struct ward_sudo_command *ward_sudo_command(struct ward_sudo_model *model,
    const char *text);

#endif
