/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_file.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "state/dirs.h"
#include "state/hash.h"

#define RECORD_SIZE sizeof(struct ward_record)
#define WHOLE_SIZE ((WARD_FAILURES_MAX + 1) * RECORD_SIZE)
/* Far beyond what any clock leaves time for. */
#define SERIAL_END ((uint64_t)1 << 62)

_Static_assert(RECORD_SIZE == 128, "size");
_Static_assert(sizeof(struct ward_head) == RECORD_SIZE, "size");
_Static_assert(offsetof(struct ward_tally, list) ==
	offsetof(struct ward_tally, head) + RECORD_SIZE,
    "order");

static off_t
place_of(size_t i)
{
	return (off_t)((i + 1) * RECORD_SIZE);
}

static uint32_t
checksum(const void *record)
{
	return ward_hash_words((const char *)record + sizeof(uint32_t),
	    RECORD_SIZE - sizeof(uint32_t));
}

static bool
is_zero(const void *record)
{
	static const unsigned char zero[RECORD_SIZE];

	return memcmp(record, zero, RECORD_SIZE) == 0;
}

/* The bytes from the first on, or -1 with errno. */
static ssize_t
read_all(int fd, char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = pread(fd, bytes + done, size - done, (off_t)done);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n < 0) {
			return -1;
		}
		if (n == 0) {
			break;
		}
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static ssize_t
write_once(int fd, const void *bytes, size_t size, off_t at)
{
	ssize_t n;

	do {
		n = pwrite(fd, bytes, size, at);
	} while (n < 0 && errno == EINTR);
	return n;
}

/* Zeros from `from` up to `size`. What came to be of it does no harm. */
static int
write_zeros(struct ward_tally *tally, size_t from, size_t size,
    struct ward_error *err)
{
	static const char zeros[WHOLE_SIZE];

	while (from < size) {
		ssize_t n = write_once(tally->fd, zeros, size - from,
		    (off_t)from);

		if (n <= 0) {
			return ward_state_refuse(tally->path,
			    n == 0 ? ENOSPC : errno, err);
		}
		from += (size_t)n;
	}
	return 0;
}

/* One call; of a record that did not fit in whole, the old one is put back. */
static int
write_record(struct ward_tally *tally, const void *record, const void *before,
    off_t at, struct ward_error *err)
{
	ssize_t n = write_once(tally->fd, record, RECORD_SIZE, at);

	if (n == (ssize_t)RECORD_SIZE) {
		return 0;
	}
	if (n < 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	(void)write_once(tally->fd, before, RECORD_SIZE, at);
	return ward_state_refuse(tally->path, ENOSPC, err);
}

int
ward_tally_put(struct ward_tally *tally, size_t i,
    const struct ward_record *record, struct ward_error *err)
{
	struct ward_record *at = &tally->list[i];
	struct ward_record new = *record;
	int r;

	new.check = new.kind == WARD_RECORD_FREE ? 0 : checksum(&new);
	r = write_record(tally, &new, at, place_of(i), err);
	if (r == 0) {
		*at = new;
	}
	return r;
}

int
ward_tally_put_head(struct ward_tally *tally, const struct ward_head *head,
    struct ward_error *err)
{
	struct ward_head new = *head;
	int r;

	new.kind = WARD_RECORD_HEAD;
	new.version = WARD_TALLY_VERSION;
	new.check = checksum(&new);
	r = write_record(tally, &new, &tally->head, 0, err);
	if (r == 0) {
		tally->head = new;
	}
	return r;
}

int
ward_head_check(struct ward_head *head, const char *path,
    struct ward_error *err)
{
	if (head->check != checksum(head) || head->kind != WARD_RECORD_HEAD) {
		*head = (struct ward_head){ .check = 0 };
		return 0;
	}
	if (head->version != WARD_TALLY_VERSION) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: written by another version of acctward", path);
	}
	if (head->cleared >= SERIAL_END) {
		*head = (struct ward_head){ .check = 0 };
	}
	return 0;
}

