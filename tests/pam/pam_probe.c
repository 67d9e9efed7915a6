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
#include <crypt.h>
#include <fcntl.h>
#include <security/pam_ext.h>
#include <security/pam_modules.h>
#include <stdbool.h>
#include <stdint.h>
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

/* call=ADDRESS: of a function in the test's own process. */
static bool
call(int argc, const char **argv)
{
	const char *text = option(argc, argv, "call=");
	const uintptr_t address = text == NULL ? 0 : strtoul(text, NULL, 16);
	void (*function)(void);

	if (address != 0) {
		memcpy(&function, &address, sizeof(function));
		function();
	}
	return address != 0;
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
	if (call(argc, argv)) {
		return PAM_SUCCESS;
	}
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

/* The account's line with another field, of today. */
static bool
write_line(FILE *file, const char *line, const char *user, const char *field)
{
	const size_t size = strlen(user);
	const char *rest = strchr(line, ':');

	if (rest == NULL || (size_t)(rest - line) != size ||
	    strncmp(line, user, size) != 0) {
		return fputs(line, file) >= 0;
	}
	rest = strchr(rest + 1, ':');
	rest = rest == NULL ? NULL : strchr(rest + 1, ':');
	return rest != NULL &&
	    fprintf(file, "%s:%s:%ld%s", user, field,
		(long)(time(NULL) / 86400), rest) > 0;
}

static bool
replace_field(const char *shadow, const char *user, const char *field)
{
	char path[4096], line[4096];
	FILE *from, *to;
	bool good;
	int fd;

	(void)snprintf(path, sizeof(path), "%s.XXXXXX", shadow);
	from = fopen(shadow, "re");
	fd = mkstemp(path);
	to = fd < 0 ? NULL : fdopen(fd, "w");
	good = from != NULL && to != NULL;
	while (good && fgets(line, sizeof(line), from) != NULL) {
		good = write_line(to, line, user, field);
	}
	if (from != NULL) {
		(void)fclose(from);
	}
	if (to != NULL) {
		good = fclose(to) == 0 && good;
	}
	return good && rename(path, shadow) == 0;
}

/* As pam_unix does it that is told to use_authtok: the password is in
 * PAM_AUTHTOK, or there is none. */
static int
set_password(pam_handle_t *pamh, const char *shadow)
{
	struct crypt_data data = { .initialized = 0 };
	const char *hash, *setting = crypt_gensalt("$y$", 1, NULL, 0);
	const void *password = NULL, *user = NULL;

	if (pam_get_item(pamh, PAM_AUTHTOK, &password) != PAM_SUCCESS ||
	    pam_get_item(pamh, PAM_USER, &user) != PAM_SUCCESS ||
	    password == NULL || user == NULL || setting == NULL) {
		return PAM_AUTHTOK_ERR;
	}
	hash = crypt_r(password, setting, &data);
	return hash != NULL && *hash != '*' &&
		replace_field(shadow, user, hash) ?
	    PAM_SUCCESS :
	    PAM_AUTHTOK_ERR;
}

static int
ask(pam_handle_t *pamh, int flags, bool current)
{
	const char *password = NULL;

	if (((flags & PAM_UPDATE_AUTHTOK) == 0) != current) {
		return PAM_SUCCESS;
	}
	return pam_get_authtok(pamh, current ? PAM_OLDAUTHTOK : PAM_AUTHTOK,
	    &password, current ? "Current: " : NULL);
}

/*
 * What a module does that changes passwords, with shadow=FILE: before it FILE
 * is as FILE.was has it, and afterwards as it has been made by the test. With
 * `sets` it writes the password that the lines before it hand on, and with
 * old=PASSWORD and hand=PASSWORD it is such a line. `asks-old' asks for the
 * current one, `asks' for a new one.
 */
int
pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
	const char *shadow = option(argc, argv, "shadow=");
	const char *old = option(argc, argv, "old=");
	const char *hand = option(argc, argv, "hand=");
	char was[4096], new[4096];

	if (call(argc, argv)) {
		return PAM_SUCCESS;
	}
	if (option(argc, argv, "asks") != NULL) {
		return ask(pamh, flags, option(argc, argv, "asks-old") != NULL);
	}
	if (old != NULL || hand != NULL) {
		(void)pam_set_item(pamh, PAM_OLDAUTHTOK, old);
		return pam_set_item(pamh, PAM_AUTHTOK, hand);
	}
	if (shadow == NULL) {
		return PAM_SUCCESS;
	}
	if (option(argc, argv, "sets") != NULL) {
		return (flags & PAM_UPDATE_AUTHTOK) == 0 ?
		    PAM_SUCCESS :
		    set_password(pamh, shadow);
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
