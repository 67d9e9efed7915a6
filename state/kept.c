/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Both of one line, for whoever looks at the file. */
static const char magic[24] = "acctward kept 1\n" WARD_VERSION;

struct head {
	char magic[24];
	uint64_t size, sum; /* of what follows */
};

/* ---- reading -------------------------------------------------------------- */

/* Tells a torn file, and no forged one: none but root's is read. `size` is a
 * multiple of 8. */
static uint64_t
sum_of(const char *bytes, size_t size)
{
	uint64_t sum = 14695981039346656037u, word;

	for (size_t i = 0; i < size; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
		sum ^= sum >> 29;
	}
	return sum;
}

static bool
read_whole(int fd, char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, bytes + done, size - done);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return false;
		}
		done += (size_t)n;
	}
	return true;
}

static bool
is_whole(const char *bytes, size_t size)
{
	struct head head;

	memcpy(&head, bytes, sizeof(head));
	return memcmp(head.magic, magic, sizeof(magic)) == 0 &&
	    head.size == size - sizeof(head) && head.size % 8 == 0 &&
	    head.sum == sum_of(bytes + sizeof(head), size - sizeof(head));
}

char *
ward_kept_read(struct ward_state *state, const char *name,
    struct ward_unpack *ret_in)
{
	int fd = openat(state->base, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	char *bytes = NULL;
	struct stat st;
	size_t size;

	if (fd < 0) {
		return NULL;
	}
	if (fstat(fd, &st) != 0 ||
	    ward_state_trust(name, &st, S_IFREG, NULL) != 0 ||
	    st.st_size < (off_t)sizeof(struct head) ||
	    st.st_size > (off_t)WARD_KEPT_MAX) {
		goto out;
	}
	size = (size_t)st.st_size;
	bytes = malloc(size);
	if (bytes != NULL &&
	    (!read_whole(fd, bytes, size) || !is_whole(bytes, size))) {
		free(bytes);
		bytes = NULL;
	}
	if (bytes != NULL) {
		*ret_in = (struct ward_unpack){ .at = bytes +
			    sizeof(struct head),
			.left = size - sizeof(struct head) };
	}
out:
	(void)close(fd);
	return bytes;
}

/* ---- writing -------------------------------------------------------------- */

static bool
write_whole(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			errno = n == 0 ? ENOSPC : errno;
			return false;
		}
		at += n;
		size -= (size_t)n;
	}
	return true;
}

/*
 * Is the draft ours alone? It has one name for everybody, so that whoever is
 * killed leaves no more than one behind. Who has it locked writes it; who comes
 * by the lock when it has been put in place has the file that is in force.
 */
static bool
is_draft(int dir, const char *draft, int fd)
{
	struct stat st, there;

	if (flock(fd, LOCK_EX | LOCK_NB) != 0 || fstat(fd, &st) != 0 ||
	    fstatat(dir, draft, &there, AT_SYMLINK_NOFOLLOW) != 0) {
		return false;
	}
	errno = EWOULDBLOCK;
	return there.st_dev == st.st_dev && there.st_ino == st.st_ino;
}

static int
open_draft(int dir, const char *draft)
{
	struct stat st;

	/* In our directory only an accident puts anything else there. */
	if (fstatat(dir, draft, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    (ward_state_trust(draft, &st, S_IFREG, NULL) != 0 ||
		st.st_nlink != 1)) {
		(void)unlinkat(dir, draft, 0);
	}
	return ward_state_openat(dir, draft,
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
	    0600);
}

int
ward_kept_put(struct ward_state *state, const char *name,
    const struct ward_kept_part *parts, size_t count)
{
	char draft[NAME_MAX + 1];
	bool whole;
	int fd, saved;

	(void)snprintf(draft, sizeof(draft), "%s.new", name);
	fd = open_draft(state->base, draft);
	if (fd < 0) {
		return -1;
	}
	whole = is_draft(state->base, draft, fd) && fchmod(fd, 0600) == 0 &&
	    ftruncate(fd, 0) == 0;
	for (size_t i = 0; i < count && whole; i++) {
		whole = write_whole(fd, parts[i].bytes, parts[i].size);
	}
	whole = whole && ward_state_sync(fd) == 0 &&
	    renameat(state->base, draft, state->base, name) == 0;
	saved = errno;
	(void)close(fd);
	errno = saved;
	return whole ? 0 : -1;
}

void
ward_kept_write(struct ward_state *state, const char *name,
    const struct ward_pack *pack)
{
	struct head head = { .size = pack->size };
	const struct ward_kept_part parts[] = { { &head, sizeof(head) },
		{ pack->bytes, pack->size } };

	if (state->use != WARD_STATE_KEEP || pack->failed ||
	    pack->size > WARD_KEPT_MAX - sizeof(head) ||
	    !ward_state_may_write(sizeof(head) + pack->size)) {
		return;
	}
	memcpy(head.magic, magic, sizeof(magic));
	head.sum = sum_of(pack->bytes, pack->size);
	(void)ward_kept_put(state, name, parts, 2);
}
