/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/scan.h"

#include <ctype.h>
#include <string.h>

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

/* "\", blanks, perhaps a carriage return, and the end of the line. */
static bool
continues(const char *t, size_t size)
{
	size_t i = 1;

	if (size == 0 || t[0] != '\\') {
		return false;
	}
	while (i < size && blank(t[i])) {
		i++;
	}
	if (i < size && t[i] == '\r') {
		i++;
	}
	return i == size;
}

/* ([^stop \t\r\n\\"]|\\[^\t\n])+ */
static size_t
word(const char *t, size_t size, const char *stop)
{
	size_t i = 0;

	while (i < size) {
		if (t[i] == '\\') {
			if (i + 1 == size || t[i + 1] == '\t') {
				break;
			}
			i += 2;
		} else if (t[i] == '\0' || strchr(stop, t[i]) != NULL) {
			break;
		} else {
			i++;
		}
	}
	return i;
}

size_t
ward_sudo_word(const char *text, size_t size)
{
	return word(text, size, "#>!=:,() \t\r\"");
}

/* \/(\\[\,:= \t#]|[^\,:=\\ \t\r\n#])+ */
static size_t
path(const char *t, size_t size)
{
	size_t i = 1;

	while (i < size && t[i] != '\0') {
		if (t[i] == '\\') {
			if (i + 1 == size ||
			    strchr(",:= \t#", t[i + 1]) == NULL ||
			    t[i + 1] == '\0') {
				break;
			}
			i += 2;
		} else if (strchr(",:= \t\r#", t[i]) != NULL) {
			break;
		} else {
			i++;
		}
	}
	return i > 1 ? i : 0;
}

/* \^([^#\r\n\$]|\\[#\$])*\$, the longest */
static size_t
regex(const char *t, size_t size)
{
	size_t end = 0;

	for (size_t i = 1; i < size; i++) {
		bool quoted = t[i - 1] == '\\' && i > 1;

		if (t[i] == '\r' || (t[i] == '#' && !quoted)) {
			break;
		}
		if (t[i] == '$') {
			end = i + 1;
			if (!quoted) {
				break;
			}
		}
	}
	return end;
}

static bool
is(const char *t, size_t size, const char *what)
{
	return size == strlen(what) && memcmp(t, what, size) == 0;
}

static bool
is_tag(const char *t, size_t size)
{
	static const char *const tags[] = { "PASSWD", "EXEC", "SETENV",
		"LOG_INPUT", "LOG_OUTPUT", "MAIL", "FOLLOW", "INTERCEPT" };

	if (t == NULL) {
		return false;
	}
	if (size > 2 && memcmp(t, "NO", 2) == 0) {
		t += 2;
		size -= 2;
	}
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (is(t, size, tags[i])) {
			return true;
		}
	}
	return size == 6 && memcmp(t, "sha", 3) == 0;
}

/* An IPv6 address: at least two colons. 0: none. */
static size_t
address(const char *t, size_t size)
{
	size_t i = 0, colons = 0;

	for (; i < size && t[i] != '\0' &&
	     strchr("0123456789abcdefABCDEF:", t[i]) != NULL;
	     i++) {
		colons += t[i] == ':' ? 1 : 0;
	}
	return colons >= 2 ? i : 0;
}

static size_t
digest(const char *t, size_t size)
{
	size_t i = 0;

	while (i < size &&
	    (isalnum((unsigned char)t[i]) ||
		(t[i] != '\0' && strchr("+/=", t[i]) != NULL))) {
		i++;
	}
	return i;
}

/* What stands where a path may: it changes the state. 0: something else. */
static size_t
special(struct ward_sudo_scan *scan, const char *t, size_t size, size_t longer)
{
	size_t n = t[0] == '/' ? path(t, size) :
	    t[0] == '^'        ? regex(t, size) :
				 0;

	if (n == 0 || n < longer) {
		return 0;
	}
	if (scan->state == WARD_SUDO_AT_PATH && t[0] == '/') {
		scan->state = WARD_SUDO_INITIAL;
	} else if (t[0] == '^' || t[n - 1] != '/') {
		scan->state = WARD_SUDO_IN_COMMAND;
		scan->arguments = false;
	}
	return n;
}

static void
take_word(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	scan->word = t;
	scan->word_size = size;
	if (scan->state == WARD_SUDO_AT_PATH) {
		scan->state = WARD_SUDO_INITIAL;
	} else if (is(t, size, "sudoedit")) {
		scan->state = WARD_SUDO_IN_COMMAND;
		scan->arguments = false;
	} else if (is(t, size, "CWD") || is(t, size, "CHROOT")) {
		scan->state = WARD_SUDO_AT_PATH;
	} else if (is(t, size, "sha224") || is(t, size, "sha256") ||
	    is(t, size, "sha384") || is(t, size, "sha512")) {
		scan->state = WARD_SUDO_AT_DIGEST;
	} else if (is(t, size, "@include") || is(t, size, "@includedir")) {
		scan->include = true;
	}
}

/* A word, path, regular expression or address: the longest, as flex has it. */
static size_t
token(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	size_t w = ward_sudo_word(t, size), n;

	if (scan->state == WARD_SUDO_AT_DIGEST) {
		w = digest(t, size);
	}
	n = special(scan, t, size, w);
	if (n != 0) {
		return n;
	}
	n = address(t, size);
	if (n > w) {
		scan->word = NULL;
		return n;
	}
	if (w == 0) {
		return 1;
	}
	if (scan->state == WARD_SUDO_AT_DIGEST) {
		scan->state = WARD_SUDO_INITIAL;
	} else {
		take_word(scan, t, w);
	}
	return w;
}

