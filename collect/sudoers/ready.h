/* SPDX-License-Identifier: BSD-2-Clause */
/* The model, made ready to be asked about a million users. */
#ifndef WARD_SUDOERS_READY_H
#define WARD_SUDOERS_READY_H

#include "collect/sudoers/sudoers.h"
#include "collect/sudoers/hosts.h"
#include "collect/sudoers/model.h"

struct ward_sudo_named { /* "wang ALL=...": by name in any case, then rule */
	const char *name;
	uint32_t rule;
};

struct ward_sudo_group_name {
	const char *name; /* NULL: by gid */
	uint32_t gid;
};

/* Somebody of whom it matters that a rule runs things as him. */
struct ward_sudo_other {
	struct ward_sudo_user user;
	const char *via; /* "wang (ALL) NOPASSWD: ALL", or NULL: he is root */
};

#define WARD_SUDO_OTHERS 64 /* one bit each */

struct ward_sudoers {
	struct ward_sudo_model model;
	struct ward_pool *strings;     /* of what is handed out; not ours */
	struct ward_sudo_rule **rules; /* those for this host, in order */
	uint32_t rule_count;
	struct ward_sudo_named *named; /* who matches by name alone */
	size_t named_count, named_room;
	uint32_t *walked; /* rules whose list must be gone through */
	uint32_t walked_count;
	struct ward_sudo_group_name *groups;
	size_t group_count, group_room;
	uint32_t *matched;  /* room for every rule: the user's own */
	size_t entry_count; /* of all rules */
	struct ward_sudo_default **hard; /* see bound.c */
	size_t hard_count;
	struct ward_sudo_bounds all_bounds; /* those of ALL, once known */
	bool all_bounds_known;
	bool fold_users, fold_groups; /* for all */
	bool own_fold;                /* but for some it is not */
	/* Who amounts to root besides root; who gets root by a rule of his own
	 * without a password. Both are known once they were asked for. */
	bool met;
	struct ward_sudo_other others[WARD_SUDO_OTHERS];
	struct ward_sudo_other steps[WARD_SUDO_OTHERS];
	size_t other_count, step_count;
};

struct ward_sudo_setting {
	const struct ward_root *root;
	const struct ward_sudo_host *host;
	struct ward_moment now;
	struct ward_defects *defects;
};

/* Tie names to aliases, drop what isn't for this host, open the commands, and
 * note what can't be resolved. 0 or WARD_ERR_NOMEM. */
int ward_sudo_compile(struct ward_sudoers *sudoers,
    const struct ward_sudo_setting *setting);
/* Steps of it. */
int ward_sudo_resolve(struct ward_sudo_model *model);
int ward_sudo_compile_entries(struct ward_sudoers *sudoers,
    struct ward_sudo_rule *rule, const struct ward_sudo_setting *setting);
int ward_sudo_index(struct ward_sudoers *sudoers);
int ward_sudo_index_groups(struct ward_sudoers *sudoers,
    const struct ward_root *root);
/* Defaults!command: which decide, for each command; then ask for one, or
 * (NULL) for ALL. */
int ward_sudo_bind(struct ward_sudoers *sudoers);
const struct ward_sudo_bounds *ward_sudo_ask_bounds(struct ward_sudoers
							*sudoers,
    struct ward_sudo_command *command);

/* What of the flags shows, a bit (1 << option) each. Of what lets the caller
 * choose the environment any sets that of ENV_KEEP. */
uint32_t ward_sudo_tags(const struct ward_sudo_flags *flags);
/* Set entry->shown to the detail with the same tags and default user. Each is
 * made once, whatever the number of users. */
int ward_sudo_find_detail(struct ward_sudoers *sudoers,
    struct ward_sudo_entry *entry, const struct ward_sudo_detail *like);

#define WARD_SUDO_SHOWN 200 /* bytes of what is shown at most, or so */

/* Append to a text of WARD_SUDO_SHOWN + 8 bytes; what doesn't fit becomes
 * "...". False: it was cut. */
bool ward_sudo_append(char *text, const char *more);

#endif
