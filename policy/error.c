/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

#include <stdarg.h>

int
ward_error_set(struct ward_error *err, int code, const char *format, ...)
{
	va_list args;

	if (err != NULL) {
		va_start(args, format);
		(void)vsnprintf(err->text, sizeof(err->text), format, args);
		va_end(args);
	}
	return code;
}
