/* SPDX-License-Identifier: BSD-2-Clause */
/* tally_file.c, tally_open.c: files that are not as we left them. */
#include "tally_case.h"

#include <fcntl.h>

#include "state/hash.h"
#include "state/tally_file.h"

#define MINUTE 60000
#define RECORD 128

static char *tree, *path;
static struct ward_state *dirs;

static int
setup(void **state)
{
	(void)state;
	tree = ward_tree_new(NULL);
	path = ward_tree_path(tree, CASE_FILE);
	dirs = case_state(tree);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	ward_state_close(dirs);
	free(path);
	ward_tree_remove(tree);
	return 0;
}

static off_t
size_of_file(void)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

/* ---- what may lie there -------------------------------------------------- */

static void
put_link(const char *at, const char *name)
{
	ward_tree_put(at, CASE_ACCOUNTS "/target", "", 0);
	ward_tree_link(at, name, "target");
}

static void
put_dead_link(const char *at, const char *name)
{
	ward_tree_link(at, name, "nowhere");
}

static void
put_for_group(const char *at, const char *name)
{
	ward_tree_put(at, name, "", 0);
	ward_tree_chmod(at, name, 0620);
}

static void
put_of_another(const char *at, const char *name)
{
	char *whole = ward_tree_path(at, name);

	ward_tree_put(at, name, "", 0);
	assert_int_equal(chown(whole, 12345, 0), 0);
	free(whole);
}

static const struct {
	void (*put)(const char *tree, const char *path);
	const char *said;
} refused[] = {
	{ put_link, "a symbolic link" },
	{ put_dead_link, "a symbolic link" },
	{ ward_tree_dir, "not a regular file" },
	{ ward_tree_fifo, "not a regular file" },
	{ put_for_group, "mode 0620 lets others write it" },
	{ put_of_another, "owned by uid 12345" },
};

static void
test_tally_open__refused(void **state)
{
	static const enum ward_tally_use uses[] = { WARD_TALLY_LOOK,
		WARD_TALLY_KEEP, WARD_TALLY_MAKE };

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]) * 3; i++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_tally *tally = NULL;
		size_t before = ward_open_fds();

		if (refused[i / 3].put == put_of_another && geteuid() != 0) {
			continue;
		}
		if (i % 3 == 0) {
			(void)remove(path);
			refused[i / 3].put(tree, CASE_FILE);
		}
		assert_int_equal(ward_tally_open(dirs, "wang", uses[i % 3],
				     &tally, &err),
		    WARD_ERR_UNSAFE);
		assert_null(tally);
		assert_int_equal(strncmp(err.text, path, strlen(path)), 0);
		assert_non_null(strstr(err.text, refused[i / 3].said));
		assert_int_equal(ward_open_fds(), before);
	}
}

static void
test_tally_open__names(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = NULL;
	char name[300];

	(void)state;
	memset(name, 'a', sizeof(name));
	name[256] = '\0';
	assert_int_equal(ward_tally_open(dirs, name, WARD_TALLY_MAKE, &tally,
			     &err),
	    WARD_ERR_RANGE);
	assert_int_equal(ward_tally_open(dirs, "", WARD_TALLY_MAKE, &tally,
			     &err),
	    WARD_ERR_RANGE);
	name[255] = '\0';
	case_check(ward_tally_open(dirs, name, WARD_TALLY_MAKE, &tally, &err),
	    &err);
	ward_tally_close(tally);
	case_check(ward_tally_open(dirs, "../x", WARD_TALLY_MAKE, &tally, &err),
	    &err);
	ward_tally_close(tally);
	free(path);
	path = ward_tree_path(tree, CASE_ACCOUNTS "/%2E.%2Fx");
	assert_int_equal(size_of_file(), 4096);
}

