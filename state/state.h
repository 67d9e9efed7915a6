/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * state: what is read and written while somebody logs in.
 *
 * Small files of root's: below /var/lib/acctward one for each account that has
 * something to remember, and the plan as it was last worked out; and
 * /var/log/acctward/events.jsonl. What they cost does not grow with how many
 * accounts there are. Nothing here logs, waits for anybody's prompt, forks or
 * changes the process: no signal, umask, locale, environment or directory.
 * Any thread may call it, with objects of its own. Descriptors are
 * close-on-exec.
 *
 * Errors and outputs are as in policy/policy.h.
 */
#ifndef WARD_STATE_H
#define WARD_STATE_H

#include "policy/policy.h"

/* ---- where it lies ------------------------------------------------------ */

struct ward_state;

enum ward_state_use {
	WARD_STATE_LOOK, /* nothing is made or written */
	WARD_STATE_PEEK, /* nor has anything to be there, or to be the caller's
			  * to see: what can't be seen is told as not known */
	WARD_STATE_KEEP, /* directories that are missing are made, 0700 */
};

/*
 * Open the directories below `root` (NULL or "/": the running host's). Each
 * component that is ours has to be a directory, no link, of root's or the
 * caller's, that nobody else can write: else WARD_ERR_UNSAFE. WARD_ERR_MISSING:
 * there is none, and it was not to be made. WARD_ERR_DENIED: the caller may
 * not enter it.
 */
int ward_state_open(const char *root, enum ward_state_use use,
    struct ward_state **ret_state, struct ward_error *err);
void ward_state_close(struct ward_state *state);
/* As it was given, "" for the running host's: what names are put behind. */
const char *ward_state_root(const struct ward_state *state);

/* ---- time --------------------------------------------------------------- */

/*
 * A moment by two clocks, in milliseconds: since 1970, which people set, and
 * since `boot` began, which nobody can. Between two moments of one boot the
 * second one counts.
 */
struct ward_instant {
	int64_t wall, up;
	uint64_t boot; /* of boot_id; 0: not known */
};

int ward_instant_now(struct ward_instant *ret_now, struct ward_error *err);
/* The same later in one process. */
int ward_instant_again(struct ward_instant *instant, struct ward_error *err);
/*
 * Milliseconds from `then` to `now`, never negative: a moment that seems to
 * lie ahead, because the clock was set back, is now.
 */
int64_t ward_instant_age(const struct ward_instant *then,
    const struct ward_instant *now);
/* Does it seem to lie ahead, so that it has to be written anew? */
bool ward_instant_ahead(const struct ward_instant *then,
    const struct ward_instant *now);

/* ---- one account's file ------------------------------------------------- */

/*
 * An account's tally: its failed log-ins, and the few marks kept beside them.
 * An open tally is of one thread and one attempt. Its file is never replaced,
 * only written in records of which each is there whole or not at all, and
 * never shrinks.
 */
struct ward_tally;

enum ward_tally_use {
	WARD_TALLY_LOOK, /* read only */
	WARD_TALLY_KEEP, /* WARD_ERR_MISSING where there is none */
	WARD_TALLY_MAKE, /* made, empty, where there is none */
};

/* Names are encoded, so that none leaves the directory; WARD_ERR_RANGE: empty,
 * or longer than a file's name can be. WARD_ERR_UNSAFE: not a regular file of
 * root's or the caller's that nobody else can write. */
int ward_tally_open(struct ward_state *state, const char *name,
    enum ward_tally_use use, struct ward_tally **ret_tally,
    struct ward_error *err);
/* A place that is still reserved becomes a failure: nobody said what came of
 * it. */
void ward_tally_close(struct ward_tally *tally);

/* login.lockout of the account's class. */
struct ward_limits {
	uint32_t attempts, seconds;
};

/* From where somebody logs in; any may be NULL. What is too long is cut. */
struct ward_from {
	const char *service, *tty, *rhost;
};

enum ward_gate {
	WARD_GATE_LOCKED = 0, /* nobody gets in */
	WARD_GATE_FULL, /* as many passwords as are left are being tested: try
			 * again when one of those has an answer */
	WARD_GATE_OPEN,
};

/*
 * Before a password is tested: reserve one of the attempts that are left, if
 * there is one. Failures count for `seconds` each; with the attempts'th the
 * account is locked for `seconds` from that one on. A place whose holder died
 * without an answer is a failure. So in no window of `seconds` are more than
 * `attempts` passwords tested that were wrong.
 */
int ward_tally_enter(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, const struct ward_from *from,
    enum ward_gate *ret_gate, struct ward_error *err);
