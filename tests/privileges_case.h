/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of who is privileged, below a tree of their own. The functions fail the
 * test when a call does. Meant for the test programs that include it.
 */
#ifndef WARD_TESTS_PRIVILEGES_CASE_H
#define WARD_TESTS_PRIVILEGES_CASE_H

#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/state.h"

#define CASE_LIST "/var/lib/acctward/privileged"
#define CASE_SUDO (1u << WARD_PATH_SUDO)
#define CASE_DOAS (1u << WARD_PATH_DOAS)

/* What is there, what is kept over it, and what both files hold. */
static const struct case_work {
	const char *what;
	const char *before; /* by sudo, or NULL: no list */
	bool adds;
	const char *name; /* by doas */
	const char *old, *new;
} case_works[] = {
	{ "a new list", NULL, false, "wang", "none",
	    "acctward privileged 1 0000000010\nwang doas\n" },
	{ "added", "lee", true, "wang",
	    "acctward privileged 1 0000000009\nlee sudo\n",
	    "acctward privileged 1 0000000019\nlee sudo\nwang doas\n" },
	{ "instead of it", "lee", false, "wang",
	    "acctward privileged 1 0000000009\nlee sudo\n",
	    "acctward privileged 1 0000000010\nwang doas\n" },
};

#define CASE_WORKS (sizeof(case_works) / sizeof(case_works[0]))

/* What a call's error says, when it is not expected. */
static inline void
case_check(int r, const struct ward_error *err)
{
	if (r != 0) {
		fail_msg("%d: %s", r, err->text);
	}
}

/* No assertion: it may be done in a process that is killed. */
static inline int
case_keep(const char *tree, const struct case_work *work,
    struct ward_error *err)
{
	const struct ward_privilege one = { work->name, CASE_DOAS };
	struct ward_state *state = NULL;
	int r = ward_state_open(tree, WARD_STATE_KEEP, &state, err);

	if (r == 0) {
		r = ward_privileges_keep(state, &one, 1, work->adds, err);
	}
	ward_state_close(state);
	return r;
}

static inline char *
case_tree(const struct case_work *work)
{
	const struct ward_privilege one = { work->before, CASE_SUDO };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_state *state = NULL;
	char *tree = ward_tree_new(NULL);

	case_check(ward_state_open(tree, WARD_STATE_KEEP, &state, &err), &err);
	if (work->before != NULL) {
		case_check(ward_privileges_keep(state, &one, 1, false, &err),
		    &err);
	}
	ward_state_close(state);
	return tree;
}

/* The file as it is; "none": there is none. */
static inline void
case_text(const char *tree, char *text, size_t size)
{
	char *path = ward_tree_path(tree, CASE_LIST);
	FILE *stream = fopen(path, "re");

	(void)snprintf(text, size, "none");
	if (stream != NULL) {
		text[fread(text, 1, size - 1, stream)] = '\0';
		(void)fclose(stream);
	}
	free(path);
}

#endif
