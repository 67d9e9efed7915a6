/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the stacks of a service really do, with the real libpam and the real
 * modules; for tests/e2e/stacks.sh, in a root of its own.
 *
 *   stack_probe SERVICE...
 *       One line for each claim of policy/service.h and each of who it is
 *       about: SERVICE user|root CLAIM held|broken|none [NUMBER [SECONDS]]
 *
 * It writes /etc/shadow, and does so only where it finds /e2e/stacks. The clock
 * stands still but for what is added to it, nothing waits, hashes are cheap.
 */
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

/* ---- a call -------------------------------------------------------------- */

struct call {
	const char *service, *name;
	bool by_root, at_console; /* passwords: by_root */
	const char *password;     /* NULL: no answer is given */
	const char *new_password, *decoy;
	unsigned int decoys; /* so many new ones are asked for first */
	unsigned int asked, asked_new;
	unsigned int asks; /* new ones, where the first is good */
};

static char *
answer(struct call *c, const char *prompt)
{
	bool again = strstr(prompt, "etype") != NULL ||
	    strstr(prompt, "e-type") != NULL || strstr(prompt, "gain") != NULL;
	bool new = again || strstr(prompt, "ew ") != NULL;

	if (++c->asked > 40) {
		return NULL;
	}
	if (c->new_password == NULL || !new) {
		return c->password == NULL ? NULL : strdup(c->password);
	}
	c->asked_new += !again;
	return strdup(c->asked_new <= c->decoys ? c->decoy : c->new_password);
}

static int
converse(int count, const struct pam_message **messages,
    struct pam_response **ret_responses, void *arg)
{
	struct pam_response *responses = calloc((size_t)count,
	    sizeof(*responses));

	if (responses == NULL) {
		return PAM_BUF_ERR;
	}
	for (int i = 0; i < count; i++) {
		if (messages[i]->msg_style != PAM_PROMPT_ECHO_OFF &&
		    messages[i]->msg_style != PAM_PROMPT_ECHO_ON) {
			if (getenv("PROBE_LOG") != NULL) {
				(void)fprintf(stderr, "%s\n", messages[i]->msg);
			}
			continue;
		}
		responses[i].resp = answer(arg, messages[i]->msg);
		if (responses[i].resp == NULL) {
			while (i-- > 0) {
				free(responses[i].resp);
			}
			free(responses);
			return PAM_CONV_ERR;
		}
	}
	*ret_responses = responses;
	return PAM_SUCCESS;
}

/* Programs that are root themselves, and let others in. */
static bool
is_daemon(const char *service)
{
	return strcmp(service, "login") == 0 || strcmp(service, "sshd") == 0 ||
	    strcmp(service, "system-auth") == 0 ||
	    strcmp(service, "password-auth") == 0;
}

static pam_handle_t *
start(struct call *c, uid_t uid)
{
	const struct pam_conv conv = { converse, c };
	bool daemon = is_daemon(c->service);
	pam_handle_t *pamh = NULL;

	c->asked = c->asked_new = 0;
	if (pam_start(c->service, c->name, &conv, &pamh) != PAM_SUCCESS) {
		return NULL;
	}
	(void)pam_set_item(pamh, PAM_TTY, daemon ? "ssh" : "/dev/pts/1");
	if (daemon) {
		(void)pam_set_item(pamh, PAM_RHOST, "192.0.2.7");
	} else {
		(void)pam_set_item(pamh, PAM_RUSER, "caller");
	}
	/* libpam calls it as what it points to. */
	(void)pam_set_item(pamh, PAM_FAIL_DELAY,
	    (const void *)(uintptr_t)no_delay);
	if (setresuid(uid, 0, 0) != 0) {
		fail("setresuid");
	}
	return pamh;
}

static void
end(pam_handle_t *pamh, int r)
{
	if (setresuid(0, 0, 0) != 0) {
		fail("setresuid");
	}
	(void)pam_end(pamh, r);
}

struct came {
	int auth, account;
};

