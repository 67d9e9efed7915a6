/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One log-in, as a program does it that asks PAM; for tests/check_stacks.sh.
 *
 *   pam_driver log-in SERVICE USER PASSWORD [TTY [RHOST [RUSER]]]
 *       Each call that is made, and what it returned. Where a new password is
 *       asked for, and NEW_PASSWORD is in the environment, it is changed.
 *   pam_driver set SERVICE USER PASSWORD
 *       As passwd(1) does.
 *   pam_driver hash PASSWORD
 *       A yescrypt hash of the least cost.
 */
#include <crypt.h>
#include <security/pam_appl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct driver {
	pam_handle_t *pamh;
	const char *password, *new_password;
	bool changing;
};

static const char *
name_of(int r)
{
	static const struct {
		int r;
		const char *name;
	} names[] = {
		{ PAM_SUCCESS, "success" },
		{ PAM_AUTH_ERR, "auth_err" },
		{ PAM_USER_UNKNOWN, "user_unknown" },
		{ PAM_NEW_AUTHTOK_REQD, "new_authtok_reqd" },
		{ PAM_ACCT_EXPIRED, "acct_expired" },
		{ PAM_AUTHTOK_ERR, "authtok_err" },
		{ PAM_MAXTRIES, "maxtries" },
	};
	static char number[16];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].r == r) {
			return names[i].name;
		}
	}
	(void)snprintf(number, sizeof(number), "%d", r);
	return number;
}

/* Who is asked while changing it gives the old one first. */
static char *
answer(const struct driver *driver, const char *prompt)
{
	const bool old = !driver->changing || strstr(prompt, "urrent") != NULL;

	return strdup(old ? driver->password : driver->new_password);
}

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **ret_responses, void *arg)
{
	struct pam_response *responses = calloc((size_t)count,
	    sizeof(*responses));

	if (responses == NULL) {
		return PAM_BUF_ERR;
	}
	for (int i = 0; i < count; i++) {
		if (messages[i]->msg_style == PAM_PROMPT_ECHO_OFF ||
		    messages[i]->msg_style == PAM_PROMPT_ECHO_ON) {
			responses[i].resp = answer(arg, messages[i]->msg);
		} else {
			(void)fprintf(stderr, "%s\n", messages[i]->msg);
		}
	}
	*ret_responses = responses;
	return PAM_SUCCESS;
}

/* What the modules ask for is not waited for. */
static void
no_delay(int r, unsigned int microseconds, void *arg)
{
	(void)r;
	(void)microseconds;
	(void)arg;
}

static int
tell(const char *what, int r)
{
	(void)printf("%s=%s ", what, name_of(r));
	return r;
}

static int
may_enter(struct driver *driver)
{
	int r = tell("account", pam_acct_mgmt(driver->pamh, 0));

	if (r != PAM_NEW_AUTHTOK_REQD || driver->new_password == NULL) {
		return r;
	}
	driver->changing = true;
	return tell("change",
	    pam_chauthtok(driver->pamh, PAM_CHANGE_EXPIRED_AUTHTOK));
}

static int
log_in(struct driver *driver)
{
	int r = tell("authenticate", pam_authenticate(driver->pamh, 0));

	if (r == PAM_SUCCESS) {
		r = may_enter(driver);
	}
	if (r == PAM_SUCCESS) {
		r = tell("setcred",
		    pam_setcred(driver->pamh, PAM_ESTABLISH_CRED));
	}
	if (r == PAM_SUCCESS) {
		r = tell("open", pam_open_session(driver->pamh, 0));
	}
	if (r == PAM_SUCCESS) {
		r = tell("close", pam_close_session(driver->pamh, 0));
		(void)pam_setcred(driver->pamh, PAM_DELETE_CRED);
	}
	return r;
}

static int
set(struct driver *driver)
{
	driver->changing = true;
	driver->new_password = driver->password;
	return tell("change", pam_chauthtok(driver->pamh, 0));
}

static int
print_hash(const char *password)
{
	struct crypt_data data = { .initialized = 0 };
	const char *setting = crypt_gensalt("$y$", 1, NULL, 0);
	const char *hash = setting == NULL ? NULL :
					     crypt_r(password, setting, &data);

	return hash == NULL || *hash == '*' || puts(hash) < 0;
}

static void
put_item(pam_handle_t *pamh, int type, const char *text)
{
	if (*text != '\0' && pam_set_item(pamh, type, text) != PAM_SUCCESS) {
		abort();
	}
}

int
main(int argc, char **argv)
{
	struct driver driver = { .password = argc > 4 ? argv[4] : "",
		.new_password = getenv("NEW_PASSWORD") };
	const struct pam_conv conv = { converse, &driver };
	const int items[] = { PAM_TTY, PAM_RHOST, PAM_RUSER };
	int r;

	if (argc == 3 && strcmp(argv[1], "hash") == 0) {
		return print_hash(argv[2]);
	}
	if (argc < 5 ||
	    pam_start(argv[2], argv[3], &conv, &driver.pamh) != PAM_SUCCESS) {
		(void)fputs("pam_driver: see its source\n", stderr);
		return 2;
	}
	for (int i = 0; i < 3 && i + 5 < argc; i++) {
		put_item(driver.pamh, items[i], argv[i + 5]);
	}
	/* libpam calls it as what it points to. */
	(void)pam_set_item(driver.pamh, PAM_FAIL_DELAY,
	    (const void *)(uintptr_t)no_delay);
	r = strcmp(argv[1], "set") == 0 ? set(&driver) : log_in(&driver);
	(void)printf("\n");
	(void)pam_end(driver.pamh, r);
	return r != PAM_SUCCESS;
}
