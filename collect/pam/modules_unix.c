/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_unix and pam_pwhistory: by their arguments. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/pam/modules.h"

#define LOGIN_DEFS "/etc/login.defs"
#define PWHISTORY_CONF "/etc/security/pwhistory.conf"

/* ---- pam_unix ------------------------------------------------------------- */

/* In its order: the first of which an argument begins with the name is it. Not
 * so `min=', which it does not know. */
enum word {
	OTHER,
	NULLOK,
	RESETOK,
	NO_EXPIRY,
	REMEMBER,
	MINLEN,
	HASH,
	DES
};

static const struct {
	const char *name;
	enum word word;
} words[] = {
	{ "md5", HASH },
	{ "nullok", NULLOK },
	{ "bigcrypt", HASH },
	{ "remember=", REMEMBER },
	{ "sha256", HASH },
	{ "sha512", HASH },
	{ "blowfish", HASH },
	{ "minlen=", MINLEN },
	{ "no_pass_expiry", NO_EXPIRY },
	{ "des", DES },
	{ "gost_yescrypt", HASH },
	{ "yescrypt", HASH },
	{ "nullresetok", RESETOK },
};

#define WORDS (sizeof(words) / sizeof(words[0]))

struct unix_line {
	uint32_t flags;
	enum word hash; /* OTHER: as login.defs(5) says */
	int64_t minlen, remember;
};

static void
take_arg(const char *arg, struct unix_line *u)
{
	static const uint32_t flags[] = {
		[NULLOK] = T_NULLOK,
		[RESETOK] = T_RESETOK,
		[NO_EXPIRY] = T_NO_EXPIRY,
		[DES] = 0,
	};
	const char *rest = NULL;
	size_t i = 0;

	while (
	    i < WORDS && (rest = ward_pam_behind(arg, words[i].name)) == NULL) {
		i++;
	}
	if (i == WORDS) {
		return;
	}
	switch (words[i].word) {
	case REMEMBER:
		u->remember = (int)ward_pam_leading_number(rest);
		break;
	case MINLEN:
		u->minlen = (int)ward_pam_leading_number(rest);
		break;
	case HASH:
	case DES:
		u->hash = words[i].word;
		break;
	default:
		u->flags |= flags[words[i].word];
		break;
	}
}

/* The hash that login.defs(5) names, as far as it matters. */
static int
find_hash(struct ward_pam_reading *r, enum word *ret_hash, bool *ret_odd)
{
	const struct ward_pam_conf *conf;
	const char *method = "";

	if (ward_pam_conf_read(r->modules, LOGIN_DEFS, &conf) != 0) {
		return WARD_ERR_NOMEM;
	}
	for (uint32_t i = conf->count; i > 0; i--) {
		if (strcasecmp(conf->settings[i - 1].name, "ENCRYPT_METHOD") ==
		    0) {
			method = conf->settings[i - 1].value;
		}
	}
	*ret_odd = conf->state == WARD_PAM_CONF_ODD || conf->torn != 0;
	*ret_hash = DES;
	for (size_t i = 0; i < WORDS; i++) {
		if (words[i].word == HASH &&
		    strncasecmp(method, words[i].name, strlen(words[i].name)) ==
			0) {
			*ret_hash = HASH;
		}
	}
	return 0;
}

