/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/scan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
ward_scan_begin(struct ward_scan *scan, int fd, uint64_t at, size_t room)
{
	*scan = (struct ward_scan){ .fd = fd,
		.at = at,
		.room = room,
		.data = malloc(room + 1) };
	return scan->data == NULL ? WARD_ERR_NOMEM : 0;
}

static void
drop(char *data, size_t used)
{
	if (data != NULL) {
		explicit_bzero(data, used);
		free(data);
	}
}

void
ward_scan_end(struct ward_scan *scan)
{
	int saved = errno;

	drop(scan->data, scan->used);
	scan->data = NULL;
	errno = saved;
}

/* Not realloc(3): it would leave the old bytes behind, unwiped. */
static int
grow(struct ward_scan *scan)
{
	size_t room = scan->room * 4;
	char *data;

	if (room > WARD_SCAN_LINE_MAX + 1) {
		room = WARD_SCAN_LINE_MAX + 1;
	}
	data = malloc(room + 1);
	if (data == NULL) {
		return WARD_ERR_NOMEM;
	}
	memcpy(data, scan->data, scan->end);
	drop(scan->data, scan->used);
	scan->data = data;
	scan->room = room;
	return 0;
}

static int
read_some(struct ward_scan *scan)
{
	ssize_t n;

	do {
		n = pread(scan->fd, scan->data + scan->end,
		    scan->room - scan->end, (off_t)(scan->at + scan->end));
	} while (n < 0 && errno == EINTR);
	if (n < 0) {
		return WARD_ERR_IO;
	}
	scan->end += (size_t)n;
	scan->at_end = n == 0;
	/* With the NUL that is put behind a line. */
	if (scan->end + 1 > scan->used) {
		scan->used = scan->end + 1;
	}
	return 0;
}

static void
forget(struct ward_scan *scan, size_t size)
{
	memmove(scan->data, scan->data + size, scan->end - size);
	scan->end -= size;
	scan->at += size;
	scan->start = 0;
}

static int
fill(struct ward_scan *scan)
{
	if (scan->start > 0) {
		forget(scan, scan->start);
	}
	if (scan->end == scan->room && grow(scan) != 0) {
		return WARD_ERR_NOMEM;
	}
	return read_some(scan);
}

/* Pass over the rest of a line that was cut, its newline included. */
static int
skip_rest(struct ward_scan *scan)
{
	const char *newline;
	int r = 0;

	while ((newline = memchr(scan->data + scan->start, '\n',
		    scan->end - scan->start)) == NULL) {
		forget(scan, scan->end);
		r = read_some(scan);
		if (r != 0 || scan->at_end) {
			return r;
		}
	}
	scan->start = (size_t)(newline - scan->data) + 1;
	scan->skipping = false;
	return 0;
}

static int
hand_out(struct ward_scan *scan, size_t size, struct ward_scan_line *ret_line)
{
	char *text = scan->data + scan->start;

	if (scan->number < UINT32_MAX) {
		scan->number++;
	}
	text[size] = '\0';
	*ret_line = (struct ward_scan_line){ .text = text,
		.size = size,
		.at = scan->at + scan->start,
		.number = scan->number };
	return 1;
}

int
ward_scan_next(struct ward_scan *scan, struct ward_scan_line *ret_line)
{
	size_t scanned = 0, size;
	const char *newline;
	int r = scan->skipping ? skip_rest(scan) : 0;

	while (r == 0) {
		size = scan->end - scan->start;
		newline = memchr(scan->data + scan->start + scanned, '\n',
		    size - scanned);
		if (newline != NULL) {
			size = (size_t)(newline - scan->data) - scan->start;
			r = hand_out(scan, size, ret_line);
			scan->start += size + 1;
			return r;
		}
		if (size > WARD_SCAN_LINE_MAX) {
			scan->skipping = true;
			r = hand_out(scan, WARD_SCAN_LINE_MAX, ret_line);
			scan->start = scan->end;
			return r;
		}
		if (scan->at_end) {
			break;
		}
		scanned = size;
		r = fill(scan);
	}
	if (r != 0 || size == 0) {
		return r;
	}
	r = hand_out(scan, size, ret_line);
	scan->start = scan->end;
	return r;
}

char *
ward_scan_entry(const struct ward_scan_line *line)
{
	char *entry = line->text;

	/* isspace(3) of the C locale; hardly any line has one there. */
	if (*entry <= ' ') {
		entry += strspn(entry, " \t\n\v\f\r");
	}
	return *entry == '\0' || *entry == '#' || *entry == '+' ||
		*entry == '-' ?
	    NULL :
	    entry;
}
