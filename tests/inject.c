/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/inject.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

struct ward_faults ward_faults;

void
ward_faults_arm(unsigned int at, int why)
{
	ward_faults.calls = 0;
	ward_faults.at = at;
	ward_faults.why = why;
	ward_faults.renamed = false;
	ward_faults.settled = false;
	ward_faults.armed = true;
}

void
ward_faults_disarm(void)
{
	ward_faults.shortened = false;
	ward_faults.armed = false;
}

void
ward_faults_freeze(void)
{
	ward_faults.slept = 0;
	ward_faults.frozen = true;
}

/* Is it this one? Sets errno. `waits`: a signal may end it. */
static bool
fails(bool waits)
{
	if (!ward_faults.armed || (ward_faults.why == EINTR && !waits) ||
	    ++ward_faults.calls != ward_faults.at) {
		return false;
	}
	errno = ward_faults.why == 0 ? EIO : ward_faults.why;
	return true;
}

/* What the linker calls __real_x is x, and asks for __wrap_x. Where it was not
 * told to, there is no __real_x, and nobody asks. */
#define WRAP(type, name, ...) \
	__attribute__((weak)) type __real_##name(__VA_ARGS__); \
	type __wrap_##name(__VA_ARGS__); \
	type __wrap_##name(__VA_ARGS__)
#define FAILS(waits, bad, name, ...) \
	{ \
		return fails(waits) ? (bad) : __real_##name(__VA_ARGS__); \
	}

WRAP(int, fstat, int fd, struct stat *st)
FAILS(false, -1, fstat, fd, st)
WRAP(ssize_t, pread, int fd, void *to, size_t size, off_t at)
FAILS(true, -1, pread, fd, to, size, at)
WRAP(int, fdatasync, int fd)
FAILS(true, -1, fdatasync, fd)
WRAP(int, mkdirat, int fd, const char *name, mode_t mode)
FAILS(false, -1, mkdirat, fd, name, mode)
WRAP(int, fchmodat, int fd, const char *name, mode_t mode, int flags)
FAILS(false, -1, fchmodat, fd, name, mode, flags)
WRAP(int, fchmod, int fd, mode_t mode)
FAILS(false, -1, fchmod, fd, mode)
WRAP(int, ftruncate, int fd, off_t size)
FAILS(false, -1, ftruncate, fd, size)
WRAP(int, flock, int fd, int operation)
FAILS(false, -1, flock, fd, operation)
WRAP(int, unlinkat, int fd, const char *name, int flags)
FAILS(false, -1, unlinkat, fd, name, flags)
WRAP(void *, malloc, size_t size)
FAILS(false, NULL, malloc, size)
WRAP(void *, reallocarray, void *old, size_t count, size_t size)
FAILS(false, NULL, reallocarray, old, count, size)
WRAP(char *, strdup, const char *text)
FAILS(false, NULL, strdup, text)
WRAP(FILE *, open_memstream, char **text, size_t *size)
FAILS(false, NULL, open_memstream, text, size)
WRAP(int, __openat_2, int fd, const char *name, int flags)
FAILS(true, -1, __openat_2, fd, name, flags)

WRAP(int, fsync, int fd)
{
	struct stat st = { .st_mode = 0 };

	if (fails(true)) {
		return -1;
	}
	(void)__real_fstat(fd, &st);
	ward_faults.settled |= ward_faults.renamed && S_ISDIR(st.st_mode);
	return __real_fsync(fd);
}

WRAP(int, renameat, int from, const char *a, int to, const char *b)
{
	if (fails(false)) {
		return -1;
	}
	ward_faults.renamed = true;
	return __real_renameat(from, a, to, b);
}

WRAP(ssize_t, write, int fd, const void *from, size_t size)
{
	if (ward_faults.shortened) {
		errno = ENOSPC;
		return -1;
	}
	if (!fails(true)) {
		return __real_write(fd, from, size);
	}
	ward_faults.shortened = ward_faults.why == 0;
	return ward_faults.why != 0 ? -1 : __real_write(fd, from, size / 3);
}

WRAP(ssize_t, pwrite, int fd, const void *from, size_t size, off_t at)
{
	if (ward_faults.full != 0 && at + (off_t)size > ward_faults.full) {
		errno = ENOSPC;
		return -1;
	}
	if (!fails(true)) {
		return __real_pwrite(fd, from, size, at);
	}
	return ward_faults.why != 0 ? -1 :
				      __real_pwrite(fd, from, size / 3, at);
}

WRAP(int, open, const char *path, int flags, ...)
{
	return fails(ward_faults.wide) ? -1 : __real_open(path, flags);
}

WRAP(int, openat, int fd, const char *name, int flags, ...)
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

WRAP(int, fcntl, int fd, int command, ...)
{
	struct flock *lock;
	va_list args;

	va_start(args, command);
	lock = va_arg(args, struct flock *);
	va_end(args);
	/* Giving back a lock has no error that could be dealt with. */
	if (lock->l_type == F_UNLCK) {
		return __real_fcntl(fd, command, lock);
	}
	return fails(true) ? -1 : __real_fcntl(fd, command, lock);
}

WRAP(int, nanosleep, const struct timespec *t, struct timespec *left)
{
	if (!ward_faults.frozen) {
		return __real_nanosleep(t, left);
	}
	ward_faults.slept += (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
	return 0;
}

WRAP(int, clock_gettime, clockid_t clock, struct timespec *t)
{
	if (ward_faults.wide && fails(false)) {
		return -1;
	}
	if (!ward_faults.frozen) {
		return __real_clock_gettime(clock, t);
	}
	*t = (struct timespec){ .tv_sec = 1 + ward_faults.slept / 1000000000,
		.tv_nsec = (long)(ward_faults.slept % 1000000000) };
	return 0;
}