/* Root's alone, whatever the caller's umask, with its room from the start. */
static void
test_tally_open__made(void **state)
{
	static const mode_t umasks[] = { 0, 0022, 0777 };

	(void)state;
	for (size_t i = 0; i < sizeof(umasks) / sizeof(umasks[0]); i++) {
		mode_t old = umask(umasks[i]);
		struct ward_tally *tally = case_open(dirs);
		struct stat st;

		assert_int_equal(umask(old), umasks[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode, S_IFREG | 0600);
		assert_int_equal(st.st_size, 4096);
		assert_true(st.st_blocks >= 8);
		ward_tally_close(tally);
		assert_int_equal(unlink(path), 0);
	}
}

static void
test_tally_open__no_directory(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	char *other = ward_tree_new(NULL);
	struct ward_state *looked = NULL;
	struct ward_tally *tally = NULL;

	(void)state;
	ward_tree_dir(other, "/var/lib/acctward");
	case_check(ward_state_open(other, WARD_STATE_LOOK, &looked, &err),
	    &err);
	assert_int_equal(ward_tally_open(looked, "wang", WARD_TALLY_MAKE,
			     &tally, &err),
	    WARD_ERR_MISSING);
	ward_state_close(looked);
	ward_tree_remove(other);
}

/* ---- what may stand in it ------------------------------------------------ */

/* By the clock of the files: a torn record is as old as they are. */
static struct ward_instant
moment(void)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant now;

	case_check(ward_instant_now(&now, &err), &err);
	return now;
}

static enum ward_gate
enter_now(struct ward_tally *tally)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	enum ward_gate gate = WARD_GATE_LOCKED;
	struct ward_instant now = moment();

	case_check(ward_tally_enter(tally, &case_limits, &now, NULL, &gate,
		       &err),
	    &err);
	return gate;
}

static void
fail_now(unsigned int count)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = case_open(dirs);
	struct ward_from from = { "sshd", "ssh", "203.0.113.7" };
	bool locks;

	while (count-- > 0) {
		struct ward_instant now = moment();

		case_check(ward_tally_fail(tally, &case_limits, &now, &from,
			       &locks, &err),
		    &err);
	}
	ward_tally_close(tally);
}

static void
view_now(struct ward_tally_view *ret_view)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = NULL;
	struct ward_instant now = moment();

	case_check(ward_tally_open(dirs, "wang", WARD_TALLY_LOOK, &tally, &err),
	    &err);
	case_check(ward_tally_view(tally, &case_limits, &now, ret_view, &err),
	    &err);
	ward_tally_close(tally);
}

/* How many more are let in: each is reserved, and then abandoned. */
static unsigned int
places_left(void)
{
	struct ward_tally *tally[6];
	unsigned int count = 0;

	do {
		tally[count] = case_open(dirs);
	} while (enter_now(tally[count]) == WARD_GATE_OPEN && ++count < 6);
	for (unsigned int i = 0; i <= count && i < 6; i++) {
		ward_tally_close(tally[i]);
	}
	return count;
}

static void
read_file(unsigned char bytes[4096])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(read(fd, bytes, 4096), 4096);
	(void)close(fd);
}

/* Over what is there: a file is not unlinked while it is used. */
static void
write_file(const unsigned char *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	(void)close(fd);
}

/* Whichever byte goes bad, a lock stays, and so does each failure. */
static void
flip_all(const unsigned char *bytes, size_t size, bool locked,
    unsigned int most)
{
	static const unsigned char flips[] = { 0x01, 0x80, 0xff };

	for (size_t i = 0; i < size * 3; i++) {
		unsigned char bad[4096];
		struct ward_tally_view view;

		memcpy(bad, bytes, sizeof(bad));
		bad[i / 3] ^= flips[i % 3];
		write_file(bad, sizeof(bad));
		view_now(&view);
		assert_int_equal(view.locked, locked);
		if (places_left() > most) {
			fail_msg("byte %zu: more is let in", i / 3);
		}
		view_now(&view);
		assert_int_equal(case_count(&view, WARD_FAILURE_TORN), 0);
	}
	assert_int_equal(size_of_file(), 4096);
}

static void
test_tally_load__any_byte_of_a_lock(void **state)
{
	unsigned char bytes[4096];

	(void)state;
	fail_now(5);
	read_file(bytes);
	flip_all(bytes, (size_t)7 * RECORD, true, 0);
}

static void
test_tally_load__any_byte_of_failures(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally = case_open(dirs);
	const struct ward_marks none = { .last_use = 0 };
	struct ward_marks marks = { .last_use = 5 };
	unsigned char bytes[4096];

	(void)state;
	case_check(ward_tally_set_marks(tally, &none, &marks, false, &err),
	    &err);
	ward_tally_close(tally);
	fail_now(3);
	read_file(bytes);
	/* The places behind those that are used may be flipped as well. */
	flip_all(bytes, (size_t)4 * RECORD, false, 2);
}

