/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/names.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool
fits(const char *name, const char *ending)
{
	size_t size = strlen(name), end = strlen(ending);

	return *name != '.' && size > end &&
	    strcmp(name + size - end, ending) == 0;
}

int
ward_names_each(const struct ward_root *root, const char *directory,
    const char *ending, int (*visit)(void *arg, const char *path), void *arg)
{
	const struct dirent *entry;
	char path[PATH_MAX];
	DIR *dir;
	int fd, r;

	r = ward_root_open_dir(root, directory, &fd, NULL);
	if (r != 0) {
		return r;
	}
	dir = fdopendir(fd);
	if (dir == NULL) {
		(void)close(fd);
		return WARD_ERR_IO;
	}
	errno = 0;
	while (r == 0 && (entry = readdir(dir)) != NULL) {
		if (fits(entry->d_name, ending)) {
			(void)snprintf(path, sizeof(path), "%s/%s", directory,
			    entry->d_name);
			r = visit(arg, path);
		}
		errno = r == 0 ? 0 : errno;
	}
	r = r == 0 && errno != 0 ? WARD_ERR_IO : r;
	fd = errno;
	(void)closedir(dir);
	errno = fd;
	return r;
}
