/* SPDX-License-Identifier: BSD-2-Clause */
/* Users and groups that the rules name, and that no local file has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

#define NAME_SHOWN 100

struct search {
	struct ward_sudoers *sudoers;
	const struct ward_sudo_known *known;
	struct ward_sudo_member **users; /* strangers, by name */
	size_t count, room;
};

static bool
is_user(const struct ward_sudo_member *m)
{
	/* An alias that isn't defined stands for a user. */
	return m->kind == WARD_SUDO_NAME ||
	    (m->kind == WARD_SUDO_ALIAS_NAME && m->alias == NULL);
}

static bool
is_stranger(const struct ward_sudo_known *k, const struct ward_sudo_member *m)
{
	if (is_user(m)) {
		return k->users != NULL && !k->user(k->arg, m->name, 0);
	}
	switch (m->kind) {
	case WARD_SUDO_UID:
		return k->users != NULL && !k->user(k->arg, NULL, m->id);
	case WARD_SUDO_GROUP:
		return k->groups != NULL && m->spellings == NULL &&
		    !k->group(k->arg, m->name, 0);
	case WARD_SUDO_GID:
		return k->groups != NULL && !k->group(k->arg, NULL, m->id);
	default:
		return false;
	}
}

static int
take_list(struct search *s, const struct ward_sudo_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct ward_sudo_member *m = &list->members[i];

		m->stranger = is_stranger(s->known, m);
		if (!m->stranger || !is_user(m)) {
			continue;
		}
		if (s->count == s->room) {
			size_t room = s->room == 0 ? 16 : s->room * 2;
			struct ward_sudo_member **users;

			users = reallocarray(s->users, room, sizeof(users[0]));
			if (users == NULL) {
				return WARD_ERR_NOMEM;
			}
			s->users = users;
			s->room = room;
		}
		s->users[s->count++] = m;
	}
	return 0;
}

static int
take_all(struct search *s)
{
	const struct ward_sudoers *sudoers = s->sudoers;
	int rc = 0;

	for (uint32_t i = 0; i < sudoers->rule_count && rc == 0; i++) {
		rc = take_list(s, &sudoers->rules[i]->who);
	}
	for (struct ward_sudo_alias *a = sudoers->model.aliases; a && rc == 0;
	     a = a->next) {
		if (a->type == WARD_SUDO_USER_ALIAS) {
			rc = take_list(s, &a->list);
		}
	}
	return rc;
}

/* ---- upper and lower case ----------------------------------------------- */

static int
compare(const void *a, const void *b)
{
	const struct ward_sudo_member *x = *(struct ward_sudo_member *const *)a;
	const struct ward_sudo_member *y = *(struct ward_sudo_member *const *)b;

	return strcasecmp(x->name, y->name);
}

/* Each member that is this account in another case is none. */
static void
meet(struct search *s, const char *name)
{
	struct ward_sudo_member key = { .name = name };
	size_t lo = 0, hi = s->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcasecmp(s->users[mid]->name, key.name) < 0) {
			lo = mid + 1;
		} else {
			hi = mid;
		}
	}
	for (; lo < s->count && s->users[lo]->stranger &&
	     strcasecmp(s->users[lo]->name, name) == 0;
	     lo++) {
		s->users[lo]->stranger = false;
	}
}

static void
fold(struct search *s)
{
	const struct ward_sudo_known *k = s->known;
	const char *name;

	if (s->count == 0 ||
	    (!s->sudoers->fold_users && !s->sudoers->own_fold)) {
		return;
	}
	qsort(s->users, s->count, sizeof(s->users[0]), compare);
	for (size_t i = 0; (name = k->account(k->arg, i)) != NULL; i++) {
		meet(s, name);
	}
}

/* ---- told --------------------------------------------------------------- */

/* The last one visited is the first in the line. To take somebody away who is
 * not known gives nothing to anybody. */
static int
look(void *arg, const struct ward_sudo_member *m, bool negated)
{
	const struct ward_sudo_member **found = arg;

	if (m->stranger && !negated) {
		*found = m;
	}
	return 0;
}

static int
tell(const struct search *s, const struct ward_sudo_rule *rule,
    const struct ward_sudo_member *m, struct ward_defects *defects)
{
	bool group = m->kind == WARD_SUDO_GROUP || m->kind == WARD_SUDO_GID;
	char detail[256], who[NAME_SHOWN + 16];

	if (m->kind == WARD_SUDO_UID || m->kind == WARD_SUDO_GID) {
		(void)snprintf(who, sizeof(who), "%s %lu",
		    group ? "gid" : "uid", (unsigned long)m->id);
	} else {
		(void)snprintf(who, sizeof(who),
		    group ? NC_("detail", "group '%.*s'") :
			    NC_("detail", "user '%.*s'"),
		    NAME_SHOWN, m->name);
	}
	(void)snprintf(detail, sizeof(detail),
	    NC_("detail", "%s is not in local files (nsswitch.conf: %.32s)"),
	    who, group ? s->known->groups : s->known->users);
	return ward_defects_add(defects, WARD_REASON_WELLFORMED_SUDOERS_OPEN,
	    NULL, rule->source, detail);
}

static bool
same_line(const struct ward_sudo_rule *a, const struct ward_sudo_rule *b)
{
	return a->source.file == b->source.file &&
	    a->source.line == b->source.line;
}

/* One line may make several rules, which have the same users. */
static int
tell_all(struct search *s, struct ward_defects *defects)
{
	struct ward_sudo_rule **rules = s->sudoers->rules;
	uint32_t count = s->sudoers->rule_count, next;
	int rc = 0;

	for (uint32_t i = 0; i < count && rc == 0; i = next) {
		const struct ward_sudo_member *found = NULL;
		bool told = false;

		for (next = i; next < count && same_line(rules[i], rules[next]);
		     next++) {
			told = told || rules[next]->told;
		}
		if (!told) {
			(void)ward_sudo_visit(&s->sudoers->model,
			    &rules[i]->who, look, &found);
		}
		if (found != NULL) {
			rc = tell(s, rules[i], found, defects);
		}
	}
	return rc;
}

int
ward_sudoers_tell_unknown(struct ward_sudoers *sudoers,
    const struct ward_sudo_known *known, struct ward_defects *defects)
{
	struct search s = { .sudoers = sudoers, .known = known };
	int rc = 0;

	if (known->users != NULL || known->groups != NULL) {
		rc = take_all(&s);
		if (rc == 0) {
			fold(&s);
			rc = tell_all(&s, defects);
		}
	}
	free(s.users);
	return rc;
}
