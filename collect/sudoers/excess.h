/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that hand out more than they seem to. */
#ifndef WARD_SUDOERS_EXCESS_H
#define WARD_SUDOERS_EXCESS_H

#include "collect/base/root.h"
#include "collect/sudoers/model.h"

/* How a command lets the user do what the rule doesn't say. */
enum ward_escapes {
	WARD_ESCAPE_SHELL = 1, /* by starting a program: NOEXEC stops it */
	WARD_ESCAPE_WRITE = 2, /* by writing any file itself */
	WARD_ESCAPE_READ = 4,  /* by showing any file itself */
};

/* `here`: it runs in whatever directory the caller is in. */
unsigned int ward_sudo_escapes(const struct ward_sudo_command *command,
    bool here);
/* Every program in a directory. */
bool ward_sudo_is_directory(const struct ward_sudo_command *command);
/* Shell wildcards in the path or the arguments, outside of "^...$". */
bool ward_sudo_has_wildcard(const struct ward_sudo_command *command);
/* Can somebody other than root replace the program, or put it where it is
 * looked for, or put one into it, if it is a directory? What can't be looked at counts as safe. */
bool ward_sudo_is_writable(const struct ward_root *root,
    const struct ward_sudo_command *command);
/* Is it the name of a variable, or a pattern of one, by which a program loads
 * code: any program (WARD_SUDO_ENV_KEEP), or an interpreter
 * (WARD_SUDO_ENV_SCRIPT)? */
bool ward_sudo_loads(const char *pattern, enum ward_sudo_option option);
/* Does the program begin with "#!"? What can't be looked at does not. */
bool ward_sudo_is_script(const struct ward_root *root,
    const struct ward_sudo_command *command);

#endif
