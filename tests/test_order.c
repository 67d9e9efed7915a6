/* SPDX-License-Identifier: BSD-2-Clause */
/* order.c, order_file.c, host_lines.c: the plan in force, found and kept. */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/order_file.h"

#define LATER ((int64_t)100000000000) /* nanoseconds */
#define KEPT "/var/lib/acctward/plan"
#define CONF "/etc/acctward/acctward.conf"
#define DROP_IN "/etc/acctward/acctward.conf.d/10.conf"
#define PLAN(id, days) \
	"[plan]\nid = " id "\ntitle = Title of " id "\nagency = a\n" \
	"[password.max_age]\ndays = " days "\nclause = 1\n"

struct site {
	char *tree, *kept;
	char *shipped, *local, *config, *config_dir;
	struct ward_plan_places places;
	struct ward_state *state;
	struct ward_error err;
	size_t fds;
};

static int
set_up(void **state)
{
	static const struct ward_tree_file files[] = { { "/usr/plans/A.conf",
							   PLAN("A", "90") },
		{ "/usr/plans/B.conf", PLAN("B", "60") },
		{ "/etc/acctward/plans/OWN.conf", PLAN("OWN", "30") },
		{ CONF, "[acctward]\nplan = A\n" },
		{ "/etc/login.defs", "UID_MIN 500\nUID_MAX 70000\n" },
		{ "/etc/shells", "# none\n/bin/sh\n/bin/bash # or this\n" },
		{ NULL, NULL } };
	struct site *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	s->fds = ward_open_fds();
	s->tree = ward_tree_new(files);
	s->kept = ward_tree_path(s->tree, KEPT);
	s->shipped = ward_tree_path(s->tree, "/usr/plans");
	s->local = ward_tree_path(s->tree, "/etc/acctward/plans");
	s->config = ward_tree_path(s->tree, CONF);
	s->config_dir = ward_tree_path(s->tree,
	    "/etc/acctward/acctward.conf.d");
	s->places = (struct ward_plan_places){ s->shipped, s->local, s->config,
		s->config_dir };
	assert_int_equal(ward_state_open(s->tree, WARD_STATE_KEEP, &s->state,
			     NULL),
	    0);
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	struct site *s = *state;

	ward_state_close(s->state);
	assert_int_equal(ward_open_fds(), s->fds);
	ward_tree_remove(s->tree);
	free(s->kept);
	free(s->shipped);
	free(s->local);
	free(s->config);
	free(s->config_dir);
	free(s);
	return 0;
}

/* Files are stamped by a clock that goes by ticks of ten milliseconds at most. */
static void
put(struct site *s, const char *path, const char *text)
{
	(void)usleep(12000);
	ward_tree_put(s->tree, path, text, strlen(text));
}

static ino_t
kept_inode(const struct site *s)
{
	struct stat st;

	return stat(s->kept, &st) == 0 ? st.st_ino : 0;
}

/* When no file has changed for a while. */
static int
look(struct site *s, struct ward_order **ret_order)
{
	s->err = (struct ward_error){ .language = WARD_ENGLISH };
	return ward_order_find_at(s->state, &s->places,
	    ward_origins_now() + LATER, ret_order, &s->err);
}

/* The plan's id, its maximum age, and what is stale. */
static void
expect(struct site *s, const char *id, uint32_t days, const char *stale)
{
	struct ward_order *order = NULL;
	uint32_t number = 0;

	if (look(s, &order) != 0) {
		fail_msg("%s", s->err.text);
	}
	assert_string_equal(ward_plan_id(order->plan), id);
	assert_true(ward_binding_number(ward_plan_binding(order->plan, 0),
	    WARD_SET_PASSWORD_MAX_AGE_DAYS, WARD_CLASS_PERSON, &number));
	assert_int_equal(number, days);
	assert_null(order->host.name);
	assert_int_equal(order->host.now.seconds, 0);
	if (*stale == '\0') {
		assert_string_equal(order->stale, "");
	} else {
		assert_non_null(strstr(order->stale, stale));
	}
	ward_order_free(order);
}

/* It is read from what is kept, and that is left as it is. */
static void
expect_kept(struct site *s, const char *id, uint32_t days)
{
	ino_t inode = kept_inode(s);
	struct ward_order_kept kept;

	assert_int_not_equal(inode, 0);
	ward_order_kept_read(s->state, &s->places, &kept);
	assert_true(kept.current);
	ward_order_kept_free(&kept);
	expect(s, id, days, "");
	assert_int_equal(kept_inode(s), inode);
}

