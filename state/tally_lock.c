/* SPDX-License-Identifier: BSD-2-Clause */
#include "state/tally_file.h"

#include <errno.h>
#include <fcntl.h>

#include "state/dirs.h"
#include "state/lock.h"

#define PATIENCE_WRITE 5000 /* milliseconds */
#define PATIENCE_READ 100

static off_t
byte_of(size_t i)
{
	return (off_t)(1 + i);
}

int
ward_tally_hold(struct ward_tally *tally, struct ward_error *err)
{
	if (ward_lock_patiently(tally->fd, F_WRLCK, 0, PATIENCE_WRITE) == 0) {
		return 0;
	}
	if (errno == EAGAIN) {
		return ward_error_set(err, WARD_ERR_IO,
		    "%s: another process keeps it locked", tally->path);
	}
	return ward_state_refuse(tally->path, errno, err);
}

bool
ward_tally_is_held(struct ward_tally *tally)
{
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = 0,
		.l_len = 1,
	};

	return fcntl(tally->fd, F_OFD_GETLK, &lock) == 0 &&
	    lock.l_type != F_UNLCK;
}

bool
ward_tally_hold_shared(struct ward_tally *tally)
{
	return ward_lock_patiently(tally->fd, F_RDLCK, 0, PATIENCE_READ) == 0;
}

void
ward_tally_release(struct ward_tally *tally)
{
	(void)ward_lock_bytes(tally->fd, F_UNLCK, 0, 1);
}

void
ward_tally_release_all(struct ward_tally *tally)
{
	(void)ward_lock_bytes(tally->fd, F_UNLCK, 0, 0);
	tally->own = -1;
}

int
ward_tally_take(struct ward_tally *tally, size_t i, bool *ret_taken,
    struct ward_error *err)
{
	if (ward_lock_bytes(tally->fd, F_WRLCK, byte_of(i), 1) == 0) {
		*ret_taken = true;
	} else if (errno == EAGAIN) {
		*ret_taken = false;
	} else {
		return ward_state_refuse(tally->path, errno, err);
	}
	return 0;
}

int
ward_tally_held(struct ward_tally *tally, size_t i, bool *ret_held,
    struct ward_error *err)
{
	struct flock lock = {
		.l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = byte_of(i),
		.l_len = 1,
	};

	if (fcntl(tally->fd, F_OFD_GETLK, &lock) != 0) {
		return ward_state_refuse(tally->path, errno, err);
	}
	*ret_held = lock.l_type != F_UNLCK;
	return 0;
}
