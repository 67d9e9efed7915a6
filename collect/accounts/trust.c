/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/trust.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "collect/base/lines.h"

#define BLANKS " \t\v\f\r"
#define LINE_READ 1022 /* sshd(8) takes what is behind for another line */
#define NAME_CHARS \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

/* "host [user]": each may be "+" (any), "@netgroup", or begin with "-". */
bool
ward_trust_lets_in(const char *line)
{
	size_t size = strcspn(line, "#");
	size_t host = strspn(line, BLANKS);
	size_t user;

	if (host >= size || line[host] == '-' ||
	    strncmp(line + host, "NO_PLUS", 7) == 0) { /* sshd(8) knows it */
		return false;
	}
	user = host + strcspn(line + host, BLANKS "#");
	user += strspn(line + user, BLANKS);
	return user >= size || line[user] != '-';
}

/* "+", "name", "+name", "@netgroup", "+@netgroup". */
static bool
is_name(const char *text, size_t size)
{
	size_t at = 0;

	if (size == 1 && *text == '+') {
		return true;
	}
	at += size > at && text[at] == '+';
	at += size > at && text[at] == '@';
	return at < size && strspn(text + at, NAME_CHARS) >= size - at;
}

static bool
is_ipv6(const char *text, size_t size)
{
	struct in6_addr address;
	char copy[INET6_ADDRSTRLEN];

	if (size >= sizeof(copy)) {
		return false;
	}
	memcpy(copy, text, size);
	copy[size] = '\0';
	return inet_pton(AF_INET6, copy, &address) == 1;
}

/* A host and perhaps a user: whatever else a user had us read, a line of the
 * shadow file or of a key, is not shown. */
static bool
is_entry(const char *text, size_t size)
{
	size_t host = strcspn(text, BLANKS);
	size_t user = host + strspn(text + host, BLANKS);

	host = host < size ? host : size;
	return (is_name(text, host) || is_ipv6(text, host)) &&
	    (user >= size || is_name(text + user, size - user));
}

static void
take_line(struct ward_trust_file *in, const struct ward_line *line)
{
	const char *text = line->text + strspn(line->text, BLANKS);
	size_t size = strcspn(text, "#");

	if (ward_trust_lets_in(line->text)) {
		while (strchr(BLANKS, text[size - 1]) != NULL) {
			size--;
		}
		in->line = line->number;
		if (!is_entry(text, size)) {
			text = N_("an entry that is no plain host and user");
			size = strlen(text);
		}
		(void)snprintf(in->detail, sizeof(in->detail), "%.*s",
		    (int)size, text);
	} else if (strlen(line->text) < line->size) {
		in->known = false;
		(void)snprintf(in->detail, sizeof(in->detail),
		    NC_("detail", "line %u holds a NUL"),
		    (unsigned int)line->number);
	} else if (line->size > LINE_READ) {
		in->known = false;
		(void)snprintf(in->detail, sizeof(in->detail),
		    NC_("detail", "line %u is longer than programs read"),
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

/*
 * What is no regular file lets nobody in by ruserok(3), which opens no link
 * either, nor by sshd(8), which does so as the user. A link to /dev/null, or a
 * directory, stands there so that there can be no such file.
 */
static void
take_refusal(const struct ward_root *root, const char *path, bool follow,
    int refused, struct ward_trust_file *in)
{
	struct stat st;

	in->known = refused == WARD_ERR_MISSING || refused == WARD_ERR_UNSAFE ||
	    errno == ELOOP;
	if (refused != WARD_ERR_UNSAFE || follow) {
		return;
	}
	refused = ward_root_stat(root, path, &st, NULL);
	if (refused == 0 && S_ISREG(st.st_mode)) {
		in->known = false;
		(void)snprintf(in->detail, sizeof(in->detail), "%s",
		    N_("a link to another file"));
	} else if (refused != 0 && refused != WARD_ERR_MISSING &&
	    errno != ELOOP) {
		in->known = false;
		ward_home_why(in->detail);
	}
}

/* 0 or WARD_ERR_NOMEM. */
static int
read_file(const struct ward_root *root, const char *path, bool follow,
    struct ward_trust_file *ret_file)
{
	struct ward_trust_file in = { .known = true };
	struct stat st;
	int fd, r;

	r = ward_home_open(root, path, follow, WARD_TRUST_FILE_MAX, &fd,
	    in.detail);
	if (r != 0) {
		take_refusal(root, path, follow, r, &in);
		r = 0;
	} else if (!follow && (fstat(fd, &st) != 0 || st.st_nlink > 1)) {
		(void)close(fd);
		in.known = false;
		(void)snprintf(in.detail, sizeof(in.detail), "%s",
		    N_("the file has other names too"));
	} else {
		r = ward_trust_read(fd, &in);
	}
	*ret_file = in;
	return r;
}

/* What was not known first is told. */
static void
lose(struct ward_trust *trust, const char *why)
{
	if (trust->known) {
		memcpy(trust->unread_path, trust->path, sizeof(trust->path));
		trust->unread.file = trust->unread_path;
		(void)snprintf(trust->why, sizeof(trust->why), "%s", why);
	}
	trust->known = false;
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
	trust->source = trust->unread = (struct ward_source){ .file = NULL };
	for (size_t i = 0; i < 2 && r == 0 && trust->source.file == NULL; i++) {
		if ((home->names & 1u << names[i]) == 0) {
			continue;
		}
		if (!ward_home_path(home, names[i], trust->path,
			sizeof(trust->path))) {
			trust->known = false;
			continue;
		}
		r = read_file(root, trust->path, false, &in);
		if (!in.known) {
			lose(trust, in.line == 0 ? in.detail : "");
		}
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
		r = read_file(root, paths[i], true, &in);
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
