/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a line's module may do, by its arguments and files. Each fact was tried
 * with the real module, of Debian 12; test_pam_real.c does so again.
 */
#include <stdio.h>
#include <string.h>

#include "collect/pam/world.h"
#include "tests/support.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define HERE "/etc/pam.d/svc"

/* ---- one line ---------------------------------------------------------------- */

struct reading {
	struct ward_root *root;
	struct ward_pam_modules *modules;
	struct ward_pam_handler handler;
	struct ward_pam_line line;
	char text[256];
	const char *args[16];
};

static void
split(struct reading *r, const char *text)
{
	char *saved, *word;

	(void)snprintf(r->text, sizeof(r->text), "%s", text);
	r->handler = (struct ward_pam_handler){ .source = { HERE, 7 },
		.kind = WARD_PAM_MODULE,
		.args = r->args };
	r->handler.module = strtok_r(r->text, " ", &saved);
	while ((word = strtok_r(NULL, " ", &saved)) != NULL) {
		r->args[r->handler.arg_count++] = word;
	}
}

static void
read_more(struct reading *r, enum ward_pam_type type, const char *text)
{
	split(r, text);
	assert_int_equal(ward_pam_line_read(r->modules, &r->handler, type,
			     &r->line, NULL),
	    0);
}

static void
read_line(struct reading *r, const char *tree, enum ward_pam_type type,
    const char *text)
{
	assert_int_equal(ward_root_new(tree, &r->root, NULL), 0);
	assert_int_equal(ward_pam_modules_open(r->root, &r->modules, NULL), 0);
	read_more(r, type, text);
}

static void
done(struct reading *r)
{
	ward_pam_modules_close(r->modules);
	ward_root_free(r->root);
}

/* May it return this, with just these bits? */
static bool
can(const struct ward_pam_line *line, enum ward_pam_type type, uint32_t pass,
    const struct ward_pam_world *world, int code, uint8_t bits)
{
	struct ward_pam_may may[WARD_PAM_MAYS];
	size_t count = ward_pam_line_may(line, type, pass, world, may);

	assert_in_range(count, 1, WARD_PAM_MAYS);
	for (size_t i = 0; i < count; i++) {
		if ((may[i].codes & (uint64_t)1 << code) != 0 &&
		    may[i].bits == bits) {
			return true;
		}
	}
	return false;
}

struct fact {
	enum ward_pam_type type;
	const char *text;
	uint32_t pass;
	struct ward_pam_world world;
	int code;
	uint8_t bits;
	bool can;
};

#define AUTH WARD_PAM_AUTH
#define ACCOUNT WARD_PAM_ACCOUNT
#define PASSWORD WARD_PAM_PASSWORD
#define SESSION WARD_PAM_SESSION

#define USER \
	{ \
		.by = WARD_BY_USER \
	}
#define BY_ROOT \
	{ \
		.by = WARD_BY_ROOT \
	}
#define LOCKED(n) \
	{ \
		.account = WARD_ACCOUNT_LOCKED, .number = (n) \
	}
#define ROOT_LOCKED(n) \
	{ \
		.by = WARD_BY_ROOT, .account = WARD_ACCOUNT_LOCKED, \
		.number = (n) \
	}
#define TYPED(what) \
	{ \
		.typed = WARD_TYPED_##what \
	}
#define IS(what) \
	{ \
		.account = WARD_ACCOUNT_##what \
	}
#define CANDIDATE(what, n) \
	{ \
		.candidate = WARD_NEW_##what, .number = (n) \
	}
#define ROOTS(what, n) \
	{ \
		.by = WARD_BY_ROOT, .candidate = WARD_NEW_##what, \
		.number = (n) \
	}

static void
check(const char *tree, const struct fact *facts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct fact *f = &facts[i];
		struct reading r;

		read_line(&r, tree, f->type, f->text);
		if (r.line.why != NULL ||
		    can(&r.line, f->type, f->pass, &f->world, f->code,
			f->bits) != f->can) {
			fail_msg("fact %zu: %s: %d is%s possible with %u", i,
			    f->text, f->code, f->can ? " not" : "", f->bits);
		}
		done(&r);
	}
}

static void
check_alone(const struct fact *facts, size_t count)
{
	char *tree = ward_tree_new(NULL);

	check(tree, facts, count);
	ward_tree_remove(tree);
}

/* ---- log-ins ------------------------------------------------------------------ */

