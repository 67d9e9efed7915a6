/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/history_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/lock.h"
#include "state/scan.h"

#define HEAD "acctward history 1"
#define END "end"
#define PATIENCE 10000 /* milliseconds */
/* Names of accounts never begin with a '.' when they are encoded. */
#define LOCK_FILE ".lock"

/* More than the largest that is written. */
#define SIZE_MAX_FILE \
	((WARD_OLDER_MAX + 3) * (WARD_MOMENT_SIZE + WARD_OLDER_HASH_SIZE))

int
ward_history_new(const struct ward_state *state, const char *name,
    struct ward_history **ret_history, struct ward_error *err)
{
	struct ward_history *history = NULL;
	char file[WARD_NAME_SIZE];
	size_t room;

	if (ward_name_encode(name, file) != 0) {
		return ward_error_set(err, WARD_ERR_RANGE,
		    "a name that is empty, or too long for a file");
	}
	room = strlen(state->root) + sizeof(WARD_STATE_HISTORY "/") +
	    strlen(file);
	history = malloc(sizeof(*history) + room);
	if (history == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	/* The list has room for many more than there are. */
	history->count = 0;
	history->taken_over = false;
	history->strange = false;
	history->id = ward_fingerprint(file, strlen(file));
	memcpy(history->file, file, sizeof(file));
	(void)snprintf(history->path, room, "%s%s/%s", state->root,
	    WARD_STATE_HISTORY, file);
	*ret_history = history;
	return 0;
}

void
ward_history_free(struct ward_history *history)
{
	if (history != NULL) {
		explicit_bzero(history->list,
		    history->count * sizeof(*history->list));
		free(history);
	}
}

/* crypt(5): printable, with none of what other files are cut by. */
bool
ward_history_is_hash(const char *text)
{
	struct ward_password_fact fact;

	for (const char *c = text; *c != '\0'; c++) {
		if (*c <= ' ' || *c > '~' || *c == ':' || *c == '\\') {
			return false;
		}
	}
	if (strlen(text) >= WARD_OLDER_HASH_SIZE) {
		return false;
	}
	/* What is strange may be of another crypt(3), unless it is torn. */
	fact = ward_password_field(text);
	return fact.state == WARD_PASSWORD_USABLE &&
	    (!fact.strange || fact.scheme == WARD_HASH_UNKNOWN);
}

void
ward_history_push(struct ward_history *history, const char *when,
    const char *hash)
{
	size_t at = 0;

	while (
	    at < history->count && strcmp(history->list[at].hash, hash) != 0) {
		at++;
	}
	if (at == history->count) {
		if (at <= WARD_OLDER_MAX) {
			history->count++;
		} else {
			at--;
		}
	}
	memmove(history->list + 1, history->list, at * sizeof(*history->list));
	(void)snprintf(history->list[0].when, sizeof(history->list[0].when),
	    "%s", when);
	(void)snprintf(history->list[0].hash, sizeof(history->list[0].hash),
	    "%s", hash);
}

void
ward_history_cut(struct ward_history *history, size_t count)
{
	explicit_bzero(history->list + count,
	    (history->count - count) * sizeof(*history->list));
	history->count = count;
}

/* ---- reading -------------------------------------------------------------- */

/* No part of the line is shown: it may be of a hash. */
static int
refuse_line(const struct ward_history *history, uint32_t number,
    const char *wanted, struct ward_error *err)
{
	return ward_error_set(err, WARD_ERR_SYNTAX,
	    "%s:%u: torn, or not acctward's: here has to stand %s; put back "
	    "the file of a backup, or remove it to forget the older passwords",
	    history->path, (unsigned int)number, wanted);
}

static bool
is_when(const char *text)
{
	struct ward_moment moment;

	return strcmp(text, "-") == 0 ||
	    (strlen(text) < WARD_MOMENT_SIZE &&
		ward_moment_parse(text, 0, &moment) == 0);
}

/* "WHEN HASH"; the line is cut in two. */
static bool
take_line(struct ward_history *history, const struct ward_scan_line *line)
{
	struct ward_older *older = &history->list[history->count];
	char *blank = strchr(line->text, ' ');

	if (blank == NULL || history->count > WARD_OLDER_MAX) {
		return false;
	}
	*blank = '\0';
	if (!is_when(line->text) || !ward_history_is_hash(blank + 1)) {
		return false;
	}
	memcpy(older->when, line->text, strlen(line->text) + 1);
	memcpy(older->hash, blank + 1, strlen(blank + 1) + 1);
	history->count++;
	return true;
}

/* What the line should have been, or NULL: it is. */
static const char *
take(struct ward_history *history, const struct ward_scan_line *line,
    bool *ended)
{
	const bool whole = line->size == strlen(line->text);

	if (line->number == 1) {
		return whole && strcmp(line->text, HEAD) == 0 ? NULL :
								"\"" HEAD "\"";
	}
	if (*ended) {
		return N_("nothing more");
	}
	if (whole && strcmp(line->text, END) == 0) {
		*ended = true;
		return NULL;
	}
	return whole && take_line(history, line) ?
	    NULL :
	    N_("a moment and the hash of a password, or \"end\"");
}

static int
read_lines(struct ward_history *history, struct ward_scan *scan,
    struct ward_error *err)
{
	struct ward_scan_line line = { .number = 0 };
	const char *wanted = NULL;
	bool ended = false;
	int r;

