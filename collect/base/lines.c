/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/base/lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)64 << 10)

struct ward_lines {
	int fd;
	char *data;        /* room + 1 bytes; wiped, it may hold hashes */
	size_t start, end; /* what was read and not handed out yet */
	size_t room;
	uint32_t number;
	bool at_end;
	bool skipping; /* within a line that was cut */
};

int
ward_lines_new(int fd, struct ward_lines **ret_lines)
{
	struct ward_lines *lines = calloc(1, sizeof(*lines));

	if (lines != NULL) {
		lines->data = malloc(FIRST_ROOM + 1);
	}
	if (lines == NULL || lines->data == NULL) {
		free(lines);
		(void)close(fd);
		return WARD_ERR_NOMEM;
	}
	lines->fd = fd;
	lines->room = FIRST_ROOM;
	*ret_lines = lines;
	return 0;
}

void
ward_lines_free(struct ward_lines *lines)
{
	int saved = errno;

	if (lines == NULL) {
		return;
	}
	(void)close(lines->fd);
	explicit_bzero(lines->data, lines->room + 1);
	free(lines->data);
	free(lines);
	errno = saved;
}

/* Not realloc(3): it would leave the old bytes behind, unwiped. */
static int
grow(struct ward_lines *lines)
{
	size_t room = lines->room * 2;
	char *data;

	if (room > (size_t)WARD_LINE_MAX + 1) {
		room = (size_t)WARD_LINE_MAX + 1;
	}
	data = malloc(room + 1);
	if (data == NULL) {
		return WARD_ERR_NOMEM;
	}
	memcpy(data, lines->data, lines->end);
	explicit_bzero(lines->data, lines->room + 1);
	free(lines->data);
	lines->data = data;
	lines->room = room;
	return 0;
}

static int
read_some(struct ward_lines *lines)
{
	ssize_t n;

	do {
		n = read(lines->fd, lines->data + lines->end,
		    lines->room - lines->end);
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		return WARD_ERR_IO;
	}
	lines->end += (size_t)n;
	lines->at_end = n == 0;
	return 0;
}

/* Read more behind what is there; at_end when there is no more. */
static int
fill(struct ward_lines *lines)
{
	if (lines->start > 0) {
		memmove(lines->data, lines->data + lines->start,
		    lines->end - lines->start);
		lines->end -= lines->start;
		lines->start = 0;
	}
	if (lines->end == lines->room && grow(lines) != 0) {
		return WARD_ERR_NOMEM;
	}
	return read_some(lines);
}

/* Pass over the rest of a line that was cut, its newline included. */
static int
skip_rest(struct ward_lines *lines)
{
	const char *newline;
	int r;

	for (;;) {
		newline = memchr(lines->data + lines->start, '\n',
		    lines->end - lines->start);
		if (newline != NULL) {
			lines->start = (size_t)(newline - lines->data) + 1;
			break;
		}
		lines->start = lines->end = 0;
		r = read_some(lines);
		if (r != 0) {
			return r;
		}
		if (lines->at_end) {
			break;
		}
	}
	lines->skipping = false;
	return 0;
}

static void
hand_out(struct ward_lines *lines, size_t size, struct ward_line *ret_line)
{
	char *text = lines->data + lines->start;

	if (lines->number < UINT32_MAX) {
		lines->number++;
	}
	text[size] = '\0';
	*ret_line = (struct ward_line){ .text = text,
		.size = size,
		.number = lines->number,
		.cut = lines->skipping };
}

int
ward_lines_next(struct ward_lines *lines, struct ward_line *ret_line)
{
	size_t scanned = 0, size;
	const char *newline;
	int r;

	if (lines->skipping) {
		r = skip_rest(lines);
		if (r != 0) {
			return r;
		}
	}
	for (;;) {
		size = lines->end - lines->start;
		newline = memchr(lines->data + lines->start + scanned, '\n',
		    size - scanned);
		if (newline != NULL) {
			size = (size_t)(newline - lines->data) - lines->start;
			hand_out(lines, size, ret_line);
			ret_line->whole = true;
			lines->start += size + 1;
			return 1;
		}
		if (size > WARD_LINE_MAX) {
			lines->skipping = true;
			hand_out(lines, WARD_LINE_MAX, ret_line);
			lines->start = lines->end;
			return 1;
		}
		if (lines->at_end) {
			break;
		}
		scanned = size;
		r = fill(lines);
		if (r != 0) {
			return r;
		}
	}
	if (size == 0) {
		return 0;
	}
	hand_out(lines, size, ret_line);
	lines->start = lines->end;
	return 1;
}