static void
expect_renewed(struct site *s, const char *id, uint32_t days)
{
	struct ward_order_kept kept;

	ward_order_kept_read(s->state, &s->places, &kept);
	assert_false(kept.current);
	ward_order_kept_free(&kept);
	expect(s, id, days, "");
	expect_kept(s, id, days);
}

static void
test_order_find__fresh_then_kept(void **state)
{
	struct site *s = *state;
	struct ward_order *order = NULL;
	struct stat st;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(look(s, &order), 0);
		assert_int_equal(order->host.uid_min, 500);
		assert_int_equal(order->host.uid_max, 70000);
		assert_string_equal(order->shells, "/bin/sh /bin/bash");
		assert_string_equal(ward_plan_agency(order->plan), "a");
		assert_string_equal(order->stale, "");
		ward_order_free(order);
		assert_int_equal(stat(s->kept, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
	}
	expect_kept(s, "A", 90);
	ward_order_free(NULL);
}

/* What has just changed is used, but it may change again unseen. */
static void
test_order_find__just_changed(void **state)
{
	struct site *s = *state;
	struct ward_order *order = NULL;

	assert_int_equal(ward_order_find(s->state, &s->places, &order, NULL),
	    0);
	assert_string_equal(ward_plan_id(order->plan), "A");
	ward_order_free(order);
	assert_int_equal(kept_inode(s), 0);
}

static void
test_order_find__no_host_files(void **state)
{
	struct site *s = *state;
	char *defs = ward_tree_path(s->tree, "/etc/login.defs");
	char *shells = ward_tree_path(s->tree, "/etc/shells");
	struct ward_order *order = NULL;

	assert_int_equal(unlink(defs), 0);
	assert_int_equal(unlink(shells), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(look(s, &order), 0);
		assert_int_equal(order->host.uid_min, 1000);
		assert_int_equal(order->host.uid_max, 60000);
		assert_null(order->shells);
		ward_order_free(order);
	}
	expect_kept(s, "A", 90);
	put(s, "/etc/shells", "");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(look(s, &order), 0);
		assert_string_equal(order->shells, "");
		ward_order_free(order);
	}
	free(defs);
	free(shells);
}

static void
test_order_find__each_file_counts(void **state)
{
	struct site *s = *state;

	expect(s, "A", 90, "");
	put(s, DROP_IN, "[password.max_age]\ndays = 80\n");
	expect_renewed(s, "A", 80);
	put(s, DROP_IN, "[password.max_age]\ndays = 70\n");
	expect_renewed(s, "A", 70);
	put(s, "/etc/acctward/acctward.conf.d/20.conf",
	    "[acctward]\nplan = B\n");
	put(s, DROP_IN, "");
	expect_renewed(s, "B", 60);
	put(s, "/usr/plans/B.conf", PLAN("B", "61"));
	expect_renewed(s, "B", 61);
	put(s, "/usr/plans/C.conf", PLAN("C", "1"));
	expect_renewed(s, "B", 61);
	put(s, "/etc/login.defs", "");
	expect_renewed(s, "B", 61);
	put(s, "/etc/shells", "/bin/zsh\n");
	expect_renewed(s, "B", 61);
	put(s, "/etc/acctward/acctward.conf.d/20.conf",
	    "[acctward]\nplan = OWN\n");
	expect_renewed(s, "OWN", 30);
	put(s, "/etc/acctward/plans/OWN.conf", PLAN("OWN", "29"));
	expect_renewed(s, "OWN", 29);
}

/* As cp -p and touch -r leave it. */
static void
test_order_find__same_size_and_time(void **state)
{
	struct site *s = *state;
	struct timespec times[2];
	struct stat st;
	int fd;

	expect(s, "A", 90, "");
	expect_kept(s, "A", 90);
	(void)usleep(10000);
	assert_int_equal(stat(s->config, &st), 0);
	fd = open(s->config, O_WRONLY | O_CLOEXEC);
	assert_int_equal(write(fd, "[acctward]\nplan = B\n", 20), 20);
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	assert_int_equal(futimens(fd, times), 0);
	(void)close(fd);
	expect_renewed(s, "B", 60);
}

/* Other places are another plan, and never stand in for these. */
static void
test_order_find__other_places(void **state)
{
	struct site *s = *state;
	struct ward_order *order = NULL;

	expect(s, "A", 90, "");
	s->places.local = NULL;
	expect_renewed(s, "A", 90);
	s->places.local = s->shipped;
	s->places.shipped = NULL;
	expect_renewed(s, "A", 90);
	s->places.shipped = s->local;
	put(s, CONF, "[acctward]\nplan = ?\n");
	assert_int_not_equal(look(s, &order), 0);
	assert_null(order);
}

