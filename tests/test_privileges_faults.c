/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every call that keeping the list makes, made to fail in turn (the Makefile
 * has the linker put these functions between state/ and the C library): the
 * error is told, the list is the old one or the new one, the next call works,
 * and nothing leaks.
 */
#include "privileges_case.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <time.h>

#include "state/lock.h"

/* ---- the calls ----------------------------------------------------------- */

static struct {
	bool armed;
	unsigned int calls, at; /* the at'th one fails */
	int why;                /* 0: written short, and then not at all */
	bool shortened;
	bool renamed, settled; /* the name was on disk after it was put */
	bool frozen;           /* nanosleep(2) moves the clock instead */
	int64_t slept;
} faults;

/* Is it this one? Sets errno. `waits`: a signal may end it. */
static bool
fails(bool waits)
{
	if (!faults.armed || (faults.why == EINTR && !waits) ||
	    ++faults.calls != faults.at) {
		return false;
	}
	errno = faults.why == 0 ? EIO : faults.why;
	return true;
}

/* What the linker calls __real_x is x, and asks for __wrap_x. */
#define WRAPPED(type, name, waits, parameters, arguments, bad) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		return fails(waits) ? (bad) : __real_##name arguments; \
	}

WRAPPED(int, fstat, false, (int fd, struct stat *st), (fd, st), -1)
WRAPPED(ssize_t, pread, true, (int fd, void *to, size_t size, off_t at),
    (fd, to, size, at), -1)
WRAPPED(int, mkdirat, false, (int fd, const char *name, mode_t mode),
    (fd, name, mode), -1)
WRAPPED(int, fchmod, false, (int fd, mode_t mode), (fd, mode), -1)
WRAPPED(int, ftruncate, false, (int fd, off_t size), (fd, size), -1)
WRAPPED(int, flock, false, (int fd, int operation), (fd, operation), -1)
WRAPPED(void *, malloc, false, (size_t size), (size), NULL)
WRAPPED(void *, reallocarray, false, (void *old, size_t count, size_t size),
    (old, count, size), NULL)
WRAPPED(char *, strdup, false, (const char *text), (text), NULL)
WRAPPED(FILE *, open_memstream, false, (char **text, size_t *size),
    (text, size), NULL)
WRAPPED(int, __openat_2, true, (int fd, const char *name, int flags),
    (fd, name, flags), -1)

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int
__wrap_fsync(int fd)
{
	struct stat st = { .st_mode = 0 };

	if (fails(true)) {
		return -1;
	}
	(void)__real_fstat(fd, &st);
	faults.settled |= faults.renamed && S_ISDIR(st.st_mode);
	return __real_fsync(fd);
}

int __real_renameat(int from, const char *a, int to, const char *b);
int __wrap_renameat(int from, const char *a, int to, const char *b);
int
__wrap_renameat(int from, const char *a, int to, const char *b)
{
	if (fails(false)) {
		return -1;
	}
	faults.renamed = true;
	return __real_renameat(from, a, to, b);
}

ssize_t __real_write(int fd, const void *from, size_t size);
ssize_t __wrap_write(int fd, const void *from, size_t size);
ssize_t
__wrap_write(int fd, const void *from, size_t size)
{
	if (faults.shortened) {
		errno = ENOSPC;
		return -1;
	}
	if (!fails(true)) {
		return __real_write(fd, from, size);
	}
	faults.shortened = faults.why == 0;
	return faults.why != 0 ? -1 : __real_write(fd, from, size / 3);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int
__wrap_open(const char *path, int flags, ...)
{
	return fails(false) ? -1 : __real_open(path, flags);
}

int __real_openat(int fd, const char *name, int flags, ...);
int __wrap_openat(int fd, const char *name, int flags, ...);
int
__wrap_openat(int fd, const char *name, int flags, ...)
{
	mode_t mode = 0;

	if ((flags & O_CREAT) != 0) {
		va_list args;

		va_start(args, flags);
		mode = va_arg(args, mode_t);
		va_end(args);
	}
	return fails(true) ? -1 : __real_openat(fd, name, flags, mode);
}

int __real_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...);
int
__wrap_fcntl(int fd, int command, ...)
{
	struct flock *lock;
	va_list args;

	va_start(args, command);
	lock = va_arg(args, struct flock *);
	va_end(args);
	return fails(true) ? -1 : __real_fcntl(fd, command, lock);
}

