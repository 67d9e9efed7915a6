/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside collect/pam: from a service's stacks to its claims. */
#ifndef WARD_PAM_SERVICE_H
#define WARD_PAM_SERVICE_H

#include "collect/pam/read.h"
#include "collect/pam/world.h"

/* A stack, with what its lines' modules do. */
struct ward_pam_side {
	const struct ward_pam_stack *stack;
	enum ward_pam_type type;
	struct ward_pam_line *lines; /* one for each handler */
	bool *ours;                  /* it is pam_acctward.so's */
	bool has_ours, has_stranger;
};

enum ward_outcome {
	WARD_OUTCOME_HOLDS,
	WARD_OUTCOME_UNSURE, /* it hangs on what is not known */
	WARD_OUTCOME_BREAKS
};

/* How a claim is broken, or what it hangs on. */
struct ward_pam_breach {
	enum ward_outcome outcome;
	struct ward_pam_step *steps; /* the pool's */
	size_t count;
	uint32_t setter; /* password: the line that sets it */
};

/* A service that is being judged. An error stays, and the rest is idle. */
struct ward_pam_judge {
	struct ward_pam *pam;
	const struct ward_pam_service *service;
	struct ward_pool *pool;
	struct ward_pam_side sides[WARD_PAM_SESSION];
	struct ward_service *out;
	enum ward_claimant by;
	/* auth: can it succeed, by a password, by a module that is not known
	 * alone? */
	bool lets_in, by_password, by_stranger;
	bool daemon;    /* its program is root itself */
	uint64_t spent; /* lines of the proofs made for it */
	int error;
};

#define WARD_PAM_CASE_MAYS (2 * (size_t)WARD_PAM_MAYS)
/* auth, which has no use for NO_TOKEN: who is let in was asked for something
 * else than a password, or is root. */
#define WARD_BIT_VOUCHED WARD_BIT_NO_TOKEN

/* A call of a stack in a world. */
struct ward_pam_case {
	const struct ward_pam_side *side;
	struct ward_pam_world world;
	/* Where it is set: the lines for which the world is so; for the others
	 * the account and the new password are fine, or may be either. */
	bool either;
	bool (*holds)(const struct ward_pam_case *c, uint32_t handler);
	int64_t limit; /* for it */
	uint8_t care;
	/* A module that is not known may do what is asked for even if it
	 * refuses. */
	bool doubt;
	uint32_t asked; /* from here on nobody asks for a new password: where
			 * one is asked for again, none was taken away */
	bool daemon;    /* its program runs as root, and not for somebody */
	struct ward_pam_may mays[WARD_PAM_CASE_MAYS];
};

/* An end that breaks a claim. */
struct ward_pam_end {
	int code; /* -1: any */
	uint8_t with, without;
};

/* Read what its lines do. */
void ward_pam_side_read(struct ward_pam_judge *j, enum ward_pam_type type);
/* Is nothing known of the line's module? */
bool ward_pam_side_stranger(const struct ward_pam_side *side, uint32_t handler);
bool ward_pam_is_ours(const struct ward_pam_case *c, uint32_t handler);

/* What the line's module may do. */
size_t ward_pam_case_may(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass, struct ward_pam_may mays[WARD_PAM_CASE_MAYS]);
/* May it do it with these bits? */
bool ward_pam_case_bits(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass, uint8_t bits);
/* Can it neither succeed nor abstain? */
bool ward_pam_case_refuses(const struct ward_pam_case *c, uint32_t handler,
    uint32_t pass);
/* The first line that refuses, or that may do it with all of these bits, or
 * the stack's count. */
uint32_t ward_pam_case_refuser(const struct ward_pam_case *c);
uint32_t ward_pam_case_doer(const struct ward_pam_case *c, uint8_t bits);

/* NULL: an error, or there are too many cases. */
struct ward_pam_proof *ward_pam_case_prove(struct ward_pam_judge *j,
    struct ward_pam_case *c);
/* Can it end in any of these ways? What is UNSURE may have done what `with`
 * asks for, unless that is told apart. Without a proof it is UNSURE. */
struct ward_pam_breach ward_pam_case_end(struct ward_pam_judge *j,
    const struct ward_pam_proof *proof, const struct ward_pam_end *ends,
    size_t count, bool stranger);
/* The same, with a proof of its own. */
struct ward_pam_breach ward_pam_case_look(struct ward_pam_judge *j,
    struct ward_pam_case *c, const struct ward_pam_end *ends, size_t count);
/* Keep the steps in the pool. */
void ward_pam_breach_keep(struct ward_pam_judge *j,
    struct ward_pam_breach *breach, struct ward_pam_step *steps, size_t count);

struct ward_claim *ward_pam_claim(struct ward_pam_judge *j,
    enum ward_claim_id id);
/* HELD, UNKNOWN or BROKEN, with the steps. */
void ward_pam_claim_tell(struct ward_pam_judge *j, enum ward_claim_id id,
    const struct ward_pam_case *c, const struct ward_pam_breach *breach);
/* The line that is named with it; the stack's count: none. */
void ward_pam_claim_at(struct ward_claim *claim,
    const struct ward_pam_side *side, uint32_t line);
/* The line that sets a password as the last step of the way. */
void ward_pam_breach_add_setter(struct ward_pam_judge *j,
    struct ward_pam_breach *b);
/* pam_unix and pam_pwhistory keep older passwords in one file, each in its own
 * way and up to its own number, and drop what the other has kept. */
void ward_pam_claim_keepers(struct ward_pam_judge *j,
    const struct ward_pam_side *side);
/* pam_acctward.so holds it, or is what it hangs on, or neither. */
void ward_pam_claim_by_plan(struct ward_pam_judge *j, enum ward_claim_id id,
    const struct ward_pam_case *c, const struct ward_pam_breach *breach);
/* The last step of the breach at which the module did as told, or the
 * stack's count. */
uint32_t ward_pam_breach_last(const struct ward_pam_case *c,
    const struct ward_pam_breach *breach, uint8_t bits);

/* The last line that succeeded. */
uint32_t ward_pam_breach_let(const struct ward_pam_case *c,
    const struct ward_pam_breach *breach);

/* The numbers that the lines give, but 0, each once, the smallest first; in
 * the pool. `of` is 0 or the lockout whose lines are looked at. */
int64_t *ward_pam_side_numbers(struct ward_pam_judge *j,
    const struct ward_pam_side *side, enum ward_pam_number number, uint32_t of,
    size_t *ret_count);

/* auth's or account's call. */
struct ward_pam_case ward_pam_case_new(const struct ward_pam_judge *j,
    enum ward_pam_type type, uint8_t care);

/* The claims about each stack. */
void ward_pam_judge_auth(struct ward_pam_judge *j);
void ward_pam_judge_account(struct ward_pam_judge *j);
void ward_pam_judge_password(struct ward_pam_judge *j);
/* LOCKED, COUNTED and RESET. */
void ward_pam_judge_lockout(struct ward_pam_judge *j);

/* Is it only a part of others? */
int ward_pam_is_fragment(struct ward_pam *pam,
    const struct ward_pam_service *service, bool *ret_fragment);

#endif
