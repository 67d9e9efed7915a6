/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What modules do, by their arguments and files, in a given case. Inside
 * collect/pam: modules*.c tells it, service.c makes proofs of it.
 */
#ifndef WARD_PAM_WORLD_H
#define WARD_PAM_WORLD_H

#include "collect/base/root.h"
#include "collect/pam/stack.h"

/* A case in which a call is made. What is not said may be either way. */
struct ward_pam_world {
	/* BY_ROOT: password: the caller is uid 0; auth and account: the account
	 * is root's. Their caller is a user, who has no rights. */
	enum ward_claimant by;
	/* auth and account */
	enum {
		WARD_ACCOUNT_FINE,
		WARD_ACCOUNT_LOCKED, /* after `number` failures */
		WARD_ACCOUNT_ENDED,  /* by its date, or by its password's */
		WARD_ACCOUNT_MUST_CHANGE
	} account;
	enum {
		WARD_TYPED_RIGHT,
		WARD_TYPED_WRONG,
		WARD_TYPED_NOTHING /* and the account's password is empty */
	} typed;
	/* password: a new one that ... */
	enum {
		WARD_NEW_FINE,
		WARD_NEW_SHORT,       /* has `number` characters, all ASCII */
		WARD_NEW_FEW_CLASSES, /* has `number` classes */
		WARD_NEW_NAME,        /* is made of the account's name */
		WARD_NEW_WEAK,        /* is a word */
		WARD_NEW_OLD /* is the `number`-th one before; 0: the current */
	} candidate;
	int64_t number;
	/* Whose lockout refuses in ACCOUNT_LOCKED, and counts in TYPED_WRONG:
	 * that of this family of lines only (struct ward_pam_line); 0: no
	 * matter whose. */
	uint32_t lockout;
	bool without_ours; /* pam_acctward.so asks for nothing */
};

/* What may hold behind a module's answer: bits of struct ward_pam_may. */
enum ward_bit {
	WARD_BIT_TESTED = 1,    /* it has let a typed password pass */
	WARD_BIT_WRONG = 2,     /* it has found the typed password wrong */
	WARD_BIT_COUNTED = 4,   /* the lockout counts it, or has refused it */
	WARD_BIT_RESET = 8,     /* the lockout's count is set back */
	WARD_BIT_SET = 16,      /* it has set the new password */
	WARD_BIT_NO_TOKEN = 32, /* the new password was taken away: a line with
				 * use_authtok sets none any more */
	WARD_BIT_UNSURE = 64,   /* it may have done any of it: a module that is
				* not known, or a server that decides */
	WARD_BIT_OPEN = 128 /* it lets in, or goes on, without anything asked,
				* and whoever it is: pam_permit */
};

/* The numbers that a line gives. */
enum ward_pam_number {
	WARD_PAM_LENGTH,   /* least length of a new password, in bytes */
	WARD_PAM_CLASSES,  /* least number of classes; 0: it does not count */
	WARD_PAM_OLDER,    /* passwords refused, the current one included */
	WARD_PAM_ATTEMPTS, /* failures that lock; 0: never */
	WARD_PAM_SECONDS,  /* of a lock; 0: for good */
	WARD_PAM_ROOT_SECONDS, /* of root's */
	WARD_PAM_NUMBERS
};

struct ward_pam_module; /* a kind of module, one row of modules.def */

/* A line with what its module makes of its arguments and files. Zeroed: a
 * module that is not known, which may do anything. */
struct ward_pam_line {
	const struct ward_pam_module *module;
	const struct ward_pam_handler *handler;
	struct {
		struct ward_optional value; /* unknown: it asks for none */
		struct ward_source source;  /* where it is given; built in: the
					    * line's own */
	} numbers[WARD_PAM_NUMBERS];
	uint32_t flags; /* the module's own */
	struct ward_source
	    flag_source;  /* of what decides that root is exempt */
	uint32_t lockout; /* lines that share a count have the same; 0: none */
	/* A file or an argument that can't be understood: then `module` is
	 * NULL, for reasons that are told here. */
	const char *why;
	struct ward_source why_source;
};

/* The files of modules below a root, each read once, when it is asked for. */
struct ward_pam_modules;

int ward_pam_modules_open(struct ward_root *root,
    struct ward_pam_modules **ret_modules, struct ward_error *err);
void ward_pam_modules_close(struct ward_pam_modules *modules);

/* What a line of a stack of this type does. Lives as long as the modules and
 * the service. 0 or WARD_ERR_NOMEM; all else is in ret_line->why. */
int ward_pam_line_read(struct ward_pam_modules *modules,
    const struct ward_pam_handler *handler, enum ward_pam_type type,
    struct ward_pam_line *ret_line, struct ward_error *err);

/* All that it may do in this pass of a call in this world: at most
 * WARD_PAM_MAYS of them. Pass 0 of a password is PAM_PRELIM_CHECK. */
#define WARD_PAM_MAYS 8

size_t ward_pam_line_may(const struct ward_pam_line *line,
    enum ward_pam_type type, uint32_t pass, const struct ward_pam_world *world,
    struct ward_pam_may may[WARD_PAM_MAYS]);

/* Does the line set passwords, or test them? By a server elsewhere: UNSURE is
 * set in what it may do. */
bool ward_pam_line_sets(const struct ward_pam_line *line);
bool ward_pam_line_tests(const struct ward_pam_line *line);
/* Does it set only what PAM_AUTHTOK holds, and never ask for one itself? */
bool ward_pam_line_uses_authtok(const struct ward_pam_line *line);
/* Does it ask for a new password where PAM_AUTHTOK holds none? And for another
 * one where it has refused what it was given, which the lines in front have
 * not seen? */
bool ward_pam_line_asks(const struct ward_pam_line *line);
bool ward_pam_line_asks_again(const struct ward_pam_line *line);

#endif
