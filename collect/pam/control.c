/* SPDX-License-Identifier: BSD-2-Clause */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "collect/pam/line.h"

#define UNSET (-6)

static const char *const codes[WARD_PAM_CODES + 1] = { "success", "open_err",
	"symbol_err", "service_err", "system_err", "buf_err", "perm_denied",
	"auth_err", "cred_insufficient", "authinfo_unavail", "user_unknown",
	"maxtries", "new_authtok_reqd", "acct_expired", "session_err",
	"cred_unavail", "cred_expired", "cred_err", "no_module_data",
	"conv_err", "authtok_err", "authtok_recover_err", "authtok_lock_busy",
	"authtok_disable_aging", "try_again", "ignore", "abort",
	"authtok_expired", "module_unknown", "bad_item", "conv_again",
	"incomplete", "default" };

/* In the order of enum ward_pam_action, from 0 down. */
static const char *const actions_named[] = { "ignore", "ok", "done", "bad",
	"die", "reset" };

#define ACTIONS (sizeof(actions_named) / sizeof(actions_named[0]))

static const struct {
	const char *word;
	int32_t good, ignore, rest;
} words[] = {
	{ "required", WARD_PAM_DO_OK, WARD_PAM_DO_IGNORE, WARD_PAM_DO_BAD },
	{ "requisite", WARD_PAM_DO_OK, WARD_PAM_DO_IGNORE, WARD_PAM_DO_DIE },
	{ "optional", WARD_PAM_DO_OK, WARD_PAM_DO_IGNORE, WARD_PAM_DO_IGNORE },
	{ "sufficient", WARD_PAM_DO_DONE, WARD_PAM_DO_IGNORE,
	    WARD_PAM_DO_IGNORE },
};

const char *
ward_pam_code_name(int code)
{
	return codes[code < 0 || code > WARD_PAM_CODES ? WARD_PAM_CODES : code];
}

void
ward_pam_control_fill(int32_t actions[WARD_PAM_CODES], int32_t action)
{
	for (size_t i = 0; i < WARD_PAM_CODES; i++) {
		actions[i] = action;
	}
}

static void
fill_unset(int32_t actions[WARD_PAM_CODES], int32_t action)
{
	for (size_t i = 0; i < WARD_PAM_CODES; i++) {
		actions[i] = actions[i] == UNSET ? action : actions[i];
	}
}

static const char *
skip_spaces(const char *at)
{
	while (isspace((unsigned char)*at)) {
		at++;
	}
	return at;
}

/* The first of the names with which it begins, whatever follows; count: none
 * of them. */
static size_t
take_name(const char **at, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(names[i]);

		if (strncmp(*at, names[i], size) == 0) {
			*at += size;
			return i;
		}
	}
	return count;
}

/* An action, or what is wrong. */
static const char *
take_action(const char **at, int32_t *ret_action, bool *ret_unclear)
{
	size_t name = take_name(at, actions_named, ACTIONS);
	int32_t jump = 0;

	if (name < ACTIONS) {
		*ret_action = -(int32_t)name;
		return NULL;
	}
	if (!isdigit((unsigned char)**at)) {
		return N_("there is an action in its control that PAM does not "
			  "have");
	}
	for (; isdigit((unsigned char)**at); ++*at) {
		/* libpam overflows: 4294967295 may be "ok". */
		if (jump >= 100000000) {
			*ret_unclear = true;
			return N_("it jumps over more lines than libpam can "
				  "count");
		}
		jump = jump * 10 + (**at - '0');
	}
	*ret_action = jump;
	return jump == 0 ? N_("it jumps over no line") : NULL;
}

/* One "value=action", or what is wrong. */
static const char *
take_pair(const char **at, int32_t actions[WARD_PAM_CODES], bool *ret_unclear)
{
	size_t code = take_name(at, codes, WARD_PAM_CODES + 1);
	int32_t action = 0;
	const char *what;

	if (code > WARD_PAM_CODES) {
		return N_("there is a value in its control that PAM does not "
			  "have");
	}
	*at = skip_spaces(*at);
	if (**at != '=') {
		return N_("there is no '=' behind a value in its control");
	}
	*at = skip_spaces(*at + 1);
	what = take_action(at, &action, ret_unclear);
	if (what != NULL) {
		return what;
	}
	if (code == WARD_PAM_CODES) {
		fill_unset(actions, action);
	} else {
		actions[code] = action;
	}
	return NULL;
}

void
ward_pam_control_parse(const char *word, int32_t actions[WARD_PAM_CODES],
    const char **ret_what, bool *ret_unclear)
{
	*ret_what = NULL;
	*ret_unclear = false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(word, words[i].word) == 0) {
			ward_pam_control_fill(actions, words[i].rest);
			actions[WARD_PAM_SUCCESS] = words[i].good;
			actions[WARD_PAM_NEW_AUTHTOK_REQD] = words[i].good;
			actions[WARD_PAM_IGNORE] = words[i].ignore;
			return;
		}
	}
	ward_pam_control_fill(actions, UNSET);
	for (word = skip_spaces(word); *word != '\0' && *ret_what == NULL;
	     word = skip_spaces(word)) {
		*ret_what = take_pair(&word, actions, ret_unclear);
	}
	fill_unset(actions, WARD_PAM_DO_BAD);
	if (*ret_what != NULL) {
		ward_pam_control_fill(actions, WARD_PAM_DO_BAD);
	}
}
