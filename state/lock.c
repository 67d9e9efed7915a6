/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <time.h>

#define PAUSE_MIN 20000 /* nanoseconds */
/* A thousand that come back sooner would leave its holder no time to run. */
#define PAUSE_MAX 50000000

int
ward_lock_bytes(int fd, short kind, off_t at, off_t size)
{
	struct flock lock = {
		.l_type = kind,
		.l_whence = SEEK_SET,
		.l_start = at,
		.l_len = size,
	};
	int r;

	do {
		r = fcntl(fd, F_OFD_SETLK, &lock);
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
pause_between(long longest, int64_t now)
{
	/* A thread's own. */
	uint64_t mixed = ((uint64_t)now ^ (uint64_t)(uintptr_t)&now) *
	    0x9e3779b97f4a7c15u;
	long size = longest / 2 + (long)((mixed >> 40) % (uint64_t)longest);
	struct timespec t = { .tv_nsec = size };

	(void)nanosleep(&t, NULL);
}

/*
 * Not F_OFD_SETLKW: people may stop a process of theirs that has root's rights
 * (su) while it holds the lock, and whoever waits has no signal of its own to
 * be woken by.
 */
int
ward_lock_patiently(int fd, short kind, off_t at, int patience)
{
	int64_t start = 0, now = 0;
	long pause = PAUSE_MIN;

	while (ward_lock_bytes(fd, kind, at, 1) != 0) {
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
		pause_between(pause, now);
		pause = pause * 2 > PAUSE_MAX ? PAUSE_MAX : pause * 2;
	}
	return 0;
}
