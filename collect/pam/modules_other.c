/* SPDX-License-Identifier: BSD-2-Clause */
/* Modules of which few arguments matter, and pam_acctward's. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/pam/modules.h"

static bool
has_arg(const struct ward_pam_handler *handler, const char *arg)
{
	for (uint32_t i = 0; i < handler->arg_count; i++) {
		if (strcmp(handler->args[i], arg) == 0) {
			return true;
		}
	}
	return false;
}

int
ward_pam_read_nologin(struct ward_pam_reading *r)
{
	r->line->flags |= has_arg(r->handler, "successok") ? T_YES : 0;
	return 0;
}

int
ward_pam_read_localuser(struct ward_pam_reading *r)
{
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		if (strncmp(r->handler->args[i], "file=", 5) == 0) {
			r->line->flags |= T_NO;
		}
	}
	return 0;
}

int
ward_pam_read_code(struct ward_pam_reading *r)
{
	r->line->flags |= has_arg(r->handler, "nullok") ? T_NULLOK : 0;
	return 0;
}

int
ward_pam_read_server(struct ward_pam_reading *r)
{
	bool token = ward_pam_has_option(r->handler, "use_authtok") ||
	    ward_pam_has_option(r->handler, "use_first_pass");

	if (r->type == WARD_PAM_PASSWORD) {
		r->line->flags |= token ? T_TOKEN : T_ASKS;
	}
	return 0;
}

/* ---- pam_succeed_if --------------------------------------------------------- */

enum answer {
	EITHER,
	YES,
	NO
};

static const char *const hints[] = { "debug", "use_uid", "quiet", "quiet_fail",
	"quiet_success", "audit" };

static bool
is_hint(const char *arg)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		if (strcmp(arg, hints[i]) == 0) {
			return true;
		}
	}
	return false;
}

enum compared {
	LESS = 1,
	SAME = 2,
	MORE = 4
};

/* Which outcomes of a comparison an operator takes, or 0. */
static unsigned int
wanted(const char *op)
{
	static const struct {
		const char *name;
		unsigned int outcomes;
	} ops[] = {
		{ "<", LESS },
		{ "lt", LESS },
		{ "<=", LESS | SAME },
		{ "le", LESS | SAME },
		{ ">", MORE },
		{ "gt", MORE },
		{ ">=", MORE | SAME },
		{ "ge", MORE | SAME },
		{ "=", SAME },
		{ "eq", SAME },
		{ "!=", LESS | MORE },
		{ "ne", LESS | MORE },
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (strcasecmp(op, ops[i].name) == 0) {
			return ops[i].outcomes;
		}
	}
	return 0;
}

/* What can come of comparing a uid, root's or any but root's, with this. */
static unsigned int
possible(bool root, uint64_t with)
{
	if (root) {
		return with == 0 ? SAME : LESS;
	}
	return with == 0 ? MORE : with == 1 ? SAME | MORE : LESS | SAME | MORE;
}

static enum answer
answer(bool root, const char *left, const char *op, const char *right)
{
	unsigned int want = wanted(op), can;
	uint64_t with;

	if (strcmp(left, "uid") == 0 &&
	    ward_parse_uint(right, 0, UINT32_MAX, &with) == 0) {
		can = possible(root, with);
	} else if (strcmp(left, "user") == 0 && strcmp(right, "root") == 0 &&
	    (want == SAME || want == (LESS | MORE))) {
		can = root ? SAME : LESS;
	} else {
		return EITHER;
	}
	return want == 0       ? EITHER :
	    (can & ~want) == 0 ? YES :
	    (can & want) == 0  ? NO :
				 EITHER;
}

/* All its conditions have to hold. */
static enum answer
answers(const struct ward_pam_handler *h, bool root)
{
	const char *words[3];
	unsigned int count = 0;
	enum answer all = EITHER, one;
	bool first = true;

	for (uint32_t i = 0; i < h->arg_count; i++) {
		if (is_hint(h->args[i])) {
			continue;
		}
		words[count++] = h->args[i];
		if (count == 3) {
			one = answer(root, words[0], words[1], words[2]);
			all = one == NO || all == NO            ? NO :
			    one == YES && (first || all == YES) ? YES :
								  EITHER;
			first = false;
			count = 0;
		}
	}
	return count == 0 ? all : EITHER;
}

int
ward_pam_read_succeed_if(struct ward_pam_reading *r)
{
	static const uint32_t user[] = { [YES] = T_YES, [NO] = T_NO };
	static const uint32_t root[] = { [YES] = T_ROOT_YES, [NO] = T_ROOT_NO };

	r->line->flags |= user[answers(r->handler, false)] |
	    root[answers(r->handler, true)];
	return 0;
}

/* ---- pam_acctward ----------------------------------------------------------- */

