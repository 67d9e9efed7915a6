/* SPDX-License-Identifier: BSD-2-Clause */
/* What is remembered of accounts, for who does not come in by the door. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "state/dirs.h"
#include "state/local_use.h"
#include "state/name.h"
#include "state/tally_file.h"

/* The head alone: true if it was not just being written. */
static bool
read_head(int fd, struct ward_head *ret_head)
{
	struct ward_head head, sound;
	ssize_t n;

	do {
		n = pread(fd, &head, sizeof(head), 0);
	} while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(head)) {
		return false;
	}
	sound = head;
	if (ward_head_check(&sound, "", NULL) != 0 ||
	    memcmp(&sound, &head, sizeof(head)) != 0) {
		return false;
	}
	*ret_head = head;
	return true;
}

/* As the door reads it, but for a head that it has to do without. */
static int
read_whole(struct ward_state *state, const char *name,
    struct ward_marks *ret_marks, struct ward_error *err)
{
	struct ward_tally *tally = NULL;
	struct ward_marks marks;
	int r = ward_tally_open(state, name, WARD_TALLY_LOOK, &tally, err);

	if (r == 0) {
		r = ward_tally_marks(tally, &marks, err);
	}
	if (r == 0 && tally->lost) {
		r = ward_error_set(err, WARD_ERR_SYNTAX,
		    "%s: damaged; what it held but failures is lost",
		    tally->path);
	}
	if (r == 0) {
		*ret_marks = marks;
	}
	ward_tally_close(tally);
	return r;
}

int
ward_tally_peek(struct ward_state *state, const char *name,
    struct ward_marks *ret_marks, struct ward_error *err)
{
	char file[WARD_NAME_SIZE];
	struct ward_head head;
	struct stat st;
	bool done = false;
	int fd;

	if (state->accounts < 0 || ward_name_encode(name, file) != 0) {
		return read_whole(state, name, ret_marks, err);
	}
	fd = ward_state_openat(state->accounts, file,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
	if (fd >= 0) {
		done = fstat(fd, &st) == 0 &&
		    ward_state_trust(file, &st, S_IFREG, NULL) == 0 &&
		    read_head(fd, &head);
		(void)close(fd);
	}
	if (!done) {
		return read_whole(state, name, ret_marks, err);
	}
	ward_marks_of(&head, ret_marks);
	return 0;
}

void
ward_marks_add(const struct ward_marks *marks, uint64_t password, int64_t now,
    const char *path, struct ward_account *account)
{
	bool hidden = false;

	account->temporary = ward_marks_temporary(marks, password,
	    account->changed);
	ward_local_revived_take(account, marks->revived, now, path);
	if (marks->last_use != 0) {
		ward_local_use_take(account, marks->last_use, now, path,
		    &hidden);
	}
	if (hidden && account->use != WARD_USE_SEEN) {
		account->use = WARD_USE_UNKNOWN;
		account->use_source = (struct ward_source){ .file = path };
		account->use_why = ward_use_hidden;
	}
}
