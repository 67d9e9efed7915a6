/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WARD_TESTS_KILLED_H
#define WARD_TESTS_KILLED_H

#define WARD_KILLED (-1)
#define WARD_KILLED_NEVER 77 /* ptrace(2) is not allowed here */

/* Do the work in another process, and let that run up to its stop number
 * `stop`, before or behind a system call, and no further. Its exit status, or
 * WARD_KILLED. The work asserts nothing: it has its status. */
int ward_killed_at(unsigned int stop, int (*work)(const void *arg),
    const void *arg);

#endif
