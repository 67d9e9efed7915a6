/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of doas.conf(5) in memory. */
#ifndef WARD_DOAS_RULES_H
#define WARD_DOAS_RULES_H

#include "collect/base/pool.h"
#include "collect/doas/doas.h"

/* More is not judged: each account is held against all of them. */
#define WARD_DOAS_RULES_MAX 4096
#define WARD_DOAS_FILE_MAX ((size_t)1 << 20)

enum ward_doas_who {
	WARD_DOAS_NOBODY = 0, /* no such user or group */
	WARD_DOAS_ANY,
	WARD_DOAS_UID,
	WARD_DOAS_GROUP, /* by its name */
	WARD_DOAS_GID,
};

struct ward_doas_list {
	const char **words;
	uint32_t count, room;
};

struct ward_doas_rule {
	uint32_t line;
	bool permit, nopass, persist, nolog, keepenv;
	bool has_setenv, has_args;
	struct ward_doas_list setenv; /* "NAME", "NAME=value", "-NAME" */
	const char *ident;            /* "wang", "1001", ":wheel" */
	const char *target;           /* NULL: any */
	const char *cmd;              /* NULL: any */
	struct ward_doas_list args;

	/* As settled. */
	enum ward_doas_who who, to; /* to: ANY, UID or NOBODY */
	uint32_t id, to_uid;
	bool to_root;                    /* to somebody who amounts to root */
	uint32_t line_class;             /* of its command line: in classes */
	struct ward_doas_rule *first_to; /* stands for all with this target, */
	struct ward_doas_rule *same;     /* for those of them in the class */

	/* Of the account asked about; what stands for others has marks of the
	 * turn in which a rule was met. */
	bool in_force;
	const char *denied; /* the first command that is taken away, or NULL */
	uint64_t met, met_to, counted, denied_turn;
	const struct ward_doas_rule *deny;

	/* As shown. */
	const char *text, *command;
	enum ward_reason_id excess;
};

struct ward_doas_rules {
	struct ward_pool *pool;
	struct ward_doas_rule *list;
	uint32_t count, room;
};

struct ward_doas_fault {
	uint32_t line;
	const char *what;
};

/* Rules with the same command line: `count` from `from` on in `order`. */
struct ward_doas_class {
	uint32_t from, count;
	uint32_t bare; /* the class of the same command with any arguments */
};

#define WARD_DOAS_ALL 0 /* the class of every command */

struct ward_doas {
	struct ward_doas_rules rules;
	const struct ward_accounts *accounts;
	const struct ward_groups *groups;
	size_t root_count; /* uids that amount to root */
	uint32_t *matched; /* of the account asked about: room for all */
	uint32_t matched_count;
	uint32_t account; /* that one */
	bool has_account;
	/* One rule for each command line and target, by both. */
	struct ward_doas_rule **order;
	struct ward_doas_class *classes;
	uint32_t class_count; /* besides ALL */
	uint64_t turn, count_turn;
	size_t met_count; /* those who amount to root that rules met name */
};

/* Take the text apart. 0, WARD_ERR_NOMEM, or WARD_ERR_SYNTAX with the first
 * fault in *ret_fault. */
int ward_doas_parse(const char *text, size_t size,
    struct ward_doas_rules *rules, struct ward_doas_fault *ret_fault);
void ward_doas_rules_free(struct ward_doas_rules *rules);

/* Room for what is settled and asked, once there are rules. 0 or
 * WARD_ERR_NOMEM; all but `rules` is freed by ward_doas_room_free(). */
int ward_doas_room(struct ward_doas *doas);
void ward_doas_room_free(struct ward_doas *doas);

/* Once whom the rules mean is settled: put them in classes. */
void ward_doas_classify(struct ward_doas *doas);
/* Of the rules that matched: which are in force, and what is taken away from
 * them. */
void ward_doas_decide(struct ward_doas *doas);

/* Fill in text, command and excess of each rule, in this pool. 0 or
 * WARD_ERR_NOMEM. */
int ward_doas_show(struct ward_doas_rules *rules, const struct ward_root *root,
    struct ward_pool *pool);

#endif
