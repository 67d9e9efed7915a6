/* SPDX-License-Identifier: BSD-2-Clause */
/* How the files were from which something was worked out. */
#include "state/kept.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ORIGINS_MAX 4096
#define SECOND 1000000000

/*
 * Within so many nanoseconds of its last change, a file may change again
 * without another time: the clock that stamps files goes by ticks, on some file
 * systems by seconds.
 */
#define UNSURE ((int64_t)2 * SECOND)

/* The time of the last change can't be set, as that of the contents can. */
struct stamp {
	uint64_t there, device, inode, size;
	int64_t contents, change;
};

static int64_t
nanoseconds(struct timespec time)
{
	return (
	    int64_t)((uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec);
}

int64_t
ward_origins_now(void)
{
	struct timespec now = { .tv_sec = 0 };

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(now);
}

/* False: it can't be told. */
static bool
look(const char *path, struct stamp *ret_stamp)
{
	struct stat st;

	if (stat(path, &st) == 0) {
		*ret_stamp = (struct stamp){ .there = 1,
			.device = st.st_dev,
			.inode = st.st_ino,
			.size = (uint64_t)st.st_size,
			.contents = nanoseconds(st.st_mtim),
			.change = nanoseconds(st.st_ctim) };
		return true;
	}
	*ret_stamp = (struct stamp){ .there = 0 };
	return errno == ENOENT || errno == ENOTDIR;
}

static bool
is_settled(const struct stamp *stamp, int64_t now)
{
	int64_t age = (int64_t)((uint64_t)now - (uint64_t)stamp->change);

	/* One far ahead is of another clock, and will not come again soon. */
	return stamp->there == 0 || age >= UNSURE || age <= -UNSURE;
}

void
ward_origins_add(struct ward_origins *origins, const char *path)
{
	struct stamp stamp;

	if (!look(path, &stamp) || !is_settled(&stamp, origins->now) ||
	    origins->count == ORIGINS_MAX) {
		origins->unsure = true;
		return;
	}
	ward_pack_text(&origins->pack, path);
	ward_pack_bytes(&origins->pack, &stamp, sizeof(stamp));
	origins->count++;
}

void
ward_pack_origins(struct ward_pack *pack, const struct ward_origins *origins)
{
	ward_pack_number(pack, origins->count);
	ward_pack_bytes(pack, origins->pack.bytes, origins->pack.size);
	pack->failed = pack->failed || origins->pack.failed;
}

bool
ward_unpack_origins(struct ward_unpack *in)
{
	uint64_t count = ward_unpack_number(in);
	struct ward_unpack list = { .torn = false };
	bool same = true;

	list.at = ward_unpack_bytes(in, &list.left);
	in->torn = in->torn || count > ORIGINS_MAX;
	for (uint64_t i = 0; i < count && same && !in->torn; i++) {
		const char *path = ward_unpack_text(&list);
		size_t size;
		const void *then = ward_unpack_bytes(&list, &size);
		struct stamp now;

		same = path != NULL && size == sizeof(now) &&
		    look(path, &now) && memcmp(&now, then, size) == 0;
	}
	return same && !in->torn && !list.torn;
}
