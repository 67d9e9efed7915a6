/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * password CONFDIR COUNT SERVICE=USER...
 *
 * How long it takes to change a password through libpam, each change in a
 * process of its own, the services in turn so that all meet the same noise.
 * Prints for each the quarter, median and three-quarter time in microseconds. A
 * change that is refused ends the run: what refuses is no measure. Each service
 * has a user of its own, whose older passwords are those that it has set.
 */
#include <security/pam_appl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SERVICES 8

static char password[20];

/* One that every check lets pass. */
static void
make_password(void)
{
	static const char *const of[] = { "ABCDEFGHJKLMNPQRSTUVWXYZ",
		"abcdefghijkmnpqrstuvwxyz", "23456789", "#%&*-=?" };
	unsigned char random[sizeof(password) - 1];

	if (getrandom(random, sizeof(random), 0) != sizeof(random)) {
		exit(3);
	}
	for (size_t i = 0; i < sizeof(random); i++) {
		password[i] = of[i % 4][random[i] % strlen(of[i % 4])];
	}
}

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **ret_responses, void *arg)
{
	(void)arg;
	*ret_responses = calloc((size_t)count, sizeof(**ret_responses));
	for (int i = 0; i < count; i++) {
		if (messages[i]->msg_style == PAM_ERROR_MSG) {
			fprintf(stderr, "%s\n", messages[i]->msg);
		}
		(*ret_responses)[i].resp = strdup(password);
	}
	return PAM_SUCCESS;
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double
change(const char *dir, const char *user, const char *service)
{
	struct pam_conv conv = { converse, NULL };
	pam_handle_t *pamh;
	double began = now();
	int r;

	if (pam_start_confdir(service, user, &conv, dir, &pamh) !=
	    PAM_SUCCESS) {
		_exit(3);
	}
	r = pam_chauthtok(pamh, 0);
	if (r != PAM_SUCCESS) {
		fprintf(stderr, "%s: %s\n", service, pam_strerror(pamh, r));
		_exit(3);
	}
	(void)pam_end(pamh, r);
	return now() - began;
}

static double
one(const char *dir, const char *user, const char *service)
{
	double took = 0;
	int ends[2];
	pid_t pid;

	make_password();
	if (pipe(ends) != 0 || (pid = fork()) < 0) {
		exit(3);
	}
	if (pid == 0) {
		took = change(dir, user, service);
		_exit(write(ends[1], &took, sizeof(took)) != sizeof(took));
	}
	(void)close(ends[1]);
	if (read(ends[0], &took, sizeof(took)) != sizeof(took)) {
		exit(3);
	}
	(void)close(ends[0]);
	(void)waitpid(pid, NULL, 0);
	return took;
}

static int
compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	const size_t count = argc > 3 ? strtoul(argv[2], NULL, 10) : 0;
	const size_t services = (size_t)(argc > 3 ? argc - 3 : 0);
	const char *users[SERVICES];
	double *times[SERVICES];

	if (count == 0 || services > SERVICES) {
		return 64;
	}
	for (size_t s = 0; s < services; s++) {
		char *equal = strchr(argv[3 + s], '=');

		if (equal == NULL) {
			return 64;
		}
		*equal = '\0';
		users[s] = equal + 1;
		times[s] = calloc(count, sizeof(double));
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t s = 0; s < services; s++) {
			times[s][i] = one(argv[1], users[s], argv[3 + s]);
		}
	}
	for (size_t s = 0; s < services; s++) {
		qsort(times[s], count, sizeof(double), compare);
		printf("%s %.0f %.0f %.0f\n", argv[3 + s], times[s][count / 4],
		    times[s][count / 2], times[s][count * 3 / 4]);
	}
	return 0;
}
