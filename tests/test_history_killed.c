/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process that is killed before and behind each of its system calls: the
 * history is the old one or the new one, and the next process adds to it.
 */
#include "history_case.h"

#include "tests/killed.h"

#define H(i) " $1$salt000" #i "$000000000000000000000" #i

static const struct work {
	unsigned int before; /* how many there are */
	const char *old, *new, *then;
} works[] = {
	{ 0, "none", H(8), H(9) H(8) },
	{ 2, H(2) H(1), H(8) H(2) H(1), H(9) H(8) H(2) H(1) },
};

static char *tree;

/* In the process that is killed: no assertion, but a status. */
static int
work(const void *arg)
{
	struct ward_state *state = NULL;

	(void)arg;
	if (ward_state_open(tree, WARD_STATE_KEEP, &state, NULL) != 0 ||
	    ward_history_add(state, "wang", case_field(8), 3, true, NULL) !=
		0) {
		return 1;
	}
	ward_state_close(state);
	return 0;
}

static void
prepare(const struct work *todo)
{
	tree = ward_tree_new(NULL);
	if (todo->before > 0) {
		struct ward_state *state = case_state(tree);

		for (unsigned int i = 1; i <= todo->before; i++) {
			case_add(state, "wang", case_field(i), 3);
		}
		ward_state_close(state);
	}
}

/* What there is; and what the next ones make of it. */
static bool
check(const struct work *todo, unsigned int stop)
{
	struct ward_state *state;
	char text[1000];
	bool is_new;

	case_hashes(tree, CASE_FILE, text, sizeof(text));
	is_new = strcmp(text, todo->new) == 0;
	if (!is_new && strcmp(text, todo->old) != 0) {
		fail_msg("stop %u: %s", stop, text);
	}
	state = case_state(tree);
	case_add(state, "wang", case_field(8), 3);
	case_add(state, "wang", case_field(9), 3);
	case_hashes(tree, CASE_FILE, text, sizeof(text));
	assert_string_equal(text, todo->then);
	ward_state_close(state);
	return is_new;
}

static void
test_killed__anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
		int said = WARD_KILLED;
		bool was_new = false;

		for (unsigned int stop = 0; said == WARD_KILLED; stop++) {
			prepare(&works[i]);
			said = ward_killed_at(stop, work, NULL);
			if (said == WARD_KILLED_NEVER) {
				ward_tree_remove(tree);
				skip();
			}
			assert_true(said <= 0);
			was_new = check(&works[i], stop);
			ward_tree_remove(tree);
			assert_true(stop < 5000);
		}
		assert_true(was_new);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_killed__anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
