/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/home.h"

#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

static const char *const names[] = { [WARD_HOME_SSH] = ".ssh",
	[WARD_HOME_RHOSTS] = ".rhosts",
	[WARD_HOME_SHOSTS] = ".shosts",
	NULL };

void
ward_home_free(struct ward_home *home)
{
	free(home->path);
	*home = (struct ward_home){ .path = NULL };
}

bool
ward_home_is(const struct ward_home *home, const char *path)
{
	return home->path != NULL && strcmp(home->path, path) == 0;
}

bool
ward_home_path(const struct ward_home *home, enum ward_home_name name,
    char *text, size_t size)
{
	size_t used = strlen(home->path);

	while (used > 0 && home->path[used - 1] == '/') {
		used--;
	}
	return used < size &&
	    snprintf(text, size, "%s%.*s/%s",
		used == 0 || *home->path == '/' ? "" : "/", (int)used,
		home->path, names[name]) < (int)size;
}

static uint32_t
zero_if(uint32_t id, uint32_t own)
{
	return id == own ? 0 : id;
}

static void
see(struct ward_home *home, const struct ward_root *root,
    const struct ward_root_sight *sight)
{
	if (!sight->there) {
		home->state = sight->above ? WARD_HOME_MISSING :
					     WARD_HOME_ELSEWHERE;
		home->open = sight->open;
		return;
	}
	home->state = WARD_HOME_THERE;
	home->owner = zero_if(sight->stat.st_uid, ward_root_owner(root));
	home->gid = sight->stat.st_gid;
	home->mode = sight->stat.st_mode & 07777;
	home->acl = sight->acl;
	home->names = sight->names;
}

int
ward_home_look(struct ward_home *home, const struct ward_root *root,
    const char *path)
{
	struct ward_root_sight sight;
	size_t size = strlen(path);

	ward_home_free(home);
	home->path = strdup(path);
	if (home->path == NULL) {
		return WARD_ERR_NOMEM;
	}
	while (size > 1 && home->path[size - 1] == '/') {
		home->path[--size] = '\0';
	}
	if (ward_root_look(root, home->path, names, &sight) == 0) {
		see(home, root, &sight);
	} else {
		home->error = errno;
		ward_home_why(home->why);
	}
	memcpy(home->path, path, strlen(path) + 1);
	return 0;
}

/* A file of /proc can hold a key: sshd(8) takes one from /proc/PID/environ. But
 * to read it may do something: the user who made a link to it shall not have us
 * do it. Of other such file systems is known that they have no blocks, and that
 * what is in them most often has no size. */
static bool
is_kernels_own(int fd, off_t size)
{
	struct statfs fs;

	return fstatfs(fd, &fs) != 0 || fs.f_type == PROC_SUPER_MAGIC ||
	    fs.f_type == SYSFS_MAGIC || fs.f_type == DEBUGFS_MAGIC ||
	    (size == 0 && fs.f_blocks == 0 && fs.f_type != TMPFS_MAGIC);
}

void
ward_home_why(char why[WARD_HOME_WHY_SIZE])
{
	(void)snprintf(why, WARD_HOME_WHY_SIZE, "%s",
	    errno == EACCES || errno == EPERM ? ward_why_denied :
						strerror(errno));
}

int
ward_home_open(const struct ward_root *root, const char *path, bool follow,
    size_t most, int *ret_fd, char why[WARD_HOME_WHY_SIZE])
{
	struct stat st;
	int fd, r;

	r = follow ? ward_root_open(root, path, &fd, NULL) :
		     ward_root_open_no_link(root, path, &fd, NULL);
	if (r == WARD_ERR_UNSAFE) {
		(void)snprintf(why, WARD_HOME_WHY_SIZE,
		    N_("not a regular file"));
		return r;
	}
	if (r != 0) {
		ward_home_why(why);
		return r;
	}
	if (fstat(fd, &st) != 0 || is_kernels_own(fd, st.st_size)) {
		(void)snprintf(why, WARD_HOME_WHY_SIZE,
		    N_("not a file of a disk"));
		r = WARD_ERR_IO;
	} else if ((uint64_t)st.st_size > most) {
		(void)snprintf(why, WARD_HOME_WHY_SIZE,
		    NC_("detail", "larger than %zu bytes"), most);
		r = WARD_ERR_RANGE;
	}
	if (r != 0) {
		(void)close(fd);
		return r;
	}
	*ret_fd = fd;
	return 0;
}
