/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "collect/sudoers/scan.h"

static const char at_include[] = "@include";

/* The logical line being gathered. */
struct gathering {
	struct ward_sudo_scan scan;
	struct ward_sudo_line line;
	size_t room;
	bool open; /* a physical line is to come */
};

static size_t
skip_blanks(const char *t, size_t i, size_t size)
{
	while (i < size && (t[i] == ' ' || t[i] == '\t')) {
		i++;
	}
	return i;
}

static bool
starts(const char *t, size_t size, const char *what)
{
	size_t n = strlen(what);

	return size >= n && memcmp(t, what, n) == 0;
}

/* "#include" wants the first column and a blank behind it, "@include" only
 * to be a word of its own. */
static enum ward_sudo_line_kind
include_kind(const char *t, size_t size)
{
	size_t i = skip_blanks(t, 0, size);
	size_t w = ward_sudo_word(t + i, size - i);

	if (w == 8 && starts(t + i, w, at_include)) {
		return WARD_SUDO_INCLUDE;
	}
	if (w == 11 && starts(t + i, w, "@includedir")) {
		return WARD_SUDO_INCLUDEDIR;
	}
	if (starts(t, size, "#include ") || starts(t, size, "#include\t")) {
		return WARD_SUDO_INCLUDE;
	}
	if (starts(t, size, "#includedir ") ||
	    starts(t, size, "#includedir\t")) {
		return WARD_SUDO_INCLUDEDIR;
	}
	return WARD_SUDO_BLANK;
}

static enum ward_sudo_line_kind
kind_of(const char *t, size_t size)
{
	static const char *const aliases[] = { "Host_Alias", "Cmnd_Alias",
		"Cmd_Alias", "User_Alias", "Runas_Alias" };
	enum ward_sudo_line_kind kind = include_kind(t, size);
	size_t i = skip_blanks(t, 0, size);

	if (kind != WARD_SUDO_BLANK) {
		return kind;
	}
	if (starts(t + i, size - i, "Defaults")) {
		return WARD_SUDO_DEFAULTS;
	}
	for (size_t k = 0; k < sizeof(aliases) / sizeof(aliases[0]); k++) {
		if (starts(t + i, size - i, aliases[k])) {
			return WARD_SUDO_ALIAS;
		}
	}
	if (i == size || t[i] == '\r') {
		return WARD_SUDO_BLANK;
	}
	if (t[i] == '#' &&
	    (i + 1 == size ||
		(!isdigit((unsigned char)t[i + 1]) &&
		    !(t[i + 1] == '-' && i + 2 < size &&
			isdigit((unsigned char)t[i + 2]))))) {
		return WARD_SUDO_BLANK;
	}
	return WARD_SUDO_RULE;
}

/* Scan the physical line; where the keyword of an include stands, from behind
 * it on. */
static bool
scan_row(struct gathering *g, const char *t, size_t size, bool first)
{
	size_t i = 0;
	bool more;

	if (first) {
		g->scan = (struct ward_sudo_scan){ 0 };
		if (g->line.kind == WARD_SUDO_DEFAULTS) {
			g->scan.state = WARD_SUDO_IN_DEFAULTS;
		} else if (g->line.kind == WARD_SUDO_INCLUDE ||
		    g->line.kind == WARD_SUDO_INCLUDEDIR) {
			g->scan.state = WARD_SUDO_IN_INCLUDE;
			i = skip_blanks(t, 0, size) +
			    (g->line.kind == WARD_SUDO_INCLUDE ? 8 : 11);
		}
	} else if (g->scan.state != WARD_SUDO_IN_STRING &&
	    include_kind(t, size) != WARD_SUDO_BLANK) {
		g->line.wrong = N_("invalid line continuation");
	}
	more = ward_sudo_scan(&g->scan, t + i, size - i);
	if (g->scan.include && g->line.wrong == NULL) {
		g->line.wrong = N_("syntax error");
	}
	return more;
}

