/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/privileges.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/name.h"

/* Most lists are shorter than this, and are read at once. */
#define WINDOW 4096
/* "NAME uid0,group,sudo,doas,key\n" */
#define LINE_MAX_SIZE (WARD_NAME_SIZE + WARD_WAYS_SIZE)

static const char head_words[] = "acctward privileged 1 ";

#define WORDS (sizeof(head_words) - 1)
#define DIGITS 10

/* ---- the format ----------------------------------------------------------- */

void
ward_privileges_head(uint64_t size, char head[WARD_PRIVILEGES_HEAD + 1])
{
	(void)snprintf(head, WARD_PRIVILEGES_HEAD + 1, "%s%0*llu\n", head_words,
	    DIGITS, (unsigned long long)size);
}

void
ward_privileges_ways(unsigned int ways, char text[WARD_WAYS_SIZE])
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned int i = 0; i < WARD_PATH_KIND_COUNT; i++) {
		if ((ways & 1u << i) != 0) {
			used += (size_t)snprintf(text + used,
			    WARD_WAYS_SIZE - used, "%s%s", used == 0 ? "" : ",",
			    ward_path_kind_name(i));
		}
	}
}

/* The ways of words between commas; 0: one of them is none. */
static unsigned int
read_ways(const char *text, size_t size)
{
	unsigned int ways = 0;

	for (;;) {
		const char *comma = memchr(text, ',', size);
		const size_t word = comma == NULL ? size :
						    (size_t)(comma - text);
		unsigned int kind = 0;

		while (kind < WARD_PATH_KIND_COUNT &&
		    (strlen(ward_path_kind_name(kind)) != word ||
			memcmp(ward_path_kind_name(kind), text, word) != 0)) {
			kind++;
		}
		if (kind == WARD_PATH_KIND_COUNT) {
			return 0;
		}
		ways |= 1u << kind;
		if (comma == NULL) {
			return ways;
		}
		text += word + 1;
		size -= word + 1;
	}
}

bool
ward_privileges_read(const char *text, size_t size,
    struct ward_privileges_line *ret_line)
{
	const char *blank = memchr(text, ' ', size);
	const size_t name = blank == NULL ? 0 : (size_t)(blank - text);
	struct ward_privileges_line line = { .ways = 0 };
	char decoded[WARD_NAME_SIZE];

	if (name == 0 || name >= sizeof(line.name)) {
		return false;
	}
	memcpy(line.name, text, name);
	line.ways = read_ways(blank + 1, size - name - 1);
	if (line.ways == 0 || strlen(line.name) != name ||
	    ward_name_decode(line.name, decoded) != 0) {
		return false;
	}
	*ret_line = line;
	return true;
}

int
ward_privileges_damaged(const char *path, struct ward_error *err)
{
	return ward_error_set(err, WARD_ERR_SYNTAX,
	    "%s: damaged; make it anew: acctward privileged --keep "
	    "--replace",
	    path);
}

/* ---- reading -------------------------------------------------------------- */

/* All of them: 1. 0: the file ends before. Or -1 with errno. */
static int
read_at(int fd, char *bytes, size_t size, uint64_t at)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = pread(fd, bytes + done, size - done,
		    (off_t)(at + done));

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return n < 0 ? -1 : 0;
		}
		done += (size_t)n;
	}
	return 1;
}

/* Whoever is looked for, and between which lines: both begin one, or are the
 * end. */
struct looking {
	int fd;
	const char *path, *name;
	uint64_t first, end;
	unsigned int ways;
	bool found;
	struct ward_error *err;
};

static int
fetch(const struct looking *l, char *bytes, size_t size, uint64_t at)
{
	int r = read_at(l->fd, bytes, size, at);

	if (r > 0) {
		return 0;
	}
	return r == 0 ? ward_privileges_damaged(l->path, l->err) :
			ward_state_refuse(l->path, errno, l->err);
}

/* Hold the line at `text` against the name: as strcmp(3) into *ret_order, and
 * how long it is, with its newline, into *ret_size. */
static int
compare(const struct looking *l, const char *text, size_t left, int *ret_order,
    size_t *ret_size, unsigned int *ret_ways)
{
	const char *end = memchr(text, '\n', left);
	struct ward_privileges_line line;

	if (end == NULL ||
	    !ward_privileges_read(text, (size_t)(end - text), &line)) {
		return ward_privileges_damaged(l->path, l->err);
	}
	*ret_order = strcmp(l->name, line.name);
	*ret_size = (size_t)(end - text) + 1;
	*ret_ways = line.ways;
	return 0;
}

