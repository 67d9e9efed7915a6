/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "collect/base/spawn.h"

/* Run `sh -c script`; the outputs are bounded by 1 MiB. */
static int
run(const char *script, const char *input, size_t size, unsigned int seconds,
    struct ward_spawned *out)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	struct ward_spawn spawn = { argv, input, size, 1 << 20, seconds };
	struct ward_error err = { .text = "" };
	size_t fds = ward_open_fds();
	int rc = ward_spawn(&spawn, out, &err);

	assert_int_equal(ward_open_fds(), fds);
	assert_int_equal(err.text[0] == '\0', rc == 0);
	return rc;
}

static void
test_outputs_and_status(void **state)
{
	struct ward_spawned out = { 0 };

	(void)state;
	assert_int_equal(run("cat; echo bad >&2; exit 3", "in", 2, 10, &out),
	    0);
	assert_int_equal(out.status, 3);
	assert_string_equal(out.output, "in");
	assert_string_equal(out.errors, "bad\n");
	assert_int_equal(out.output_size, 2);
	ward_spawned_free(&out);
	assert_int_equal(run("kill -9 $$", "", 0, 10, &out), 0);
	assert_int_equal(out.status, 128 + 9);
	ward_spawned_free(&out);
}

/* Both ways more than any pipe holds. */
static void
test_big(void **state)
{
	struct ward_spawned out = { 0 };
	size_t size = 1000000;
	char *input = malloc(size);

	(void)state;
	assert_non_null(input);
	memset(input, 'x', size);
	assert_int_equal(run("cat", input, size, 30, &out), 0);
	assert_int_equal(out.output_size, size);
	assert_memory_equal(out.output, input, size);
	ward_spawned_free(&out);
	/* It reads nothing of it: no SIGPIPE, no wait. */
	assert_int_equal(run("exec <&-; echo done", input, size, 30, &out), 0);
	assert_string_equal(out.output, "done\n");
	ward_spawned_free(&out);
	free(input);
}

static void
test_bounds(void **state)
{
	struct ward_spawned out = { 0 };
	time_t begin = time(NULL);

	(void)state;
	assert_int_equal(run("exec cat /dev/zero", "", 0, 30, &out),
	    WARD_ERR_TOOL);
	assert_int_equal(run("exec sleep 60", "", 0, 1, &out), WARD_ERR_TOOL);
	/* Nor when it has closed what we wait for. */
	assert_int_equal(run("exec >&- 2>&-; exec sleep 60", "", 0, 1, &out),
	    WARD_ERR_TOOL);
	assert_true(time(NULL) - begin < 20);
	assert_null(out.output);
}

static void
test_surroundings(void **state)
{
	struct ward_spawned out = { 0 };

	(void)state;
	assert_int_equal(setenv("WARD_SECRET", "x", 1), 0);
	assert_int_equal(run("env | grep -v ^_= | grep -v ^SHLVL | sort; pwd; "
			     "ls /proc/self/fd | wc -l",
			     "", 0, 10, &out),
	    0);
	/* ls has one more open: the directory. PWD is the shell's own. */
	assert_string_equal(out.output,
	    "LC_ALL=C\n"
	    "PATH=/usr/bin:/usr/sbin:/bin:/sbin\nPWD=/\n/\n4\n");
	ward_spawned_free(&out);
}

static void
test_not_root(void **state)
{
	struct ward_spawned out = { 0 };

	(void)state;
	if (geteuid() != 0) {
		skip();
	}
	assert_int_equal(run("id -u; id -G; cat /proc/self/uid_map", "", 0, 10,
			     &out),
	    0);
	if (strstr(out.output, "4294967295") != NULL) {
		assert_memory_equal(out.output, "65534\n65534\n", 12);
	}
	ward_spawned_free(&out);
}

static void
test_missing(void **state)
{
	const char *const argv[] = { "acctward-no-such-program", NULL };
	struct ward_spawn spawn = { argv, "", 0, 1, 1 };
	struct ward_spawned out = { 0 };
	struct ward_error err = { .text = "" };

	(void)state;
	assert_int_equal(ward_spawn(&spawn, &out, &err), WARD_ERR_MISSING);
	assert_string_equal(err.text,
	    "acctward-no-such-program: not found on this host");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outputs_and_status),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_surroundings),
		cmocka_unit_test(test_not_root),
		cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