/* A bad head forgets what it had cleared, and so counts more, never less. */
static void
test_tally_load__bad_head(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_tally *tally;
	unsigned char bytes[4096];

	(void)state;
	fail_now(5);
	tally = case_open(dirs);
	case_check(ward_tally_reset(tally, &err), &err);
	ward_tally_close(tally);
	read_file(bytes);
	bytes[20] ^= 1;
	write_file(bytes, sizeof(bytes));
	assert_int_equal(places_left(), 0);
	tally = case_open(dirs);
	case_check(ward_tally_reset(tally, &err), &err);
	ward_tally_close(tally);
	assert_int_equal(places_left(), 5);
}

static void
test_tally_load__any_length(void **state)
{
	unsigned char bytes[4096];

	(void)state;
	fail_now(5);
	read_file(bytes);
	for (size_t size = 0; size <= sizeof(bytes);
	     size += size < (size_t)7 * RECORD ? 1 : 37) {
		struct ward_tally_view view;

		write_file(bytes, size);
		view_now(&view);
		assert_true(view.locked == (size > (size_t)5 * RECORD));
		assert_true(
		    (places_left() == 0) == (size > (size_t)5 * RECORD));
		assert_int_equal(size_of_file(), 4096);
	}
}

/* What is behind the last record is nobody's. */
static void
test_tally_load__too_long(void **state)
{
	static unsigned char bytes[40000];

	(void)state;
	fail_now(5);
	read_file(bytes);
	memset(bytes + 129 * RECORD, 0xff, sizeof(bytes) - 129 * RECORD);
	write_file(bytes, sizeof(bytes));
	assert_int_equal(places_left(), 0);
	assert_int_equal(size_of_file(), sizeof(bytes));
}

/* Torn is shown as such, counts as long as any, and ends. */
static void
test_tally_load__torn_ends(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	struct ward_instant later = moment();
	struct ward_tally_view view;
	struct ward_tally *tally;
	unsigned char bytes[4096];

	(void)state;
	fail_now(1);
	read_file(bytes);
	memset(bytes + RECORD, 0xa5, (size_t)4 * RECORD);
	write_file(bytes, sizeof(bytes));
	view_now(&view);
	assert_int_equal(case_count(&view, WARD_FAILURE_TORN), 4);
	assert_int_equal(view.counting, 4);
	assert_false(view.locked);
	assert_int_equal(places_left(), 1);
	later.wall += CASE_END + 5 * MINUTE;
	later.up += CASE_END + 5 * MINUTE;
	tally = case_open(dirs);
	case_check(ward_tally_view(tally, &case_limits, &later, &view, &err),
	    &err);
	assert_int_equal(view.counting, 0);
	assert_int_equal(view.count, 5);
	ward_tally_close(tally);
}

/* A success and a reset end those, too. */
static void
test_tally_load__torn_is_cleared(void **state)
{
	(void)state;
	for (int way = 0; way < 2; way++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		struct ward_instant now = moment();
		struct ward_tally *tally = case_open(dirs);
		enum ward_gate gate = WARD_GATE_LOCKED;
		unsigned char bytes[4096] = { 0 };

		memset(bytes + 10 * RECORD, 0x5a, (size_t)4 * RECORD);
		bytes[2] = 1;
		write_file(bytes, sizeof(bytes));
		if (way == 0) {
			case_check(ward_tally_reset(tally, &err), &err);
		} else {
			assert_int_equal(enter_now(tally), WARD_GATE_OPEN);
			write_file(bytes, sizeof(bytes));
			case_check(ward_tally_succeed(tally, &case_limits, &now,
				       &gate, &err),
			    &err);
			assert_int_equal(gate, WARD_GATE_OPEN);
		}
		ward_tally_close(tally);
		assert_int_equal(places_left(), 5);
	}
}

static void
put_record(unsigned char *bytes, size_t i, const struct ward_record *record)
{
	struct ward_record whole = *record;

	whole.check = ward_hash_words((const char *)&whole + 4, RECORD - 4);
	memcpy(bytes + (i + 1) * RECORD, &whole, RECORD);
}

