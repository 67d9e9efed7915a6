/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A list of breached passwords, as it is published: a line for each, its SHA-1
 * in hexadecimal, ":" and how often it was seen, ordered by hash. It has tens
 * of gigabytes, and hashes are spread evenly: where one would stand is
 * reckoned, and a few pages are read.
 */
#include "weak_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trusted_file.h"

/* The longest line: ":", a count of 20 digits, a carriage return, the end. */
#define LINE_MAX_SIZE (2 * WARD_SHA1_SIZE + 23)
#define PAGE_SIZE 4096
/* So many lines are spread evenly enough to tell where they were cut off. */
#define MANY_LINES 1000

struct line {
	unsigned char hash[WARD_SHA1_SIZE];
	int64_t next; /* where the one behind it begins */
};

static int
read_at(const struct ward_breached *list, int64_t at, char *bytes, size_t size)
{
	size_t got = 0;

	while (got < size) {
		ssize_t n = pread(list->fd, bytes + got, size - got,
		    (off_t)at + (off_t)got);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return WARD_ERR_IO; /* 0: it was cut off meanwhile */
		}
		got += (size_t)n;
	}
	return 0;
}

/* The first line that begins at `at` or behind it, but before `end`.
 * WARD_ERR_MISSING: there is none. */
static int
read_line(const struct ward_breached *list, int64_t at, int64_t end,
    struct line *ret_line)
{
	char text[2 * LINE_MAX_SIZE];
	/* Where the line before ends shows that one begins. */
	const int64_t from = at == 0 ? 0 : at - 1;
	const int64_t left = list->size - from;
	const size_t size = left < (int64_t)sizeof(text) ? (size_t)left :
							   sizeof(text);
	size_t begin = 0, length;

	if (read_at(list, from, text, size) != 0) {
		return WARD_ERR_IO;
	}
	if (at != 0) {
		const char *sign = memchr(text, '\n', size);

		if (sign == NULL) {
			return size < LINE_MAX_SIZE ? WARD_ERR_MISSING :
						      WARD_ERR_SYNTAX;
		}
		begin = (size_t)(sign - text) + 1;
	}
	if (from + (int64_t)begin >= end) {
		return WARD_ERR_MISSING;
	}
	length = ward_hash_line(text + begin, size - begin,
	    from + (int64_t)size == list->size, ret_line->hash);
	if (length == 0) {
		return WARD_ERR_SYNTAX;
	}
	ret_line->next = from + (int64_t)(begin + length);
	return 0;
}

/* A hash's place among all: its first eight bytes. */
static uint64_t
place_of(const unsigned char hash[WARD_SHA1_SIZE])
{
	uint64_t place = 0;

	for (size_t i = 0; i < sizeof(place); i++) {
		place = place << 8 | hash[i];
	}
	return place;
}

/* ---- opening --------------------------------------------------------------- */

static int
read_last(const struct ward_breached *list, struct line *ret_line)
{
	int64_t at = list->size > LINE_MAX_SIZE ? list->size - LINE_MAX_SIZE :
						  0;
	int r = read_line(list, at, list->size, ret_line);

	while (r == 0 && ret_line->next < list->size) {
		r = read_line(list, ret_line->next, list->size, ret_line);
	}
	return r;
}

static int
check(const struct ward_breached *list, const char *path,
    struct ward_error *err)
{
	const uint64_t lines = (uint64_t)list->size / LINE_MAX_SIZE;
	struct line first = { .next = 0 }, last = { .next = 0 };

	if (list->size == 0 || read_line(list, 0, list->size, &first) != 0 ||
	    read_last(list, &last) != 0 ||
	    (first.next < list->size &&
		memcmp(first.hash, last.hash, WARD_SHA1_SIZE) >= 0)) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: not a list of SHA-1 hashes ordered by hash", path);
	}
	/* A copy that was broken off has no hash beyond the break. */
	if (lines >= MANY_LINES &&
	    (place_of(first.hash) > UINT64_MAX / lines * 64 ||
		UINT64_MAX - place_of(last.hash) > UINT64_MAX / lines * 64)) {
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: a part of the list is missing: its hashes go from "
		    "%02X... to %02X...",
		    path, first.hash[0], last.hash[0]);
	}
	return 0;
}

int
ward_breached_open(const char *path, struct ward_breached **ret_list,
    struct ward_error *err)
{
	struct ward_breached *list = calloc(1, sizeof(*list));
	int r;

