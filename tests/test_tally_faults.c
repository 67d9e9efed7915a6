/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every call that can fail, made to fail in turn (the Makefile has the linker
 * put these functions between state/ and the C library): the error is told, the
 * file is as before or as it was to be, the next call works, and nothing leaks.
 */
#include "tally_case.h"

#include <errno.h>

#include "state/tally_file.h"

#include "tests/inject.h"

/* ---- what is done meanwhile ---------------------------------------------- */

struct done {
	const char *tree;
	struct ward_state *state;
	struct ward_tally *tally, *other;
	unsigned int steps; /* how many have succeeded */
};

static int
open_all(struct done *done, struct ward_error *err)
{
	int r;

	r = ward_state_open(done->tree, WARD_STATE_KEEP, &done->state, err);
	if (r != 0) {
		return r;
	}
	return ward_tally_open(done->state, "wang", WARD_TALLY_MAKE,
	    &done->tally, err);
}

static int
enter(struct done *done, struct ward_error *err)
{
	struct ward_instant now = case_at(0);
	struct ward_from from = { "sshd", "ssh", "203.0.113.7" };
	enum ward_gate gate = WARD_GATE_FULL;
	int r;

	r = ward_tally_enter(done->tally, &case_limits, &now, &from, &gate,
	    err);
	if (r == 0) {
		assert_int_equal(gate, WARD_GATE_OPEN);
	}
	return r;
}

static int
wrong(struct done *done, struct ward_error *err)
{
	struct ward_instant now = case_at(0);
	bool locks = false;

	return ward_tally_fail(done->tally, &case_limits, &now, NULL, &locks,
	    err);
}

static int
right(struct done *done, struct ward_error *err)
{
	struct ward_instant now = case_at(0);
	enum ward_gate gate = WARD_GATE_LOCKED;
	int r;

	r = ward_tally_succeed(done->tally, &case_limits, &now, &gate, err);
	if (r == 0) {
		assert_int_equal(gate, WARD_GATE_OPEN);
	}
	return r;
}

static int
look(struct done *done, struct ward_error *err)
{
	struct ward_instant now = case_at(0);
	enum ward_gate gate = WARD_GATE_LOCKED;

	return ward_tally_look(done->tally, &case_limits, &now, &gate, err);
}

static int
reset(struct done *done, struct ward_error *err)
{
	return ward_tally_reset(done->tally, err);
}

static int
mark(struct done *done, struct ward_error *err)
{
	const struct ward_marks none = { .last_use = 0 };
	struct ward_marks marks = { .last_use = 77 };

	return ward_tally_set_marks(done->tally, &none, &marks, true, err);
}

static int
view(struct done *done, struct ward_error *err)
{
	static struct ward_tally_view seen;
	struct ward_instant now = case_at(0);

	return ward_tally_view(done->tally, &case_limits, &now, &seen, err);
}

static int
see(void *arg, const char *name)
{
	(void)arg;
	(void)name;
	return 0;
}

static int
each(struct done *done, struct ward_error *err)
{
	return ward_tally_each(done->state, see, NULL, err);
}

/* What a file has before: one failure that counts, an attempt that somebody
 * else is testing, and records to be mended. */
static void
prepare(struct done *done, bool others, bool torn)
{
	struct ward_state *state = case_state(done->tree);
	struct ward_tally *tally = case_open(state);

	assert_false(case_fail(tally, &case_limits, torn ? 60000 : 0));
	if (torn) {
		char junk[128] = "junk";

		assert_int_equal(pwrite(tally->fd, junk, sizeof(junk), 384),
		    sizeof(junk));
	}
	ward_tally_close(tally);
	if (others) {
		done->other = case_open(state);
		assert_int_equal(case_enter(done->other, &case_limits, 0),
		    WARD_GATE_OPEN);
	}
	ward_state_close(state);
}

typedef int (*step)(struct done *done, struct ward_error *err);

/* How many failures may count after so many steps, and no more, succeeded;
 * the one before included, and that of who is testing, which ends. */
