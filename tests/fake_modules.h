/* SPDX-License-Identifier: BSD-2-Clause */
/* Modules that do what the tests' arguments say. */
#ifndef WARD_TESTS_FAKE_MODULES_H
#define WARD_TESTS_FAKE_MODULES_H

#include "collect/pam/world.h"

#define C(code) ((uint64_t)1 << (code))
#define ERR C(WARD_PAM_AUTH_ERR)
#define OK C(WARD_PAM_SUCCESS)
#define TOKEN_ERR C(20)

enum fake {
	UNIX = 1,
	FAILLOCK,
	PWQUALITY,
	PWHISTORY,
	OURS,
	PERMIT,
	DENY,
	ROOTOK,
	ENV
};
struct ward_pam_module {
	const char *name;
	enum fake fake;
};
static const struct ward_pam_module fakes[] = {
	{ "pam_unix.so", UNIX },
	{ "pam_faillock.so", FAILLOCK },
	{ "pam_pwquality.so", PWQUALITY },
	{ "pam_pwhistory.so", PWHISTORY },
	{ "pam_acctward.so", OURS },
	{ "pam_permit.so", PERMIT },
	{ "pam_deny.so", DENY },
	{ "pam_rootok.so", ROOTOK },
	{ "pam_env.so", ENV },
};

int
ward_pam_modules_open(struct ward_root *root,
    struct ward_pam_modules **ret_modules, struct ward_error *err)
{
	(void)root, (void)err;
	*ret_modules = NULL;
	return 0;
}

void
ward_pam_modules_close(struct ward_pam_modules *modules)
{
	(void)modules;
}

static bool
arg(const struct ward_pam_line *l, const char *name, int64_t *ret)
{
	for (uint32_t i = 0; i < l->handler->arg_count; i++) {
		const char *a = l->handler->args[i];
		size_t n = strlen(name);

		if (strncmp(a, name, n) == 0 && (a[n] == '\0' || a[n] == '=')) {
			if (a[n] == '=' && ret != NULL) {
				*ret = atoll(a + n + 1);
			}
			return true;
		}
	}
	return false;
}

static void
give(struct ward_pam_line *l, enum ward_pam_number n, const char *name,
    int64_t usual)
{
	int64_t v = usual;

	(void)arg(l, name, &v);
	l->numbers[n].value = (struct ward_optional){ true, v };
	l->numbers[n].source = l->handler->source;
}

int
ward_pam_line_read(struct ward_pam_modules *modules,
    const struct ward_pam_handler *handler, enum ward_pam_type type,
    struct ward_pam_line *l, struct ward_error *err)
{
	(void)modules, (void)err;
	*l = (struct ward_pam_line){ .handler = handler };
	for (size_t i = 0; i < sizeof(fakes) / sizeof(fakes[0]); i++) {
		if (strcmp(handler->module, fakes[i].name) == 0) {
			l->module = &fakes[i];
		}
	}
	if (l->module == NULL) {
		return 0;
	}
	if (l->module->fake == FAILLOCK) {
		l->lockout = 1;
		give(l, WARD_PAM_ATTEMPTS, "deny", 3);
		give(l, WARD_PAM_SECONDS, "unlock_time", 600);
		give(l, WARD_PAM_ROOT_SECONDS, "unlock_time", 600);
	}
	if (l->module->fake == OURS) {
		l->lockout = 2;
	}
	if (type == WARD_PAM_PASSWORD && l->module->fake == UNIX) {
		give(l, WARD_PAM_LENGTH, "minlen", 6);
		give(l, WARD_PAM_OLDER, "no_such", 1);
	}
	if (l->module->fake == PWQUALITY) {
		give(l, WARD_PAM_LENGTH, "minlen", 8);
		give(l, WARD_PAM_CLASSES, "minclass", 0);
	}
	if (l->module->fake == PWHISTORY) {
		give(l, WARD_PAM_OLDER, "remember", 10);
	}
	return 0;
}

static bool
is_bad(const struct ward_pam_line *l, const struct ward_pam_world *w)
{
	bool length = l->numbers[WARD_PAM_LENGTH].value.known;

	switch (w->candidate) {
	case WARD_NEW_SHORT:
		return length &&
		    w->number < l->numbers[WARD_PAM_LENGTH].value.value;
	case WARD_NEW_FEW_CLASSES:
		return w->number < l->numbers[WARD_PAM_CLASSES].value.value;
	case WARD_NEW_OLD:
		return w->number < l->numbers[WARD_PAM_OLDER].value.value;
	case WARD_NEW_NAME:
	case WARD_NEW_WEAK:
		return l->module->fake == PWQUALITY;
	default:
		return false;
	}
}

#define MAY(...) (may[n++] = (struct ward_pam_may){ __VA_ARGS__ })

