/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes JSON of what cvtsudoers(1) takes for it. */
#ifndef WARD_SUDOERS_REPAIR_H
#define WARD_SUDOERS_REPAIR_H

#include <stddef.h>

/* cvtsudoers 1.9.13 writes CWD=, CHROOT=, ROLE= and TYPE= as ["key": "value"].
 * The colon becomes a comma, in place. */
void ward_sudo_repair(char *text, size_t size);

/* Every byte as the character with its number, in UTF-8 (malloc), and such a
 * string back to its bytes, in place. NULL: no memory. */
char *ward_sudo_widen(const char *text, size_t size);
void ward_sudo_bytes(char *text);

#endif