int __real_nanosleep(const struct timespec *t, struct timespec *left);
int __wrap_nanosleep(const struct timespec *t, struct timespec *left);
int
__wrap_nanosleep(const struct timespec *t, struct timespec *left)
{
	if (!faults.frozen) {
		return __real_nanosleep(t, left);
	}
	faults.slept += (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
	return 0;
}

int __real_clock_gettime(clockid_t clock, struct timespec *t);
int __wrap_clock_gettime(clockid_t clock, struct timespec *t);
int
__wrap_clock_gettime(clockid_t clock, struct timespec *t)
{
	if (!faults.frozen) {
		return __real_clock_gettime(clock, t);
	}
	*t = (struct timespec){ .tv_sec = 1 + faults.slept / 1000000000,
		.tv_nsec = (long)(faults.slept % 1000000000) };
	return 0;
}

/* ---- what is done meanwhile ---------------------------------------------- */

static void
arm(unsigned int at, int why)
{
	memset(&faults, 0, sizeof(faults));
	faults.at = at;
	faults.why = why;
	faults.armed = true;
}

static void
disarm(void)
{
	faults.shortened = false;
	faults.armed = false;
}

static void
fail_each(const struct case_work *work, int why)
{
	bool more = true;

	for (unsigned int at = 1; more; at++) {
		struct ward_error err = { .language = WARD_ENGLISH };
		char *tree = case_tree(work), text[1000];
		size_t before = ward_open_fds();
		int r;

		arm(at, why);
		r = case_keep(tree, work, &err);
		disarm();
		more = faults.calls >= at;
		assert_int_equal(ward_open_fds(), before);
		case_text(tree, text, sizeof(text));
		if ((r == 0 || strcmp(text, work->old) != 0) &&
		    strcmp(text, work->new) != 0) {
			fail_msg("%s, call %u: %d, \"%s\"", work->what, at, r,
			    text);
		}
		if (r != 0) {
			assert_true(err.text[0] != '\0');
			assert_true(r == WARD_ERR_IO || r == WARD_ERR_NOMEM);
		} else {
			/* A name that is not on disk is gone with the power. */
			assert_true(faults.settled);
		}
		if (r == 0 && more && why != 0) {
			fail_msg("%s, call %u: nobody is told", work->what, at);
		}
		case_check(case_keep(tree, work, &err), &err);
		case_text(tree, text, sizeof(text));
		assert_string_equal(text, work->new);
		assert_true(at < 300);
		ward_tree_remove(tree);
	}
}

static void
test_faults__each_call(void **state)
{
	static const int whys[] = { EIO, ENOSPC };

	(void)state;
	for (size_t i = 0; i < CASE_WORKS; i++) {
		for (size_t n = 0; n < sizeof(whys) / sizeof(whys[0]); n++) {
			fail_each(&case_works[i], whys[n]);
		}
	}
}

/* The disk is full in the middle of a line. */
static void
test_faults__short(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASE_WORKS; i++) {
		fail_each(&case_works[i], 0);
	}
}

/* A signal that is handled is no error. */
static void
test_faults__interrupted(void **state)
{
	unsigned int at = 0;

	(void)state;
	do {
		char *tree = case_tree(&case_works[1]), text[1000];
		struct ward_error err = { .language = WARD_ENGLISH };

		arm(++at, EINTR);
		case_check(case_keep(tree, &case_works[1], &err), &err);
		disarm();
		case_text(tree, text, sizeof(text));
		assert_string_equal(text, case_works[1].new);
		ward_tree_remove(tree);
	} while (faults.calls >= at);
	assert_true(at > 5);
}

/* Past its limit the kernel would end the process. */
static void
test_faults__limit(void **state)
{
	char *tree = case_tree(&case_works[1]), text[1000];
	struct ward_error err = { .language = WARD_ENGLISH };
	struct rlimit before, limit;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 40;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(case_keep(tree, &case_works[1], &err), WARD_ERR_IO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	case_text(tree, text, sizeof(text));
	assert_string_equal(text, case_works[1].old);
	ward_tree_remove(tree);
}

/* Whoever keeps a list and was stopped hangs nobody for ever. */
static void
test_faults__holder_is_stopped(void **state)
{
	char *tree = case_tree(&case_works[1]), text[1000];
	char *path = ward_tree_path(tree, CASE_LIST ".lock");
	struct ward_error err = { .language = WARD_ENGLISH };
	int fd = open(path, O_RDWR | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(ward_lock_bytes(fd, F_WRLCK, 0, 1), 0);
	memset(&faults, 0, sizeof(faults));
	faults.frozen = true;
	assert_int_equal(case_keep(tree, &case_works[1], &err), WARD_ERR_IO);
	faults.frozen = false;
	assert_non_null(strstr(err.text, "keeps it locked"));
	assert_true(faults.slept >= 10000000000 && faults.slept < 10200000000);
	(void)close(fd);
	case_text(tree, text, sizeof(text));
	assert_string_equal(text, case_works[1].old);
	case_check(case_keep(tree, &case_works[1], &err), &err);
	free(path);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults__each_call),
		cmocka_unit_test(test_faults__short),
		cmocka_unit_test(test_faults__interrupted),
		cmocka_unit_test(test_faults__limit),
		cmocka_unit_test(test_faults__holder_is_stopped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
