/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as rhosts(5). */
#include <string.h>

#include "collect/accounts/trust.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_trust_file file;

	if (ward_trust_read(fuzz_fd(bytes, size), &file) != 0) {
		abort();
	}
	/* Who is let in has a name, and is not kept out. */
	if (file.line > 0 &&
	    (*file.detail == '\0' || *file.detail == '-' ||
		strpbrk(file.detail, "#\n") != NULL)) {
		abort();
	}
	return 0;
}
