/* SPDX-License-Identifier: BSD-2-Clause */
/* Inside collect/pam/modules*.c: how the arguments and files of a line are
 * made into what its module does. */
#ifndef WARD_PAM_MODULES_H
#define WARD_PAM_MODULES_H

#include "collect/base/pool.h"
#include "collect/pam/world.h"

/* What a line is set to: flags of struct ward_pam_line. */
enum ward_pam_trait {
	T_BROKEN = 1 << 0,     /* it fails in every call */
	T_TOKEN = 1 << 1,      /* asks for no new password itself */
	T_ASKS = 1 << 2,       /* asks for one where there is none */
	T_AGAIN = 1 << 22,     /* and for another where it has refused one */
	T_ROOT = 1 << 3,       /* root is not exempt */
	T_NAME = 1 << 4,       /* refuses the account's name */
	T_WEAK = 1 << 5,       /* refuses words */
	T_ALL = 1 << 6,        /* refuses every new password */
	T_OFF = 1 << 7,        /* does nothing */
	T_NULLOK = 1 << 8,     /* lets the empty password in */
	T_RESETOK = 1 << 9,    /* where it has to be changed */
	T_NO_EXPIRY = 1 << 10, /* a key needs no password of the right age */
	T_PREAUTH = 1 << 11,
	T_AUTHFAIL = 1 << 12,
	T_AUTHSUCC = 1 << 13,
	T_CHANGED = 1 << 14,
	T_ADMINS = 1 << 15, /* a group is as exempt as root */
	T_YES = 1 << 16,    /* it agrees, in the world of root or user: */
	T_NO = 1 << 17,
	T_ROOT_YES = 1 << 18,
	T_ROOT_NO = 1 << 19,
	/* What holds in a world: */
	W_ROOT = 1 << 20,
	W_LOCKED = 1 << 21, /* by this line's numbers */
	W_EXEMPT = 1 << 23,
	W_ENDED = 1 << 24,
	W_CHANGE = 1 << 25,
	W_RIGHT = 1 << 26,
	W_WRONG = 1 << 27,
	W_EMPTY = 1 << 28,
	W_REFUSED = 1 << 29, /* the line refuses the new password */
	W_OURS = 1 << 30,    /* pam_acctward.so does what its plan asks */
};

/* A line that is being read. */
struct ward_pam_reading {
	struct ward_pam_modules *modules;
	const struct ward_pam_handler *handler;
	enum ward_pam_type type;
	struct ward_pam_line *line;
};

/* Modules that do the same. */
enum ward_pam_sort {
#define SORT(sort, codes, bits, traits) WARD_PAM_SORT_##sort,
#define MODULE(name, sort, read)
#define MAY(sort, type, pass, has, lacks, codes, bits)
#include "collect/pam/modules.def"
#undef SORT
#undef MODULE
#undef MAY
	WARD_PAM_SORTS
};

struct ward_pam_module {
	const char *name;
	enum ward_pam_sort sort;
	int (*read)(struct ward_pam_reading *r);
};

int ward_pam_read_nothing(struct ward_pam_reading *r);
int ward_pam_read_unix(struct ward_pam_reading *r);
int ward_pam_read_pwquality(struct ward_pam_reading *r);
int ward_pam_read_cracklib(struct ward_pam_reading *r);
int ward_pam_read_passwdqc(struct ward_pam_reading *r);
int ward_pam_read_pwhistory(struct ward_pam_reading *r);
int ward_pam_read_faillock(struct ward_pam_reading *r);
int ward_pam_read_tally(struct ward_pam_reading *r);
int ward_pam_read_nologin(struct ward_pam_reading *r);
int ward_pam_read_localuser(struct ward_pam_reading *r);
int ward_pam_read_succeed_if(struct ward_pam_reading *r);
int ward_pam_read_server(struct ward_pam_reading *r);
int ward_pam_read_code(struct ward_pam_reading *r);
int ward_pam_read_ours(struct ward_pam_reading *r);

/* ---- arguments ----------------------------------------------------------- */

/* What is behind a prefix ("remember="), or NULL. */
const char *ward_pam_behind(const char *arg, const char *prefix);
/* Is one of them just this, or this with "=": as libpam looks for its own? */
bool ward_pam_has_option(const struct ward_pam_handler *handler,
    const char *option);
/* As strtol(3) does it: what is no number is 0, what follows is left. */
int64_t ward_pam_leading_number(const char *text);
/* As scanf(3) does it with %u and %hu; false: there is no number. */
bool ward_pam_scanned_number(const char *text, bool half, int64_t *ret_number);

void ward_pam_set_number(struct ward_pam_line *line,
    enum ward_pam_number number, int64_t value, struct ward_source source);
/* It is not known what the line does. */
int ward_pam_give_up(struct ward_pam_reading *r, const char *why,
    struct ward_source source);
/* The number of a count's home: two lines that give the same share it. */
int ward_pam_lockout_of(struct ward_pam_reading *r, const char *kind,
    const char *place);

/* ---- files --------------------------------------------------------------- */

struct ward_pam_setting {
	const char *name, *value;
	uint32_t line;
};

/* A file of settings, as pam_faillock and libpwquality read it. */
struct ward_pam_conf {
	const char *path;
	enum {
		WARD_PAM_CONF_READ,
		WARD_PAM_CONF_MISSING,
		WARD_PAM_CONF_ODD /* it can't be read, or is no file */
	} state;
	const struct ward_pam_setting *settings;
	uint32_t count;
	uint32_t torn; /* the line where they give up, or 0 */
	const struct ward_pam_conf *next;
};

/* Each is read once. 0 or WARD_ERR_NOMEM. */
int ward_pam_conf_read(struct ward_pam_modules *modules, const char *path,
    const struct ward_pam_conf **ret_conf);
/* "/etc/security/pwquality.conf.d": its names in order, NULL ends them. */
int ward_pam_conf_names(struct ward_pam_modules *modules, const char *directory,
    const char *const **ret_paths, bool *ret_odd);

struct ward_pam_modules {
	struct ward_root *root;
	struct ward_pool *pool;
	const struct ward_pam_conf *confs;
	const char *const *pwquality; /* its names, once they are looked for */
	bool pwquality_odd;
	struct ward_pam_place {
		const char *kind, *place;
		uint32_t id;
		struct ward_pam_place *next;
	} * places;
};

#endif
