/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

#include "collect/accounts/home.h"

#define SSH (1u << WARD_HOME_SSH)
#define RHOSTS (1u << WARD_HOME_RHOSTS)
#define SHOSTS (1u << WARD_HOME_SHOSTS)

static struct ward_root *
open_root(const char *tree)
{
	struct ward_root *root = NULL;

	assert_int_equal(ward_root_new(tree, &root, NULL), 0);
	return root;
}

static void
expect(const struct ward_root *root, const char *path,
    enum ward_home_state state, uint32_t mode, unsigned int names)
{
	struct ward_home home = { .path = NULL };
	size_t fds = ward_open_fds();

	assert_int_equal(ward_home_look(&home, root, path), 0);
	if (home.state != state || home.mode != mode || home.names != names) {
		fail_msg("%s: state %d, mode %o, names %x", path,
		    (int)home.state, home.mode, home.names);
	}
	assert_true(ward_home_is(&home, path));
	assert_int_equal(home.owner, 0); /* the tree is ours */
	ward_home_free(&home);
	assert_int_equal(ward_open_fds(), fds);
}

/* In an order in which what was missing before is remembered. */
static void
test_home_look__states(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/home/a/.ssh/authorized_keys", "" },
		{ "/home/b/.rhosts", "" }, { "/home/b/.shosts", "" },
		{ "/etc/passwd", "" }, { NULL, NULL }
	};
	char *tree = ward_tree_new(files);
	struct ward_root *root = open_root(tree);

	(void)state;
	ward_tree_chmod(tree, "/home/b", 01777);
	ward_tree_link(tree, "/home/in", "/home/b");
	ward_tree_link(tree, "/home/out", "../../../../home/a");
	ward_tree_link(tree, "/home/gone", "/srv/gone");
	ward_tree_link(tree, "/home/last", "none");
	ward_tree_link(tree, "/home/b/.ssh", "nowhere");
	ward_tree_link(tree, "/home/loop", "loop");
	expect(root, "/home/a", WARD_HOME_THERE, 0755, SSH);
	expect(root, "/home/b", WARD_HOME_THERE, 01777, SSH | RHOSTS | SHOSTS);
	expect(root, "/home/b//", WARD_HOME_THERE, 01777,
	    SSH | RHOSTS | SHOSTS);
	expect(root, "home/a", WARD_HOME_THERE, 0755, SSH);
	expect(root, "/home/in", WARD_HOME_THERE, 01777, SSH | RHOSTS | SHOSTS);
	expect(root, "/home/out", WARD_HOME_THERE, 0755, SSH);
	expect(root, "/", WARD_HOME_THERE, 0700, 0);
	expect(root, "/home/c", WARD_HOME_MISSING, 0, 0);
	expect(root, "/home/c", WARD_HOME_MISSING, 0, 0);
	expect(root, "/home/c/", WARD_HOME_MISSING, 0, 0);
	expect(root, "/home/c/d", WARD_HOME_ELSEWHERE, 0, 0);
	expect(root, "/home/last", WARD_HOME_MISSING, 0, 0);
	expect(root, "/home/gone", WARD_HOME_ELSEWHERE, 0, 0);
	expect(root, "/nfs/a", WARD_HOME_ELSEWHERE, 0, 0);
	expect(root, "/nfs/b", WARD_HOME_ELSEWHERE, 0, 0);
	expect(root, "/nfs", WARD_HOME_MISSING, 0, 0);
	expect(root, "/etc/passwd", WARD_HOME_MISSING, 0, 0);
	expect(root, "/etc/passwd/x", WARD_HOME_ELSEWHERE, 0, 0);
	expect(root, "/home/loop", WARD_HOME_UNKNOWN, 0, 0);
	ward_root_free(root);
	ward_tree_remove(tree);
}

