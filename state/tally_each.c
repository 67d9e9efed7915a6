/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/dirs.h"
#include "state/name.h"

struct names {
	char **list;
	size_t count, room;
};

static void
free_names(struct names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		free(names->list[i]);
	}
	free(names->list);
}

static int
add(struct names *names, const char *name)
{
	if (names->count == names->room) {
		size_t room = names->room * 2 + 64;
		char **list = reallocarray(names->list, room, sizeof(*list));

		if (list == NULL) {
			return -1;
		}
		names->list = list;
		names->room = room;
	}
	names->list[names->count] = strdup(name);
	return names->list[names->count] == NULL ? -1 : (names->count++, 0);
}

static int
read_names(DIR *dir, struct names *names)
{
	char name[WARD_NAME_SIZE];
	const struct dirent *entry;

	while ((errno = 0, entry = readdir(dir)) != NULL) {
		/* A link or a directory there stops its account, as the door
		 * does not pass it over either. */
		if (ward_name_decode(entry->d_name, name) == 0 &&
		    add(names, name) != 0) {
			errno = ENOMEM;
			return -1;
		}
	}
	return errno == 0 ? 0 : -1;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Read the whole directory: -1 with errno. */
static int
find_names(int at, struct names *names)
{
	/* A descriptor of its own, as reading moves it. */
	int fd = ward_state_openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC,
	    0);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	int r, saved;

	if (dir == NULL) {
		saved = errno;
		if (fd >= 0) {
			(void)close(fd);
		}
		errno = saved;
		return -1;
	}
	r = read_names(dir, names);
	saved = errno;
	(void)closedir(dir);
	errno = saved;
	return r;
}

int
ward_tally_each(struct ward_state *state,
    int (*visit)(void *arg, const char *name), void *arg,
    struct ward_error *err)
{
	struct names names = { .list = NULL };
	char path[PATH_MAX];
	int r = 0;

	if (state->accounts < 0) {
		return 0;
	}
	if (find_names(state->accounts, &names) != 0) {
		int why = errno;

		(void)snprintf(path, sizeof(path), "%s%s", state->root,
		    WARD_STATE_ACCOUNTS);
		r = why == ENOMEM ?
		    ward_error_set(err, WARD_ERR_NOMEM, "no memory") :
		    ward_state_refuse(path, why, err);
	}
	if (r == 0 && names.count > 0) {
		qsort(names.list, names.count, sizeof(*names.list), by_name);
	}
	for (size_t i = 0; i < names.count && r == 0; i++) {
		r = visit(arg, names.list[i]);
	}
	free_names(&names);
	return r;
}
