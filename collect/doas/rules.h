/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules of doas.conf(5) in memory. */
#ifndef WARD_DOAS_RULES_H
#define WARD_DOAS_RULES_H

#include "collect/base/pool.h"
#include "collect/doas/doas.h"

/* More is not judged: each pair of rules is compared. */
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
	struct ward_doas_rule *first_to; /* the first with this target, and */
	uint64_t turn; /* the turn in which that was counted */

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

struct ward_doas {
	struct ward_doas_rules rules;
	const struct ward_accounts *accounts;
	const struct ward_groups *groups;
	size_t root_count; /* uids that amount to root */
	uint32_t *matched; /* of the account asked about: room for all */
	uint32_t matched_count;
	uint32_t account; /* that one */
	bool has_account;
	uint64_t turn;
};

/* Take the text apart. 0, WARD_ERR_NOMEM, or WARD_ERR_SYNTAX with the first
 * fault in *ret_fault. */
int ward_doas_parse(const char *text, size_t size,
    struct ward_doas_rules *rules, struct ward_doas_fault *ret_fault);
void ward_doas_rules_free(struct ward_doas_rules *rules);

/* Fill in text, command and excess of each rule, in this pool. 0 or
 * WARD_ERR_NOMEM. */
int ward_doas_show(struct ward_doas_rules *rules, const struct ward_root *root,
    struct ward_pool *pool);

#endif
