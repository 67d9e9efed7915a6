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
#include "tests/stack_host.h"

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
