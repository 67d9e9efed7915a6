/* SPDX-License-Identifier: BSD-2-Clause */
/* What a simulation has found, for the formats. */
#ifndef WARD_SIMULATION_H
#define WARD_SIMULATION_H

#include "report/report.h"

/* A finding that the door would act on; its strings are its own or the
 * account's, the clauses are the plan's. */
struct ward_kept {
	struct ward_kept *next;
	enum ward_act act;
	struct ward_finding finding;
};

/* By what an account with root's powers gets in. */
enum ward_way {
	WARD_WAY_PASSWORD = 1 << 0,
	WARD_WAY_KEY = 1 << 1,
	WARD_WAY_UNKNOWN = 1 << 2, /* it can't be told whether any does */
};

/* An account of which there is something to say. */
struct ward_simulated {
	struct ward_simulated *next; /* in the order of passwd(5) */
	char *name;
	struct ward_optional uid, keys;
	enum ward_class class;
	enum ward_act act; /* the hardest of its findings' */
	bool shut;         /* refused for a fault, whatever is found */
	char *fault;       /* of its own, or NULL */
	char *no_change;   /* why it can't set a new password, or NULL */
	bool console;      /* refused, but not at the local console */
	bool glass;        /* the plan lets it break the glass */
	bool absent;       /* named for that, and there is no such account */
	bool failing;      /* as many failures on record as would lock it */
	bool locked;       /* now */
	bool put_off;      /* what has to be changed can't be yet */
	bool told;         /* let in, and told how many days are left */
	bool ends;         /* of the account, not of its password */
	struct ward_optional expires, days_left; /* if few enough */
	unsigned int
	    ways; /* of enum ward_way; 0: no root's powers, or no way */
	int64_t failures, last_failure, lock_left; /* seconds */
	struct ward_kept *findings;                /* the hardest first */
};

/* How failed log-ins lock the accounts of a class. */
struct ward_simulated_lockout {
	bool asked; /* by the plan; */
	bool given; /* with its numbers */
	bool agency;
	uint32_t attempts, seconds;
	struct ward_citations shall, should;
};

enum ward_root_access {
	WARD_ROOT_UNKNOWN = 0, /* nobody for certain, but somebody perhaps */
	WARD_ROOT_NOBODY,
	WARD_ROOT_CONSOLE, /* at the local console only */
	WARD_ROOT_KEPT,
	WARD_ROOT_NOT_JUDGED, /* a part of the accounts */
};

struct ward_simulation {
	const struct ward_plan *plan;
	const struct ward_host *host;
	char *fault; /* why the door can't do its work for anybody, or NULL */
	bool part, locks_known;
	const struct ward_changes *changes; /* NULL: not known */
	/* From which rules anything would follow, for a class. */
	bool acts_on[WARD_CLASS_COUNT][WARD_RULE_COUNT];
	struct ward_simulated_lockout lockouts[WARD_CLASS_COUNT];
	uint64_t classes[WARD_CLASS_COUNT]; /* accounts */
	uint64_t accounts, privileged;
	uint64_t acts[WARD_ACT_REFUSE + 1];
	uint64_t stuck; /* have to change the password, and can't */
	uint64_t unknown[WARD_RULE_COUNT]; /* accounts that can't be judged */
	bool unset[WARD_RULE_COUNT];       /* the number is given by nobody */
	enum ward_root_access root;
	bool root_now; /* without the door, somebody gets in */
	struct ward_simulated *list, **end, *current;
};

/* ---- simulated.c ----------------------------------------------------------- */

/* Keep a copy of the finding. 0, or WARD_ERR_NOMEM. */
int ward_simulated_keep(struct ward_simulated *account,
    const struct ward_finding *finding, enum ward_act act);
void ward_simulated_free(struct ward_simulated *account);
/* By what the account gets in with root's powers, if the door lets it. Who has
 * only a key can't use what asks for the password; and PAM may refuse an empty
 * one. */
unsigned int ward_simulated_ways(const struct ward_host *host,
    const struct ward_account *account);

/* ---- simulate_words.c ------------------------------------------------------ */

/* "5 of them lock the account for 900 seconds" */
void ward_simulated_lockout_text(const struct ward_report *report,
    const struct ward_simulated_lockout *lockout, char *text, size_t size);
/* Those of both strengths, cleaned; "" for none. */
void ward_lockout_clauses(const struct ward_simulated_lockout *lockout,
    char *text, size_t size);
/* Does the same hold for both? */
bool ward_lockout_same(const struct ward_simulated_lockout *a,
    const struct ward_simulated_lockout *b);
/* "password, key; at the local console only" */
void ward_ways_text(const struct ward_report *report,
    const struct ward_simulated *account, char *text, size_t size);
/* "days until the password has to be changed: 5" */
void ward_days_text(const struct ward_report *report,
    const struct ward_simulated *account, char *text, size_t size);
/* Whether anybody with root's powers gets in, as a sentence. */
const char *ward_root_text(const struct ward_simulation *simulation);
/* "the log-in door can't do its work: …" */
void ward_fault_text(const struct ward_report *report, const char *fault,
    char *text, size_t size);
/* Has it to change its password, and can't? */
bool ward_simulated_is_stuck(const struct ward_simulation *simulation,
    const struct ward_simulated *account);
/* What else is to be known of what would happen, a sentence, or NULL. */
const char *ward_kept_note(const struct ward_simulated *account,
    const struct ward_kept *kept);

#endif
