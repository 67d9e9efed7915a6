/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as rhosts(5). */
#include <string.h>

#include "collect/accounts/trust.h"
#include "fuzz.h"

#define SHOWN \
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-" \
	"+@: \t\v\f\r"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ward_trust_file file;

	if (ward_trust_read(fuzz_fd(bytes, size), &file) != 0) {
		abort();
	}
	/* Nothing but hosts and users is shown. */
	if (file.line > 0 &&
	    (*file.detail == '\0' || *file.detail == '-' ||
		strspn(file.detail, SHOWN) != strlen(file.detail))) {
		abort();
	}
	return 0;
}
