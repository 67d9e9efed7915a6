/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose keys open an account: authorized_keys, as sshd(8) takes it apart. */
#ifndef WARD_KEYS_H
#define WARD_KEYS_H

#include "collect/base/root.h"

#define WARD_KEYS_FILE_MAX ((size_t)1 << 20)
#define WARD_KEYS_OWNERS_SIZE 200

struct ward_key {
	const char *detail; /* "ssh-ed25519 wang@pc": type and comment */
	struct ward_source source;
};

/* Valid until the next look. */
struct ward_keys {
	char *home; /* the one looked at last; NULL: none */
	bool known;
	struct ward_key *list;
	uint32_t count, room;
	struct ward_pool *pool;
	struct ward_strings *owners;
	size_t owner_count; /* different "who" in the comments who@where */
	char owner_names[WARD_KEYS_OWNERS_SIZE];
};

/*
 * Look at HOME/.ssh/authorized_keys and authorized_keys2. They are the
 * user's: whatever they are, it is no error; what can't be read, or is larger
 * than WARD_KEYS_FILE_MAX, makes the keys not known. 0, WARD_ERR_NOMEM or
 * WARD_ERR_IO (no randomness).
 */
int ward_keys_look(struct ward_keys *keys, const struct ward_root *root,
    const char *home);
void ward_keys_free(struct ward_keys *keys);

/* A line of authorized_keys. False: no key, or not a well-formed one. The
 * parts point into the text, which is written to. */
bool ward_key_parse(char *text, const char **ret_type,
    const char **ret_comment);

#endif
