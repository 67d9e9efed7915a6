/* SPDX-License-Identifier: BSD-2-Clause */
/* tally.c: who is let in, one attempt after another. */
#include "tally_case.h"

#define MINUTE 60000

static char *tree;
static struct ward_state *dirs;

static int
setup(void **state)
{
	(void)state;
	tree = ward_tree_new(NULL);
	dirs = case_state(tree);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ward_state_close(dirs);
	ward_tree_remove(tree);
	return 0;
}

/* Locked after the fifth failure, not the fourth; `ret_locks` says which. */
static void
test_tally_fail__fifth_locks(void **state)
{
	(void)state;
	for (int i = 1; i <= 5; i++) {
		struct ward_tally *tally = case_open(dirs);

		assert_int_equal(case_enter(tally, &case_limits, i * MINUTE),
		    WARD_GATE_OPEN);
		assert_int_equal(case_fail(tally, &case_limits, i * MINUTE),
		    i == 5);
		assert_int_equal(case_look(tally, i * MINUTE),
		    i == 5 ? WARD_GATE_LOCKED : WARD_GATE_OPEN);
		ward_tally_close(tally);
	}
	assert_int_equal(case_wrong(dirs, 5 * MINUTE), WARD_GATE_LOCKED);
	assert_int_equal(case_right(dirs, 5 * MINUTE), WARD_GATE_LOCKED);
}

static void
test_tally_fail__attempts(void **state)
{
	(void)state;
	for (uint32_t attempts = 1; attempts <= 100; attempts++) {
		struct ward_limits limits = { attempts, CASE_SECONDS };
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_tally *tally = case_open(dirs);

		for (uint32_t i = 1; i <= attempts; i++) {
			assert_int_equal(case_enter(tally, &limits, 0),
			    WARD_GATE_OPEN);
			assert_int_equal(case_fail(tally, &limits, 0),
			    i == attempts);
		}
		assert_int_equal(case_enter(tally, &limits, 0),
		    WARD_GATE_LOCKED);
		case_check(ward_tally_reset(tally, &err), &err);
		ward_tally_close(tally);
	}
}

static void
test_tally_enter__limits(void **state)
{
	static const uint32_t bad[] = { 0, 101, UINT32_MAX };
	struct ward_tally *tally = case_open(dirs);
	struct ward_instant now = case_at(0);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_limits limits = { bad[i], CASE_SECONDS };
		enum ward_gate gate = WARD_GATE_FULL;

		assert_int_equal(ward_tally_enter(tally, &limits, &now, NULL,
				     &gate, &err),
		    WARD_ERR_RANGE);
		assert_int_equal(gate, WARD_GATE_FULL);
	}
	ward_tally_close(tally);
}

/* A lock lasts as long as the plan says from the last failure on, and not
 * longer; what went before it has expired by then. */
static void
test_tally_enter__lock_lasts(void **state)
{
	static const struct {
		int64_t ms;
		enum ward_gate gate;
	} cases[] = {
		{ 8 * MINUTE, WARD_GATE_LOCKED },
		{ CASE_END + 1, WARD_GATE_LOCKED }, /* the first has expired */
		{ CASE_END + 8 * MINUTE - 1, WARD_GATE_LOCKED },
		{ CASE_END + 8 * MINUTE, WARD_GATE_LOCKED },
		{ CASE_END + 8 * MINUTE + 1, WARD_GATE_OPEN },
	};

	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_int_equal(case_wrong(dirs, i * 2 * MINUTE),
		    WARD_GATE_OPEN);
	}
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(case_gate(dirs, cases[i].ms), cases[i].gate);
	}
	/* Then there are five again. */
	case_wrongs(dirs, 5, CASE_END + 8 * MINUTE + 1);
	assert_int_equal(case_wrong(dirs, CASE_END + 9 * MINUTE),
	    WARD_GATE_LOCKED);
}

/* Failures count as long as each is not older than that. */
static void
test_tally_enter__failures_expire(void **state)
{
	(void)state;
	case_wrongs(dirs, 1, 0);
	case_wrongs(dirs, 3, MINUTE);
	assert_int_equal(case_gate(dirs, CASE_END), WARD_GATE_OPEN);
	case_wrongs(dirs, 1, CASE_END + 1); /* the first is over: four */
	case_wrongs(dirs, 1, CASE_END + 2);
	assert_int_equal(case_gate(dirs, CASE_END + 2), WARD_GATE_LOCKED);
}