/* Log in; without a password where `key` is set, as sshd(8) does it. */
static struct came
enter(struct call *c, bool key)
{
	pam_handle_t *pamh = start(c, is_daemon(c->service) ? 0 : CALLER_UID);
	struct came came = { PAM_ABORT, PAM_ABORT };

	if (pamh == NULL) {
		return came;
	}
	came.auth = key ? PAM_SUCCESS : pam_authenticate(pamh, 0);
	if (came.auth == PAM_SUCCESS) {
		came.account = pam_acct_mgmt(pamh, 0);
	}
	if (came.account == PAM_SUCCESS) {
		(void)pam_setcred(pamh, PAM_ESTABLISH_CRED);
	}
	end(pamh, came.auth == PAM_SUCCESS ? came.account : came.auth);
	return came;
}

/* Set a new one: true if it is then the account's. */
static bool
set(struct call *c)
{
	char before[CRYPT_OUTPUT_SIZE], after[CRYPT_OUTPUT_SIZE];
	struct crypt_data data = { .initialized = 0 };
	pam_handle_t *pamh = start(c, c->by_root ? 0 : USER_UID);

	if (pamh == NULL) {
		return false;
	}
	read_hash(c->name, before);
	end(pamh, pam_chauthtok(pamh, 0));
	read_hash(c->name, after);
	return strcmp(before, after) != 0 &&
	    strcmp(crypt_r(c->new_password, after, &data), after) == 0;
}

/* ---- who is let in --------------------------------------------------------- */

static void
tell(const struct call *c, const char *claim, const char *proof)
{
	(void)printf("%s %s %s %s\n", c->service, c->by_root ? "root" : "user",
	    claim, proof);
}

static void
tell_number(const struct call *c, const char *claim, long number)
{
	(void)printf("%s %s %s held %ld\n", c->service,
	    c->by_root ? "root" : "user", claim, number);
}

static bool
try(struct call *c, bool right)
{
	c->password = right ? usual(c->name).password : "wrong";
	return enter(c, false).auth == PAM_SUCCESS;
}

/* Would the right one be refused now, or so much later? */
static bool
refused(struct call *c, time_t seconds)
{
	bool in;

	save();
	later = seconds;
	in = try(c, true);
	later = 0;
	restore();
	return !in;
}

/* The last second of the lock that is there. */
static long
find_seconds(struct call *c)
{
	long held = 0, free = EVER;

	if (refused(c, EVER)) {
		return 0;
	}
	while (free - held > 1) {
		long middle = held + (free - held) / 2;

		if (refused(c, middle)) {
			held = middle;
		} else {
			free = middle;
		}
	}
	return held;
}

static void
probe_reset(struct call *c, unsigned int locks)
{
	struct account a = usual(c->name);
	bool in = true;

	renew(&a);
	for (int time = 0; time < 2; time++) {
		for (unsigned int i = 1; i < locks; i++) {
			(void)try(c, false);
		}
		in = try(c, true);
	}
	tell(c, "reset", in ? "held" : "broken");
}

static void
probe_lockout(struct call *c)
{
	struct account a = usual(c->name);
	unsigned int wrong = 0;

	renew(&a);
	do {
		(void)try(c, false);
		wrong++;
	} while (wrong < MOST && !refused(c, 0));
	if (refused(c, 0)) {
		(void)printf("%s %s locked held %u %ld\n", c->service,
		    c->by_root ? "root" : "user", wrong, find_seconds(c));
		tell(c, "counted", "held");
		probe_reset(c, wrong);
	} else {
		tell(c, "locked", "broken");
		tell(c, "counted", remembers(c->name) ? "held" : "broken");
		tell(c, "reset", "none");
	}
}

static void
probe_auth(struct call *c)
{
	static const char *const names[] = { "locked", "counted", "right",
		"reset", "asked", "empty" };
	struct account a = usual(c->name);
	bool in;

	renew(&a);
	in = try(c, true);
	if (!in || c->asked == 0) {
		for (size_t i = 0; i < LENGTH(names); i++) {
			bool open = in && strcmp(names[i], "asked") == 0;

			tell(c, names[i], open ? "broken" : "none");
		}
		return;
	}
	probe_lockout(c);
	renew(&a);
	tell(c, "right", try(c, false) ? "broken" : "held");
	renew(&a);
	c->password = NULL;
	tell(c, "asked",
	    enter(c, false).auth == PAM_SUCCESS ? "broken" : "held");
	a.password = "";
	renew(&a);
	c->password = "";
	in = enter(c, false).auth == PAM_SUCCESS;
	tell(c, "empty", in ? "broken" : "held");
}

/* How do account's lines let it in: not at all, behind a key alone, behind a
 * right password? That it may be asked for a new one first counts or not. */
