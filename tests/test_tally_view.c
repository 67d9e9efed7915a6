/* SPDX-License-Identifier: BSD-2-Clause */
/* tally_view.c, tally_marks.c, tally_each.c: what an administrator sees. */
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

/* From where, as it was told: the host, or else the terminal; cut where it is
 * too long. */
static void
test_tally_view__from(void **state)
{
#define TEN "0123456789"
#define LONG TEN TEN TEN TEN TEN TEN TEN
	static const struct {
		struct ward_from from;
		const char *service, *where;
	} cases[] = {
		{ { "sshd", "ssh", "203.0.113.7" }, "sshd", "203.0.113.7" },
		{ { "login", "tty1", NULL }, "login", "tty1" },
		{ { "login", "tty1", "" }, "login", "tty1" },
		{ { NULL, NULL, NULL }, "", "" },
		{ { LONG, NULL, LONG }, TEN TEN "012",
		    TEN TEN TEN TEN TEN TEN "012" },
		{ { "a\nb", "\x1b[2J", NULL }, "a\nb", "\x1b[2J" },
	};
	struct ward_tally *tally = case_open(dirs);
	struct ward_limits limits = { 100, CASE_SECONDS };
	struct ward_tally_view view;
	size_t count = sizeof(cases) / sizeof(cases[0]);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_instant now = case_at((int64_t)i);
		bool locks;

		case_check(ward_tally_fail(tally, &limits, &now, &cases[i].from,
			       &locks, &err),
		    &err);
	}
	case_view(dirs, &limits, MINUTE, &view);
	assert_int_equal(view.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(view.list[i].service, cases[i].service);
		assert_string_equal(view.list[i].from, cases[i].where);
	}
	ward_tally_close(tally);
}

/* What a reservation said stays where the failure says nothing. */
static void
test_tally_view__from_of_reservation(void **state)
{
	struct ward_tally_view view;

	(void)state;
	case_wrongs(dirs, 1, 0);
	case_view(dirs, &case_limits, 0, &view);
	assert_int_equal(view.count, 1);
	assert_string_equal(view.list[0].service, "sshd");
	assert_string_equal(view.list[0].from, "203.0.113.7");
}

static void
test_tally_view__kinds(void **state)
{
	struct ward_tally *testing = case_open(dirs), *gone = case_open(dirs);
	struct ward_tally_view view;
	static const struct {
		enum ward_failure_kind kind;
		bool counts;
	} want[] = { { WARD_FAILURE_FAILED, false }, /* ended by time */
		{ WARD_FAILURE_FAILED, true }, { WARD_FAILURE_TESTING, false },
		{ WARD_FAILURE_ABANDONED, true },
		{ WARD_FAILURE_FAILED, true } };

	(void)state;
	case_wrongs(dirs, 1, 0);
	case_wrongs(dirs, 1, 5 * MINUTE);
	assert_int_equal(case_enter(testing, &case_limits, 6 * MINUTE),
	    WARD_GATE_OPEN);
	assert_int_equal(case_enter(gone, &case_limits, 7 * MINUTE),
	    WARD_GATE_OPEN);
	ward_tally_close(gone);
	case_wrongs(dirs, 1, 8 * MINUTE);
	case_view(dirs, &case_limits, CASE_END + MINUTE, &view);
	assert_int_equal(view.count, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(view.list[i].kind, want[i].kind);
		assert_int_equal(view.list[i].counts, want[i].counts);
	}
	assert_int_equal(view.counting, 3);
	assert_false(view.locked);
	assert_int_equal(view.left, 0);
	ward_tally_close(testing);
}

/* After a success nothing counts, but what happened can still be seen; the
 * log-in itself is no failure. */
static void
test_tally_view__cleared(void **state)
{
	struct ward_tally_view view;

	(void)state;
	case_wrongs(dirs, 3, 0);
	assert_int_equal(case_right(dirs, 1), WARD_GATE_OPEN);
	case_view(dirs, &case_limits, 1, &view);
	assert_int_equal(view.count, 3);
	assert_int_equal(view.counting, 0);
	for (size_t i = 0; i < view.count; i++) {
		assert_false(view.list[i].counts);
	}
}

