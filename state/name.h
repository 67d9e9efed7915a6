/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of accounts as names of files. Letters, digits, '.', '_' and '-' stay
 * as they are; any other byte, and a '.' at the beginning, becomes %XX. So
 * none leaves its directory, is hidden or breaks a line, and none is another's.
 */
#ifndef WARD_STATE_NAME_H
#define WARD_STATE_NAME_H

#include <limits.h>

#include "policy/policy.h"

#define WARD_NAME_SIZE (NAME_MAX + 1)

/* WARD_ERR_RANGE: empty, or too long. */
int ward_name_encode(const char *name, char file[WARD_NAME_SIZE]);
/* WARD_ERR_SYNTAX: no name is encoded like that. */
int ward_name_decode(const char *file, char name[WARD_NAME_SIZE]);

#endif
