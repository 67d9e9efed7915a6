/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "collect/collect.h"

#define MAX_LINKS 40  /* as the kernel's */
#define MAX_DEPTH 128 /* directories below the root: one descriptor each */

struct ward_root {
	int fd;
	bool running;
	uid_t owner;
	struct missing *missing;
};

/* What was not there the last time. */
struct missing {
	char path[PATH_MAX];
	bool open; /* everybody may make it */
};

/*
 * A walk from the root: the directories that lead to where it stands, and
 * what is still to be walked. Where it stands may be any kind of file. A
 * stack of descriptors, as the ".." of a directory that is moved while we
 * walk could lead out of the root.
 */
struct walk {
	int fds[MAX_DEPTH + 1]; /* the first is the root's, not ours */
	size_t depth;
	mode_t mode; /* of where it stands */
	char rest[PATH_MAX];
	char name[NAME_MAX + 1]; /* the last one taken */
	unsigned int links;
	bool stay;    /* at a link that is the last name, do not follow it */
	bool skipped; /* not walked: it leads through what was missing before */
};

int
ward_root_new(const char *path, struct ward_root **ret_root,
    struct ward_error *err)
{
	struct ward_root *root = NULL;
	struct stat st, own;
	int fd;

	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0) {
			(void)close(fd);
		}
		return ward_error_set(err,
		    errno == ENOENT ? WARD_ERR_MISSING : WARD_ERR_IO, "%s: %s",
		    path, strerror(errno));
	}
	root = calloc(1, sizeof(*root));
	if (root == NULL) {
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_NOMEM, "out of memory");
	}
	root->missing = calloc(1, sizeof(*root->missing));
	if (root->missing == NULL) {
		free(root);
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_NOMEM, "out of memory");
	}
	root->fd = fd;
	/* What somebody unpacked without being root is theirs throughout;
	 * anybody else's is no reason to take their files for root's. */
	root->owner = st.st_uid == geteuid() ? st.st_uid : 0;
	root->running = stat("/", &own) == 0 && own.st_dev == st.st_dev &&
	    own.st_ino == st.st_ino;
	*ret_root = root;
	return 0;
}

void
ward_root_free(struct ward_root *root)
{
	if (root != NULL) {
		(void)close(root->fd);
		free(root->missing);
		free(root);
	}
}

bool
ward_root_is_running(const struct ward_root *root)
{
	return root->running;
}

uid_t
ward_root_owner(const struct ward_root *root)
{
	return root->owner;
}

static void
walk_up(struct walk *w, size_t depth)
{
	int saved = errno;

	while (w->depth > depth) {
		(void)close(w->fds[w->depth--]);
	}
	errno = saved;
}