/* All that is left fits into the window. */
static int
look_through(struct looking *l)
{
	const size_t size = (size_t)(l->end - l->first);
	char window[WINDOW];
	int r = fetch(l, window, size, l->first);

	for (size_t at = 0; at < size && r == 0 && !l->found;) {
		unsigned int ways;
		size_t length;
		int order;

		r = compare(l, window + at, size - at, &order, &length, &ways);
		if (r == 0 && order == 0) {
			l->found = true;
			l->ways = ways;
		}
		at += r == 0 ? length : 0;
	}
	return r;
}

/* The first line that begins behind the middle: what is looked for is it, or
 * on one side of it. */
static int
halve(struct looking *l)
{
	const uint64_t middle = l->first + (l->end - l->first) / 2;
	char window[2 * LINE_MAX_SIZE];
	const char *text;
	unsigned int ways;
	size_t length;
	int order, r;

	r = fetch(l, window, sizeof(window), middle);
	if (r != 0) {
		return r;
	}
	text = memchr(window, '\n', LINE_MAX_SIZE);
	if (text == NULL) {
		return ward_privileges_damaged(l->path, l->err);
	}
	text++;
	r = compare(l, text, (size_t)(window + sizeof(window) - text), &order,
	    &length, &ways);
	if (r != 0) {
		return r;
	}
	if (order == 0) {
		l->found = true;
		l->ways = ways;
	} else if (order < 0) {
		l->end = middle + (uint64_t)(text - window);
	} else {
		l->first = middle + (uint64_t)(text - window) + length;
	}
	return 0;
}

int
ward_privileges_look(int fd, uint64_t size, const char *path, const char *name,
    unsigned int *ret_ways, struct ward_error *err)
{
	char head[WARD_PRIVILEGES_HEAD + 1], there[WARD_PRIVILEGES_HEAD];
	struct looking l = { .fd = fd,
		.path = path,
		.name = name,
		.first = WARD_PRIVILEGES_HEAD,
		.end = size,
		.err = err };
	int r;

	if (size < WARD_PRIVILEGES_HEAD || size > WARD_PRIVILEGES_MAX) {
		return ward_privileges_damaged(path, err);
	}
	ward_privileges_head(size - WARD_PRIVILEGES_HEAD, head);
	r = fetch(&l, there, sizeof(there), 0);
	if (r == 0 && memcmp(there, head, sizeof(there)) != 0) {
		r = ward_privileges_damaged(path, err);
	}
	while (r == 0 && !l.found && l.end - l.first > WINDOW) {
		r = halve(&l);
	}
	if (r == 0 && !l.found) {
		r = look_through(&l);
	}
	if (r == 0) {
		*ret_ways = l.ways;
	}
	return r;
}

int
ward_privileges_open(const struct ward_state *state, int *ret_fd,
    uint64_t *ret_size, struct ward_error *err)
{
	char path[PATH_MAX];
	struct stat st;
	int fd, r;

	(void)snprintf(path, sizeof(path), "%s%s", state->root,
	    WARD_PRIVILEGES_FILE);
	fd = ward_state_openat(state->base, WARD_PRIVILEGES,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
	if (fd < 0) {
		/* Whoever peeks, and finds no directory, finds nothing in it. */
		return ward_state_refuse(path, state->base < 0 ? ENOENT : errno,
		    err);
	}
	r = fstat(fd, &st) == 0 ? ward_state_trust(path, &st, S_IFREG, err) :
				  ward_state_refuse(path, errno, err);
	if (r != 0) {
		(void)close(fd);
		return r;
	}
	*ret_fd = fd;
	*ret_size = (uint64_t)st.st_size;
	return 0;
}

int
ward_privileges_find(struct ward_state *state, const char *name,
    unsigned int *ret_ways, struct ward_error *err)
{
	char encoded[WARD_NAME_SIZE], path[PATH_MAX];
	uint64_t size;
	int fd, r;

	r = ward_privileges_open(state, &fd, &size, err);
	if (r != 0) {
		if (r == WARD_ERR_MISSING) {
			*ret_ways = 0;
		}
		return r == WARD_ERR_MISSING ? 0 : r;
	}
	(void)snprintf(path, sizeof(path), "%s%s", state->root,
	    WARD_PRIVILEGES_FILE);
	if (ward_name_encode(name, encoded) != 0) {
		*ret_ways = *name == '\0' ? 0 : WARD_WAYS_KEPT;
	} else {
		r = ward_privileges_look(fd, size, path, encoded, ret_ways,
		    err);
	}
	(void)close(fd);
	return r;
}
