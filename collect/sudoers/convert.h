/* SPDX-License-Identifier: BSD-2-Clause */
/* Logical lines of sudoers(5) into the model, by cvtsudoers(1). */
#ifndef WARD_SUDOERS_CONVERT_H
#define WARD_SUDOERS_CONVERT_H

#include "collect/base/defects.h"
#include "collect/sudoers/model.h"
#include "collect/sudoers/text.h"

/*
 * A line that sudo can't read becomes a defect and is left out, as sudo
 * itself leaves it out. WARD_ERR_TOOL when cvtsudoers is missing, fails or
 * writes what we don't know; WARD_ERR_NOMEM; WARD_ERR_IO.
 */
int ward_sudo_convert(struct ward_sudo_text *text,
    struct ward_sudo_model *model, struct ward_defects *defects,
    struct ward_error *err);

#endif
