/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * make_tally ROOT NAME ACTION...: an account's file below the root, for
 * tests/check_*.sh. Five failures lock for 900 seconds. An action is one
 * of the words below, and what stands behind a colon: how many seconds ago,
 * the service, and whence: "fail:60:sshd:10.0.0.5".
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/state.h"

static const struct ward_limits limits = { 5, 900 };

static void
must(bool worked, const char *what, const struct ward_error *err)
{
	if (!worked) {
		(void)fprintf(stderr, "make_tally: %s: %s\n", what, err->text);
		exit(1);
	}
}

/* A moment so long ago, of a boot that nobody knows. */
static struct ward_instant
ago(const char *seconds)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now;

	must(ward_instant_now(&now, &err) == 0, "clock", &err);
	if (seconds != NULL) {
		now.wall -= strtol(seconds, NULL, 10) * 1000;
		now.up = 0;
		now.boot = 0;
	}
	return now;
}

/* What stands between the next colons; NULL: nothing. */
static const char *
next(char **rest)
{
	const char *word = *rest == NULL ? NULL : strsep(rest, ":");

	return word != NULL && *word == '\0' ? NULL : word;
}

/* Used; the password given by somebody else, set by its holder, or set by the
 * holder once and by nobody knows whom since. */
static void
mark(const char *word, uint64_t password, int64_t when,
    struct ward_marks *marks)
{
	if (strcmp(word, "use") == 0) {
		marks->last_use = when;
	} else if (strcmp(word, "given") == 0) {
		marks->reset = true;
		marks->revived = when;
		marks->password = password;
	} else if (strcmp(word, "own") == 0) {
		marks->reset = false;
		marks->password = password;
	} else if (strcmp(word, "behind") == 0) {
		marks->reset = false;
		marks->password = password + 1;
	} else {
		must(false, word, &(struct ward_error){ .text = "what?" });
	}
}

/* Of what stands in shadow(5) now; 0: not known. */
static uint64_t
find_password(struct ward_state *state, const char *name)
{
	const struct ward_host host = { .uid_min = 1000, .uid_max = 60000 };
	struct ward_local *local;
	uint64_t password;

	if (ward_local_find(state, name, &host, NULL, NULL, NULL, &local,
		NULL) != 0) {
		return 0;
	}
	password = ward_local_password(local);
	ward_local_free(local);
	return password;
}

static void
act(struct ward_tally *tally, uint64_t password, char *action)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	const char *word = strsep(&action, ":");
	struct ward_instant when = ago(next(&action));
	const char *service = next(&action);
	const struct ward_from from = { .service = service, .rhost = action };
	struct ward_marks before, marks;
	enum ward_gate gate;
	bool locks;
	int r = -1;

	if (strcmp(word, "fail") == 0 || strcmp(word, "abandon") == 0) {
		r = ward_tally_enter(tally, &limits, &when, &from, &gate, &err);
		must(r == 0 && gate == WARD_GATE_OPEN, word, &err);
		if (*word == 'a') {
			_exit(0); /* as if killed: no answer comes */
		}
		r = ward_tally_fail(tally, &limits, &when, &from, &locks, &err);
	} else if (strcmp(word, "succeed") == 0) {
		r = ward_tally_succeed(tally, &limits, &when, &gate, &err);
	} else if ((r = ward_tally_marks(tally, &marks, &err)) == 0) {
		before = marks;
		mark(word, password, when.wall / 1000, &marks);
		r = ward_tally_set_marks(tally, &before, &marks, true, &err);
	}
	must(r == 0, word, &err);
}

int
main(int argc, char **argv)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_state *state;
	struct ward_tally *tally;

	must(argc >= 3, "make_tally ROOT NAME ACTION...", &err);
	must(ward_state_open(argv[1], WARD_STATE_KEEP, &state, &err) == 0,
	    argv[1], &err);
	must(ward_tally_open(state, argv[2], WARD_TALLY_MAKE, &tally, &err) ==
		0,
	    argv[2], &err);
	for (int i = 3; i < argc; i++) {
		act(tally, find_password(state, argv[2]), argv[i]);
	}
	ward_tally_close(tally);
	ward_state_close(state);
	return 0;
}