static void
colon(struct ward_sudo_scan *scan, size_t at)
{
	if (scan->depth <= 0 && scan->part != NULL &&
	    !is_tag(scan->word, scan->word_size)) {
		scan->part(scan->arg, at);
	}
}

/* "#": of an id, or of a comment, which goes to the end of the line (0). */
static size_t
hash(const struct ward_sudo_scan *scan, const char *t, size_t size)
{
	size_t i = size > 1 && t[1] == '-' ? 2 : 1;

	if (scan->state == WARD_SUDO_AT_PATH ||
	    scan->state == WARD_SUDO_AT_DIGEST) {
		return 1;
	}
	if (i < size && isdigit((unsigned char)t[i])) {
		while (i < size && isdigit((unsigned char)t[i])) {
			i++;
		}
		return i;
	}
	return size > 2 && t[1] == '\r' ? 1 : 0;
}

static size_t
step_defaults(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	size_t w;

	if (t[0] == '"') {
		scan->outer = scan->state;
		scan->state = WARD_SUDO_IN_STRING;
		return 1;
	}
	if (t[0] == '#') {
		return hash(scan, t, size);
	}
	w = word(t, size, "#=, \t\r\"");
	return w == 0 ? 1 : w;
}

/* One step outside strings and arguments; 0: a comment, up to the end. */
static size_t
step_initial(struct ward_sudo_scan *scan, const char *line, size_t i,
    size_t size)
{
	const char *t = line + i;
	size_t colons;

	if (blank(t[0])) {
		return 1;
	}
	if (t[0] == '#') {
		scan->word = NULL;
		return hash(scan, t, size - i);
	}
	if (t[0] == '"') {
		if (scan->state == WARD_SUDO_INITIAL) {
			scan->outer = scan->state;
			scan->state = WARD_SUDO_IN_STRING;
		}
		return 1;
	}
	colons = t[0] == ':' ? address(t, size - i) : 0;
	if (t[0] == ':' && colons == 0) {
		colon(scan, i);
	} else if (t[0] == '(' || t[0] == ')') {
		scan->depth += t[0] == '(' ? 1 : -1;
	}
	if (colons == 0 && strchr(">!=:,()\r", t[0]) != NULL && t[0] != '\0' &&
	    (t[0] != '=' || scan->state != WARD_SUDO_AT_DIGEST)) {
		scan->word = NULL;
		return 1;
	}
	return token(scan, t, size - i);
}

static size_t
step_command(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	if (t[0] == '\\') {
		return size > 1 && t[1] != '\0' &&
			strchr("*?[]!^:\\,= \t#", t[1]) != NULL ?
		    2 :
		    1;
	}
	if (strchr("#:,=\r", t[0]) != NULL && t[0] != '\0') {
		scan->state = WARD_SUDO_INITIAL;
		scan->word = NULL;
		return 0;
	}
	if (!blank(t[0])) {
		if (t[0] == '^' && !scan->arguments) {
			scan->state = WARD_SUDO_IN_REGEX;
		}
		scan->arguments = true;
	}
	return 1;
}

static size_t
step_regex(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	if (t[0] == '\\' && size > 1 && t[1] != '\r') {
		return 2;
	}
	if (t[0] == '#' || t[0] == '\r' || t[0] == '$') {
		scan->state = WARD_SUDO_INITIAL;
		scan->word = NULL;
		return t[0] == '$' ? 1 : 0;
	}
	return 1;
}

static size_t
step_string(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	if (t[0] == '"') {
		scan->state = scan->outer;
		scan->word = NULL;
	}
	return t[0] == '\\' && size > 1 && t[1] == '"' ? 2 : 1;
}

static size_t
step_include(struct ward_sudo_scan *scan, const char *t, size_t size)
{
	size_t i = 0;

	if (blank(t[0]) || t[0] == '\r') {
		return 1;
	}
	scan->state = WARD_SUDO_INITIAL;
	if (t[0] == '"') {
		scan->outer = WARD_SUDO_INITIAL;
		scan->state = WARD_SUDO_IN_STRING;
		return 1;
	}
	while (i < size && t[i] != '\r' &&
	    (!blank(t[i]) || (i > 0 && t[i - 1] == '\\'))) {
		i++;
	}
	return i;
}

bool
ward_sudo_scan(struct ward_sudo_scan *scan, const char *line, size_t size)
{
	size_t i = 0, n = 0;

	scan->word = NULL;
	while (i < size) {
		if (continues(line + i, size - i)) {
			return true;
		}
		switch (scan->state) {
		case WARD_SUDO_IN_DEFAULTS:
			n = step_defaults(scan, line + i, size - i);
			if (n == 0) {
				return false;
			}
			break;
		case WARD_SUDO_INITIAL:
		case WARD_SUDO_AT_PATH:
		case WARD_SUDO_AT_DIGEST:
			n = step_initial(scan, line, i, size);
			if (n == 0) {
				return false;
			}
			break;
		case WARD_SUDO_IN_STRING:
			n = step_string(scan, line + i, size - i);
			break;
		case WARD_SUDO_IN_COMMAND:
			n = step_command(scan, line + i, size - i);
			break;
		case WARD_SUDO_IN_REGEX:
			n = step_regex(scan, line + i, size - i);
			break;
		case WARD_SUDO_IN_INCLUDE:
			n = step_include(scan, line + i, size - i);
			break;
		}
		i += n;
	}
	return false;
}
