/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In a stack of the tests, in the place of a module that verifies a password:
 *
 *   pam_probe.so right=PASSWORD [log=FILE] [ms=N] [gate=FILE] [prompt]
 *
 * Each test of a password takes N milliseconds and adds a byte to the file, by
 * which the tests are counted: '+' right, '-' wrong, '!' not a password that
 * anybody typed. It waits until the gate is there. `prompt`: it asks for itself.
 */
#include <fcntl.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ENTRY __attribute__((visibility("default")))

ENTRY int pam_sm_authenticate(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_setcred(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_acct_mgmt(pam_handle_t *, int, int, const char **);
ENTRY int pam_sm_chauthtok(pam_handle_t *, int, int, const char **);

static const char *
option(int argc, const char **argv, const char *name)
{
	size_t size = strlen(name);

	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], name, size) == 0) {
			return argv[i] + size;
		}
	}
	return NULL;
}

static void
note(const char *file, char mark)
{
	int fd = file == NULL ?
	    -1 :
	    open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0) {
		if (write(fd, &mark, 1) != 1) {
			abort();
		}
		(void)close(fd);
	}
}

static void
wait_for(const char *file)
{
	const struct timespec step = { 0, 5000000 };

	while (file != NULL && access(file, F_OK) != 0) {
		(void)nanosleep(&step, NULL);
	}
}

int
pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *right = option(argc, argv, "right=");
	const char *ms = option(argc, argv, "ms=");
	const char *password = NULL;
	char *answer = NULL;
	bool good;
	int r;

	(void)flags;
	if (option(argc, argv, "prompt") != NULL) {
		r = pam_prompt(pamh, PAM_PROMPT_ECHO_OFF, &answer, "Code: ");
		password = answer;
	} else {
		r = pam_get_authtok(pamh, PAM_AUTHTOK, &password, NULL);
	}
	if (r != PAM_SUCCESS || password == NULL) {
		return r != PAM_SUCCESS ? r : PAM_AUTH_ERR;
	}
	if (ms != NULL) {
		const long number = strtol(ms, NULL, 10);
		const struct timespec time = { number / 1000,
			number % 1000 * 1000000 };

		(void)nanosleep(&time, NULL);
	}
	wait_for(option(argc, argv, "gate="));
	good = right != NULL && strcmp(password, right) == 0;
	note(option(argc, argv, "log="),
	    good                    ? '+' :
		*password == '\177' ? '!' :
				      '-');
	free(answer);
	return good ? PAM_SUCCESS : PAM_AUTH_ERR;
}

int
pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}

int
pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	(void)pamh;
	(void)flags;
	(void)argc;
	(void)argv;
	return PAM_SUCCESS;
}

/*
 * What a module does that changes passwords, with shadow=FILE: before it FILE
 * is as FILE.was has it, and afterwards as it has been made by the test.
 */
int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *shadow = option(argc, argv, "shadow=");
	char was[4096], new[4096];

	(void)pamh;
	if (shadow == NULL) {
		return PAM_SUCCESS;
	}
	(void)snprintf(was, sizeof(was), "%s.was", shadow);
	(void)snprintf(new, sizeof(new), "%s.new", shadow);
	if ((flags & PAM_PRELIM_CHECK) != 0 && euidaccess(was, F_OK) == 0) {
		return rename(shadow, new) == 0 && rename(was, shadow) == 0 ?
		    PAM_SUCCESS :
		    PAM_AUTHTOK_ERR;
	}
	if ((flags & PAM_UPDATE_AUTHTOK) != 0 && euidaccess(new, F_OK) == 0) {
		return rename(new, shadow) == 0 ? PAM_SUCCESS : PAM_AUTHTOK_ERR;
	}
	return PAM_SUCCESS;
}
