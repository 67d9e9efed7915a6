/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A host's PAM stacks: what libpam would read, call and answer, and what can be
 * proved of it over all that its modules may return. Follows linux-pam 1.5.2,
 * as released and as Debian has it. Part of collect/collect.h, which is the
 * header that others include.
 */
#ifndef WARD_PAM_STACK_H
#define WARD_PAM_STACK_H

#include "policy/policy.h"

/* ---- what is configured ------------------------------------------------- */

/* Those of <security/_pam_types.h> that libpam itself makes or minds. */
enum ward_pam_code {
	WARD_PAM_SUCCESS = 0,
	WARD_PAM_PERM_DENIED = 6,
	WARD_PAM_AUTH_ERR = 7,
	WARD_PAM_NEW_AUTHTOK_REQD = 12,
	WARD_PAM_IGNORE = 25,
	WARD_PAM_ABORT = 26,
	WARD_PAM_MODULE_UNKNOWN = 28,
	WARD_PAM_INCOMPLETE = 31,
	WARD_PAM_CODES = 32
};

/* "new_authtok_reqd", as controls name it; "default" for WARD_PAM_CODES. */
const char *ward_pam_code_name(int code);

enum ward_pam_type {
	WARD_PAM_AUTH,
	WARD_PAM_ACCOUNT,
	WARD_PAM_PASSWORD,
	WARD_PAM_SESSION,
	WARD_PAM_TYPES
};

/* "auth" */
const char *ward_pam_type_name(enum ward_pam_type type);

/* What a control does about a code; a number above 0 is a jump over so many. */
enum ward_pam_action {
	WARD_PAM_DO_IGNORE = 0,
	WARD_PAM_DO_OK = -1,
	WARD_PAM_DO_DONE = -2,
	WARD_PAM_DO_BAD = -3,
	WARD_PAM_DO_DIE = -4,
	WARD_PAM_DO_RESET = -5
};

enum ward_pam_kind {
	WARD_PAM_MODULE,  /* may return anything */
	WARD_PAM_MISSING, /* no file that can be loaded: MODULE_UNKNOWN */
	WARD_PAM_BROKEN,  /* libpam can't use the line: PERM_DENIED */
	WARD_PAM_SUBSTACK /* where one begins; nothing is called */
};

/* One line that libpam keeps. */
struct ward_pam_handler {
	struct ward_source source;
	enum ward_pam_kind kind;
	uint8_t level; /* of substacks: 0 is the service's own, up to 15 */
	bool silent;   /* "-": that the module is missing is not logged */
	int32_t actions[WARD_PAM_CODES];
	const char *control; /* as written, without brackets */
	const char *module;  /* as written; NULL: none is */
	const char *const *args;
	uint32_t arg_count;
	/* Where it stands among its siblings, those of its substack: */
	uint32_t rank;        /* the how-many-th of them, from 0 */
	uint32_t group, size; /* siblings[group] to [group + size - 1] */
	uint32_t end;         /* the first one behind the substack */
};

struct ward_pam_stack {
	const struct ward_pam_handler *handlers; /* in libpam's order */
	uint32_t count;
	const uint32_t *siblings; /* indexes into handlers */
	bool other;               /* the service has none: it is other's */
	bool debian;              /* dispatched as Debian's libpam does */
};

/* How libpam takes the service as a whole. */
enum ward_pam_fate {
	WARD_PAM_READ,    /* its stacks are what libpam runs */
	WARD_PAM_REFUSED, /* pam_start(3) returns PAM_ABORT */
	WARD_PAM_UNSURE   /* it depends on the version, or can't be known */
};

/* A place that keeps a service from being judged, as something is not as it
 * was meant, even where what libpam makes of it is known. */
struct ward_pam_fault {
	struct ward_source source;
	const char *what; /* English, to be looked up by ward_phrase() */
};

struct ward_pam_service {
	const char *name;          /* as libpam has it: lower case */
	struct ward_source source; /* its file: its own, or other's */
	enum ward_pam_fate fate;
	struct ward_pam_stack stacks[WARD_PAM_TYPES];
	const struct ward_pam_fault *faults; /* in the order of reading */
	uint32_t fault_count;
};

enum ward_pam_dialect {
	WARD_PAM_AS_FOUND, /* Debian's, if there is an /etc/debian_version */
	WARD_PAM_UPSTREAM,
	WARD_PAM_DEBIAN /* @include; a frozen jump counts as ignored */
};

struct ward_pam_options {
	const char *root;
	const char *confdir; /* NULL, or as in pam_start_confdir(3) */
	enum ward_pam_dialect dialect;
};

struct ward_pam;

/*
 * Find out where the host below the root configures PAM: in /etc/pam.d and
 * /usr/lib/pam.d, or, where neither is a directory, in /etc/pam.conf. The
 * options need not outlive the call. It is no error if there is none.
 */
int ward_pam_open(const struct ward_pam_options *options,
    struct ward_pam **ret_pam, struct ward_error *err);
