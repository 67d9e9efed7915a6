/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/local_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/host_file.h"
#include "state/scan.h"

#define HINT_ROOM 1024
#define SMALL_ROOM ((size_t)32 << 10)
#define LARGE_ROOM ((size_t)256 << 10)

struct search {
	const char *name;
	size_t size;
	/* Have the C library take the line. 1: taken; 0: dropped; or
	 * WARD_ERR_NOMEM. */
	int (*take)(struct ward_entry_line *entry, char *text, size_t size);
	struct ward_entry_line *entry;
};

bool
ward_entry_name_fits(const char *name)
{
	return strpbrk(name, ":\n") == NULL &&
	    strspn(name, " \t\v\f\r#+-") == 0;
}

void
ward_entry_free(struct ward_entry_line *line)
{
	if (line->buffer != NULL) {
		explicit_bzero(line->buffer, line->size);
		free(line->buffer);
		line->buffer = NULL;
	}
}

/* ---- lines, as the C library takes them ----------------------------------- */

static int
make_buffer(struct ward_entry_line *entry, size_t size)
{
	ward_entry_free(entry);
	/* In the last part, stdio's: what it is left with can be wiped. */
	entry->size = size * 2;
	entry->buffer = malloc(entry->size);
	return entry->buffer == NULL ? WARD_ERR_NOMEM : 0;
}

static int
take_passwd(struct ward_entry_line *entry, char *text, size_t size)
{
	const size_t room = size + 64;
	struct passwd *found = NULL;
	FILE *stream;

	if (make_buffer(entry, room) != 0) {
		return WARD_ERR_NOMEM;
	}
	stream = fmemopen(text, size, "r");
	if (stream == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)setvbuf(stream, entry->buffer + room, _IOFBF, room);
	(void)fgetpwent_r(stream, &entry->passwd, entry->buffer, room, &found);
	(void)fclose(stream);
	return found != NULL;
}

static int
take_shadow(struct ward_entry_line *entry, char *text, size_t size)
{
	struct spwd *found = NULL;

	if (make_buffer(entry, size + 64) != 0) {
		return WARD_ERR_NOMEM;
	}
	(void)sgetspent_r(text, &entry->shadow, entry->buffer, entry->size,
	    &found);
	return found != NULL;
}

/* ---- finding them --------------------------------------------------------- */

/* 1: it is the line; 0: it is not; or WARD_ERR_NOMEM. */
static int
consider(struct search *search, const struct ward_scan_line *line)
{
	char *text = ward_scan_entry(line);
	int r;

	if (text == NULL || strncmp(text, search->name, search->size) != 0 ||
	    (text[search->size] != ':' && text[search->size] != '\0')) {
		return 0;
	}
	r = search->take(search->entry, text, strlen(text));
	if (r == 0) {
		search->entry->dead = true;
	} else if (r > 0) {
		search->entry->taken = true;
		search->entry->at = line->at + 1;
	}
	return r;
}

/* A line begins there still if a newline, or nothing, stands before it. */
static int
look_there(struct search *search, int fd, uint64_t at)
{
	struct ward_scan_line line = { .size = 0 };
	struct ward_scan scan;
	int r;

	if (ward_scan_begin(&scan, fd, at == 0 ? 0 : at - 1, HINT_ROOM) != 0) {
		return WARD_ERR_NOMEM;
	}
	r = at == 0 ? 1 : ward_scan_next(&scan, &line);
	if (r > 0 && line.size == 0) {
		r = ward_scan_next(&scan, &line);
		r = r > 0 ? consider(search, &line) : r;
	} else if (r > 0) {
		r = 0;
	}
	ward_scan_end(&scan);
	return r;
}

static int
look_everywhere(struct search *search, int fd, size_t room)
{
	struct ward_scan_line line;
	struct ward_scan scan;
	int r = ward_scan_begin(&scan, fd, 0, room);

	search->entry->dead = false;
	while (r == 0 && (r = ward_scan_next(&scan, &line)) > 0) {
		r = consider(search, &line);
	}
	ward_scan_end(&scan);
	return r;
}

static int
find(const struct ward_state *state, const char *path, uint64_t hint,
    struct search *search, struct ward_error *err)
{
	struct stat st;
	int fd, r;

	r = ward_host_file_open(state, path, WARD_HOST_DECIDES, &fd, &st, err);
	if (r != 0) {
		return r;
	}
	if (hint > 0 && hint <= (uint64_t)st.st_size) {
		r = look_there(search, fd, hint - 1);
	}
	if (r == 0) {
		r = look_everywhere(search, fd,
		    st.st_size > (off_t)SMALL_ROOM ? LARGE_ROOM : SMALL_ROOM);
	}
	if (r < 0) {
		r = ward_host_file_failed(state, path, r, err);
		ward_entry_free(search->entry);
	}
	(void)close(fd);
	return r < 0 ? r : 0;
}

int
ward_entry_find_passwd(const struct ward_state *state, const char *name,
    uint64_t hint, struct ward_entry_line *ret_line, struct ward_error *err)
{
	struct ward_entry_line entry = { .taken = false };
	struct search search = { .name = name,
		.size = strlen(name),
		.take = take_passwd,
		.entry = &entry };
	int r = find(state, "/etc/passwd", hint, &search, err);

	if (r == 0) {
		*ret_line = entry;
	}
	return r;
}

int
ward_entry_find_shadow(const struct ward_state *state, const char *name,
    uint64_t hint, struct ward_entry_line *ret_line, struct ward_error *err)
{
	struct ward_entry_line entry = { .taken = false };
	struct search search = { .name = name,
		.size = strlen(name),
		.take = take_shadow,
		.entry = &entry };
	int r = find(state, "/etc/shadow", hint, &search, err);

	if (r == 0) {
		*ret_line = entry;
	}
	return r;
}
