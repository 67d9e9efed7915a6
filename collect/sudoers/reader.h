/* SPDX-License-Identifier: BSD-2-Clause */
/* Of the JSON that cvtsudoers(1) writes: strings, and lists of members. */
#ifndef WARD_SUDOERS_READER_H
#define WARD_SUDOERS_READER_H

#include <jansson.h>

#include "collect/sudoers/json.h"

struct ward_sudo_reader {
	struct ward_sudo_model *model;
	const struct ward_sudo_marks *marks;
	struct ward_error *err;
	bool bytes; /* each character stands for one byte */
	const struct ward_sudo_line *line; /* behind the last marker */
};

/* It is not what we know: WARD_ERR_TOOL. */
int ward_sudo_strange(struct ward_sudo_reader *r, const char *what);
int ward_sudo_no_memory(struct ward_sudo_reader *r);

/* The string, in the model's pool. NULL: no memory. */
char *ward_sudo_copy(struct ward_sudo_reader *r, const json_t *string);
/* A list with at least one member; `what` names it in the message. */
int ward_sudo_read_list(struct ward_sudo_reader *r, const json_t *array,
    const char *what, struct ward_sudo_list *ret_list);
/* Groups to run as: `(:docker)` has no "%", and ALL may stand there. */
int ward_sudo_read_groups(struct ward_sudo_reader *r, const json_t *array,
    struct ward_sudo_list *list);

/* Set what the option sets: {"noexec": true}. */
void ward_sudo_read_flags(const json_t *option, struct ward_sudo_flags *flags);
/* The same for what stands behind "runcwd". */
void ward_sudo_read_runcwd(const json_t *value, struct ward_sudo_flags *flags);

#endif