/* Sound checksums around what we never write. */
static void
test_tally_load__forged(void **state)
{
	static const struct ward_record records[] = {
		{ .kind = WARD_RECORD_FREE, .serial = 1 },
		{ .kind = WARD_RECORD_HEAD, .serial = 1 },
		{ .kind = WARD_RECORD_TORN, .serial = 1 },
		{ .kind = 255, .serial = 1 },
		{ .kind = WARD_RECORD_FAILED, .serial = 0 },
		{ .kind = WARD_RECORD_FAILED, .serial = UINT64_MAX },
		{ .kind = WARD_RECORD_FAILED,
		    .serial = 1,
		    .when = { INT64_MAX, INT64_MAX, UINT64_MAX } },
		{ .kind = WARD_RECORD_LOCKED,
		    .serial = ((uint64_t)1 << 62) - 1,
		    .when = { INT64_MAX, INT64_MIN, 0 } },
		{ .kind = WARD_RECORD_TESTING,
		    .serial = ((uint64_t)1 << 62) - 1,
		    .when = { INT64_MAX, INT64_MAX, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
		unsigned char bytes[4096] = { 0 };
		struct ward_record record = records[i];
		struct ward_tally_view view;

		memset(record.service, 'x', sizeof(record.service));
		memset(record.from, 'y', sizeof(record.from));
		for (size_t n = 0; n < 5; n++) {
			put_record(bytes, n, &record);
		}
		write_file(bytes, sizeof(bytes));
		view_now(&view);
		assert_int_equal(view.counting, 5);
		assert_true(view.locked);
		for (size_t n = 0; n < view.count; n++) {
			assert_true(strlen(view.list[n].service) < 24);
			assert_true(strlen(view.list[n].from) < 64);
		}
		assert_int_equal(places_left(), 0);
	}
}

/* Of another version: not ours to judge, nor to write over. */
static void
test_tally_load__other_version(void **state)
{
	struct ward_error err = { .language = WARD_ENGLISH };
	unsigned char bytes[4096] = { 0 };
	struct ward_head head = { .kind = WARD_RECORD_HEAD, .version = 2 };
	struct ward_tally *tally = case_open(dirs);
	enum ward_gate gate = WARD_GATE_FULL;
	struct ward_instant now = moment();

	(void)state;
	head.check = ward_hash_words((const char *)&head + 4, RECORD - 4);
	memcpy(bytes, &head, sizeof(head));
	write_file(bytes, sizeof(bytes));
	assert_int_equal(ward_tally_enter(tally, &case_limits, &now, NULL,
			     &gate, &err),
	    WARD_ERR_SYNTAX);
	assert_int_equal(ward_tally_reset(tally, &err), WARD_ERR_SYNTAX);
	assert_int_equal(gate, WARD_GATE_FULL);
	ward_tally_close(tally);
}

/* Room for a hundred is there before the first of them is let in. */
static void
test_tally_grow__before_it_is_needed(void **state)
{
	struct ward_limits limits = { 100, CASE_SECONDS };
	struct ward_tally *tally = case_open(dirs);

	(void)state;
	assert_int_equal(case_enter(tally, &limits, 0), WARD_GATE_OPEN);
	assert_int_equal(size_of_file(), 129 * RECORD);
	ward_tally_close(tally);
}

#define TALLY_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALLY_TEST(test_tally_open__refused),
		TALLY_TEST(test_tally_open__names),
		TALLY_TEST(test_tally_open__made),
		TALLY_TEST(test_tally_open__no_directory),
		TALLY_TEST(test_tally_load__any_byte_of_a_lock),
		TALLY_TEST(test_tally_load__any_byte_of_failures),
		TALLY_TEST(test_tally_load__bad_head),
		TALLY_TEST(test_tally_load__any_length),
		TALLY_TEST(test_tally_load__too_long),
		TALLY_TEST(test_tally_load__torn_ends),
		TALLY_TEST(test_tally_load__torn_is_cleared),
		TALLY_TEST(test_tally_load__forged),
		TALLY_TEST(test_tally_load__other_version),
		TALLY_TEST(test_tally_grow__before_it_is_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
