/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/dirs.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define OPEN_DIR (O_RDONLY | O_DIRECTORY | O_CLOEXEC)

/* "/var/lib", "/var/log": what lies above ours, and is the system's. */
#define SYSTEM_SIZE (sizeof("/var/lib") - 1)

int
ward_state_refuse(const char *path, int why, struct ward_error *err)
{
	int code = WARD_ERR_IO;

	if (why == ENOENT) {
		code = WARD_ERR_MISSING;
	} else if ((why == EACCES || why == EPERM) && geteuid() != 0) {
		code = WARD_ERR_DENIED;
	}
	switch (why) {
	case ELOOP:
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: a symbolic link; the file itself must lie there",
		    path);
	case ENOTDIR: /* also a link, where a directory was to be opened */
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: not a directory", path);
	case EISDIR:
	case ENXIO:
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: not a regular file", path);
	default:
		return ward_error_set(err, code, "%s: %s", path, strerror(why));
	}
}

int
ward_state_trust(const char *path, const struct stat *st, mode_t kind,
    struct ward_error *err)
{
	if ((st->st_mode & S_IFMT) != kind) {
		return ward_state_refuse(path,
		    kind == S_IFDIR ? ENOTDIR : EISDIR, err);
	}
	if (st->st_uid != 0 && st->st_uid != geteuid()) {
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: owned by uid %u; it must belong to root", path,
		    (unsigned int)st->st_uid);
	}
	if ((st->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: mode %04o lets others write it; chmod go-w", path,
		    (unsigned int)st->st_mode & 07777);
	}
	return 0;
}

int
ward_state_sync(int dir)
{
	int r;

	do {
		r = fsync(dir);
	} while (r != 0 && errno == EINTR);
	/* EINVAL: a file system without fsync(2) of directories. */
	return r != 0 && errno != EINVAL ? -1 : 0;
}

/* Make the directory, unless somebody else just has, and have its name on
 * disk: what lies in it is to survive with it. */
static int
make_dir(int above, const char *name, mode_t mode)
{
	if (mkdirat(above, name, mode) != 0) {
		return errno == EEXIST ? 0 : -1;
	}
	/* The caller's umask is not ours to change. */
	if (fchmodat(above, name, mode, 0) != 0 ||
	    (geteuid() == 0 &&
		fchownat(above, name, 0, 0, AT_SYMLINK_NOFOLLOW) != 0)) {
		return -1;
	}
	return ward_state_sync(above);
}

int
ward_state_openat(int dir, const char *name, int flags, mode_t mode)
{
	int fd;

	do {
		fd = openat(dir, name, flags, mode);
	} while (fd < 0 && errno == EINTR);
	return fd;
}

static int
open_dir(const struct ward_state *state, int above, const char *name, bool ours)
{
	int fd = ward_state_openat(above, name, OPEN_DIR | O_NOFOLLOW, 0);

	if (fd >= 0 || errno != ENOENT || state->use != WARD_STATE_KEEP) {
		return fd;
	}
	if (make_dir(above, name, ours ? 0700 : 0755) != 0) {
		return -1;
	}
	return ward_state_openat(above, name, OPEN_DIR | O_NOFOLLOW, 0);
}

static int
check_dir(int fd, const char *path, struct ward_error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		return ward_state_refuse(path, errno, err);
	}
	return ward_state_trust(path, &st, S_IFDIR, err);
}

/*
 * Open the directory `path` below the root, name by name from `at`, which is
 * what the first `done` bytes of it name. `at` stays open.
 */
static int
walk(const struct ward_state *state, int at, const char *path, size_t done,
    int *ret_fd, struct ward_error *err)
{
	int fd = at, r = 0;

	while (path[done] == '/' && r == 0) {
		size_t size = strcspn(path + done + 1, "/");
		char name[NAME_MAX + 1], whole[PATH_MAX];
		bool ours = done >= SYSTEM_SIZE;
		int next;

		(void)snprintf(name, sizeof(name), "%.*s", (int)size,
		    path + done + 1);
		done += 1 + size;
		(void)snprintf(whole, sizeof(whole), "%s%.*s", state->root,
		    (int)done, path);
		next = open_dir(state, fd, name, ours);
		if (next < 0) {
			r = ward_state_refuse(whole, errno, err);
		} else if (ours) {
			r = check_dir(next, whole, err);
		}
		if (fd != at) {
			(void)close(fd);
		}
		fd = next;
	}
	if (r == 0) {
		*ret_fd = fd;
	} else if (fd >= 0 && fd != at) {
		(void)close(fd);
	}
	return r;
}