static void
test_unix(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_unix.so", 0, TYPED(RIGHT), 0, WARD_BIT_TESTED,
		    true },
		{ AUTH, "pam_unix.so", 0, TYPED(RIGHT), 7, WARD_BIT_WRONG,
		    false },
		{ AUTH, "pam_unix.so", 0, TYPED(WRONG), 7, WARD_BIT_WRONG,
		    true },
		{ AUTH, "pam_unix.so", 0, TYPED(WRONG), 11, WARD_BIT_WRONG,
		    true },
		{ AUTH, "pam_unix.so", 0, TYPED(WRONG), 10, 0, true },
		{ AUTH, "pam_unix.so nullok", 0, TYPED(WRONG), 0,
		    WARD_BIT_TESTED, false },
		{ AUTH, "pam_unix.so", 0, TYPED(NOTHING), 0, WARD_BIT_TESTED,
		    false },
		{ AUTH, "pam_unix.so nullok", 0, TYPED(NOTHING), 0,
		    WARD_BIT_TESTED, true },
		{ AUTH, "pam_unix.so nullok_secure", 0, TYPED(NOTHING), 0,
		    WARD_BIT_TESTED, true },
		{ AUTH, "pam_unix.so nullresetok", 0, TYPED(NOTHING), 0,
		    WARD_BIT_TESTED, false },
		{ AUTH, "pam_unix.so nullresetok", 0,
		    { .typed = WARD_TYPED_NOTHING,
			.account = WARD_ACCOUNT_MUST_CHANGE },
		    0, WARD_BIT_TESTED, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(FINE), 0, 0, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(ENDED), 13, 0, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(ENDED), 0, 0, false },
		{ ACCOUNT, "pam_unix.so", 0, IS(ENDED), 12, 0, false },
		{ ACCOUNT, "pam_unix.so", 0, IS(MUST_CHANGE), 12, 0, true },
		{ ACCOUNT, "pam_unix.so", 0, IS(MUST_CHANGE), 0, 0, false },
		{ ACCOUNT, "pam_unix.so no_pass_expiry", 0, IS(MUST_CHANGE), 0,
		    0, true },
		{ ACCOUNT, "pam_unix.so broken_shadow", 0, IS(ENDED), 0, 0,
		    false },
		{ SESSION, "pam_unix.so", 0, USER, 0, 0, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

static void
test_faillock(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 0, 0, false },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(2), 0, 0, true },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(2), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_faillock.so", 0, LOCKED(3), 7, WARD_BIT_COUNTED,
		    true },
		{ AUTH, "pam_faillock.so preauth deny=0", 0, LOCKED(9), 0, 0,
		    true },
		{ AUTH, "pam_faillock.so preauth deny=0", 0, LOCKED(9), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_faillock.so preauth", 0, ROOT_LOCKED(3), 0, 0,
		    true },
		{ AUTH, "pam_faillock.so preauth even_deny_root", 0,
		    ROOT_LOCKED(3), 0, 0, false },
		{ AUTH, "pam_faillock.so preauth admin_group=adm", 0, LOCKED(3),
		    0, WARD_BIT_UNSURE, true },
		{ AUTH, "pam_faillock.so authfail", 0, TYPED(WRONG), 25,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so authfail", 0, TYPED(WRONG), 0, 0,
		    false },
		{ AUTH, "pam_faillock.so authfail", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so authsucc", 0, USER, 0, WARD_BIT_RESET,
		    true },
		{ AUTH, "pam_faillock.so authsucc", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_faillock.so authsucc", 0, LOCKED(3), 0,
		    WARD_BIT_RESET, false },
		{ ACCOUNT, "pam_faillock.so", 0, LOCKED(3), 0, WARD_BIT_RESET,
		    true },
		{ ACCOUNT, "pam_faillock.so", 0, LOCKED(3), 7, 0, false },
		{ PASSWORD, "pam_faillock.so", 1, USER, 28, 0, true },
		{ AUTH, "pam_faillock.so preauth conf=/none", 0, LOCKED(3), 3,
		    0, true },
		{ AUTH, "pam_faillock.so preauth conf=/none", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_tally2.so deny=5", 0, LOCKED(5), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_tally2.so deny=5", 0, LOCKED(4), 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_tally2.so", 0, LOCKED(99), 7, WARD_BIT_COUNTED,
		    false },
		{ AUTH, "pam_tally2.so deny=5", 0, ROOT_LOCKED(5), 7,
		    WARD_BIT_COUNTED, false },
		{ ACCOUNT, "pam_tally2.so", 0, USER, 0, WARD_BIT_RESET, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

static void
test_who(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_deny.so", 0, USER, 7, 0, true },
		{ AUTH, "pam_deny.so", 0, USER, 0, 0, false },
		{ PASSWORD, "pam_deny.so", 1, BY_ROOT, 20, 0, true },
		{ AUTH, "pam_permit.so", 0, USER, 0, WARD_BIT_OPEN, true },
		{ AUTH, "pam_permit.so", 0, USER, 25, 0, false },
		{ AUTH, "pam_rootok.so", 0, BY_ROOT, 0, 0, true },
		{ AUTH, "pam_rootok.so", 0, USER, 0, 0, false },
		{ AUTH, "pam_rootok.so", 0, USER, 7, 0, true },
		{ SESSION, "pam_rootok.so", 0, BY_ROOT, 28, 0, true },
		{ AUTH, "pam_nologin.so", 0, USER, 25, 0, true },
		{ AUTH, "pam_nologin.so", 0, USER, 7, 0, true },
		{ AUTH, "pam_nologin.so", 0, BY_ROOT, 7, 0, false },
		{ AUTH, "pam_nologin.so successok", 0, USER, 0, 0, true },
		{ PASSWORD, "pam_nologin.so", 0, USER, 28, 0, true },
		{ AUTH, "pam_wheel.so trust", 0, USER, 0, 0, true },
		{ AUTH, "pam_succeed_if.so uid >= 1000 quiet", 0, USER, 0, 0,
		    true },
		{ AUTH, "pam_succeed_if.so uid >= 1000 quiet", 0, USER, 7, 0,
		    true },
		{ AUTH, "pam_succeed_if.so uid >= 1000 quiet", 0, BY_ROOT, 0, 0,
		    false },
		{ AUTH, "pam_succeed_if.so uid eq 0", 0, USER, 0, 0, false },
		{ AUTH, "pam_succeed_if.so uid eq 0", 0, BY_ROOT, 7, 0, false },
		{ AUTH, "pam_succeed_if.so user != root", 0, BY_ROOT, 0, 0,
		    false },
		{ AUTH, "pam_succeed_if.so user != root shell = /x", 0, USER, 7,
		    0, true },
		{ AUTH, "pam_env.so", 0, USER, 0, 0, true },
		{ AUTH, "pam_env.so", 0, USER, 25, 0, true },
		{ AUTH, "pam_sss.so", 0, TYPED(RIGHT), 0,
		    WARD_BIT_TESTED | WARD_BIT_UNSURE, true },
		{ AUTH, "pam_sss.so", 0, TYPED(WRONG), 0,
		    WARD_BIT_TESTED | WARD_BIT_UNSURE, false },
		{ AUTH, "pam_google_authenticator.so", 0, USER, 25, 0, false },
		{ AUTH, "pam_google_authenticator.so nullok", 0, USER, 25, 0,
		    true },
		{ AUTH, "pam_exec.so /bin/x", 0, USER, 0, WARD_BIT_UNSURE,
		    true },
		{ AUTH, "/opt/security/pam_deny.so", 0, USER, 0,
		    WARD_BIT_UNSURE, true },
		{ AUTH, "/lib/x86_64-linux-gnu/security/pam_deny.so", 0, USER,
		    0, WARD_BIT_UNSURE, false },
		{ AUTH, "/lib/../tmp/security/pam_deny.so", 0, USER, 0,
		    WARD_BIT_UNSURE, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

/* ---- new passwords -------------------------------------------------------------- */

static void
test_new_unix(void **state)
{
	static const struct fact facts[] = {
		{ PASSWORD, "pam_unix.so", 1, USER, 0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(SHORT, 5), 0,
		    WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(SHORT, 5), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(SHORT, 6), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so min=9", 1, CANDIDATE(SHORT, 8), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so minlen=9 sha512", 1,
		    CANDIDATE(SHORT, 8), 0, WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so minlen=9 sha512", 1, ROOTS(SHORT, 8),
		    0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so minlen=9", 1, CANDIDATE(SHORT, 8), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so minlen=9 sha512 des", 1,
		    CANDIDATE(SHORT, 8), 0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so obscure", 1, CANDIDATE(FEW_CLASSES, 1),
		    0, WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so obscure", 1, CANDIDATE(NAME, 0), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(OLD, 0), 0,
		    WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so", 1, CANDIDATE(OLD, 1), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so", 1, ROOTS(OLD, 0), 0, WARD_BIT_SET,
		    true },
		{ PASSWORD, "pam_unix.so remember=3", 1, CANDIDATE(OLD, 3), 0,
		    WARD_BIT_SET, false },
		{ PASSWORD, "pam_unix.so remember=3", 1, CANDIDATE(OLD, 4), 0,
		    WARD_BIT_SET, true },
		{ PASSWORD, "pam_unix.so remember=3", 1, ROOTS(OLD, 0), 0,
		    WARD_BIT_SET, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

static void
test_new_judged(void **state)
{
	static const struct fact facts[] = {
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(SHORT, 7), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(SHORT, 7), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(SHORT, 8), 0, 0,
		    true },
		{ PASSWORD, "pam_pwquality.so", 1, ROOTS(SHORT, 7), 0, 0,
		    true },
		{ PASSWORD, "pam_pwquality.so enforce_for_root", 1,
		    ROOTS(SHORT, 7), 0, 0, false },
		{ PASSWORD, "pam_pwquality.so enforce_for_root", 1,
		    ROOTS(OLD, 0), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so enforcing=0", 1,
		    CANDIDATE(SHORT, 1), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(NAME, 0), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so usercheck=0", 1,
		    CANDIDATE(NAME, 0), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(WEAK, 0), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so dictcheck=0", 1,
		    CANDIDATE(WEAK, 0), 0, 0, true },
		{ PASSWORD, "pam_pwquality.so remember=5", 1, CANDIDATE(OLD, 1),
		    0, 0, true },
		{ PASSWORD, "pam_pwquality.so", 0, CANDIDATE(SHORT, 1), 0, 0,
		    true },
		{ PASSWORD, "pam_cracklib.so", 1, CANDIDATE(SHORT, 5), 0, 0,
		    false },
		{ PASSWORD, "pam_cracklib.so", 1, CANDIDATE(SHORT, 6), 0, 0,
		    true },
		{ PASSWORD, "pam_cracklib.so", 1, CANDIDATE(NAME, 0), 0, 0,
		    true },
		{ PASSWORD, "pam_cracklib.so reject_username", 1,
		    CANDIDATE(NAME, 0), 0, 0, false },
		{ PASSWORD, "pam_passwdqc.so", 1, CANDIDATE(SHORT, 6), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_passwdqc.so use_authtok", 1,
		    CANDIDATE(SHORT, 6), 20, 0, true },
		{ PASSWORD, "pam_passwdqc.so", 1, ROOTS(SHORT, 6), 0, 0,
		    false },
		{ PASSWORD, "pam_passwdqc.so enforce=users", 1, ROOTS(SHORT, 6),
		    0, 0, true },
		{ PASSWORD, "pam_passwdqc.so enforce=none", 1,
		    CANDIDATE(SHORT, 1), 0, 0, true },
		{ PASSWORD, "pam_passwdqc.so try_first_pass", 1, USER, 26, 0,
		    true },
		{ PASSWORD, "pam_passwdqc.so try_first_pass", 1, USER, 0, 0,
		    false },
		{ PASSWORD, "pam_passwdqc.so config=/none", 0, USER, 26, 0,
		    true },
		{ PASSWORD, "pam_pwhistory.so remember=3", 1, CANDIDATE(OLD, 2),
		    11, WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_pwhistory.so remember=3", 1, CANDIDATE(OLD, 2),
		    0, 0, false },
		{ PASSWORD, "pam_pwhistory.so remember=3", 1, CANDIDATE(OLD, 3),
		    0, 0, true },
		{ PASSWORD, "pam_pwhistory.so", 1, CANDIDATE(OLD, 9), 0, 0,
		    false },
		{ PASSWORD, "pam_pwhistory.so", 1, CANDIDATE(OLD, 10), 0, 0,
		    true },
		{ PASSWORD, "pam_pwhistory.so", 1, ROOTS(OLD, 0), 0, 0, true },
		{ PASSWORD, "pam_pwhistory.so ENFORCE_FOR_ROOT", 1,
		    ROOTS(OLD, 0), 0, 0, false },
		{ PASSWORD, "pam_pwhistory.so remember=0", 1, CANDIDATE(OLD, 0),
		    25, 0, true },
		{ PASSWORD, "pam_pwhistory.so remember=0", 1, CANDIDATE(OLD, 0),
		    0, 0, false },
		{ PASSWORD, "pam_pwhistory.so retry=0", 1, USER, 0, 0, false },
		{ PASSWORD, "pam_pwhistory.so", 1, CANDIDATE(SHORT, 1), 0, 0,
		    true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

/* ---- numbers, and where they come from -------------------------------------------- */

struct number {
	enum ward_pam_type type;
	const char *text;
	enum ward_pam_number number;
	int64_t value; /* -1: it asks for none */
	const char *source;
};

static void
check_numbers(const char *tree, const struct number *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct number *n = &numbers[i];
		const struct ward_source *source;
		char text[128];
		struct reading r;

		read_line(&r, tree, n->type, n->text);
		source = &r.line.numbers[n->number].source;
		(void)snprintf(text, sizeof(text), "%s:%u",
		    source->file == NULL ? "" : source->file, source->line);
		if (!r.line.numbers[n->number].value.known) {
			assert_int_equal(n->value, -1);
		} else if (r.line.numbers[n->number].value.value != n->value ||
		    strcmp(text, n->source) != 0) {
			fail_msg("number %zu: %s: %lld by %s, not %lld by %s",
			    i, n->text,
			    (long long)r.line.numbers[n->number].value.value,
			    text, (long long)n->value, n->source);
		}
		done(&r);
	}
}

#define QUALITY "/etc/security/pwquality.conf"
#define FAILLOCK "/etc/security/faillock.conf"

static void
test_numbers(void **state)
{
	static const struct number numbers[] = {
		{ AUTH, "pam_faillock.so preauth", WARD_PAM_ATTEMPTS, 3,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so preauth", WARD_PAM_SECONDS, 600,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=never", WARD_PAM_SECONDS,
		    0, HERE ":7" },
		{ AUTH, "pam_faillock.so unlock_time=604801", WARD_PAM_SECONDS,
		    600, HERE ":7" },
		{ AUTH, "pam_faillock.so deny=5x", WARD_PAM_ATTEMPTS, 5,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so deny=65538", WARD_PAM_ATTEMPTS, 2,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so deny=five", WARD_PAM_ATTEMPTS, 3,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so fail_interval=0", WARD_PAM_ATTEMPTS, 0,
		    HERE ":7" },
		{ AUTH, "pam_tally2.so deny=4", WARD_PAM_SECONDS, 0,
		    HERE ":7" },
		{ AUTH, "pam_tally2.so deny=4 unlock_time=60", WARD_PAM_SECONDS,
		    60, HERE ":7" },
		{ PASSWORD, "pam_unix.so", WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD, "pam_unix.so minlen=12 yescrypt", WARD_PAM_LENGTH,
		    12, HERE ":7" },
		{ PASSWORD, "pam_unix.so", WARD_PAM_CLASSES, -1, "" },
		{ PASSWORD, "pam_unix.so remember=5", WARD_PAM_OLDER, 6,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=3", WARD_PAM_LENGTH, 6,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=12 dcredit=6 dictcheck=0",
		    WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD,
		    "pam_pwquality.so minlen=12 dcredit=6 ucredit=-2 "
		    "dictcheck=0",
		    WARD_PAM_LENGTH, 7, HERE ":7" },
		{ PASSWORD,
		    "pam_pwquality.so minlen=9 dcredit=1 ucredit=1 lcredit=1 "
		    "ocredit=1 dictcheck=0",
		    WARD_PAM_LENGTH, 5, HERE ":7" },
		{ PASSWORD,
		    "pam_pwquality.so minlen=9 dcredit=1 ucredit=1 lcredit=1 "
		    "ocredit=1",
		    WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=12 ucredit=-1",
		    WARD_PAM_LENGTH, 12, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=8 ucredit=-9",
		    WARD_PAM_LENGTH, 9, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so dcredit=-1 ocredit=-1",
		    WARD_PAM_CLASSES, 2, HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minclass=9", WARD_PAM_CLASSES, 4,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so minlen=abc", WARD_PAM_LENGTH, 8,
		    HERE ":7" },
		{ PASSWORD, "pam_pwquality.so enforcing=0", WARD_PAM_LENGTH, -1,
		    "" },
		{ PASSWORD, "pam_cracklib.so", WARD_PAM_LENGTH, 6, HERE ":7" },
		{ PASSWORD,
		    "pam_cracklib.so minlen=14 dcredit=0 ucredit=0 lcredit=0 "
		    "ocredit=0",
		    WARD_PAM_LENGTH, 14, HERE ":7" },
		{ PASSWORD, "pam_passwdqc.so", WARD_PAM_LENGTH, 7, HERE ":7" },
		{ PASSWORD, "pam_passwdqc.so", WARD_PAM_CLASSES, 2, HERE ":7" },
		{ PASSWORD,
		    "pam_passwdqc.so min=disabled,disabled,disabled,disabled,9",
		    WARD_PAM_CLASSES, 4, HERE ":7" },
		{ PASSWORD, "pam_passwdqc.so min=12,10,10,9,8",
		    WARD_PAM_CLASSES, 1, HERE ":7" },
		{ PASSWORD, "pam_pwhistory.so", WARD_PAM_OLDER, 10, HERE ":7" },
		{ PASSWORD, "pam_pwhistory.so remember=999", WARD_PAM_OLDER,
		    400, HERE ":7" },
	};
	char *tree = ward_tree_new(NULL);

	(void)state;
	check_numbers(tree, numbers, LENGTH(numbers));
	ward_tree_remove(tree);
}

static void
test_files(void **state)
{
	static const struct ward_tree_file files[] = {
		{ QUALITY ".d/50.conf", "minlen = 20\nminclass=3\n" },
		{ QUALITY ".d/40.conf", "\n# x\nusercheck 0\ndictcheck=0 # y" },
		{ QUALITY ".d/60.conf~", "bogus\n" },
		{ QUALITY ".d/a.conf.conf", "bogus\n" },
		{ QUALITY ".d/.70.conf", "MINCLASS = 2\n" },
		{ QUALITY, "minlen=14\nenforce_for_root = 0\n" },
		{ FAILLOCK,
		    "deny = 4\nunlock_time=900\nbogus\neven_deny_root\n" },
		{ "/etc/other.conf", "deny = 6\n" },
		{ "/etc/qc", "# min=1,1,1,1,1\n\n min=disabled,20,15,10,9\n" },
		{ "/etc/login.defs", "ENCRYPT_METHOD SHA512\n" },
		{ NULL, NULL },
	};
	static const struct number numbers[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 14,
		    QUALITY ":1" },
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_CLASSES, 3,
		    QUALITY ".d/50.conf:2" },
		{ PASSWORD, "pam_pwquality.so minlen=9", WARD_PAM_LENGTH, 9,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so", WARD_PAM_ATTEMPTS, 4,
		    FAILLOCK ":1" },
		{ AUTH, "pam_faillock.so", WARD_PAM_SECONDS, 900,
		    FAILLOCK ":2" },
		{ AUTH, "pam_faillock.so deny=5", WARD_PAM_ATTEMPTS, 5,
		    HERE ":7" },
		{ AUTH, "pam_faillock.so conf=/etc/other.conf",
		    WARD_PAM_ATTEMPTS, 6, "/etc/other.conf:1" },
		{ AUTH, "pam_faillock.so conf=/etc/other.conf",
		    WARD_PAM_SECONDS, 600, HERE ":7" },
		{ AUTH, "pam_faillock.so conf=/none conf=/etc/other.conf",
		    WARD_PAM_ATTEMPTS, 6, "/etc/other.conf:1" },
		{ PASSWORD, "pam_passwdqc.so config=/etc/qc", WARD_PAM_LENGTH,
		    9, "/etc/qc:3" },
		{ PASSWORD, "pam_unix.so minlen=11", WARD_PAM_LENGTH, 11,
		    HERE ":7" },
	};
	static const struct fact facts[] = {
		{ PASSWORD, "pam_pwquality.so", 1, ROOTS(SHORT, 13), 0, 0,
		    false },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(NAME, 0), 0, 0,
		    true },
		{ PASSWORD, "pam_pwquality.so", 1, CANDIDATE(WEAK, 0), 0, 0,
		    true },
		{ AUTH, "pam_faillock.so", 0, ROOT_LOCKED(4), 7,
		    WARD_BIT_COUNTED, true },
	};
	char *tree = ward_tree_new(files);

	(void)state;
	check_numbers(tree, numbers, LENGTH(numbers));
	check(tree, facts, LENGTH(facts));
	ward_tree_remove(tree);
}

/* What stands before an error holds, and nothing behind it. */
static void
test_files_wrong(void **state)
{
	static const struct number stopped[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 20,
		    QUALITY ":1" },
		{ PASSWORD, "pam_pwquality.so minlen=9", WARD_PAM_LENGTH, 9,
		    HERE ":7" },
	}, early[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 11,
		    QUALITY ".d/a.conf:1" },
	}, none[] = {
		{ PASSWORD, "pam_pwquality.so", WARD_PAM_LENGTH, 8, HERE ":7" },
		{ AUTH, "pam_faillock.so", WARD_PAM_ATTEMPTS, 3, HERE ":7" },
	};
	static const struct fact torn[] = {
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 3, 0, true },
		{ AUTH, "pam_faillock.so preauth", 0, LOCKED(3), 7,
		    WARD_BIT_COUNTED, false },
	};
	char *tree = ward_tree_new(NULL), line[1100];

	(void)state;
	ward_tree_put(tree, QUALITY, "minlen=20\nbogus=1\nminlen=8\n", 27);
	check_numbers(tree, stopped, LENGTH(stopped));
	ward_tree_put(tree, QUALITY ".d/a.conf", "minlen=11\nminlen=x\n", 19);
	check_numbers(tree, early, LENGTH(early));
	memset(line, ' ', sizeof(line));
	line[1022] = '\n';
	ward_tree_put(tree, FAILLOCK, line, 1023);
	check_numbers(tree, none + 1, 1);
	line[1022] = ' ';
	line[1023] = '\n';
	ward_tree_put(tree, FAILLOCK, line, 1024);
	check(tree, torn, LENGTH(torn));
	ward_tree_remove(tree);

	tree = ward_tree_new(NULL);
	ward_tree_dir(tree, QUALITY);
	ward_tree_dir(tree, FAILLOCK);
	ward_tree_put(tree, QUALITY ".d", "minlen=30\n", 10);
	check_numbers(tree, none, LENGTH(none));
	ward_tree_remove(tree);
}

static void
check_unknown(const char *tree, enum ward_pam_type type, const char *text,
    const char *file)
{
	const struct ward_pam_world world = { 0 };
	struct reading r;

	read_line(&r, tree, type, text);
	assert_non_null(r.line.why);
	assert_null(r.line.module);
	assert_string_equal(r.line.why_source.file, file);
	assert_true(can(&r.line, type, 0, &world, 0, WARD_BIT_UNSURE));
	assert_true(ward_pam_line_sets(&r.line));
	done(&r);
}

static void
test_unreadable(void **state)
{
	char *tree = ward_tree_new(NULL);

	(void)state;
	ward_tree_fifo(tree, QUALITY);
	ward_tree_fifo(tree, FAILLOCK);
	ward_tree_fifo(tree, "/etc/login.defs");
	ward_tree_put(tree, "/etc/security/pwhistory.conf", "retry=3\n", 8);
	check_unknown(tree, PASSWORD, "pam_pwquality.so", QUALITY);
	check_unknown(tree, AUTH, "pam_faillock.so", FAILLOCK);
	check_unknown(tree, PASSWORD, "pam_unix.so minlen=9",
	    "/etc/login.defs");
	check_unknown(tree, PASSWORD, "pam_pwhistory.so",
	    "/etc/security/pwhistory.conf");
	check_unknown(tree, AUTH, "pam_faillock.so conf=here", "here");
	check_unknown(tree, PASSWORD, "pam_passwdqc.so config=here", "here");
	ward_tree_remove(tree);
}

/* ---- lines that go together -------------------------------------------------------- */

static void
test_lockouts(void **state)
{
	static const struct {
		const char *text;
		uint32_t lockout;
	} lines[] = {
		{ "pam_faillock.so preauth", 1 },
		{ "pam_faillock.so authfail dir=/var/run/faillock/", 1 },
		{ "pam_faillock.so authfail dir=/run//faillock", 1 },
		{ "pam_faillock.so authfail dir=/var/log/faillock", 2 },
		{ "pam_faillock.so authfail dir=faillock", 1 },
		{ "pam_tally2.so deny=3", 3 },
		{ "pam_acctward.so preauth", 4 },
		{ "pam_tally2.so deny=3 file=/x", 5 },
		{ "pam_unix.so", 0 },
	};
	struct ward_pam_world world = LOCKED(9);
	char *tree = ward_tree_new(NULL);
	struct reading r;

	(void)state;
	read_line(&r, tree, AUTH, "pam_deny.so");
	for (size_t i = 0; i < LENGTH(lines); i++) {
		read_more(&r, AUTH, lines[i].text);
		assert_int_equal(r.line.lockout, lines[i].lockout);
	}
	/* Another's lockout is neither locked nor counted in this one. */
	read_more(&r, AUTH, "pam_faillock.so preauth");
	world.lockout = 1;
	assert_true(can(&r.line, AUTH, 0, &world, 7, WARD_BIT_COUNTED));
	world.lockout = 2;
	assert_false(can(&r.line, AUTH, 0, &world, 7, WARD_BIT_COUNTED));
	assert_true(can(&r.line, AUTH, 0, &world, 0, 0));
	read_more(&r, AUTH, "pam_faillock.so authfail");
	assert_true(can(&r.line, AUTH, 0, &world, 25, 0));
	assert_false(can(&r.line, AUTH, 0, &world, 25, WARD_BIT_COUNTED));
	done(&r);
	ward_tree_remove(tree);
}

static void
test_tokens(void **state)
{
	static const struct {
		const char *text;
		bool uses, asks, again;
	} lines[] = {
		{ "pam_unix.so", false, true, true },
		{ "pam_unix.so try_first_pass", false, true, true },
		{ "pam_unix.so use_authtok", true, false, false },
		{ "pam_unix.so use_first_pass", true, false, false },
		{ "pam_unix.so use_authtokk", false, true, true },
		{ "pam_pwquality.so", false, true, false },
		{ "pam_pwquality.so retry=3", false, true, true },
		{ "pam_pwquality.so retry=3 use_authtok", true, false, false },
		{ "pam_pwhistory.so", false, true, false },
		{ "pam_pwhistory.so retry=2", false, true, true },
		{ "pam_pwhistory.so remember=0", false, false, false },
		{ "pam_passwdqc.so", false, true, true },
		{ "pam_acctward.so", false, true, true },
		{ "pam_acctward.so use_authtok", true, false, false },
		{ "pam_acctward.so changed", false, false, false },
		{ "pam_permit.so", false, false, false },
		{ "pam_strange.so", false, true, true },
	};
	char *tree = ward_tree_new(NULL);
	struct reading r;

	(void)state;
	read_line(&r, tree, PASSWORD, "pam_deny.so");
	for (size_t i = 0; i < LENGTH(lines); i++) {
		read_more(&r, PASSWORD, lines[i].text);
		if (ward_pam_line_uses_authtok(&r.line) != lines[i].uses ||
		    ward_pam_line_asks(&r.line) != lines[i].asks ||
		    ward_pam_line_asks_again(&r.line) != lines[i].again) {
			fail_msg("%s", lines[i].text);
		}
	}
	assert_true(ward_pam_line_sets(&r.line));
	read_more(&r, PASSWORD, "pam_unix.so");
	assert_true(ward_pam_line_sets(&r.line));
	assert_true(ward_pam_line_tests(&r.line));
	read_more(&r, PASSWORD, "pam_pwquality.so");
	assert_false(ward_pam_line_sets(&r.line));
	assert_false(ward_pam_line_tests(&r.line));
	done(&r);
	ward_tree_remove(tree);
}

/* ---- pam_acctward ------------------------------------------------------------------- */

static void
test_ours(void **state)
{
	static const struct fact facts[] = {
		{ AUTH, "pam_acctward.so preauth", 0, LOCKED(1), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_acctward.so preauth", 0, LOCKED(1), 25, 0, false },
		{ AUTH, "pam_acctward.so preauth", 0, ROOT_LOCKED(1), 25, 0,
		    false },
		{ AUTH, "pam_acctward.so preauth", 0, USER, 25, 0, true },
		{ AUTH, "pam_acctward.so preauth", 0,
		    { .account = WARD_ACCOUNT_LOCKED, .without_ours = true },
		    25, 0, true },
		{ AUTH, "pam_acctward.so authfail", 0, TYPED(WRONG), 7,
		    WARD_BIT_COUNTED, true },
		{ AUTH, "pam_acctward.so authfail", 0,
		    { .typed = WARD_TYPED_WRONG, .without_ours = true }, 7,
		    WARD_BIT_COUNTED, false },
		{ AUTH, "pam_acctward.so authfail", 0, TYPED(RIGHT), 25, 0,
		    false },
		{ AUTH, "pam_acctward.so authsucc", 0, USER, 0, WARD_BIT_RESET,
		    true },
		{ AUTH, "pam_acctward.so authsucc", 0, LOCKED(1), 0,
		    WARD_BIT_RESET, false },
		{ AUTH, "pam_acctward.so", 0, USER, 3, WARD_BIT_NO_TOKEN,
		    true },
		{ AUTH, "pam_acctward.so preauth authsucc", 0, USER, 25, 0,
		    false },
		{ AUTH, "pam_acctward.so preauth retry=2", 0, USER, 25, 0,
		    false },
		{ AUTH, "pam_acctward.so preauth nodelay lang=zh_TW", 0, USER,
		    25, 0, true },
		{ AUTH, "pam_acctward.so preauth lang=", 0, USER, 25, 0,
		    false },
		{ ACCOUNT, "pam_acctward.so", 0, IS(FINE), 0, WARD_BIT_RESET,
		    true },
		{ ACCOUNT, "pam_acctward.so", 0, IS(ENDED), 0, WARD_BIT_RESET,
		    false },
		{ ACCOUNT, "pam_acctward.so", 0, IS(ENDED), 13, 0, true },
		{ ACCOUNT, "pam_acctward.so", 0, IS(MUST_CHANGE), 12,
		    WARD_BIT_RESET, true },
		{ ACCOUNT, "pam_acctward.so", 0, IS(MUST_CHANGE), 0,
		    WARD_BIT_RESET, false },
		{ ACCOUNT, "pam_acctward.so", 0,
		    { .account = WARD_ACCOUNT_ENDED, .without_ours = true }, 0,
		    0, true },
		{ PASSWORD, "pam_acctward.so", 1, CANDIDATE(SHORT, 40), 0, 0,
		    false },
		{ PASSWORD, "pam_acctward.so", 1, ROOTS(OLD, 40), 20,
		    WARD_BIT_NO_TOKEN, true },
		{ PASSWORD, "pam_acctward.so", 1, ROOTS(OLD, 40), 0, 0, false },
		{ PASSWORD, "pam_acctward.so", 1, USER, 0, 0, true },
		{ PASSWORD, "pam_acctward.so", 1,
		    { .candidate = WARD_NEW_WEAK, .without_ours = true }, 0, 0,
		    true },
		{ PASSWORD, "pam_acctward.so retry=3 changed", 1, USER, 25, 0,
		    false },
		{ PASSWORD, "pam_acctward.so changed", 1, CANDIDATE(WEAK, 0),
		    25, 0, true },
		{ SESSION, "pam_acctward.so", 0, USER, 0, 0, true },
	};

	(void)state;
	check_alone(facts, LENGTH(facts));
}

/* Nothing is left out: whatever the world, a module that has such a function
 * answers, and in no more ways than there is room for. */
static void
test_worlds(void **state)
{
	static const char *const lines[] = { "pam_unix.so nullok nullresetok",
		"pam_unix.so no_pass_expiry", "pam_pwquality.so",
		"pam_passwdqc.so", "pam_pwhistory.so", "pam_faillock.so",
		"pam_faillock.so authfail admin_group=x",
		"pam_faillock.so authsucc admin_group=x",
		"pam_tally2.so deny=1", "pam_deny.so", "pam_permit.so",
		"pam_rootok.so", "pam_nologin.so", "pam_access.so",
		"pam_sss.so", "pam_succeed_if.so uid = 0", "pam_env.so",
		"pam_acctward.so preauth", "pam_acctward.so authfail",
		"pam_acctward.so authsucc", "pam_acctward.so",
		"pam_acctward.so changed", "pam_strange.so" };
	struct ward_pam_may may[WARD_PAM_MAYS];
	char *tree = ward_tree_new(NULL);
	struct reading r;

	(void)state;
	read_line(&r, tree, AUTH, "pam_deny.so");
	for (size_t i = 0; i < LENGTH(lines) * 4 * 4 * 3 * 6 * 2; i++) {
		const enum ward_pam_type type = i / LENGTH(lines) % 4;
		const struct ward_pam_world world = {
			.account = i / LENGTH(lines) / 4 % 4,
			.typed = i / LENGTH(lines) / 16 % 3,
			.candidate = i / LENGTH(lines) / 48 % 6,
			.by = i / LENGTH(lines) / 288 % 2,
			.number = 1,
			.without_ours = i % 2 == 0,
		};
		size_t count;

		read_more(&r, type, lines[i % LENGTH(lines)]);
		count = ward_pam_line_may(&r.line, type, type == PASSWORD,
		    &world, may);
		assert_in_range(count, 1, WARD_PAM_MAYS);
		for (size_t j = 0; j < count; j++) {
			assert_true(may[j].codes != 0);
		}
	}
	done(&r);
	ward_tree_remove(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_unix),
		cmocka_unit_test(test_faillock),
		cmocka_unit_test(test_who),
		cmocka_unit_test(test_new_unix),
		cmocka_unit_test(test_new_judged),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_files_wrong),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_lockouts),
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_ours),
		cmocka_unit_test(test_worlds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
