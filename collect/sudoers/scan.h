/* SPDX-License-Identifier: BSD-2-Clause */
/* The scanner behind sudoers_text.c: one physical line after the other. */
#ifndef WARD_SUDOERS_SCAN_H
#define WARD_SUDOERS_SCAN_H

#include <stdbool.h>
#include <stddef.h>

enum ward_sudo_state {
	WARD_SUDO_INITIAL = 0,
	WARD_SUDO_IN_DEFAULTS,
	WARD_SUDO_AT_PATH,   /* behind CWD or CHROOT */
	WARD_SUDO_AT_DIGEST, /* behind "sha224" and its like */
	WARD_SUDO_IN_STRING,
	WARD_SUDO_IN_COMMAND, /* behind a command: its arguments */
	WARD_SUDO_IN_REGEX,   /* arguments that are a regular expression */
	WARD_SUDO_IN_INCLUDE, /* behind "@include", before the name */
};

struct ward_sudo_scan {
	enum ward_sudo_state state, outer; /* outer: around a string */
	bool arguments;                    /* the command has one already */
	bool include;     /* an "@include" in the middle of a line */
	int depth;        /* of parentheses */
	const char *word; /* the last word, on the line being scanned */
	size_t word_size;
	/* Called at each ":" between two parts of a line, if not NULL. */
	void (*part)(void *arg, size_t at);
	void *arg;
};

/* Scan a physical line, without its newline. True: it goes on on the next. */
bool ward_sudo_scan(struct ward_sudo_scan *scan, const char *line, size_t size);

/* How long a WORD of sudo's scanner starts here; 0: none does. */
size_t ward_sudo_word(const char *text, size_t size);

#endif