static void
test_tally_succeed__clears(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++) {
		case_wrongs(dirs, 4, i);
		assert_int_equal(case_right(dirs, i), WARD_GATE_OPEN);
	}
	case_wrongs(dirs, 5, 100);
	assert_int_equal(case_right(dirs, 100), WARD_GATE_LOCKED);
}

/* Who does not reserve is told at the end. */
static void
test_tally_succeed__not_reserved(void **state)
{
	struct ward_tally *tally = case_open(dirs);
	struct ward_tally_view view;

	(void)state;
	assert_int_equal(case_look(tally, 0), WARD_GATE_OPEN);
	case_wrongs(dirs, 5, 0);
	assert_int_equal(case_succeed(tally, 0), WARD_GATE_LOCKED);
	case_view(dirs, &case_limits, 0, &view);
	assert_int_equal(view.counting, 5);
	assert_true(view.locked);
	assert_int_equal(case_succeed(tally, CASE_END + 1), WARD_GATE_OPEN);
	case_wrongs(dirs, 4, CASE_END + 1);
	assert_int_equal(case_succeed(tally, CASE_END + 1), WARD_GATE_OPEN);
	case_view(dirs, &case_limits, CASE_END + 1, &view);
	assert_int_equal(view.counting, 0);
	ward_tally_close(tally);
}

/* A failure without a reservation counts as any other, also while the account
 * is locked: the lock lasts from the last one on, but is told once. */
static void
test_tally_fail__not_reserved(void **state)
{
	struct ward_tally *tally = case_open(dirs);

	(void)state;
	for (int i = 1; i <= 7; i++) {
		assert_int_equal(case_fail(tally, &case_limits, i * MINUTE),
		    i == 5);
	}
	assert_int_equal(case_look(tally, CASE_END + 7 * MINUTE),
	    WARD_GATE_LOCKED);
	assert_int_equal(case_look(tally, CASE_END + 7 * MINUTE + 1),
	    WARD_GATE_OPEN);
	ward_tally_close(tally);
}

/* As many as are left are tested at once; an answer makes room. */
static void
test_tally_enter__full(void **state)
{
	struct ward_tally *four[4], *tally = case_open(dirs);

	(void)state;
	case_wrongs(dirs, 1, 0);
	for (int i = 0; i < 4; i++) {
		four[i] = case_open(dirs);
		assert_int_equal(case_enter(four[i], &case_limits, 0),
		    WARD_GATE_OPEN);
	}
	assert_int_equal(case_enter(tally, &case_limits, 0), WARD_GATE_FULL);
	assert_int_equal(case_look(tally, 0), WARD_GATE_OPEN);
	assert_int_equal(case_succeed(four[0], 0), WARD_GATE_OPEN);
	/* The failure before is over, and one place is free: two. */
	assert_int_equal(case_enter(tally, &case_limits, 0), WARD_GATE_OPEN);
	assert_int_equal(case_enter(four[0], &case_limits, 0), WARD_GATE_OPEN);
	assert_int_equal(case_right(dirs, 0), WARD_GATE_FULL);
	/* Those that were tested meanwhile have still to be counted. */
	assert_false(case_fail(tally, &case_limits, 0));
	for (int i = 0; i < 4; i++) {
		assert_int_equal(case_fail(four[i], &case_limits, 0), i == 3);
		ward_tally_close(four[i]);
	}
	assert_int_equal(case_gate(dirs, 0), WARD_GATE_LOCKED);
	ward_tally_close(tally);
}

/* A holder without an answer counts for as long as a failure does; then others
 * go on, and its answer is still taken. */
static void
test_tally_enter__hung(void **state)
{
	struct ward_tally *hung[5], *tally = case_open(dirs);

	(void)state;
	for (int i = 0; i < 5; i++) {
		hung[i] = case_open(dirs);
		assert_int_equal(case_enter(hung[i], &case_limits, 0),
		    WARD_GATE_OPEN);
	}
	assert_int_equal(case_enter(tally, &case_limits, CASE_END),
	    WARD_GATE_FULL);
	assert_int_equal(case_enter(tally, &case_limits, CASE_END + 1),
	    WARD_GATE_OPEN);
	assert_false(case_fail(tally, &case_limits, CASE_END + 1));
	for (int i = 0; i < 5; i++) {
		assert_int_equal(case_fail(hung[i], &case_limits,
				     CASE_END + MINUTE),
		    i == 3);
		ward_tally_close(hung[i]);
	}
	ward_tally_close(tally);
}