static void
test_tally_view__left(void **state)
{
	static const struct {
		int64_t ms;
		bool locked;
		int64_t left;
	} cases[] = { { 0, true, CASE_END }, { 1, true, CASE_END - 1 },
		{ CASE_END - 1, true, 1 }, { CASE_END, true, 1 },
		{ CASE_END + 1, false, 0 } };
	struct ward_tally_view view;

	(void)state;
	case_wrongs(dirs, 5, 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		case_view(dirs, &case_limits, cases[i].ms, &view);
		assert_int_equal(view.locked, cases[i].locked);
		assert_int_equal(view.left, cases[i].left);
		assert_int_equal(case_count(&view, WARD_FAILURE_LOCKED), 1);
	}
}

/* Looking needs no right to write, and waits for nobody. */
static void
test_tally_view__reads_only(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = NULL;
	struct ward_instant now = case_at(0);
	enum ward_gate gate = WARD_GATE_FULL;
	bool locks = false;

	(void)state;
	assert_int_equal(ward_tally_open(dirs, "wang", WARD_TALLY_LOOK, &tally,
			     &err),
	    WARD_ERR_MISSING);
	assert_int_equal(ward_tally_open(dirs, "wang", WARD_TALLY_KEEP, &tally,
			     &err),
	    WARD_ERR_MISSING);
	case_wrongs(dirs, 5, 0);
	ward_tree_chmod(tree, CASE_FILE, 0400);
	case_check(ward_tally_open(dirs, "wang", WARD_TALLY_LOOK, &tally, &err),
	    &err);
	assert_int_equal(case_look(tally, 0), WARD_GATE_LOCKED);
	assert_int_equal(case_look(tally, CASE_END + 1), WARD_GATE_OPEN);
	assert_int_equal(ward_tally_enter(tally, &case_limits, &now, NULL,
			     &gate, &err),
	    WARD_ERR_IO);
	assert_int_equal(ward_tally_fail(tally, &case_limits, &now, NULL,
			     &locks, &err),
	    WARD_ERR_IO);
	assert_int_equal(ward_tally_reset(tally, &err), WARD_ERR_IO);
	assert_int_equal(gate, WARD_GATE_FULL);
	ward_tally_close(tally);
}

/* ---- marks --------------------------------------------------------------- */

static void
check_marks(const struct ward_marks *one, const struct ward_marks *other)
{
	assert_int_equal(one->last_use, other->last_use);
	assert_true(one->password == other->password);
	assert_int_equal(one->reset, other->reset);
	assert_true(one->passwd_at == other->passwd_at);
	assert_true(one->shadow_at == other->shadow_at);
}

static void
test_tally_marks__kept(void **state)
{
	static const struct ward_marks sets[] = { { 0, 0, false, 0, 0, 0, 0 },
		{ 1795147200, 0x123456789abcdef0, true, 77, UINT64_MAX, 0,
		    1795233600 },
		{ -1, UINT64_MAX, false, 1, 2, 0, -1 } };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = case_open(dirs);
	struct ward_marks marks = { .last_use = 5 };
	struct ward_tally_view view;

	(void)state;
	case_check(ward_tally_marks(tally, &marks, &err), &err);
	check_marks(&marks, &sets[0]);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		case_check(ward_tally_set_marks(tally, &marks, &sets[i], i == 1,
			       &err),
		    &err);
		case_wrongs(dirs, 2, 0);
		assert_int_equal(case_right(dirs, 0), WARD_GATE_OPEN);
		case_check(ward_tally_reset(tally, &err), &err);
		case_check(ward_tally_marks(tally, &marks, &err), &err);
		check_marks(&marks, &sets[i]);
		case_view(dirs, &case_limits, 0, &view);
		check_marks(&view.marks, &sets[i]);
	}
	ward_tally_close(tally);
}

