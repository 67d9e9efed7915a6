/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One plan file. inih finds keys and values; what it would let pass (text
 * behind a section's name, an empty section, a line cut at its buffer, a
 * section or a key swallowed by an indented line) is refused here, line by
 * line, before inih sees it.
 */
#include "plan_reader.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 190 /* inih takes 198: some are left for a dump */

/* Bytes that no plan needs, and that hide what stands there. */
static int
check_bytes(struct ward_plan_reader *r, const char *line, size_t size)
{
	size_t used;
	uint32_t c;

	for (size_t at = 0; at < size; at += used) {
		used = ward_utf8_decode(line + at, size - at, &c);
		if (used == 0) {
			return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "not valid UTF-8");
		}
		if (c == '\0') {
			return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "a NUL byte");
		}
		if (c == '\r' && at + 1 < size && line[at + 1] == '\n') {
			continue;
		}
		if ((c < ' ' && c != '\t' && c != '\n') ||
		    (c >= 0x7f && c < 0xa0)) {
			return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "a control character");
		}
		if (c >= ' ' && ward_is_hidden(c)) {
			return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "a character that nobody sees, or that turns what "
			    "stands around it: U+%04X",
			    c);
		}
	}
	return 0;
}

/* An indented line goes on with the value above it. What looks like something
 * else there is refused rather than swallowed. */
static int
check_indented(struct ward_plan_reader *r, const char *start)
{
	if (*start == '[') {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "a section begins at the start of its line");
	}
	if (*start != '#' && *start != ';' && strchr(start, '=') != NULL) {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "a setting begins at the start of its line (an indented "
		    "line goes on with the value above it)");
	}
	return 0;
}

/* Refuse what inih would take otherwise than it reads. */
static int
check_line(struct ward_plan_reader *r, const char *line, size_t size)
{
	const char *start = line + strspn(line, " \t");
	size_t key = strcspn(line, "=:");

	if (check_bytes(r, line, size) != 0) {
		return r->failed;
	}
	r->indented = start > line;
	if (r->indented) {
		return check_indented(r, start);
	}
	if (*line == '[') {
		return ward_plan_open(r, line);
	}
	if (line[key] == ':' && *line != '#' && *line != ';') {
		return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "a setting is written key = value");
	}
	return 0;
}

/* What inih calls for each line, as it would fgets(3). */
static char *
next_line(char *line, int room, void *arg)
{
	struct ward_plan_reader *r = arg;
	const char *newline;
	size_t size;

	if (r->failed != 0 || r->next == r->end) {
		return NULL;
	}
	newline = memchr(r->next, '\n', (size_t)(r->end - r->next));
	size = (size_t)((newline == NULL ? r->end : newline + 1) - r->next);
	r->line++;
	if (r->line == 1 && size >= 3 &&
	    memcmp(r->next, "\xef\xbb\xbf", 3) == 0) {
		r->next += 3;
		size -= 3;
	}
	if (size > LINE_MAX_BYTES + 1 || size >= (size_t)room) {
		(void)ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "longer than %d bytes; go on in an indented line",
		    LINE_MAX_BYTES);
		return NULL;
	}
	memcpy(line, r->next, size);
	line[size] = '\0';
	r->next += size;
	return check_line(r, line, size) == 0 ? line : NULL;
}

/* Append to the value with single blanks between its words. A word that a
 * line could not begin with, or a '=', is refused: the dump breaks lines. */
static int
take_words(struct ward_plan_reader *r, const char *text)
{
	size_t used = strlen(r->value);

	for (;;) {
		size_t size;

		text += strspn(text, " \t\r\n");
		size = strcspn(text, " \t\r\n");
		if (size == 0) {
			return 0;
		}
		if (strchr("#;[", *text) != NULL ||
		    memchr(text, '=', size) != NULL) {
			return ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "%s: no word of a value begins with # ; or [, or "
			    "holds a =: '%.*s'",
			    r->key, (int)size, text);
		}
		if (used + size + 2 > sizeof(r->value)) {
			return ward_plan_fail(r, r->key_line, WARD_ERR_SYNTAX,
			    "%s: longer than %d bytes", r->key,
			    VALUE_MAX_SIZE - 2);
		}
		if (used > 0) {
			r->value[used++] = ' ';
		}
		memcpy(r->value + used, text, size);
		used += size;
		r->value[used] = '\0';
		text += size;
	}
}

static int
take_key(void *arg, const char *section, const char *key, const char *value)
{
	struct ward_plan_reader *r = arg;

	(void)section;
	if (r->failed != 0) {
		return 0;
	}
	if (r->place == NOWHERE) {
		(void)ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "'%s' stands before the first section", key);
		return 0;
	}
	if (r->indented && r->key[0] == '\0') {
		(void)ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
		    "a setting begins at the start of its line");
		return 0;
	}
	if (!r->indented) {
		if (ward_plan_store(r) != 0) {
			return 0;
		}
		if (*key == '\0' || strlen(key) > NAME_MAX_SIZE) {
			(void)ward_plan_fail(r, r->line, WARD_ERR_SYNTAX,
			    "unknown key '%s'", key);
			return 0;
		}
		(void)snprintf(r->key, sizeof(r->key), "%s", key);
		r->key_line = r->line;
		r->value[0] = '\0';
	}
	return take_words(r, value) == 0;
}

int
ward_plan_read(const char *name, const char *text, size_t size,
    enum ward_layer layer, struct ward_plan *plan, struct ward_error *err)
{
	struct ward_plan_reader r = { .name = name,
		.next = text,
		.end = text + size,
		.layer = layer,
		.plan = plan,
		.err = err };
	int bad = ini_parse_stream(next_line, &r, take_key, &r);

	if (r.failed == 0) {
		(void)ward_plan_close(&r);
	}
	if (bad > 0 && (r.failed == 0 || (uint32_t)bad < r.line)) {
		r.failed = 0;
		(void)ward_plan_fail(&r, (uint32_t)bad, WARD_ERR_SYNTAX,
		    "neither a section, a comment nor `key = value`");
	} else if (bad < 0 && r.failed == 0) {
		(void)ward_plan_fail(&r, r.line, WARD_ERR_NOMEM, "no memory");
	}
	for (size_t i = 0; i < WARD_KEYS_MAX; i++) {
		free(r.origins[i].file);
	}
	free(r.section_origin.file);
	return r.failed;
}
