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
	bool digest; /* only programs with a given digest */
	uint32_t id;
	const char *name;              /* of what has one, as written */
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

/* A command as written: each exists once, so equal ones have one address. */
struct ward_sudo_command {
	const char *text; /* with its arguments; first, for tsearch(3) */
	const char *program;
	const char *arguments;         /* NULL: any */
	bool regex;                    /* "^...$" */
	bool looked_at, writable;      /* somebody but root can replace it */
	struct ward_sudo_command *any; /* the program, with any arguments */
	struct ward_sudo_command *dir; /* "/usr/bin/", or NULL */
	uint64_t denied;               /* the turn in which it was taken away */
};

enum ward_sudo_flag {
	WARD_SUDO_UNSET = -1,
	WARD_SUDO_OFF = 0,
	WARD_SUDO_ON = 1,
};

/* One command of a rule, behind its aliases. */
struct ward_sudo_entry {
	const struct ward_sudo_spec *spec;
	struct ward_sudo_command *command; /* NULL: ALL */
	bool negated, digest;
	const char *text;           /* "ALL, !/bin/su", "/usr/bin/vi" */
	enum ward_reason_id excess; /* but for escapes: tags matter to them */
	const char *excess_detail;
	unsigned int escapes;                     /* enum ward_escapes */
	enum ward_sudo_flag authenticate, noexec; /* by Defaults!command */
	struct ward_sudo_detail *details; /* as shown, made when asked for */
	struct ward_sudo_detail *shown;   /* the one to show, */
	uint64_t taken; /* in the turn in which it is in force */
};

/* What of an entry differs from user to user. */
struct ward_sudo_detail {
	struct ward_sudo_detail *next;
	const char *runas; /* the default one, where the rule has none */
	bool nopasswd, noexec;
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
	enum ward_sudo_flag authenticate, noexec, setenv;
	struct ward_optional notbefore, notafter;
	const char *runas; /* "(ALL : ALL)"; NULL: the default user */
	uint32_t
	    target; /* by which of the question's targets it leads to root */
	bool late;  /* not yet, or no longer, in force */
	bool has_all;
	struct ward_sudo_entry *entries;
	size_t entry_count;
};

struct ward_sudo_rule {
	struct ward_sudo_rule *next;
	struct ward_source source;
	struct ward_sudo_list users, hosts;
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

/* A "Defaults" line: only the three options that matter to us. */
struct ward_sudo_default {
	struct ward_sudo_default *next;
	enum ward_sudo_scope scope;
	struct ward_sudo_list binding;
	enum ward_sudo_flag authenticate, noexec;
	const char *runas_default; /* or NULL */
};

struct ward_sudo_model {
	struct ward_pool *pool; /* of all this */
	struct ward_sudo_rule *rules, **rule_end;
	struct ward_sudo_alias *aliases, **alias_end;
	struct ward_sudo_default *defaults, **default_end;
	void *commands; /* tsearch(3) */
	uint64_t turn;  /* counts the questions asked */
};

int ward_sudo_model_init(struct ward_sudo_model *model);
void ward_sudo_model_free(struct ward_sudo_model *model);

/* The one command with this text (program, blank, arguments). NULL: no
 * memory. */
struct ward_sudo_command *ward_sudo_command(struct ward_sudo_model *model,
    const char *text);

#endif