/* Take the next name off the path: 1, 0 at its end, or -1 with errno. */
static int
take_name(struct walk *w)
{
	const char *start = w->rest + strspn(w->rest, "/");
	size_t size = strcspn(start, "/");

	if (size == 0) {
		return 0;
	}
	if (size > NAME_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(w->name, start, size);
	w->name[size] = '\0';
	memmove(w->rest, start + size, strlen(start + size) + 1);
	return 1;
}

/* Put the link's target before what is left to walk. */
static int
follow(struct walk *w, int fd)
{
	char target[PATH_MAX];
	size_t left = strlen(w->rest);
	ssize_t size;

	if (++w->links > MAX_LINKS) {
		errno = ELOOP;
		return -1;
	}
	size = readlinkat(fd, "", target, sizeof(target));
	if (size < 0) {
		return -1;
	}
	if (size == 0 || (size_t)size + left >= sizeof(w->rest)) {
		errno = size == 0 ? ENOENT : ENAMETOOLONG;
		return -1;
	}
	memmove(w->rest + size, w->rest, left + 1);
	memcpy(w->rest, target, (size_t)size);
	if (target[0] == '/') {
		walk_up(w, 0);
	}
	return 0;
}

static bool
is_last(const struct walk *w)
{
	return w->rest[strspn(w->rest, "/")] == '\0';
}

/* Step to w->name below where the walk stands. */
static int
step(struct walk *w)
{
	struct stat st = { 0 };
	int fd;

	if (!S_ISDIR(w->mode)) {
		errno = ENOTDIR;
		return -1;
	}
	if (strcmp(w->name, ".") == 0) {
		return 0;
	}
	if (strcmp(w->name, "..") == 0) {
		walk_up(w, w->depth == 0 ? 0 : w->depth - 1);
		return 0;
	}
	if (w->depth == MAX_DEPTH) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = openat(w->fds[w->depth], w->name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		return -1;
	}
	if (fstat(fd, &st) == 0 &&
	    (!S_ISLNK(st.st_mode) || (w->stay && is_last(w)))) {
		w->fds[++w->depth] = fd;
		w->mode = st.st_mode;
		return 0;
	}
	if (S_ISLNK(st.st_mode) && follow(w, fd) == 0) {
		(void)close(fd);
		return 0;
	}
	(void)close(fd);
	return -1;
}

/* Does the path lead through what was missing the last time? A million homes
 * below a directory that does not exist are looked for once. */
static bool
is_missing(const struct ward_root *root, const char *path)
{
	size_t size = strlen(root->missing->path);

	return size > 0 && strncmp(path, root->missing->path, size) == 0 &&
	    path[size] == '/';
}

/* May everybody make what the walk did not find? */
static bool
is_open(const struct walk *w)
{
	struct stat st;

	return fstat(w->fds[w->depth], &st) == 0 && S_ISDIR(st.st_mode) &&
	    (st.st_mode & S_IWOTH) != 0;
}

/* Remember how far the walk came, unless a link led it elsewhere. */
static void
keep_missing(const struct ward_root *root, const char *path, size_t size,
    const struct walk *w)
{
	size_t done = size - strlen(w->rest);

	if (errno == ENOENT && w->links == 0) {
		memcpy(root->missing->path, path, done);
		root->missing->path[done] = '\0';
		root->missing->open = is_open(w);
	}
}

/* Walk the whole path. To be ended by walk_up(w, 0), also when it failed. */
static int
walk(const struct ward_root *root, const char *path, bool stay, struct walk *w)
{
	size_t size = strlen(path);
	int r;

	w->fds[0] = root->fd;
	w->stay = stay;
	w->depth = 0;
	w->mode = S_IFDIR;
	w->links = 0;
	w->name[0] = '\0';
	w->skipped = is_missing(root, path);
	if (size >= sizeof(w->rest) || w->skipped) {
		errno = size >= sizeof(w->rest) ? ENAMETOOLONG : ENOENT;
		return -1;
	}
	memcpy(w->rest, path, size + 1);
	while ((r = take_name(w)) > 0) {
		if (step(w) != 0) {
			keep_missing(root, path, size, w);
			return -1;
		}
	}
	return r;
}

/* Say why in err; errno stays, so that a caller may look at it. */
static int
refuse(const char *path, struct ward_error *err)
{
	int saved = errno;
	int code = saved == ENOENT || saved == ENOTDIR ? WARD_ERR_MISSING :
							 WARD_ERR_IO;

	if (err != NULL) { /* strerror(3) is slow */
		(void)ward_error_set(err, code,
		    saved == EACCES || saved == EPERM ? "%s: %s (run as root)" :
							"%s: %s",
		    path, strerror(saved));
	}
	errno = saved;
	return code;
}

/*
 * Open what the walk stands at for reading. Its name is looked up a second
 * time, so it must still be the file that was walked to.
 */
static int
reopen(const struct walk *w, int flags)
{
	struct stat walked, opened;
	int fd;

	flags |= O_RDONLY | O_CLOEXEC | O_NOCTTY;
	if (flags & O_DIRECTORY) {
		return openat(w->fds[w->depth], ".", flags);
	}
	if (fstat(w->fds[w->depth], &walked) != 0) {
		return -1;
	}
	fd = openat(w->fds[w->depth - 1], w->name,
	    flags | O_NONBLOCK | O_NOFOLLOW);
	if (fd < 0) {
		return -1;
	}
	if (fstat(fd, &opened) != 0 || opened.st_dev != walked.st_dev ||
	    opened.st_ino != walked.st_ino || !S_ISREG(opened.st_mode)) {
		(void)close(fd);
		errno = ESTALE;
		return -1;
	}
	return fd;
}

static int
open_kind(const struct ward_root *root, const char *path, mode_t kind,
    bool stay, int *ret_fd, struct ward_error *err)
{
	struct walk w;
	struct stat st;
	int fd = -1, r = 0;

	if (walk(root, path, stay, &w) != 0 ||
	    fstat(w.fds[w.depth], &st) != 0) {
		r = refuse(path, err);
		goto out;
	}
	if ((st.st_mode & S_IFMT) != kind) {
		r = ward_error_set(err, WARD_ERR_UNSAFE,
		    kind == S_IFDIR ? "%s: not a directory" :
				      "%s: not a regular file",
		    path);
		goto out;
	}
	fd = reopen(&w, kind == S_IFDIR ? O_DIRECTORY : 0);
	if (fd < 0) {
		r = refuse(path, err);
		goto out;
	}
	*ret_fd = fd;
out:
	walk_up(&w, 0);
	return r;
}

int
ward_root_open(const struct ward_root *root, const char *path, int *ret_fd,
    struct ward_error *err)
{
	return open_kind(root, path, S_IFREG, false, ret_fd, err);
}

int
ward_root_open_no_link(const struct ward_root *root, const char *path,
    int *ret_fd, struct ward_error *err)
{
	return open_kind(root, path, S_IFREG, true, ret_fd, err);
}

int
ward_root_open_dir(const struct ward_root *root, const char *path, int *ret_fd,
    struct ward_error *err)
{
	return open_kind(root, path, S_IFDIR, false, ret_fd, err);
}

int
ward_root_stat(const struct ward_root *root, const char *path,
    struct stat *ret_stat, struct ward_error *err)
{
	struct walk w;
	struct stat st;
	int r = 0;

	if (walk(root, path, false, &w) != 0 ||
	    fstat(w.fds[w.depth], &st) != 0) {
		r = refuse(path, err);
	} else {
		*ret_stat = st;
	}
	walk_up(&w, 0);
	return r;
}

/* Which of the names are in the directory; what can't be told may be. */
static unsigned int
find_names(int fd, const char *const *names)
{
	unsigned int bits = 0;
	struct stat st;

	for (unsigned int i = 0; names[i] != NULL; i++) {
		if (fstatat(fd, names[i], &st, AT_SYMLINK_NOFOLLOW) == 0 ||
		    errno != ENOENT) {
			bits |= 1u << i;
		}
	}
	return bits;
}

/* An access ACL, for which the group's bits are no more than a mask: acl(5).
 * What can't be told is as if there were one. */
static bool
has_acl(int fd)
{
	char link[32];

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	return getxattr(link, "system.posix_acl_access", NULL, 0) >= 0 ||
	    (errno != ENODATA && errno != ENOTSUP);
}

/* Was it the last name of the path that the walk did not find? */
static bool
lacks_last(const struct walk *w)
{
	return errno == ENOENT && !w->skipped && is_last(w);
}

int
ward_root_look(const struct ward_root *root, const char *path,
    const char *const *names, struct ward_root_sight *ret_sight)
{
	struct ward_root_sight sight = { .there = false };
	struct walk w;
	int r = 0;

	if (walk(root, path, false, &w) != 0) {
		r = refuse(path, NULL);
		if (r == WARD_ERR_MISSING) {
			sight.above = lacks_last(&w);
			sight.open = w.skipped ? root->missing->open :
						 is_open(&w);
			r = 0;
		}
	} else if (!S_ISDIR(w.mode)) {
		sight.above = true;
	} else if (fstat(w.fds[w.depth], &sight.stat) != 0) {
		r = WARD_ERR_IO;
	} else {
		sight.there = true;
		sight.acl = (sight.stat.st_mode & S_IWGRP) != 0 &&
		    has_acl(w.fds[w.depth]);
		sight.names = find_names(w.fds[w.depth], names);
	}
	walk_up(&w, 0);
	if (r == 0) {
		*ret_sight = sight;
	}
	return r;
}

int
ward_root_directory(const char *root, const char *path, char **ret_path,
    struct ward_error *err)
{
	char link[32], real[PATH_MAX];
	struct ward_root *inside = NULL;
	ssize_t size;
	int fd = -1;
	int r;

	r = ward_root_new(root, &inside, err);
	if (r != 0) {
		return r;
	}
	r = ward_root_open_dir(inside, path, &fd, err);
	ward_root_free(inside);
	if (r != 0) {
		return r;
	}
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	size = readlink(link, real, sizeof(real));
	(void)close(fd);
	if (size < 0 || (size_t)size == sizeof(real)) {
		return ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
		    size < 0 ? strerror(errno) :
			       ward_error_text(err, "its name is too long"));
	}
	*ret_path = strndup(real, (size_t)size);
	return *ret_path == NULL ?
	    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
	    0;
}
