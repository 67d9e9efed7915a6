/* SPDX-License-Identifier: BSD-2-Clause */
/* Libraries that only a change of passwords needs, which no log-in loads. */
#ifndef WARD_BORROW_H
#define WARD_BORROW_H

#include "policy.h"

/* A function of the library, and the pointer to it that is filled in. */
struct ward_borrowed {
	const char *name;
	void *function; /* of a pointer to a function */
};

/*
 * Load the library, unless that has been done, and find all of the functions,
 * or touch none of the pointers. It stays as long as the program: another
 * module in the same one may have got to know it. Any number of threads at
 * once. WARD_ERR_MISSING: there is no such library, or it lacks one of them.
 *
 *	static int (*check)(const char *);
 *	static const struct ward_borrowed names[] = { { "check", &check } };
 */
int ward_borrow(const char *soname, const struct ward_borrowed *names,
    size_t count, struct ward_error *err);

#endif
