/* SPDX-License-Identifier: BSD-2-Clause */
/* What is proved of services: stacks as people write them, well or not. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "collect/collect.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* "held 3/600 plan @2" */
static void
show(const struct ward_claim *c, char *text, size_t size)
{
	int n = snprintf(text, size, "%s", ward_proof_name(c->proof));

	if (c->number.known) {
		n += snprintf(text + n, size - (size_t)n, " %lld",
		    (long long)c->number.value);
	}
	if (c->seconds.known) {
		n += snprintf(text + n, size - (size_t)n, "/%lld",
		    (long long)c->seconds.value);
	}
	if (c->by_plan) {
		n += snprintf(text + n, size - (size_t)n, " plan");
	}
	if (c->proof != WARD_PROOF_NONE && c->source.file != NULL) {
		(void)snprintf(text + n, size - (size_t)n, " @%u",
		    c->source.line);
	}
}

struct expected {
	enum ward_claimant by;
	enum ward_claim_id claim;
	const char *text;
	const char *why; /* NULL: don't look */
};

#define USER(id, ...) \
	{ \
		.by = WARD_BY_USER, .claim = WARD_CLAIM_##id, \
		.text = __VA_ARGS__ \
	}
#define ROOT(id, ...) \
	{ \
		.by = WARD_BY_ROOT, .claim = WARD_CLAIM_##id, \
		.text = __VA_ARGS__ \
	}
#define MOST 14

struct stack {
	const char *name, *text;
	struct expected expected[MOST];
};

struct host {
	char *tree;
	struct ward_pam *pam;
	struct ward_pam_service *service;
	struct ward_service *claims;
};

static void
judge(struct host *h, const struct ward_tree_file *files, const char *name)
{
	struct ward_pam_options options = { .dialect = WARD_PAM_DEBIAN };

	h->tree = ward_tree_new(files);
	options.root = h->tree;
	assert_int_equal(ward_pam_open(&options, &h->pam, NULL), 0);
	assert_int_equal(ward_pam_read(h->pam, name, &h->service, NULL), 0);
	assert_int_equal(ward_pam_claims(h->pam, h->service, &h->claims, NULL),
	    0);
}

static void
done(struct host *h)
{
	ward_pam_claims_free(h->claims);
	ward_pam_service_free(h->service);
	ward_pam_close(h->pam);
	ward_tree_remove(h->tree);
}

static void
show_steps(const struct ward_claim *claim)
{
	for (size_t i = 0; i < claim->step_count; i++) {
		print_message("    %u %s: %s\n", claim->steps[i].source.line,
		    claim->steps[i].module, claim->steps[i].code);
	}
}

static bool
check(const struct stack *stack)
{
	const struct ward_tree_file files[] = {
		{ "/etc/pam.d/svc", stack->text }, { NULL, NULL }
	};
	struct host h;
	bool good = true;

	judge(&h, files, "svc");
	for (size_t i = 0; i < MOST && stack->expected[i].text != NULL; i++) {
		const struct expected *e = &stack->expected[i];
		const struct ward_claim *claim = &h.claims
						      ->claims[e->by][e->claim];
		char text[100];

		show(claim, text, sizeof(text));
		if (strcmp(text, e->text) != 0 ||
		    (e->why != NULL &&
			(claim->why == NULL ||
			    strstr(claim->why, e->why) == NULL))) {
			print_message("%s: %s %s: %s (%s), not %s\n",
			    stack->name, e->by == 0 ? "user" : "root",
			    ward_claim_name(e->claim), text,
			    claim->why == NULL ? "" : claim->why, e->text);
			show_steps(claim);
			good = false;
		}
		if (claim->proof == WARD_PROOF_BROKEN) {
			assert_non_null(claim->why);
		}
	}
	done(&h);
	return good;
}

#define AUTH \
	"auth [success=1 default=ignore] pam_unix.so nullok\n" \
	"auth requisite pam_deny.so\nauth required pam_permit.so\n"
#define ACCOUNT \
	"account [success=1 new_authtok_reqd=done default=ignore] " \
	"pam_unix.so\n" \
	"account requisite pam_deny.so\naccount required pam_permit.so\n"
