/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One account's file: a head and up to 128 records, each of 128 bytes with a
 * checksum of its own and written by one call, so that it lies in one sector
 * and is there whole or not at all. A record of zeros is free, a head of zeros
 * is one that remembers nothing.
 *
 * Who changes the file holds the lock on its byte 0; who has reserved record i
 * holds the one on byte 1 + i until the attempt has an answer. The kernel drops
 * both when their holder dies.
 */
#ifndef WARD_STATE_TALLY_FILE_H
#define WARD_STATE_TALLY_FILE_H

#include <sys/types.h>

#include "state/state.h"

#define WARD_TALLY_VERSION 1
/* What a file has from the beginning: the head and 31 records, as long as one
 * block, so that a disk that is full later loses no failure. */
#define WARD_TALLY_FIRST 4096
/* What it has at most. */
#define WARD_TALLY_LAST ((1 + WARD_FAILURES_MAX) * 128)

enum ward_record_kind {
	WARD_RECORD_FREE = 0,
	WARD_RECORD_HEAD,
	WARD_RECORD_TESTING, /* a failure too, once its holder is gone */
	WARD_RECORD_FAILED,
	WARD_RECORD_LOCKED,
	WARD_RECORD_TORN, /* never in a file: as it was read */
};

enum ward_record_source { /* of `from` */
	WARD_SOURCE_NONE = 0,
	WARD_SOURCE_TTY,
	WARD_SOURCE_HOST,
};

struct ward_record {
	uint32_t check;
	uint8_t kind, source, spare[2];
	uint64_t serial; /* in the order of writing, from 1 */
	struct ward_instant when;
	char service[24], from[WARD_FROM_SIZE];
};

struct ward_head {
	uint32_t check;
	uint8_t kind, version, reset, spare;
	uint64_t cleared; /* records up to this serial are over */
	int64_t last_use;
	uint64_t password, passwd_at, shadow_at;
	int64_t revived, changing; /* 0 in files of before */
	uint8_t rest[64];
};

struct ward_tally {
	int fd;
	bool writes;
	pid_t pid;
	int own;         /* the record that is reserved, or -1 */
	bool found_lock; /* and nobody has been told */
	struct ward_record lock;
	/* As it was read last. */
	size_t count; /* of records; the last one may be cut off */
	size_t whole; /* of those that are not */
	bool lost;    /* the head could not be read */
	struct ward_head head;
	struct ward_record list[WARD_FAILURES_MAX];
	char path[];
};

/* Take over the descriptor of a file; it is closed when this fails, too. */
int ward_tally_adopt(int fd, bool writes, const char *path,
    struct ward_tally **ret_tally, struct ward_error *err);
/* Give the file the size it has from the beginning; `dir`: where its name is. */
int ward_tally_fill(struct ward_tally *tally, int dir, struct ward_error *err);

/* Lock the file to change it. Gives up after some seconds: who holds it may
 * have been stopped. */
int ward_tally_hold(struct ward_tally *tally, struct ward_error *err);
/* Does somebody else hold it at the moment? */
bool ward_tally_is_held(struct ward_tally *tally);
/* The same to read it, for a moment only: true when it worked. */
bool ward_tally_hold_shared(struct ward_tally *tally);
void ward_tally_release(struct ward_tally *tally);
/* With the record that is reserved. */
void ward_tally_release_all(struct ward_tally *tally);

/* Reserve record i, or see whether another one has; held by this tally itself
 * is not held. */
int ward_tally_take(struct ward_tally *tally, size_t i, bool *ret_taken,
    struct ward_error *err);
int ward_tally_held(struct ward_tally *tally, size_t i, bool *ret_held,
    struct ward_error *err);

/* Read all of it. Records that can't be read are TORN, since the file was
 * written last. */
int ward_tally_load(struct ward_tally *tally, struct ward_error *err);
int ward_tally_put(struct ward_tally *tally, size_t i,
    const struct ward_record *record, struct ward_error *err);
int ward_tally_put_head(struct ward_tally *tally, const struct ward_head *head,
    struct ward_error *err);
/* Make room for all the records there can be. */
int ward_tally_grow(struct ward_tally *tally, struct ward_error *err);
/* A head that can't be read remembers nothing: what it had cleared counts
 * again. */
int ward_head_check(struct ward_head *head, const char *path,
    struct ward_error *err);
void ward_marks_of(const struct ward_head *head, struct ward_marks *ret_marks);
int ward_tally_sync(struct ward_tally *tally, struct ward_error *err);

#endif
