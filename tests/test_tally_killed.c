/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process that is killed before and behind each of its system calls: what it
 * was told has happened, has; what it was not told has or has not.
 */
#include "tally_case.h"

#include <sys/mman.h>

#include "tests/killed.h"

static char *tree;
/* Shared with the process that is killed: how many steps it has behind it. */
static volatile unsigned int *steps;

static int
setup(void **state)
{
	(void)state;
	steps = mmap(NULL, sizeof(*steps), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(steps != MAP_FAILED);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	(void)munmap((void *)(uintptr_t)steps, sizeof(*steps));
	return 0;
}

struct work {
	const char *what;
	unsigned int before; /* failures that there are */
	bool file;
	bool others; /* somebody else is testing a password */
	enum {
		WRONG,
		WRONG_UNRESERVED,
		RIGHT,
		RESET
	} answer;
	/* How many may count, after each step. */
	struct {
		unsigned int least, most;
	} after[4];
};

static const struct work works[] = {
	{ "a new file", 0, false, false, WRONG,
	    { { 0, 0 }, { 0, 1 }, { 1, 1 }, { 1, 1 } } },
	{ "a failure", 2, true, false, WRONG,
	    { { 2, 2 }, { 2, 3 }, { 3, 3 }, { 3, 3 } } },
	{ "the last failure", 4, true, false, WRONG,
	    { { 4, 4 }, { 4, 5 }, { 5, 5 }, { 5, 5 } } },
	{ "a failure, not reserved", 2, true, true, WRONG_UNRESERVED,
	    { { 3, 3 }, { 3, 3 }, { 3, 4 }, { 4, 4 } } },
	{ "a success", 2, true, false, RIGHT,
	    { { 2, 2 }, { 2, 3 }, { 0, 3 }, { 0, 0 } } },
	{ "a success, while others are tested", 2, true, true, RIGHT,
	    { { 3, 3 }, { 3, 4 }, { 1, 4 }, { 1, 1 } } },
	{ "a reset", 4, true, false, RESET,
	    { { 4, 4 }, { 4, 5 }, { 1, 5 }, { 1, 1 } } },
};

/* In the process that is killed: no assertion, but a status. */
static int
work(const void *arg)
{
	const struct work *todo = arg;
	struct ward_instant now = case_at(0);
	struct ward_state *state = NULL;
	struct ward_tally *tally = NULL;
	enum ward_gate gate = WARD_GATE_LOCKED;
	bool locks;
	int r = 0;

	if (ward_state_open(tree, WARD_STATE_KEEP, &state, NULL) != 0 ||
	    ward_tally_open(state, "wang", WARD_TALLY_MAKE, &tally, NULL) !=
		0) {
		return 1;
	}
	*steps = 1;
	if (todo->answer != WRONG_UNRESERVED) {
		r = ward_tally_enter(tally, &case_limits, &now, NULL, &gate,
		    NULL);
	}
	if (r != 0 ||
	    (gate != WARD_GATE_OPEN && todo->answer != WRONG_UNRESERVED)) {
		return 2;
	}
	*steps = 2;
	switch (todo->answer) {
	case RIGHT:
		r = ward_tally_succeed(tally, &case_limits, &now, &gate, NULL);
		break;
	case RESET:
		r = ward_tally_reset(tally, NULL);
		break;
	default:
		r = ward_tally_fail(tally, &case_limits, &now, NULL, &locks,
		    NULL);
	}
	if (r != 0) {
		return 3;
	}
	*steps = 3;
	ward_tally_close(tally);
	ward_state_close(state);
	return 0;
}

static struct ward_tally *
prepare(const struct work *todo)
{
	struct ward_state *state;
	struct ward_tally *other = NULL;

	*steps = 0;
	tree = ward_tree_new(NULL);
	if (!todo->file) {
		return NULL;
	}
	state = case_state(tree);
	case_wrongs(state, todo->before, 0);
	if (todo->others) {
		other = case_open(state);
		assert_int_equal(case_enter(other, &case_limits, 0),
		    WARD_GATE_OPEN);
	}
	ward_state_close(state);
	return other;
}

/* And the next ones find a file that works. */
static void
check(const struct work *todo, unsigned int stop)
{
	static struct ward_tally_view seen;
	struct ward_state *state = case_state(tree);
	struct ward_tally *tally = case_open(state);
	struct ward_error err = { .language = WARD_ENGLISH };
	unsigned int more = 0;

	case_view(state, &case_limits, 0, &seen);
	if (seen.counting < todo->after[*steps].least ||
	    seen.counting > todo->after[*steps].most ||
	    seen.locked != (seen.counting >= 5)) {
		fail_msg("%s: %u count at stop %u, behind step %u", todo->what,
		    (unsigned int)seen.counting, stop, *steps);
	}
	while (case_enter(tally, &case_limits, 0) == WARD_GATE_OPEN) {
		more++;
	}
	assert_int_equal(more + seen.counting, 5);
	case_check(ward_tally_reset(tally, &err), &err);
	assert_int_equal(case_enter(tally, &case_limits, 0), WARD_GATE_OPEN);
	assert_int_equal(case_succeed(tally, 0), WARD_GATE_OPEN);
	ward_tally_close(tally);
	ward_state_close(state);
}

static void
test_killed__anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
		int said = WARD_KILLED;

		for (unsigned int stop = 0; said == WARD_KILLED;
		     stop += case_is_slow() ? 5 : 1) {
			struct ward_tally *other = prepare(&works[i]);

			said = ward_killed_at(stop, work, &works[i]);
			ward_tally_close(other);
			if (said == WARD_KILLED_NEVER) {
				ward_tree_remove(tree);
				skip();
			}
			assert_true(said <= 0);
			check(&works[i], stop);
			ward_tree_remove(tree);
			assert_true(stop < 5000);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_killed__anywhere, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
