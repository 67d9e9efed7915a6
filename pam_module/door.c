/* SPDX-License-Identifier: BSD-2-Clause */
#include "pam_module/door.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DATA "acctward"
#define SHIPPED WARD_PREFIX "/share/acctward/plans"

void
door_close(struct door *door)
{
	ward_tally_close(door->tally);
	door->tally = NULL;
	door->reserved = false;
	ward_state_close(door->state);
	door->state = NULL;
}

void
door_forget_account(struct door *door)
{
	door_close(door);
	ward_local_free(door->local);
	door->local = NULL;
}

void
door_forget(struct door *door)
{
	door_forget_account(door);
	ward_order_free(door->order);
	door->order = NULL;
}

static void
free_door(struct door *door)
{
	if (door == NULL) {
		return;
	}
	door_forget(door);
	for (size_t i = 0; i < DOOR_PATHS; i++) {
		free(door->paths[i]);
	}
	free(door->user);
	free(door);
}

static const char *
item(pam_handle_t *pamh, int type)
{
	const void *text = NULL;

	return pam_get_item(pamh, type, &text) == PAM_SUCCESS ? text : NULL;
}

static void
set_from(pam_handle_t *pamh, struct door *door)
{
	door->from = (struct ward_from){ .service = item(pamh, PAM_SERVICE),
		.tty = item(pamh, PAM_TTY),
		.rhost = item(pamh, PAM_RHOST) };
}

/* The handle ends, or goes on with another user. Silent: in a child, whose
 * parent goes on with it. Of a change that has failed nothing is to be told:
 * the password that is there now is somebody else's. */
static void
drop(pam_handle_t *pamh, void *data, int status)
{
	struct door *door = data;

	if ((status & ~PAM_DATA_REPLACE) == PAM_SUCCESS) {
		set_from(pamh, door);
		door_check_end(pamh, door);
	}
	free_door(door);
}

/* A terminal of the machine itself, as securetty(5) used to list them. */
static bool
is_console_tty(const char *tty)
{
	static const char *const names[] = { "console", "ttyS", "ttyAMA", "hvc",
		"sclp_line", "ttysclp", "xvc", "tty" };

	if (strncmp(tty, "/dev/", 5) == 0) {
		tty += 5;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const size_t size = strlen(names[i]);

		if (strncmp(tty, names[i], size) == 0) {
			const char *rest = tty + size;
			const bool number = *rest != '\0' &&
			    rest[strspn(rest, "0123456789")] == '\0';

			if (number || strcmp(tty, "console") == 0) {
				return true;
			}
		}
	}
	return false;
}

/* Somebody logs in at the machine, to a program that root has started there:
 * not with su(1), whose caller chose to type at a console. */
static bool
is_console(pam_handle_t *pamh, const struct ward_from *from)
{
	const char *by = item(pamh, PAM_RUSER);

	return getuid() == 0 && from->tty != NULL &&
	    is_console_tty(from->tty) &&
	    (from->rhost == NULL || *from->rhost == '\0') &&
	    (by == NULL || *by == '\0' || strcmp(by, "root") == 0);
}

struct door *
door_current(pam_handle_t *pamh)
{
	const void *data = NULL;
	const char *user = item(pamh, PAM_USER);
	struct door *door;

	if (pam_get_data(pamh, DATA, &data) != PAM_SUCCESS || data == NULL) {
		return NULL;
	}
	/* libpam hands back what it was given. */
	memcpy(&door, &data, sizeof(door));
	return user != NULL && strcmp(user, door->user) == 0 ? door : NULL;
}

/* Copies of what lies in the line's words, which libpam frees before the handle
 * ends when it goes on with another service. */
static bool
keep_args(struct door *door, const struct door_args *args)
{
	struct door_args own = *args;
	const char **const to[DOOR_PATHS] = { &own.root, &own.plans, &own.words,
		&own.dictionary };
	char *paths[DOOR_PATHS] = { NULL };
	bool good = true;

	for (size_t i = 0; i < DOOR_PATHS; i++) {
		if (*to[i] != NULL) {
			paths[i] = strdup(*to[i]);
			good = good && paths[i] != NULL;
			*to[i] = paths[i];
		}
	}
	for (size_t i = 0; i < DOOR_PATHS; i++) {
		free(good ? door->paths[i] : paths[i]);
		door->paths[i] = good ? paths[i] : door->paths[i];
	}
	door->args = good ? own : door->args;
	return good;
}

