/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Histories below a tree of their own. The functions fail the test when a call
 * does. Meant for the test programs that include it.
 */
#ifndef WARD_TESTS_HISTORY_CASE_H
#define WARD_TESTS_HISTORY_CASE_H

#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/state.h"

#define CASE_DIR "/var/lib/acctward/history"
#define CASE_FILE CASE_DIR "/wang"
#define CASE_OPASSWD "/etc/security/opasswd"

/* What a call's error says, when it is not expected. */
static inline void
case_check(int r, const struct ward_error *err)
{
	if (r != 0) {
		fail_msg("%d: %s", r, err->text);
	}
}

static inline struct ward_state *
case_state(const char *tree)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_state *state = NULL;

	case_check(ward_state_open(tree, WARD_STATE_KEEP, &state, &err), &err);
	return state;
}

/* A field of which no password is known, as md5crypt writes them. */
static inline const char *
case_field(unsigned int i)
{
	static char field[64];

	(void)snprintf(field, sizeof(field), "$1$salt%04u$%022u", i, i);
	return field;
}

static inline void
case_add(struct ward_state *state, const char *name, const char *field,
    uint32_t older)
{
	struct ward_error err = { .language = WARD_ENGLISH };

	case_check(ward_history_add(state, name, field, older, true, &err),
	    &err);
}

/* What the file holds, or NULL: there is none. free() it. */
static inline char *
case_text(const char *tree, const char *path)
{
	char *whole = ward_tree_path(tree, path);
	FILE *stream = fopen(whole, "r");
	char *text = NULL;
	size_t size;

	free(whole);
	if (stream == NULL) {
		return NULL;
	}
	text = calloc(1, 65536);
	assert_non_null(text);
	size = fread(text, 1, 65535, stream);
	assert_int_equal(strlen(text), size);
	(void)fclose(stream);
	return text;
}

/* Its hashes, each behind a blank, the newest first; "torn" where it is not
 * whole, "none" where there is no file. */
static inline void
case_hashes(const char *tree, const char *path, char *text, size_t size)
{
	char *whole = case_text(tree, path);
	char *at = whole, *end;

	(void)snprintf(text, size, "%s", whole == NULL ? "none" : "");
	if (whole == NULL) {
		return;
	}
	if (strncmp(at, "acctward history 1\n", 19) != 0 || strlen(at) < 23 ||
	    strcmp(at + strlen(at) - 5, "\nend\n") != 0) {
		(void)snprintf(text, size, "torn");
		free(whole);
		return;
	}
	at = strchr(at, '\n') + 1;
	while ((end = strchr(at, '\n'))[1] != '\0') {
		*end = '\0';
		assert_non_null(strchr(at, ' '));
		(void)snprintf(text + strlen(text), size - strlen(text), "%s",
		    strchr(at, ' '));
		at = end + 1;
	}
	free(whole);
}

#endif
