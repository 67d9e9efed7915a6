/* SPDX-License-Identifier: BSD-2-Clause */
#include "weak_parts.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "trusted_file.h"

#define NEAR 32
/* So many times 65,535 added up as often still fit into 32 bits. */
#define BLOCKS_MAX 256

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

/* Of so many blocks of four pairs, the first of them at this place. The sums of
 * two pairs at a time are kept in one number: this is done at every change of a
 * password. */
static void
add_blocks(const char *bytes, size_t blocks, uint64_t place, uint64_t sums[2])
{
	static const uint64_t every_other = 0x0000ffff0000ffffU;
	uint64_t even = 0, odd = 0, evens = 0, odds = 0;

	for (size_t i = 0; i < blocks; i++) {
		uint64_t block;

		memcpy(&block, bytes + 8 * i, sizeof(block));
		block = le64toh(block);
		even += block & every_other;
		odd += block >> 16 & every_other;
		evens += even;
		odds += odd;
	}
	for (unsigned int i = 0; i < 4; i++) {
		const unsigned int shift = 32 * (i / 2);
		const uint64_t sum = (i % 2 == 0 ? even : odd) >> shift &
		    UINT32_MAX;
		/* In which the last block is once, the first one each time. */
		const uint64_t all = (i % 2 == 0 ? evens : odds) >> shift &
		    UINT32_MAX;

		sums[0] += sum;
		sums[1] += sum * (place + i) + 4 * (blocks * sum - all);
	}
}

/* As policy/words/make.sh reckons them; whatever was torn off, changed or put
 * in another order changes one of the two. */
static void
add_up(const char *bytes, size_t size, uint64_t sums[2])
{
	size_t at = 0;

	sums[0] = sums[1] = 0;
	while (size - at >= 8) {
		const size_t left = (size - at) / 8;
		const size_t blocks = left < BLOCKS_MAX ? left : BLOCKS_MAX;

		add_blocks(bytes + at, blocks, at / 2 + 1, sums);
		at += 8 * blocks;
	}
	for (; at < size; at++) {
		const uint64_t part = (uint64_t)(unsigned char)bytes[at]
		    << 8 * (at % 2);

		sums[0] += part;
		sums[1] += part * (at / 2 + 1);
	}
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
