/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cracklib keeps what it makes of a password, in lower case or reversed, in
 * static memory, where a core dump would show it. Its variables are put back as
 * they were before it was asked.
 */
#include "weak_parts.h"

#include <link.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST ((size_t)1 << 20)

/* Variables that begin as zeroes: no others of it change, and what the linker
 * made read only is not among them. */
static int
find_variables(struct dl_phdr_info *info, size_t size, void *arg)
{
	struct ward_residue *residue = arg;

	(void)size;
	if (info->dlpi_name == NULL ||
	    strstr(info->dlpi_name, "/libcrack.so") == NULL) {
		return 0;
	}
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type == PT_LOAD && (part->p_flags & PF_W) != 0 &&
		    part->p_memsz > part->p_filesz) {
			const uintptr_t at = info->dlpi_addr + part->p_vaddr +
			    part->p_filesz;

			residue->variables = (void *)at;
			residue->size = part->p_memsz - part->p_filesz;
		}
	}
	return 1;
}

void
ward_residue_keep(struct ward_residue *ret_residue)
{
	struct ward_residue residue = { .variables = NULL };

	(void)dl_iterate_phdr(find_variables, &residue);
	if (residue.size != 0 && residue.size <= LARGEST) {
		residue.before = malloc(residue.size);
	}
	if (residue.before != NULL) {
		memcpy(residue.before, residue.variables, residue.size);
	}
	*ret_residue = residue;
}

void
ward_residue_wipe(struct ward_residue *residue)
{
	if (residue->before != NULL) {
		memcpy(residue->variables, residue->before, residue->size);
		free(residue->before);
	}
	*residue = (struct ward_residue){ .variables = NULL };
}

/* ---- the heap -------------------------------------------------------------- */

/* glibc keeps this many freed blocks of a size at hand, last in first out, and
 * a thread's own ones before all others. */
#define KEPT 7
#define TAKEN 4

/* Copies are made of the password, and of the one before it, and that one
 * twice; in full blocks, of which all bytes may be written. */
static size_t
block_size(size_t size, size_t times)
{
	const size_t least = size * times + 1;

	return least <= 24 ? 24 : (least + 7) / 16 * 16 + 8;
}

static void
take_blocks(size_t size, size_t count)
{
	void *blocks[KEPT + 1];
	size_t taken = 0;

	while (taken < count && (blocks[taken] = malloc(size)) != NULL) {
		explicit_bzero(blocks[taken], size);
		taken++;
	}
	while (taken > 0) {
		free(blocks[--taken]);
	}
}

void
ward_residue_reserve(size_t size)
{
	for (size_t times = 1; times <= 2; times++) {
		take_blocks(block_size(size, times), TAKEN);
	}
}

void
ward_residue_wipe_heap(size_t size)
{
	for (size_t times = 1; times <= 2; times++) {
		take_blocks(block_size(size, times), KEPT + 1);
	}
}