size_t
ward_pam_line_may(const struct ward_pam_line *l, enum ward_pam_type type,
    uint32_t pass, const struct ward_pam_world *w,
    struct ward_pam_may may[WARD_PAM_MAYS])
{
	enum fake f = l->module->fake;
	bool root = w->by == WARD_BY_ROOT, plan = f == OURS && !w->without_ours,
	     locked = w->account == WARD_ACCOUNT_LOCKED &&
	    (w->lockout == 0 || w->lockout == l->lockout),
	     counts = w->lockout == 0 || w->lockout == l->lockout;
	size_t n = 0;

	if (f == PERMIT || f == ENV) {
		MAY(OK, 0);
	} else if (f == DENY) {
		MAY(ERR, 0);
	} else if (f == ROOTOK) {
		MAY(OK | ERR, 0);
	} else if (f == UNIX && type == WARD_PAM_AUTH) {
		MAY(C(9) | C(10), 0);
		if (w->typed == WARD_TYPED_WRONG) {
			MAY(ERR | C(11), WARD_BIT_WRONG);
		} else if (w->typed == WARD_TYPED_RIGHT ||
		    arg(l, "nullok", NULL)) {
			MAY(OK, WARD_BIT_TESTED);
		} else {
			MAY(ERR, 0);
		}
	} else if (f == UNIX && type == WARD_PAM_ACCOUNT) {
		MAY(w->account == WARD_ACCOUNT_ENDED           ? C(13) :
			w->account == WARD_ACCOUNT_MUST_CHANGE ? C(12) :
								 OK,
		    0);
	} else if (type == WARD_PAM_PASSWORD && pass == 0) {
		MAY(arg(l, "changed", NULL) ? C(25) : OK | TOKEN_ERR, 0);
	} else if (f == UNIX) {
		MAY(TOKEN_ERR, 0);
		if (root || !is_bad(l, w)) {
			MAY(OK, WARD_BIT_SET);
		}
	} else if (f == PWQUALITY || f == PWHISTORY) {
		bool bad = is_bad(l, w) &&
		    (!root || arg(l, "enforce_for_root", NULL));

		MAY(TOKEN_ERR | C(11), WARD_BIT_NO_TOKEN);
		if (!bad) {
			MAY(OK, 0);
		}
	} else if (type == WARD_PAM_PASSWORD) {
		if (arg(l, "changed", NULL)) {
			MAY(C(25), 0);
		} else {
			MAY(C(11), WARD_BIT_NO_TOKEN);
			if (!plan || w->candidate == WARD_NEW_FINE) {
				MAY(OK, 0);
			}
		}
	} else if (type == WARD_PAM_ACCOUNT && f == FAILLOCK) {
		MAY(OK, counts ? WARD_BIT_RESET : 0);
	} else if (type == WARD_PAM_ACCOUNT) {
		uint64_t code = w->account == WARD_ACCOUNT_ENDED ? C(13) :
		    w->account == WARD_ACCOUNT_MUST_CHANGE       ? C(12) :
								   OK;

		MAY(!plan      ? OK :
			locked ? ERR :
				 code,
		    plan && !locked ? WARD_BIT_RESET : 0);
	} else {
		bool on = f == OURS ?
		    plan :
		    l->numbers[WARD_PAM_ATTEMPTS].value.value > 0 &&
			(!root || arg(l, "even_deny_root", NULL));

		if (locked && on) {
			MAY(ERR, WARD_BIT_COUNTED);
		} else if (arg(l, "preauth", NULL)) {
			MAY(f == OURS ? C(25) : OK, 0);
		} else if (arg(l, "authfail", NULL)) {
			MAY(f == OURS ? ERR : C(25),
			    counts && (f != OURS || plan) ? WARD_BIT_COUNTED :
							    0);
		} else {
			MAY(OK, counts ? WARD_BIT_RESET : 0);
		}
	}
	return n;
}

bool
ward_pam_line_sets(const struct ward_pam_line *l)
{
	return l->module != NULL && l->module->fake == UNIX;
}

bool
ward_pam_line_tests(const struct ward_pam_line *l)
{
	return ward_pam_line_sets(l);
}

const char *
ward_pam_line_spares_root(const struct ward_pam_line *l,
    struct ward_source *ret_source)
{
	(void)l;
	(void)ret_source;
	return "root is not held to it";
}

bool
ward_pam_line_uses_authtok(const struct ward_pam_line *l)
{
	return l->module != NULL && arg(l, "use_authtok", NULL);
}

bool
ward_pam_line_asks(const struct ward_pam_line *l)
{
	enum fake f = l->module == NULL ? 0 : l->module->fake;

	return (f == UNIX || f == OURS || f == PWQUALITY || f == PWHISTORY) &&
	    !arg(l, "use_authtok", NULL) && !arg(l, "changed", NULL);
}

bool
ward_pam_line_asks_again(const struct ward_pam_line *l)
{
	(void)l;
	return false;
}

#endif