/* Thousands of them, hung, never write over each other. */
static void
test_tally_enter__no_place(void **state)
{
	struct ward_tally *hung[WARD_FAILURES_MAX], *tally = case_open(dirs);
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now = case_at(30 * CASE_END);
	struct ward_tally_view view;
	bool locks = false;

	(void)state;
	for (int i = 0; i < WARD_FAILURES_MAX; i++) {
		hung[i] = case_open(dirs);
		assert_int_equal(case_enter(hung[i], &case_limits,
				     i / 5 * (CASE_END + 1)),
		    WARD_GATE_OPEN);
	}
	assert_int_equal(case_enter(tally, &case_limits, 30 * CASE_END),
	    WARD_GATE_FULL);
	assert_int_equal(ward_tally_fail(tally, &case_limits, &now, NULL,
			     &locks, &err),
	    WARD_ERR_IO);
	case_view(dirs, &case_limits, 30 * CASE_END, &view);
	assert_int_equal(view.count, WARD_FAILURES_MAX);
	assert_int_equal(case_count(&view, WARD_FAILURE_TESTING),
	    WARD_FAILURES_MAX);
	for (int i = 0; i < WARD_FAILURES_MAX; i++) {
		assert_int_equal(case_fail(hung[i], &case_limits,
				     30 * CASE_END),
		    i == 4);
		ward_tally_close(hung[i]);
	}
	/* All of them count now; another one takes the place of the oldest. */
	assert_false(case_fail(tally, &case_limits, 30 * CASE_END));
	case_view(dirs, &case_limits, 30 * CASE_END, &view);
	assert_int_equal(view.counting, WARD_FAILURES_MAX);
	ward_tally_close(tally);
}

/* Closed, or reserved anew, without an answer: a failure. */
static void
test_tally_close__abandons(void **state)
{
	struct ward_tally *tally = case_open(dirs);
	struct ward_tally_view view;
	struct ward_from by;

	(void)state;
	assert_int_equal(case_enter(tally, &case_limits, 0), WARD_GATE_OPEN);
	ward_tally_close(tally);
	tally = case_open(dirs);
	for (int i = 1; i < 5; i++) {
		assert_int_equal(case_enter(tally, &case_limits, i),
		    WARD_GATE_OPEN);
	}
	case_view(dirs, &case_limits, 4, &view);
	assert_int_equal(view.counting, 4);
	assert_int_equal(case_count(&view, WARD_FAILURE_ABANDONED), 4);
	assert_false(ward_tally_found_lock(tally, &by));
	assert_int_equal(case_enter(tally, &case_limits, 5), WARD_GATE_LOCKED);
	/* Told once, and of whom. */
	assert_true(ward_tally_found_lock(tally, &by));
	assert_string_equal(by.service, "sshd");
	assert_string_equal(by.rhost, "203.0.113.7");
	assert_null(by.tty);
	assert_int_equal(case_enter(tally, &case_limits, 5), WARD_GATE_LOCKED);
	assert_false(ward_tally_found_lock(tally, &by));
	ward_tally_close(tally);
	ward_tally_close(NULL);
	tally = case_open(dirs);
	assert_int_equal(case_look(tally, 6), WARD_GATE_LOCKED);
	assert_false(ward_tally_found_lock(tally, &by));
	ward_tally_close(tally);
	/* From the last one on, though nobody looked before the first ended. */
	assert_int_equal(case_gate(dirs, CASE_END + 4), WARD_GATE_LOCKED);
	assert_int_equal(case_gate(dirs, CASE_END + 5), WARD_GATE_OPEN);
}

/* Whichever call comes by first tells of it. */
static void
test_tally_found_lock__of_any_call(void **state)
{
	(void)state;
	for (int call = 0; call < 3; call++) {
		char *root = ward_tree_new(NULL);
		struct ward_state *own = case_state(root);
		struct ward_tally *late = case_open(own);
		struct ward_from by;

		for (int i = 0; i < 5; i++) {
			struct ward_tally *tally = case_open(own);

			assert_int_equal(case_enter(tally, &case_limits, i),
			    WARD_GATE_OPEN);
			ward_tally_close(tally);
		}
		if (call == 0) {
			assert_int_equal(case_look(late, 5), WARD_GATE_LOCKED);
			assert_true(ward_tally_found_lock(late, &by));
		} else if (call == 1) {
			assert_false(case_fail(late, &case_limits, 5));
			assert_true(ward_tally_found_lock(late, &by));
		} else {
			assert_int_equal(case_succeed(late, 5),
			    WARD_GATE_LOCKED);
			assert_true(ward_tally_found_lock(late, &by));
		}
		assert_false(ward_tally_found_lock(late, &by));
		assert_false(case_fail(late, &case_limits, 6));
		ward_tally_close(late);
		ward_state_close(own);
		ward_tree_remove(root);
	}
}

