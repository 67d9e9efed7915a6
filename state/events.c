/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/dirs.h"
#include "state/event_text.h"

#include <errno.h>
#include <fcntl.h>
#include <libaudit.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_NAME "events.jsonl"
#define FILES_LEAST 256

const struct ward_event_kind ward_events[WARD_EVENT_COUNT] = {
#define EVENT(sym, name, rule_sym, type, also, good, words) \
	[WARD_EVENT_##sym] = { .id = name, \
		.rule = WARD_RULE_##rule_sym, \
		.audit = { type, also }, \
		.success = good, \
		.text = words },
#include "events.def"
#undef EVENT
};

static int
open_file(struct ward_state *state, const char *path, int *ret_fd,
    struct stat *ret_stat, struct ward_error *err)
{
	int dir, fd, r = ward_state_events(state, &dir, err);

	if (r != 0) {
		return r;
	}
	fd = openat(dir, FILE_NAME,
	    O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
		O_CLOEXEC,
	    0600);
	if (fd < 0) {
		return ward_state_refuse(path, errno, err);
	}
	r = fstat(fd, ret_stat) != 0 ||
		(ret_stat->st_size == 0 && ward_state_own(fd, 0600) != 0) ?
	    ward_state_refuse(path, errno, err) :
	    ward_state_trust(path, ret_stat, S_IFREG, err);
	if (r != 0) {
		(void)close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}

static bool
ends_in_line(int fd, off_t size)
{
	char last = '\0';

	return size == 0 || pread(fd, &last, 1, size - 1) != 1 || last == '\n';
}

/*
 * Did a write that failed leave the last line without its end? While another
 * process writes, the file may be seen to end anywhere: a change of mode waits
 * for the write that goes on, whatever the file system, and what is of the
 * same size afterwards was not being written to.
 */
static bool
is_torn(int fd, struct stat *st)
{
	off_t before = st->st_size;

	return !ends_in_line(fd, before) &&
	    fchmod(fd, st->st_mode & 07777) == 0 && fstat(fd, st) == 0 &&
	    st->st_size == before;
}

static int
append(int fd, const char *path, struct stat *st,
    const struct ward_event *event, struct ward_error *err)
{
	char line[1 + WARD_EVENT_LINE] = "\n";
	size_t size = ward_event_json(event, line + 1);
	const char *text = line + 1;
	ssize_t written;

	if (is_torn(fd, st)) {
		text = line;
		size++;
	}
	if (!ward_state_may_write((uint64_t)st->st_size + size)) {
		return ward_state_refuse(path, EFBIG, err);
	}
	do {
		written = write(fd, text, size);
	} while (written < 0 && errno == EINTR);
	if (written < 0) {
		return ward_state_refuse(path, errno, err);
	}
	return (size_t)written == size ?
	    0 :
	    ward_error_set(err, WARD_ERR_IO,
		"%s: only %zu of %zu bytes could be written", path,
		(size_t)written, size);
}

static int
write_line(struct ward_state *state, const struct ward_event *event,
    struct ward_error *err)
{
	char path[512];
	struct stat st;
	int fd = -1, r;

	(void)snprintf(path, sizeof(path), "%s" WARD_STATE_EVENTS "/" FILE_NAME,
	    ward_state_root(state));
	if (state->use != WARD_STATE_KEEP) {
		return ward_state_refuse(path, EBADF, err);
	}
	r = open_file(state, path, &fd, &st, err);
	if (r != 0) {
		return r;
	}
	r = append(fd, path, &st, event, err);
	(void)close(fd);
	return r;
}

/* Who runs a set-uid program may not keep out of the record what he does with
 * it, by limits of his own. */
static bool
lift(int resource, rlim_t least, struct rlimit *ret_before)
{
	struct rlimit limit;

	if (geteuid() != 0 || getrlimit(resource, ret_before) != 0 ||
	    ret_before->rlim_cur == RLIM_INFINITY ||
	    ret_before->rlim_cur >= least) {
		return false;
	}
	limit = *ret_before;
	limit.rlim_cur = least;
	if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < least) {
		limit.rlim_max = least;
	}
	return setrlimit(resource, &limit) == 0;
}

int
ward_event_write(struct ward_state *state, const struct ward_event *event,
    struct ward_error *err)
{
	struct rlimit size, files;
	const bool size_lifted = lift(RLIMIT_FSIZE, RLIM_INFINITY, &size);
	const bool files_lifted = lift(RLIMIT_NOFILE, FILES_LEAST, &files);
	int r = write_line(state, event, err);

	if (size_lifted) {
		(void)setrlimit(RLIMIT_FSIZE, &size);
	}
	if (files_lifted) {
		(void)setrlimit(RLIMIT_NOFILE, &files);
	}

	/* A host below another root has no kernel of its own to tell. */
	if (*ward_state_root(state) == '\0') {
		int audit = ward_event_audit(event, r == 0 ? err : NULL);

		r = r != 0 ? r : audit;
	}
	return r;
}
