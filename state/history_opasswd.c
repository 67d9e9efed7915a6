/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * opasswd(5), as pam_pwhistory(8) and pam_unix(8) write it: one line an
 * account, "NAME:UID:COUNT:HASH,HASH,...", the oldest first.
 */
#include "state/history_file.h"

#include <string.h>
#include <unistd.h>

#include "state/host_file.h"
#include "state/scan.h"

#define OPASSWD "/etc/security/opasswd"
#define ROOM ((size_t)256 << 10)

/* Behind the hash. In "$md5,rounds=" the comma is a part of it. */
static char *
end_of(char *hash)
{
	static const char mark[] = "$md5,";
	const bool marked = strncmp(hash, mark, sizeof(mark) - 1) == 0;

	hash += marked ? sizeof(mark) - 1 : 0;
	return hash + strcspn(hash, ",");
}

static void
take_hashes(struct ward_history *history, char *list)
{
	while (*list != '\0') {
		char *end = end_of(list);
		const bool last = *end == '\0';
		const char *hash = list + strspn(list, "!*");

		*end = '\0';
		if (ward_history_is_hash(hash)) {
			ward_history_push(history, "-", hash);
		} else if (*hash != '\0') {
			history->strange = true;
		}
		list = last ? end : end + 1;
	}
}

/* The account's line, whole or torn; a name that only begins like it is
 * another's. */
static void
consider(struct ward_history *history, const char *name, size_t size,
    const struct ward_scan_line *line)
{
	char *at = line->text;

	if (strncmp(at, name, size) != 0 || at[size] != ':') {
		return;
	}
	for (int i = 0; i < 3 && at != NULL; i++) {
		at = strchr(at, ':');
		at = at == NULL ? NULL : at + 1;
	}
	if (at == NULL) {
		history->strange = true;
	} else {
		take_hashes(history, at);
	}
}

int
ward_history_take_over(struct ward_history *history,
    const struct ward_state *state, const char *name, struct ward_error *err)
{
	const size_t size = strlen(name);
	struct ward_scan_line line;
	struct ward_scan scan;
	struct stat st;
	int fd, r;

	history->taken_over = true;
	r = ward_host_file_open(state, OPASSWD, WARD_HOST_DECIDES, &fd, &st,
	    err);
	if (r != 0) {
		return r == WARD_ERR_MISSING ? 0 : r;
	}
	r = ward_scan_begin(&scan, fd, 0, ROOM);
	while (r == 0 && (r = ward_scan_next(&scan, &line)) > 0) {
		consider(history, name, size, &line);
		r = 0;
	}
	if (r != 0) {
		r = ward_host_file_failed(state, OPASSWD, r, err);
	}
	ward_scan_end(&scan);
	(void)close(fd);
	return r;
}