static int
set_args(pam_handle_t *pamh, struct door *door, const struct door_args *args,
    int flags)
{
	if (!keep_args(door, args)) {
		return PAM_BUF_ERR;
	}
	door->silent = args->silent || (flags & PAM_SILENT) != 0;
	set_from(pamh, door);
	door->console = is_console(pamh, &door->from);
	return PAM_SUCCESS;
}

int
door_begin(pam_handle_t *pamh, const struct door_args *args, int flags,
    struct door **ret_door)
{
	const char *user = NULL;
	struct door *door;
	int r = pam_get_user(pamh, &user, NULL);

	if (r != PAM_SUCCESS) {
		return r == PAM_CONV_AGAIN ? PAM_INCOMPLETE : r;
	}
	if (user == NULL || *user == '\0') {
		return PAM_USER_UNKNOWN;
	}
	door = calloc(1, sizeof(*door));
	if (door == NULL || (door->user = strdup(user)) == NULL) {
		free_door(door);
		return PAM_BUF_ERR;
	}
	r = set_args(pamh, door, args, flags);
	if (r == PAM_SUCCESS) {
		r = pam_set_data(pamh, DATA, door, drop);
	}
	if (r != PAM_SUCCESS) {
		free_door(door);
		return r;
	}
	*ret_door = door;
	return PAM_SUCCESS;
}

int
door_get(pam_handle_t *pamh, const struct door_args *args, int flags,
    struct door **ret_door)
{
	struct door *door = door_current(pamh);

	if (door == NULL) {
		return door_begin(pamh, args, flags, ret_door);
	}
	*ret_door = door;
	return set_args(pamh, door, args, flags);
}

/* ---- state, plan and account ---------------------------------------------- */

int
door_state(struct door *door, struct ward_error *err)
{
	return door->state != NULL ? 0 :
				     ward_state_open(door->args.root,
					 WARD_STATE_KEEP, &door->state, err);
}

static int
find_order(struct door *door, struct ward_error *err)
{
	struct ward_plan_places places;
	const char *root = ward_state_root(door->state);
	char *config = NULL, *config_dir = NULL, *local = NULL;
	int r = WARD_ERR_NOMEM;

	if (asprintf(&config, "%s/etc/acctward/acctward.conf", root) >= 0 &&
	    asprintf(&config_dir, "%s/etc/acctward/acctward.conf.d", root) >=
		0 &&
	    asprintf(&local, "%s/etc/acctward/plans", root) >= 0) {
		places = (struct ward_plan_places){
			.shipped = door->args.plans != NULL ? door->args.plans :
							      SHIPPED,
			.local = local,
			.config = config,
			.config_dir = config_dir,
		};
		r = ward_order_find(door->state, &places, &door->order, err);
	}
	free(config);
	free(config_dir);
	free(local);
	return r;
}

/* Only read here, so that a disk that can't be written keeps out nobody who
 * has nothing to be written. */
static int
find_marks(struct door *door, struct ward_error *err)
{
	struct ward_tally *tally = NULL;
	int r = ward_tally_open(door->state, door->user, WARD_TALLY_LOOK,
	    &tally, err);

	if (r == 0) {
		r = ward_tally_marks(tally, &door->kept, err);
	}
	ward_tally_close(tally);
	door->marks = door->kept;
	/* None yet; or a name that no account can have. */
	return r == WARD_ERR_MISSING || r == WARD_ERR_RANGE ? 0 : r;
}

static int
find_local(struct door *door, struct ward_error *err)
{
	const struct ward_order *order = door->order;
	int r = find_marks(door, err);

	if (r != 0) {
		return r;
	}
	return ward_local_find(door->state, door->user, &order->host,
	    order->shells, ward_plan_root_groups(order->plan), &door->marks,
	    &door->local, err);
}

/* State and plan. */
static int
find_plan(struct door *door, struct ward_error *err)
{
	int r = door_state(door, err);

	return r == 0 && door->order == NULL ? find_order(door, err) : r;
}

