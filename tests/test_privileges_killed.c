/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process that is killed before and behind each of its system calls: the list
 * of who is privileged is the old one or the new one, and the next process
 * keeps one.
 */
#include "privileges_case.h"

#include "tests/killed.h"

struct kept {
	const char *tree;
	const struct case_work *work;
};

static int
keep(const void *arg)
{
	const struct kept *kept = arg;

	return case_keep(kept->tree, kept->work, NULL) == 0 ? 0 : 1;
}

/* What there is; and what the next one makes of it. */
static bool
check(const char *tree, const struct case_work *work, unsigned int stop)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char text[1000];
	bool is_new;

	case_text(tree, text, sizeof(text));
	is_new = strcmp(text, work->new) == 0;
	if (!is_new && strcmp(text, work->old) != 0) {
		fail_msg("%s, stop %u: %s", work->what, stop, text);
	}
	case_check(case_keep(tree, work, &err), &err);
	case_text(tree, text, sizeof(text));
	assert_string_equal(text, work->new);
	return is_new;
}

static void
test_killed__anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASE_WORKS; i++) {
		int said = WARD_KILLED;
		bool was_new = false;

		for (unsigned int stop = 0; said == WARD_KILLED; stop++) {
			char *tree = case_tree(&case_works[i]);
			const struct kept kept = { tree, &case_works[i] };

			said = ward_killed_at(stop, keep, &kept);
			if (said == WARD_KILLED_NEVER) {
				ward_tree_remove(tree);
				skip();
			}
			assert_true(said <= 0);
			was_new = check(tree, &case_works[i], stop);
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