/* Nobody comes by until the first four have expired. */
static void
test_tally_enter__lock_found_late(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		struct ward_tally *tally = case_open(dirs);

		assert_int_equal(case_enter(tally, &case_limits, i * MINUTE),
		    WARD_GATE_OPEN);
		ward_tally_close(tally);
	}
	assert_int_equal(case_wrong(dirs, CASE_END + 4 * MINUTE),
	    WARD_GATE_LOCKED);
	assert_int_equal(case_wrong(dirs, CASE_END + 4 * MINUTE + 1),
	    WARD_GATE_OPEN);
}

/* The plan was changed: it holds for the failures that there are. */
static void
test_tally_enter__other_limits(void **state)
{
	struct ward_limits strict = { 3, CASE_SECONDS };
	struct ward_limits loose = { 100, CASE_SECONDS };
	struct ward_tally *tally = case_open(dirs);
	struct ward_tally_view view;

	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_int_equal(case_wrong(dirs, i * MINUTE), WARD_GATE_OPEN);
	}
	case_view(dirs, &strict, 4 * MINUTE, &view);
	assert_true(view.locked);
	assert_int_equal(view.left, CASE_END - MINUTE);
	assert_int_equal(case_enter(tally, &strict, CASE_END + 3 * MINUTE),
	    WARD_GATE_LOCKED);
	/* What has locked the account stays so. */
	assert_int_equal(case_enter(tally, &loose, CASE_END + 3 * MINUTE),
	    WARD_GATE_LOCKED);
	for (int i = 0; i < 99; i++) {
		assert_int_equal(case_enter(tally, &loose, CASE_END * 2),
		    WARD_GATE_OPEN);
		assert_false(case_fail(tally, &loose, CASE_END * 2));
	}
	assert_int_equal(case_enter(tally, &loose, CASE_END * 2),
	    WARD_GATE_OPEN);
	assert_true(case_fail(tally, &loose, CASE_END * 2));
	ward_tally_close(tally);
}

static void
test_tally_reset__unlocks(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = case_open(dirs), *testing = case_open(dirs);
	struct ward_tally_view view;

	(void)state;
	assert_int_equal(case_enter(testing, &case_limits, 0), WARD_GATE_OPEN);
	case_wrongs(dirs, 4, 0);
	assert_true(case_fail(tally, &case_limits, 0));
	assert_int_equal(case_gate(dirs, 0), WARD_GATE_LOCKED);
	case_check(ward_tally_reset(tally, &err), &err);
	case_view(dirs, &case_limits, 0, &view);
	assert_false(view.locked);
	assert_int_equal(view.counting, 0);
	/* Its holder may have been stopped: it takes nobody's place. */
	assert_int_equal(case_count(&view, WARD_FAILURE_TESTING), 0);
	/* But when it fails, that counts. */
	case_wrongs(dirs, 3, 0);
	assert_false(case_fail(testing, &case_limits, 0));
	case_wrongs(dirs, 1, 0);
	assert_int_equal(case_gate(dirs, 0), WARD_GATE_LOCKED);
	ward_tally_close(testing);
	ward_tally_close(tally);
}

/* Failures by moments of other boots and clocks: after `then` has failed five
 * times, how is it at `now`, and has it ended at `later`? */
