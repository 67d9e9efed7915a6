/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside of pam_acctward.so: one log-in, from its first line to its last. */
#ifndef WARD_DOOR_H
#define WARD_DOOR_H

#include <security/pam_modules.h>

#include "state/state.h"

/* ---- args.c: what stands behind the module's name ----------------------- */

enum door_stage {
	DOOR_AUTH,
	DOOR_ACCOUNT,
	DOOR_PASSWORD,
	DOOR_SESSION,
};

enum door_role {
	DOOR_NONE = 0,
	DOOR_PREAUTH,
	DOOR_AUTHFAIL,
	DOOR_AUTHSUCC,
	DOOR_CHANGED,
};

struct door_args {
	enum door_role role;
	const char *root, *plans; /* NULL: the running host's, and its own */
	const char *words, *dictionary; /* NULL: where they are installed */
	enum ward_language language;
	bool own_prompts; /* the modules behind ask for passwords themselves */
	bool nodelay, debug, silent;
	bool asks_nothing; /* the new password has been asked for before */
	unsigned int retry;
};

/* False: logged, and nobody is to be let in by this line. */
bool door_args_read(pam_handle_t *pamh, enum door_stage stage, int argc,
    const char **argv, struct door_args *ret_args);

/* ---- door.c: what is known of the log-in -------------------------------- */

#define DOOR_PATHS 4

struct door {
	struct door_args args;   /* of the line that is called, or was */
	char *paths[DOOR_PATHS]; /* those in them */
	char *user;
	struct ward_from from;
	bool warned;  /* of a plan that is out of date */
	bool silent;  /* nothing is said to the user */
	bool console; /* somebody sits at the host itself */

	/* Each NULL while it is not needed or not to be had. */
	struct ward_state *state;
	struct ward_order *order;
	struct ward_local *local;
	struct ward_tally *tally;
	struct ward_marks marks, kept; /* as they are to be, and on disk */

	struct ward_instant now; /* of the last look at the clocks */

	bool refused;  /* no later line may let this log-in in */
	bool reserved; /* the tally holds a place for it */
	bool tested;   /* left to the modules behind `preauth', and no line has
			* said what came of it */
	bool unanswered; /* `preauth' got no password */
	bool password;   /* its password has been found right */
	uint64_t before; /* the mark of the password that is being changed */
	uint64_t seen;   /* that, as the line that judges found it first */
	bool fresh;     /* it was, in the pass that `changed' is still to see */
	uint64_t taken; /* that, where a new one was accepted and `changed' has
			  * not run; or 0 */
	bool sets;      /* that was by a program for it, not at a log-in */
	bool judges;    /* there is such a line in the stack */
	bool exempt; /* what it took last breaks rules, by the plan's leave */
	bool unchanged; /* `changed' has found no other password */
	int64_t asked;  /* when the password was there, by CLOCK_MONOTONIC; 0 */
};

enum door_found {
	DOOR_TROUBLE = 0, /* could not be told: `err` says why */
	DOOR_STRANGER,    /* no local account, or none of our business */
	DOOR_OURS,
};

/* The log-in of this handle and user, begun by an earlier line; or NULL. */
struct door *door_current(pam_handle_t *pamh);
/* Begin one, in place of any before; it belongs to the handle. */
int door_begin(pam_handle_t *pamh, const struct door_args *args, int flags,
    struct door **ret_door);
/* That of the earlier lines, or a new one. */
int door_get(pam_handle_t *pamh, const struct door_args *args, int flags,
    struct door **ret_door);
int door_state(struct door *door, struct ward_error *err);
/* State, plan and account. */
enum door_found door_find(struct door *door, struct ward_error *err);
/* Has the account that was found still its password? Opens the state again. */
bool door_is_current(struct door *door);
/* Open its tally, if that is not done. */
int door_tally(struct door *door, enum ward_tally_use use,
    struct ward_error *err);
/* Look at the clocks again. */
int door_look_at_clocks(struct door *door, struct ward_error *err);
/* Write the marks, if they have changed. */
int door_keep_marks(struct door *door, bool durable, struct ward_error *err);
/* login.lockout for the account; attempts 0: none is asked for. The account is
 * looked up only where that is needed to tell. */
enum door_found door_lockout(struct door *door, struct ward_limits *ret_limits,
    struct ward_error *err);
/* Of one that was found. */
enum ward_class door_class(const struct door *door);
/* Root's way in, and that of break-glass accounts: at the local console. */
bool door_is_exempt(struct door *door);
/* Close every file, so that the caller's process is left with none of ours; a
 * place still reserved becomes a failure. */
void door_close(struct door *door);
/* That, and forget the account, so that it is looked up anew; what has been
 * decided stays. */
void door_forget_account(struct door *door);
/* That, and the plan. */
void door_forget(struct door *door);

/* ---- say.c: to the log, the user, and nobody -------------------------- */

struct door_note {
	const struct ward_finding *finding; /* or NULL */
	enum ward_reason_id reason;         /* in place of a finding, or NONE */
	bool by_plan;            /* not by a rule, but by the plan as a whole */
	const char *by, *detail; /* or NULL */
};

