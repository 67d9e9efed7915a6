/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * login CONFDIR USER COUNT WHAT SERVICE[=PASSWORD]...
 *
 * How long log-ins take through libpam, each in a process of its own as sshd(8)
 * has it, the services in turn so that all meet the same noise. WHAT: "auth",
 * or "all" for the account and the session as well. Prints for each service the
 * quarter, median and three-quarter time in microseconds.
 *
 * With WHAT "compare" each service (SERVICE=USER:PASSWORD) is one way to fail,
 * in an order of chance in each round, so that none always follows the same
 * other; what is timed ends when pam_authenticate(3) returns, which is when the
 * caller can answer; and what is printed besides is how well the first can be told from each other
 * by time: the share of pairs in which it is the slower one (Mann-Whitney's U
 * over the number of pairs; 0.5: not at all), and its standard score. The file
 * $WIPE is removed before each log-in, so that none is locked by those before.
 */
#include <math.h>
#include <security/pam_appl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SERVICES 8

static const char *password;
static int versus; /* to be told apart, and not how much it costs */

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **ret_responses, void *arg)
{
	(void)messages;
	(void)arg;
	*ret_responses = calloc((size_t)count, sizeof(**ret_responses));
	for (int i = 0; i < count; i++) {
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
log_in(const char *dir, const char *user, const char *service, int all)
{
	double took;
	struct pam_conv conv = { converse, NULL };
	pam_handle_t *pamh;
	double began = now();

	if (pam_start_confdir(service, user, &conv, dir, &pamh) !=
	    PAM_SUCCESS) {
		exit(3);
	}
	(void)pam_authenticate(pamh, 0);
	if (all && pam_acct_mgmt(pamh, 0) == PAM_SUCCESS) {
		(void)pam_open_session(pamh, 0);
		(void)pam_close_session(pamh, 0);
	}
	took = now() - began;
	(void)pam_end(pamh, PAM_SUCCESS);
	return versus ? took : now() - began;
}

static double
one(const char *dir, const char *user, const char *service, int all)
{
	double took = 0;
	int ends[2];
	pid_t pid;

	if (pipe(ends) != 0 || (pid = fork()) < 0) {
		exit(3);
	}
	if (pid == 0) {
		took = log_in(dir, user, service, all);
		_exit(write(ends[1], &took, sizeof(took)) != sizeof(took));
	}
	if (read(ends[0], &took, sizeof(took)) != sizeof(took)) {
		exit(3);
	}
	(void)close(ends[0]);
	(void)close(ends[1]);
	(void)waitpid(pid, NULL, 0);
	return took;
}

static int
compare(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Of the pairs, in how many is a's the slower one? */
static double
slower(const double *a, const double *b, size_t count)
{
	double wins = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			wins += a[i] > b[j] ? 1 : a[i] == b[j] ? 0.5 : 0;
		}
	}
	return wins / ((double)count * (double)count);
}

static void
shuffle(size_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		const size_t j = (size_t)random() % i;
		const size_t moved = order[j];

		order[j] = order[i - 1];
		order[i - 1] = moved;
	}
}

int
main(int argc, char **argv)
{
	const size_t count = argc > 5 ? strtoul(argv[3], NULL, 10) : 0;
	const size_t services = (size_t)(argc > 5 ? argc - 5 : 0);
	double *times[SERVICES];
	size_t order[SERVICES];

	if (count == 0 || services > SERVICES) {
		return 64;
	}
	for (size_t s = 0; s < services; s++) {
		times[s] = calloc(count, sizeof(double));
		order[s] = s;
	}
	versus = strcmp(argv[4], "compare") == 0;
	for (size_t i = 0; i < count; i++) {
		if (versus) {
			shuffle(order, services);
		}
		for (size_t k = 0; k < services; k++) {
			const size_t s = order[k];
			char *name = strdup(argv[5 + s]);
			char *equal = strchr(name, '=');
			char *colon = versus ? strchr(name, ':') : NULL;
			const char *user = versus ? equal + 1 : argv[2];

			password = colon != NULL ? colon + 1 :
			    equal != NULL        ? equal + 1 :
						   "x";
			if (colon != NULL) {
				*colon = '\0';
			}
			if (equal != NULL) {
				*equal = '\0';
			}
			if (getenv("WIPE") != NULL) {
				(void)unlink(getenv("WIPE"));
			}
			times[s][i] = one(argv[1], user, name,
			    strcmp(argv[4], "all") == 0);
			free(name);
		}
	}
	for (size_t s = 0; s < services; s++) {
		const double u = slower(times[0], times[s], count);
		const double n = (double)count;
		const double score = (u - 0.5) /
		    sqrt((2 * n + 1) / (12 * n * n));

		qsort(times[s], count, sizeof(double), compare);
		printf("%s %.0f %.0f %.0f", argv[5 + s], times[s][count / 4],
		    times[s][count / 2], times[s][count * 3 / 4]);
		if (versus) {
			printf(" %.3f %.2f", u, score);
		}
		putchar('\n');
	}
	return 0;
}
