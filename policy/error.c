/* SPDX-License-Identifier: BSD-2-Clause */
#include "policy.h"

#include <stdarg.h>

enum ward_language
ward_error_language(const struct ward_error *err)
{
	return err == NULL ? WARD_ENGLISH : err->language;
}

const char *
ward_error_text(const struct ward_error *err, const char *english)
{
	return ward_text(ward_error_language(err), english);
}

int
ward_error_set(struct ward_error *err, int code, const char *format, ...)
{
	va_list args;

	if (err != NULL) {
		va_start(args, format);
		(void)vsnprintf(err->text, sizeof(err->text),
		    ward_text(err->language, format), args);
		va_end(args);
	}
	return code;
}
