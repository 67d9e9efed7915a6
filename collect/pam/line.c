/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/pam/line.h"

#include <string.h>

static const char blanks[] = " \n\t";

/*
 * One line of the file, with its newline, as fgets(3) would read it into the
 * room. libpam 1.5 takes what does not fit for another line, be it the rest of
 * a comment; later versions don't.
 */
static enum ward_pam_taken
take(struct ward_pam_text *text, char *to, size_t room, const char **ret_what)
{
	size_t left = (size_t)(text->end - text->at), size = left;
	const char *newline = memchr(text->at, '\n', left);

	if (left == 0) {
		return WARD_PAM_END;
	}
	text->line++;
	if (newline != NULL) {
		size = (size_t)(newline - text->at) + 1;
	}
	if (memchr(text->at, '\0', size) != NULL) {
		*ret_what = N_("it holds a NUL, so it is not text");
		return WARD_PAM_UNCLEAR;
	}
	if (size >= room) {
		*ret_what = N_("it is longer than libpam reads at once");
		return WARD_PAM_UNCLEAR;
	}
	memcpy(to, text->at, size);
	to[size] = '\0';
	text->at += size;
	return WARD_PAM_LINE;
}

/* Cut the comment off, or the backslash by which the line goes on: is there
 * one? A comment ends a line whatever it ends in. */
static bool
goes_on(char *start, char **ret_end)
{
	char *hash = strchr(start, '#'), *end;

	if (hash != NULL) {
		*hash = '\0';
		return false;
	}
	end = start + strlen(start);
	while (end > start && strchr(blanks, end[-1]) != NULL) {
		end--;
	}
	if (end == start || end[-1] != '\\') {
		return false;
	}
	end[-1] = ' ';
	*end = '\0';
	*ret_end = end;
	return true;
}

enum ward_pam_taken
ward_pam_line_next(struct ward_pam_text *text, char line[WARD_PAM_LINE_SIZE],
    uint32_t *ret_number, const char **ret_what)
{
	char *at = line;
	bool begun = false;

	*ret_number = text->line + 1;
	for (;;) {
		size_t room = WARD_PAM_LINE_SIZE - (size_t)(at - line);
		enum ward_pam_taken taken = take(text, at, room, ret_what);
		char *start = at + strspn(at, blanks);

		if (taken == WARD_PAM_UNCLEAR) {
			*ret_number = text->line;
		}
		if (taken == WARD_PAM_END && begun) {
			*ret_what = N_("the file ends where it should go on");
			return WARD_PAM_TORN;
		}
		if (taken != WARD_PAM_LINE) {
			return taken;
		}
		if (*start == '\0' || *start == '#') {
			continue;
		}
		if (!begun) {
			*ret_number = text->line;
		}
		begun = true;
		if (!goes_on(start, &at)) {
			return WARD_PAM_LINE;
		}
	}
}

/* The end of what is in brackets, which is shortened in its place. */
static char *
close_bracket(char *word)
{
	char *to = word, *from = word;

	while (*from != '\0' && *from != ']') {
		if (from[0] == '\\' && from[1] == ']') {
			from++;
		}
		*to++ = *from++;
	}
	if (*from != '\0') {
		from++;
	}
	*to = '\0';
	return from;
}

char *
ward_pam_word(char **rest)
{
	char *word = *rest, *end;

	if (word == NULL) {
		return NULL;
	}
	word += strspn(word, blanks);
	if (*word == '\0') {
		*rest = NULL;
		return NULL;
	}
	if (*word == '[') {
		end = close_bracket(++word);
	} else {
		end = word + strcspn(word, blanks);
		if (*end != '\0') {
			*end++ = '\0';
		}
	}
	*rest = *end == '\0' ? NULL : end;
	return word;
}