/* Syslog, the audit records and events.jsonl; false: that is not in the last,
 * which syslog has too. */
bool door_record(pam_handle_t *pamh, struct door *door, enum ward_event_id id,
    const struct door_note *note);
/* That the module could not do its work; no log-in hung on it. */
void door_fault(pam_handle_t *pamh, struct door *door,
    const struct ward_error *err);
/* The same, and what became of the log-in: "refused". */
void door_fault_and(pam_handle_t *pamh, struct door *door, const char *end,
    const struct ward_error *err);
/* That the plan in force is not the one that the files ask for: once. */
void door_warn(pam_handle_t *pamh, struct door *door);
void door_tell(pam_handle_t *pamh, const struct door *door, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

/* ---- demands.c: what is asked of a new password, in sentences ------------ */

/* Cut where it is full. */
struct door_list {
	enum ward_language language;
	char text[4096];
	size_t used;
	size_t refused, too_soon; /* of those that refuse; for its age alone */
};

/* Sinks, whose argument is a list. What a password has to be like: */
int door_list_demand(void *arg, const struct ward_finding *finding);
/* What stands against one: why, and what would satisfy it. */
int door_list_fault(void *arg, const struct ward_finding *finding);
/* A line of its own, laid out on as many as it takes. */
void door_list_add(struct door_list *list, const char *text);
/* One that is no member of the list, laid out in the same way. */
void door_list_sentence(struct door_list *list, const char *text);
/* The sentence, and the list below it; nothing where that is empty. */
void door_tell_list(pam_handle_t *pamh, const struct door *door, int style,
    const char *sentence, const struct door_list *list);

/* ---- weigh.c: a new password, held against the plan ---------------------- */

struct door_change {
	pam_handle_t *pamh;
	struct door *door;
	int flags;
	bool given;      /* a line before has asked for it */
	bool unjudged;   /* root's at the console, while nothing works */
	bool lacks;      /* of a dictionary, and it was said */
	bool missed;     /* one was empty, and that was said */
	uint64_t judged; /* the mark of the current one when it was judged */
	char last[WARD_PASSWORD_MAX + 2]; /* refused, cut behind what can't be
					   * a password; to be wiped */
};

/* Each while the account has been found, or found to be none of this host. */
struct ward_new_password door_new_password(const struct door_change *change);
/* Before there is one: can it be judged, and may there be one now? What stands
 * against it is in the list. */
int door_weigh_none(const struct door_change *change, struct door_list *list,
    struct ward_error *err);
int door_weigh(struct door_change *change, const char *password,
    struct door_list *list, enum ward_act *ret_act, struct ward_error *err);

/* ---- vain.c: what a wrong password costs ---------------------------------- */

/* Where no module will test the password: hold it against the account's hash,
 * or one of nobody's, and forget what came of it. Not where somebody else asks
 * for passwords. */
void door_work_in_vain(pam_handle_t *pamh, struct door *door);
/* The same behind those modules, where they had no hash to test it by. */
void door_make_up(pam_handle_t *pamh, struct door *door);

/* ---- auth.c, account.c, session.c, password.c, quality.c ----------------- */

int door_preauth(pam_handle_t *pamh, const struct door_args *args, int flags);
int door_authfail(pam_handle_t *pamh, const struct door_args *args, int flags);
int door_authsucc(pam_handle_t *pamh, const struct door_args *args, int flags);
/* The log-in's password was right: PAM_SUCCESS, or PAM_AUTH_ERR where that
 * comes too late. */
int door_succeed(pam_handle_t *pamh, struct door *door);
int door_account(pam_handle_t *pamh, const struct door_args *args, int flags);
int door_session(pam_handle_t *pamh, const struct door_args *args, int flags,
    enum ward_event_id id);
/* The name of who became the account, or sets its password, where that is
 * somebody else; NULL: nobody. */
#define DOOR_NAME_SIZE 256
const char *door_by(pam_handle_t *pamh, const struct door *door,
    char name[DOOR_NAME_SIZE]);
/* The same of who sets a password, and does so for another. */
const char *door_set_by(pam_handle_t *pamh, const struct door *door,
    char name[DOOR_NAME_SIZE]);
/* Was the password set by somebody else, and not changed since? */
bool door_is_temporary(const struct door *door);
/* Does it have to be changed, but can't be before that date? */
bool door_change_is_put_off(const struct door *door,
    char date[WARD_MOMENT_SIZE]);
/* Is it the holder who changes the password? */
bool door_is_holder(const struct door *door, int flags);
int door_changed(pam_handle_t *pamh, const struct door_args *args, int flags);
/* Nothing more comes: has a password been set behind `changed', or without
 * it? */
void door_check_end(pam_handle_t *pamh, struct door *door);
int door_quality(pam_handle_t *pamh, const struct door_args *args, int flags);
/* Its holder is to set another: noted, in case that can't be recorded. The
 * account has been found. */
int door_note_change(struct door *door, int flags, struct ward_error *err);
/* Keep the password that the account has now, where the plan asks for older
 * ones: on disk where it is to be replaced. The account has been found. */
int door_remember(struct door *door, bool durable, struct ward_error *err);

#endif
