/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A host for tests/stack_probe.c: what modules call of the libraries, and what
 * they find in /etc and remember elsewhere. Meant to be included once.
 */
#ifndef WARD_TESTS_STACK_HOST_H
#define WARD_TESTS_STACK_HOST_H

#include <crypt.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <security/pam_appl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define SEEN __attribute__((visibility("default")))
#define DAY 86400
#define SECOND 1000000000
#define MOST 16         /* failures: so many don't lock, then none do */
#define EVER (1L << 26) /* seconds */
#define OLDER 13
#define LONGEST 40
#define USER "wangxm"
#define USER_UID 1000
#define CALLER_UID 1001

/* ---- what modules call --------------------------------------------------- */

static time_t now, later;
static int64_t slept; /* nanoseconds */

SEEN int audit_open(void);
SEEN void syslog(int priority, const char *format, ...);
SEEN void __syslog_chk(int priority, int flag, const char *format, ...);
SEEN void __vsyslog_chk(int priority, int flag, const char *format, va_list v);
SEEN time_t time(time_t *ret);
SEEN int clock_gettime(clockid_t id, struct timespec *ret);
SEEN int clock_nanosleep(clockid_t id, int flags, const struct timespec *t,
    struct timespec *left);
SEEN int nanosleep(const struct timespec *t, struct timespec *left);
SEEN char *crypt_gensalt_rn(const char *prefix, unsigned long count,
    const char *random, int random_size, char *out, int size);

int
audit_open(void)
{
	errno = EPROTONOSUPPORT;
	return -1;
}

static void
hear(const char *format, va_list v)
{
	if (getenv("PROBE_LOG") != NULL) {
		(void)vfprintf(stderr, format, v);
		(void)fputc('\n', stderr);
	}
}

void
syslog(int priority, const char *format, ...)
{
	va_list v;

	(void)priority;
	va_start(v, format);
	hear(format, v);
	va_end(v);
}

void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list v;

	(void)priority, (void)flag;
	va_start(v, format);
	hear(format, v);
	va_end(v);
}

void
__vsyslog_chk(int priority, int flag, const char *format, va_list v)
{
	(void)priority, (void)flag;
	hear(format, v);
}

time_t
time(time_t *ret)
{
	if (ret != NULL) {
		*ret = now + later;
	}
	return now + later;
}

int
clock_gettime(clockid_t id, struct timespec *ret)
{
	int r = (int)syscall(SYS_clock_gettime, id, ret);

	if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) {
		*ret = (struct timespec){ now + later, 0 };
	} else if (id == CLOCK_BOOTTIME) {
		ret->tv_sec += later;
	} else if (id == CLOCK_MONOTONIC) {
		ret->tv_sec += (slept + ret->tv_nsec) / SECOND;
		ret->tv_nsec = (slept + ret->tv_nsec) % SECOND;
	}
	return r;
}

int
clock_nanosleep(clockid_t id, int flags, const struct timespec *t,
    struct timespec *left)
{
	struct timespec is;

	(void)left;
	(void)clock_gettime(id, &is);
	if (id == CLOCK_MONOTONIC && flags == TIMER_ABSTIME) {
		slept += (t->tv_sec - is.tv_sec) * SECOND + t->tv_nsec -
		    is.tv_nsec + SECOND / 20;
	}
	return 0;
}

int
nanosleep(const struct timespec *t, struct timespec *left)
{
	(void)t, (void)left;
	return 0;
}

/* Of the scheme that is asked for, which pam_unix holds against the hash, the
 * cheapest: what it costs is not what is tried here. */
char *
crypt_gensalt_rn(const char *prefix, unsigned long count, const char *random,
    int random_size, char *out, int size)
{
	static unsigned int salts;
	const char *cost = strcmp(prefix, "$y$") == 0 ? "j75$" :
	    strcmp(prefix, "$1$") == 0                ? "" :
							"rounds=1000$";

	(void)count, (void)random, (void)random_size;
	(void)snprintf(out, (size_t)size, "%s%ssalt%04u$", prefix, cost,
	    salts++ % 10000);
	return out;
}

static void
no_delay(int r, unsigned int microseconds, void *arg)
{
	(void)r, (void)microseconds, (void)arg;
}

/* ---- the host ------------------------------------------------------------ */

/* An account's line of shadow(5), and whose password is typed. */
struct account {
	const char *name;
	const char *password;              /* "": it has none */
	long changed, max, inactive, ends; /* -1: nothing is there */
};

static void
fail(const char *what)
{
	(void)fprintf(stderr, "stack_probe: %s: %s\n", what, strerror(errno));
	exit(1);
}

static const char *
hash_of(const char *password)
{
	static struct {
		char password[64], hash[CRYPT_OUTPUT_SIZE];
	} kept[4];
	static size_t next;
	struct crypt_data data = { .initialized = 0 };

	if (*password == '\0') {
		return "";
	}
	for (size_t i = 0; i < LENGTH(kept); i++) {
		if (strcmp(kept[i].password, password) == 0) {
			return kept[i].hash;
		}
	}
	next = (next + 1) % LENGTH(kept);
	(void)snprintf(kept[next].password, sizeof(kept[next].password), "%s",
	    password);
	(void)snprintf(kept[next].hash, sizeof(kept[next].hash), "%s",
	    crypt_r(password, "$5$rounds=1000$salt$", &data));
	return kept[next].hash;
}

