/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_faillock, pam_tally2 and pam_tally: which failures lock, for how long. */
#include <stdlib.h>
#include <string.h>

#include "collect/pam/modules.h"

#define FAILLOCK_CONF "/etc/security/faillock.conf"
#define FAILLOCK_DIR "/run/faillock"
#define SECONDS_MAX 604800 /* what it takes */
#define UNSET (-1)
#define DELAY 2 /* seconds */

struct number {
	int64_t value;
	struct ward_source source;
};

struct lock {
	struct number deny, interval, unlock, root_unlock;
	struct ward_source root;
	bool even_root, admins;
	const char *dir;
	uint32_t action;
};

/* ---- pam_faillock --------------------------------------------------------- */

static void
take_time(const char *value, struct ward_source source, bool never,
    struct number *number)
{
	int64_t seconds;

	if (never && strcmp(value, "never") == 0) {
		*number = (struct number){ 0, source };
	} else if (ward_pam_scanned_number(value, false, &seconds) &&
	    seconds <= SECONDS_MAX) {
		*number = (struct number){ seconds, source };
	}
}

/* What it does not understand is logged, and nothing is changed. */
static void
take_setting(struct lock *l, const char *name, const char *value,
    struct ward_source source)
{
	int64_t deny;

	if (strcmp(name, "deny") == 0) {
		if (ward_pam_scanned_number(value, true, &deny)) {
			l->deny = (struct number){ deny, source };
		}
	} else if (strcmp(name, "fail_interval") == 0) {
		take_time(value, source, false, &l->interval);
	} else if (strcmp(name, "unlock_time") == 0) {
		take_time(value, source, true, &l->unlock);
	} else if (strcmp(name, "root_unlock_time") == 0) {
		take_time(value, source, true, &l->root_unlock);
	} else if (strcmp(name, "even_deny_root") == 0) {
		l->even_root = true;
		l->root = source;
	} else if (strcmp(name, "admin_group") == 0) {
		l->admins = *value != '\0';
	} else if (strcmp(name, "dir") == 0 && *value == '/') {
		l->dir = value;
	}
}

static int
take_conf(struct ward_pam_reading *r, const char *path, bool named,
    struct lock *l)
{
	const struct ward_pam_conf *conf;

