/* SPDX-License-Identifier: BSD-2-Clause */
/* One account's line of passwd(5) and of shadow(5). */
#ifndef WARD_LOCAL_FILE_H
#define WARD_LOCAL_FILE_H

#include <pwd.h>
#include <shadow.h>

#include "state/dirs.h"

struct ward_entry_line {
	/* The first line of the name that the C library takes, as it takes it;
	 * which of the two, was asked. `taken` false: there is none. */
	struct passwd passwd;
	struct spwd shadow;
	bool taken;
	bool dead;    /* it has dropped one */
	uint64_t at;  /* where it begins, + 1 */
	char *buffer; /* what passwd and shadow point into */
	size_t size;
};

/* Can an account be called that, as far as the C library goes? */
bool ward_entry_name_fits(const char *name);

/*
 * Look first where the line was last (`hint`: there + 1; 0: unknown), then
 * everywhere. 0 also where there is no such line. Errors are those of
 * ward_host_file_open(), WARD_ERR_IO and WARD_ERR_NOMEM.
 */
int ward_entry_find_passwd(const struct ward_state *state, const char *name,
    uint64_t hint, struct ward_entry_line *ret_line, struct ward_error *err);
int ward_entry_find_shadow(const struct ward_state *state, const char *name,
    uint64_t hint, struct ward_entry_line *ret_line, struct ward_error *err);
/* Wipes it: it may hold a hash. */
void ward_entry_free(struct ward_entry_line *line);

#endif
