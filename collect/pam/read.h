/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside collect/pam: where a host has its configuration, and a service that
 * is being read from it. */
#ifndef WARD_PAM_READ_H
#define WARD_PAM_READ_H

#include "collect/base/pool.h"
#include "collect/base/root.h"
#include "collect/base/strings.h"
#include "collect/pam/line.h"
#include "collect/pam/world.h"

#define WARD_PAM_FILE_MAX ((size_t)1 << 20)
#define WARD_PAM_LINES_MAX 20000u /* of one service, with what it includes */
#define WARD_PAM_DEPTH 16         /* of substacks, and of files in files */

struct ward_pam {
	struct ward_root *root;
	struct ward_pool *pool;
	const char *dirs[3]; /* of services, NULL ends them; none: pam.conf */
	bool debian;
	const char **modules; /* directories in which modules are */
	uint32_t module_count, module_room;
	struct ward_strings *asked; /* modules looked for, and what there was */
	uint8_t *kinds;
	uint32_t kind_count, kind_room;
	const char **names;
	uint32_t name_count, name_room;
	struct ward_pam_modules *files; /* NULL: not asked for yet */
	struct ward_strings *included;  /* names of files; NULL: the same */
};

/* A list that grows: of conf's own lines or of other's. */
struct ward_pam_list {
	struct ward_pam_handler *handlers;
	uint32_t count, room;
};

/* A service, and what it was made of. */
struct ward_pam_made {
	struct ward_pam_service service; /* the first member */
	struct ward_pool *pool;
	struct ward_pam_list own[WARD_PAM_TYPES], others[WARD_PAM_TYPES];
	uint32_t *siblings[WARD_PAM_TYPES];
	struct ward_pam_fault *faults;
	uint32_t fault_room;
	uint32_t lines; /* taken so far */
};

/* Read /etc/pam.d/SERVICE and other, or pam.conf. 0 or WARD_ERR_NOMEM. */
int ward_pam_read_files(struct ward_pam *pam, struct ward_pam_made *made);

/* Read a file of the host whole; free() *ret_text. WARD_ERR_MISSING: there is
 * none; WARD_ERR_IO: *ret_what is why it can't be read. */
int ward_pam_load(const struct ward_root *root, const char *path,
    char **ret_text, size_t *ret_size, const char **ret_what);

/* Is there a file of that module? MODULE where it can't be told. Looked for
 * once. 0 or WARD_ERR_NOMEM. */
int ward_pam_find_module(struct ward_pam *pam, const char *module,
    enum ward_pam_kind *ret_kind);

/* Work out who stands beside whom: the last four members of each handler.
 * `siblings` has room for `count`. */
void ward_pam_number(struct ward_pam_handler *handlers, uint32_t count,
    uint32_t *siblings);

#endif
