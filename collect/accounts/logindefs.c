/* SPDX-License-Identifier: BSD-2-Clause */
#include "collect/accounts/logindefs.h"

#include "collect/base/lines.h"

int
ward_logindefs_read(int fd, struct ward_logindefs *ret_defs)
{
	struct ward_logindefs defs = *ret_defs;
	struct ward_lines *lines = NULL;
	struct ward_line line;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while ((r = ward_lines_next(lines, &line)) > 0) {
		ward_logindefs_line(line.text, &defs);
	}
	ward_lines_free(lines);
	if (r == 0) {
		*ret_defs = defs;
	}
	return r;
}

int
ward_shells_read(int fd, struct ward_strings *shells)
{
	struct ward_lines *lines = NULL;
	struct ward_line line;
	uint32_t index;
	int r;

	r = ward_lines_new(fd, &lines);
	if (r != 0) {
		return r;
	}
	while (r == 0 && (r = ward_lines_next(lines, &line)) > 0) {
		size_t size;
		const char *shell = ward_shell_line(line.text, &size);

		r = size == 0 ? 0 :
				ward_strings_keep(shells, shell, size, &index);
	}
	ward_lines_free(lines);
	return r;
}

bool
ward_shell_is_listed(const char *shell, const struct ward_strings *shells)
{
	return shells == NULL ||
	    ward_strings_find(shells, *shell == '\0' ? "/bin/sh" : shell) !=
	    WARD_TABLE_NONE;
}
