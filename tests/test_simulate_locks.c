/* SPDX-License-Identifier: BSD-2-Clause */
/* The real program tells which accounts the tallies of a root lock. */
#include "tests/support.h"

#include <fcntl.h>
#include <jansson.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/state.h"

#define NOON 1795147200 /* 2026-11-20T12:00:00+08:00 */
#define SECONDS 900

static const struct ward_tree_file files[] = {
	{ "/etc/passwd",
	    "root:x:0:0:root:/root:/bin/bash\n"
	    "lee02:x:1002:1002::/home/lee02:/bin/bash\n"
	    "wang01:x:1001:1001::/home/wang01:/bin/bash\n" },
	{ "/etc/shadow",
	    "root:*:20767:1:90:14:::\nlee02:*:20767:1:90:14:::\n"
	    "wang01:*:20767:1:90:14:::\n" },
	{ "/etc/group", "root:x:0:\n" },
	{ "/etc/acctward/acctward.conf",
	    "[acctward]\nplan = P-ZX\npacks = tw-baseline-115-basic\n" },
	{ NULL, NULL },
};

/* So many wrong passwords, the last of them a minute before noon. */
static void
fail_often(const char *tree, const char *name, unsigned int count)
{
	const struct ward_limits limits = { 5, SECONDS };
	const struct ward_instant when = { .wall = (NOON - 60) * INT64_C(1000),
		.up = 5000,
		.boot = 7 };
	struct ward_state *state = NULL;

	assert_int_equal(ward_state_open(tree, WARD_STATE_KEEP, &state, NULL),
	    0);
	for (unsigned int i = 0; i < count; i++) {
		struct ward_tally *tally = NULL;
		enum ward_gate gate = WARD_GATE_LOCKED;
		bool locks;

		assert_int_equal(ward_tally_open(state, name, WARD_TALLY_MAKE,
				     &tally, NULL),
		    0);
		assert_int_equal(ward_tally_enter(tally, &limits, &when, NULL,
				     &gate, NULL),
		    0);
		assert_int_equal(gate, WARD_GATE_OPEN);
		assert_int_equal(ward_tally_fail(tally, &limits, &when, NULL,
				     &locks, NULL),
		    0);
		ward_tally_close(tally);
	}
	ward_state_close(state);
}

/* The report's "locked" for that moment; what was told goes to /err. */
static json_t *
simulate(const char *tree, const char *as_of)
{
	const char *out = getenv("OUT");
	char ward[512], plans[512], *report = ward_tree_path(tree, "/report");
	char *told = ward_tree_path(tree, "/err");
	const char *const argv[] = { ward, "simulate", "--root", tree,
		"--plans", plans, "--as-of", as_of, "--format", "json",
		"--output", report, NULL };
	posix_spawn_file_actions_t actions;
	json_t *document, *locked;
	json_error_t error;
	int status;
	pid_t pid;

	(void)snprintf(ward, sizeof(ward), "%s/bin/acctward",
	    out == NULL ? "build" : out);
	(void)snprintf(plans, sizeof(plans), "%s/share/acctward/plans",
	    out == NULL ? "build" : out);
	assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
	assert_int_equal(posix_spawn_file_actions_addopen(&actions, 2, told,
			     O_WRONLY | O_CREAT | O_TRUNC, 0600),
	    0);
	assert_int_equal(posix_spawn(&pid, ward, &actions, NULL,
			     (char *const *)(uintptr_t)argv, environ),
	    0);
	assert_int_equal(posix_spawn_file_actions_destroy(&actions), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	document = json_load_file(report, 0, &error);
	assert_non_null(document);
	locked = json_incref(json_object_get(document, "locked"));
	assert_non_null(locked);
	json_decref(document);
	free(report);
	free(told);
	return locked;
}

static void
expect(const char *tree, const char *as_of, const char *wanted)
{
	json_t *locked = simulate(tree, as_of);
	char *text = json_dumps(locked, JSON_ENCODE_ANY | JSON_COMPACT);

	assert_string_equal(text, wanted);
	free(text);
	json_decref(locked);
}

static void
test_simulate__locks(void **state)
{
	char *tree = ward_tree_new(files);

	(void)state;
	/* Nothing was counted yet, and looking makes nothing. */
	expect(tree, "2026-11-20T12:00:00+08:00", "[]");
	fail_often(tree, "wang01", 5);
	fail_often(tree, "lee02", 4);
	fail_often(tree, "nobody", 5);
	expect(tree, "2026-11-20T12:00:00+08:00",
	    "[{\"name\":\"wang01\",\"seconds\":840}]");
	expect(tree, "2026-11-20T12:13:59+08:00",
	    "[{\"name\":\"wang01\",\"seconds\":1}]");
	expect(tree, "2026-11-20T12:14:01+08:00", "[]");
	/* Without a lockout nothing is locked. */
	ward_tree_put(tree, "/etc/acctward/acctward.conf",
	    "[acctward]\nplan = P-ZX\n", 23);
	expect(tree, "2026-11-20T12:00:00+08:00", "[]");
	ward_tree_remove(tree);
}

/* Whom anybody may have locked, nobody knows. */
static void
test_simulate__locks_not_known(void **state)
{
	char *tree = ward_tree_new(files), *told, text[1024] = "";
	FILE *stream;

	(void)state;
	fail_often(tree, "wang01", 5);
	ward_tree_chmod(tree, "/var/lib/acctward", 0777);
	expect(tree, "2026-11-20T12:00:00+08:00", "null");
	told = ward_tree_path(tree, "/err");
	stream = fopen(told, "re");
	assert_non_null(stream);
	assert_true(fread(text, 1, sizeof(text) - 1, stream) > 0);
	/* The report has it; beside it, once, what it means for the facts. */
	assert_non_null(strstr(text, "acctward: mode 0777"));
	assert_null(strstr(strstr(text, "mode 0777") + 1, "mode 0777"));
	assert_int_equal(fclose(stream), 0);
	free(told);
	ward_tree_chmod(tree, "/var/lib/acctward", 0700);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_simulate__locks),
		cmocka_unit_test(test_simulate__locks_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
