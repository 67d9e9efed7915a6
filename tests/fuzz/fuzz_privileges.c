/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as the list of who is privileged. An odd size: with the head that
 * they would need. */
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "state/privileges.h"

/* Whoever a list of lines in order names is found with what stands there. */
static void
find_each(int fd, uint64_t size, const char *text, size_t left)
{
	struct ward_privileges_line line, before = { .ways = 0 };
	unsigned int ways;

	while (left > 0) {
		const char *end = memchr(text, '\n', left);

		if (end == NULL ||
		    !ward_privileges_read(text, (size_t)(end - text), &line) ||
		    strcmp(before.name, line.name) >= 0) {
			return;
		}
		left -= (size_t)(end - text) + 1;
		text = end + 1;
		before = line;
		if (left == 0 &&
		    (ward_privileges_look(fd, size, "list", line.name, &ways,
			 NULL) != 0 ||
			ways != line.ways)) {
			abort();
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const names[] = { "wang", "a", "zzz", "%FF" };
	const size_t head = size % 2 == 1 ? WARD_PRIVILEGES_HEAD : 0;
	uint8_t *copy = malloc(size + WARD_PRIVILEGES_HEAD + 1);
	unsigned int ways;
	int fd;

	if (copy == NULL) {
		abort();
	}
	if (head > 0) {
		ward_privileges_head(size, (char *)copy);
	}
	memcpy(copy + head, bytes, size);
	fd = fuzz_fd(copy, size + head);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (ward_privileges_look(fd, size + head, "list", names[i],
			&ways, NULL) == 0 &&
		    ways >= 1u << WARD_PATH_KIND_COUNT) {
			abort();
		}
	}
	if (head > 0) {
		find_each(fd, size + head, (const char *)bytes, size);
	}
	(void)close(fd);
	free(copy);
	return 0;
}
