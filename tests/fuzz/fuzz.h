/* SPDX-License-Identifier: BSD-2-Clause */
/* What the fuzz targets share. Each is one file, so it stands in a header. */
#ifndef WARD_FUZZ_H
#define WARD_FUZZ_H

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A descriptor from which the bytes can be read. */
static inline int
fuzz_fd(const uint8_t *bytes, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes, size) != (ssize_t)size ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		abort();
	}
	return fd;
}

#endif