#define SETTING \
	"password [success=1 default=ignore] pam_unix.so obscure yescrypt\n" \
	"password requisite pam_deny.so\npassword required pam_permit.so\n"

static const struct stack stacks[] = {
	{ "Debian", AUTH ACCOUNT SETTING,
	    { USER(LOCKED, "broken @1", "no line locks"),
		USER(COUNTED, "broken @1", "nothing counts"),
		USER(RESET, "none"), USER(RIGHT, "held @1"),
		USER(ASKED, "held @1"), USER(EMPTY, "broken @1"),
		USER(ENDED, "held @4"), USER(CHANGE, "held @4"),
		USER(MIN_LENGTH, "held 6 @7"),
		USER(MIN_CLASSES, "broken @7", "no line asks it"),
		USER(WEAK, "broken @7"), USER(HISTORY, "held 0 @7"),
		ROOT(MIN_LENGTH, "broken @7", "root is not held to it"),
		ROOT(HISTORY, "broken @7") } },
	{ "deny",
	    "auth required pam_deny.so\naccount required pam_deny.so\n"
	    "password required pam_deny.so\n",
	    { USER(LOCKED, "none"), USER(COUNTED, "none"), USER(RIGHT, "none"),
		USER(RESET, "none"), USER(ASKED, "none"), USER(EMPTY, "none"),
		USER(ENDED, "none"), USER(CHANGE, "none"), USER(WEAK, "none"),
		USER(MIN_LENGTH, "none"), ROOT(LOCKED, "none") } },
	{ "permit",
	    "auth required pam_permit.so\n"
	    "account required pam_permit.so\n"
	    "password required pam_permit.so\n",
	    { USER(LOCKED, "none"), USER(RIGHT, "none"),
		USER(ASKED, "broken @1"), USER(EMPTY, "none"),
		USER(ENDED, "broken @2", "no line asks"),
		USER(CHANGE, "broken @2"), USER(WEAK, "none") } },
	/* pam_faillock(8)'s own. */
	{ "faillock",
	    "auth required pam_faillock.so preauth deny=4 "
	    "unlock_time=900\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail deny=4 "
	    "unlock_time=900\n"
	    "auth required pam_deny.so\n"
	    "account required pam_faillock.so\n"
	    "account required pam_unix.so\n",
	    { USER(LOCKED, "held 4/900 @1"), USER(COUNTED, "held @3"),
		USER(RESET, "held @5"), USER(RIGHT, "held @2"),
		USER(EMPTY, "held @2"), USER(ASKED, "held @2"),
		USER(ENDED, "held @6"),
		ROOT(LOCKED, "broken @1", "even_deny_root"),
		ROOT(COUNTED, "held @3") } },
	{ "faillock without account",
	    "auth required pam_faillock.so preauth\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\naccount required pam_unix.so\n",
	    { USER(LOCKED, "held 3/600 @1"), USER(COUNTED, "held @3"),
		USER(RESET, "broken @2", "does not set the count back") } },
	{ "authsucc",
	    "auth requisite pam_faillock.so preauth\n"
	    "auth [success=1 default=bad] pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth sufficient pam_faillock.so authsucc\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "held 3/600 @1"), USER(COUNTED, "held @3"),
		USER(RESET, "held @4") } },
	{ "preauth behind",
	    "auth sufficient pam_unix.so\n"
	    "auth required pam_faillock.so preauth\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "broken @1", "where no lockout was asked"),
		USER(COUNTED, "held @3") } },
	{ "preauth commented",
	    "# auth required pam_faillock.so preauth\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "broken @2"), USER(COUNTED, "held @3") } },
	{ "no preauth, account",
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n"
	    "account required pam_faillock.so\n",
	    { USER(LOCKED, "broken @1"), USER(RESET, "held @4") } },
	{ "late",
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_acctward.so authfail\n"
	    "auth required pam_deny.so\n"
	    "account required pam_acctward.so\n",
	    { USER(LOCKED, "broken @1", "only after its password"),
		USER(COUNTED, "held @2"), USER(RESET, "held plan @4") } },
	{ "preauth optional",
	    "auth optional pam_faillock.so preauth\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "broken @1", "not heeded"),
		USER(COUNTED, "held @3") } },
	{ "authfail behind deny",
	    "auth required pam_faillock.so preauth\n"
	    "auth sufficient pam_unix.so\n"
	    "auth requisite pam_deny.so\n"
	    "auth [default=die] pam_faillock.so "
	    "authfail\n",
	    { USER(LOCKED, "held 3/600 @1"),
		USER(COUNTED, "broken @2", "does not come to") } },
	{ "jump over authfail",
	    "auth requisite pam_faillock.so preauth\n"
	    "auth [success=2 default=1] pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth requisite pam_deny.so\nauth required pam_permit.so\n",
	    { USER(LOCKED, "held 3/600 @1"), USER(COUNTED, "broken @2"),
		USER(RIGHT, "held @2") } },
	{ "jump over deny",
	    "auth requisite pam_faillock.so preauth\n"
	    "auth [success=2 default=ignore] pam_unix.so\n"
	    "auth [default=1] pam_faillock.so authfail\n"
	    "auth requisite pam_deny.so\n"
	    "auth required pam_permit.so\n",
	    { USER(COUNTED, "held @3"),
		USER(RIGHT, "broken @5", "a wrong password"),
		USER(ASKED, "broken @5") } },
	{ "deny=0",
	    "auth required pam_faillock.so preauth deny=0\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail deny=0\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "broken @1", "deny=0") } },
	{ "fail_interval=0",
	    "auth required pam_faillock.so preauth fail_interval=0\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail fail_interval=0\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "broken @1", "fail_interval") } },
	{ "two numbers",
	    "auth required pam_faillock.so preauth deny=5 "
	    "unlock_time=900\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail deny=3\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "broken @3", "stops counting") } },
	{ "two numbers the other way",
	    "auth required pam_faillock.so preauth deny=3 unlock_time=900\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail deny=5\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "held 3/900 @1") } },
	/* As libpam reads other's lines for the service of that name. */
	{ "asked for again behind the one that sets",
	    "password required pam_pwquality.so minlen=12 minclass=3\n"
	    "password required pam_unix.so use_authtok\n"
	    "password required pam_pwquality.so minlen=12 minclass=3\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(MIN_LENGTH, "held 12 @1"), USER(MIN_CLASSES, "held 3 @1"),
		USER(WEAK, "held @1") } },
	/* By a line that judges none: what is left is pam_unix's own. */
	{ "asked for again in front of the one that sets",
	    "password required pam_pwquality.so minlen=12\n"
	    "password optional pam_pwhistory.so\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(MIN_LENGTH, "held 6 @3"), USER(WEAK, "broken @3") } },
	/* It returns PAM_IGNORE, and a stack of nothing but that refuses. */
	{ "env does not let in",
	    "auth required pam_env.so\n"
	    "auth sufficient pam_unix.so\n",
	    { USER(RIGHT, "held @2"), USER(ASKED, "held @2") } },
	{ "a neutral one lets in",
	    "auth required pam_ecryptfs.so\n"
	    "auth sufficient pam_unix.so\n",
	    { USER(RIGHT, "broken @1"), USER(ASKED, "broken @1") } },
	/* Its last line is come to by a wrong password too. */
	{ "counted and set back",
	    "auth required pam_faillock.so preauth\n"
	    "auth required pam_unix.so\n"
	    "auth optional pam_faillock.so authfail\n"
	    "auth required pam_faillock.so authsucc\n",
	    { USER(COUNTED, "broken @4", "sets the count back"),
		USER(RIGHT, "held @2") } },
	{ "tally2 sets back when somebody is let in",
	    "auth required pam_tally2.so deny=4 even_deny_root\n"
	    "auth required pam_unix.so\n"
	    "account required pam_tally2.so\n",
	    { USER(COUNTED, "held @1"), ROOT(COUNTED, "held @1") } },
	{ "root_unlock_time",
	    "auth required pam_faillock.so preauth even_deny_root "
	    "unlock_time=900 root_unlock_time=1\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail even_deny_root\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "held 3/900 @1"), ROOT(LOCKED, "held 3/1 @1") } },
	/* Whose password root sets decides, and root may set anybody's. */
	{ "root sets another's",
	    "password [success=1 default=ignore] "
	    "pam_succeed_if.so quiet uid > 0\n"
	    "password requisite pam_pwquality.so enforce_for_root minlen=12\n"
	    "password required pam_unix.so\n",
	    { ROOT(MIN_LENGTH, "broken @3") } },
	{ "root sets another's, and is held to it",
	    "password requisite pam_pwquality.so enforce_for_root minlen=12\n"
	    "password [success=1 default=ignore] "
	    "pam_succeed_if.so quiet uid > 0\n"
	    "password required pam_unix.so use_authtok\n"
	    "password required pam_unix.so use_authtok\n",
	    { ROOT(MIN_LENGTH, "held 12 @1") } },
	{ "passwdqc takes the name out",
	    "password requisite pam_passwdqc.so\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(WEAK, "held @1"), USER(NAME, "broken @2") } },
	{ "a plan elsewhere",
	    "auth required pam_acctward.so preauth root=/else\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_acctward.so authfail root=/else\n"
	    "auth required pam_deny.so\n"
	    "password requisite pam_acctward.so plans=/else\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(LOCKED, "unknown @1", "elsewhere"),
		USER(WEAK, "unknown @5", "elsewhere") } },
	{ "a plan here",
	    "password requisite pam_acctward.so root=//\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(WEAK, "held plan @1") } },
	{ "rootok", "auth sufficient pam_rootok.so\n" AUTH,
	    { USER(ASKED, "held @2"), USER(RIGHT, "held @2"),
		USER(LOCKED, "broken @2"), ROOT(ASKED, "held @2") } },
	{ "unknown optional",
	    AUTH "auth optional pam_x.so\n" ACCOUNT
		 "account optional pam_x.so\n" SETTING
		 "password optional pam_x.so\n",
	    { USER(LOCKED, "broken @1"), USER(COUNTED, "broken @1"),
		USER(RIGHT, "held @1"), USER(ENDED, "held @5"),
		USER(MIN_LENGTH, "held 6 @9"), USER(WEAK, "broken @9") } },
	{ "unknown sufficient",
	    "auth sufficient pam_x.so\n"
	    "auth required pam_faillock.so preauth\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "unknown @1", "not known"),
		USER(COUNTED, "unknown @1"), USER(RIGHT, "unknown @1"),
		USER(ASKED, "unknown @1"), USER(EMPTY, "unknown @1") } },
	{ "unknown harmless",
	    "auth optional pam_x.so\n"
	    "auth required pam_faillock.so preauth\n"
	    "auth sufficient pam_unix.so\n"
	    "auth [default=die] pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n",
	    { USER(LOCKED, "held 3/600 @2"), USER(COUNTED, "held @4"),
		USER(RIGHT, "held @3"), USER(EMPTY, "held @3") } },
	{ "unknown required",
	    "auth required pam_x.so\n"
	    "auth required pam_unix.so\n"
	    "account required pam_x.so\n"
	    "password required pam_x.so\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(LOCKED, "unknown @1"), USER(COUNTED, "unknown @1"),
		USER(RIGHT, "held @2"), USER(ENDED, "unknown @3"),
		USER(WEAK, "unknown @4"),
		USER(MIN_LENGTH, "held 6 @5", "may ask for more") } },
	{ "account ignored",
	    "account [default=ignore] pam_unix.so\n"
	    "account required pam_permit.so\n",
	    { USER(ENDED, "broken @1", "not heeded"),
		USER(CHANGE, "broken @1") } },
	{ "account jump",
	    "account [success=1 new_authtok_reqd=ok "
	    "default=ignore] pam_unix.so\n"
	    "account requisite pam_deny.so\n"
	    "account required pam_permit.so\n",
	    { USER(ENDED, "held @1"), USER(CHANGE, "held @1") } },
	{ "quality",
	    "password requisite pam_pwquality.so retry=3 minlen=12 "
	    "minclass=3\n"
	    "password required pam_pwhistory.so remember=4 "
	    "use_authtok\n"
	    "password [success=1 default=ignore] pam_unix.so "
	    "use_authtok\n"
	    "password requisite pam_deny.so\n"
	    "password required pam_permit.so\n",
	    { USER(MIN_LENGTH, "held 12 @1"), USER(MIN_CLASSES, "held 3 @1"),
		USER(NAME, "held 4 @1"), USER(WEAK, "held @1"),
		USER(HISTORY, "held 3 @2"),
		ROOT(MIN_LENGTH, "broken @1", "no enforce_for_root"),
		ROOT(HISTORY, "broken @2", "no enforce_for_root") } },
	{ "quality for root",
	    "password requisite pam_pwquality.so enforce_for_root\n"
	    "password required pam_pwhistory.so use_authtok "
	    "enforce_for_root\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(MIN_LENGTH, "held 8 @1"), ROOT(MIN_LENGTH, "held 8 @1"),
		ROOT(HISTORY, "held 9 @2"), ROOT(MIN_CLASSES, "broken @3") } },
	{ "quality that asks for no classes, and for root has no old one",
	    "password requisite pam_pwquality.so enforce_for_root\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(MIN_CLASSES, "broken @2", "no line asks it"),
		ROOT(HISTORY, "broken @1", "which root is not asked for") } },
	{ "passwdqc spares root by an option of its own",
	    "password requisite pam_passwdqc.so enforce=users\n"
	    "password required pam_unix.so use_authtok\n",
	    { ROOT(WEAK, "broken @1", "root is not held to it") } },
	{ "quality optional",
	    "password optional pam_pwquality.so\n"
	    "password required pam_unix.so\n",
	    { USER(MIN_LENGTH, "held 6 @2"),
		USER(WEAK, "broken @2", "that a line before has refused") } },
	{ "quality optional, its token used",
	    "password optional pam_pwquality.so\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(MIN_LENGTH, "held 8 @1"), USER(WEAK, "held @1") } },
	{ "quality required, asked again",
	    "password required pam_pwquality.so\n"
	    "password required pam_unix.so\n",
	    { USER(WEAK, "broken @2") } },
	{ "history asks again",
	    "password required pam_pwquality.so\n"
	    "password required pam_pwhistory.so\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(WEAK, "broken @3"), USER(HISTORY, "held 9 @2") } },
	{ "history asks another",
	    "password requisite pam_pwquality.so\n"
	    "password required pam_pwhistory.so remember=5 retry=3\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(WEAK, "broken @2", "another password"),
		USER(MIN_LENGTH, "held 6 @3"), USER(HISTORY, "held 4 @2"),
		ROOT(WEAK, "broken @3") } },
	{ "quality jumped over",
	    "password [success=1 default=ignore] "
	    "pam_unix.so\n"
	    "password requisite pam_pwquality.so\n"
	    "password required pam_permit.so\n",
	    { USER(WEAK, "broken @1", "did not come to"),
		USER(MIN_LENGTH, "held 6 @1") } },
	{ "remember on the wrong line",
	    "password required pam_pwquality.so remember=5\n"
	    "password required pam_unix.so use_authtok\n",
	    { USER(HISTORY, "held 0 @1") } },
	/* pam_acctward(8)'s own. */
	{ "ours",
	    "auth requisite pam_acctward.so preauth\n"
	    "auth [success=2 default=ignore] pam_unix.so nullok\n"
	    "auth [default=die] pam_acctward.so authfail\n"
	    "auth requisite pam_deny.so\n"
	    "auth required pam_acctward.so authsucc\n"
	    "auth required pam_permit.so\n"
	    "account required pam_acctward.so\n" ACCOUNT
	    "password requisite pam_acctward.so retry=3\n"
	    "password [success=1 default=ignore] pam_unix.so "
	    "use_authtok\n"
	    "password requisite pam_deny.so\n"
	    "password required pam_permit.so\n"
	    "password required pam_acctward.so changed\n",
	    { USER(LOCKED, "held plan @1"), USER(COUNTED, "held plan @1"),
		USER(RESET, "held plan @5"), USER(EMPTY, "broken @2"),
		USER(ENDED, "held plan @7"), USER(CHANGE, "held plan @7"),
		USER(MIN_LENGTH, "held 6 plan @11"),
		USER(MIN_CLASSES, "held plan @11"),
		USER(HISTORY, "held 0 plan @11"), USER(WEAK, "held plan @11"),
		ROOT(MIN_LENGTH, "held plan @11"),
		ROOT(LOCKED, "held plan @1") } },
	{ "ours behind",
	    "auth [success=3 default=ignore] pam_unix.so\n"
	    "auth requisite pam_acctward.so preauth\n"
	    "auth [default=die] pam_acctward.so authfail\n"
	    "auth requisite pam_deny.so\n"
	    "auth required pam_permit.so\n"
	    "password optional pam_acctward.so\n"
	    "password required pam_unix.so\n",
	    { USER(LOCKED, "broken @1"), USER(WEAK, "broken @7") } },
	/* authselect's, with-faillock. */
	{ "sssd",
	    "auth required pam_env.so\n"
	    "auth required pam_faildelay.so delay=2000000\n"
	    "auth required pam_faillock.so preauth silent\n"
	    "auth [default=1 ignore=ignore success=ok] pam_usertype.so "
	    "isregular\n"
	    "auth [default=1 ignore=ignore success=ok] "
	    "pam_localuser.so\n"
	    "auth sufficient pam_unix.so nullok\n"
	    "auth [default=1 ignore=ignore success=ok] pam_usertype.so "
	    "isregular\n"
	    "auth sufficient pam_sss.so forward_pass\n"
	    "auth required pam_faillock.so authfail\n"
	    "auth required pam_deny.so\n"
	    "account required pam_faillock.so\n"
	    "account required pam_unix.so\n"
	    "account sufficient pam_localuser.so\n"
	    "account sufficient pam_usertype.so issystem\n"
	    "account [default=bad success=ok user_unknown=ignore] "
	    "pam_sss.so\n"
	    "account required pam_permit.so\n"
	    "password requisite pam_pwquality.so local_users_only\n"
	    "password sufficient pam_unix.so sha512 shadow nullok "
	    "use_authtok\n"
	    "password sufficient pam_sss.so use_authtok\n"
	    "password required pam_deny.so\n",
	    { USER(LOCKED, "held 3/600 @3"), USER(COUNTED, "held @9"),
		USER(RESET, "held @11"), USER(RIGHT, "held @6"),
		USER(EMPTY, "broken @6"), USER(ASKED, "held @6"),
		USER(ENDED, "held @12"), USER(CHANGE, "held @12"),
		ROOT(LOCKED, "broken @3", "even_deny_root") } },
	/* Root's own su asks for nothing, and that is no way to root. */
	{ "su",
	    "auth sufficient pam_rootok.so\nauth required pam_unix.so\n"
	    "account sufficient pam_succeed_if.so uid = 0 use_uid quiet\n"
	    "account required pam_unix.so\n",
	    { USER(ENDED, "held @4"), ROOT(ENDED, "held @4"),
		ROOT(CHANGE, "held @4"), ROOT(ASKED, "held @2"),
		ROOT(EMPTY, "held @2") } },
	{ "torn", "auth required pam_unix.so\nauth\n",
	    { USER(LOCKED, "unknown @2"), USER(WEAK, "unknown @2") } },
	{ "control", "auth [sucess=ok] pam_unix.so\n",
	    { USER(RIGHT, "unknown @1") } },
	{ "session only", AUTH "session [sucess=ok] pam_unix.so\n",
	    { USER(RIGHT, "held @1") } },
};

static void
test_ward_pam_claims__stacks(void **state)
{
	bool good = true;

	(void)state;
	for (size_t i = 0; i < LENGTH(stacks); i++) {
		good &= check(&stacks[i]);
	}
	assert_true(good);
}

static const struct ward_tree_file debian[] = {
	{ "/etc/debian_version", "12\n" },
	{ "/etc/pam.d/common-auth", AUTH },
	{ "/etc/pam.d/common-account", ACCOUNT },
	{ "/etc/pam.d/common-password", SETTING },
	{ "/etc/pam.d/part", "auth required pam_unix.so\n" },
	{ "/etc/pam.d/sshd",
	    "auth include part\n@include common-account\n"
	    "@include common-password\n" },
	{ "/etc/pam.d/su",
	    "auth sufficient pam_rootok.so\n"
	    "@include common-auth\n@include common-account\n" },
	{ "/etc/pam.d/su-l", "auth include su\naccount include su\n" },
	{ "/etc/pam.d/other",
	    "@include common-auth\n@include common-account\n"
	    "@include common-password\n" },
	{ NULL, NULL },
};

static void
test_ward_pam_claims__fragments(void **state)
{
	static const struct {
		const char *name;
		bool fragment;
	} cases[] = {
		{ "common-auth", true },
		{ "common-password", true },
		{ "part", true },
		{ "sshd", false },
		{ "su", false },
		{ "su-l", false },
		{ "other", false },
		{ "system-auth", true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct host h;

		judge(&h, debian, cases[i].name);
		assert_string_equal(h.claims->name, cases[i].name);
		assert_int_equal(h.claims->fragment, cases[i].fragment);
		done(&h);
	}
}

/* Where a service has no stack of a type, it is other's, and its lines are
 * named. */
static void
test_ward_pam_claims__other(void **state)
{
	const struct ward_claim *claim;
	struct host h;

	(void)state;
	judge(&h, debian, "su-l");
	claim = &h.claims->claims[WARD_BY_USER][WARD_CLAIM_MIN_LENGTH];
	assert_int_equal(claim->proof, WARD_PROOF_HELD);
	assert_int_equal(claim->number.value, 6);
	assert_string_equal(claim->source.file, "/etc/pam.d/common-password");
	assert_string_equal(h.claims->source.file, "/etc/pam.d/su-l");
	done(&h);
	judge(&h, debian, "other");
	claim = &h.claims->claims[WARD_BY_USER][WARD_CLAIM_MIN_LENGTH];
	assert_int_equal(claim->proof, WARD_PROOF_HELD);
	assert_int_equal(claim->number.value, 6);
	done(&h);
	judge(&h, debian, "none");
	assert_string_equal(h.claims->source.file, "/etc/pam.d/other");
	done(&h);
}

/* The path is told line by line, of both passes. */
static void
test_ward_pam_claims__steps(void **state)
{
	static const char *const path[] = { "1 pam_unix.so success",
		"3 pam_permit.so success", "1 pam_unix.so success" };
	const struct ward_tree_file files[] = { { "/etc/pam.d/svc", SETTING },
		{ NULL, NULL } };
	const struct ward_claim *claim;
	struct host h;

	(void)state;
	judge(&h, files, "svc");
	claim = &h.claims->claims[WARD_BY_USER][WARD_CLAIM_WEAK];
	assert_int_equal(claim->step_count, LENGTH(path));
	for (size_t i = 0; i < LENGTH(path); i++) {
		char text[100];

		(void)snprintf(text, sizeof(text), "%u %s %s",
		    claim->steps[i].source.line, claim->steps[i].module,
		    claim->steps[i].code);
		assert_string_equal(text, path[i]);
	}
	done(&h);
}

/* A module that is missing, and one that may be. */
static void
test_ward_pam_claims__missing(void **state)
{
	const struct ward_tree_file files[] = {
		{ "/usr/lib/security/pam_unix.so", "\177ELF" },
		{ "/usr/lib/security/pam_permit.so", "\177ELF" },
		{ "/usr/lib/security/pam_deny.so", "\177ELF" },
		{ "/etc/pam.d/svc",
		    "-auth optional pam_no.so\n" AUTH
		    "account optional pam_no.so\n" ACCOUNT },
		{ NULL, NULL },
	};
	const struct ward_claim *claim;
	struct host h;

	(void)state;
	judge(&h, files, "svc");
	claim = h.claims->claims[WARD_BY_USER];
	assert_int_equal(claim[WARD_CLAIM_RIGHT].proof, WARD_PROOF_HELD);
	assert_int_equal(claim[WARD_CLAIM_ENDED].proof, WARD_PROOF_UNKNOWN);
	assert_int_equal(claim[WARD_CLAIM_ENDED].source.line, 5);
	done(&h);
}

static enum ward_proof
proof_of(const char *name, const struct ward_tree_file *files,
    enum ward_claim_id id)
{
	enum ward_proof proof;
	struct host h;

	judge(&h, files, name);
	proof = h.claims->claims[WARD_BY_USER][id].proof;
	done(&h);
	return proof;
}

/* Who runs sshd is root, whoever comes in; who runs su is not. */
static void
test_ward_pam_claims__rootok(void **state)
{
	static const char text[] = "auth sufficient pam_rootok.so\n" AUTH;
	const struct ward_tree_file files[] = { { "/etc/pam.d/sshd", text },
		{ "/etc/pam.d/su", text }, { "/etc/pam.d/smtp", text },
		{ NULL, NULL } };

	(void)state;
	assert_int_equal(proof_of("su", files, WARD_CLAIM_ASKED),
	    WARD_PROOF_HELD);
	assert_int_equal(proof_of("sshd", files, WARD_CLAIM_ASKED),
	    WARD_PROOF_BROKEN);
	assert_int_equal(proof_of("smtp", files, WARD_CLAIM_ASKED),
	    WARD_PROOF_BROKEN);
}

static void
test_ward_pam_claims__fault_elsewhere(void **state)
{
	const struct ward_tree_file files[] = {
		{ "/etc/pam.d/svc", AUTH ACCOUNT SETTING },
		{ "/etc/pam.d/part", ACCOUNT },
		{ "/etc/pam.d/other", "auth [sucess=ok] pam_unix.so\n" },
		{ NULL, NULL },
	};

	(void)state;
	assert_int_equal(proof_of("svc", files, WARD_CLAIM_RIGHT),
	    WARD_PROOF_HELD);
	assert_int_equal(proof_of("part", files, WARD_CLAIM_RIGHT),
	    WARD_PROOF_UNKNOWN);
	assert_int_equal(proof_of("none", files, WARD_CLAIM_RIGHT),
	    WARD_PROOF_UNKNOWN);
	/* Nobody can call anything by it. */
	assert_int_equal(proof_of("none", &files[3], WARD_CLAIM_RIGHT),
	    WARD_PROOF_NONE);
}

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

#define MANY 2000

static enum ward_proof
proof_of_many(const char *line, const char *last, enum ward_claim_id id)
{
	size_t room = MANY * (strlen(line) + 12) + strlen(last) + 1;
	char *text = calloc(room, 1), *to = text;
	struct ward_tree_file files[] = { { "/etc/pam.d/svc", text },
		{ NULL, NULL } };
	enum ward_proof proof;

	assert_non_null(text);
	for (int i = 1; i <= MANY; i++) {
		to += snprintf(to, room - (size_t)(to - text), "%s%d\n", line,
		    i);
	}
	(void)stpcpy(to, last);
	proof = proof_of("svc", files, id);
	free(text);
	return proof;
}

/* Each line may ask for another password, and each has a count of its own. */
static void
test_ward_pam_claims__many(void **state)
{
	double begin = now();

	(void)state;
	assert_int_equal(proof_of_many("password optional pam_pwhistory.so "
				       "retry=3 remember=",
			     "password required pam_unix.so use_authtok\n",
			     WARD_CLAIM_HISTORY),
	    WARD_PROOF_UNKNOWN);
	assert_int_equal(proof_of_many("auth required pam_faillock.so preauth "
				       "dir=/",
			     "auth required pam_unix.so\n", WARD_CLAIM_LOCKED),
	    WARD_PROOF_UNKNOWN);
	print_message("%d lines, twice: %.1f ms\n", MANY, now() - begin);
}

static void
test_ward_pam_claims__cost(void **state)
{
	struct host h;
	double begin;

	(void)state;
	judge(&h, debian, "other");
	begin = now();
	for (int i = 0; i < 40; i++) {
		struct ward_service *claims = NULL;

		assert_int_equal(ward_pam_claims(h.pam, h.service, &claims,
				     NULL),
		    0);
		ward_pam_claims_free(claims);
	}
	print_message("40 services: %.1f ms\n", now() - begin);
	done(&h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ward_pam_claims__stacks),
		cmocka_unit_test(test_ward_pam_claims__fragments),
		cmocka_unit_test(test_ward_pam_claims__other),
		cmocka_unit_test(test_ward_pam_claims__steps),
		cmocka_unit_test(test_ward_pam_claims__missing),
		cmocka_unit_test(test_ward_pam_claims__rootok),
		cmocka_unit_test(test_ward_pam_claims__fault_elsewhere),
		cmocka_unit_test(test_ward_pam_claims__many),
		cmocka_unit_test(test_ward_pam_claims__cost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