static const struct scenario {
	const char *what;
	bool before, others, torn;
	step steps[5];
	struct {
		unsigned int least, most;
	} after[6];
} scenarios[] = {
	{ "a new file, a failure", false, false, false,
	    { open_all, enter, wrong },
	    { { 0, 0 }, { 0, 0 }, { 1, 1 }, { 1, 1 } } },
	{ "a failure", true, false, false, { open_all, enter, wrong },
	    { { 1, 1 }, { 1, 1 }, { 2, 2 }, { 2, 2 } } },
	{ "a failure, not reserved", true, false, false,
	    { open_all, look, wrong },
	    { { 1, 1 }, { 1, 1 }, { 1, 2 }, { 2, 2 } } },
	{ "a success", true, false, false, { open_all, enter, right },
	    { { 1, 1 }, { 1, 1 }, { 2, 2 }, { 0, 0 } } },
	{ "a success, while others are tested", true, true, false,
	    { open_all, enter, right },
	    { { 2, 2 }, { 2, 2 }, { 3, 3 }, { 1, 1 } } },
	{ "a success, not reserved", true, false, false,
	    { open_all, look, right },
	    { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 } } },
	{ "what is to be mended", true, true, true, { open_all, enter, wrong },
	    { { 3, 3 }, { 3, 3 }, { 4, 4 }, { 4, 4 } } },
	{ "what is to be mended, a success", true, true, true,
	    { open_all, enter, right },
	    { { 3, 3 }, { 3, 3 }, { 1, 4 }, { 1, 1 } } },
	{ "a reset", true, true, false, { open_all, reset },
	    { { 2, 2 }, { 0, 2 }, { 0, 0 } } },
	{ "a reset of what is torn", true, false, true, { open_all, reset },
	    { { 2, 2 }, { 0, 2 }, { 0, 0 } } },
	{ "marks", true, false, false, { open_all, mark, view, each },
	    { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 } } },
};

/* All steps, with one call that fails: false when there was none so late. */
static bool
run(const struct scenario *scenario, struct done *done, unsigned int at,
    int why)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	int r = 0;

	ward_faults_arm(at, why);
	while (
	    done->steps < 5 && scenario->steps[done->steps] != NULL && r == 0) {
		r = scenario->steps[done->steps](done, &err);
		done->steps += r == 0;
	}
	ward_faults_disarm();
	if (r != 0) {
		assert_true(err.text[0] != '\0');
		assert_true(r == WARD_ERR_IO || r == WARD_ERR_NOMEM);
	}
	ward_tally_close(done->tally);
	ward_tally_close(done->other);
	ward_state_close(done->state);
	return ward_faults.calls >= at;
}

/* The count by a view, then by how many more are let in. */
static void
check_after(const struct scenario *scenario, const struct done *done,
    unsigned int at)
{
	struct ward_state *state = case_state(done->tree);
	struct ward_tally *tally = case_open(state);
	static struct ward_tally_view seen;
	unsigned int more = 0;

	case_view(state, &case_limits, 0, &seen);
	if (seen.counting < scenario->after[done->steps].least ||
	    seen.counting > scenario->after[done->steps].most) {
		fail_msg("%s: %u count after %u steps, call %u", scenario->what,
		    (unsigned int)seen.counting, done->steps, at);
	}
	while (case_enter(tally, &case_limits, 0) == WARD_GATE_OPEN) {
		more++;
	}
	assert_int_equal(more + seen.counting, 5);
	ward_tally_close(tally);
	ward_state_close(state);
}

static void
fail_each(const struct scenario *scenario, int why)
{
	bool more = true;

	for (unsigned int at = 1; more; at++) {
		struct done done = { .tree = ward_tree_new(NULL) };
		size_t before = ward_open_fds();

		if (scenario->before) {
			prepare(&done, scenario->others, scenario->torn);
		}
		more = run(scenario, &done, at, why);
		assert_int_equal(ward_open_fds(), before);
		check_after(scenario, &done, at);
		assert_true(at < 200);
		ward_tree_remove((char *)(uintptr_t)done.tree);
	}
}

static void
test_faults__each_call(void **state)
{
	static const int whys[] = { EIO, ENOSPC, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		for (size_t n = 0; n < sizeof(whys) / sizeof(whys[0]); n++) {
			fail_each(&scenarios[i], whys[n]);
		}
	}
}

