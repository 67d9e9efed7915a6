/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/privileges.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/kept.h"
#include "state/lock.h"
#include "state/name.h"

#define LOCK_FILE WARD_PRIVILEGES ".lock"
#define PATIENCE 10000 /* milliseconds */

struct row {
	char *name; /* as in the file */
	unsigned int ways;
};

struct rows {
	struct row *list;
	size_t count, room;
};

static int
add(struct rows *rows, const char *name, unsigned int ways)
{
	if (rows->count == rows->room) {
		size_t room = rows->room * 2 + 64;
		struct row *list = reallocarray(rows->list, room,
		    sizeof(*list));

		if (list == NULL) {
			return WARD_ERR_NOMEM;
		}
		rows->list = list;
		rows->room = room;
	}
	rows->list[rows->count] = (struct row){ strdup(name), ways };
	return rows->list[rows->count].name == NULL ? WARD_ERR_NOMEM :
						      (rows->count++, 0);
}

static void
free_rows(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		free(rows->list[i].name);
	}
	free(rows->list);
}

/* What is longer gets no further than the door anyhow. */
static int
add_new(struct rows *rows, const struct ward_privilege *list, size_t count)
{
	char name[WARD_NAME_SIZE];
	int r = 0;

	for (size_t i = 0; i < count && r == 0; i++) {
		if (list[i].ways != 0 &&
		    ward_name_encode(list[i].name, name) == 0) {
			r = add(rows, name, list[i].ways);
		}
	}
	return r;
}

/* Each line of the file, which is to be as it was written. */
static int
add_lines(struct rows *rows, const char *text, size_t size, const char *path,
    struct ward_error *err)
{
	while (size > 0) {
		const char *end = memchr(text, '\n', size);
		const size_t length = end == NULL ? 0 : (size_t)(end - text);
		struct ward_privileges_line line;

		if (end == NULL || !ward_privileges_read(text, length, &line)) {
			return ward_privileges_damaged(path, err);
		}
		if (add(rows, line.name, line.ways) != 0) {
			return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
		}
		text += length + 1;
		size -= length + 1;
	}
	return 0;
}

static int
add_bytes(struct rows *rows, int fd, size_t size, const char *path,
    struct ward_error *err)
{
	char head[WARD_PRIVILEGES_HEAD + 1];
	char *bytes = malloc(size);
	size_t done = 0;
	ssize_t n = 1;
	int r;

	if (bytes == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	while (done < size && n != 0) {
		n = pread(fd, bytes + done, size - done, (off_t)done);
		if (n < 0 && errno != EINTR) {
			r = ward_state_refuse(path, errno, err);
			free(bytes);
			return r;
		}
		done += n < 0 ? 0 : (size_t)n;
	}
	ward_privileges_head(size - WARD_PRIVILEGES_HEAD, head);
	r = done < size || memcmp(bytes, head, WARD_PRIVILEGES_HEAD) != 0 ?
	    ward_privileges_damaged(path, err) :
	    add_lines(rows, bytes + WARD_PRIVILEGES_HEAD,
		size - WARD_PRIVILEGES_HEAD, path, err);
	free(bytes);
	return r;
}

static int
add_kept(struct ward_state *state, struct rows *rows, const char *path,
    struct ward_error *err)
{
	uint64_t size;
	int fd, r;