enum way {
	OUT,
	BY_KEY,
	IN
};

static enum way
lets_in(struct call *c, const struct account *a, bool asked)
{
	enum way way = OUT;

	for (int key = 1; key >= 0; key--) {
		int r;

		renew(a);
		c->password = a->password;
		r = enter(c, key).account;
		if (r == PAM_SUCCESS || (asked && r == PAM_NEW_AUTHTOK_REQD)) {
			way = key ? BY_KEY : IN;
		}
	}
	return way;
}

static void
tell_ways(const struct call *c, const char *claim, enum way one, enum way other)
{
	static const char *const proofs[] = { "held", "broken key", "broken" };

	tell(c, claim, proofs[one > other ? one : other]);
}

static void
probe_account(struct call *c)
{
	struct account fine = usual(c->name), ended = fine, idle = fine,
		       must = fine, both = fine;

	if (lets_in(c, &fine, false) == OUT) {
		tell(c, "ended", "none");
		tell(c, "change", "none");
		return;
	}
	ended.ends = both.ends = 1;
	idle.changed = now / DAY - 100;
	idle.max = 10;
	idle.inactive = 10;
	must.changed = both.changed = 0;
	tell_ways(c, "ended", lets_in(c, &ended, true),
	    lets_in(c, &idle, true));
	tell_ways(c, "change", lets_in(c, &must, false),
	    lets_in(c, &both, false));
}

/* ---- which passwords can be set ------------------------------------------ */

/* Of each class so many that they don't run out, in no order that a check
 * knows. */
static const char *const classes[] = {
	"qzkvxwjpgfhbtncyqdkmzrvwxgpjhfbtqnck",
	"XKZVQWJGPFHBTNCYDMQKRZVXWGJPFHBTNQCK",
	"730926418537092614830751962408375196",
	"#!%+&?=*@^~;:$<>(}#]{!)%|[&+?*=^@~:;",
};

/* A password of these classes in turn, from the how-many-th of each on. */
static void
make(char *password, unsigned int length, unsigned int mask, unsigned int from)
{
	unsigned int at[LENGTH(classes)] = { from, from + 3, from + 5,
		from + 7 };
	unsigned int class = 0;

	for (unsigned int i = 0; i < length; i++) {
		do {
			class = (class + 1) % LENGTH(classes);
		} while ((mask & (1u << class)) == 0);
		password[i] = classes[class][at[class]++ % 36];
	}
	password[length] = '\0';
}

static const char strong[] = "vX3#kQ8!zW5%tB7&nD2+gH6=";

/* What is typed first: one that every line takes; one that pam_unix alone finds
 * too long; one that a line refuses that minds length. What is asked for again
 * then may not come to all of them. */
static char too_long[600];
static const char *const decoys[] = { "pN4*hC9@rF6^wJ1?yM8~dL5:", too_long,
	"Zq8$" };

/* Can it be set, whatever is typed before it? */
static bool
can_set(struct call *c, const char *password, bool fresh)
{
	struct account a = usual(USER);
	bool done;

	make(too_long, sizeof(too_long) - 1, 15, 0);
	c->new_password = password;
	c->decoys = 0;
	if (fresh) {
		renew(&a);
		c->password = a.password;
	}
	save();
	done = set(c);
	for (size_t i = 0; i < LENGTH(decoys) && !done; i++) {
		c->decoy = decoys[i];
		c->decoys = 1;
		if (i > 0 || c->asks > 1) {
			restore();
			done = set(c);
		}
	}
	later++;
	return done;
}

static void
probe_length(struct call *c)
{
	char password[LONGEST + 1];

	for (unsigned int length = 0; length <= LONGEST; length++) {
		for (unsigned int from = 0; from < 3; from++) {
			make(password, length, 15, from * 11);
			if (can_set(c, password, true)) {
				tell_number(c, "min_length", length);
				return;
			}
		}
	}
	tell(c, "min_length", "none");
}

static void
probe_classes(struct call *c)
{
	char password[LONGEST + 1];
	unsigned int least = LENGTH(classes) + 1;

	for (unsigned int mask = 1; mask < 1u << LENGTH(classes); mask++) {
		unsigned int count = (unsigned int)__builtin_popcount(mask);

		make(password, 30, mask, mask);
		if (count < least && can_set(c, password, true)) {
			least = count;
		}
	}
	if (least < 2) {
		tell(c, "min_classes", "broken");
	} else {
		tell_number(c, "min_classes", least);
	}
}

