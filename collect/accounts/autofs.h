/* SPDX-License-Identifier: BSD-2-Clause */
/* auto.master(5): where directories are mounted only when they are needed. */
#ifndef WARD_AUTOFS_H
#define WARD_AUTOFS_H

#include "collect/base/pool.h"
#include "collect/base/root.h"

/* Zeroed: no such directory. */
struct ward_autofs {
	struct ward_pool *pool; /* not its own */
	const char **list;
	uint32_t count, room;
};

/* Read /etc/auto.master and what is in its .d; of a file that can't be read
 * nothing is known. Maps of single paths are not read. 0 or WARD_ERR_NOMEM. */
int ward_autofs_load(struct ward_autofs *autofs, const struct ward_root *root,
    struct ward_pool *pool);
void ward_autofs_free(struct ward_autofs *autofs);
/* Does the path lie below such a directory? */
bool ward_autofs_has(const struct ward_autofs *autofs, const char *path);

/* One file; takes the descriptor. 0 or WARD_ERR_NOMEM. */
int ward_autofs_read(int fd, struct ward_autofs *autofs);

#endif
