/* SPDX-License-Identifier: BSD-2-Clause */
#include "weak_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "trusted_file.h"

int
ward_list_open(const char *path, struct ward_list *ret_list,
    struct ward_error *err)
{
	int64_t size = 0;
	int fd = -1;
	void *bytes;
	int r = ward_trusted_open(path, WARD_TRUST_OWNED, &fd, &size, err);

	if (r != 0) {
		return r;
	}
	if (size == 0) {
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: not a list of words", path);
	}
	bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE | MAP_POPULATE,
	    fd, 0);
	r = errno;
	(void)close(fd);
	if (bytes == MAP_FAILED) {
		return ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
		    strerror(r));
	}
	*ret_list = (struct ward_list){ bytes, (size_t)size };
	if (ret_list->bytes[size - 1] != '\n' ||
	    memchr(bytes, '\t', (size_t)size) == NULL) {
		ward_list_close(ret_list);
		return ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: not a list of words", path);
	}
	return 0;
}

void
ward_list_close(struct ward_list *list)
{
	if (list->bytes != NULL) {
		(void)munmap((void *)(uintptr_t)list->bytes, list->size);
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

/* The first of the lines whose byte at this depth is no less than c. */
static size_t
first_from(const struct ward_list *list, const struct ward_list_at *at,
    unsigned int c)
{
	size_t low = at->begin, high = at->end;

	while (low < high) {
		size_t line = line_start(list, low, low + (high - low) / 2);
		size_t byte = line + at->depth;

		if (byte < list->size && (unsigned char)list->bytes[byte] < c) {
			low = line_next(list, line, high);
		} else {
			high = line;
		}
	}
	return low;
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
	at->begin = first_from(list, at, byte);
	at->end = first_from(list, at, byte + 1);
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