/* ---- what can't be used --------------------------------------------------- */

static void
test_order_find__broken(void **state)
{
	struct site *s = *state;
	struct ward_order *order = NULL;
	ino_t inode;

	/* Nothing is kept yet. */
	put(s, CONF, "[acctward]\nplan = A\nnonsense = 1\n");
	assert_int_equal(look(s, &order), WARD_ERR_SYNTAX);
	assert_null(order);
	assert_non_null(strstr(s->err.text, "acctward.conf:3"));
	assert_int_equal(kept_inode(s), 0);

	put(s, CONF, "[acctward]\nplan = A\n");
	expect(s, "A", 90, "");
	inode = kept_inode(s);
	put(s, CONF, "[acctward]\nplan = B\nnonsense = 1\n");
	expect(s, "A", 90, "acctward.conf:3");
	expect(s, "A", 90, "acctward.conf:3");
	assert_int_equal(kept_inode(s), inode);
	(void)usleep(12000);
	ward_tree_chmod(s->tree, CONF, 0666);
	expect(s, "A", 90, "mode 0666");
	put(s, CONF, "[acctward]\nplan = B\n");
	expect_renewed(s, "B", 60);
}

static void
test_order_find__gone(void **state)
{
	struct site *s = *state;
	char *plan = ward_tree_path(s->tree, "/usr/plans/A.conf");

	expect(s, "A", 90, "");
	assert_int_equal(unlink(plan), 0);
	expect(s, "A", 90, "no plan named 'A'");
	assert_int_equal(unlink(s->config), 0);
	expect(s, "A", 90, "no plan is chosen");
	put(s, CONF, "[acctward]\nplan = A\n");
	put(s, "/usr/plans/A.conf", PLAN("A", "91"));
	expect_renewed(s, "A", 91);
	free(plan);
}

/* Files that decide who is a person, and whose shell is one. */
static void
test_order_find__unsafe_host_files(void **state)
{
	static const char *const paths[] = { "/etc/login.defs", "/etc/shells" };
	struct site *s = *state;

	expect(s, "A", 90, "");
	for (size_t i = 0; i < 2; i++) {
		(void)usleep(12000);
		ward_tree_chmod(s->tree, paths[i], 0666);
		expect(s, "A", 90, paths[i]);
		(void)usleep(12000);
		ward_tree_chmod(s->tree, paths[i], 0644);
		expect(s, "A", 90, "");
	}
}

/* The error is told in its language, the stale plan's too. */
static void
test_order_find__language(void **state)
{
	struct site *s = *state;
	struct ward_order *order = NULL;
	struct ward_error err = { .language = WARD_CHINESE_TAIWAN };

	expect(s, "A", 90, "");
	assert_int_equal(unlink(s->config), 0);
	assert_int_equal(ward_order_find(s->state, &s->places, &order, &err),
	    0);
	assert_null(strstr(order->stale, "no plan is chosen"));
	assert_string_equal(err.text, "");
	ward_order_free(order);
}

/* ---- what is kept --------------------------------------------------------- */

/* No cut or damaged one is used, and it is replaced. */
static void
test_order_find__torn(void **state)
{
	struct site *s = *state;
	static char text[16384], bad[sizeof(text)];
	struct ward_order_kept kept;
	ssize_t size;
	int fd;

	expect(s, "A", 90, "");
	fd = open(s->kept, O_RDONLY | O_CLOEXEC);
	size = read(fd, text, sizeof(text));
	(void)close(fd);
	assert_true(size > 100 && size < (ssize_t)sizeof(text));
	for (ssize_t at = 0; at < size; at++) {
		ward_tree_put(s->tree, KEPT, text, (size_t)at);
		ward_order_kept_read(s->state, &s->places, &kept);
		assert_null(kept.bytes);
		memcpy(bad, text, (size_t)size);
		bad[at] = (char)(bad[at] ^ 1 << at % 8);
		ward_tree_put(s->tree, KEPT, bad, (size_t)size);
		ward_order_kept_read(s->state, &s->places, &kept);
		assert_null(kept.bytes);
	}
	ward_tree_put(s->tree, KEPT, text, 77);
	expect_renewed(s, "A", 90);
}

