/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sentences in the reader's language. The catalogues are compiled by msgfmt(1)
 * and lie in the program itself: no locale need be installed, no environment
 * is asked, and none is set, so that a host process keeps its own.
 */
#include "text.h"

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

/* The catalogue of a language that has one, or NULL. */
static const unsigned char *
catalogue_of(enum ward_language language)
{
	return language == WARD_CHINESE_TAIWAN &&
		number_at(ward_catalogue_zh_tw, HEAD_MAGIC * 4) == MAGIC ?
	    ward_catalogue_zh_tw :
	    NULL;
}

/* How `size` bytes of the context stand to a catalogue's entry. */
static int
compare(const char *context, const char *english, size_t size,
    const char *entry)
{
	size_t before = strlen(context);
	int order = strncmp(context, entry, before);

	if (order == 0) {
		entry += before;
		order = strncmp(english, entry, size);
	}
	return order != 0 ? order : -(entry[size] != '\0');
}

/* The first entry that does not stand before these bytes. */
static uint32_t
lower_bound(const unsigned char *catalogue, const char *context,
    const char *english, size_t size)
{
	uint32_t low = 0, high = number_at(catalogue, HEAD_COUNT * 4);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (compare(context, english, size,
			string_at(catalogue, HEAD_FROM, middle)) > 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const char *
ward_text_find(enum ward_language language, const char *context,
    const char *english, size_t size)
{
	const unsigned char *catalogue = catalogue_of(language);
	uint32_t at;

	/* The empty string has the catalogue's own head for its translation. */
	if (catalogue == NULL || size == 0) {
		return NULL;
	}
	at = lower_bound(catalogue, context, english, size);
	return at < number_at(catalogue, HEAD_COUNT * 4) &&
		compare(context, english, size,
		    string_at(catalogue, HEAD_FROM, at)) == 0 ?
	    string_at(catalogue, HEAD_TO, at) :
	    NULL;
}

uint32_t
ward_text_first(enum ward_language language, const char *context)
{
	const unsigned char *catalogue = catalogue_of(language);

	return catalogue == NULL ? 0 : lower_bound(catalogue, context, "", 0);
}

bool
ward_text_at(enum ward_language language, const char *context, uint32_t i,
    const char **ret_english, const char **ret_other)
{
	const unsigned char *catalogue = catalogue_of(language);
	const char *entry;

	if (catalogue == NULL || i >= number_at(catalogue, HEAD_COUNT * 4)) {
		return false;
	}
	entry = string_at(catalogue, HEAD_FROM, i);
	if (strncmp(entry, context, strlen(context)) != 0) {
		return false;
	}
	*ret_english = entry + strlen(context);
	*ret_other = string_at(catalogue, HEAD_TO, i);
	return true;
}

const char *
ward_text(enum ward_language language, const char *english)
{
	const char *other = ward_text_find(language, "", english,
	    strlen(english));

	return other == NULL ? english : other;
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
