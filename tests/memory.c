/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/memory.h"

#include "tests/support.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define LARGEST (64UL << 20)

bool
ward_memory_is_own(void)
{
	const char *valgrind = getenv("VALGRIND");

	return valgrind == NULL || *valgrind == '\0';
}

size_t
ward_memory_count(size_t (*count)(const unsigned char *bytes, size_t size))
{
	/* Shared, or the kernel makes one of it and its neighbours. */
	unsigned char *bytes = mmap(NULL, LARGEST, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	FILE *maps = fopen("/proc/self/maps", "re");
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	char line[PATH_MAX + 128];
	size_t sum = 0;

	assert_true(bytes != MAP_FAILED);
	assert_non_null(maps);
	assert_true(memory >= 0);
	while (fgets(line, sizeof(line), maps) != NULL) {
		char *end;
		const unsigned long from = strtoul(line, &end, 16);
		const unsigned long to = strtoul(end + 1, &end, 16);

		if (end[1] == 'r' && end[2] == 'w' && to - from <= LARGEST &&
		    from != (uintptr_t)bytes) {
			const ssize_t size = pread(memory, bytes, to - from,
			    (off_t)from);

			sum += size > 0 ? count(bytes, (size_t)size) : 0;
		}
	}
	(void)fclose(maps);
	(void)close(memory);
	(void)munmap(bytes, LARGEST);
	return sum;
}