	if (list == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	list->fd = -1;
	r = ward_trusted_open(path, WARD_TRUST_OWNED, &list->fd, &list->size,
	    err);
	if (r == 0) {
		r = check(list, path, err);
	}
	if (r != 0) {
		ward_breached_free(list);
		return r;
	}
	*ret_list = list;
	return 0;
}

void
ward_breached_free(struct ward_breached *list)
{
	while (list != NULL) {
		struct ward_breached *next = list->next;

		if (list->fd >= 0) {
			(void)close(list->fd);
		}
		free(list);
		list = next;
	}
}

/* ---- searching ------------------------------------------------------------- */

/* It stands, if at all, in a line that begins in begin..end; the hashes around
 * them are those. */
struct range {
	int64_t begin, end;
	unsigned char low[WARD_SHA1_SIZE], high[WARD_SHA1_SIZE];
};

/* Where to look next: where an even spread has it, a little before; and every
 * second time in the middle, so that it ends however they lie. */
static int64_t
choose(const struct range *range, const unsigned char hash[WARD_SHA1_SIZE],
    unsigned int turn)
{
	const int64_t size = range->end - range->begin;
	const uint64_t low = place_of(range->low);
	const uint64_t span = place_of(range->high) - low;
	const uint64_t at = place_of(hash) - low;
	int64_t guess;

	if (turn % 2 == 1 || span == 0) {
		return range->begin + size / 2;
	}
	guess = (int64_t)((double)size * ((double)at / (double)span)) -
	    PAGE_SIZE / 4;
	guess = guess < 0 ? 0 : guess;
	return range->begin +
	    (guess > size - PAGE_SIZE / 2 ? size - PAGE_SIZE / 2 : guess);
}

/* What is left is read line by line, and has to be in order. */
static int
scan(const struct ward_breached *list, const struct range *range,
    const unsigned char hash[WARD_SHA1_SIZE], bool *ret_found)
{
	unsigned char before[WARD_SHA1_SIZE];
	char text[2 * PAGE_SIZE];
	const size_t size = (size_t)(range->end - range->begin);
	size_t at = 0;

	memcpy(before, range->low, sizeof(before));
	if (read_at(list, range->begin, text, size) != 0) {
		return WARD_ERR_IO;
	}
	while (at < size) {
		unsigned char here[WARD_SHA1_SIZE];
		const size_t length = ward_hash_line(text + at, size - at,
		    range->end == list->size, here);

		if (length == 0 || memcmp(here, before, sizeof(here)) < 0) {
			return WARD_ERR_SYNTAX;
		}
		if (memcmp(here, hash, sizeof(here)) == 0) {
			*ret_found = true;
			return 0;
		}
		memcpy(before, here, sizeof(before));
		at += length;
	}
	if (memcmp(before, range->high, sizeof(before)) > 0) {
		return WARD_ERR_SYNTAX;
	}
	*ret_found = false;
	return 0;
}

static int
narrow(const struct ward_breached *list, struct range *range, int64_t at,
    const unsigned char hash[WARD_SHA1_SIZE])
{
	struct line line = { .next = 0 };
	int r = read_line(list, at, range->end, &line);
	int order;

	if (r == WARD_ERR_MISSING) {
		/* No line is longer than half a page: it is in what is
		 * before. */
		return WARD_ERR_SYNTAX;
	}
	if (r != 0) {
		return r;
	}
	if (memcmp(line.hash, range->low, WARD_SHA1_SIZE) < 0 ||
	    memcmp(line.hash, range->high, WARD_SHA1_SIZE) > 0) {
		return WARD_ERR_SYNTAX;
	}
	order = memcmp(line.hash, hash, WARD_SHA1_SIZE);
	if (order < 0) {
		range->begin = line.next;
		memcpy(range->low, line.hash, WARD_SHA1_SIZE);
	} else {
		/* The line itself stays within. */
		range->end = line.next;
		memcpy(range->high, line.hash, WARD_SHA1_SIZE);
	}
	return 0;
}

int
ward_breached_find(const struct ward_breached *list,
    const unsigned char hash[WARD_SHA1_SIZE], bool *ret_found)
{
	struct range range = { .begin = 0, .end = list->size };

	memset(range.high, 0xff, sizeof(range.high));
	for (unsigned int turn = 0; range.end - range.begin > 2 * PAGE_SIZE;
	     turn++) {
		int r = narrow(list, &range, choose(&range, hash, turn), hash);

		if (r != 0) {
			return r;
		}
	}
	return scan(list, &range, hash, ret_found);
}