/* The same without reserving: LOCKED or OPEN. For who does not know when the
 * password is tested; then ward_tally_succeed() has the last word. */
int ward_tally_look(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, enum ward_gate *ret_gate,
    struct ward_error *err);
/* It was wrong: on disk when this returns 0, and the place is free again.
 * *ret_locks: this failure has locked the account, and none before it. */
int ward_tally_fail(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, const struct ward_from *from,
    bool *ret_locks, struct ward_error *err);
/* Has the call before found the account locked by attempts that nobody has
 * answered for? Of all who call one is told so, once, and from where the one
 * came that locked it: good until the next call for the tally. */
bool ward_tally_found_lock(struct ward_tally *tally,
    struct ward_from *ret_from);
/*
 * It was right: no failure counts any more, and the place is free again. Where
 * no place was reserved, and the account has been locked meanwhile, the gate
 * is LOCKED and nothing changes; else it is OPEN.
 */
int ward_tally_succeed(struct ward_tally *tally,
    const struct ward_limits *limits, const struct ward_instant *now,
    enum ward_gate *ret_gate, struct ward_error *err);
/* An administrator's: no failure counts any more, nor any place that others
 * hold, unless theirs fails after this; on disk when it returns. */
int ward_tally_reset(struct ward_tally *tally, struct ward_error *err);

/* What is remembered beside the failures. Zeroed: nothing. */
struct ward_marks {
	int64_t last_use;   /* seconds; a log-in that was let in */
	uint64_t password;  /* ward_password_mark() when its holder set it */
	bool reset;         /* an administrator has set it since */
	uint64_t passwd_at; /* where its lines were found last */
	uint64_t shadow_at;
	int64_t revived;  /* seconds; when an administrator has set it, so that
			  * it may be unused for as long again */
	int64_t changing; /* seconds; when its holder began to set another than
			   * `password`; 0: what came of it is known */
};

int ward_tally_marks(struct ward_tally *tally, struct ward_marks *ret_marks,
    struct ward_error *err);
/* Write those that differ between the two; what others have written meanwhile
 * in the rest stays. `durable`: on disk when it returns. */
int ward_tally_set_marks(struct ward_tally *tally,
    const struct ward_marks *from, const struct ward_marks *to, bool durable,
    struct ward_error *err);
/* Has somebody else than its holder set the password that it has now, whose
 * ward_password_mark() this is? 0: it is not known, and so is not. `changed`:
 * the day on which it was set, if that is known. */
bool ward_marks_temporary(const struct ward_marks *marks, uint64_t password,
    struct ward_optional changed);
/*
 * The marks of the account that has a file, without its failures. Cheaper than
 * to open it. The errors are ward_tally_open()'s; WARD_ERR_SYNTAX: they are
 * damaged, and lost, where the door goes on without them.
 */
int ward_tally_peek(struct ward_state *state, const char *name,
    struct ward_marks *ret_marks, struct ward_error *err);
#define WARD_TALLY_PATH_SIZE 320
/* Where the file lies below the root. WARD_ERR_RANGE: nowhere. */
int ward_tally_path(const char *name, char path[WARD_TALLY_PATH_SIZE]);
/*
 * Add what is remembered to facts from elsewhere: whether the password is
 * temporary, when an administrator has set one, and the last use where that is
 * later. `password` is as above,
 * `now` in seconds, and `path` is named as the source and has to outlive the
 * account.
 */
void ward_marks_add(const struct ward_marks *marks, uint64_t password,
    int64_t now, const char *path, struct ward_account *account);

enum ward_failure_kind {
	WARD_FAILURE_FAILED,
	WARD_FAILURE_LOCKED,    /* the one that locked the account */
	WARD_FAILURE_TESTING,   /* its password is being tested */
	WARD_FAILURE_ABANDONED, /* nobody said what came of it: counts */
	WARD_FAILURE_TORN,      /* a record that can't be read: counts */
};

#define WARD_FROM_SIZE 64
struct ward_failure {
	enum ward_failure_kind kind;
	struct ward_instant when;
	bool counts; /* not ended by time, by a success or by a reset */
	char service[24], from[WARD_FROM_SIZE]; /* the host, else the tty */
};

#define WARD_FAILURES_MAX 128

struct ward_tally_view {
	struct ward_failure list[WARD_FAILURES_MAX]; /* oldest first */
	size_t count;
	uint32_t counting; /* how many of them count */
	bool locked;
	int64_t left; /* milliseconds until the lock ends */
	struct ward_marks marks;
};

