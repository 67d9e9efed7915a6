/* SPDX-License-Identifier: BSD-2-Clause */
/* dirs.c: what is made, and what is refused. */
#include "support.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/dirs.h"

#define BASE "/var/lib/acctward"
#define ACCOUNTS BASE "/accounts"
#define EVENTS "/var/log/acctward"

static int
try_open(const char *tree, enum ward_state_use use, struct ward_error *err)
{
	struct ward_state *state = NULL;
	size_t before = ward_open_fds();
	int r;

	r = ward_state_open(tree, use, &state, err);
	if (r == 0) {
		assert_string_equal(ward_state_root(state), tree);
		ward_state_close(state);
	} else {
		assert_null(state);
	}
	assert_int_equal(ward_open_fds(), before);
	return r;
}

static unsigned int
mode_of(const char *tree, const char *path)
{
	char *whole = ward_tree_path(tree, path);
	struct stat st;

	assert_int_equal(lstat(whole, &st), 0);
	free(whole);
	return st.st_mode & 07777;
}

static bool
is_there(const char *tree, const char *path)
{
	char *whole = ward_tree_path(tree, path);
	bool there = access(whole, F_OK) == 0;

	free(whole);
	return there;
}

static void
test_state_open__keep_makes(void **state)
{
	static const mode_t umasks[] = { 0, 0022, 0077, 0777 };

	(void)state;
	for (size_t i = 0; i < sizeof(umasks) / sizeof(umasks[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		char *tree = ward_tree_new(NULL);
		mode_t old = umask(umasks[i]);

		assert_int_equal(try_open(tree, WARD_STATE_KEEP, &err), 0);
		assert_int_equal(umask(old), umasks[i]);
		assert_int_equal(mode_of(tree, BASE), 0700);
		assert_int_equal(mode_of(tree, ACCOUNTS), 0700);
		assert_int_equal(mode_of(tree, "/var/lib"), 0755);
		assert_int_equal(try_open(tree, WARD_STATE_KEEP, &err), 0);
		assert_int_equal(try_open(tree, WARD_STATE_LOOK, &err), 0);
		ward_tree_remove(tree);
	}
}

/* Nothing is made by looking. */
static void
test_state_open__look(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *tree = ward_tree_new(NULL);

	(void)state;
	assert_int_equal(try_open(tree, WARD_STATE_LOOK, &err),
	    WARD_ERR_MISSING);
	assert_false(is_there(tree, "/var"));
	ward_tree_dir(tree, BASE);
	assert_int_equal(try_open(tree, WARD_STATE_LOOK, &err), 0);
	assert_false(is_there(tree, ACCOUNTS));
	ward_tree_remove(tree);
}

static void
test_state_open__no_root(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *tree = ward_tree_new(NULL);
	char *none = ward_tree_path(tree, "/none");

	(void)state;
	assert_int_equal(try_open(none, WARD_STATE_KEEP, &err),
	    WARD_ERR_MISSING);
	assert_non_null(strstr(err.text, none));
	free(none);
	ward_tree_remove(tree);
}

/* The running host's is "" and needs no write. */
static void
test_state_open__running_host(void **state)
{
	static const char *const roots[] = { NULL, "/", "" };

	(void)state;
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_state *host = NULL;
		int r;

		r = ward_state_open(roots[i], WARD_STATE_LOOK, &host, &err);
		if (r == 0) {
			assert_string_equal(ward_state_root(host), "");
		} else {
			assert_int_equal(strncmp(err.text, BASE, strlen(BASE)),
			    0);
		}
		ward_state_close(host);
	}
}

/* Put something else in the place of one of ours. */
struct refused {
	const char *path;
	void (*put)(const char *tree, const char *path);
	const char *said;
};

static void
put_link(const char *tree, const char *path)
{
	char *elsewhere = ward_tree_path(tree, "/elsewhere");

	ward_tree_dir(tree, "/elsewhere");
	assert_int_equal(chmod(elsewhere, 0700), 0);
	ward_tree_link(tree, path, elsewhere);
	free(elsewhere);
}

static void
put_file(const char *tree, const char *path)
{
	ward_tree_put(tree, path, "", 0);
}

static void
put_open_to_group(const char *tree, const char *path)
{
	ward_tree_dir(tree, path);
	ward_tree_chmod(tree, path, 0770);
}

static void
put_open_to_all(const char *tree, const char *path)
{
	ward_tree_dir(tree, path);
	ward_tree_chmod(tree, path, 01777);
}

static void
put_of_another(const char *tree, const char *path)
{
	char *whole = ward_tree_path(tree, path);

	ward_tree_dir(tree, path);
	assert_int_equal(chown(whole, 12345, 0), 0);
	free(whole);
}

static const struct refused refused[] = {
	{ BASE, put_link, "not a directory" },
	{ BASE, put_file, "not a directory" },
	{ BASE, ward_tree_fifo, "not a directory" },
	{ BASE, put_open_to_group, "mode 0770" },
	{ BASE, put_open_to_all, "mode 1777" },
	{ ACCOUNTS, put_link, "not a directory" },
	{ ACCOUNTS, put_file, "not a directory" },
	{ ACCOUNTS, put_open_to_group, "mode 0770" },
	{ ACCOUNTS, put_open_to_all, "mode 1777" },
	/* Below another root a link could lead out of it. */
	{ "/var", put_link, "not a directory" },
	{ "/var/lib", put_link, "not a directory" },
	/* Last, as only root can: */
	{ BASE, put_of_another, "owned by uid 12345" },
	{ ACCOUNTS, put_of_another, "owned by uid 12345" },
};

static void
test_state_open__refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		char *tree, *whole;

		if (refused[i].put == put_of_another && geteuid() != 0) {
			continue;
		}
		tree = ward_tree_new(NULL);
		whole = ward_tree_path(tree, refused[i].path);
		refused[i].put(tree, refused[i].path);
		assert_int_equal(try_open(tree, WARD_STATE_KEEP, &err),
		    WARD_ERR_UNSAFE);
		assert_int_equal(strncmp(err.text, whole, strlen(whole)), 0);
		assert_non_null(strstr(err.text, refused[i].said));
		free(whole);
		ward_tree_remove(tree);
	}
}

