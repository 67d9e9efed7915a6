/* SPDX-License-Identifier: BSD-2-Clause */
/* A sudoers file: its logical lines, and mending each where it is wrong. */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "collect/sudoers/text.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ward_pool *pool = ward_pool_new();
	struct ward_sudo_text text = { 0 };
	struct ward_lines *lines = NULL;

	if (pool == NULL || ward_lines_new(fuzz_fd(data, size), &lines) != 0 ||
	    ward_sudo_text_read(lines, "/etc/sudoers", pool, &text) != 0) {
		abort();
	}
	for (size_t i = 0; i < text.count; i++) {
		struct ward_sudo_line *line = &text.lines[i];

		if (strlen(line->text) != line->size) {
			abort();
		}
		ward_sudo_line_mend(line, line->size / 2,
		    "expected a fully-qualified path name");
	}
	ward_lines_free(lines);
	ward_sudo_text_free(&text);
	ward_pool_free(pool);
	return 0;
}