int ward_tally_view(struct ward_tally *tally, const struct ward_limits *limits,
    const struct ward_instant *now, struct ward_tally_view *ret_view,
    struct ward_error *err);
/* The names of all that have a file, or something else in its place, in order
 * of name. Stops when visit returns non-zero, and returns that. */
int ward_tally_each(struct ward_state *state,
    int (*visit)(void *arg, const char *name), void *arg,
    struct ward_error *err);

/* ---- who is privileged -------------------------------------------------- */

/* Of the list, those that can't be told from the files of a log-in. */
#define WARD_WAYS_KEPT \
	(1u << WARD_PATH_SUDO | 1u << WARD_PATH_DOAS | 1u << WARD_PATH_KEY)

/* By which ways: 1 << enum ward_path_kind. */
struct ward_privilege {
	const char *name;
	unsigned int ways;
};

/*
 * Keep the list, in any order, for those that can't work it out themselves: on
 * disk when this returns 0. An account that is named twice has the ways of
 * both. `adds`: what was kept before stays, too. A name that is too long for
 * the file of an account is left out. Of two at once each waits for the other.
 * The state has to be one to KEEP.
 */
int ward_privileges_keep(struct ward_state *state,
    const struct ward_privilege *list, size_t count, bool adds,
    struct ward_error *err);
/* The account's ways; 0: none, or no list is kept. WARD_ERR_UNSAFE: others may
 * write the file. WARD_ERR_SYNTAX: it is damaged. Of a name that is too long to
 * be in a list nobody knows, and it has all that are kept. */
int ward_privileges_find(struct ward_state *state, const char *name,
    unsigned int *ret_ways, struct ward_error *err);

/* Each that is kept, in order of name. Stops when visit returns non-zero, and
 * returns that; else the errors are ward_privileges_find()'s. */
int ward_privileges_each(struct ward_state *state,
    int (*visit)(void *arg, const char *name, unsigned int ways), void *arg,
    struct ward_error *err);

/* ---- local accounts ----------------------------------------------------- */

/* One account's facts, as its files told them. */
struct ward_local;

/*
 * Look the name up in passwd(5), shadow(5) and group(5) below the root, as the
 * C library does, in the list of who is privileged, and in the tally's marks
 * (may be NULL), which are told where its lines were found; their numbers are
 * not known. What lastlog(8) says is held against the host's moment, or the
 * clock where that is 0. WARD_ERR_MISSING: no local account has the name.
 * WARD_ERR_UNSAFE: others may write one of the files. WARD_ERR_SYNTAX: the list
 * is damaged. A shadow(5) that can't be read leaves what it would tell not
 * known.
 */
int ward_local_find(struct ward_state *state, const char *name,
    const struct ward_host *host, const char *shells, const char *groups,
    struct ward_marks *marks, struct ward_local **ret_local,
    struct ward_error *err);
/* Does shadow(5) still have the password that was found there? False where that
 * can't be told: look it up again. */
bool ward_local_is_current(const struct ward_state *state,
    const struct ward_local *local);
void ward_local_free(struct ward_local *local);
const struct ward_account *ward_local_account(const struct ward_local *local);
/* Its password field as shadow(5), or passwd(5), has it; NULL: it could not be
 * read. A secret: it is wiped with the facts. */
const char *ward_local_field(const struct ward_local *local);
/* The GECOS field of passwd(5). */
const char *ward_local_gecos(const struct ward_local *local);
/* ward_password_mark() of its password field; 0: it could not be read. */
uint64_t ward_local_password(const struct ward_local *local);

/* ---- the plan in force -------------------------------------------------- */

/* What is judged by at log-in: the plan, and what of the host it is judged
 * with. */
struct ward_order {
	struct ward_plan *plan;
	struct ward_host host; /* no name, no moment */
	char *shells; /* listed in shells(5), as words; NULL: no file */
	/* The files could not be used, and this is what they said before: why,
	 * or "". */
	char stale[768];
};

/*
 * The plan that acctward.conf chooses, from what was worked out before where
 * no file that it came from has changed since, else worked out anew and kept.
 * A plan that does not load leaves the one before it in force; without one,
 * the error is that of the load.
 */
int ward_order_find(struct ward_state *state,
    const struct ward_plan_places *places, struct ward_order **ret_order,
    struct ward_error *err);
/* The same of plan `id` (NULL: the one chosen), worked out now, whatever is
 * kept; and nothing of it is kept. */
int ward_order_make(const struct ward_state *state,
    const struct ward_plan_places *places, const char *id,
    struct ward_order **ret_order, struct ward_error *err);
