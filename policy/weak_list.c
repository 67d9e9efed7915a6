/* SPDX-License-Identifier: BSD-2-Clause */
#include "weak_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "trusted_file.h"

#define NEAR 32

/* ---- is all of it there? ----------------------------------------------------- */

/* A tab, digits; past them, or NULL. */
static const char *
read_number(const char *at, const char *end, uint64_t *ret_number)
{
	uint64_t number = 0;

	if (at == NULL || at == end || *at != '\t' || ++at == end) {
		return NULL;
	}
	for (; at < end && *at >= '0' && *at <= '9'; at++) {
		number = number * 10 + (uint64_t)(*at - '0');
	}
	*ret_number = number;
	return at;
}

/* As policy/words/make.sh reckons them; whatever was torn off, changed or put
 * in another order changes one of the two. */
static void
add_up(const char *bytes, size_t size, uint64_t sums[2])
{
	const unsigned char *at = (const unsigned char *)bytes;
	uint64_t sum = 0, places = 0;

	size_t i = 0;

	/* Four at once: this is done at every change of a password. */
	for (; i + 8 <= size; i += 8) {
		const uint64_t a = at[i] | (uint64_t)at[i + 1] << 8;
		const uint64_t b = at[i + 2] | (uint64_t)at[i + 3] << 8;
		const uint64_t c = at[i + 4] | (uint64_t)at[i + 5] << 8;
		const uint64_t d = at[i + 6] | (uint64_t)at[i + 7] << 8;
		const uint64_t all = a + b + c + d;

		sum += all;
		places += all * (i / 2 + 1) + b + 2 * c + 3 * d;
	}
	for (; i + 1 < size; i += 2) {
		const uint64_t pair = at[i] + 256U * at[i + 1];

		sum += pair;
		places += pair * (i / 2 + 1);
	}
	if (size % 2 != 0) {
		sum += at[size - 1];
		places += at[size - 1] * (uint64_t)(size / 2 + 1);
	}
	sums[0] = sum;
	sums[1] = places;
}

/* How many bytes of words the last line tells of rightly; 0: it does not. */
static size_t
checked_size(const char *bytes, size_t size)
{
	uint64_t lines = 0, told[2] = { 0, 0 }, sums[2];
	const char *end = bytes + size - 1;
	const char *last = size < 2 || *end != '\n' ?
	    NULL :
	    memrchr(bytes, '\n', size - 1);
	const char *at;

	if (last == NULL || *++last != '#') {
		return 0;
	}
	at = read_number(last + 1, end, &lines);
	at = read_number(at, end, &told[0]);
	at = read_number(at, end, &told[1]);
	add_up(bytes, (size_t)(last - bytes), sums);
	return at != end || lines == 0 || told[0] != sums[0] ||
		told[1] != sums[1] ?
	    0 :
	    (size_t)(last - bytes);
}

int
ward_list_open(const char *path, struct ward_list *ret_list,
    struct ward_error *err)
{
	int64_t size = 0;
	int fd = -1;
	void *bytes = MAP_FAILED;
	int r = ward_trusted_open(path, WARD_TRUST_OWNED, &fd, &size, err);
	size_t words;

	if (r != 0) {
		return r;
	}
	if (size != 0) {
		bytes = mmap(NULL, (size_t)size, PROT_READ,
		    MAP_PRIVATE | MAP_POPULATE, fd, 0);
	}
	r = errno;
	(void)close(fd);
	if (size != 0 && bytes == MAP_FAILED) {
		return ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
		    strerror(r));
	}
	words = size == 0 ? 0 : checked_size(bytes, (size_t)size);
	if (words == 0) {
		if (size != 0) {
			(void)munmap(bytes, (size_t)size);
		}
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: not a list of words, or not all of it as it was made: "
		    "its last line has to tell of what is before it; put back "
		    "the one that came with acctward",
		    path);
	}
	*ret_list = (struct ward_list){ bytes, words, (size_t)size };
	return 0;
}

void
ward_list_close(struct ward_list *list)
{
	if (list->bytes != NULL) {
		(void)munmap((void *)(uintptr_t)list->bytes, list->mapped);
	}
	*list = (struct ward_list){ 0 };
}

struct ward_list_at
ward_list_start(const struct ward_list *list)
{
	return (struct ward_list_at){ 0, list->size, 0 };
}

static size_t
line_start(const struct ward_list *list, size_t low, size_t at)
{
	while (at > low && list->bytes[at - 1] != '\n') {
		at--;
	}
	return at;
}

static size_t
line_next(const struct ward_list *list, size_t at, size_t high)
{
	const char *end = memchr(list->bytes + at, '\n', high - at);

	return end == NULL ? high : (size_t)(end - list->bytes) + 1;
}

static bool
is_before(const struct ward_list *list, size_t byte, unsigned int c)
{
	return byte < list->size && (unsigned char)list->bytes[byte] < c;
}

/* The first of these lines whose byte at this depth is no less than c. */
static size_t
first_from(const struct ward_list *list, size_t low, size_t high, size_t depth,
    unsigned int c)
{
	while (low < high) {
		size_t line = line_start(list, low, low + (high - low) / 2);

		if (is_before(list, line + depth, c)) {
			low = line_next(list, line, high);
		} else {
			high = line;
		}
	}
	return low;
}

/* The same, where it is not far away. */
static size_t
first_near(const struct ward_list *list, size_t low, size_t high, size_t depth,
    unsigned int c)
{
	for (size_t step = NEAR; step < high - low; step *= 4) {
		const size_t line = line_start(list, low, low + step);

		if (!is_before(list, line + depth, c)) {
			high = line;
			break;
		}
	}
	return first_from(list, low, high, depth, c);
}

bool
ward_list_step(const struct ward_list *list, struct ward_list_at *at, char c)
{
	const unsigned int byte = (unsigned char)c;

	/* The signs that part words and lines are in no word. */
	if (byte < ' ') {
		at->end = at->begin;
		return false;
	}
	at->begin = first_from(list, at->begin, at->end, at->depth, byte);
	at->end = first_near(list, at->begin, at->end, at->depth, byte + 1);
	at->depth++;
	return at->begin < at->end;
}

int
ward_list_bits(const struct ward_list *list, const struct ward_list_at *at)
{
	const size_t tab = at->begin + at->depth;
	int bits = -1;

	if (at->begin >= at->end || tab >= list->size ||
	    list->bytes[tab] != '\t') {
		return -1;
	}
	for (size_t i = tab + 1; i < list->size && i < tab + 4; i++) {
		if (list->bytes[i] < '0' || list->bytes[i] > '9') {
			break;
		}
		bits = (bits < 0 ? 0 : bits * 10) + (list->bytes[i] - '0');
	}
	return bits;
}