/* Two change different marks at once: neither takes the other's back. */
static void
test_tally_marks__of_two_at_once(void **state)
{
	const struct ward_marks none = { .last_use = 0 };
	const struct ward_marks used = { .last_use = 5 };
	const struct ward_marks reset = { .password = 7, .reset = true };
	const struct ward_marks both = { .last_use = 5,
		.password = 7,
		.reset = true };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = case_open(dirs);
	struct ward_marks marks;

	(void)state;
	case_check(ward_tally_set_marks(tally, &none, &reset, true, &err),
	    &err);
	case_check(ward_tally_set_marks(tally, &none, &used, false, &err),
	    &err);
	case_check(ward_tally_marks(tally, &marks, &err), &err);
	check_marks(&marks, &both);
	ward_tally_close(tally);
}

/* Marks leave the failures as they are. */
static void
test_tally_marks__lock_stays(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = case_open(dirs);
	const struct ward_marks none = { .last_use = 0 };
	struct ward_marks marks = { .last_use = 5 };

	(void)state;
	case_wrongs(dirs, 5, 0);
	case_check(ward_tally_set_marks(tally, &none, &marks, true, &err),
	    &err);
	assert_int_equal(case_look(tally, 0), WARD_GATE_LOCKED);
	ward_tally_close(tally);
}

/* ---- names --------------------------------------------------------------- */

struct seen {
	char text[512];
	size_t count, stop;
};

static int
see(void *arg, const char *name)
{
	struct seen *seen = arg;
	size_t used = strlen(seen->text);

	(void)snprintf(seen->text + used, sizeof(seen->text) - used, "[%s]",
	    name);
	return ++seen->count == seen->stop ? 7 : 0;
}

static void
make_name(const char *name)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = NULL;

	case_check(ward_tally_open(dirs, name, WARD_TALLY_MAKE, &tally, &err),
	    &err);
	ward_tally_close(tally);
}

static void
test_tally_each__in_order(void **state)
{
	static const char *const names[] = { "wang", "chen", "..", "a/b",
		"王小明", "Lee" };
	struct ward_error err = { .language = WARD_ENGLISH };
	struct seen all = { .count = 0 }, two = { .stop = 2 };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		make_name(names[i]);
	}
	ward_tree_put(tree, CASE_ACCOUNTS "/a~", "", 0);
	ward_tree_put(tree, CASE_ACCOUNTS "/.hidden", "", 0);
	ward_tree_put(tree, CASE_ACCOUNTS "/%61", "", 0);
	ward_tree_dir(tree, CASE_ACCOUNTS "/dir");
	ward_tree_link(tree, CASE_ACCOUNTS "/link", "wang");
	assert_int_equal(ward_tally_each(dirs, see, &all, &err), 0);
	assert_string_equal(all.text,
	    "[..][Lee][a/b][chen][dir][link][wang][王小明]");
	assert_int_equal(ward_tally_each(dirs, see, &two, &err), 7);
	assert_string_equal(two.text, "[..][Lee]");
	assert_int_equal(ward_tally_each(dirs, see, &all, &err), 0);
	assert_int_equal(all.count, 16);
}

static void
test_tally_each__none(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *empty = ward_tree_new(NULL);
	struct ward_state *looked = NULL;
	struct seen seen = { .count = 0 };

	(void)state;
	assert_int_equal(ward_tally_each(dirs, see, &seen, &err), 0);
	ward_tree_dir(empty, "/var/lib/acctward");
	case_check(ward_state_open(empty, WARD_STATE_LOOK, &looked, &err),
	    &err);
	assert_int_equal(ward_tally_each(looked, see, &seen, &err), 0);
	assert_int_equal(seen.count, 0);
	ward_state_close(looked);
	ward_tree_remove(empty);
}

#define TALLY_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALLY_TEST(test_tally_view__from),
		TALLY_TEST(test_tally_view__from_of_reservation),
		TALLY_TEST(test_tally_view__kinds),
		TALLY_TEST(test_tally_view__cleared),
		TALLY_TEST(test_tally_view__left),
		TALLY_TEST(test_tally_view__reads_only),
		TALLY_TEST(test_tally_marks__kept),
		TALLY_TEST(test_tally_marks__of_two_at_once),
		TALLY_TEST(test_tally_marks__lock_stays),
		TALLY_TEST(test_tally_each__in_order),
		TALLY_TEST(test_tally_each__none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
