/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_acctward.so: linux-pam's entry points. */
#include "pam_module/door.h"

#include <security/pam_ext.h>
#include <syslog.h>

#define ENTRY __attribute__((visibility("default")))

/* libpam's headers declare them without a visibility. */
ENTRY int pam_sm_authenticate(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_setcred(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_acct_mgmt(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_open_session(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_close_session(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_chauthtok(pam_handle_t *, int, int, const char **);

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct door_args args;

	if (!door_args_read(pamh, DOOR_AUTH, argc, argv, &args)) {
		return PAM_SERVICE_ERR;
	}
	switch (args.role) {
	case DOOR_PREAUTH:
		return door_preauth(pamh, &args, flags);
	case DOOR_AUTHFAIL:
		return door_authfail(pamh, &args, flags);
	case DOOR_AUTHSUCC:
		return door_authsucc(pamh, &args, flags);
	default:
		pam_syslog(pamh, LOG_ERR,
		    "an auth line needs preauth, authfail or authsucc: nobody "
		    "is let in by this one; see pam_acctward(8)");
		return PAM_SERVICE_ERR;
	}
}

/* Asked for only once the log-in has succeeded: for stacks in which no line
 * of ours stands behind the right password. */
int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct door *door = door_current(pamh);

	(void)argc;
	(void)argv;
	if (door != NULL && door->refused) {
		return PAM_CRED_ERR;
	}
	if (door != NULL && door->tested && (flags & PAM_DELETE_CRED) == 0) {
		return door_succeed(pamh, door) == PAM_SUCCESS ? PAM_SUCCESS :
								 PAM_CRED_ERR;
	}
	return PAM_SUCCESS;
}

int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct door_args args;

	return door_args_read(pamh, DOOR_ACCOUNT, argc, argv, &args) ?
	    door_account(pamh, &args, flags) :
	    PAM_SERVICE_ERR;
}

int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct door_args args;

	return door_args_read(pamh, DOOR_SESSION, argc, argv, &args) ?
	    door_session(pamh, &args, flags, WARD_EVENT_OPENED) :
	    PAM_SESSION_ERR;
}

int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct door_args args;

	return door_args_read(pamh, DOOR_SESSION, argc, argv, &args) ?
	    door_session(pamh, &args, flags, WARD_EVENT_ENDED) :
	    PAM_SESSION_ERR;
}

int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	struct door_args args;

	if (!door_args_read(pamh, DOOR_PASSWORD, argc, argv, &args)) {
		/* No line behind is to set it. */
		(void)pam_set_item(pamh, PAM_AUTHTOK, NULL);
		return PAM_SERVICE_ERR;
	}
	return args.role == DOOR_CHANGED ? door_changed(pamh, &args, flags) :
					   door_quality(pamh, &args, flags);
}
