/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose keys open an account: authorized_keys, as sshd(8) takes it apart. */
#ifndef WARD_KEYS_H
#define WARD_KEYS_H

#include "collect/accounts/home.h"

#define WARD_KEYS_FILE_MAX ((size_t)16 << 20)
#define WARD_KEYS_OWNERS_SIZE 200

struct ward_key {
	const char *detail; /* "no-pty ssh-ed25519 wang@pc": options too */
	struct ward_source source;
};

/* Valid until the next look. */
struct ward_keys {
	bool known;
	/* Unless known: the first that could not be looked at wholly (file
	 * NULL: it has no usable name), and why. */
	struct ward_source unread;
	char unread_why[WARD_HOME_WHY_SIZE];
	struct ward_key *list;
	uint32_t count, room;
	struct ward_pool *pool;
	struct ward_strings *owners;
	size_t owner_count; /* different "who" in the comments who@where */
	char owner_names[WARD_KEYS_OWNERS_SIZE];
};

/*
 * Look at HOME/.ssh/authorized_keys and authorized_keys2, as sshd(8) would: what
 * is no regular file holds no key. They are the user's: whatever they are, it is no error;
 * what can't be read, or is larger than WARD_KEYS_FILE_MAX, makes the keys not
 * known. 0, WARD_ERR_NOMEM or WARD_ERR_IO (no randomness).
 */
int ward_keys_look(struct ward_keys *keys, const struct ward_root *root,
    const struct ward_home *home);
void ward_keys_free(struct ward_keys *keys);

struct ward_key_parts {
	const char *options; /* "no-pty,command=\"echo hi\"", or "" */
	const char *type, *comment;
};

/* A line of authorized_keys. False: no key, or not a well-formed one. The
 * parts point into the text, which is written to. */
bool ward_key_parse(char *text, struct ward_key_parts *ret_parts);

#endif
