/* SPDX-License-Identifier: BSD-2-Clause */
/* What struct ward_groups is: between group.c and group_read.c only. */
#ifndef WARD_GROUP_STATE_H
#define WARD_GROUP_STATE_H

#include "collect/accounts/group.h"

enum ward_via {
	WARD_VIA_GROUP,   /* a member in group(5) */
	WARD_VIA_GSHADOW, /* a member in gshadow(5): for newgrp(1) */
	WARD_VIA_ADMIN,   /* an administrator in gshadow(5) */
	WARD_VIA_COUNT
};

struct ward_membership {
	uint32_t account;
	uint32_t group : 30; /* in kept */
	enum ward_via via : 2;
	uint32_t line;
};

/* A group that matters. */
struct ward_kept {
	const char *name;
	uint32_t gid, line;
	uint32_t next; /* the next one with this gid, or NONE */
	const char *details[WARD_VIA_COUNT]; /* NULL: not root */
	bool password; /* group(5) itself has one that opens it */
};

/* A gid that matters. */
struct ward_gid {
	uint32_t gid;
	uint32_t first;   /* in kept, or NONE */
	const char *root; /* the group by which it amounts to root */
};

/* A group of any kind, while the files are read. */
struct ward_row {
	const char *name;
	uint32_t gid, line;
};

/* Who is in which group of any kind. */
struct ward_group_user {
	uint32_t gid, uid;
};

/* Whoever knows the password of a group: the uid of no user. */
#define WARD_ANY_USER 4294967295u

struct ward_groups {
	struct ward_accounts *accounts;
	struct ward_pool *pool;

	struct ward_strings *names; /* that matter */
	bool *name_roots;           /* which of them amount to root */
	bool *name_there;           /* which of them there are; NULL: none */
	uint32_t name_room;
	struct ward_gid *gids; /* that matter */
	uint32_t gid_count, gid_room;
	struct ward_numbers *gid_table;

	struct ward_kept *kept;
	uint32_t kept_count, kept_room;
	struct ward_membership *members;
	uint32_t member_count, member_room;
	/* Members of all groups; once sorted, by primary gid too. */
	struct ward_group_user *users;
	uint32_t user_count, user_room;
	bool users_sorted;

	/* Only while the files are read. */
	struct ward_pool *row_pool;
	struct ward_row *rows;
	uint32_t row_count, row_room;
	bool row_twice;                 /* some name is that of two rows */
	uint32_t *row_by_account;       /* + 1, of those called like accounts */
	struct ward_table *row_by_name; /* of the others */
	struct ward_numbers *row_by_gid;
	bool again;          /* an earlier group was passed over */
	bool tell_strangers; /* members must be accounts of passwd(5) */
};

/* The names of one line that are those of no account. */
struct ward_strangers {
	const char *group;
	char text[240]; /* "docker: ghost1, ghost2" */
	size_t shown, more;
};

/* `group` must last. */
void ward_strangers_begin(struct ward_strangers *strangers, const char *group);
void ward_strangers_add(struct ward_strangers *strangers, const char *name);
/* Give them to the host, if there are any. */
int ward_strangers_tell(struct ward_strangers *strangers,
    struct ward_defects *defects, struct ward_source source);

int ward_groups_note_user(struct ward_groups *groups, uint32_t gid,
    uint32_t uid);
/* While there are rows: note the accounts whose primary group is not there. */
int ward_groups_note_missing(struct ward_groups *groups);
/* The gid if it matters, or NULL. */
struct ward_gid *ward_groups_gid(const struct ward_groups *groups,
    uint32_t gid);
/* Let the gid matter from now on; root may be NULL. */
int ward_groups_add_gid(struct ward_groups *groups, uint32_t gid,
    const char *root);
/* Chain the kept groups of each gid, in the order of the file, and say what
 * root they amount to. */
int ward_groups_link(struct ward_groups *groups);
/* Does the name matter, and does it amount to root? */
bool ward_groups_name(const struct ward_groups *groups, const char *name,
    bool *ret_root);

#endif
