/* SPDX-License-Identifier: BSD-2-Clause */
/* Who has set a password: its holder, or an administrator. */
#include "pam_module/door.h"

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

/* What it is now, not what it was at the log-in: 0 where it can't be told. */
static uint64_t
look_again(struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	door_forget(door);
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
		       "next log-in, run: chage -d 0 %s"),
		    door->user, date, door->user);
	}
}

static void
note_change(pam_handle_t *pamh, struct door *door, uint64_t password, int flags)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const bool holder = door_is_holder(door, flags);

	door->marks.reset = !holder;
	door->marks.password = password;
	if (!holder) {
		/* An administrator's: a dormant account is to be used again. */
		door->marks.revived = time(NULL);
	}
	if (door_keep_marks(door, true, &err) != 0) {
		door_fault(pamh, door, &err);
	}
	(void)door_record(pamh, door,
	    holder ? WARD_EVENT_CHANGED : WARD_EVENT_RESET, NULL);
	if (!holder) {
		advise(pamh, door);
	}
}

/* Of two who change it at once one may have replaced what the other set. */
static void
remember(pam_handle_t *pamh, struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	if (door_find(door, &err) != DOOR_OURS ||
	    door_remember(door, &err) != 0) {
		door_fault(pamh, door, &err);
	}
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
	password = look_again(door);
	if ((flags & PAM_UPDATE_AUTHTOK) == 0) {
		door->before = password;
	} else if (password != 0 && password != door->before) {
		note_change(pamh, door, password, flags);
		remember(pamh, door);
	}
	door_forget(door);
	return PAM_IGNORE;
}
