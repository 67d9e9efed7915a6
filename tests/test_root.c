/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/root.h"

struct fixture {
	char *outer; /* holds what must not be reached */
	char *tree;  /* the root, one directory below */
	struct ward_root *root;
	size_t fds;
};

static const struct ward_tree_file files[] = { { "/etc/passwd", "outside\n" },
	{ "/root/etc/passwd", "inside\n" },
	{ "/root/etc/deep/er/file", "deep\n" }, { NULL, NULL } };

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	static const struct {
		const char *path, *target;
	} links[] = {
		{ "/up", "../../../../etc/passwd" },
		{ "/absolute", "/etc/passwd" },
		{ "/relative", "etc/deep/../passwd" },
		{ "/dir", "etc" },
		{ "/etc/back", "../dir/deep/er" },
		{ "/loop", "loop" },
		{ "/ping", "pong" },
		{ "/pong", "/ping" },
		{ "/dangling", "/nowhere" },
		{ "/slashes", "//etc///passwd" },
		{ "/dotdot", ".." },
	};

	assert_non_null(f);
	f->outer = ward_tree_new(files);
	f->tree = ward_tree_path(f->outer, "root");
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		ward_tree_link(f->tree, links[i].path, links[i].target);
	}
	ward_tree_fifo(f->tree, "/fifo");
	f->fds = ward_open_fds();
	assert_int_equal(ward_root_new(f->tree, &f->root, NULL), 0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_root_free(f->root);
	ward_root_free(NULL);
	assert_int_equal(ward_open_fds(), f->fds);
	ward_tree_remove(f->outer);
	free(f->tree);
	free(f);
	return 0;
}

static void
expect_text(const struct fixture *f, const char *path, const char *text)
{
	char buffer[64] = "";
	int fd = -1;

	assert_int_equal(ward_root_open(f->root, path, &fd, NULL), 0);
	assert_int_equal(read(fd, buffer, sizeof(buffer) - 1), strlen(text));
	assert_string_equal(buffer, text);
	assert_int_equal(close(fd), 0);
}

static void
expect_error(const struct fixture *f, const char *path, int code, int number)
{
	struct ward_error err = { .text = "" };
	int fd = -2;

	assert_int_equal(ward_root_open(f->root, path, &fd, &err), code);
	if (number != 0) {
		assert_int_equal(errno, number);
	}
	assert_int_equal(fd, -2);
	assert_int_equal(strncmp(err.text, path, strlen(path)), 0);
	assert_int_equal(err.text[strlen(path)], ':');
}

static void
test_root_open__inside(void **state)
{
	const struct fixture *f = *state;

	expect_text(f, "/etc/passwd", "inside\n");
	expect_text(f, "//etc/./passwd", "inside\n");
	expect_text(f, "/etc/deep/er/../../passwd", "inside\n");
	expect_text(f, "/dir/passwd", "inside\n");
	expect_text(f, "/etc/back/file", "deep\n");
	expect_text(f, "/relative", "inside\n");
	expect_text(f, "/slashes", "inside\n");
}

static void
test_root_open__escapes(void **state)
{
	const struct fixture *f = *state;

	expect_text(f, "/../etc/passwd", "inside\n");
	expect_text(f, "/../../../etc/passwd", "inside\n");
	expect_text(f, "/etc/../../etc/passwd", "inside\n");
	expect_text(f, "/up", "inside\n");
	expect_text(f, "/absolute", "inside\n");
	expect_text(f, "/dotdot/dotdot/etc/passwd", "inside\n");
}

static void
test_root_open__refused(void **state)
{
	const struct fixture *f = *state;
	static char longest[5001], name[302];
	int fd;

	memset(longest, '/', sizeof(longest) - 1);
	memset(name, 'x', sizeof(name) - 1);
	name[0] = '/';
	expect_error(f, "/nowhere", WARD_ERR_MISSING, ENOENT);
	expect_error(f, "/dangling", WARD_ERR_MISSING, ENOENT);
	expect_error(f, "/etc/passwd/x", WARD_ERR_MISSING, ENOTDIR);
	expect_error(f, "/etc/passwd/..", WARD_ERR_MISSING, ENOTDIR);
	expect_error(f, "/loop", WARD_ERR_IO, ELOOP);
	expect_error(f, "/ping", WARD_ERR_IO, ELOOP);
	expect_error(f, "/fifo", WARD_ERR_UNSAFE, 0);
	expect_error(f, "/etc", WARD_ERR_UNSAFE, 0);
	expect_error(f, "/", WARD_ERR_UNSAFE, 0);
	expect_error(f, name, WARD_ERR_IO, ENAMETOOLONG);
	assert_int_equal(ward_root_open(f->root, longest, &fd, NULL),
	    WARD_ERR_IO);
}

