/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sudoers(5) as text: which physical lines make one logical line, and which
 * of those include another file. Nothing more: what a line says is cvtsudoers'
 * affair. The states are those of sudo's own scanner (toke.l of 1.9.13), as a
 * "\" or "#" means different things in a string, a word and an argument.
 */
#ifndef WARD_SUDOERS_TEXT_H
#define WARD_SUDOERS_TEXT_H

#include "collect/base/lines.h"
#include "collect/base/pool.h"

enum ward_sudo_line_kind {
	WARD_SUDO_BLANK = 0, /* nothing, or a comment */
	WARD_SUDO_DEFAULTS,
	WARD_SUDO_ALIAS,
	WARD_SUDO_RULE,
	WARD_SUDO_INCLUDE,
	WARD_SUDO_INCLUDEDIR,
	WARD_SUDO_GONE, /* sudo would not take it, and said why */
};

/* A logical line: its physical lines, joined with their newlines. */
struct ward_sudo_line {
	enum ward_sudo_line_kind kind;
	char *text;
	size_t size;
	struct ward_source source; /* of its first physical line */
	const char *path;  /* includes: the name, unquoted; NULL: none */
	const char *wrong; /* what sudo would say of it, or NULL */
	bool mended;       /* it was told of, and part of it is gone */
};

struct ward_sudo_text {
	struct ward_sudo_line *lines;
	size_t count, room;
};

/* Append every logical line of a file that isn't blank; `file` must outlive
 * them, their text is in the pool. */
int ward_sudo_text_read(struct ward_lines *lines, const char *file,
    struct ward_pool *pool, struct ward_sudo_text *text);
int ward_sudo_text_add(struct ward_sudo_text *text,
    const struct ward_sudo_line *line);
void ward_sudo_text_free(struct ward_sudo_text *text);

/*
 * sudo found a fault at byte `at` of the line. Blank out what it drops: the
 * whole line; of an alias line what stands from the faulty definition on; and
 * where a word stands in place of a command, only that " : " part of a rule.
 */
void ward_sudo_line_mend(struct ward_sudo_line *line, size_t at,
    const char *message);

#endif
