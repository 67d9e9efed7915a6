/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/sudoers/conf.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/base/lines.h"

#define SHOWN 160 /* bytes of the line */

static const char blanks[] = " \t\r\n";

struct conf {
	struct ward_defects *defects;
	/* By sudoers_file=, or NULL. The first of each counts; that for audits
	 * goes first, as sudo starts it first, and it reads the file. */
	const char *policy_path, *audit_path;
	bool has_policy, has_audit;
};

/* The next word, or NULL. */
static const char *
next_word(char **rest)
{
	char *word = *rest + strspn(*rest, blanks);
	size_t size = strcspn(word, blanks);

	*rest = word + size;
	if (size == 0) {
		return NULL;
	}
	if (**rest != '\0') {
		*(*rest)++ = '\0';
	}
	return word;
}

static bool
is_in(const char *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (word != NULL && strcmp(word, list[i]) == 0) {
			return true;
		}
	}
	return false;
}

static int
take_path(struct conf *conf, const char *symbol, const char *path)
{
	bool audit = strcmp(symbol, "sudoers_audit") == 0;
	bool *has = audit ? &conf->has_audit : &conf->has_policy;
	const char *copy;

	if (*has || strcmp(symbol, "sudoers_io") == 0) {
		return 0;
	}
	*has = true;
	if (path == NULL || path[0] != '/' || strlen(path) >= PATH_MAX) {
		return 0;
	}
	copy = ward_pool_copy(conf->defects->pool, path, strlen(path));
	*(audit ? &conf->audit_path : &conf->policy_path) = copy;
	return copy == NULL ? WARD_ERR_NOMEM : 0;
}

/* "sudoers_policy sudoers.so ..." */
static int
take_plugin(struct conf *conf, char *rest, bool *ret_odd)
{
	static const char *const symbols[] = { "sudoers_policy", "sudoers_io",
		"sudoers_audit" };
	static const char *const objects[] = { "sudoers.so",
		"/usr/lib/sudo/sudoers.so", "/usr/libexec/sudo/sudoers.so" };
	static const char file[] = "sudoers_file=";
	const char *symbol = next_word(&rest), *object = next_word(&rest);
	const char *word, *path = NULL;
	bool own = is_in(symbol, symbols, 3) && is_in(object, objects, 3);

	*ret_odd = !own;
	while ((word = next_word(&rest)) != NULL) {
		*ret_odd = true;
		if (strncmp(word, file, strlen(file)) == 0) {
			path = word + strlen(file);
		}
	}
	return own ? take_path(conf, symbol, path) : 0;
}

static bool
is_other_dir(char *rest)
{
	static const char *const dirs[] = { "/usr/lib/sudo/", "/usr/lib/sudo",
		"/usr/libexec/sudo/", "/usr/libexec/sudo" };
	const char *name = next_word(&rest);

	return name != NULL && strcmp(name, "plugin_dir") == 0 &&
	    !is_in(next_word(&rest), dirs, 4);
}

/* A logical line, without its comment. Keywords are in any case. */
static int
take_line(struct conf *conf, char *text, uint32_t number)
{
	static const char told[] = NC_("detail",
	    "sudo is set to decide otherwise: %.*s");
	char detail[sizeof(told) + SHOWN + 4], *rest = text;
	const char *word;
	bool odd = false;
	int rc = 0, size;

	size = snprintf(detail, sizeof(detail), told, SHOWN,
	    text + strspn(text, blanks));
	while (size > 0 && strchr(blanks, detail[size - 1]) != NULL) {
		detail[--size] = '\0';
	}
	for (char *c = detail; *c != '\0'; c++) {
		*c = strchr(blanks, *c) != NULL ? ' ' : *c;
	}
	word = next_word(&rest);
	if (word != NULL && strcasecmp(word, "Plugin") == 0) {
		rc = take_plugin(conf, rest, &odd);
	} else if (word != NULL && strcasecmp(word, "Path") == 0) {
		odd = is_other_dir(rest);
	}
	if (rc != 0 || !odd) {
		return rc;
	}
	return ward_defects_add(conf->defects,
	    WARD_REASON_WELLFORMED_SUDOERS_OPEN, NULL,
	    (struct ward_source){ WARD_SUDO_CONF_PATH, number }, detail);
}

/* Append the physical line; *ret_more: it ends in a "\". */
static int
append(char **text, const struct ward_line *line, bool *ret_more)
{
	size_t have = *text == NULL ? 0 : strlen(*text);
	size_t size = strcspn(line->text, "#");
	char *more;

	*ret_more = size == line->size && size > 0 &&
	    line->text[size - 1] == '\\';
	size -= *ret_more ? 1 : 0;
	more = realloc(*text, have + size + 2);
	if (more == NULL) {
		return WARD_ERR_NOMEM;
	}
	*text = more;
	memcpy(more + have, line->text, size);
	more[have + size] = '\0';
	return 0;
}

static int
read_lines(struct conf *conf, struct ward_lines *lines)
{
	struct ward_line line;
	uint32_t first = 0;
	char *text = NULL;
	bool more = false;
	int rc;

	while ((rc = ward_lines_next(lines, &line)) > 0) {
		first = more ? first : line.number;
		rc = append(&text, &line, &more);
		if (rc == 0 && !more) {
			rc = take_line(conf, text, first);
			text[0] = '\0';
		}
		if (rc != 0) {
			break;
		}
	}
	if (rc == 0 && more) {
		rc = take_line(conf, text, first);
	}
	free(text);
	return rc;
}

int
ward_sudo_conf_read(const struct ward_root *root, struct ward_defects *defects,
    const char **ret_path)
{
	struct conf conf = { .defects = defects };
	struct ward_lines *lines = NULL;
	int fd, rc;

	if (ward_root_open(root, WARD_SUDO_CONF_PATH, &fd, NULL) != 0) {
		return 0;
	}
	rc = ward_lines_new(fd, &lines);
	if (rc == 0) {
		rc = read_lines(&conf, lines);
	}
	ward_lines_free(lines);
	if (!conf.has_audit) {
		conf.audit_path = conf.policy_path;
	}
	if (conf.audit_path != NULL) {
		*ret_path = conf.audit_path;
	}
	return rc == WARD_ERR_NOMEM ? rc : 0;
}