static const struct {
	const char *what;
	struct ward_instant then, now;
	enum ward_gate gate;
	struct ward_instant later; /* when it is open again */
} clocks[] = {
	{ "a boot later", { CASE_WALL, CASE_UP, 7 },
	    { CASE_WALL + MINUTE, 100, 8 }, WARD_GATE_LOCKED,
	    { CASE_WALL + CASE_END + 1, 9000, 8 } },
	{ "set forward in one boot", { CASE_WALL, CASE_UP, 7 },
	    { CASE_WALL * 2, CASE_UP + MINUTE, 7 }, WARD_GATE_LOCKED,
	    { CASE_WALL * 2, CASE_UP + CASE_END + 1, 7 } },
	{ "set back in one boot", { CASE_WALL, CASE_UP, 7 },
	    { 0, CASE_UP + MINUTE, 7 }, WARD_GATE_LOCKED,
	    { 0, CASE_UP + CASE_END + 1, 7 } },
	/* What seems to lie ahead is now, and then ends like anything else. */
	{ "set back, a boot later", { CASE_WALL, CASE_UP, 7 },
	    { CASE_WALL / 2, 100, 8 }, WARD_GATE_LOCKED,
	    { CASE_WALL / 2 + CASE_END + 1, 100 + CASE_END + 1, 8 } },
	{ "set back, the boot not known", { CASE_WALL, CASE_UP, 0 },
	    { CASE_WALL / 2, 100, 0 }, WARD_GATE_LOCKED,
	    { CASE_WALL / 2 + CASE_END + 1, 100, 0 } },
};

static void
test_tally_look__clocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_tally *tally = case_open(dirs);
		enum ward_gate gate = WARD_GATE_FULL;
		bool locks;

		for (int n = 0; n < 5; n++) {
			case_check(ward_tally_fail(tally, &case_limits,
				       &clocks[i].then, NULL, &locks, &err),
			    &err);
		}
		case_check(ward_tally_look(tally, &case_limits, &clocks[i].now,
			       &gate, &err),
		    &err);
		if (gate != clocks[i].gate) {
			fail_msg("%s: %d", clocks[i].what, (int)gate);
		}
		case_check(ward_tally_look(tally, &case_limits,
			       &clocks[i].later, &gate, &err),
		    &err);
		if (gate != WARD_GATE_OPEN) {
			fail_msg("%s, later: %d", clocks[i].what, (int)gate);
		}
		case_check(ward_tally_reset(tally, &err), &err);
		ward_tally_close(tally);
	}
}

/* Who waited for the file looked at the clock before the others: there is one
 * failure that locks, and the lock is no shorter. */
static void
test_tally_fail__late_in_turn(void **state)
{
	static const int64_t order[] = { 50, 40, 30, 20, 10 };
	struct ward_tally_view view;

	(void)state;
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(case_wrong(dirs, order[i]), WARD_GATE_OPEN);
	}
	assert_int_equal(case_wrong(dirs, 60), WARD_GATE_LOCKED);
	case_view(dirs, &case_limits, 60, &view);
	assert_int_equal(case_count(&view, WARD_FAILURE_LOCKED), 1);
	assert_int_equal(view.list[4].kind, WARD_FAILURE_LOCKED);
	assert_int_equal(view.left, CASE_END - 10);
}

/* A million log-ins leave the file as long as one. */
static void
test_tally_enter__does_not_grow(void **state)
{
	char *path = ward_tree_path(tree, CASE_FILE);
	struct stat st;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		assert_int_equal(i % 3 == 0 ? case_wrong(dirs, i * MINUTE * 6) :
					      case_right(dirs, i * MINUTE * 6),
		    WARD_GATE_OPEN);
	}
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 4096);
	free(path);
}

#define TALLY_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALLY_TEST(test_tally_fail__fifth_locks),
		TALLY_TEST(test_tally_fail__attempts),
		TALLY_TEST(test_tally_enter__limits),
		TALLY_TEST(test_tally_enter__lock_lasts),
		TALLY_TEST(test_tally_enter__failures_expire),
		TALLY_TEST(test_tally_succeed__clears),
		TALLY_TEST(test_tally_succeed__not_reserved),
		TALLY_TEST(test_tally_fail__not_reserved),
		TALLY_TEST(test_tally_enter__full),
		TALLY_TEST(test_tally_enter__hung),
		TALLY_TEST(test_tally_enter__no_place),
		TALLY_TEST(test_tally_close__abandons),
		TALLY_TEST(test_tally_found_lock__of_any_call),
		TALLY_TEST(test_tally_enter__lock_found_late),
		TALLY_TEST(test_tally_enter__other_limits),
		TALLY_TEST(test_tally_reset__unlocks),
		TALLY_TEST(test_tally_look__clocks),
		TALLY_TEST(test_tally_fail__late_in_turn),
		TALLY_TEST(test_tally_enter__does_not_grow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
