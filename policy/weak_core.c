/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A word of cracklib's dictionary between digits and signs. cracklib itself
 * takes off three of them at most, and none in front and behind at once. It is
 * looked up here without cracklib, which would take as long again.
 */
#include "weak_parts.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "trusted_file.h"

#define BLOCK_WORDS 16
#define BLOCK_MAX 512
#define HEAD_SIZE 12
#define CORE_MAX 32
#define REST_MAX 6
#define PART_LEAST 5

struct files {
	int index, words;
};

static int
open_one(const char *dictionary, const char *suffix, int *ret_fd)
{
	char path[1024];
	int64_t size = 0;
	const int length = snprintf(path, sizeof(path), "%s%s", dictionary,
	    suffix);

	if (length < 0 || (size_t)length >= sizeof(path)) {
		return WARD_ERR_RANGE;
	}
	return ward_trusted_open(path, WARD_TRUST_OWNED, ret_fd, &size, NULL);
}

static ssize_t
read_at(int fd, void *bytes, size_t size, uint64_t at)
{
	ssize_t n;

	do {
		n = pread(fd, bytes, size, (off_t)at);
	} while (n < 0 && errno == EINTR);
	return n;
}

/* As much of the block as there is, and NULs behind it. */
static int
read_block(const struct files *files, uint32_t block, char text[BLOCK_MAX + 1])
{
	uint32_t at = 0;

	if (read_at(files->index, &at, sizeof(at),
		HEAD_SIZE + (uint64_t)block * sizeof(at)) != sizeof(at)) {
		return WARD_ERR_IO;
	}
	memset(text, 0, BLOCK_MAX + 1);
	return read_at(files->words, text, BLOCK_MAX, at) <= 0 ? WARD_ERR_IO :
								 0;
}

/* All words but the first begin with how much they have of the one before. */
static bool
block_has(const char text[BLOCK_MAX + 1], const char *word)
{
	char here[BLOCK_MAX + 1] = "";
	size_t at = 0;

	for (size_t i = 0; i < BLOCK_WORDS && at < BLOCK_MAX; i++) {
		const size_t same = i == 0 ? 0 : (unsigned char)text[at++];
		const size_t size = strnlen(text + at, BLOCK_MAX - at);

		if (same > strlen(here) || same + size > BLOCK_MAX) {
			return false;
		}
		memcpy(here + same, text + at, size);
		here[same + size] = '\0';
		if (strcmp(here, word) == 0) {
			return true;
		}
		at += size + 1;
	}
	return false;
}

static int
bisect(const struct files *files, const char *word, bool *ret_found)
{
	char text[BLOCK_MAX + 1];
	uint32_t head[HEAD_SIZE / sizeof(uint32_t)], low = 0, high;

	if (read_at(files->index, head, sizeof(head), 0) != sizeof(head)) {
		return WARD_ERR_IO;
	}
	high = head[1] / BLOCK_WORDS + (head[1] % BLOCK_WORDS != 0);
	while (high - low > 1) {
		const uint32_t middle = low + (high - low) / 2;

		if (read_block(files, middle, text) != 0) {
			return WARD_ERR_IO;
		}
		if (strcmp(text, word) <= 0) {
			low = middle;
		} else {
			high = middle;
		}
	}
	if (high == 0 || read_block(files, low, text) != 0) {
		return WARD_ERR_IO;
	}
	*ret_found = block_has(text, word);
	return 0;
}

static int
open_files(const char *dictionary, struct files *ret_files)
{
	int r;

	*ret_files = (struct files){ -1, -1 };
	r = open_one(dictionary, ".pwi", &ret_files->index);
	return r != 0 ? r : open_one(dictionary, ".pwd", &ret_files->words);
}

static void
close_files(const struct files *files)
{
	if (files->index >= 0) {
		(void)close(files->index);
	}
	if (files->words >= 0) {
		(void)close(files->words);
	}
}

static int
look_up(const char *dictionary, const char *word, bool *ret_found)
{
	struct files files;
	int r = open_files(dictionary, &files);

	if (r == 0) {
		r = bisect(&files, word, ret_found);
	}
	close_files(&files);
	return r;
}

/* ---- what is looked up ------------------------------------------------------ */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* In lower case, of one that may be substituted; NUL: it is none. */
static char
letter_of(char c)
{
	static const char written[] = "@013457$!", meant[] = "aoieastsi";
	const char *sign = c == '\0' ? NULL : strchr(written, c);

	return is_letter(c) ? (char)(c | 0x20) :
	    sign != NULL    ? meant[sign - written] :
			      '\0';
}

/* Four characters at most, or a year and two of them. */
static bool
is_cheap(const char *rest, size_t size)
{
	if (size <= 4) {
		return true;
	}
	for (size_t at = 0; at + 4 <= size; at++) {
		if ((rest[at] == '1' && rest[at + 1] == '9') ||
		    (rest[at] == '2' && rest[at + 1] == '0')) {
			const char a = rest[at + 2], b = rest[at + 3];

			return a >= '0' && a <= '9' && b >= '0' && b <= '9';
		}
	}
	return false;
}

