/* SPDX-License-Identifier: BSD-2-Clause */
#include "trusted_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE_MAX_TRUSTED (1 << 20)

static int
check_trust(const char *path, const struct stat *st, enum ward_trust trust,
    struct ward_error *err)
{
	if (!S_ISREG(st->st_mode)) {
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: not a regular file", path);
	}
	if (trust == WARD_TRUST_ANY) {
		return 0;
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
ward_trusted_open(const char *path, enum ward_trust trust, int *ret_fd,
    int64_t *ret_size, struct ward_error *err)
{
	int follow = trust == WARD_TRUST_ANY ? 0 : O_NOFOLLOW;
	int fd = open(path,
	    O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | follow);
	struct stat st;
	int r;

	if (fd < 0) {
		if (errno == ELOOP) {
			return ward_error_set(err, WARD_ERR_UNSAFE,
			    "%s: a symbolic link; the file itself must lie there",
			    path);
		}
		return ward_error_set(err,
		    errno == ENOENT ? WARD_ERR_MISSING : WARD_ERR_IO, "%s: %s",
		    path, strerror(errno));
	}
	if (fstat(fd, &st) != 0) {
		r = ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
		    strerror(errno));
		(void)close(fd);
		return r;
	}
	r = check_trust(path, &st, trust, err);
	if (r != 0) {
		(void)close(fd);
		return r;
	}
	*ret_fd = fd;
	*ret_size = st.st_size;
	return 0;
}

int
ward_trusted_read(const char *path, enum ward_trust trust, char **ret_text,
    size_t *ret_size, struct ward_error *err)
{
	char *text = NULL;
	size_t size = 0;
	int64_t told = 0;
	int fd = -1;
	int r;

	r = ward_trusted_open(path, trust, &fd, &told, err);
	if (r != 0) {
		return r;
	}
	if (told > SIZE_MAX_TRUSTED) {
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: larger than 1 MiB", path);
	}
	text = malloc(SIZE_MAX_TRUSTED + 2);
	if (text == NULL) {
		r = ward_error_set(err, WARD_ERR_NOMEM, "%s: no memory", path);
		goto out;
	}
	while (size <= SIZE_MAX_TRUSTED) {
		ssize_t got = read(fd, text + size,
		    SIZE_MAX_TRUSTED + 1 - size);

		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			r = ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
			    strerror(errno));
			goto out;
		}
		if (got == 0) {
			break;
		}
		size += (size_t)got;
	}
	if (size > SIZE_MAX_TRUSTED) {
		r = ward_error_set(err, WARD_ERR_UNSAFE,
		    "%s: larger than 1 MiB", path);
		goto out;
	}
	text[size] = '\0';
	*ret_text = text;
	*ret_size = size;
	text = NULL;
out:
	free(text);
	(void)close(fd);
	return r;
}