/* As a user who is not root, run by a test that may be. */
static void
test_state_open__denied(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *tree = ward_tree_new(NULL);
	bool root = geteuid() == 0;
	int looked, kept;

	(void)state;
	ward_tree_dir(tree, ACCOUNTS);
	ward_tree_chmod(tree, "/", 0755);
	ward_tree_chmod(tree, BASE, root ? 0700 : 0);
	if (root) {
		assert_int_equal(seteuid(65534), 0);
	}
	looked = try_open(tree, WARD_STATE_LOOK, &err);
	kept = try_open(tree, WARD_STATE_KEEP, &err);
	if (root) {
		assert_int_equal(seteuid(0), 0);
	}
	assert_int_equal(looked, WARD_ERR_DENIED);
	assert_int_equal(kept, WARD_ERR_DENIED);
	ward_tree_chmod(tree, BASE, 0700);
	ward_tree_remove(tree);
}

/* The directory of events is opened when it is asked for. */
static void
test_state_events__asked_for(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *tree = ward_tree_new(NULL);
	struct ward_state *kept = NULL, *looked = NULL;
	int fd = -1, again = -1;

	(void)state;
	assert_int_equal(ward_state_open(tree, WARD_STATE_KEEP, &kept, &err),
	    0);
	assert_false(is_there(tree, EVENTS));
	assert_int_equal(ward_state_open(tree, WARD_STATE_LOOK, &looked, &err),
	    0);
	assert_int_equal(ward_state_events(looked, &fd, &err),
	    WARD_ERR_MISSING);
	assert_int_equal(ward_state_events(kept, &fd, &err), 0);
	assert_int_equal(mode_of(tree, EVENTS), 0700);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(ward_state_events(kept, &again, &err), 0);
	assert_int_equal(fd, again);
	assert_int_equal(ward_state_events(looked, &fd, &err), 0);
	ward_state_close(kept);
	ward_state_close(looked);
	ward_state_close(NULL);
	ward_tree_remove(tree);
}

/* Whoever peeks finds nothing, and makes nothing, where nothing is; what is
 * unsafe is so to them too, and the root has to be there. */
static void
test_state_open__peek(void **state)
{
	static const struct ward_tree_file files[] = {
		{ "/etc/passwd", "wang01:x:1001:1001::/home/wang01:/bin/sh\n" },
		{ "/etc/shadow", "wang01:*:20767:0:90:14:::\n" },
		{ NULL, NULL },
	};
	struct ward_error err = { .language = WARD_ENGLISH };
	const struct ward_host host = { .uid_min = 1000, .uid_max = 60000 };
	char *tree = ward_tree_new(files);
	struct ward_state *peek = NULL;
	struct ward_tally *tally = NULL;
	struct ward_local *local = NULL;
	enum ward_reuse reuse = WARD_REUSE_UNKNOWN;
	uint32_t older = 0;
	bool strange;

	(void)state;
	assert_int_equal(try_open(tree, WARD_STATE_PEEK, &err), 0);
	assert_false(is_there(tree, "/var"));
	assert_int_equal(ward_state_open(tree, WARD_STATE_PEEK, &peek, &err),
	    0);
	assert_int_equal(ward_tally_open(peek, "wang01", WARD_TALLY_LOOK,
			     &tally, &err),
	    WARD_ERR_MISSING);
	assert_int_equal(ward_local_find(peek, "wang01", &host, NULL, "", NULL,
			     &local, &err),
	    0);
	assert_int_equal(ward_history_find(peek, "wang01", NULL, 3, "secret",
			     &reuse, &older, &strange, &err),
	    0);
	assert_int_equal(reuse, WARD_REUSE_NOT);
	ward_local_free(local);
	ward_state_close(peek);
	ward_tree_dir(tree, BASE);
	ward_tree_chmod(tree, BASE, 0777);
	assert_int_equal(try_open(tree, WARD_STATE_PEEK, &err),
	    WARD_ERR_UNSAFE);
	ward_tree_remove(tree);
	assert_int_equal(try_open("/nowhere", WARD_STATE_PEEK, &err),
	    WARD_ERR_MISSING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_state_open__keep_makes),
		cmocka_unit_test(test_state_open__look),
		cmocka_unit_test(test_state_open__no_root),
		cmocka_unit_test(test_state_open__running_host),
		cmocka_unit_test(test_state_open__refused),
		cmocka_unit_test(test_state_open__denied),
		cmocka_unit_test(test_state_open__peek),
		cmocka_unit_test(test_state_events__asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