/* What stands around the letters begin..end, together. */
static bool
is_adorned(const char *password, size_t size, size_t begin, size_t end)
{
	char rest[REST_MAX];
	const size_t length = size - (end - begin);
	bool cheap;

	if (length > sizeof(rest)) {
		return false;
	}
	memcpy(rest, password, begin);
	memcpy(rest + begin, password + end, size - end);
	cheap = is_cheap(rest, length);
	explicit_bzero(rest, sizeof(rest));
	return cheap;
}

/* The letters, in lower case, between what people put around a word; 0: it is
 * not of that form. Of three, at least two are not substituted. */
static size_t
core_of(const char *password, size_t size, size_t least, char core[CORE_MAX])
{
	size_t begin = 0, end = size, changed = 0;

	while (begin < end && !is_letter(password[begin])) {
		begin++;
	}
	while (end > begin && !is_letter(password[end - 1])) {
		end--;
	}
	if (end - begin < least || end - begin >= CORE_MAX ||
	    !is_adorned(password, size, begin, end)) {
		return 0;
	}
	for (size_t i = begin; i < end; i++) {
		core[i - begin] = letter_of(password[i]);
		if (core[i - begin] == '\0') {
			return 0;
		}
		changed += !is_letter(password[i]);
	}
	core[end - begin] = '\0';
	return changed * 3 > end - begin ? 0 : end - begin;
}

int
ward_dictionary_core(const char *dictionary, const char *password, size_t size,
    size_t least, bool *ret_found)
{
	char core[CORE_MAX];
	size_t length = core_of(password, size, least, core);
	bool found = false;
	int r = length == 0 ? 0 : look_up(dictionary, core, &found);

	/* Of most words the dictionary has no plural. */
	if (r == 0 && !found && length > least && core[length - 1] == 's') {
		core[length - 1] = '\0';
		r = look_up(dictionary, core, &found);
	}
	explicit_bzero(core, sizeof(core));
	if (r == 0) {
		*ret_found = found;
	}
	return r;
}

/* ---- is what cracklib found there? ------------------------------------------- */

/* How the letters between digits and signs may be read: a substituted one at
 * either end belongs to them, and 1 is an l. */
struct reading {
	bool front, behind, is_l;
};

/* 0: they can't be read so. */
static size_t
read_letters(const char *password, size_t size, struct reading reading,
    char core[CORE_MAX])
{
	size_t begin = 0, end = size;

	while (begin < end && !is_letter(password[begin])) {
		begin++;
	}
	while (end > begin && !is_letter(password[end - 1])) {
		end--;
	}
	if ((reading.front && begin-- == 0) ||
	    (reading.behind && end++ == size) || end - begin >= CORE_MAX) {
		return 0;
	}
	for (size_t i = begin; i < end; i++) {
		const char c = letter_of(password[i]);

		if (c == '\0') {
			return 0;
		}
		core[i - begin] = reading.is_l && password[i] == '1' ? 'l' : c;
	}
	core[end - begin] = '\0';
	return end - begin;
}

/* Whole, or without so many letters at one end. */
static int
look_within(const struct files *files, const char core[CORE_MAX], size_t length,
    size_t more, bool *ret_found)
{
	char part[CORE_MAX];
	int r = 0;

	for (size_t i = 0; r == 0 && !*ret_found && i <= 2 * more; i++) {
		const size_t front = i > more ? i - more : 0;
		const size_t cut = i > more ? front : i;

		if (cut != 0 && length < cut + PART_LEAST) {
			continue;
		}
		memcpy(part, core + front, length - cut);
		part[length - cut] = '\0';
		r = bisect(files, part, ret_found);
	}
	explicit_bzero(part, sizeof(part));
	return r;
}

/* Forwards and backwards. */
static int
look_both_ways(const struct files *files, char core[CORE_MAX], size_t length,
    size_t more, bool *ret_found)
{
	int r = look_within(files, core, length, more, ret_found);

	for (size_t i = 0; i < length / 2; i++) {
		const char c = core[i];

		core[i] = core[length - 1 - i];
		core[length - 1 - i] = c;
	}
	if (r == 0 && !*ret_found) {
		r = look_within(files, core, length, more, ret_found);
	}
	return r;
}

int
ward_dictionary_within(const char *dictionary, const char *password,
    size_t size, size_t least, bool *ret_found)
{
	char core[CORE_MAX];
	struct files files;
	bool found = size >= CORE_MAX;
	int r = open_files(dictionary, &files);

	for (unsigned int i = 0; r == 0 && !found && i < 8; i++) {
		const struct reading reading = { (i & 1) != 0, (i & 2) != 0,
			(i & 4) != 0 };
		const size_t length = reading.is_l &&
			memchr(password, '1', size) == NULL ?
		    0 :
		    read_letters(password, size, reading, core);

		if (length >= least) {
			/* With digits and signs as well, two would be
			 * chance. */
			r = look_both_ways(&files, core, length,
			    length == size ? 2 : 1, &found);
		}
	}
	close_files(&files);
	explicit_bzero(core, sizeof(core));
	if (r == 0) {
		*ret_found = found;
	}
	return r;
}
