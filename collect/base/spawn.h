/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A helper program: text in by its standard input, standard output and
 * standard error out. It is looked up in the system's own directories, gets
 * an empty environment, no descriptor of ours, bounded time and bounded
 * output, and none of root's privileges, as its input may be hostile.
 */
#ifndef WARD_SPAWN_H
#define WARD_SPAWN_H

#include "policy/policy.h"

struct ward_spawn {
	const char *const *argv; /* argv[0] is the name, NULL-ended */
	const char *input;
	size_t input_size;
	size_t output_max; /* bytes, of each output */
	unsigned int seconds;
};

struct ward_spawned {
	int status;   /* exit status; 128 + n: signal n */
	char *output; /* NUL-ended */
	size_t output_size;
	char *errors;
	size_t errors_size;
};

/* WARD_ERR_MISSING: no such program. WARD_ERR_TOOL: too slow, too much
 * output, or it can't be run. WARD_ERR_IO, WARD_ERR_NOMEM. */
int ward_spawn(const struct ward_spawn *spawn, struct ward_spawned *ret_spawned,
    struct ward_error *err);
void ward_spawned_free(struct ward_spawned *spawned);

#endif
