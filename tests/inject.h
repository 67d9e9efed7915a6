/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls that are made to fail in turn: the linker puts these between the
 * archives and the C library. Which of them, the Makefile says for each
 * program.
 */
#ifndef WARD_TESTS_INJECT_H
#define WARD_TESTS_INJECT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct ward_faults {
	bool armed;
	unsigned int calls, at; /* the at'th one fails */
	int why;                /* 0: written short, and then not at all */
	bool shortened;
	bool renamed, settled; /* the name was on disk after it was put */
	bool wide;             /* the clock fails; a signal ends open(2) */
	off_t full;            /* but 0: no file grows beyond */
	bool frozen;           /* nanosleep(2) moves the clock instead */
	int64_t slept;
};

extern struct ward_faults ward_faults;

void ward_faults_arm(unsigned int at, int why);
void ward_faults_disarm(void);
/* From now on no time passes but what is slept. */
void ward_faults_freeze(void);

#endif
