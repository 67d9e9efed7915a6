/* SPDX-License-Identifier: BSD-2-Clause */
/* The groups of group(5) that amount to root. */
#ifndef WARD_GROUP_FILE_H
#define WARD_GROUP_FILE_H

#include "state/kept.h"

#define WARD_GROUP_FILE "/etc/group"

/*
 * Pack how many there are, and as bytes of their own for each: its gid, the
 * line where it stands, the word by which that gid amounts to root, how it is
 * told, the number of its members, and their names. A group is its gid: others
 * that have the gid of one of the words are as good. No file is no group; else
 * errors are those of ward_host_file_open(), WARD_ERR_IO and WARD_ERR_NOMEM.
 */
int ward_group_file_read(const struct ward_state *state, const char *words,
    struct ward_pack *pack, struct ward_error *err);

#endif
