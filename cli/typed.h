/* SPDX-License-Identifier: BSD-2-Clause */
/* A password that somebody types, or hands on by a pipe. */
#ifndef WARD_CLI_TYPED_H
#define WARD_CLI_TYPED_H

#include "policy/policy.h"

struct ward_typed {
	char text[WARD_PASSWORD_MAX + 1]; /* NUL behind it, none within */
	size_t size;
};

/*
 * One line of standard input, without its end; of a terminal, asked for, and
 * not shown while it is typed: what ends or stops the program meanwhile has it
 * shown again first. Nothing behind the line is read. WARD_ERR_MISSING: there
 * is no line; WARD_ERR_SYNTAX: a NUL in it; WARD_ERR_RANGE: too long to be a
 * password. The caller wipes it, and does so after an error too.
 */
int ward_typed_read(struct ward_typed *ret_typed, struct ward_error *err);
/* The same of a descriptor that is no terminal. */
int ward_typed_read_line(int fd, struct ward_typed *ret_typed,
    struct ward_error *err);

#endif
