/* SPDX-License-Identifier: BSD-2-Clause */
/* The trail of privileged use, and when an account was used last. */
#include "pam_module/door.h"

#include <fcntl.h>
#include <pwd.h>
#include <security/pam_ext.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define USE_SECONDS 3600 /* as exact as a dormant account needs it */

/* The uid that logged in, whoever it has become since; false: nobody did. */
static bool
login_uid(uint32_t *ret_uid)
{
	char text[24];
	uint64_t number;
	ssize_t size = -1;
	int fd = open("/proc/self/loginuid", O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd >= 0) {
		size = read(fd, text, sizeof(text) - 1);
		(void)close(fd);
	}
	if (size <= 0) {
		return false;
	}
	text[size] = '\0';
	text[strcspn(text, "\n")] = '\0';
	if (ward_parse_uint(text, 0, UINT32_MAX - 1, &number) != 0) {
		return false;
	}
	*ret_uid = (uint32_t)number;
	return true;
}

/* Is it the account's own? */
static bool
is_uid_of(const struct door *door, uint32_t uid)
{
	return door->local != NULL &&
	    ward_local_account(door->local)->uid.value == (int64_t)uid;
}

/* What the caller says, else who once logged in. */
const char *
door_by(pam_handle_t *pamh, const struct door *door, char name[DOOR_NAME_SIZE])
{
	const void *ruser = NULL;
	struct passwd entry, *found = NULL;
	char buffer[4096];
	uint32_t uid;

	if (pam_get_item(pamh, PAM_RUSER, &ruser) == PAM_SUCCESS &&
	    ruser != NULL && *(const char *)ruser != '\0') {
		return ruser;
	}
	if (!login_uid(&uid) || is_uid_of(door, uid)) {
		return NULL;
	}
	if (getpwuid_r(uid, &entry, buffer, sizeof(buffer), &found) != 0 ||
	    found == NULL) {
		(void)snprintf(name, DOOR_NAME_SIZE, "uid %u", uid);
	} else {
		(void)snprintf(name, DOOR_NAME_SIZE, "%s", found->pw_name);
	}
	return name;
}

static bool
has_text(const char *text)
{
	return text != NULL && *text != '\0';
}

/* What the system starts by itself has no terminal, no host and nobody behind
 * it: cron(8) names itself in place of one. */
static bool
is_of_somebody(const struct door *door, const char *by)
{
	const char *tty = door->from.tty;

	return has_text(by) || has_text(door->from.rhost) ||
	    (has_text(tty) && strcmp(tty, "cron") != 0 &&
		strcmp(tty, "atd") != 0);
}

/* Of a privileged account, where the plan asks for the trail. */
static bool
is_recorded(const struct door *door)
{
	const struct ward_plan *plan = door->order->plan;

	for (size_t i = 0; i < WARD_REFERENCE; i++) {
		if (ward_binding_enables(ward_plan_binding(plan, i),
			WARD_RULE_PRIVILEGED_TRAIL, WARD_CLASS_PRIVILEGED)) {
			return door_class(door) == WARD_CLASS_PRIVILEGED;
		}
	}
	return false;
}

/*
 * Is it used by whom it belongs to? Not by root, who becomes anybody; and what
 * cron(8) does for a person who has left keeps no account alive, but a service
 * is there for nothing else.
 */
static bool
is_use(const struct door *door, const char *by)
{
	return door->password || has_text(door->from.rhost) ||
	    door_class(door) == WARD_CLASS_SERVICE ||
	    (!has_text(by) && is_of_somebody(door, by));
}

/* For what is dormant. That it could not be written keeps nobody out. */
static void
note_use(pam_handle_t *pamh, struct door *door)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const int64_t now = time(NULL);

	if (now - door->marks.last_use < USE_SECONDS &&
	    now >= door->marks.last_use) {
		return;
	}
	door->marks.last_use = now;
	if (door_keep_marks(door, false, &err) != 0) {
		pam_syslog(pamh, LOG_ERR, "%s", err.text);
	}
}

/* By limits of their own the users of su(1) could keep out of the record what
 * they do with it; who logs in to the host can't, and may be there to mend it. */
static int
unrecorded(enum ward_event_id id)
{
	return id == WARD_EVENT_OPENED && getuid() != 0 ? PAM_SESSION_ERR :
							  PAM_IGNORE;
}

int
door_session(pam_handle_t *pamh, const struct door_args *args, int flags,
    enum ward_event_id id)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct door_note note = { .finding = NULL };
	char name[DOOR_NAME_SIZE];
	struct door *door;
	int r = door_get(pamh, args, flags, &door);

	if (r != PAM_SUCCESS) {
		return PAM_SESSION_ERR;
	}
	switch (door_find(door, &err)) {
	case DOOR_OURS:
		break;
	case DOOR_STRANGER:
		door_forget(door);
		return PAM_IGNORE;
	default:
		door_fault(pamh, door, &err);
		door_forget(door);
		return unrecorded(id);
	}
	note.by = door_by(pamh, door, name);
	if (id == WARD_EVENT_OPENED && is_use(door, note.by)) {
		note_use(pamh, door);
	}
	r = PAM_SUCCESS;
	if (is_of_somebody(door, note.by) && is_recorded(door) &&
	    !door_record(pamh, door, id, &note)) {
		r = unrecorded(id);
	}
	door_forget(door);
	return r;
}
