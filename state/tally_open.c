/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "state/dirs.h"
#include "state/name.h"

#define OPEN_FILE (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)

int
ward_tally_adopt(int fd, bool writes, const char *path,
    struct ward_tally **ret_tally, struct ward_error *err)
{
	size_t size = strlen(path) + 1;
	struct ward_tally *tally = malloc(sizeof(*tally) + size);

	if (tally == NULL) {
		(void)close(fd);
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	tally->fd = fd;
	tally->writes = writes;
	tally->pid = getpid();
	tally->own = -1;
	tally->count = 0;
	tally->whole = 0;
	memcpy(tally->path, path, size);
	*ret_tally = tally;
	return 0;
}

int
ward_tally_path(const char *name, char path[WARD_TALLY_PATH_SIZE])
{
	char file[WARD_NAME_SIZE];

	if (ward_name_encode(name, file) != 0) {
		return WARD_ERR_RANGE;
	}
	(void)snprintf(path, WARD_TALLY_PATH_SIZE, "%s/%s", WARD_STATE_ACCOUNTS,
	    file);
	return 0;
}

static int
open_file(int dir, const char *file, enum ward_tally_use use)
{
	int flags = OPEN_FILE | (use == WARD_TALLY_LOOK ? O_RDONLY : O_RDWR);
	int fd;

	/* O_CREAT where there is a file would lock the whole directory. */
	fd = ward_state_openat(dir, file, flags, 0);
	if (fd < 0 && errno == ENOENT && use == WARD_TALLY_MAKE) {
		fd = ward_state_openat(dir, file, flags | O_CREAT, 0600);
		if (fd >= 0 && ward_state_own(fd, 0600) != 0) {
			(void)close(fd);
			return -1;
		}
	}
	return fd;
}

/* Check what was opened, and take it over. */
static int
take_over(const struct ward_state *state, int fd, const char *path,
    enum ward_tally_use use, struct ward_tally **ret_tally,
    struct ward_error *err)
{
	struct ward_tally *tally = NULL;
	struct stat st;
	int r;

	r = fstat(fd, &st) == 0 ? ward_state_trust(path, &st, S_IFREG, err) :
				  ward_state_refuse(path, errno, err);
	if (r == 0 && use != WARD_TALLY_LOOK &&
	    !ward_state_may_write(WARD_TALLY_LAST)) {
		r = ward_state_refuse(path, EFBIG, err);
	}
	if (r != 0) {
		(void)close(fd);
		return r;
	}
	r = ward_tally_adopt(fd, use != WARD_TALLY_LOOK, path, &tally, err);
	if (r != 0) {
		return r;
	}
	if (tally->writes && st.st_size < WARD_TALLY_FIRST) {
		r = ward_tally_fill(tally, state->accounts, err);
	}
	if (r != 0) {
		ward_tally_close(tally);
		return r;
	}
	*ret_tally = tally;
	return 0;
}

int
ward_tally_open(struct ward_state *state, const char *name,
    enum ward_tally_use use, struct ward_tally **ret_tally,
    struct ward_error *err)
{
	char file[WARD_NAME_SIZE], path[PATH_MAX];
	int fd;

	if (ward_name_encode(name, file) != 0) {
		return ward_error_set(err, WARD_ERR_RANGE,
		    "a name that is empty, or too long for a file");
	}
	(void)snprintf(path, sizeof(path), "%s%s/%s", state->root,
	    WARD_STATE_ACCOUNTS, file);
	if (state->accounts < 0) {
		return ward_state_refuse(path, ENOENT, err);
	}
	fd = open_file(state->accounts, file, use);
	if (fd < 0) {
		return ward_state_refuse(path, errno, err);
	}
	return take_over(state, fd, path, use, ret_tally, err);
}

void
ward_tally_close(struct ward_tally *tally)
{
	if (tally == NULL) {
		return;
	}
	/* A child that was forked meanwhile has the same lock: it would keep
	 * ours after we are gone, but must not give it back for us. */
	if (tally->own >= 0 && tally->pid == getpid()) {
		ward_tally_release_all(tally);
	}
	(void)close(tally->fd);
	free(tally);
}