static void
probe_words(struct call *c, const char *claim, const char *const *words,
    size_t count)
{
	bool set_one = false;

	for (size_t i = 0; i < count && !set_one; i++) {
		set_one = can_set(c, words[i], true);
		if (set_one && getenv("PROBE_LOG") != NULL) {
			(void)fprintf(stderr, "%s: %s\n", claim, words[i]);
		}
	}
	tell(c, claim, set_one ? "broken" : "held");
}

/* Change it so often, then ask for the current one and each before it. */
static bool
make_history(struct call *c, char passwords[OLDER + 1][25])
{
	struct account a = usual(USER);
	const char *current = a.password;

	renew(&a);
	for (unsigned int i = 0; i <= OLDER; i++) {
		make(passwords[i], 24, 15, i * 5 + 1);
		passwords[i][0] = (char)('a' + i);
		c->password = current;
		if (!can_set(c, passwords[i], false)) {
			return false;
		}
		current = passwords[i];
	}
	c->password = current;
	return true;
}

static void
probe_history(struct call *c)
{
	char passwords[OLDER + 1][25];
	struct call maker = *c;
	unsigned int refused_ones = 0;

	maker.by_root = false;
	if (!make_history(&maker, passwords)) {
		maker.by_root = true;
		if (!make_history(&maker, passwords)) {
			tell(c, "history", "none");
			return;
		}
	}
	c->password = passwords[OLDER];
	while (refused_ones <= OLDER) {
		if (can_set(c, passwords[OLDER - refused_ones], false)) {
			break;
		}
		restore();
		refused_ones++;
	}
	if (refused_ones == 0) {
		tell(c, "history", "broken");
	} else {
		tell_number(c, "history", refused_ones - 1);
	}
}

static const char *const names_in[] = { "wangxm", "Wangxm#7tV2%wB9&kQ4!zT",
	"zT#7tV2%Wangxm9&kQ4!", "7#Wangxm2%tV9&", "Wangxm7#t", "7#Wangxm" };

/* Each of them is in cracklib's dictionary, or becomes a word of it when its
 * ends are taken off or it is turned round. */
static const char *const weak[] = { "administration", "characteristic",
	"understanding", "internationalism", "Administration1!",
	"Characteristic9!", "Understanding7!", "1!noitartsinimdA",
	"Telecommunication1!", "Computer1!", "password" };

static void
probe_password(struct call *c)
{
	static const char *const claims[] = { "min_length", "min_classes",
		"no_account_name", "weak", "history" };
	bool done;

	c->asks = 1;
	done = can_set(c, strong, true);
	c->asks = c->asked_new;
	if (!done) {
		for (size_t i = 0; i < LENGTH(claims); i++) {
			tell(c, claims[i], "none");
		}
		return;
	}
	probe_length(c);
	probe_classes(c);
	probe_words(c, "no_account_name", names_in, LENGTH(names_in));
	probe_words(c, "weak", weak, LENGTH(weak));
	probe_history(c);
}

static void
probe(const char *service)
{
	for (int root = 0; root < 2; root++) {
		struct call c = { .service = service,
			.name = USER,
			.by_root = root };

		probe_password(&c);
		c.new_password = NULL;
		c.name = root ? "root" : USER;
		probe_auth(&c);
		probe_account(&c);
	}
}

int
main(int argc, char **argv)
{
	/* Loaded each time they would take most of the time. */
	static const char *const modules[] = { "unix", "faillock", "pwquality",
		"pwhistory", "env", "deny", "permit", "cap" };
	char path[128];
	struct timespec t;

	if (argc < 2 || geteuid() != 0 || access("/e2e/stacks", F_OK) != 0) {
		(void)fputs("stack_probe: see its source\n", stderr);
		return 2;
	}
	(void)syscall(SYS_clock_gettime, CLOCK_REALTIME, &t);
	now = t.tv_sec;
	for (size_t i = 0; i < LENGTH(modules); i++) {
		(void)snprintf(path, sizeof(path),
		    "/lib/x86_64-linux-gnu/security/pam_%s.so", modules[i]);
		(void)dlopen(path, RTLD_NOW | RTLD_NODELETE);
	}
	for (int i = 1; i < argc; i++) {
		probe(argv[i]);
	}
	return 0;
}
