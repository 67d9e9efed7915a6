/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locks of open file descriptions: each open file has its own, in threads too,
 * and the kernel takes them back when the last descriptor is gone, however its
 * process ended.
 */
#ifndef WARD_STATE_LOCK_H
#define WARD_STATE_LOCK_H

#include <sys/types.h>

/* F_RDLCK, F_WRLCK or F_UNLCK on `size` bytes (0: all behind). 0, or -1 with
 * errno; EAGAIN: somebody else holds it. */
int ward_lock_bytes(int fd, short kind, off_t at, off_t size);
/* The same of one byte, tried for so many milliseconds. */
int ward_lock_patiently(int fd, short kind, off_t at, int patience);

#endif