static enum door_found
found(const struct door *door, int r)
{
	if (r == 0) {
		return DOOR_OURS;
	}
	/* Not for a caller without privileges to decide: see the manual. */
	return r == WARD_ERR_MISSING && door->order != NULL ? DOOR_STRANGER :
	    r == WARD_ERR_DENIED && geteuid() != 0          ? DOOR_STRANGER :
							      DOOR_TROUBLE;
}

enum door_found
door_find(struct door *door, struct ward_error *err)
{
	int r = 0;

	if (door->local == NULL) {
		r = find_plan(door, err);
	}
	if (r == 0 && door->local == NULL) {
		r = find_local(door, err);
	}
	return found(door, r);
}

/* Does the plan ask the same of every class? Then nothing has to be looked up
 * for an account that has a tally, which only an account gets. */
static bool
is_uniform(const struct ward_plan *plan, struct ward_limits *ret_limits)
{
	struct ward_limits all = { 0, 0 }, one;

	(void)ward_plan_lockout(plan, WARD_CLASS_ANY, &all.attempts,
	    &all.seconds);
	for (enum ward_class c = 0; c < WARD_CLASS_COUNT; c++) {
		one = (struct ward_limits){ 0, 0 };
		(void)ward_plan_lockout(plan, c, &one.attempts, &one.seconds);
		if (one.attempts != all.attempts ||
		    one.seconds != all.seconds) {
			return false;
		}
	}
	*ret_limits = all;
	return true;
}

enum door_found
door_lockout(struct door *door, struct ward_limits *ret_limits,
    struct ward_error *err)
{
	struct ward_limits limits = { 0, 0 };
	enum door_found who;
	int r = find_plan(door, err);

	if (r == 0 && is_uniform(door->order->plan, &limits)) {
		r = limits.attempts == 0 ?
		    0 :
		    door_tally(door, WARD_TALLY_KEEP, err);
		if (r == 0) {
			*ret_limits = limits;
			return DOOR_OURS;
		}
	} else if (r != 0) {
		return found(door, r);
	}
	who = door_find(door, err);
	if (who == DOOR_OURS) {
		(void)ward_plan_lockout(door->order->plan, door_class(door),
		    &limits.attempts, &limits.seconds);
		*ret_limits = limits;
	}
	return who;
}

bool
door_is_current(struct door *door)
{
	return door->local != NULL && door_state(door, NULL) == 0 &&
	    ward_local_is_current(door->state, door->local);
}

int
door_tally(struct door *door, enum ward_tally_use use, struct ward_error *err)
{
	int r = door->tally == NULL ? door_state(door, err) : 0;

	if (r == 0 && door->tally == NULL) {
		r = ward_tally_open(door->state, door->user, use, &door->tally,
		    err);
	}
	return r;
}

int
door_look_at_clocks(struct door *door, struct ward_error *err)
{
	return door->now.boot == 0 ? ward_instant_now(&door->now, err) :
				     ward_instant_again(&door->now, err);
}

int
door_keep_marks(struct door *door, bool durable, struct ward_error *err)
{
	int r;

	if (memcmp(&door->marks, &door->kept, sizeof(door->marks)) == 0) {
		return 0;
	}
	r = door_tally(door, WARD_TALLY_MAKE, err);
	if (r == 0) {
		r = ward_tally_set_marks(door->tally, &door->kept, &door->marks,
		    durable, err);
	}
	if (r == 0) {
		door->kept = door->marks;
	}
	return r;
}

enum ward_class
door_class(const struct door *door)
{
	return ward_account_class(&door->order->host,
	    ward_local_account(door->local));
}

bool
door_is_exempt(struct door *door)
{
	struct ward_optional uid;

	if (!door->console) {
		return false;
	}
	/* Where nothing can be read, the name is all there is. */
	if (door_find(door, NULL) != DOOR_OURS) {
		return strcmp(door->user, "root") == 0;
	}
	uid = ward_local_account(door->local)->uid;
	return (uid.known && uid.value == 0) ||
	    ward_plan_breaks_glass(door->order->plan, door->user);
}
