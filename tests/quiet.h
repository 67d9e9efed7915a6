/* SPDX-License-Identifier: BSD-2-Clause */
/* For test programs that run real modules: nothing gets into the host's logs.
 * Include it once. */
#ifndef WARD_TESTS_QUIET_H
#define WARD_TESTS_QUIET_H

#include <errno.h>
#include <stdarg.h>

/* libpam writes what it thinks of these stacks into the host's logs. */
#define SEEN __attribute__((visibility("default")))
SEEN int audit_open(void);
SEEN void syslog(int priority, const char *format, ...);
SEEN void __syslog_chk(int priority, int flag, const char *format, ...);
SEEN void __vsyslog_chk(int priority, int flag, const char *format, va_list v);

int
audit_open(void)
{
	errno = EPROTONOSUPPORT;
	return -1;
}

void
syslog(int priority, const char *format, ...)
{
	(void)priority, (void)format;
}

void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	(void)priority, (void)flag, (void)format;
}

void
__vsyslog_chk(int priority, int flag, const char *format, va_list v)
{
	(void)priority, (void)flag, (void)format, (void)v;
}

#endif