	if (ward_pam_conf_read(r->modules, path, &conf) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (conf->state == WARD_PAM_CONF_ODD) {
		return ward_pam_give_up(r,
		    N_("a file that its module goes by can't be read"),
		    (struct ward_source){ conf->path, 0 });
	}
	for (uint32_t i = 0; i < conf->count; i++) {
		const struct ward_pam_setting *s = &conf->settings[i];

		take_setting(l, s->name, s->value,
		    (struct ward_source){ conf->path, s->line });
	}
	if (conf->torn != 0 ||
	    (named && conf->state == WARD_PAM_CONF_MISSING)) {
		r->line->flags |= T_BROKEN;
		r->line->flag_source = (struct ward_source){ conf->path,
			conf->torn };
	}
	return 0;
}

static uint32_t
action_of(const char *arg)
{
	static const struct {
		const char *name;
		uint32_t action;
	} actions[] = {
		{ "preauth", T_PREAUTH },
		{ "authfail", T_AUTHFAIL },
		{ "authsucc", T_AUTHSUCC },
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (strcmp(arg, actions[i].name) == 0) {
			return actions[i].action;
		}
	}
	return 0;
}

static int
take_arg(struct ward_pam_reading *r, const char *arg, struct lock *l)
{
	size_t size = strcspn(arg, "=");
	char *name;

	if (action_of(arg) != 0) {
		l->action = action_of(arg);
		return 0;
	}
	name = ward_pool_copy(r->modules->pool, arg, size);
	if (name == NULL) {
		return WARD_ERR_NOMEM;
	}
	take_setting(l, name, arg + size + (arg[size] == '='),
	    r->handler->source);
	return 0;
}

/* The file is read first, then all arguments but the one that names it. */
static int
take_all(struct ward_pam_reading *r, struct lock *l)
{
	const struct ward_pam_handler *h = r->handler;
	const char *path = NULL;
	uint32_t named = h->arg_count;

	for (uint32_t i = 0; i < h->arg_count; i++) {
		const char *rest = ward_pam_behind(h->args[i], "conf=");

		path = rest != NULL ? rest : path;
		named = rest != NULL ? i : named;
	}
	if (take_conf(r, path == NULL ? FAILLOCK_CONF : path, path != NULL,
		l) != 0) {
		return WARD_ERR_NOMEM;
	}
	for (uint32_t i = 0; i < h->arg_count; i++) {
		if (i != named && take_arg(r, h->args[i], l) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	return 0;
}

static bool
is_shorter(const struct number *a, const struct number *b)
{
	return a->value != 0 && (b->value == 0 || a->value < b->value);
}

/* Admins are locked as root is. */
static void
keep_seconds(struct ward_pam_line *line, const struct lock *l)
{
	const struct number *root = l->root_unlock.value == UNSET ?
	    &l->unlock :
	    &l->root_unlock;
	const struct number *user = l->admins && is_shorter(root, &l->unlock) ?
	    root :
	    &l->unlock;

	ward_pam_set_number(line, WARD_PAM_SECONDS, user->value, user->source);
	ward_pam_set_number(line, WARD_PAM_ROOT_SECONDS, root->value,
	    root->source);
}

/* Each failure takes two seconds, by its own delay: who types one after the
 * other never has so many within less. Within no time at all there is none, not
 * even the last one. */
static bool
is_too_short(const struct lock *l)
{
	return l->interval.value == 0 ||
	    l->interval.value <= DELAY * (l->deny.value - 1);
}

static void
keep_numbers(struct ward_pam_line *line, const struct lock *l)
{
	const struct number *n = is_too_short(l) ? &l->interval : &l->deny;
	int64_t attempts = is_too_short(l) ? 0 : n->value;

	ward_pam_set_number(line, WARD_PAM_ATTEMPTS, attempts, n->source);
	keep_seconds(line, l);
	line->flags |= l->action | (l->even_root ? T_ROOT : 0) |
	    (l->admins && !l->even_root ? T_ADMINS : 0);
	if (l->even_root) {
		line->flag_source = l->root;
	}
}

int
ward_pam_read_faillock(struct ward_pam_reading *r)
{
	struct ward_source here = r->handler->source;
	struct lock l = { .deny = { 3, here },
		.interval = { 900, here },
		.unlock = { 600, here },
		.root_unlock = { UNSET, here },
		.dir = FAILLOCK_DIR,
		.action = T_PREAUTH };

	if (take_all(r, &l) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (r->line->module == NULL || (r->line->flags & T_BROKEN) != 0 ||
	    (r->type != WARD_PAM_AUTH && r->type != WARD_PAM_ACCOUNT)) {
		return 0;
	}
	keep_numbers(r->line, &l);
	return ward_pam_lockout_of(r, "pam_faillock", l.dir);
}

/* ---- pam_tally2, pam_tally -------------------------------------------------- */

static void
take_tally_arg(const char *arg, struct lock *l, struct ward_source here)
{
	const char *rest;

	if ((rest = ward_pam_behind(arg, "deny=")) != NULL) {
		l->deny.value = ward_pam_leading_number(rest);
	} else if ((rest = ward_pam_behind(arg, "unlock_time=")) != NULL) {
		l->unlock.value = ward_pam_leading_number(rest);
	} else if ((rest = ward_pam_behind(arg, "file=")) != NULL) {
		l->dir = rest;
	} else if ((rest = ward_pam_behind(arg, "root_unlock_time=")) != NULL) {
		l->root_unlock.value = ward_pam_leading_number(rest);
		l->even_root = true;
		l->root = here;
	} else if (strcmp(arg, "even_deny_root") == 0 ||
	    strcmp(arg, "even_deny_root_account") == 0) {
		l->even_root = true;
		l->root = here;
	}
}

/* Without deny= it only counts; without unlock_time= a lock is for good. */
int
ward_pam_read_tally(struct ward_pam_reading *r)
{
	struct ward_source here = r->handler->source;
	const char *kind = r->line->module->name;
	struct lock l = { .deny = { 0, here },
		.interval = { INT64_MAX, here },
		.unlock = { 0, here },
		.root_unlock = { UNSET, here },
		.dir = "" };

	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		take_tally_arg(r->handler->args[i], &l, here);
	}
	if (r->type != WARD_PAM_AUTH && r->type != WARD_PAM_ACCOUNT) {
		return 0;
	}
	keep_numbers(r->line, &l);
	return ward_pam_lockout_of(r, kind, l.dir);
}
