/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/nsswitch.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "collect/base/lines.h"

#define BLANKS " \t\v\f\r"

struct reader {
	struct ward_pool *pool;
	struct ward_nsswitch found;
	const char *group, *initgroups;
	bool rules_read;
};

/* Kept on this host. nss-systemd(8) has but root, nobody and what services
 * make up as they start. */
static bool
is_local(const char *name, size_t size)
{
	static const char *const names[] = { "files", "compat", "systemd",
		"altfiles", "myhostname", "mymachines" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strlen(names[i]) == size &&
		    memcmp(names[i], name, size) == 0) {
			return true;
		}
	}
	return false;
}

/* sudo(8) knows these two, and passes over any other name. */
static bool
is_rules(const char *name, size_t size)
{
	return (size == 3 && strncasecmp(name, "sss", 3) == 0) ||
	    (size == 4 && strncasecmp(name, "ldap", 4) == 0);
}

/* "[NOTFOUND=return]", "[!UNAVAIL=return]": nobody who was not found so far is
 * looked for further on. */
static bool
is_end(const char *action, size_t size)
{
	char text[128];
	size_t used = 0;
	const char *at;
	bool end = false;

	for (size_t i = 0; i < size && used + 1 < sizeof(text); i++) {
		if (strchr(BLANKS, action[i]) == NULL) {
			text[used++] = (char)tolower((unsigned char)action[i]);
		}
	}
	text[used] = '\0';
	at = strstr(text, "notfound=return");
	if (at != NULL) {
		end = at == text || at[-1] != '!';
	}
	for (at = text; (at = strchr(at, '!')) != NULL; at++) {
		end = end ||
		    (strncmp(at, "!notfound=", 10) != 0 &&
			strncmp(at + strcspn(at, "="), "=return", 7) == 0);
	}
	return end;
}

/* The first source of the list that is none of the host, as a copy. */
static int
find_foreign(struct reader *in, const char *list, bool rules,
    const char **ret_name)
{
	const char *name = NULL;
	size_t size = 0;

	for (list += strspn(list, BLANKS); *list != '\0';
	     list += size, list += strspn(list, BLANKS)) {
		if (*list == '[') {
			size = strcspn(list, "]");
			if (is_end(list + 1, size - 1)) {
				break;
			}
			size += list[size] == ']';
			continue;
		}
		size = strcspn(list, BLANKS "[");
		if (rules ? is_rules(list, size) : !is_local(list, size)) {
			name = list;
			break;
		}
	}
	*ret_name = NULL;
	if (name != NULL) {
		*ret_name = ward_pool_copy(in->pool, name, size);
	}
	return name != NULL && *ret_name == NULL ? WARD_ERR_NOMEM : 0;
}

/* To the C library the last line of a name counts, to sudo the first. */
static int
take_line(struct reader *in, struct ward_line *line)
{
	char *name = line->text + strspn(line->text, BLANKS), *list;
	size_t size;

	name[strcspn(name, "#")] = '\0';
	size = strcspn(name, BLANKS ":");
	list = name + size + strspn(name + size, BLANKS);
	if (size == 0 || *list != ':') {
		return 0;
	}
	list++;
	name[size] = '\0';
	if (strcmp(name, "passwd") == 0) {
		return find_foreign(in, list, false, &in->found.users);
	}
	if (strcmp(name, "group") == 0) {
		return find_foreign(in, list, false, &in->group);
	}
	if (strcmp(name, "initgroups") == 0) {
		return find_foreign(in, list, false, &in->initgroups);
	}
	if (strcasecmp(name, "sudoers") == 0 && !in->rules_read) {
		in->rules_read = true;
		in->found.rules_line = line->number;
		return find_foreign(in, list, true, &in->found.rules);
	}
	return 0;
}

int
ward_nsswitch_read(int fd, struct ward_pool *pool,
    struct ward_nsswitch *ret_nsswitch)
{
	struct reader in = { .pool = pool };
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		r = take_line(&in, &line);
	}
	ward_lines_free(lines);
	if (r != 0) {
		return r;
	}
	in.found.groups = in.group != NULL ? in.group : in.initgroups;
	*ret_nsswitch = in.found;
	return 0;
}
