/* SPDX-License-Identifier: BSD-2-Clause */
/* Who has set a password: its holder, or an administrator. */
#include "pam_module/door.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * Somebody who has just logged in with the old password, or runs passwd(1) as
 * that very user. The effective uid is root's in all of these.
 */
bool
door_is_holder(const struct door *door, int flags)
{
	struct ward_optional uid;

	if ((flags & PAM_CHANGE_EXPIRED_AUTHTOK) != 0 && door->password) {
		return true;
	}
	if (door->local == NULL) {
		return getuid() != 0;
	}
	uid = ward_local_account(door->local)->uid;
	return uid.known && (uint64_t)uid.value == getuid();
}

const char *
door_set_by(pam_handle_t *pamh, const struct door *door,
    char name[DOOR_NAME_SIZE])
{
	const char *by = door_by(pamh, door, name);

	return by == NULL || strcmp(by, door->user) == 0 ? NULL : by;
}

/* What it is now, not what it was at the log-in: 0 where it can't be told. */
static uint64_t
look_again(struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	door_forget_account(door);
	return door_find(door, &err) == DOOR_OURS ?
	    ward_local_password(door->local) :
	    0;
}

static void
advise(pam_handle_t *pamh, const struct door *door)
{
	char date[WARD_MOMENT_SIZE];

	if (door_change_is_put_off(door, date)) {
		door_tell(pamh, door,
		    N_("%s can't change this password before %s (UTC), by the "
		       "minimum age in shadow(5). To have it changed at the "
		       "next log-in, run:"),
		    door->user, date);
		/* Never broken. */
		door_tell(pamh, door, "  chage -d 0 %s", door->user);
	}
}

static void
note_change(pam_handle_t *pamh, struct door *door, uint64_t password, int flags)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const bool holder = door_is_holder(door, flags);
	/* If the power takes the mark, the one before is there, and what is set
	 * now is as one that somebody else has set: temporary. But not where
	 * there is none, or where it tells of a holder's change. */
	const bool durable = door->kept.password == 0 ||
	    (!holder && door->kept.changing != 0);
	char name[DOOR_NAME_SIZE];
	struct door_note note = { .by_plan = holder,
		.detail = door->exempt ? "not held to the rules" : NULL };

	door->marks.reset = !holder;
	door->marks.password = password;
	door->marks.changing = 0;
	if (!holder) {
		/* An administrator's: a dormant account is to be used again. */
		door->marks.revived = time(NULL);
	}
	if (door_keep_marks(door, durable, &err) != 0) {
		door_fault(pamh, door, &err);
	}
	note.by = door_set_by(pamh, door, name);
	(void)door_record(pamh, door,
	    holder ? WARD_EVENT_CHANGED : WARD_EVENT_RESET, &note);
	if (!holder) {
		advise(pamh, door);
	}
}

/* Else one who kills passwd(1) before `changed' runs would have a password that
 * somebody else seems to have set, and that may be changed whatever its age. */
int
door_note_change(struct door *door, int flags, struct ward_error *err)
{
	const uint64_t password = ward_local_password(door->local);

	if (!door_is_holder(door, flags) || password == 0 ||
	    (door->marks.password == 0 && !door->marks.reset) ||
	    !ward_plan_enables(door->order->plan, WARD_RULE_PASSWORD_MIN_AGE,
		door_class(door))) {
		return 0;
	}
	door->marks.reset = door_is_temporary(door);
	door->marks.password = password;
	door->marks.changing = time(NULL);
	return door_keep_marks(door, false, err);
}

/* Of two who change it at once one may have replaced what the other set. What
 * the power takes from this file the shadow still has, until the next change
 * keeps it for good. */
static void
remember(pam_handle_t *pamh, struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	if (door_find(door, &err) != DOOR_OURS ||
	    door_remember(door, false, &err) != 0) {
		door_fault(pamh, door, &err);
	}
}

static void
blame(pam_handle_t *pamh, struct door *door, const char *detail)
{
	const struct door_note note = { .detail = detail };

	(void)door_record(pamh, door, WARD_EVENT_FAULT, &note);
}

/* While the stack runs it can't be told from a module behind ours that fails:
 * afterwards the password says which it was. */
static void
check_unchanged(pam_handle_t *pamh, struct door *door)
{
	uint64_t password;

	if (!door->unchanged) {
		return;
	}
	door->unchanged = false;
	door->taken = 0; /* it was reached, if in front */
	password = look_again(door);
	if (password != 0 && password != door->before) {
		blame(pamh, door,
		    "not recorded: the line with `changed' stands in front of "
		    "the one that sets the password: put it behind");
	}
	door_forget(door);
}

/*
 * At the end of a log-in somebody else may have set the one that is there, long
 * after: it is not taken for its holder's. passwd(1) and the like end at once,
 * and what they set is temporary.
 */
static void
check_unreached(pam_handle_t *pamh, struct door *door)
{
	const uint64_t password = door->taken == 0 ? 0 : look_again(door);

	if (password == 0 || password == door->taken) {
		return;
	}
	door->taken = 0;
	if (!door->sets || door_is_holder(door, 0) ||
	    door->kept.password == password) {
		blame(pamh, door,
		    "not recorded: no line with `changed' was reached: put it "
		    "right behind the one that sets the password, and make "
		    "that one required, not sufficient");
		return;
	}
	blame(pamh, door,
	    "recorded late: no line with `changed' was reached: put it right "
	    "behind the one that sets the password, and make that one "
	    "required, not sufficient");
	/* The program may have put its conversation away. */
	door->silent = true;
	note_change(pamh, door, password, 0);
	remember(pamh, door);
}

void
door_check_end(pam_handle_t *pamh, struct door *door)
{
	check_unchanged(pamh, door);
	check_unreached(pamh, door);
	door_forget(door);
}

/* The line stands behind the one that changes it, and may be reached when that
 * one has failed: only what is another password than before was set. */
int
door_changed(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct door *door;
	uint64_t password;
	int r = door_get(pamh, args, flags, &door);

	if (r != PAM_SUCCESS) {
		return r;
	}
	if ((flags & PAM_UPDATE_AUTHTOK) == 0) {
		check_unchanged(pamh, door);
		door->before = door->fresh ? door->seen : look_again(door);
		door->fresh = false;
		door_forget_account(door);
		return PAM_IGNORE;
	}
	door->taken = 0;
	password = look_again(door);
	door->unchanged = password == door->before && password != 0;
	if (password != 0 && password != door->before) {
		if (!door->judges) {
			blame(pamh, door,
			    "not judged: no line of acctward stands in front "
			    "of the one that sets the password");
		}
		note_change(pamh, door, password, flags);
		remember(pamh, door);
	}
	door_forget(door);
	return PAM_IGNORE;
}