/* A signal that is handled is no error. */
static void
test_faults__interrupted(void **state)
{
	static const step steps[] = { open_all, enter, wrong, enter, right,
		reset, mark, view };
	unsigned int at = 0;

	(void)state;
	do {
		struct done done = { .tree = ward_tree_new(NULL) };
		struct ward_error err = { .language = WARD_ENGLISH };

		ward_faults_arm(++at, EINTR);
		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
			case_check(steps[i](&done, &err), &err);
		}
		ward_faults_disarm();
		ward_tally_close(done.tally);
		ward_state_close(done.state);
		ward_tree_remove((char *)(uintptr_t)done.tree);
	} while (ward_faults.calls >= at);
	assert_true(at > 20);
}

/* Whoever holds the lock and was stopped hangs nobody for ever. */
static void
test_faults__holder_is_stopped(void **state)
{
	char *tree = ward_tree_new(NULL);
	struct ward_state *dirs = case_state(tree);
	struct ward_tally *stopped = case_open(dirs), *tally = case_open(dirs);
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(0);
	enum ward_gate gate = WARD_GATE_FULL;
	static struct ward_tally_view seen;

	(void)state;
	case_check(ward_tally_hold(stopped, &err), &err);
	ward_faults_freeze();
	assert_int_equal(ward_tally_enter(tally, &case_limits, &now, NULL,
			     &gate, &err),
	    WARD_ERR_IO);
	assert_non_null(strstr(err.text, "keeps it locked"));
	assert_true(
	    ward_faults.slept >= 5000000000 && ward_faults.slept < 5200000000);
	/* Looking waits less, and then looks. */
	ward_faults.slept = 0;
	case_view(dirs, &case_limits, 0, &seen);
	assert_true(
	    ward_faults.slept >= 100000000 && ward_faults.slept < 200000000);
	ward_faults.frozen = false;
	ward_tally_release(stopped);
	assert_int_equal(case_enter(tally, &case_limits, 0), WARD_GATE_OPEN);
	ward_tally_close(tally);
	ward_tally_close(stopped);
	ward_state_close(dirs);
	ward_tree_remove(tree);
}

/* The disk is full when more room is needed: nobody is let in whose failure
 * could find none. */
static void
test_faults__full_for_many(void **state)
{
	struct ward_limits limits = { 40, CASE_SECONDS };
	char *tree = ward_tree_new(NULL);
	struct ward_state *dirs = case_state(tree);
	struct ward_tally *tally = case_open(dirs);
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(0);
	enum ward_gate gate = WARD_GATE_FULL;

	(void)state;
	ward_faults.full = WARD_TALLY_FIRST;
	assert_int_equal(ward_tally_enter(tally, &limits, &now, NULL, &gate,
			     &err),
	    WARD_ERR_IO);
	ward_faults.full = 0;
	assert_int_equal(case_enter(tally, &limits, 0), WARD_GATE_OPEN);
	ward_tally_close(tally);
	ward_state_close(dirs);
	ward_tree_remove(tree);
}

/* And what there is takes every failure of an account that is locked. */
static void
test_faults__full_for_failures(void **state)
{
	char *tree = ward_tree_new(NULL);
	struct ward_state *dirs = case_state(tree);
	struct ward_tally *tally = case_open(dirs);
	static struct ward_tally_view seen;

	(void)state;
	ward_faults.full = WARD_TALLY_FIRST;
	for (int i = 1; i <= 100; i++) {
		assert_int_equal(case_fail(tally, &case_limits, i), i == 5);
	}
	ward_faults.full = 0;
	case_view(dirs, &case_limits, 100, &seen);
	assert_int_equal(seen.count, 31);
	assert_int_equal(seen.left, CASE_END);
	assert_int_equal(case_look(tally, CASE_END + 100), WARD_GATE_LOCKED);
	ward_tally_close(tally);
	ward_state_close(dirs);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults__each_call),
		cmocka_unit_test(test_faults__interrupted),
		cmocka_unit_test(test_faults__holder_is_stopped),
		cmocka_unit_test(test_faults__full_for_many),
		cmocka_unit_test(test_faults__full_for_failures),
	};

	ward_faults.wide = true;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