static bool
is_sound(const struct ward_record *record)
{
	return record->check == checksum(record) &&
	    record->kind >= WARD_RECORD_TESTING &&
	    record->kind <= WARD_RECORD_LOCKED && record->serial > 0 &&
	    record->serial < SERIAL_END;
}

/* The last moment at which it can have been written whole is not known: that
 * of the file's last change stands for it. */
static int
mark_torn(struct ward_tally *tally, struct ward_record *record,
    struct ward_error *err)
{
	struct stat st;

	if (fstat(tally->fd, &st) != 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	*record = (struct ward_record){ .kind = WARD_RECORD_TORN,
		.when.wall = (int64_t)st.st_mtim.tv_sec * 1000 +
		    st.st_mtim.tv_nsec / 1000000 };
	return 0;
}

static int
check_record(struct ward_tally *tally, size_t i, struct ward_error *err)
{
	struct ward_record *record = &tally->list[i];

	if (record->check == 0 && is_zero(record)) {
		return 0;
	}
	if (!is_sound(record)) {
		return mark_torn(tally, record, err);
	}
	record->service[sizeof(record->service) - 1] = '\0';
	record->from[sizeof(record->from) - 1] = '\0';
	return 0;
}

int
ward_tally_load(struct ward_tally *tally, struct ward_error *err)
{
	char *bytes = (char *)tally + offsetof(struct ward_tally, head);
	ssize_t got = read_all(tally->fd, bytes, WHOLE_SIZE);
	size_t size, cut;
	int r;

	if (got < 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	size = (size_t)got;
	cut = size % RECORD_SIZE;
	if (cut > 0 || size == 0) {
		memset(bytes + size, 0, RECORD_SIZE - cut);
	}
	tally->whole = size < RECORD_SIZE ? 0 : size / RECORD_SIZE - 1;
	tally->count = tally->whole + (size > RECORD_SIZE && cut > 0);
	tally->lost = !is_zero(&tally->head);
	r = ward_head_check(&tally->head, tally->path, err);
	tally->lost &= is_zero(&tally->head);
	for (size_t i = 0; i < tally->count && r == 0; i++) {
		r = check_record(tally, i, err);
	}
	return r;
}

int
ward_tally_grow(struct ward_tally *tally, struct ward_error *err)
{
	struct stat st;
	int r;

	if (fstat(tally->fd, &st) != 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	r = write_zeros(tally, (size_t)st.st_size, WHOLE_SIZE, err);
	if (r != 0) {
		return r;
	}
	memset(tally->list + tally->count, 0,
	    (WARD_FAILURES_MAX - tally->count) * RECORD_SIZE);
	tally->count = WARD_FAILURES_MAX;
	tally->whole = WARD_FAILURES_MAX;
	return 0;
}

int
ward_tally_sync(struct ward_tally *tally, struct ward_error *err)
{
	int r;

	do {
		r = fdatasync(tally->fd);
	} while (r != 0 && errno == EINTR);
	return r == 0 ? 0 : ward_state_refuse(tally->path, errno, err);
}

/* Its length says that the name is on disk: so the name comes first. */
static int
fill_held(struct ward_tally *tally, int dir, struct ward_error *err)
{
	struct stat st;
	int r;

	if (fstat(tally->fd, &st) != 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	if (st.st_size >= WARD_TALLY_FIRST) {
		return 0;
	}
	if (fchmod(tally->fd, 0600) != 0 || ward_state_sync(dir) != 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	r = write_zeros(tally, (size_t)st.st_size, WARD_TALLY_FIRST, err);
	return r == 0 ? ward_tally_sync(tally, err) : r;
}

int
ward_tally_fill(struct ward_tally *tally, int dir, struct ward_error *err)
{
	int r;

	r = ward_tally_hold(tally, err);
	if (r != 0) {
		return r;
	}
	r = fill_held(tally, dir, err);
	ward_tally_release(tally);
	return r;
}
