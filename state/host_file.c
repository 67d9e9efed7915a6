/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/host_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int
ward_host_file_open(const struct ward_state *state, const char *path,
    enum ward_host_file kind, int *ret_fd, struct stat *ret_stat,
    struct ward_error *err)
{
	int follow = state->root[0] == '\0' ? 0 : O_NOFOLLOW;
	char *whole = NULL;
	struct stat st;
	int fd, r;

	if (asprintf(&whole, "%s%s", state->root, path) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	fd = open(whole, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | follow);
	if (fd < 0 || fstat(fd, &st) != 0) {
		r = ward_state_refuse(whole, errno, err);
	} else if (kind == WARD_HOST_DECIDES || !S_ISREG(st.st_mode)) {
		r = ward_state_trust(whole, &st, S_IFREG, err);
	} else {
		r = 0;
	}
	free(whole);
	if (r == 0) {
		*ret_fd = fd;
		*ret_stat = st;
	} else if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

int
ward_host_file_failed(const struct ward_state *state, const char *path,
    int code, struct ward_error *err)
{
	const int why = errno;
	char *whole = NULL;

	if (code == WARD_ERR_NOMEM ||
	    asprintf(&whole, "%s%s", state->root, path) < 0) {
		return ward_error_set(err, WARD_ERR_NOMEM, "no memory");
	}
	(void)ward_state_refuse(whole, why, err);
	free(whole);
	return code;
}
