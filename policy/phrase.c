/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Details in the reader's language. Facts hold them in English and filled in,
 * as a snapshot must be the same whoever reads it. So a detail is held against
 * the formats of the catalogue's context "detail": where one makes it up, what
 * stands at its conversions is put into the format's translation.
 */
#include "text.h"

#include <string.h>

#define VALUES_MAX 4
#define DEPTH_MAX 4 /* a phrase in a phrase in a phrase */

struct piece {
	const char *text;
	size_t size;
};

struct match {
	const char *other; /* the translation, or NULL */
	size_t literal;    /* bytes of the format that are no conversion */
	struct piece values[VALUES_MAX];
};

struct output {
	enum ward_language language;
	char *text;
	size_t size, used;
};

static void
put(struct output *out, const char *text, size_t size)
{
	size_t room = out->size - out->used - 1;

	size = size < room ? size : room;
	memcpy(out->text + out->used, text, size);
	out->used += size;
	out->text[out->used] = '\0';
}

/* How long the conversion is that begins here: "%.64s", "%2$zu", "%%". */
static size_t
conversion(const char *format)
{
	size_t size = 1 + strspn(format + 1, "0123456789$.*lz");

	return format[size] == '\0' ? size : size + 1;
}

static size_t
count_digits(struct piece text)
{
	size_t count = 0;

	while (count < text.size && text.text[count] >= '0' &&
	    text.text[count] <= '9') {
		count++;
	}
	return count;
}

/* Does the format make up the text? Numbers take all their digits, text as little as will do. */
static bool
fits(const char *format, struct piece text, struct piece *values, size_t left)
{
	size_t plain = strcspn(format, "%"), size, least, most;

	if (plain > text.size || memcmp(format, text.text, plain) != 0) {
		return false;
	}
	format += plain;
	text.text += plain;
	text.size -= plain;
	if (*format == '\0') {
		return text.size == 0;
	}
	size = conversion(format);
	if (format[1] == '%') {
		return text.size > 0 && *text.text == '%' &&
		    fits(format + size,
			(struct piece){ text.text + 1, text.size - 1 }, values,
			left);
	}
	if (left == 0) {
		return false;
	}
	least = format[size - 1] == 's' ? 1 : count_digits(text);
	most = format[size - 1] == 's' ? text.size : least;
	for (size_t n = least; n > 0 && n <= most; n++) {
		*values = (struct piece){ text.text, n };
		if (fits(format + size,
			(struct piece){ text.text + n, text.size - n },
			values + 1, left - 1)) {
			return true;
		}
	}
	return false;
}

static size_t
count_literal(const char *format)
{
	size_t count = 0;

	while (*format != '\0') {
		size_t plain = strcspn(format, "%");

		count += plain;
		format += plain;
		format += *format == '\0' ? 0 : conversion(format);
	}
	return count;
}

/* The format that says the most of the text itself. */
static void
find_format(enum ward_language language, struct piece text, struct match *best)
{
	const char *format, *other;

	best->other = NULL;
	best->literal = 0;
	for (uint32_t i = ward_text_first(language, WARD_DETAIL);
	     ward_text_at(language, WARD_DETAIL, i, &format, &other); i++) {
		struct match match = { .other = other };

		if (fits(format, text, match.values, VALUES_MAX)) {
			match.literal = count_literal(format);
			*best = match.literal > best->literal ? match : *best;
		}
	}
}

static void put_phrase(struct output *out, struct piece text, int depth);

static void
put_filled(struct output *out, const struct match *match, int depth)
{
	const char *format = match->other;
	size_t next = 0;

	while (*format != '\0') {
		size_t plain = strcspn(format, "%"), size;

		put(out, format, plain);
		format += plain;
		if (*format == '\0') {
			break;
		}
		size = conversion(format);
		if (format[1] == '%') {
			put(out, "%", 1);
		} else {
			size_t i = size > 3 && format[2] == '$' ?
			    (size_t)(format[1] - '1') :
			    next++;

			if (i < VALUES_MAX && match->values[i].text != NULL) {
				put_phrase(out, match->values[i], depth - 1);
			}
		}
		format += size;
	}
}

static void
put_phrase(struct output *out, struct piece text, int depth)
{
	struct match match;
	const char *other;

	if (depth == 0 || memchr(text.text, ' ', text.size) == NULL) {
		put(out, text.text, text.size);
		return;
	}
	other = ward_text_find(out->language, WARD_DETAIL, text.text,
	    text.size);
	if (other == NULL) {
		other = ward_text_find(out->language, "", text.text, text.size);
	}
	if (other != NULL) {
		put(out, other, strlen(other));
		return;
	}
	find_format(out->language, text, &match);
	if (match.other != NULL) {
		put_filled(out, &match, depth);
	} else {
		put(out, text.text, text.size);
	}
}

void
ward_phrase(enum ward_language language, const char *english, char *text,
    size_t size)
{
	struct output out = { .language = language,
		.text = text,
		.size = size };

	text[0] = '\0';
	put_phrase(&out, (struct piece){ english, strlen(english) }, DEPTH_MAX);
}