/* crypt(3) as of old looks at 8 characters: more are not demanded then. */
static int
shorten(struct ward_pam_reading *r, struct unix_line *u)
{
	bool odd = false;

	if (u->minlen <= 8) {
		return 0;
	}
	if (u->hash == OTHER && find_hash(r, &u->hash, &odd) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (odd) {
		return ward_pam_give_up(r,
		    N_("a file that its module goes by can't be read"),
		    (struct ward_source){ LOGIN_DEFS, 0 });
	}
	u->minlen = u->hash == DES ? 8 : u->minlen;
	return 0;
}

static void
set_new_flags(struct ward_pam_reading *r, bool again)
{
	bool token = ward_pam_has_option(r->handler, "use_first_pass") ||
	    ward_pam_has_option(r->handler, "use_authtok");

	r->line->flags |= token ? T_TOKEN : again ? T_ASKS | T_AGAIN : T_ASKS;
}

/*
 * It has the current password from its holder and refuses it, besides those
 * that it remembers. `obscure' is in a bit that its function does not get.
 */
int
ward_pam_read_unix(struct ward_pam_reading *r)
{
	struct unix_line u = { .minlen = 6, .remember = -1 };

	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		take_arg(r->handler->args[i], &u);
	}
	r->line->flags = u.flags;
	if (r->type != WARD_PAM_PASSWORD) {
		return 0;
	}
	if (shorten(r, &u) != 0) {
		return WARD_ERR_NOMEM;
	}
	set_new_flags(r, true);
	u.remember = u.remember > 400 ? 400 : u.remember < 0 ? 0 : u.remember;
	ward_pam_set_number(r->line, WARD_PAM_LENGTH,
	    u.minlen < 1 ? 1 : u.minlen, r->handler->source);
	ward_pam_set_number(r->line, WARD_PAM_OLDER, u.remember + 1,
	    r->handler->source);
	return 0;
}

/* ---- pam_pwhistory --------------------------------------------------------- */

static const char *
behind_any_case(const char *arg, const char *prefix)
{
	size_t size = strlen(prefix);

	return strncasecmp(arg, prefix, size) == 0 ? arg + size : NULL;
}

/* 1.5.2 has neither; versions that have them go by what is in the file. */
static int
look_for_conf(struct ward_pam_reading *r)
{
	const struct ward_pam_conf *conf;

	if (ward_pam_conf_read(r->modules, PWHISTORY_CONF, &conf) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (conf->state == WARD_PAM_CONF_ODD ||
	    (conf->state == WARD_PAM_CONF_READ && conf->count > 0)) {
		return ward_pam_give_up(r,
		    N_("it depends on the version of its module whether this "
		       "file is read"),
		    (struct ward_source){ PWHISTORY_CONF,
			conf->count > 0 ? conf->settings[0].line : 0 });
	}
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		if (behind_any_case(r->handler->args[i], "conf=") != NULL) {
			return ward_pam_give_up(r,
			    N_("it depends on the version of its module what "
			       "an argument means"),
			    r->handler->source);
		}
	}
	return 0;
}

struct history {
	int remember, tries;
	bool root;
};

static void
take_history_arg(const char *arg, struct history *h)
{
	const char *rest;

	if ((rest = behind_any_case(arg, "remember=")) != NULL) {
		h->remember = (int)ward_pam_leading_number(rest);
		h->remember = h->remember < 0 ? 0 :
		    h->remember > 400         ? 400 :
						h->remember;
	} else if ((rest = behind_any_case(arg, "retry=")) != NULL) {
		h->tries = (int)ward_pam_leading_number(rest);
		h->tries = h->tries < 0 ? 1 : h->tries;
	} else if (strcasecmp(arg, "enforce_for_root") == 0) {
		h->root = true;
	}
}

/* It keeps the current one first, and then no more than it is told to: with
 * remember=3 that is the current one and two older ones. */
int
ward_pam_read_pwhistory(struct ward_pam_reading *r)
{
	struct history h = { .remember = 10, .tries = 1 };

	if (look_for_conf(r) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (r->line->module == NULL) {
		return 0;
	}
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		take_history_arg(r->handler->args[i], &h);
	}
	set_new_flags(r, h.tries > 1);
	r->line->flags |= (h.root ? T_ROOT : 0) |
	    (h.remember == 0 ? T_OFF : 0) | (h.tries == 0 ? T_ALL | T_ROOT : 0);
	if (h.remember > 0) {
		ward_pam_set_number(r->line, WARD_PAM_OLDER, h.remember,
		    r->handler->source);
	} else {
		r->line->flags &= ~(uint32_t)(T_ASKS | T_AGAIN);
	}
	return 0;
}
