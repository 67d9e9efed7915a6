/* SPDX-License-Identifier: BSD-2-Clause */
/* The directories that state/ works in, and how what lies there is trusted. */
#ifndef WARD_STATE_DIRS_H
#define WARD_STATE_DIRS_H

#include <sys/stat.h>

#include "state/state.h"

#define WARD_STATE_BASE "/var/lib/acctward"
#define WARD_STATE_ACCOUNTS WARD_STATE_BASE "/accounts"
#define WARD_STATE_HISTORY WARD_STATE_BASE "/history"
#define WARD_STATE_EVENTS "/var/log/acctward"

struct ward_state {
	char *root; /* "": the running host's */
	enum ward_state_use use;
	bool shut;    /* to PEEK: what lies there is not the caller's to see */
	int base;     /* WARD_STATE_BASE below the root, or -1: to PEEK, none */
	int accounts; /* WARD_STATE_ACCOUNTS, or -1: there is none */
	int history;  /* WARD_STATE_HISTORY, or -1: not asked for yet */
	int events;   /* WARD_STATE_EVENTS, or -1: not asked for yet */
};

/* The directory of events, or of histories, opened (and made, where that is the state's use)
 * when it is asked for first. The descriptor stays the state's. Errors are
 * those of ward_state_open(). */
int ward_state_events(struct ward_state *state, int *ret_fd,
    struct ward_error *err);
int ward_state_history(struct ward_state *state, int *ret_fd,
    struct ward_error *err);

/* Say that `why`, an errno, came of a call on the path. */
int ward_state_refuse(const char *path, int why, struct ward_error *err);

/* Is it of that kind (S_IFDIR, S_IFREG), root's or the caller's, and can
 * nobody else write it? 0 or WARD_ERR_UNSAFE. */
int ward_state_trust(const char *path, const struct stat *st, mode_t kind,
    struct ward_error *err);

/* openat(2), which no signal ends. */
int ward_state_openat(int dir, const char *name, int flags, mode_t mode);
/* Have the names in the directory on disk: 0, or -1 with errno. */
int ward_state_sync(int dir);

/* What was just made is root's, whatever the caller's group and umask. */
int ward_state_own(int fd, mode_t mode);
/* May the caller write a file up to that size? Past its limit (ulimit -f) the
 * kernel would end the process that somebody logs in by, with SIGXFSZ. */
bool ward_state_may_write(uint64_t size);

#endif