/* With a right sum: every word of it in turn. */
static void
test_order_find__hostile(void **state)
{
	static const uint64_t words[] = { 0, 1, 0x7fffffff, UINT64_MAX / 8,
		UINT64_MAX - 7, UINT64_MAX };
	struct site *s = *state;
	struct ward_unpack in;
	char *bytes;

	expect(s, "A", 90, "");
	bytes = ward_kept_read(s->state, "plan", &in);
	assert_non_null(bytes);
	for (size_t at = 0; at + 8 <= in.left; at += 8) {
		uint64_t word = words[at / 8 % 6];
		struct ward_order *order = NULL;
		struct ward_order_kept kept;
		struct ward_pack bad = { .size = 0 };

		for (size_t w = 0; w + 8 <= in.left; w += 8) {
			uint64_t old;

			memcpy(&old, in.at + w, 8);
			ward_pack_number(&bad, w == at ? word : old);
		}
		ward_kept_write(s->state, "plan", &bad);
		ward_order_kept_read(s->state, &s->places, &kept);
		if (ward_order_kept_take(&kept, &order) == 0) {
			ward_order_free(order);
		}
		ward_order_kept_free(&kept);
		free(bad.bytes);
	}
	free(bytes);
	put(s, KEPT, "");
	expect_renewed(s, "A", 90);
}

static void
test_order_find__unsafe(void **state)
{
	struct site *s = *state;

	expect(s, "A", 90, "");
	ward_tree_chmod(s->tree, KEPT, 0666);
	expect_renewed(s, "A", 90);
	if (geteuid() == 0) {
		assert_int_equal(chown(s->kept, 12345, 0), 0);
		expect_renewed(s, "A", 90);
	}
	/* Nor does it stand in for what is broken. */
	ward_tree_chmod(s->tree, KEPT, 0666);
	put(s, CONF, "?");
	assert_int_equal(look(s, &(struct ward_order *){ NULL }),
	    WARD_ERR_SYNTAX);
}

/* Where nothing can be written, it is worked out each time. */
static void
test_order_find__read_only(void **state)
{
	struct site *s = *state;
	struct ward_state *reader = NULL;

	assert_int_equal(ward_state_open(s->tree, WARD_STATE_LOOK, &reader,
			     NULL),
	    0);
	ward_state_close(s->state);
	s->state = reader;
	expect(s, "A", 90, "");
	assert_int_equal(kept_inode(s), 0);
	ward_tree_dir(s->tree, KEPT ".new");
	ward_state_close(s->state);
	assert_int_equal(ward_state_open(s->tree, WARD_STATE_KEEP, &s->state,
			     NULL),
	    0);
	expect(s, "A", 90, "");
	assert_int_equal(kept_inode(s), 0);
}

/* Somebody changes the plan, and many log in, some of them killed. */
static void
test_order_find__killed_and_at_once(void **state)
{
	struct site *s = *state;
	pid_t pids[4];
	int status;

	expect(s, "A", 90, "");
	for (unsigned int i = 0; i < 24; i++) {
		struct ward_order *order = NULL;

		put(s, CONF,
		    i % 2 == 0 ? "[acctward]\nplan = B\n" :
				 "[acctward]\nplan = A\n");
		for (size_t p = 0; p < 4; p++) {
			pids[p] = fork();
			assert_true(pids[p] >= 0);
			if (pids[p] == 0) {
				_exit(look(s, &order) == 0 ? 0 : 1);
			}
		}
		(void)usleep(i * 100);
		assert_int_equal(kill(pids[0], SIGKILL), 0);
		for (size_t p = 0; p < 4; p++) {
			assert_int_equal(waitpid(pids[p], &status, 0), pids[p]);
			assert_true(p == 0 || status == 0);
		}
		expect(s, i % 2 == 0 ? "B" : "A", i % 2 == 0 ? 60 : 90, "");
		expect_kept(s, i % 2 == 0 ? "B" : "A", i % 2 == 0 ? 60 : 90);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_order_find__fresh_then_kept),
		TEST(test_order_find__just_changed),
		TEST(test_order_find__no_host_files),
		TEST(test_order_find__each_file_counts),
		TEST(test_order_find__same_size_and_time),
		TEST(test_order_find__other_places),
		TEST(test_order_find__broken),
		TEST(test_order_find__gone),
		TEST(test_order_find__unsafe_host_files),
		TEST(test_order_find__language),
		TEST(test_order_find__torn),
		TEST(test_order_find__hostile),
		TEST(test_order_find__unsafe),
		TEST(test_order_find__read_only),
		TEST(test_order_find__killed_and_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
