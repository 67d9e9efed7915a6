/* SPDX-License-Identifier: BSD-2-Clause */
#include "support.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

char *
ward_tree_path(const char *tree, const char *path)
{
	char *whole = NULL;

	assert_true(asprintf(&whole, "%s%s%s", tree, *path == '/' ? "" : "/",
			path) > 0);
	return whole;
}

/* The same, with the directories above it made. */
static char *
make_way(const char *tree, const char *path)
{
	char *whole = ward_tree_path(tree, path);

	for (char *c = whole + strlen(tree) + 1; *c != '\0'; c++) {
		if (*c == '/') {
			*c = '\0';
			(void)mkdir(whole, 0755);
			*c = '/';
		}
	}
	return whole;
}

static void
write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);

		assert_true(n > 0);
		bytes += n;
		size -= (size_t)n;
	}
}

void
ward_tree_put(const char *tree, const char *path, const char *text, size_t size)
{
	char *whole = make_way(tree, path);
	int fd;

	(void)unlink(whole);
	fd = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	assert_true(fd >= 0);
	write_all(fd, text, size);
	assert_int_equal(close(fd), 0);
	free(whole);
}

void
ward_tree_link(const char *tree, const char *path, const char *target)
{
	char *whole = make_way(tree, path);

	assert_int_equal(symlink(target, whole), 0);
	free(whole);
}

void
ward_tree_dir(const char *tree, const char *path)
{
	char *whole = make_way(tree, path);

	assert_int_equal(mkdir(whole, 0755), 0);
	free(whole);
}

void
ward_tree_fifo(const char *tree, const char *path)
{
	char *whole = make_way(tree, path);

	assert_int_equal(mkfifo(whole, 0644), 0);
	free(whole);
}

void
ward_tree_chmod(const char *tree, const char *path, unsigned int mode)
{
	char *whole = ward_tree_path(tree, path);

	assert_int_equal(chmod(whole, (mode_t)mode), 0);
	free(whole);
}

char *
ward_tree_new(const struct ward_tree_file *files)
{
	const char *above = getenv("TMPDIR");
	char *tree = NULL;

	assert_true(asprintf(&tree, "%s/acctward-test-XXXXXX",
			above != NULL ? above : "/tmp") > 0);
	assert_non_null(mkdtemp(tree));
	for (; files != NULL && files->path != NULL; files++) {
		ward_tree_put(tree, files->path, files->text,
		    strlen(files->text));
	}
	return tree;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

/* A directory may have been made unreadable by the test. */
static int
open_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	return kind == FTW_DNR ? chmod(path, 0700) : 0;
}

void
ward_tree_remove(char *tree)
{
	if (tree == NULL) {
		return;
	}
	(void)nftw(tree, open_one, 16, FTW_PHYS);
	assert_int_equal(nftw(tree, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
	free(tree);
}

int
ward_memory_fd(const void *bytes, size_t size)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	write_all(fd, bytes, size);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

size_t
ward_open_fds(void)
{
	DIR *dir = opendir("/proc/self/fd");
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir) != NULL) {
		count++;
	}
	(void)closedir(dir);
	return count;
}

void
ward_defects_text(const struct ward_defect *list, size_t count, char *text,
    size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < count && used < size; i++) {
		const struct ward_defect *d = &list[i];
		char id[64];

		(void)snprintf(id, sizeof(id), "%s",
		    ward_reasons[d->reason].id);
		for (char *c = id; *c != '\0'; c++) {
			*c = (char)tolower((unsigned char)*c);
		}
		used += (size_t)snprintf(text + used, size - used,
		    "%s%s%s%s%s%s @%u", i == 0 ? "" : "; ", id,
		    d->name == NULL ? "" : " ", d->name == NULL ? "" : d->name,
		    d->detail == NULL ? "" : ": ",
		    d->detail == NULL ? "" : d->detail,
		    (unsigned int)d->source.line);
	}
}
