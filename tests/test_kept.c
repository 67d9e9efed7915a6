/* SPDX-License-Identifier: BSD-2-Clause */
/* kept.c, pack.c, origins.c */
#include "support.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/kept.h"

#define FILE_NAME "/var/lib/acctward/x"
#define DRAFT FILE_NAME ".new"
#define LONG_AGO ((int64_t)100000000000) /* nanoseconds */

struct fixture {
	char *tree, *path;
	struct ward_state *state;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->tree = ward_tree_new(NULL);
	f->path = ward_tree_path(f->tree, FILE_NAME);
	assert_int_equal(ward_state_open(f->tree, WARD_STATE_KEEP, &f->state,
			     NULL),
	    0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	ward_state_close(f->state);
	ward_tree_remove(f->tree);
	free(f->path);
	free(f);
	return 0;
}

static void
keep(struct fixture *f, const char *text)
{
	struct ward_pack pack = { .size = 0 };

	ward_pack_text(&pack, text);
	ward_kept_write(f->state, "x", &pack);
	free(pack.bytes);
}

static void
expect_kept(struct fixture *f, const char *text)
{
	struct ward_unpack in;
	char *bytes = ward_kept_read(f->state, "x", &in);

	if (text == NULL) {
		assert_null(bytes);
	} else {
		assert_non_null(bytes);
		assert_true(ward_unpack_is(&in, text));
	}
	free(bytes);
}

/* ---- bytes ---------------------------------------------------------------- */

static void
test_pack__as_it_was(void **state)
{
	struct ward_pack pack = { .size = 0 };
	struct ward_unpack in;
	char large[9000];
	const void *bytes;
	size_t size;

	(void)state;
	memset(large, 'x', sizeof(large));
	ward_pack_number(&pack, UINT64_MAX);
	ward_pack_text(&pack, NULL);
	ward_pack_text(&pack, "");
	ward_pack_text(&pack, "abcdefgh");
	ward_pack_bytes(&pack, "a\0b", 3);
	ward_pack_bytes(&pack, NULL, 0);
	ward_pack_bytes(&pack, large, sizeof(large));
	assert_false(pack.failed);
	in = (struct ward_unpack){ .at = pack.bytes, .left = pack.size };
	assert_true(ward_unpack_number(&in) == UINT64_MAX);
	assert_true(ward_unpack_is(&in, NULL));
	assert_string_equal(ward_unpack_text(&in), "");
	assert_false(ward_unpack_is(&in, "abcdefg"));
	bytes = ward_unpack_bytes(&in, &size);
	assert_int_equal(size, 3);
	assert_memory_equal(bytes, "a\0b", 3);
	(void)ward_unpack_bytes(&in, &size);
	assert_int_equal(size, 0);
	bytes = ward_unpack_bytes(&in, &size);
	assert_int_equal(size, sizeof(large));
	assert_memory_equal(bytes, large, size);
	assert_int_equal(in.left, 0);
	assert_false(in.torn);
	assert_true(ward_unpack_number(&in) == 0);
	assert_true(in.torn);
	free(pack.bytes);
}

/* Nothing is told that is not there. */
static void
test_unpack__torn(void **state)
{
	static const uint64_t sizes[] = { 1, 8, 9, 17, UINT64_MAX - 1,
		UINT64_MAX - 7, 1ull << 63 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct ward_pack pack = { .size = 0 };
		struct ward_unpack in;
		size_t size = 5;

		ward_pack_number(&pack, sizes[i]);
		ward_pack_number(&pack, UINT64_MAX);
		in = (struct ward_unpack){ .at = pack.bytes,
			.left = pack.size };
		assert_null(ward_unpack_text(&in)); /* no NUL behind it */
		assert_true(in.torn);
		in = (struct ward_unpack){ .at = pack.bytes,
			.left = pack.size };
		assert_int_equal(ward_unpack_bytes(&in, &size) != NULL,
		    sizes[i] <= 8);
		assert_int_equal(size, sizes[i] <= 8 ? sizes[i] : 0);
		free(pack.bytes);
	}
}

/* ---- files ---------------------------------------------------------------- */

static void
test_kept__whole_or_not(void **state)
{
	struct fixture *f = *state;
	char text[128] = { 0 }, bad[128];
	struct stat st;
	int fd;

	expect_kept(f, NULL);
	keep(f, "one");
	expect_kept(f, "one");
	keep(f, "a longer second");
	expect_kept(f, "a longer second");
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	fd = open(f->path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(read(fd, text, sizeof(text)), st.st_size);
	(void)close(fd);
	for (size_t size = 0; size < (size_t)st.st_size; size++) {
		ward_tree_put(f->tree, FILE_NAME, text, size);
		expect_kept(f, NULL);
	}
	for (size_t at = 0; at < (size_t)st.st_size; at++) {
		for (int bit = 0; bit < 8; bit++) {
			memcpy(bad, text, sizeof(bad));
			bad[at] = (char)(bad[at] ^ 1 << bit);
			ward_tree_put(f->tree, FILE_NAME, bad,
			    (size_t)st.st_size);
			expect_kept(f, NULL);
		}
	}
	ward_tree_put(f->tree, FILE_NAME, text, (size_t)st.st_size + 8);
	expect_kept(f, NULL);
	ward_tree_put(f->tree, FILE_NAME, text, (size_t)st.st_size);
	expect_kept(f, "a longer second");
}

static void
test_kept__unsafe(void **state)
{
	struct fixture *f = *state;

	keep(f, "one");
	ward_tree_chmod(f->tree, FILE_NAME, 0620);
	expect_kept(f, NULL);
	ward_tree_chmod(f->tree, FILE_NAME, 0602);
	expect_kept(f, NULL);
	keep(f, "two");
	expect_kept(f, "two");
	if (geteuid() == 0) {
		assert_int_equal(chown(f->path, 12345, 0), 0);
		expect_kept(f, NULL);
	}
	assert_int_equal(unlink(f->path), 0);
	ward_tree_link(f->tree, FILE_NAME, "../acctward/x.old");
	expect_kept(f, NULL);
	keep(f, "three");
	expect_kept(f, "three");
	assert_int_equal(unlink(f->path), 0);
	ward_tree_fifo(f->tree, FILE_NAME);
	expect_kept(f, NULL);
	assert_int_equal(unlink(f->path), 0);
	ward_tree_dir(f->tree, FILE_NAME);
	expect_kept(f, NULL);
	keep(f, "four");
	expect_kept(f, NULL);
}

/* Whatever is left of others' attempts. */
static void
test_kept__drafts(void **state)
{
	struct fixture *f = *state;
	char *draft = ward_tree_path(f->tree, DRAFT);
	struct stat st;

	ward_tree_put(f->tree, DRAFT, "half of", 7);
	keep(f, "one");
	expect_kept(f, "one");
	assert_int_not_equal(stat(draft, &st), 0);
	ward_tree_link(f->tree, DRAFT, f->path);
	keep(f, "two");
	expect_kept(f, "two");
	ward_tree_put(f->tree, DRAFT, "", 0);
	ward_tree_chmod(f->tree, DRAFT, 0666);
	keep(f, "three");
	expect_kept(f, "three");
	assert_int_equal(link(f->path, draft), 0);
	keep(f, "four");
	expect_kept(f, "four");
	ward_tree_dir(f->tree, DRAFT);
	keep(f, "five");
	expect_kept(f, "four");
	free(draft);
}

/* Nobody waits, and nobody writes into what another one writes. */
static void
test_kept__two_at_once(void **state)
{
	struct fixture *f = *state;
	int ends[2], status;
	char byte;
	pid_t pid;

	keep(f, "one");
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		char *path = ward_tree_path(f->tree, DRAFT);
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

		if (fd >= 0 && flock(fd, LOCK_EX) == 0 &&
		    write(ends[1], "x", 1) == 1) {
			(void)pause();
		}
		_exit(1);
	}
	assert_int_equal(read(ends[0], &byte, 1), 1);
	keep(f, "two");
	expect_kept(f, "one");
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	keep(f, "three");
	expect_kept(f, "three");
	(void)close(ends[0]);
	(void)close(ends[1]);
}

/* Where nothing can be written, there is what was there before. */
static void
test_kept__no_room(void **state)
{
	struct fixture *f = *state;
	struct rlimit before, none;
	struct ward_state *look = NULL;

	keep(f, "one");
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = (struct rlimit){ 16, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	keep(f, "two"); /* and no SIGXFSZ */
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	expect_kept(f, "one");

	assert_int_equal(ward_state_open(f->tree, WARD_STATE_LOOK, &look, NULL),
	    0);
	ward_state_close(f->state);
	f->state = look;
	keep(f, "three");
	expect_kept(f, "one");
}

/* Killed anywhere, it leaves the old or the new. */
static void
test_kept__killed(void **state)
{
	struct fixture *f = *state;
	size_t both = 0;

	keep(f, "old");
	for (unsigned int i = 0; i < 60; i++) {
		struct ward_unpack in;
		char *bytes;
		int status;
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid == 0) {
			for (;;) {
				keep(f, "new");
				keep(f, "old");
			}
		}
		(void)usleep(50 + i * 30);
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		bytes = ward_kept_read(f->state, "x", &in);
		assert_non_null(bytes);
		if (ward_unpack_is(&in, "new")) {
			both |= 1;
		} else {
			assert_string_equal(bytes + 48, "old");
			both |= 2;
		}
		free(bytes);
	}
	assert_true(both != 0);
	keep(f, "last");
	expect_kept(f, "last");
}

/* ---- origins -------------------------------------------------------------- */

static bool
is_current(const struct ward_origins *origins)
{
	struct ward_pack pack = { .size = 0 };
	struct ward_unpack in;
	bool current;

	ward_pack_origins(&pack, origins);
	ward_pack_number(&pack, 77);
	in = (struct ward_unpack){ .at = pack.bytes, .left = pack.size };
	current = ward_unpack_origins(&in);
	/* What follows is told all the same. */
	assert_true(ward_unpack_number(&in) == 77);
	free(pack.bytes);
	return current;
}

static void
test_origins__what_changes(void **state)
{
	struct fixture *f = *state;
	struct ward_origins origins = { .now = ward_origins_now() + LONG_AGO };
	struct timespec times[2];
	struct stat st;

	ward_tree_put(f->tree, FILE_NAME, "one", 3);
	ward_origins_add(&origins, f->path);
	assert_false(origins.unsure);
	assert_true(is_current(&origins));

	/* Same size, same time, same file. */
	assert_int_equal(stat(f->path, &st), 0);
	(void)usleep(10000);
	assert_int_equal(truncate(f->path, 0), 0);
	assert_int_equal(truncate(f->path, 3), 0);
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, f->path, times, 0), 0);
	assert_false(is_current(&origins));
	free(origins.pack.bytes);

	origins = (struct ward_origins){ .now = ward_origins_now() + LONG_AGO };
	ward_origins_add(&origins, f->path);
	assert_true(is_current(&origins));
	assert_int_equal(unlink(f->path), 0);
	assert_false(is_current(&origins));
	free(origins.pack.bytes);

	/* That there is none is worth as much. */
	origins = (struct ward_origins){ .now = ward_origins_now() };
	ward_origins_add(&origins, f->path);
	assert_false(origins.unsure);
	assert_true(is_current(&origins));
	ward_tree_put(f->tree, FILE_NAME, "one", 3);
	assert_false(is_current(&origins));
	free(origins.pack.bytes);
}

/* It may change once more within the same tick of the clock. */
static void
test_origins__unsure(void **state)
{
	struct fixture *f = *state;
	const int64_t ages[] = { 0, 1000000000, 1900000000, 2100000000,
		LONG_AGO, -1000000000, -LONG_AGO };
	const bool unsure[] = { true, true, true, false, false, true, false };
	struct stat st;

	ward_tree_put(f->tree, FILE_NAME, "one", 3);
	assert_int_equal(stat(f->path, &st), 0);
	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		struct ward_origins origins = {
			.now = (int64_t)st.st_ctim.tv_sec * 1000000000 +
			    st.st_ctim.tv_nsec + ages[i]
		};

		ward_origins_add(&origins, f->path);
		assert_int_equal(origins.unsure, unsure[i]);
		free(origins.pack.bytes);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pack__as_it_was),
		cmocka_unit_test(test_unpack__torn),
		TEST(test_kept__whole_or_not),
		TEST(test_kept__unsafe),
		TEST(test_kept__drafts),
		TEST(test_kept__two_at_once),
		TEST(test_kept__no_room),
		TEST(test_kept__killed),
		TEST(test_origins__what_changes),
		TEST(test_origins__unsure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