void ward_order_free(struct ward_order *order);

/* ---- older passwords ---------------------------------------------------- */

/*
 * Which of its account's passwords is this one? `field` is the current
 * password field (NULL: none), and at most `older` before it are looked at:
 * those of the account's own file, or, where it has none yet, those of
 * opasswd(5). No more hashes are computed than there are different ones to
 * hold it against; one of a scheme that crypt(3) here does not know matches
 * nothing and is told in *ret_strange, and nothing is ever taken for a DES
 * hash that is not one by its form. WARD_ERR_UNSAFE, WARD_ERR_SYNTAX: the file
 * is not to be trusted.
 */
int ward_history_find(struct ward_state *state, const char *name,
    const char *field, uint32_t older, const char *password,
    enum ward_reuse *ret_reuse, uint32_t *ret_older, bool *ret_strange,
    struct ward_error *err);
/* Could they be looked at? Computes no hash; the errors are the above's. */
int ward_history_check(struct ward_state *state, const char *name,
    struct ward_error *err);
/*
 * Remember the field as the newest one, if it holds a hash and is not the
 * newest already, with at most `older` before it. The file is the old one or
 * the new one, and of two who add at once both are kept. `durable`: the new one
 * on disk when it returns; else the power may fail within seconds, and leave
 * the old one.
 */
int ward_history_add(struct ward_state *state, const char *name,
    const char *field, uint32_t older, bool durable, struct ward_error *err);

/* ---- a new password ------------------------------------------------------ */

struct ward_new_password {
	const char *name;               /* NULL: nobody's yet */
	const struct ward_local *local; /* NULL: no account of this host, which
					 * is judged as a person's, and has no
					 * history */
	const char *old;                /* where it was typed, or NULL */
	bool reset, forced;             /* as in struct ward_candidate */
	bool random; /* made by chance: it is held against none before it */
};

/*
 * Judge it as every door does: look at it, hold it against the older ones, and
 * evaluate. Each finding goes to the sink, passes too. *ret_act is the
 * strongest of theirs: REFUSE, WARN or NONE; and of a temporary one that the
 * plan does not hold to its rules at most WARN. `lacks` may be NULL: gets the
 * dictionary that is not there. Errors are those of the parts: nobody is to
 * set the password then, and the text is fit for who typed it.
 */
int ward_new_password_judge(struct ward_state *state,
    const struct ward_order *order, const struct ward_weak_places *places,
    const struct ward_new_password *new, const char *password, size_t size,
    ward_finding_fn *sink, void *arg, enum ward_act *ret_act, char lacks[256],
    struct ward_error *err);
/* Now, in the zone of the host's clock; in UTC in a set-uid program whose caller
 * has said another, TZ. */
struct ward_moment ward_moment_now(void);
/* What is asked of it, as ward_evaluate_demands(). */
int ward_new_password_demands(const struct ward_order *order,
    const struct ward_new_password *new, ward_finding_fn *sink, void *arg,
    struct ward_error *err);

/* ---- events ------------------------------------------------------------- */

enum ward_event_id {
#define EVENT(sym, id, rule, audit, also, success, text) WARD_EVENT_##sym,
#include "events.def"
#undef EVENT
	WARD_EVENT_COUNT
};

struct ward_event_kind {
	const char *id;         /* "login.locked" */
	enum ward_rule_id rule; /* WARD_RULE_COUNT: none */
	int audit[2];           /* types of linux/audit.h; 0: no record */
	bool success;           /* what the audit record says came of it */
	const char *text;       /* for syslog, in English */
};

extern const struct ward_event_kind ward_events[WARD_EVENT_COUNT];

/* Any string may be NULL, and is written so that it can't end its line. */
struct ward_event {
	enum ward_event_id id;
	struct ward_moment when;
	const char *user; /* the account */
	struct ward_optional uid;
	const char *by; /* who did it, where that is not the account */
	struct ward_from from;
	enum ward_reason_id reason; /* of a finding, whose rule is then told
				     * instead; or WARD_REASON_NONE */
	const char *plan, *clause;  /* of the rule */
	const char *detail;         /* why, or how often */
};

/* One line of JSON (docs/schema/acctward-event-1.json), in one write, to
 * events.jsonl below the root, and the audit record where there is somebody to
 * take it (running host only). The state has to be one to KEEP. */
int ward_event_write(struct ward_state *state, const struct ward_event *event,
    struct ward_error *err);
/* The same as one line of text for syslog, cut at `size`. */
void ward_event_text(const struct ward_event *event, char *text, size_t size);

#endif
