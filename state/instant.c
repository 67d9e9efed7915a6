/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

/* An attempt may have waited for its turn that long after it looked at the
 * clock: what another one wrote meanwhile does not lie ahead. */
#define SLACK 10000

static int
read_clock(clockid_t clock, int64_t *ret_ms, struct ward_error *err)
{
	struct timespec t;

	if (clock_gettime(clock, &t) != 0) {
		return ward_error_set(err, WARD_ERR_IO, "the clock: %s",
		    strerror(errno));
	}
	*ret_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	return 0;
}

/* 0 where there is no /proc. */
static uint64_t
read_boot(void)
{
	int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);
	char id[64];
	ssize_t size;

	if (fd < 0) {
		return 0;
	}
	do {
		size = read(fd, id, sizeof(id));
	} while (size < 0 && errno == EINTR);
	(void)close(fd);
	return size <= 0 ? 0 : ward_fingerprint(id, (size_t)size);
}

int
ward_instant_again(struct ward_instant *instant, struct ward_error *err)
{
	struct ward_instant now = { .boot = instant->boot };
	int r;

	r = read_clock(CLOCK_REALTIME, &now.wall, err);
	if (r == 0) {
		r = read_clock(CLOCK_BOOTTIME, &now.up, err);
	}
	if (r == 0) {
		*instant = now;
	}
	return r;
}

int
ward_instant_now(struct ward_instant *ret_now, struct ward_error *err)
{
	struct ward_instant now = { .boot = read_boot() };
	int r = ward_instant_again(&now, err);

	if (r == 0) {
		*ret_now = now;
	}
	return r;
}

/* By the clock that can be compared. */
static void
choose(const struct ward_instant *then, const struct ward_instant *now,
    int64_t *ret_then, int64_t *ret_now)
{
	bool same = then->boot != 0 && then->boot == now->boot;

	*ret_then = same ? then->up : then->wall;
	*ret_now = same ? now->up : now->wall;
}

int64_t
ward_instant_age(const struct ward_instant *then,
    const struct ward_instant *now)
{
	int64_t from, to;
	uint64_t age;

	choose(then, now, &from, &to);
	if (from >= to) {
		return 0;
	}
	age = (uint64_t)to - (uint64_t)from;
	return age > INT64_MAX ? INT64_MAX : (int64_t)age;
}

bool
ward_instant_ahead(const struct ward_instant *then,
    const struct ward_instant *now)
{
	int64_t from, to;

	choose(then, now, &from, &to);
	return from > to && (uint64_t)from - (uint64_t)to > SLACK;
}