	while ((r = ward_scan_next(scan, &line)) > 0) {
		wanted = take(history, &line, &ended);
		if (wanted != NULL) {
			return refuse_line(history, line.number,
			    ward_text(ward_error_language(err), wanted), err);
		}
	}
	if (r == WARD_ERR_NOMEM) {
		return ward_error_set(err, r, "no memory");
	}
	if (r != 0) {
		return ward_state_refuse(history->path, errno, err);
	}
	return ended ?
	    0 :
	    refuse_line(history, line.number + 1,
		line.number == 0 ? "\"" HEAD "\"" : "\"" END "\"", err);
}

static int
read_file(struct ward_history *history, int fd, struct ward_error *err)
{
	struct ward_scan scan;
	struct stat st;
	int r;

	if (fstat(fd, &st) != 0) {
		return ward_state_refuse(history->path, errno, err);
	}
	r = ward_state_trust(history->path, &st, S_IFREG, err);
	if (r != 0) {
		return r;
	}
	if (st.st_size > (off_t)SIZE_MAX_FILE) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: longer than %d bytes", history->path,
		    (int)SIZE_MAX_FILE);
	}
	if (ward_scan_begin(&scan, fd, 0, (size_t)st.st_size + 1) != 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	r = read_lines(history, &scan, err);
	ward_scan_end(&scan);
	return r;
}

int
ward_history_read(struct ward_history *history, int dir, struct ward_error *err)
{
	int fd, r;

	fd = ward_state_openat(dir, history->file,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
	if (fd < 0) {
		return ward_state_refuse(history->path, errno, err);
	}
	r = read_file(history, fd, err);
	(void)close(fd);
	return r;
}

/* ---- writing -------------------------------------------------------------- */

/*
 * The lock is a byte of a file that stays, since the account's own is replaced:
 * 0600, below a directory of root's, so that no user can take it. `path`: as it
 * is told of.
 */
static int
open_lock(int dir, const char *path, int *ret_fd, struct ward_error *err)
{
	const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
	    O_CLOEXEC;
	int fd, r = 0;
	struct stat st;

	fd = ward_state_openat(dir, LOCK_FILE, flags, 0);
	if (fd < 0 && errno == ENOENT) {
		fd = ward_state_openat(dir, LOCK_FILE, flags | O_CREAT, 0600);
		if (fd >= 0 && ward_state_own(fd, 0600) != 0) {
			r = -1;
		}
	}
	if (fd < 0 || r != 0 || fstat(fd, &st) != 0) {
		r = ward_state_refuse(path, errno, err);
	} else {
		r = ward_state_trust(path, &st, S_IFREG, err);
	}
	if (r == 0) {
		*ret_fd = fd;
	} else if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

int
ward_history_lock(const struct ward_history *history, int dir, int *ret_fd,
    struct ward_error *err)
{
	const size_t before = strlen(history->path) - strlen(history->file);
	char *path = NULL;
	int fd = -1, r;

	if (asprintf(&path, "%.*s" LOCK_FILE, (int)before, history->path) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	r = open_lock(dir, path, &fd, err);
	free(path);
	if (r != 0) {
		return r;
	}
	if (ward_lock_patiently(fd, F_WRLCK, (off_t)(history->id >> 2),
		PATIENCE) != 0) {
		r = errno == EAGAIN ?
		    ward_error_set(err, WARD_ERR_IO,
			"%s: another process keeps it locked", history->path) :
		    ward_state_refuse(history->path, errno, err);
		(void)close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}

/* The whole file; free() it, wiped. */
static char *
text_of(const struct ward_history *history, size_t *ret_size)
{
	const size_t room = SIZE_MAX_FILE;
	char *text = malloc(room);
	size_t size;

	if (text == NULL) {
		return NULL;
	}
	size = (size_t)snprintf(text, room, "%s\n", HEAD);
	for (size_t i = 0; i < history->count; i++) {
		size += (size_t)snprintf(text + size, room - size, "%s %s\n",
		    history->list[i].when, history->list[i].hash);
	}
	size += (size_t)snprintf(text + size, room - size, "%s\n", END);
	*ret_size = size;
	return text;
}

/* 0, or -1 with errno. */
static int
write_whole(int fd, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, text, size);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			errno = n == 0 ? ENOSPC : errno;
			return -1;
		}
		text += n;
		size -= (size_t)n;
	}
	return ward_state_sync(fd);
}

/* 0, or -1 with errno. */
static int
put_draft(int dir, const char *draft, const char *text, size_t size)
{
	int fd, r, why;

	/* Left by who was killed; it had the lock that is now ours. */
	if (unlinkat(dir, draft, 0) != 0 && errno != ENOENT) {
		return -1;
	}
	fd = ward_state_openat(dir, draft,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0) {
		return -1;
	}
	r = ward_state_own(fd, 0600) == 0 ? write_whole(fd, text, size) : -1;
	why = errno;
	(void)close(fd);
	errno = why;
	return r;
}

int
ward_history_write(const struct ward_history *history, int dir, bool durable,
    struct ward_error *err)
{
	char draft[32], *text;
	size_t size = 0;
	int r, why;

	text = text_of(history, &size);
	if (text == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	(void)snprintf(draft, sizeof(draft), ".%016llx.new",
	    (unsigned long long)history->id);
	if (!ward_state_may_write(size)) {
		errno = EFBIG;
		r = -1;
	} else {
		r = put_draft(dir, draft, text, size);
	}
	explicit_bzero(text, size);
	free(text);
	if (r != 0 || renameat(dir, draft, dir, history->file) != 0) {
		why = errno;
		(void)unlinkat(dir, draft, 0);
		return ward_state_refuse(history->path, why, err);
	}
	return !durable || ward_state_sync(dir) == 0 ?
	    0 :
	    ward_state_refuse(history->path, errno, err);
}
