/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cracklib's dictionary: sorted words, sixteen a block (.pwd), where each
 * block begins (.pwi), and the last word of each first letter (.hwm). cracklib
 * believes all of it, and a torn one would write where it should not.
 */
#include "weak_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trusted_file.h"

#define MAGIC 0x70775631U
#define BLOCK_WORDS 16
#define BLOCK_MAX 512 /* as much of a block is read */
#define LETTERS 256
#define LETTERS_SIZE (LETTERS * sizeof(uint32_t))
#define INDEX_MAX ((size_t)64 << 20)

struct head {
	uint32_t magic, words;
	uint16_t block_words, pad;
};

/* A file, or its end. */
struct part {
	unsigned char *bytes;
	size_t size;
	size_t file_size;
};

static bool
read_all(int fd, unsigned char *bytes, size_t size, int64_t at)
{
	size_t got = 0;

	while (got < size) {
		ssize_t n = pread(fd, bytes + got, size - got,
		    (off_t)at + (off_t)got);

		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			errno = n == 0 ? EIO : errno; /* cut off meanwhile */
			return false;
		}
		got += (size_t)n;
	}
	return true;
}

static int
fill_part(int fd, size_t most, struct part *part, const char *path,
    struct ward_error *err)
{
	part->size = part->file_size < most ? part->file_size : most;
	if (part->size == 0) {
		return WARD_ERR_MISSING;
	}
	part->bytes = malloc(part->size);
	if (part->bytes == NULL) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	if (!read_all(fd, part->bytes, part->size,
		(int64_t)(part->file_size - part->size))) {
		return ward_error_set(err, WARD_ERR_IO, "%s: %s", path,
		    strerror(errno));
	}
	return 0;
}

/* *part is the caller's to free, whatever comes of it. */
static int
read_end(const char *dictionary, const char *suffix, size_t most,
    struct part *part, struct ward_error *err)
{
	char path[1024];
	int64_t size = 0;
	int fd = -1;
	int r;
	const int length = snprintf(path, sizeof(path), "%s%s", dictionary,
	    suffix);

	if (length < 0 || (size_t)length >= sizeof(path)) {
		return WARD_ERR_MISSING;
	}
	r = ward_trusted_open(path, WARD_TRUST_OWNED, &fd, &size, err);
	if (r != 0) {
		return r == WARD_ERR_IO ? r : WARD_ERR_MISSING;
	}
	part->file_size = (size_t)size;
	r = fill_part(fd, most, part, path, err);
	(void)close(fd);
	return r;
}

static uint32_t
number_at(const struct part *map, size_t at)
{
	uint32_t number;

	memcpy(&number, map->bytes + at, sizeof(number));
	return number;
}

/* The word's end, with the NUL, or 0. All words of a block but the first begin
 * with how much they have of the one before; what fills up the last block is
 * empty, and has not even that. */
static size_t
word_end(const struct part *words, size_t at, bool first)
{
	const unsigned char *end;
	const bool counted = !first && at + 1 < words->size &&
	    (words->bytes[at] != '\0' || words->bytes[at + 1] != '\0');

	at += counted;
	end = at >= words->size ?
	    NULL :
	    memchr(words->bytes + at, '\0', words->size - at);
	return end == NULL ? 0 : (size_t)(end - words->bytes) + 1;
}

/* Sixteen words from there on, and then the file's end. */
static bool
is_last_block(const struct part *words, size_t at)
{
	if (at > words->file_size || words->file_size - at > words->size) {
		return false;
	}
	at -= words->file_size - words->size;
	for (size_t i = 0; i < BLOCK_WORDS; i++) {
		at = word_end(words, at, i == 0);
		if (at == 0) {
			return false;
		}
	}
	return at == words->size;
}

static bool
is_index(const struct part *index, const struct part *words,
    uint32_t *ret_count)
{
	struct head head;
	size_t blocks, last = 0;

	if (index->size < sizeof(head)) {
		return false;
	}
	memcpy(&head, index->bytes, sizeof(head));
	blocks = (head.words + (size_t)BLOCK_WORDS - 1) / BLOCK_WORDS;
	if (head.magic != MAGIC || head.block_words != BLOCK_WORDS ||
	    head.words == 0 ||
	    index->size != sizeof(head) + blocks * sizeof(uint32_t)) {
		return false;
	}
	for (size_t i = 0; i < blocks; i++) {
		const size_t at = number_at(index,
		    sizeof(head) + i * sizeof(uint32_t));

		if (i == 0 ? at != 0 :
			     at < last + BLOCK_WORDS || at > last + BLOCK_MAX) {
			return false;
		}
		last = at;
	}
	*ret_count = head.words;
	return is_last_block(words, last);
}

static bool
are_letters(const struct part *letters, uint32_t count)
{
	if (letters->file_size != LETTERS_SIZE) {
		return false;
	}
	for (size_t i = 0; i < LETTERS; i++) {
		if (number_at(letters, i * sizeof(uint32_t)) >= count) {
			return false;
		}
	}
	return true;
}

int
ward_dictionary_check(const char *dictionary, struct ward_error *err)
{
	struct part words = { .bytes = NULL }, index = { .bytes = NULL },
		    letters = { .bytes = NULL };
	uint32_t count = 0;
	int r = read_end(dictionary, ".pwi", INDEX_MAX, &index, err);

	if (r == 0) {
		r = read_end(dictionary, ".pwd", BLOCK_MAX, &words, err);
	}
	if (r == 0) {
		r = read_end(dictionary, ".hwm", LETTERS_SIZE + 1, &letters,
		    err);
	}
	if (r == 0 &&
	    (index.size != index.file_size ||
		!is_index(&index, &words, &count) ||
		!are_letters(&letters, count))) {
		r = WARD_ERR_MISSING;
	}
	free(words.bytes);
	free(index.bytes);
	free(letters.bytes);
	return r;
}