static int
append(struct gathering *g, const char *t, size_t size)
{
	size_t want = g->line.size + size + 2;

	if (want > g->room) {
		char *text = realloc(g->line.text, want * 2);

		if (text == NULL) {
			return WARD_ERR_NOMEM;
		}
		g->line.text = text;
		g->room = want * 2;
	}
	if (g->line.size > 0) {
		g->line.text[g->line.size++] = '\n';
	}
	memcpy(g->line.text + g->line.size, t, size);
	g->line.size += size;
	g->line.text[g->line.size] = '\0';
	return 0;
}

/* Two hexadecimal digits, or -1. */
static int
hex(const char *t, size_t size)
{
	int value = 0;

	if (size < 2) {
		return -1;
	}
	for (int i = 0; i < 2; i++) {
		unsigned char c = (unsigned char)t[i];

		if (!isxdigit(c)) {
			return -1;
		}
		value = value * 16 +
		    (isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return value;
}

/* In quotes: only \" means something, and a line break goes with the blanks
 * around it. */
static size_t
quoted_name(const char *t, size_t size, char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < size && t[i] != '"'; i++) {
		if (t[i] == '\n') {
			while (n > 0 && name[n - 1] != '\\') {
				n--;
			}
			n -= n > 0 ? 1 : 0;
			i = skip_blanks(t, i + 1, size) - 1;
			continue;
		}
		if (t[i] == '\\' && i + 1 < size && t[i + 1] == '"') {
			i++;
		}
		name[n++] = t[i];
	}
	return n;
}

/* Unquoted: up to a blank; "\" takes the next as it is, "\x41" is a byte. */
static size_t
plain_name(const char *t, size_t size, char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < size && strchr(" \t\r\n", t[i]) == NULL; i++) {
		int byte = -1;

		if (t[i] == '\\' && i + 1 < size && t[i + 1] != '\n' &&
		    t[i + 1] != '\r') {
			byte = t[i + 1] == 'x' ? hex(t + i + 2, size - i - 2) :
						 -1;
			i += byte >= 0 ? 3 : 1;
		}
		name[n++] = byte >= 0 ? (char)byte : t[i];
	}
	return n;
}

