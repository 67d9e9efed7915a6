/* SPDX-License-Identifier: BSD-2-Clause */
/* A module that returns what the test says that calls libpam (tests/told.h). */
#include <security/pam_modules.h>
#include <stdlib.h>

#include "tests/told.h"

#define ENTRY __attribute__((visibility("default")))

ENTRY int pam_sm_authenticate(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_setcred(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_acct_mgmt(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_chauthtok(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_open_session(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_close_session(pam_handle_t *, int, int, const char **);

static int
ask(pam_handle_t *pamh, enum told_call call, int argc, const char **argv)
{
	const void *item = NULL;
	struct told *told;

	if (pam_get_item(pamh, PAM_CONV, &item) != PAM_SUCCESS ||
	    item == NULL) {
		abort();
	}
	told = ((const struct pam_conv *)item)->appdata_ptr;
	return told->next(told, call, argc > 0 ? argv[0] : "");
}

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return ask(pamh, TOLD_AUTH, argc, argv);
}

int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return ask(pamh, TOLD_SETCRED, argc, argv);
}

int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return ask(pamh, TOLD_ACCOUNT, argc, argv);
}

int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	return ask(pamh,
	    (flags & PAM_PRELIM_CHECK) != 0 ? TOLD_PRELIM : TOLD_UPDATE, argc,
	    argv);
}

int
pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return ask(pamh, TOLD_OPEN, argc, argv);
}

int
pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)flags;
	return ask(pamh, TOLD_CLOSE, argc, argv);
}
