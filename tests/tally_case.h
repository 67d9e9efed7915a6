/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tallies below a tree of their own. The functions fail the test when a call
 * does; moments are milliseconds of one boot. Meant for the test programs that
 * include it.
 */
#ifndef WARD_TESTS_TALLY_CASE_H
#define WARD_TESTS_TALLY_CASE_H

#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/state.h"

#define CASE_ACCOUNTS "/var/lib/acctward/accounts"
#define CASE_FILE CASE_ACCOUNTS "/wang"
#define CASE_WALL 1795147200000 /* 2026-11-20T12:00:00+08:00 */
#define CASE_UP 5000000
#define CASE_SECONDS 900
#define CASE_END ((int64_t)CASE_SECONDS * 1000)

static const struct ward_limits case_limits = { 5, CASE_SECONDS };

/* Under valgrind (make check VALGRIND=1) each call takes a hundred times as
 * long: fewer then. */
static inline bool
case_is_slow(void)
{
	const char *valgrind = getenv("VALGRIND");

	return valgrind != NULL && *valgrind != '\0';
}

/* What a call's error says, when it is not expected. */
static inline void
case_check(int r, const struct ward_error *err)
{
	if (r != 0) {
		fail_msg("%d: %s", r, err->text);
	}
}

static inline struct ward_instant
case_at(int64_t ms)
{
	return (struct ward_instant){ .wall = CASE_WALL + ms,
		.up = CASE_UP + ms,
		.boot = 7 };
}

static inline struct ward_state *
case_state(const char *tree)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_state *state = NULL;

	case_check(ward_state_open(tree, WARD_STATE_KEEP, &state, &err), &err);
	return state;
}

static inline struct ward_tally *
case_open(struct ward_state *state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = NULL;

	case_check(ward_tally_open(state, "wang", WARD_TALLY_MAKE, &tally,
		       &err),
	    &err);
	return tally;
}

static inline enum ward_gate
case_enter(struct ward_tally *tally, const struct ward_limits *limits,
    int64_t ms)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_from from = { .service = "sshd",
		.tty = "ssh",
		.rhost = "203.0.113.7" };
	struct ward_instant now = case_at(ms);
	enum ward_gate gate = WARD_GATE_LOCKED;

	case_check(ward_tally_enter(tally, limits, &now, &from, &gate, &err),
	    &err);
	return gate;
}

static inline bool
case_fail(struct ward_tally *tally, const struct ward_limits *limits,
    int64_t ms)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(ms);
	bool locks = false;

	case_check(ward_tally_fail(tally, limits, &now, NULL, &locks, &err),
	    &err);
	return locks;
}

static inline enum ward_gate
case_succeed(struct ward_tally *tally, int64_t ms)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(ms);
	enum ward_gate gate = WARD_GATE_LOCKED;

	case_check(ward_tally_succeed(tally, &case_limits, &now, &gate, &err),
	    &err);
	return gate;
}

static inline enum ward_gate
case_look(struct ward_tally *tally, int64_t ms)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(ms);
	enum ward_gate gate = WARD_GATE_LOCKED;

	case_check(ward_tally_look(tally, &case_limits, &now, &gate, &err),
	    &err);
	return gate;
}

/* A log-in with a wrong password: what the gate said, and the failure if it
 * was open. */
static inline enum ward_gate
case_wrong(struct ward_state *state, int64_t ms)
{
	struct ward_tally *tally = case_open(state);
	enum ward_gate gate = case_enter(tally, &case_limits, ms);

	if (gate == WARD_GATE_OPEN) {
		(void)case_fail(tally, &case_limits, ms);
	}
	ward_tally_close(tally);
	return gate;
}

static inline enum ward_gate
case_right(struct ward_state *state, int64_t ms)
{
	struct ward_tally *tally = case_open(state);
	enum ward_gate gate = case_enter(tally, &case_limits, ms);

	if (gate == WARD_GATE_OPEN) {
		assert_int_equal(case_succeed(tally, ms), WARD_GATE_OPEN);
	}
	ward_tally_close(tally);
	return gate;
}

/* Several wrong ones, all let in. */
static inline void
case_wrongs(struct ward_state *state, unsigned int count, int64_t ms)
{
	for (unsigned int i = 0; i < count; i++) {
		assert_int_equal(case_wrong(state, ms), WARD_GATE_OPEN);
	}
}

/* Would an attempt be let in? It is not made. */
static inline enum ward_gate
case_gate(struct ward_state *state, int64_t ms)
{
	struct ward_tally *tally = case_open(state);
	enum ward_gate gate = case_look(tally, ms);

	ward_tally_close(tally);
	return gate;
}

static inline void
case_view(struct ward_state *state, const struct ward_limits *limits,
    int64_t ms, struct ward_tally_view *ret_view)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(ms);
	struct ward_tally *tally = NULL;

	case_check(ward_tally_open(state, "wang", WARD_TALLY_LOOK, &tally,
		       &err),
	    &err);
	case_check(ward_tally_view(tally, limits, &now, ret_view, &err), &err);
	ward_tally_close(tally);
}

static inline size_t
case_count(const struct ward_tally_view *view, enum ward_failure_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < view->count; i++) {
		count += view->list[i].kind == kind;
	}
	return count;
}

#endif
