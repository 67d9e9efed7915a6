/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who was found privileged, kept by name: what takes a helper program is
 * known at log-in by it.
 *
 *	acctward privileged 1 0000000042
 *	lee doas
 *	wang%20a sudo,key
 *
 * A head that says how many bytes follow; then a line an account, its name as
 * name.h has it, in the order of bytes, so that one is found without reading
 * the others.
 */
#ifndef WARD_STATE_PRIVILEGES_H
#define WARD_STATE_PRIVILEGES_H

#include "state/dirs.h"
#include "state/name.h"

#define WARD_PRIVILEGES "privileged"
#define WARD_PRIVILEGES_FILE WARD_STATE_BASE "/" WARD_PRIVILEGES

/* ward_privileges_find() of an open file, which is as long as `size`, for a
 * name as it stands there. `path` is for the messages. */
int ward_privileges_look(int fd, uint64_t size, const char *path,
    const char *name, unsigned int *ret_ways, struct ward_error *err);

struct ward_privileges_line {
	char name[WARD_NAME_SIZE]; /* as in the file */
	unsigned int ways;
};

/* What a line says, `size` bytes without its newline; false: it is none. */
bool ward_privileges_read(const char *text, size_t size,
    struct ward_privileges_line *ret_line);
/* "sudo,key" */
#define WARD_WAYS_SIZE 64
void ward_privileges_ways(unsigned int ways, char text[WARD_WAYS_SIZE]);

/* The head of so many bytes. */
#define WARD_PRIVILEGES_HEAD 33
void ward_privileges_head(uint64_t size, char head[WARD_PRIVILEGES_HEAD + 1]);
#define WARD_PRIVILEGES_MAX ((uint64_t)1 << 30)

/* Open it: WARD_ERR_MISSING where there is none. */
int ward_privileges_open(const struct ward_state *state, int *ret_fd,
    uint64_t *ret_size, struct ward_error *err);
/* Say that it is damaged. */
int ward_privileges_damaged(const char *path, struct ward_error *err);

#endif
