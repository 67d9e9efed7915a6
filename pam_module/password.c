/* SPDX-License-Identifier: BSD-2-Clause */
/* Who has set a password: its holder, or an administrator. */
#include "pam_module/door.h"

#include <unistd.h>

/*
 * Somebody who has just logged in with the old password, or runs passwd(1) as
 * that very user. The effective uid is root's in all of these.
 */
static bool
is_holder(const struct door *door, int flags)
{
	const struct ward_optional uid = ward_local_account(door->local)->uid;

	return (uid.known && (uint64_t)uid.value == getuid()) ||
	    ((flags & PAM_CHANGE_EXPIRED_AUTHTOK) != 0 && door->password);
}

/* The line stands behind the one that changes it. */
int
door_changed(pam_handle_t *pamh, const struct door_args *args, int flags)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct door *door;
	bool holder;
	int r;

	if ((flags & PAM_UPDATE_AUTHTOK) == 0) {
		return PAM_IGNORE;
	}
	r = door_get(pamh, args, flags, &door);
	if (r != PAM_SUCCESS) {
		return r;
	}
	/* As it is now, not as it was at the log-in. */
	door_forget(door);
	if (door_find(door, &err) != DOOR_OURS) {
		return PAM_IGNORE;
	}
	holder = is_holder(door, flags);
	door->marks.reset = !holder;
	door->marks.password = ward_local_password(door->local);
	r = door_keep_marks(door, true, &err);
	if (r != 0) {
		door_fault(pamh, door, &err);
	}
	door_record(pamh, door, holder ? WARD_EVENT_CHANGED : WARD_EVENT_RESET,
	    NULL);
	door_forget(door);
	return PAM_IGNORE;
}
