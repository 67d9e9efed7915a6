/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One account's older passwords: lines of text, the newest first.
 *
 *	acctward history 1
 *	2026-11-20T09:30:00Z HASH
 *	- HASH
 *	end
 *
 * The moment is that at which it was remembered; "-": taken over from
 * opasswd(5). A file is replaced whole, and its last line says that it is.
 */
#ifndef WARD_STATE_HISTORY_FILE_H
#define WARD_STATE_HISTORY_FILE_H

#include "state/dirs.h"
#include "state/name.h"

#define WARD_OLDER_MAX 64
#define WARD_OLDER_HASH_SIZE 384 /* crypt(3)'s own limit */

struct ward_older {
	char when[WARD_MOMENT_SIZE];
	char hash[WARD_OLDER_HASH_SIZE]; /* without lock marks before it */
};

struct ward_history {
	size_t count;
	/* The newest, which may be the current one, and those before it; behind
	 * them nothing was written. */
	struct ward_older list[WARD_OLDER_MAX + 1];
	bool taken_over; /* it has no file of its own yet */
	bool strange;    /* something was passed over that is no hash */
	uint64_t id;     /* of its name: tells its lock and its draft */
	char file[WARD_NAME_SIZE];
	char path[]; /* for who reads of it */
};

/* Empty. WARD_ERR_RANGE: no file can have the name. */
int ward_history_new(const struct ward_state *state, const char *name,
    struct ward_history **ret_history, struct ward_error *err);
/* Wipes it. */
void ward_history_free(struct ward_history *history);

/* Is it all that a hash is made of, and no lock mark? */
bool ward_history_is_hash(const char *text);
/* Put one before all others; a same one behind it goes, and the oldest where
 * there is no room. */
void ward_history_push(struct ward_history *history, const char *when,
    const char *hash);

/* Wipes those behind so many. */
void ward_history_cut(struct ward_history *history, size_t count);

/* WARD_ERR_MISSING: it has no file. */
int ward_history_read(struct ward_history *history, int dir,
    struct ward_error *err);
/* Everybody else's lock is waited for, for some seconds: who holds it may have
 * been stopped. Closing the descriptor gives it back. */
int ward_history_lock(const struct ward_history *history, int dir, int *ret_fd,
    struct ward_error *err);
/* By who has the lock. 0: the file is the new one, and on disk where it is to
 * be `durable`; else it is the old one or, where only the disk refused, the new
 * one. */
int ward_history_write(const struct ward_history *history, int dir,
    bool durable, struct ward_error *err);

/* Take over what opasswd(5) has of the account; nothing where it has none, or
 * there is no such file. */
int ward_history_take_over(struct ward_history *history,
    const struct ward_state *state, const char *name, struct ward_error *err);

#endif