	r = ward_privileges_open(state, &fd, &size, err);
	if (r != 0) {
		return r == WARD_ERR_MISSING ? 0 : r;
	}
	r = size < WARD_PRIVILEGES_HEAD || size > WARD_PRIVILEGES_MAX ?
	    ward_privileges_damaged(path, err) :
	    add_bytes(rows, fd, (size_t)size, path, err);
	(void)close(fd);
	return r;
}

static int
by_name(const void *a, const void *b)
{
	const struct row *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static void
merge(struct rows *rows)
{
	size_t kept = 0;

	if (rows->count > 0) {
		qsort(rows->list, rows->count, sizeof(*rows->list), by_name);
	}
	for (size_t i = 0; i < rows->count; i++) {
		struct row *last = kept == 0 ? NULL : &rows->list[kept - 1];

		if (last != NULL &&
		    strcmp(last->name, rows->list[i].name) == 0) {
			last->ways |= rows->list[i].ways;
			free(rows->list[i].name);
		} else {
			rows->list[kept++] = rows->list[i];
		}
	}
	rows->count = kept;
}

static int
write_rows(const struct rows *rows, char **ret_text, size_t *ret_size)
{
	char ways[WARD_WAYS_SIZE];
	FILE *stream = open_memstream(ret_text, ret_size);
	bool failed = false;

	if (stream == NULL) {
		return WARD_ERR_NOMEM;
	}
	for (size_t i = 0; i < rows->count && !failed; i++) {
		ward_privileges_ways(rows->list[i].ways, ways);
		failed = fprintf(stream, "%s %s\n", rows->list[i].name, ways) <
		    0;
	}
	failed |= fclose(stream) != 0;
	return failed ? WARD_ERR_NOMEM : 0;
}

static int
put(struct ward_state *state, const struct rows *rows, const char *path,
    struct ward_error *err)
{
	char head[WARD_PRIVILEGES_HEAD + 1];
	char *text = NULL;
	size_t size = 0;
	int r = write_rows(rows, &text, &size);

	if (r != 0) {
		free(text);
		return ward_error_set(err, r, "no memory");
	}
	ward_privileges_head(size, head);
	if (size > WARD_PRIVILEGES_MAX - WARD_PRIVILEGES_HEAD ||
	    !ward_state_may_write(size + WARD_PRIVILEGES_HEAD)) {
		r = ward_state_refuse(path, EFBIG, err);
	} else {
		const struct ward_kept_part parts[] = {
			{ head, WARD_PRIVILEGES_HEAD }, { text, size }
		};

		r = ward_kept_put(state, WARD_PRIVILEGES, parts, 2) == 0 &&
			ward_state_sync(state->base) == 0 ?
		    0 :
		    ward_state_refuse(path, errno, err);
	}
	free(text);
	return r;
}

/* A file that stays, as the list itself is replaced: of two who keep at once
 * each adds to what the other has kept. */
static int
lock(const struct ward_state *state, int *ret_fd, struct ward_error *err)
{
	const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY | O_CLOEXEC;
	char path[PATH_MAX];
	struct stat st;
	int fd, r;

	(void)snprintf(path, sizeof(path), "%s%s/%s", state->root,
	    WARD_STATE_BASE, LOCK_FILE);
	fd = ward_state_openat(state->base, LOCK_FILE, flags, 0600);
	if (fd < 0) {
		return ward_state_refuse(path, errno, err);
	}
	r = fstat(fd, &st) == 0 ? ward_state_trust(path, &st, S_IFREG, err) :
				  ward_state_refuse(path, errno, err);
	if (r == 0 && ward_lock_patiently(fd, F_WRLCK, 0, PATIENCE) != 0) {
		r = errno == EAGAIN ?
		    ward_error_set(err, WARD_ERR_IO,
			"%s: another process keeps it locked", path) :
		    ward_state_refuse(path, errno, err);
	}
	if (r != 0) {
		(void)close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}

int
ward_privileges_keep(struct ward_state *state,
    const struct ward_privilege *list, size_t count, bool adds,
    struct ward_error *err)
{
	struct rows rows = { .list = NULL };
	char path[PATH_MAX];
	int fd = -1, r;

	(void)snprintf(path, sizeof(path), "%s%s", state->root,
	    WARD_PRIVILEGES_FILE);
	r = add_new(&rows, list, count);
	if (r != 0) {
		(void)ward_error_set(err, r, "no memory");
	} else {
		r = lock(state, &fd, err);
	}
	if (r == 0 && adds) {
		r = add_kept(state, &rows, path, err);
	}
	if (r == 0) {
		merge(&rows);
		r = put(state, &rows, path, err);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	free_rows(&rows);
	return r;
}

int
ward_privileges_each(struct ward_state *state,
    int (*visit)(void *arg, const char *name, unsigned int ways), void *arg,
    struct ward_error *err)
{
	struct rows rows = { .list = NULL };
	char path[PATH_MAX], name[WARD_NAME_SIZE];
	int r;

	(void)snprintf(path, sizeof(path), "%s%s", state->root,
	    WARD_PRIVILEGES_FILE);
	r = add_kept(state, &rows, path, err);
	for (size_t i = 0; i < rows.count && r == 0; i++) {
		/* Each was decoded when its line was read. */
		(void)ward_name_decode(rows.list[i].name, name);
		r = visit(arg, name, rows.list[i].ways);
	}
	free_rows(&rows);
	return r;
}
