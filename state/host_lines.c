/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/host_lines.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/host_file.h"
#include "state/scan.h"

#define FILE_MAX ((off_t)1 << 20) /* a larger one holds no lines, but holes */
#define ROOM ((size_t)16 << 10)

/* 0, also where there is no file (*ret_there), or an error. */
static int
each_line(const struct ward_state *state, const char *path,
    int (*visit)(void *arg, char *line), void *arg, bool *ret_there,
    struct ward_error *err)
{
	struct ward_scan_line line;
	struct ward_scan scan;
	struct stat st;
	int fd, r;

	r = ward_host_file_open(state, path, WARD_HOST_DECIDES, &fd, &st, err);
	*ret_there = r == 0;
	if (r != 0) {
		return r == WARD_ERR_MISSING ? 0 : r;
	}
	if (st.st_size > FILE_MAX) {
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_RANGE,
		    "%s: larger than %lld bytes", path, (long long)FILE_MAX);
	}
	r = ward_scan_begin(&scan, fd, 0, ROOM);
	while (r == 0 && (r = ward_scan_next(&scan, &line)) > 0) {
		r = visit(arg, line.text);
	}
	if (r != 0) {
		r = ward_host_file_failed(state, path, r, err);
	}
	ward_scan_end(&scan);
	(void)close(fd);
	return r;
}

static int
take_def(void *arg, char *line)
{
	ward_logindefs_line(line, arg);
	return 0;
}

int
ward_logindefs_find(const struct ward_state *state,
    struct ward_logindefs *ret_defs, struct ward_error *err)
{
	struct ward_logindefs defs = ward_logindefs_default();
	bool there;
	int r = each_line(state, WARD_LOGINDEFS_FILE, take_def, &defs, &there,
	    err);

	if (r == 0) {
		*ret_defs = defs;
	}
	return r;
}

struct words {
	char *text;
	size_t size;
};

static int
take_shell(void *arg, char *line)
{
	struct words *words = arg;
	size_t size;
	const char *shell = ward_shell_line(line, &size);
	char *text;

	if (size == 0) {
		return 0;
	}
	text = realloc(words->text, words->size + size + 2);
	if (text == NULL) {
		return WARD_ERR_NOMEM;
	}
	words->text = text;
	if (words->size > 0) {
		text[words->size++] = ' ';
	}
	memcpy(text + words->size, shell, size);
	words->size += size;
	text[words->size] = '\0';
	return 0;
}

int
ward_shells_find(const struct ward_state *state, char **ret_shells,
    struct ward_error *err)
{
	struct words words = { .text = calloc(1, 1) };
	bool there = false;
	int r = words.text == NULL ?
	    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
	    each_line(state, WARD_SHELLS_FILE, take_shell, &words, &there, err);

	if (r != 0 || !there) {
		free(words.text);
		words.text = NULL;
	}
	if (r == 0) {
		*ret_shells = words.text;
	}
	return r;
}
