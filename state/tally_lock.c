/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locks of open file descriptions: each open tally has its own, in threads too,
 * and the kernel takes them back when the last descriptor is gone, however its
 * process ended.
 */
#include "state/tally_file.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "state/dirs.h"

#define PATIENCE_WRITE 5000 /* milliseconds */
#define PATIENCE_READ 100
#define PAUSE_MIN 20000 /* nanoseconds */
/* A thousand that come back sooner would leave its holder no time to run. */
#define PAUSE_MAX 50000000

static off_t
byte_of(size_t i)
{
	return (off_t)(1 + i);
}

/* 0, or -1 with errno; EAGAIN: somebody else holds it. */
static int
lock_byte(struct ward_tally *tally, short kind, off_t at, off_t size)
{
	struct flock lock = {
		.l_type = kind,
		.l_whence = SEEK_SET,
		.l_start = at,
		.l_len = size,
	};
	int r;

	do {
		r = fcntl(tally->fd, F_OFD_SETLK, &lock);
	} while (r != 0 && errno == EINTR);
	if (r != 0 && errno == EACCES) {
		errno = EAGAIN;
	}
	return r;
}

static int64_t
monotonic(void)
{
	struct timespec t = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Who waits for the same lock should not come back at the same time. */
static void
pause_between(long longest, int64_t now, const void *self)
{
	uint64_t mixed = ((uint64_t)now ^ (uint64_t)(uintptr_t)self) *
	    0x9e3779b97f4a7c15u;
	long size = longest / 2 + (long)((mixed >> 40) % (uint64_t)longest);
	struct timespec t = { .tv_nsec = size };

	(void)nanosleep(&t, NULL);
}

/*
 * Try until the time is over. Not F_OFD_SETLKW: people may stop a process of
 * theirs that has root's rights (su) while it holds the lock, and whoever waits
 * has no signal of its own to be woken by.
 */
static int
lock_patiently(struct ward_tally *tally, short kind, int patience)
{
	int64_t start = 0, now = 0;
	long pause = PAUSE_MIN;

	while (lock_byte(tally, kind, 0, 1) != 0) {
		if (errno != EAGAIN) {
			return -1;
		}
		now = monotonic();
		if (start == 0) {
			start = now;
		}
		if (now - start > (int64_t)patience * 1000000) {
			errno = EAGAIN;
			return -1;
		}
		pause_between(pause, now, tally);
		pause = pause * 2 > PAUSE_MAX ? PAUSE_MAX : pause * 2;
	}
	return 0;
}

int
ward_tally_hold(struct ward_tally *tally, struct ward_error *err)
{
	if (lock_patiently(tally, F_WRLCK, PATIENCE_WRITE) == 0) {
		return 0;
	}
	if (errno == EAGAIN) {
		return ward_error_set(err, WARD_ERR_IO,
		    "%s: another process keeps it locked", tally->path);
	}
	return ward_state_refuse(tally->path, errno, err);
}

bool
ward_tally_is_held(struct ward_tally *tally)
{
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = 0,
		.l_len = 1,
	};

	return fcntl(tally->fd, F_OFD_GETLK, &lock) == 0 &&
	    lock.l_type != F_UNLCK;
}

bool
ward_tally_hold_shared(struct ward_tally *tally)
{
	return lock_patiently(tally, F_RDLCK, PATIENCE_READ) == 0;
}

void
ward_tally_release(struct ward_tally *tally)
{
	(void)lock_byte(tally, F_UNLCK, 0, 1);
}

void
ward_tally_release_all(struct ward_tally *tally)
{
	(void)lock_byte(tally, F_UNLCK, 0, 0);
	tally->own = -1;
}

int
ward_tally_take(struct ward_tally *tally, size_t i, bool *ret_taken,
    struct ward_error *err)
{
	if (lock_byte(tally, F_WRLCK, byte_of(i), 1) == 0) {
		*ret_taken = true;
	} else if (errno == EAGAIN) {
		*ret_taken = false;
	} else {
		return ward_state_refuse(tally->path, errno, err);
	}
	return 0;
}

int
ward_tally_held(struct ward_tally *tally, size_t i, bool *ret_held,
    struct ward_error *err)
{
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = byte_of(i),
		.l_len = 1,
	};

	if (fcntl(tally->fd, F_OFD_GETLK, &lock) != 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	*ret_held = lock.l_type != F_UNLCK;
	return 0;
}
