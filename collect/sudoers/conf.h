/* SPDX-License-Identifier: BSD-2-Clause */
/* sudo.conf(5): does sudo ask sudoers(5) at all, and which file? */
#ifndef WARD_SUDOERS_CONF_H
#define WARD_SUDOERS_CONF_H

#include "collect/base/defects.h"
#include "collect/base/root.h"

#define WARD_SUDO_CONF_PATH "/etc/sudo.conf"

/* A line that sets another plugin, or gives sudo's own one arguments, is a
 * defect. *ret_path, if it is set at all, is the sudoers file to read instead,
 * in the defects' pool. 0 or WARD_ERR_NOMEM; a file that can't be read counts
 * as none. */
int ward_sudo_conf_read(const struct ward_root *root,
    struct ward_defects *defects, const char **ret_path);

#endif
