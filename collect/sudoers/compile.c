/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/match.h"
#include "collect/sudoers/ready.h"

/* ---- in force here and now ---------------------------------------------- */

static int
judge_host(struct ward_sudoers *sudoers, struct ward_sudo_rule *rule,
    const struct ward_sudo_setting *setting)
{
	const struct ward_sudo_member *open = NULL;
	struct ward_sudo_model *model = &sudoers->model;
	char note[WARD_SUDO_SHOWN + 8] = " (on ";
	bool likely, sure;

	likely = ward_sudo_match_host(model, &rule->hosts, setting->host, true,
		     &open) == WARD_SUDO_ALLOW;
	sure = ward_sudo_match_host(model, &rule->hosts, setting->host, false,
		   &open) == WARD_SUDO_ALLOW;
	rule->dead = !likely && !sure;
	rule->maybe = likely != sure;
	if (!rule->maybe || open == NULL) {
		return 0;
	}
	(void)ward_sudo_append(note,
	    open->kind == WARD_SUDO_NETGROUP ? "+" : "");
	(void)ward_sudo_append(note, open->name);
	(void)ward_sudo_append(note, ")");
	rule->note = ward_pool_copy(sudoers->strings, note, strlen(note));
	return rule->note == NULL ? WARD_ERR_NOMEM : 0;
}

/*
 * cvtsudoers 1.9.13 writes "/bin/a, NOTAFTER=... /bin/b" as one, with what
 * stands before /bin/a. Where a line may be such a one, its commands are taken
 * to be in force, and what it takes away is taken not to be.
 */
static void
judge_time(struct ward_sudo_rule *rule, int64_t now)
{
	bool any = false;

	rule->loose = rule->times > 2;
	for (struct ward_sudo_spec *s = rule->specs; s; s = s->next) {
		s->late = (s->notbefore.known && now < s->notbefore.value) ||
		    (s->notafter.known && now > s->notafter.value);
		any = any || !s->late;
		rule->loose = rule->loose ||
		    (rule->times > 0 && !s->notbefore.known &&
			!s->notafter.known);
	}
	rule->dead = rule->dead || !any;
}

/* ---- what can't be resolved --------------------------------------------- */

static int
is_open(void *arg, const struct ward_sudo_member *m, bool negated)
{
	const struct ward_sudo_member **open = arg;

	(void)negated;
	if (m->kind != WARD_SUDO_NETGROUP && m->kind != WARD_SUDO_OTHER_GROUP) {
		return 0;
	}
	*open = m;
	return 1;
}

/* Elsewhere an alias that isn't defined is a name, and may be meant as one. */
static int
is_undefined(void *arg, const struct ward_sudo_member *m, bool negated)
{
	const struct ward_sudo_member **open = arg;

	(void)negated;
	if (m->kind != WARD_SUDO_ALIAS_NAME) {
		return 0;
	}
	*open = m;
	return 1;
}

static const struct ward_sudo_member *
find_open(struct ward_sudo_model *model, const struct ward_sudo_rule *rule)
{
	const struct ward_sudo_member *open = NULL;

	(void)ward_sudo_visit(model, &rule->users, is_open, &open);
	if (open == NULL) {
		(void)ward_sudo_visit(model, &rule->hosts, is_open, &open);
	}
	for (const struct ward_sudo_spec *s = rule->specs; s && open == NULL;
	     s = s->next) {
		(void)ward_sudo_visit(model, &s->users, is_open, &open);
		if (open == NULL) {
			(void)ward_sudo_visit(model, &s->commands, is_undefined,
			    &open);
		}
	}
	return open;
}

/* Once a line, though one line may make several rules. */
static int
tell_open(struct ward_sudoers *sudoers, struct ward_sudo_rule *rule,
    struct ward_source *last, struct ward_defects *defects)
{
	const struct ward_sudo_member *open;
	char detail[WARD_SUDO_SHOWN + 8] = "";

	if (rule->source.file == last->file &&
	    rule->source.line == last->line) {
		return 0;
	}
	open = find_open(&sudoers->model, rule);
	if (open == NULL) {
		return 0;
	}
	*last = rule->source;
	rule->told = true;
	(void)ward_sudo_append(detail,
	    open->kind == WARD_SUDO_NETGROUP        ? "netgroup +" :
		open->kind == WARD_SUDO_OTHER_GROUP ? "group %:" :
						      "there is no alias ");
	(void)ward_sudo_append(detail, open->name);
	return ward_defects_add(defects, WARD_REASON_WELLFORMED_SUDOERS_OPEN,
	    NULL, rule->source, detail);
}