/* The same from the root. The running host may have put /var elsewhere by a
 * link; below another root a link could lead out of it. */
static int
walk_root(const struct ward_state *state, const char *path, int *ret_fd,
    struct ward_error *err)
{
	char system[SYSTEM_SIZE + 1];
	bool running = state->root[0] == '\0';
	const char *start = running ? system : state->root;
	int at, r;

	(void)snprintf(system, sizeof(system), "%s", path);
	at = ward_state_openat(AT_FDCWD, start, OPEN_DIR, 0);
	if (at < 0) {
		return ward_state_refuse(start, errno, err);
	}
	r = walk(state, at, path, running ? SYSTEM_SIZE : 0, ret_fd, err);
	(void)close(at);
	return r;
}

/* Is that it could not be opened no error to whom only peeks? The root itself
 * has to be there. */
static bool
may_lack(struct ward_state *state, int r)
{
	if (state->use != WARD_STATE_PEEK ||
	    (r != WARD_ERR_MISSING && r != WARD_ERR_DENIED)) {
		return false;
	}
	state->shut = r == WARD_ERR_DENIED;
	return state->root[0] == '\0' || access(state->root, F_OK) == 0;
}

static int
open_all(struct ward_state *state, struct ward_error *err)
{
	int r;

	r = walk_root(state, WARD_STATE_BASE, &state->base, err);
	if (r != 0) {
		return may_lack(state, r) ? 0 : r;
	}
	r = walk(state, state->base, WARD_STATE_ACCOUNTS,
	    sizeof(WARD_STATE_BASE) - 1, &state->accounts, err);
	return (r == WARD_ERR_MISSING && state->use == WARD_STATE_LOOK) ||
		may_lack(state, r) ?
	    0 :
	    r;
}

int
ward_state_open(const char *root, enum ward_state_use use,
    struct ward_state **ret_state, struct ward_error *err)
{
	struct ward_state *state = malloc(sizeof(*state));
	int r;

	if (state == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	*state = (struct ward_state){ .use = use,
		.base = -1,
		.accounts = -1,
		.history = -1,
		.events = -1,
		.root = strdup(
		    root == NULL || strcmp(root, "/") == 0 ? "" : root) };
	r = state->root == NULL ?
	    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
	    open_all(state, err);
	if (r != 0) {
		ward_state_close(state);
		return r;
	}
	*ret_state = state;
	return 0;
}

void
ward_state_close(struct ward_state *state)
{
	if (state == NULL) {
		return;
	}
	if (state->base >= 0) {
		(void)close(state->base);
	}
	if (state->accounts >= 0) {
		(void)close(state->accounts);
	}
	if (state->history >= 0) {
		(void)close(state->history);
	}
	if (state->events >= 0) {
		(void)close(state->events);
	}
	free(state->root);
	free(state);
}

const char *
ward_state_root(const struct ward_state *state)
{
	return state->root;
}

int
ward_state_events(struct ward_state *state, int *ret_fd, struct ward_error *err)
{
	int r;

	if (state->events < 0) {
		r = walk_root(state, WARD_STATE_EVENTS, &state->events, err);
		if (r != 0) {
			return r;
		}
	}
	*ret_fd = state->events;
	return 0;
}

int
ward_state_history(struct ward_state *state, int *ret_fd,
    struct ward_error *err)
{
	if (state->history < 0 && state->base < 0) {
		return ward_state_refuse(WARD_STATE_HISTORY,
		    state->shut ? EACCES : ENOENT, err);
	}
	if (state->history < 0) {
		int r = walk(state, state->base, WARD_STATE_HISTORY,
		    sizeof(WARD_STATE_BASE) - 1, &state->history, err);

		if (r != 0) {
			return r;
		}
	}
	*ret_fd = state->history;
	return 0;
}

int
ward_state_own(int fd, mode_t mode)
{
	if (geteuid() == 0 && fchown(fd, 0, 0) != 0) {
		return -1;
	}
	return fchmod(fd, mode);
}

bool
ward_state_may_write(uint64_t size)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
	    (limit.rlim_cur == RLIM_INFINITY || size <= limit.rlim_cur);
}