void ward_pam_close(struct ward_pam *pam);

/* The services that are configured, sorted. A file whose name has a capital
 * letter is none: libpam asks for lower case only. They live as long as pam. */
size_t ward_pam_count(const struct ward_pam *pam);
const char *ward_pam_name(const struct ward_pam *pam, size_t index);

/*
 * Read a service as libpam would that is asked for it by this name: case does
 * not matter, nor what is before the last slash, and other's stacks stand in
 * for those that it lacks. One that is not configured is other's. An error is
 * no memory; all else is a fault of the service. It lives without pam.
 */
int ward_pam_read(struct ward_pam *pam, const char *name,
    struct ward_pam_service **ret_service, struct ward_error *err);
void ward_pam_service_free(struct ward_pam_service *service);

/* ---- what is answered --------------------------------------------------- */

/* What libpam makes of the codes so far. */
struct ward_pam_state {
	int8_t impression; /* 0 none yet, 1 good, -1 bad */
	int status;
};

/*
 * One run of a stack. `cached` is NULL or a code for each handler: a run that
 * is not frozen writes what each returned, -1 at first; a frozen one (setcred
 * behind authenticate, close_session behind open_session) goes the same way.
 */
struct ward_pam_run {
	const struct ward_pam_stack *stack;
	int *cached;
	bool frozen;
	/* What the module returns that is called now. */
	int (*call)(void *arg, uint32_t handler);
	void *arg;
	/* Where a module that returned PAM_INCOMPLETE is asked again. Zeroed
	 * at first, and kept by ward_pam_run() from call to call. */
	bool resumed;
	uint32_t at;
	struct ward_pam_state state, saved[17];
};

/* What the call returns that the application has made. Of chauthtok, one of
 * its two runs: the second only if the first gave PAM_SUCCESS, and not
 * frozen. */
int ward_pam_run(struct ward_pam_run *run);

/* ---- what can be proved ------------------------------------------------- */

/* What a module may do: return one of the codes (bit i: code i; the highest:
 * any number that is no code), and then the bits hold. */
#define WARD_PAM_ANY (((uint64_t)1 << (WARD_PAM_CODES + 1)) - 1)

struct ward_pam_may {
	uint64_t codes;
	uint8_t bits;
};

struct ward_pam_question {
	const struct ward_pam_stack *stack;
	uint32_t passes; /* 2 for chauthtok, else 1 */
	uint8_t care;    /* the bits that matter: each may double the cost */
	/* What the handler's module may do in this pass, which holds until
	 * the next call. Asked once for each module and pass. */
	const struct ward_pam_may *(*may)(void *arg, uint32_t handler,
	    uint32_t pass, size_t *ret_count);
	void *arg;
};

struct ward_pam_proof;

/*
 * Follow all that may happen, once, from the first line to the last. Linear in
 * the stack's lines. WARD_ERR_NOMEM, or WARD_ERR_RANGE where substacks within
 * substacks make too many cases: nothing is proved then.
 */
int ward_pam_prove(const struct ward_pam_question *question,
    struct ward_pam_proof **ret_proof, struct ward_error *err);
void ward_pam_proof_free(struct ward_pam_proof *proof);
/* How many states it has met. */
size_t ward_pam_proof_size(const struct ward_pam_proof *proof);

struct ward_pam_step {
	uint32_t pass, handler;
	int code; /* WARD_PAM_CODES: a number that is no code */
};

/* Can it return this code, PAM_SUCCESS or PAM_NEW_AUTHTOK_REQD (-1: whatever
 * it is), with all of these bits and none of those? Then true, and how: lines
 * that call nothing aside, free() *ret_steps. True too where there is no memory to tell how: *ret_steps is NULL
 * and *ret_count not 0. */
bool ward_pam_proof_find(const struct ward_pam_proof *proof, int code,
    uint8_t with, uint8_t without, struct ward_pam_step **ret_steps,
    size_t *ret_count);

/* The same of whether the line's turn can come in that pass, whatever is
 * answered in the end: a password is set when the module that sets it is
 * called. */
bool ward_pam_proof_reach(const struct ward_pam_proof *proof, uint32_t pass,
    uint32_t handler, uint8_t without, struct ward_pam_step **ret_steps,
    size_t *ret_count);

/* ---- what a service does ------------------------------------------------ */

/*
 * Prove of a service what policy/service.h lists, for users and for root, by
 * what is known of its modules and their files below the root. One whose fate is
 * not WARD_PAM_READ, or which has faults, gives WARD_PROOF_UNKNOWN, or NONE where
 * libpam refuses every call. It lives as long as the pam and the service do.
 * An error is no memory.
 */
int ward_pam_claims(struct ward_pam *pam,
    const struct ward_pam_service *service, struct ward_service **ret_claims,
    struct ward_error *err);
void ward_pam_claims_free(struct ward_service *claims);

#endif
