/* SPDX-License-Identifier: BSD-2-Clause */
/* What cvtsudoers(1) -f json writes, into the model. */
#ifndef WARD_SUDOERS_JSON_H
#define WARD_SUDOERS_JSON_H

#include "collect/sudoers/model.h"
#include "collect/sudoers/text.h"

/*
 * The JSON carries no lines. So each rule and each Defaults line was fed with
 * a marker before it: one for a user, or at a host, whose name is `prefix`, a
 * dot and the index of the line in `lines`.
 */
struct ward_sudo_marks {
	const char *prefix;
	const struct ward_sudo_line *lines;
	size_t count;
};

/* Add what the JSON says to the model. `text` is written to: some versions
 * don't write JSON everywhere, and it need not be UTF-8. WARD_ERR_TOOL when
 * it is not what we know, WARD_ERR_NOMEM. */
int ward_sudo_json_read(struct ward_sudo_model *model, char *text, size_t size,
    const struct ward_sudo_marks *marks, struct ward_error *err);

#endif
