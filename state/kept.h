/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was worked out from the host's files, kept beside how those files were,
 * for as long as none of them changes. Losing it costs time and nothing else.
 */
#ifndef WARD_KEPT_H
#define WARD_KEPT_H

#include "state/dirs.h"

/* ---- bytes, for the program that wrote them ----------------------------- */

struct ward_pack {
	char *bytes; /* free() it */
	size_t size, room;
	bool failed; /* no memory */
};

void ward_pack_number(struct ward_pack *pack, uint64_t number);
void ward_pack_bytes(struct ward_pack *pack, const void *bytes, size_t size);
/* NULL stays NULL. */
void ward_pack_text(struct ward_pack *pack, const char *text);

struct ward_unpack {
	const char *at;
	size_t left;
	bool torn; /* it ended, or was no such thing: what was told is 0 */
};

uint64_t ward_unpack_number(struct ward_unpack *in);
/* Aligned as memory from malloc(3) is to 8 bytes. */
const void *ward_unpack_bytes(struct ward_unpack *in, size_t *ret_size);
const char *ward_unpack_text(struct ward_unpack *in);
/* Is the next text this one, or is it NULL as this one is? */
bool ward_unpack_is(struct ward_unpack *in, const char *text);

/* ---- the files that it came from ---------------------------------------- */

struct ward_origins {
	struct ward_pack pack;
	uint64_t count;
	int64_t now; /* nanoseconds, by the clock that files are stamped by */
	bool unsure; /* one can't be told, or may change once more without
		      * looking changed */
};

/* How the file or directory is now, or that there is none. To be asked before
 * it is read. */
void ward_origins_add(struct ward_origins *origins, const char *path);
void ward_pack_origins(struct ward_pack *pack,
    const struct ward_origins *origins);
/* Are all of them as they were? */
bool ward_unpack_origins(struct ward_unpack *in);

int64_t ward_origins_now(void);

/* ---- the file ------------------------------------------------------------ */

#define WARD_KEPT_MAX ((size_t)64 << 20)

/*
 * Read the file whole, if it is to be trusted: root's or the caller's, no link,
 * nobody else's to write, not torn, and of this kind. Else NULL. free() it;
 * *ret_in reads what was packed.
 */
char *ward_kept_read(struct ward_state *state, const char *name,
    struct ward_unpack *ret_in);
struct ward_kept_part {
	const void *bytes;
	size_t size;
};

/* Put a file of these parts in place, whole, or leave what is there: 0, or -1
 * with errno; EWOULDBLOCK: somebody else is writing it. */
int ward_kept_put(struct ward_state *state, const char *name,
    const struct ward_kept_part *parts, size_t count);
/* The same of what was packed; who can't write does not. */
void ward_kept_write(struct ward_state *state, const char *name,
    const struct ward_pack *pack);

#endif