static void
test_home_look__owner(void **state)
{
	char *tree = ward_tree_new(NULL), *path;
	struct ward_home home = { .path = NULL };
	struct ward_root *root = open_root(tree);
	int here;

	(void)state;
	if (geteuid() != 0) {
		skip();
	}
	ward_tree_dir(tree, "/home/a");
	path = ward_tree_path(tree, "/home/a");
	assert_int_equal(chown(path, 1234, 5678), 0);
	assert_int_equal(ward_home_look(&home, root, "/home/a"), 0);
	assert_int_equal(home.owner, 1234);
	assert_int_equal(home.gid, 5678);
	ward_home_free(&home);
	/* Who owns the root itself is root there for himself alone. */
	ward_root_free(root);
	assert_int_equal(chown(tree, 1234, 0), 0);
	root = open_root(tree);
	assert_int_equal(ward_home_look(&home, root, "/home/a"), 0);
	assert_int_equal(home.owner, 1234);
	ward_home_free(&home);
	ward_root_free(root);
	/* What stands above the tree need not be his to pass. */
	here = open(".", O_RDONLY | O_DIRECTORY);
	assert_true(here >= 0);
	assert_int_equal(chdir(tree), 0);
	assert_int_equal(seteuid(1234), 0);
	root = open_root(".");
	assert_int_equal(ward_home_look(&home, root, "/home/a"), 0);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(fchdir(here), 0);
	assert_int_equal(close(here), 0);
	assert_int_equal(home.owner, 0);
	ward_home_free(&home);
	ward_root_free(root);
	free(path);
	ward_tree_remove(tree);
}

static void
test_home_path__cases(void **state)
{
	static const struct {
		const char *home, *path;
	} cases[] = {
		{ "/home/a", "/home/a/.rhosts" },
		{ "/home/a//", "/home/a/.rhosts" },
		{ "home/a", "/home/a/.rhosts" }, { "/", "/.rhosts" },
		{ "", "/.rhosts" },
		{ "/home/abcdefgh", NULL }, /* 22 bytes and the NUL */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char home[32], text[22];
		const struct ward_home look = { .path = home };
		bool fits;

		(void)snprintf(home, sizeof(home), "%s", cases[i].home);
		fits = ward_home_path(&look, WARD_HOME_RHOSTS, text,
		    sizeof(text));
		assert_int_equal(fits, cases[i].path != NULL);
		if (fits) {
			assert_string_equal(text, cases[i].path);
		}
	}
}

static void
test_home_open__refusals(void **state)
{
	static const struct ward_tree_file files[] = { { "/four", "1234" },
		{ "/five", "12345" }, { NULL, NULL } };
	static const struct {
		const char *path;
		bool follow;
		const char *why;
		int r;
	} cases[] = {
		{ "/four", true, NULL, 0 },
		{ "/four", false, NULL, 0 },
		{ "/link", true, NULL, 0 },
		{ "/link", false, "not a regular file", WARD_ERR_UNSAFE },
		{ "/link/", false, "not a regular file", WARD_ERR_UNSAFE },
		{ "/to/four", false, NULL, 0 },
		{ "/to/link", false, "not a regular file", WARD_ERR_UNSAFE },
		{ "/to/five", false, "larger than 4 bytes", WARD_ERR_RANGE },
		{ "/five", true, "larger than 4 bytes", WARD_ERR_RANGE },
		{ "/dir", true, "not a regular file", WARD_ERR_UNSAFE },
		{ "/fifo", true, "not a regular file", WARD_ERR_UNSAFE },
		{ "/none", true, "No such file or directory",
		    WARD_ERR_MISSING },
		{ "/loop", true, "Too many levels of symbolic links",
		    WARD_ERR_IO },
		{ "/loop", false, "not a regular file", WARD_ERR_UNSAFE },
	};
	char *tree = ward_tree_new(files), why[WARD_HOME_WHY_SIZE];
	struct ward_root *root = open_root(tree);

	(void)state;
	ward_tree_dir(tree, "/dir");
	ward_tree_fifo(tree, "/fifo");
	ward_tree_link(tree, "/link", "four");
	ward_tree_link(tree, "/to", ".");
	ward_tree_link(tree, "/loop", "loop");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int fd = -1;

		assert_int_equal(ward_home_open(root, cases[i].path,
				     cases[i].follow, 4, &fd, why),
		    cases[i].r);
		if (cases[i].r == 0) {
			assert_int_equal(close(fd), 0);
		} else {
			assert_string_equal(why, cases[i].why);
		}
	}
	ward_root_free(root);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_home_look__states),
		cmocka_unit_test(test_home_look__owner),
		cmocka_unit_test(test_home_path__cases),
		cmocka_unit_test(test_home_open__refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
