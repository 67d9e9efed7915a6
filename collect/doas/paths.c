/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom the rules mean, and by which of them somebody gets root. */
#include <stdlib.h>
#include <string.h>

#include "collect/accounts/fields.h"
#include "collect/doas/rules.h"

/* doas(1) takes no number from here on, as Debian builds it: an account beyond
 * is known to it by its name alone. */
#define ID_MAX 65535u

static bool
take_number(const char *text, uint32_t *ret_number)
{
	enum ward_number how = ward_field_number(text, ret_number);

	return (how == WARD_NUMBER_PLAIN || how == WARD_NUMBER_ODD) &&
	    *ret_number < ID_MAX;
}

/* A name first, then a number. */
static enum ward_doas_who
find_user(const struct ward_accounts *accounts, const char *word,
    uint32_t *ret_uid)
{
	uint32_t i = ward_accounts_find(accounts, word, strlen(word));

	if (i == WARD_TABLE_NONE) {
		return take_number(word, ret_uid) ? WARD_DOAS_UID :
						    WARD_DOAS_NOBODY;
	}
	*ret_uid = accounts->list[i].uid;
	return *ret_uid == ID_MAX ? WARD_DOAS_NOBODY : WARD_DOAS_UID;
}

int
ward_doas_want_groups(const struct ward_doas *doas, struct ward_groups *groups)
{
	uint32_t gid;
	int r = 0;

	for (uint32_t i = 0; i < doas->rules.count && r == 0; i++) {
		const char *ident = doas->rules.list[i].ident;

		if (*ident != ':') {
			continue;
		}
		r = ward_groups_want(groups, ident + 1, 0);
		if (r == 0 && take_number(ident + 1, &gid)) {
			r = ward_groups_want(groups, NULL, gid);
		}
	}
	return r;
}

/* ---- settling ------------------------------------------------------------- */

static bool
has_root(const struct ward_doas *doas, uint32_t account)
{
	return doas->accounts->list[account].uid == 0 ||
	    ward_groups_has_root(doas->groups, account);
}

static void
settle_ident(const struct ward_doas *doas, struct ward_doas_rule *rule)
{
	if (*rule->ident != ':') {
		rule->who = find_user(doas->accounts, rule->ident, &rule->id);
	} else if (ward_groups_exists(doas->groups, rule->ident + 1, 0)) {
		rule->who = WARD_DOAS_GROUP;
	} else {
		rule->who = take_number(rule->ident + 1, &rule->id) ?
		    WARD_DOAS_GID :
		    WARD_DOAS_NOBODY;
	}
}

/* doas(1) becomes the first account that has the uid. */
static void
settle_target(const struct ward_doas *doas, struct ward_doas_rule *rule)
{
	uint32_t i;

	if (rule->target == NULL) {
		rule->to = WARD_DOAS_ANY;
		rule->to_root = true;
		return;
	}
	rule->to = find_user(doas->accounts, rule->target, &rule->to_uid);
	if (rule->to != WARD_DOAS_NOBODY) {
		i = ward_accounts_find_uid(doas->accounts, rule->to_uid);
		rule->to_root = i != WARD_TABLE_NONE && has_root(doas, i);
	}
}

void
ward_doas_settle(struct ward_doas *doas, const struct ward_accounts *accounts,
    const struct ward_groups *groups)
{
	doas->accounts = accounts;
	doas->groups = groups;
	for (uint32_t i = 0; i < doas->rules.count; i++) {
		settle_ident(doas, &doas->rules.list[i]);
		settle_target(doas, &doas->rules.list[i]);
	}
	ward_doas_classify(doas);
	for (uint32_t i = 0; doas->rules.count > 0 && i < accounts->count;
	     i++) {
		uint32_t uid = accounts->list[i].uid;

		doas->root_count += has_root(doas, i) &&
		    ward_accounts_find_uid(accounts, uid) == i;
	}
}

int
ward_doas_tell_unknown(const struct ward_doas *doas, const char *users,
    const char *groups, struct ward_defects *defects)
{
	int r = 0;

	for (uint32_t i = 0; i < doas->rules.count && r == 0; i++) {
		const struct ward_doas_rule *rule = &doas->rules.list[i];
		bool group = *rule->ident == ':';
		const char *source = group ? groups : users;
		char detail[256];

		if (!rule->permit || !rule->to_root || source == NULL ||
		    rule->who != WARD_DOAS_NOBODY) {
			continue;
		}
		(void)snprintf(detail, sizeof(detail),
		    group ? NC_("detail",
				"group '%.100s' is not in local files "
				"(nsswitch.conf: %.64s)") :
			    NC_("detail",
				"user '%.100s' is not in local files "
				"(nsswitch.conf: %.64s)"),
		    rule->ident + (group ? 1 : 0), source);
		r = ward_defects_add(defects, WARD_REASON_WELLFORMED_DOAS_OPEN,
		    NULL, (struct ward_source){ "/etc/doas.conf", rule->line },
		    detail);
	}
	return r;
}

/* ---- asking --------------------------------------------------------------- */

static bool
matches(const struct ward_doas *doas, const struct ward_doas_rule *rule,
    uint32_t account)
{
	switch (rule->who) {
	case WARD_DOAS_UID:
		return doas->accounts->list[account].uid == rule->id;
	case WARD_DOAS_GROUP:
		return ward_groups_has(doas->groups, account, rule->ident + 1,
		    0);
	case WARD_DOAS_GID:
		return ward_groups_has(doas->groups, account, NULL, rule->id);
	default:
		return false;
	}
}

/* Members of the same groups mostly have the same rules. */
static void
match_all(struct ward_doas *doas, uint32_t account)
{
	uint32_t count = 0;
	bool same = doas->has_account;

	for (uint32_t i = 0; i < doas->rules.count; i++) {
		const struct ward_doas_rule *rule = &doas->rules.list[i];

		if (rule->to != WARD_DOAS_NOBODY &&
		    matches(doas, rule, account)) {
			same = same && count < doas->matched_count &&
			    doas->matched[count] == i;
			doas->matched[count++] = i;
		}
	}
	same = same && count == doas->matched_count;
	doas->account = account;
	doas->has_account = true;
	doas->matched_count = count;
	if (!same) {
		ward_doas_decide(doas);
	}
}

bool
ward_doas_path(struct ward_doas *doas, uint32_t account, size_t *i,
    struct ward_path *ret_path)
{
	if (!doas->has_account || doas->account != account) {
		match_all(doas, account);
	}
	while (*i < doas->matched_count) {
		const struct ward_doas_rule
		    *rule = &doas->rules.list[doas->matched[(*i)++]];

		if (!rule->in_force) {
			continue;
		}
		*ret_path = (struct ward_path){ .kind = WARD_PATH_DOAS,
			.detail = rule->text,
			.source = { "/etc/doas.conf", rule->line },
			.excess = rule->denied != NULL ?
			    WARD_REASON_MINIMUM_NEGATION :
			    rule->excess,
			.excess_detail = rule->denied };
		if (rule->denied == NULL && rule->excess != WARD_REASON_NONE) {
			ret_path->excess_detail = rule->command;
		}
		return true;
	}
	return false;
}
