/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was proved of a service's PAM stacks: facts, as those about accounts
 * are. Part of policy/policy.h, which is the header that others include.
 */
#ifndef WARD_SERVICE_H
#define WARD_SERVICE_H

/* What is asked of a service's stacks, each as a claim over all outcomes. */
enum ward_claim_id {
	/* A password is set: it can only be one that ... */
	WARD_CLAIM_MIN_LENGTH,  /* has `number` characters (bytes) or more */
	WARD_CLAIM_MIN_CLASSES, /* has `number` classes or more */
	WARD_CLAIM_NAME,        /* does not contain the account's name, where
				 * that has `number` bytes or more */
	WARD_CLAIM_WEAK,        /* was held against a dictionary */
	WARD_CLAIM_HISTORY,     /* is neither the current one nor one of the
				 * `number` older ones before it */
	/* Somebody is let in by a password: */
	WARD_CLAIM_LOCKED,  /* not while locked, which comes after `number`
			    * failures and lasts `seconds` (0: for good) */
	WARD_CLAIM_COUNTED, /* no wrong one without being counted */
	WARD_CLAIM_RIGHT,   /* a wrong one lets nobody in */
	WARD_CLAIM_RESET,   /* a right one sets the count back */
	WARD_CLAIM_ASKED,   /* nobody is let in without being asked for
			     * anything, but root */
	WARD_CLAIM_EMPTY,   /* no account is let in whose password is empty */
	/* An account is let in: */
	WARD_CLAIM_ENDED,  /* not past its end */
	WARD_CLAIM_CHANGE, /* not before its password is changed, where it has
			    * to be */
	WARD_CLAIM_COUNT
};

/* "min_length"; never NULL. */
const char *ward_claim_name(enum ward_claim_id claim);

enum ward_proof {
	WARD_PROOF_UNKNOWN = 0, /* `why`, at `source` */
	WARD_PROOF_NONE, /* there is no case: no password is set, none asked */
	WARD_PROOF_HELD, /* whatever its modules answer */
	WARD_PROOF_BROKEN, /* not on the way that `steps` shows */
	WARD_PROOF_COUNT
};

const char *ward_proof_name(enum ward_proof proof);

/* A line that is come to, and what its module answers. */
struct ward_service_step {
	struct ward_source source;
	const char *module; /* as in the line, or NULL */
	const char *code;   /* "success", as controls name it */
};

struct ward_claim {
	enum ward_proof proof;
	/* HELD, or BROKEN but for what pam_acctward.so does: the least that
	 * holds on every way. */
	struct ward_optional number, seconds;
	/* pam_acctward.so is on every way: what its plan asks holds. Proof is
	 * HELD; the number is what holds without it. */
	bool by_plan;
	/* HELD: the line or file that decides the number, or that holds it;
	 * BROKEN: the line at fault; else what is not known. */
	struct ward_source source;
	const char *why; /* UNKNOWN: why; BROKEN: what is wrong there; HELD: why
			  * more than the number may hold. English, for
			  * ward_phrase(). May be NULL. */
	const struct ward_service_step *steps; /* BROKEN, UNKNOWN */
	size_t step_count;
};

/* Who sets a password, or is let in. */
enum ward_claimant {
	WARD_BY_USER,
	WARD_BY_ROOT,
	WARD_CLAIMANTS
};

struct ward_service {
	const char *name; /* "sshd" */
	struct ward_source source;
	bool fragment; /* only a part that others include: not judged */
	struct ward_claim claims[WARD_CLAIMANTS][WARD_CLAIM_COUNT];
};

#endif
