/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/autofs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/grow.h"
#include "collect/base/lines.h"
#include "collect/base/names.h"

#define BLANKS " \t\v\f\r"
#define MASTER "/etc/auto.master"
#define FILE_MOST ((off_t)1 << 20)

void
ward_autofs_free(struct ward_autofs *autofs)
{
	free(autofs->list);
	*autofs = (struct ward_autofs){ .list = NULL };
}

/* "/home auto.home --timeout=60"; "/-" stands before a map of single paths. */
static int
take_line(struct ward_autofs *autofs, const char *text)
{
	const char *path = text + strspn(text, BLANKS);
	size_t size = strcspn(path, BLANKS "#");
	const char **list;

	while (size > 1 && path[size - 1] == '/') {
		size--;
	}
	if (size < 2 || *path != '/' || strncmp(path, "/-", size) == 0) {
		return 0;
	}
	list = ward_grow(autofs->list, autofs->count, &autofs->room,
	    sizeof(*list));
	if (list == NULL) {
		return WARD_ERR_NOMEM;
	}
	autofs->list = list;
	list[autofs->count] = ward_pool_copy(autofs->pool, path, size);
	return list[autofs->count++] == NULL ? WARD_ERR_NOMEM : 0;
}

int
ward_autofs_read(int fd, struct ward_autofs *autofs)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		r = take_line(autofs, line.text);
	}
	ward_lines_free(lines);
	return r == WARD_ERR_NOMEM ? r : 0;
}

struct loading {
	struct ward_autofs *autofs;
	const struct ward_root *root;
};

static int
read_path(void *arg, const char *path)
{
	const struct loading *in = arg;
	struct stat st;
	int fd;

	if (ward_root_open(in->root, path, &fd, NULL) != 0) {
		return 0;
	}
	if (fstat(fd, &st) != 0 || st.st_size > FILE_MOST) {
		(void)close(fd);
		return 0;
	}
	return ward_autofs_read(fd, in->autofs);
}

int
ward_autofs_load(struct ward_autofs *autofs, const struct ward_root *root,
    struct ward_pool *pool)
{
	struct loading in = { .autofs = autofs, .root = root };
	int r;

	autofs->pool = pool;
	r = read_path(&in, MASTER);
	if (r == 0) {
		r = ward_names_each(root, MASTER ".d", ".autofs", read_path,
		    &in);
	}
	return r == WARD_ERR_NOMEM ? r : 0;
}

bool
ward_autofs_has(const struct ward_autofs *autofs, const char *path)
{
	for (uint32_t i = 0; i < autofs->count; i++) {
		size_t size = strlen(autofs->list[i]);

		if (strncmp(autofs->list[i], path, size) == 0 &&
		    path[size] == '/') {
			return true;
		}
	}
	return false;
}