enum {
	AUTH = 1 << WARD_PAM_AUTH,
	ACCOUNT = 1 << WARD_PAM_ACCOUNT,
	JUDGES = 1 << WARD_PAM_PASSWORD,
	SESSION = 1 << WARD_PAM_SESSION,
	CHANGED = 1 << WARD_PAM_TYPES,
	EACH = AUTH | ACCOUNT | JUDGES | SESSION | CHANGED,
};

static const struct {
	const char *word;
	uint32_t lines, trait;
} roles[] = {
	{ "preauth", AUTH, T_PREAUTH },
	{ "authfail", AUTH, T_AUTHFAIL },
	{ "authsucc", AUTH, T_AUTHSUCC },
	{ "changed", JUDGES, T_CHANGED },
};

/* With "=" a value has to follow. */
static const struct {
	const char *word;
	uint32_t lines, trait;
} options[] = {
	{ "own_prompts", AUTH, 0 },
	{ "nodelay", AUTH, 0 },
	{ "debug", EACH, 0 },
	{ "silent", EACH, 0 },
	{ "use_authtok", JUDGES, T_TOKEN },
	{ "use_first_pass", JUDGES, T_TOKEN },
	{ "try_first_pass", JUDGES, 0 },
	{ "lang=", EACH, 0 },
	{ "root=", EACH, 0 },
	{ "plans=", EACH, 0 },
	{ "words=", JUDGES, 0 },
	{ "dictionary=", JUDGES, 0 },
	{ "retry=", JUDGES, 0 },
	{ "authtok_type=", JUDGES, 0 },
};

#define ROLES (sizeof(roles) / sizeof(roles[0]))
#define OPTIONS (sizeof(options) / sizeof(options[0]))

static size_t
role_of(const char *arg, enum ward_pam_type type)
{
	size_t i = 0;

	while (i < ROLES &&
	    (strcmp(arg, roles[i].word) != 0 ||
		(roles[i].lines & 1u << type) == 0)) {
		i++;
	}
	return i;
}

static size_t
option_of(const char *arg, uint32_t line)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		const char *rest = ward_pam_behind(arg, options[i].word);
		bool valued = options[i].word[strlen(options[i].word) - 1] ==
		    '=';

		if ((options[i].lines & line) != 0 && rest != NULL &&
		    (*rest != '\0') == valued) {
			return i;
		}
	}
	return OPTIONS;
}

/* false: it has more than one. */
static bool
find_role(const struct ward_pam_reading *r, uint32_t *ret_trait)
{
	*ret_trait = 0;
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		size_t role = role_of(r->handler->args[i], r->type);

		if (role == ROLES) {
			continue;
		}
		if (*ret_trait != 0 && *ret_trait != roles[role].trait) {
			return false;
		}
		*ret_trait = roles[role].trait;
	}
	return true;
}

/* "/", "//" */
static bool
is_top(const char *path)
{
	return path[strspn(path, "/")] == '\0';
}

static bool
take_options(const struct ward_pam_reading *r, uint32_t line, uint32_t *traits,
    bool *ret_elsewhere)
{
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		const char *arg = r->handler->args[i];
		const char *root = ward_pam_behind(arg, "root=");
		bool plans = ward_pam_behind(arg, "plans=") != NULL;
		size_t option;

		if (role_of(arg, r->type) != ROLES) {
			continue;
		}
		option = option_of(arg, line);
		if (option == OPTIONS) {
			return false;
		}
		*traits |= options[option].trait;
		*ret_elsewhere |= plans || (root != NULL && !is_top(root));
	}
	return true;
}

/* A line that it does not understand lets nobody in. */
int
ward_pam_read_ours(struct ward_pam_reading *r)
{
	uint32_t traits, line = 1u << r->type;
	bool elsewhere = false;

	if (!find_role(r, &traits) ||
	    (r->type == WARD_PAM_AUTH && traits == 0)) {
		r->line->flags |= T_BROKEN;
		return 0;
	}
	line = (traits & T_CHANGED) != 0 ? CHANGED : line;
	if (!take_options(r, line, &traits, &elsewhere)) {
		r->line->flags |= T_BROKEN;
		return 0;
	}
	/* What is known of this host's plan says nothing of that one. */
	if (elsewhere) {
		return ward_pam_give_up(r,
		    N_("it goes by a plan that lies elsewhere"),
		    r->handler->source);
	}
	if (line == JUDGES) {
		traits |= T_ROOT |
		    ((traits & T_TOKEN) != 0 ? 0 : T_ASKS | T_AGAIN);
	}
	r->line->flags |= traits;
	return r->type != WARD_PAM_AUTH && r->type != WARD_PAM_ACCOUNT ?
	    0 :
	    ward_pam_lockout_of(r, "pam_acctward", "/");
}