static FILE *
rewrite(const char *path, mode_t mode)
{
	FILE *file = fopen(path, "we");

	if (file == NULL || chmod(path, mode) != 0) {
		fail(path);
	}
	return file;
}

static void
put_number(FILE *file, long number)
{
	if (number >= 0) {
		(void)fprintf(file, "%ld", number);
	}
	(void)fputc(':', file);
}

static void
put_line(FILE *file, const struct account *a)
{
	(void)fprintf(file, "%s:%s:", a->name, hash_of(a->password));
	put_number(file, a->changed);
	(void)fputs("0:", file);
	put_number(file, a->max);
	(void)fputs("7:", file);
	put_number(file, a->inactive);
	put_number(file, a->ends);
	(void)fputc('\n', file);
}

/* What is remembered of accounts; a case may name the last one as faillock's. */
static const char *const kept_dirs[] = { "/run/faillock",
	"/var/lib/acctward/accounts", "/var/lib/acctward/history",
	"/var/lib/faillock" };

static void
forget(void)
{
	char path[512];
	struct dirent *entry;
	DIR *dir;

	for (size_t i = 0; i < LENGTH(kept_dirs); i++) {
		dir = opendir(kept_dirs[i]);
		while (dir != NULL && (entry = readdir(dir)) != NULL) {
			if (entry->d_name[0] != '.') {
				(void)snprintf(path, sizeof(path), "%s/%s",
				    kept_dirs[i], entry->d_name);
				(void)unlink(path);
			}
		}
		if (dir != NULL) {
			(void)closedir(dir);
		}
	}
	(void)fclose(rewrite("/etc/security/opasswd", 0600));
}

/* Has anything been counted? */
static bool
remembers(const char *name)
{
	char path[512];
	struct stat st;

	for (size_t i = 0; i < LENGTH(kept_dirs); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", kept_dirs[i], name);
		if (i != 2 && stat(path, &st) == 0 && st.st_size > 0) {
			return true;
		}
	}
	return false;
}

static struct account
usual(const char *name)
{
	return (struct account){ name, "Kq7!vTz2#mPw9", now / DAY - 1, 99999,
		-1, -1 };
}

/* A host on which nothing has happened yet, with this account as it is. */
static void
renew(const struct account *a)
{
	const char *names[] = { "root", USER, "caller" };
	FILE *file = rewrite("/etc/shadow", 0600);

	for (size_t i = 0; i < LENGTH(names); i++) {
		struct account other = usual(names[i]);

		put_line(file, strcmp(a->name, names[i]) == 0 ? a : &other);
	}
	if (fclose(file) != 0) {
		fail("/etc/shadow");
	}
	later = 0;
	forget();
}

/* ---- what a refused attempt has changed all the same ------------------- */

static struct {
	const char *path;
	bool there;
	size_t size;
	char bytes[1 << 16];
} saved[] = {
	{ .path = "/etc/shadow" },
	{ .path = "/etc/security/opasswd" },
	{ .path = "/var/lib/acctward/history/" USER },
	{ .path = "/var/lib/acctward/accounts/" USER },
	{ .path = "/var/lib/acctward/accounts/root" },
	{ .path = "/run/faillock/" USER },
	{ .path = "/run/faillock/root" },
	{ .path = "/var/lib/faillock/" USER },
	{ .path = "/var/lib/faillock/root" },
};

static void
save(void)
{
	for (size_t i = 0; i < LENGTH(saved); i++) {
		FILE *file = fopen(saved[i].path, "re");

		saved[i].there = file != NULL;
		if (file != NULL) {
			saved[i].size = fread(saved[i].bytes, 1,
			    sizeof(saved[i].bytes), file);
			(void)fclose(file);
		}
	}
}

static void
restore(void)
{
	for (size_t i = 0; i < LENGTH(saved); i++) {
		FILE *file = saved[i].there ? rewrite(saved[i].path, 0600) :
					      NULL;

		if (file != NULL) {
			(void)fwrite(saved[i].bytes, 1, saved[i].size, file);
			(void)fclose(file);
		} else {
			(void)unlink(saved[i].path);
		}
	}
}

/* The second field of the account's line, "" where there is none. */
static void
read_hash(const char *name, char hash[CRYPT_OUTPUT_SIZE])
{
	char line[512], *field;
	FILE *file = fopen("/etc/shadow", "re");

	hash[0] = '\0';
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		field = strchr(line, ':');
		if (field != NULL && (size_t)(field - line) == strlen(name) &&
		    strncmp(line, name, strlen(name)) == 0) {
			(void)snprintf(hash, CRYPT_OUTPUT_SIZE, "%.*s",
			    (int)strcspn(field + 1, ":"), field + 1);
		}
	}
	if (file != NULL) {
		(void)fclose(file);
	}
}

#endif
