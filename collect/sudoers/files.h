/* SPDX-License-Identifier: BSD-2-Clause */
/* /etc/sudoers and what it includes, as one run of logical lines in the order
 * in which sudo reads them. */
#ifndef WARD_SUDOERS_FILES_H
#define WARD_SUDOERS_FILES_H

#include "collect/base/defects.h"
#include "collect/base/root.h"
#include "collect/sudoers/text.h"

#define WARD_SUDOERS_PATH "/etc/sudoers"

/*
 * Read them all, from the file at `path` on, with every include resolved inside the root. `host` is the
 * short name for "%h", or NULL. A file that sudo would not take is a defect
 * and gives no lines. Line texts and file names are kept in the defects'
 * pool. No sudoers file: no lines.
 */
int ward_sudo_files_read(const struct ward_root *root, const char *path,
    const char *host, struct ward_defects *defects, struct ward_sudo_text *text,
    struct ward_error *err);

#endif