static int
read_name(struct ward_sudo_line *line, struct ward_pool *pool)
{
	const char *t = line->text;
	size_t i = skip_blanks(t, 0, line->size), n;
	char *name;

	if (line->kind != WARD_SUDO_INCLUDE &&
	    line->kind != WARD_SUDO_INCLUDEDIR) {
		return 0;
	}
	i += line->kind == WARD_SUDO_INCLUDE ? 8 : 11;
	while (i < line->size &&
	    (strchr(" \t\r\n", t[i]) != NULL ||
		(t[i] == '\\' && i + 1 < line->size &&
		    strchr(" \t\r\n", t[i + 1]) != NULL))) {
		i++;
	}
	name = ward_pool_take(pool, line->size - i + 1);
	if (name == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (i < line->size && t[i] == '"') {
		n = quoted_name(t + i + 1, line->size - i - 1, name);
	} else {
		n = plain_name(t + i, line->size - i, name);
	}
	if (n == 0 || memchr(name, '\0', n) != NULL) {
		line->wrong = N_("syntax error");
	} else {
		name[n] = '\0';
		line->path = name;
	}
	return 0;
}

/* A file that ends in the middle of a line: nothing is to follow it. */
static void
drop_last_continuation(struct ward_sudo_line *line)
{
	while (line->size > 0 && line->text[line->size - 1] != '\\') {
		line->size--;
	}
	if (line->size > 0) {
		line->size--;
	}
	line->text[line->size] = '\0';
}

int
ward_sudo_text_add(struct ward_sudo_text *text,
    const struct ward_sudo_line *line)
{
	if (text->count == text->room) {
		size_t room = text->room == 0 ? 64 : text->room * 2;
		struct ward_sudo_line *lines;

		lines = reallocarray(text->lines, room, sizeof(*lines));
		if (lines == NULL) {
			return WARD_ERR_NOMEM;
		}
		text->lines = lines;
		text->room = room;
	}
	text->lines[text->count++] = *line;
	return 0;
}

static int
finish(struct gathering *g, struct ward_pool *pool, struct ward_sudo_text *text)
{
	struct ward_sudo_line line = g->line;
	bool open = g->open;

	g->open = false;
	g->line.size = 0;
	if (line.kind == WARD_SUDO_BLANK && line.wrong == NULL) {
		return 0;
	}
	line.text = ward_pool_copy(pool, line.text, line.size);
	if (line.text == NULL) {
		return WARD_ERR_NOMEM;
	}
	if (open) {
		drop_last_continuation(&line);
	}
	if (read_name(&line, pool) != 0) {
		return WARD_ERR_NOMEM;
	}
	return ward_sudo_text_add(text, &line);
}

static int
take_row(struct gathering *g, const struct ward_line *row, const char *file)
{
	bool first = !g->open;
	size_t size = strlen(row->text);

	if (size > row->size) {
		size = row->size;
	}
	if (first) {
		g->line = (struct ward_sudo_line){
			.text = g->line.text,
			.kind = kind_of(row->text, size),
			.source = { file, row->number },
		};
	}
	if (row->cut) {
		g->line.wrong = N_("line too long");
	} else if (size < row->size) {
		g->line.wrong = N_("NUL byte in the line");
	}
	g->open = scan_row(g, row->text, size, first);
	return append(g, row->text, size);
}

int
ward_sudo_text_read(struct ward_lines *lines, const char *file,
    struct ward_pool *pool, struct ward_sudo_text *text)
{
	struct gathering g = { 0 };
	struct ward_line row;
	int rc;

	while ((rc = ward_lines_next(lines, &row)) > 0) {
		rc = take_row(&g, &row, file);
		if (rc == 0 && !g.open) {
			rc = finish(&g, pool, text);
		}
		if (rc != 0) {
			break;
		}
	}
	if (rc == 0 && g.open) {
		rc = finish(&g, pool, text);
	}
	free(g.line.text);
	return rc;
}

void
ward_sudo_text_free(struct ward_sudo_text *text)
{
	free(text->lines);
	*text = (struct ward_sudo_text){ 0 };
}

/* ---- mending ------------------------------------------------------------ */

/* Where the " : " part around `at` begins and ends. */
struct parts {
	size_t base, at;
	size_t begin, end; /* begin 0: the first part */
};

static void
part(void *arg, size_t at)
{
	struct parts *p = arg;

	at += p->base;
	if (at < p->at) {
		p->begin = at;
	} else if (p->end == 0) {
		p->end = at;
	}
}

static void
find_part(const struct ward_sudo_line *line, struct parts *p)
{
	struct ward_sudo_scan scan = { .part = part, .arg = p };
	size_t i = 0;

	while (i < line->size) {
		const char *nl = memchr(line->text + i, '\n', line->size - i);
		size_t end = nl == NULL ? line->size :
					  (size_t)(nl - line->text);

		p->base = i;
		(void)ward_sudo_scan(&scan, line->text + i, end - i);
		i = end + 1;
	}
	if (p->end == 0) {
		p->end = line->size;
	}
}

/* False: there was nothing left to blank out. */
static bool
blank_out(struct ward_sudo_line *line, size_t begin, size_t end)
{
	bool changed = false;

	for (size_t i = begin; i < end && i < line->size; i++) {
		char *c = &line->text[i];

		/* The line breaks stay, and the "\\" before them with them. */
		if (*c != ' ' && *c != '\n' &&
		    !(*c == '\\' && i + 1 < line->size && c[1] == '\n')) {
			*c = ' ';
			changed = true;
		}
	}
	return changed;
}

void
ward_sudo_line_mend(struct ward_sudo_line *line, size_t at, const char *message)
{
	struct parts p = { .at = at };

	line->mended = true;
	if (line->kind == WARD_SUDO_ALIAS) {
		find_part(line, &p);
		p.end = line->size;
	} else if (line->kind == WARD_SUDO_RULE &&
	    strcmp(message, "expected a fully-qualified path name") == 0) {
		find_part(line, &p);
	}
	if (p.begin == 0 || !blank_out(line, p.begin, p.end)) {
		line->kind = WARD_SUDO_GONE;
	}
}
