/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sentences in the reader's language. The catalogues are compiled by msgfmt(1)
 * and lie in the program itself: no locale need be installed, no environment
 * is asked, and none is set, so that a host process keeps its own.
 */
#include "policy.h"

#include <string.h>

/* The compiled catalogue, as it stands in its file. */
#define CATALOGUE(symbol, file) \
	__asm__(".section .rodata\n" \
		".balign 4\n" \
		".local " #symbol "\n" \
		".type " #symbol ", @object\n" #symbol ":\n" \
		".incbin \"" file "\"\n" \
		".size " #symbol ", . - " #symbol "\n" \
		".byte 0\n" \
		".previous\n"); \
	extern const unsigned char symbol[]

CATALOGUE(ward_catalogue_zh_tw, WARD_CATALOGUES "/zh_TW.mo");

/* The head of a GNU .mo file, in the machine's own byte order; gettext(3). */
#define MAGIC 0x950412de
enum head {
	HEAD_MAGIC,
	HEAD_REVISION,
	HEAD_COUNT,
	HEAD_FROM,
	HEAD_TO
};

static uint32_t
number_at(const unsigned char *catalogue, size_t offset)
{
	uint32_t number;

	memcpy(&number, catalogue + offset, sizeof(number));
	return number;
}

/* The i-th string of the table at `table`: pairs of length and offset. */
static const char *
string_at(const unsigned char *catalogue, enum head table, uint32_t i)
{
	size_t row = number_at(catalogue, (size_t)table * 4) + (size_t)i * 8;

	return (const char *)catalogue + number_at(catalogue, row + 4);
}

static const char *
look_up(const unsigned char *catalogue, const char *english)
{
	uint32_t low = 0, high = number_at(catalogue, HEAD_COUNT * 4);

	if (number_at(catalogue, HEAD_MAGIC * 4) != MAGIC) {
		return english;
	}
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(english,
		    string_at(catalogue, HEAD_FROM, middle));

		if (order == 0) {
			return string_at(catalogue, HEAD_TO, middle);
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return english;
}

const char *
ward_text(enum ward_language language, const char *english)
{
	/* The empty string has the catalogue's own head for its translation. */
	return language == WARD_ENGLISH || *english == '\0' ?
	    english :
	    look_up(ward_catalogue_zh_tw, english);
}

bool
ward_language_find(const char *name, enum ward_language *ret_language)
{
	static const struct {
		const char *name;
		enum ward_language language;
	} names[] = {
		{ "en", WARD_ENGLISH },
		{ "zh_TW", WARD_CHINESE_TAIWAN },
		{ "zh-TW", WARD_CHINESE_TAIWAN },
		{ "zh_Hant", WARD_CHINESE_TAIWAN },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t size = strlen(names[i].name);

		/* "zh_TW.UTF-8", "en_GB": what stands behind is no matter */
		if (strncmp(name, names[i].name, size) == 0 &&
		    (name[size] == '\0' || strchr("._@", name[size]) != NULL)) {
			*ret_language = names[i].language;
			return true;
		}
	}
	return false;
}
