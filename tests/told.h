/* SPDX-License-Identifier: BSD-2-Clause */
/* How a test tells tests/pam/pam_told.c what to return: the application's
 * data of its conversation is one of these. */
#ifndef WARD_TESTS_TOLD_H
#define WARD_TESTS_TOLD_H

enum told_call {
	TOLD_AUTH,
	TOLD_SETCRED,
	TOLD_ACCOUNT,
	TOLD_PRELIM,
	TOLD_UPDATE,
	TOLD_OPEN,
	TOLD_CLOSE,
	TOLD_CALLS
};

struct told {
	/* `name`: the module's first argument */
	int (*next)(struct told *told, enum told_call call, const char *name);
};

#endif