/* ---- Defaults ----------------------------------------------------------- */

/* Are upper and lower case one: for all, and for some otherwise? */
static void
take_folding(struct ward_sudoers *s, const struct ward_sudo_default *d)
{
	bool any = d->flags.of[WARD_SUDO_FOLD_USERS] != WARD_SUDO_UNSET ||
	    d->flags.of[WARD_SUDO_FOLD_GROUPS] != WARD_SUDO_UNSET;

	if (d->scope == WARD_SUDO_FOR_USER) {
		s->own_fold = s->own_fold || any;
	}
	if (d->scope != WARD_SUDO_FOR_ALL) {
		return;
	}
	if (d->flags.of[WARD_SUDO_FOLD_USERS] != WARD_SUDO_UNSET) {
		s->fold_users = d->flags.of[WARD_SUDO_FOLD_USERS] ==
		    WARD_SUDO_ON;
	}
	if (d->flags.of[WARD_SUDO_FOLD_GROUPS] != WARD_SUDO_UNSET) {
		s->fold_groups = d->flags.of[WARD_SUDO_FOLD_GROUPS] ==
		    WARD_SUDO_ON;
	}
}

/* Those for this host are for all; those for others go. A host that can't be
 * known is another: the stricter reading of !authenticate stays out. */
static void
judge_defaults(struct ward_sudoers *sudoers, const struct ward_sudo_host *host)
{
	struct ward_sudo_default **at = &sudoers->model.defaults;
	uint32_t number = 0;

	sudoers->fold_users = sudoers->fold_groups = true;
	while (*at != NULL) {
		struct ward_sudo_default *d = *at;

		if (d->scope == WARD_SUDO_FOR_HOST) {
			if (ward_sudo_match_host(&sudoers->model, &d->binding,
				host, false, NULL) != WARD_SUDO_ALLOW) {
				*at = d->next;
				continue;
			}
			d->scope = WARD_SUDO_FOR_ALL;
		}
		d->number = ++number;
		take_folding(sudoers, d);
		at = &d->next;
	}
	sudoers->model.default_end = at;
	sudoers->model.fold_users = sudoers->fold_users;
	sudoers->model.fold_groups = sudoers->fold_groups;
}

/* ---- the whole ---------------------------------------------------------- */

static int
gather(struct ward_sudoers *sudoers, const struct ward_root *root)
{
	size_t count = 0;

	for (struct ward_sudo_rule *r = sudoers->model.rules; r; r = r->next) {
		count += r->dead ? 0 : 1;
	}
	if (count >= UINT32_MAX) {
		return WARD_ERR_NOMEM;
	}
	sudoers->rules = calloc(count + 1, sizeof(struct ward_sudo_rule *));
	sudoers->walked = calloc(count + 1, sizeof(uint32_t));
	sudoers->matched = calloc(count + 1, sizeof(uint32_t));
	if (sudoers->rules == NULL || sudoers->walked == NULL ||
	    sudoers->matched == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (struct ward_sudo_rule *r = sudoers->model.rules; r; r = r->next) {
		if (!r->dead) {
			sudoers->rules[sudoers->rule_count++] = r;
		}
	}
	return ward_sudo_index_groups(sudoers, root) != 0 ?
	    WARD_ERR_NOMEM :
	    ward_sudo_index(sudoers);
}

int
ward_sudo_compile(struct ward_sudoers *sudoers,
    const struct ward_sudo_setting *setting)
{
	struct ward_sudo_model *model = &sudoers->model;
	struct ward_source last = { NULL, 0 };
	int rc = ward_sudo_resolve(model);

	if (rc != 0) {
		return rc;
	}
	judge_defaults(sudoers, setting->host);
	rc = ward_sudo_bind(sudoers);
	for (struct ward_sudo_rule *r = model->rules; r && rc == 0;
	     r = r->next) {
		rc = judge_host(sudoers, r, setting);
		judge_time(r, setting->now.seconds);
		if (rc != 0 || r->dead) {
			continue;
		}
		rc = tell_open(sudoers, r, &last, setting->defects);
		if (rc == 0) {
			rc = ward_sudo_compile_entries(sudoers, r, setting);
		}
	}
	return rc != 0 ? rc : gather(sudoers, setting->root);
}