static void
test_root_open__deep(void **state)
{
	const struct fixture *f = *state;
	char path[1200] = "";

	/* Deeper than a walk keeps descriptors for. */
	for (size_t i = 0; i < 200; i++) {
		memcpy(path + i * 2, "/d", 3);
	}
	ward_tree_put(f->tree, path, "x", 1);
	expect_error(f, path, WARD_ERR_IO, ENAMETOOLONG);
	/* A long way that comes back again and again is not deep. */
	for (size_t i = 0; i < 140; i++) {
		memcpy(path + i * 7, "/etc/..", 8);
	}
	memcpy(path + 140 * 7, "/up", 4);
	expect_text(f, path, "inside\n");
}

static void
test_root_open__denied(void **state)
{
	const struct fixture *f = *state;
	struct ward_error err = { .language = WARD_ENGLISH };
	int fd;

	if (geteuid() == 0) {
		skip();
	}
	ward_tree_chmod(f->tree, "/etc/passwd", 0);
	assert_int_equal(ward_root_open(f->root, "/etc/passwd", &fd, &err),
	    WARD_ERR_IO);
	assert_non_null(strstr(err.text, "run as root"));
}

static void
test_root_open_dir__kinds(void **state)
{
	const struct fixture *f = *state;
	int fd = -1;

	assert_int_equal(ward_root_open_dir(f->root, "/dir/deep", &fd, NULL),
	    0);
	assert_int_equal(faccessat(fd, "er", F_OK, 0), 0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(ward_root_open_dir(f->root, "/..", &fd, NULL), 0);
	assert_int_equal(faccessat(fd, "absolute", F_OK, AT_SYMLINK_NOFOLLOW),
	    0);
	assert_int_equal(close(fd), 0);
	assert_int_equal(ward_root_open_dir(f->root, "/etc/passwd", &fd, NULL),
	    WARD_ERR_UNSAFE);
	assert_int_equal(ward_root_open_dir(f->root, "/none", &fd, NULL),
	    WARD_ERR_MISSING);
}

/* What is missing is looked for once, and hides nothing else. */
static void
test_root_stat__missing(void **state)
{
	static const struct {
		const char *path;
		int r;
	} cases[] = {
		{ "/home/a/.ssh", WARD_ERR_MISSING },
		{ "/home/b/.ssh", WARD_ERR_MISSING },
		{ "/home", WARD_ERR_MISSING },
		{ "/homes/passwd", 0 },
		{ "/hom/passwd", 0 },
		{ "/etc/none/x", WARD_ERR_MISSING },
		{ "/etc/passwd", 0 },
		{ "/etc/none/y", WARD_ERR_MISSING },
		{ "//etc//nowhere/x", WARD_ERR_MISSING },
		{ "/etc/nowhere/../passwd", WARD_ERR_MISSING },
		{ "/dangling/x", WARD_ERR_MISSING },
		{ "/dir/passwd", 0 },
		{ "/dir/none/x", WARD_ERR_MISSING },
		{ "/etc/passwd/x", WARD_ERR_MISSING },
		{ "/etc/passwd", 0 },
	};
	struct fixture *f = *state;
	struct stat st;

	ward_tree_link(f->tree, "/homes", "etc");
	ward_tree_link(f->tree, "/hom", "etc");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (ward_root_stat(f->root, cases[i].path, &st, NULL) !=
		    cases[i].r) {
			fail_msg("%s", cases[i].path);
		}
	}
	/* What was looked for through a link may come to be elsewhere. */
	assert_int_equal(ward_root_stat(f->root, "/homes/none", &st, NULL),
	    WARD_ERR_MISSING);
	expect_text(f, "/homes/passwd", "inside\n");
}

static void
test_root_stat__kinds(void **state)
{
	const struct fixture *f = *state;
	struct stat st;

	assert_int_equal(ward_root_stat(f->root, "/fifo", &st, NULL), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(ward_root_stat(f->root, "/up", &st, NULL), 0);
	assert_int_equal(st.st_size, 7);
	assert_int_equal(ward_root_stat(f->root, "/dangling", &st, NULL),
	    WARD_ERR_MISSING);
}

static void
test_root_new__which(void **state)
{
	const struct fixture *f = *state;
	struct ward_root *root = NULL;
	char *file = ward_tree_path(f->tree, "/etc/passwd");

	assert_false(ward_root_is_running(f->root));
	assert_int_equal(ward_root_new("/", &root, NULL), 0);
	assert_true(ward_root_is_running(root));
	ward_root_free(root);
	assert_int_equal(ward_root_new("/nonexistent", &root, NULL),
	    WARD_ERR_MISSING);
	assert_int_equal(ward_root_new(file, &root, NULL), WARD_ERR_IO);
	free(file);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_root_open__inside),
		TEST(test_root_open__escapes),
		TEST(test_root_open__refused),
		TEST(test_root_open__deep),
		TEST(test_root_open__denied),
		TEST(test_root_open_dir__kinds),
		TEST(test_root_stat__missing),
		TEST(test_root_stat__kinds),
		TEST(test_root_new__which),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
