/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/trust.h"

#include <string.h>
#include <unistd.h>

#include "collect/base/lines.h"

#define BLANKS " \t\v\f\r"

/* "host [user]": each may be "+" (any), "@netgroup", or begin with "-". */
bool
ward_trust_lets_in(const char *line)
{
	size_t size = strcspn(line, "#");
	size_t host = strspn(line, BLANKS);
	size_t user;

	if (host >= size || line[host] == '-') {
		return false;
	}
	user = host + strcspn(line + host, BLANKS "#");
	user += strspn(line + user, BLANKS);
	return user >= size || line[user] != '-';
}

static void
take_line(struct ward_trust_file *in, const struct ward_line *line)
{
	size_t start = strspn(line->text, BLANKS);
	size_t size = strcspn(line->text + start, "#");

	if (ward_trust_lets_in(line->text)) {
		while (strchr(BLANKS, line->text[start + size - 1]) != NULL) {
			size--;
		}
		in->line = line->number;
		(void)snprintf(in->detail, sizeof(in->detail), "%.*s",
		    (int)size, line->text + start);
	} else if (strlen(line->text) < line->size) {
		in->known = false;
		(void)snprintf(in->detail, sizeof(in->detail),
		    NC_("detail", "line %u holds a NUL"),
		    (unsigned int)line->number);
	}
}

int
ward_trust_read(int fd, struct ward_trust_file *ret_file)
{
	struct ward_trust_file in = { .known = true };
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (in.line == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		take_line(&in, &line);
	}
	ward_lines_free(lines);
	if (r == WARD_ERR_IO) {
		in.known = false;
		ward_home_why(in.detail);
	}
	*ret_file = in;
	return r == WARD_ERR_NOMEM ? r : 0;
}

/* 0 or WARD_ERR_NOMEM. */
static int
read_file(const struct ward_root *root, const char *path,
    struct ward_trust_file *ret_file)
{
	struct ward_trust_file in = { .known = true };
	int fd, r;

	r = ward_home_open(root, path, WARD_TRUST_FILE_MAX, &fd, in.detail);
	if (r == 0) {
		r = ward_trust_read(fd, &in);
	} else {
		in.known = r == WARD_ERR_MISSING;
		r = 0;
	}
	*ret_file = in;
	return r;
}

int
ward_trust_look(struct ward_trust *trust, const struct ward_root *root,
    const struct ward_home *home)
{
	static const enum ward_home_name names[] = { WARD_HOME_RHOSTS,
		WARD_HOME_SHOSTS };
	struct ward_trust_file in;
	int r = 0;

	trust->known = home->state != WARD_HOME_UNKNOWN;
	trust->source = (struct ward_source){ .file = NULL };
	for (size_t i = 0; i < 2 && r == 0 && trust->source.file == NULL; i++) {
		if ((home->names & 1u << names[i]) == 0) {
			continue;
		}
		if (!ward_home_path(home, names[i], trust->path,
			sizeof(trust->path))) {
			trust->known = false;
			continue;
		}
		r = read_file(root, trust->path, &in);
		trust->known = trust->known && in.known;
		if (r == 0 && in.line > 0) {
			trust->source = (struct ward_source){ trust->path,
				in.line };
			memcpy(trust->detail, in.detail, sizeof(in.detail));
		}
	}
	return r;
}

int
ward_trust_tell_host(const struct ward_root *root, struct ward_defects *defects)
{
	static const char *const paths[] = { "/etc/hosts.equiv",
		"/etc/shosts.equiv", "/etc/ssh/shosts.equiv" };
	struct ward_trust_file in;
	int r = 0;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]) && r == 0;
	     i++) {
		r = read_file(root, paths[i], &in);
		if (r == 0 && (in.line > 0 || !in.known)) {
			r = ward_defects_add(defects,
			    in.line > 0 ? WARD_REASON_TRUSTED_HOST :
					  WARD_REASON_TRUSTED_UNREAD,
			    NULL, (struct ward_source){ paths[i], in.line },
			    in.detail);
		}
	}
	return r;
}
