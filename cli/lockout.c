/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/lockout.h"

#include <string.h>
#include <unistd.h>

#include "cli/session.h"

/* Where nobody asks for a lockout, every failure there is is told. */
static const struct ward_limits no_limits = { 100, 604800 };

static bool
is_running_host(const struct ward_options *options)
{
	return options->root == NULL || strcmp(options->root, "/") == 0;
}

/* What tells one class of accounts from another, where no plan's order does. */
static void
default_host(struct ward_host *host)
{
	const struct ward_logindefs defs = ward_logindefs_default();

	host->uid_min = defs.uid_min;
	host->uid_max = defs.uid_max;
}

/* The plan in force at log-in, worked out as it is there. What is kept of that
 * is the log-in's, and not replaced by what other options ask for. */
static int
find_order(struct ward_lockouts *l, struct ward_error *err)
{
	struct ward_places places;
	struct ward_state *look = NULL;
	int r = ward_places_find(l->options, &places, err);

	if (r != 0) {
		return r;
	}
	r = ward_state_open(l->options->root, WARD_STATE_LOOK, &look, err);
	if (r == 0) {
		r = ward_order_find(look, &places.places, &l->order, err);
	}
	ward_state_close(look);
	ward_places_free(&places);
	if (r == 0) {
		l->plan = l->order->plan;
		l->host.uid_min = l->order->host.uid_min;
		l->host.uid_max = l->order->host.uid_max;
	}
	return r;
}

static int
find_plan(struct ward_lockouts *l, struct ward_error *err)
{
	struct ward_error passed = { .language = ward_error_language(err) };
	bool named = l->options->plan != NULL || l->state == NULL;
	int r = 0;

	if (l->state != NULL) {
		r = find_order(l, named ? &passed : err);
	}
	if (named) {
		r = ward_session_plan(l->options, true, &l->named, err);
		l->plan = l->named;
	} else if (r == 0 && *l->order->stale != '\0') {
		(void)ward_say_error("warning: %s; the plan that held before "
				     "it stays in force",
		    l->order->stale);
	}
	return r;
}

static int
open_all(struct ward_lockouts *l, enum ward_state_use use, bool needs_plan,
    struct ward_error *err)
{
	int r = ward_clock(&l->now, err);

	if (r == 0) {
		r = ward_instant_now(&l->instant, err);
	}
	if (r == 0) {
		r = ward_state_open(l->options->root, use, &l->state, err);
	}
	if (r != 0 && r != WARD_ERR_MISSING) {
		return r;
	}
	default_host(&l->host);
	r = find_plan(l, err);
	if (r != 0 && !needs_plan) {
		(void)ward_say_error("warning: %s",
		    err == NULL ? "" : err->text);
		r = 0;
	}
	return r;
}

int
ward_lockouts_open(const struct ward_options *options, enum ward_state_use use,
    bool needs_plan, struct ward_lockouts *ret_lockouts, struct ward_error *err)
{
	struct ward_lockouts l = { .options = options };
	int r;

	if (is_running_host(options)) {
		if (geteuid() != 0) {
			return ward_error_set(err, WARD_ERR_DENIED,
			    "failed log-ins of this host are for root to see: "
			    "run it as root");
		}
		if (gethostname(l.name, sizeof(l.name) - 1) != 0) {
			l.name[0] = '\0';
		}
	}
	r = open_all(&l, use, needs_plan, err);
	if (r != 0) {
		ward_lockouts_close(&l);
		return r;
	}
	*ret_lockouts = l;
	return 0;
}

void
ward_lockouts_close(struct ward_lockouts *lockouts)
{
	ward_order_free(lockouts->order);
	ward_plan_free(lockouts->named);
	ward_state_close(lockouts->state);
}

/* The clauses that ask with one strength. */
static struct ward_citations
cite(const struct ward_plan *plan, size_t strength, enum ward_class class)
{
	const struct ward_binding *binding = ward_plan_binding(plan, strength);

	return binding != NULL &&
		ward_binding_enables(binding, WARD_RULE_LOGIN_LOCKOUT, class) ?
	    ward_binding_citations(binding, WARD_RULE_LOGIN_LOCKOUT, class) :
	    (struct ward_citations){ .count = 0 };
}

static void
find_asked(const struct ward_lockouts *l, struct ward_lockout *lockout)
{
	struct ward_limits limits;

	lockout->limits = no_limits;
	lockout->asked = l->plan != NULL &&
	    ward_plan_lockout(l->plan, lockout->class, &limits.attempts,
		&limits.seconds);
	if (lockout->asked) {
		lockout->limits = limits;
		lockout->shall = cite(l->plan, WARD_SHALL, lockout->class);
		lockout->should = cite(l->plan, WARD_SHOULD, lockout->class);
	}
}

/* Is there such an account, and of which class is it? */
static int
find_local(struct ward_lockouts *l, struct ward_marks *marks,
    struct ward_lockout *lockout, struct ward_error *err)
{
	const char *groups = l->plan == NULL ? "" :
					       ward_plan_root_groups(l->plan);
	struct ward_local *local;
	int r;

	if (l->state == NULL) {
		return 0;
	}
	r = ward_local_find(l->state, lockout->name, &l->host,
	    l->order == NULL ? NULL : l->order->shells,
	    groups == NULL ? "" : groups, marks, &local, err);
	if (r != 0) {
		return r == WARD_ERR_MISSING ? 0 : r;
	}
	lockout->local = true;
	lockout->uid = ward_local_account(local)->uid;
	lockout->class = ward_account_class(&l->host,
	    ward_local_account(local));
	ward_local_free(local);
	return 0;
}

static int
look(struct ward_lockouts *l, struct ward_lockout_case *found,
    struct ward_error *err)
{
	int r = ward_tally_view(found->tally, &found->lockout.limits,
	    &l->instant, &found->view, err);

	if (r != 0) {
		return r;
	}
	if (!found->lockout.asked) {
		found->view.locked = false;
	}
	/* Up to the next second: until then it is locked for sure. */
	found->lockout.until = l->now;
	found->lockout.until.seconds = (l->instant.wall + found->view.left +
					   999) /
	    1000;
	return 0;
}

int
ward_lockout_find(struct ward_lockouts *lockouts, const char *name,
    enum ward_tally_use use, struct ward_lockout_case *ret_case,
    struct ward_error *err)
{
	struct ward_lockout_case found = { .lockout = { .name = name } };
	struct ward_marks marks = { .last_use = 0 };
	int r = lockouts->state == NULL ?
	    WARD_ERR_MISSING :
	    ward_tally_open(lockouts->state, name, use, &found.tally, err);

	if (r == 0) {
		r = ward_tally_marks(found.tally, &marks, err);
	} else if (r == WARD_ERR_MISSING) {
		r = 0;
	}
	if (r == 0) {
		r = find_local(lockouts, &marks, &found.lockout, err);
	}
	if (r == 0) {
		find_asked(lockouts, &found.lockout);
	}
	if (r == 0 && found.tally != NULL) {
		r = look(lockouts, &found, err);
	}
	if (r != 0) {
		ward_lockout_end(&found);
		return r;
	}
	*ret_case = found;
	ret_case->lockout.view = &ret_case->view;
	return 0;
}

void
ward_lockout_end(struct ward_lockout_case *found)
{
	ward_tally_close(found->tally);
	found->tally = NULL;
}
