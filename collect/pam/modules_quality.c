/* SPDX-License-Identifier: BSD-2-Clause */
/* pam_pwquality and pam_cracklib: what they demand of a new password. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "collect/pam/modules.h"

#define PWQUALITY_CONF "/etc/security/pwquality.conf"
#define CRACKLIB_LEAST 6 /* shorter ones are refused as no password at all */

enum setting {
	MINLEN,
	DCREDIT,
	UCREDIT,
	LCREDIT,
	OCREDIT,
	MINCLASS,
	DICTCHECK,
	USERCHECK,
	ENFORCING,
	RETRY,
	ROOT,
	SETTINGS,
	TEXT,  /* of no matter, and with any value */
	NUMBER /* of no matter, and with a number */
};

struct quality {
	struct {
		int value;
		struct ward_source source;
	} set[SETTINGS];
	bool token;
};

/* ---- what comes of it ------------------------------------------------------ */

/*
 * Each character of a class with a positive credit counts for one more, up to
 * the credit; those that a negative one demands count for none. So many
 * characters can be enough.
 */
static int
least_length(const struct quality *q, struct ward_source *ret_source)
{
	int minlen = q->set[MINLEN].value, credit = 0, forced = 0, least;

	*ret_source = q->set[MINLEN].source;
	for (int i = DCREDIT; i <= OCREDIT; i++) {
		int value = q->set[i].value;

		value = value > 9999 ? 9999 : value < -9999 ? -9999 : value;
		credit += value > 0 ? value : 0;
		forced -= value < 0 ? value : 0;
		if (value > 0) {
			*ret_source = q->set[i].source;
		}
	}
	least = minlen - credit;
	if (least < (minlen + forced + 1) / 2) {
		least = (minlen + forced + 1) / 2;
	}
	if (least >= minlen) {
		*ret_source = q->set[MINLEN].source;
		least = minlen;
	}
	if (least < forced) {
		least = forced;
		for (int i = DCREDIT; i <= OCREDIT; i++) {
			*ret_source = q->set[i].value < 0 ? q->set[i].source :
							    *ret_source;
		}
	}
	return least;
}

static int
least_classes(const struct quality *q, struct ward_source *ret_source)
{
	int demanded = 0;

	*ret_source = q->set[MINCLASS].source;
	for (int i = DCREDIT; i <= OCREDIT; i++) {
		demanded += q->set[i].value < 0;
	}
	if (demanded <= q->set[MINCLASS].value) {
		return q->set[MINCLASS].value;
	}
	for (int i = DCREDIT; i <= OCREDIT; i++) {
		*ret_source = q->set[i].value < 0 ? q->set[i].source :
						    *ret_source;
	}
	return demanded;
}

/* It compares the new password with the current one as well. */
static void
keep(struct ward_pam_reading *r, const struct quality *q)
{
	struct ward_pam_line *line = r->line;
	struct ward_source source;
	int least;

	line->flags |= q->token     ? T_TOKEN :
	    q->set[RETRY].value > 1 ? T_ASKS | T_AGAIN :
				      T_ASKS;
	line->flag_source = q->set[ROOT].source;
	if (q->set[ENFORCING].value == 0) {
		line->flag_source = q->set[ENFORCING].source;
		return;
	}
	line->flags |= (q->set[ROOT].value != 0 ? T_ROOT : 0) |
	    (q->set[DICTCHECK].value != 0 ? T_WEAK : 0) |
	    (q->set[USERCHECK].value != 0 ? T_NAME : 0);
	least = least_length(q, &source);
	if (q->set[DICTCHECK].value != 0 && least < CRACKLIB_LEAST) {
		least = CRACKLIB_LEAST;
		source = q->set[DICTCHECK].source;
	}
	ward_pam_set_number(line, WARD_PAM_LENGTH, least < 1 ? 1 : least,
	    source);
	least = least_classes(q, &source);
	ward_pam_set_number(line, WARD_PAM_CLASSES, least < 0 ? 0 : least,
	    source);
	ward_pam_set_number(line, WARD_PAM_OLDER, 1, r->handler->source);
}

static void
start(struct ward_pam_reading *r, const int values[SETTINGS], struct quality *q)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		q->set[i].value = values[i];
		q->set[i].source = r->handler->source;
	}
	q->token = ward_pam_has_option(r->handler, "use_first_pass") ||
	    ward_pam_has_option(r->handler, "use_authtok");
}

/* ---- pam_pwquality --------------------------------------------------------- */

static const struct {
	const char *name;
	enum setting setting;
} names[] = {
	{ "difok", NUMBER },
	{ "minlen", MINLEN },
	{ "dcredit", DCREDIT },
	{ "ucredit", UCREDIT },
	{ "lcredit", LCREDIT },
	{ "ocredit", OCREDIT },
	{ "minclass", MINCLASS },
	{ "maxrepeat", NUMBER },
	{ "maxclassrepeat", NUMBER },
	{ "maxsequence", NUMBER },
	{ "gecoscheck", NUMBER },
	{ "dictcheck", DICTCHECK },
	{ "usercheck", USERCHECK },
	{ "usersubstr", NUMBER },
	{ "enforcing", ENFORCING },
	{ "badwords", TEXT },
	{ "dictpath", TEXT },
	{ "retry", RETRY },
	{ "enforce_for_root", ROOT },
	{ "local_users_only", TEXT },
};

#define NAMES (sizeof(names) / sizeof(names[0]))

static bool
parse_number(const char *text, int *ret_number)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(text, &end, 10);
	if (errno != 0 || *text == '\0' || *end != '\0' || value >= INT_MAX ||
	    value <= INT_MIN) {
		return false;
	}
	*ret_number = (int)value;
	return true;
}

/* false: libpwquality takes it for an error. */
static bool
take_setting(struct quality *q, const char *name, const char *value,
    struct ward_source source)
{
	size_t i = 0;
	int number;

	while (i < NAMES && strcasecmp(names[i].name, name) != 0) {
		i++;
	}
	if (i == NAMES) {
		return false;
	}
	if (names[i].setting == TEXT) {
		return true;
	}
	if (names[i].setting == ROOT) {
		number = 1; /* with whatever value */
	} else if (!parse_number(value, &number)) {
		return false;
	}
	if (names[i].setting < SETTINGS) {
		number = names[i].setting == MINLEN && number < 6 ? 6 :
		    names[i].setting == MINCLASS && number > 4    ? 4 :
								    number;
		q->set[names[i].setting].value = number;
		q->set[names[i].setting].source = source;
	}
	return true;
}

/* What stood before an error holds, and nothing behind it is read. */
static int
take_conf(struct ward_pam_reading *r, struct quality *q, const char *path,
    bool *ret_stop)
{
	const struct ward_pam_conf *conf;

	if (ward_pam_conf_read(r->modules, path, &conf) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (conf->state == WARD_PAM_CONF_ODD) {
		*ret_stop = true;
		return ward_pam_give_up(r,
		    N_("a file that its module goes by can't be read"),
		    (struct ward_source){ conf->path, 0 });
	}
	for (uint32_t i = 0; i < conf->count && !*ret_stop; i++) {
		const struct ward_pam_setting *s = &conf->settings[i];

		*ret_stop = !take_setting(q, s->name, s->value,
		    (struct ward_source){ conf->path, s->line });
	}
	*ret_stop |= conf->torn != 0;
	return 0;
}

/* pwquality.conf.d first, by name; so the file has the last word. */
static int
take_files(struct ward_pam_reading *r, struct quality *q)
{
	struct ward_pam_modules *m = r->modules;
	bool stop = false;

	if (m->pwquality == NULL &&
	    ward_pam_conf_names(m, PWQUALITY_CONF ".d", &m->pwquality,
		&m->pwquality_odd) != 0) {
		return WARD_ERR_NOMEM;
	}
	if (m->pwquality_odd) {
		return ward_pam_give_up(r,
		    N_("a file that its module goes by can't be read"),
		    (struct ward_source){ PWQUALITY_CONF ".d", 0 });
	}
	for (size_t i = 0; m->pwquality[i] != NULL && !stop; i++) {
		if (take_conf(r, q, m->pwquality[i], &stop) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	return stop ? 0 : take_conf(r, q, PWQUALITY_CONF, &stop);
}

static int
take_arg(struct ward_pam_reading *r, struct quality *q, const char *arg)
{
	size_t size = strcspn(arg, "=");
	char *name = ward_pool_copy(r->modules->pool, arg, size);

	if (name == NULL) {
		return WARD_ERR_NOMEM;
	}
	(void)take_setting(q, name, arg + size + (arg[size] == '='),
	    r->handler->source);
	return 0;
}

int
ward_pam_read_pwquality(struct ward_pam_reading *r)
{
	static const int values[SETTINGS] = {
		[MINLEN] = 8,
		[DICTCHECK] = 1,
		[USERCHECK] = 1,
		[ENFORCING] = 1,
		[RETRY] = 1,
	};
	struct quality q;

	start(r, values, &q);
	if (take_files(r, &q) != 0) {
		return WARD_ERR_NOMEM;
	}
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		if (take_arg(r, &q, r->handler->args[i]) != 0) {
			return WARD_ERR_NOMEM;
		}
	}
	if (r->line->module != NULL && r->type == WARD_PAM_PASSWORD) {
		keep(r, &q);
	}
	return 0;
}

/* ---- pam_cracklib ---------------------------------------------------------- */

static const struct {
	const char *prefix;
	enum setting setting;
	int least, otherwise; /* a smaller one is that */
} numbers[] = {
	{ "minlen=", MINLEN, 5, 5 },
	{ "dcredit=", DCREDIT, INT_MIN, 0 },
	{ "ucredit=", UCREDIT, INT_MIN, 0 },
	{ "lcredit=", LCREDIT, INT_MIN, 0 },
	{ "ocredit=", OCREDIT, INT_MIN, 0 },
	{ "minclass=", MINCLASS, 0, 0 },
	{ "retry=", RETRY, 1, 1 },
};

static void
take_cracklib_arg(struct quality *q, const char *arg, struct ward_source here)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		const char *rest = ward_pam_behind(arg, numbers[i].prefix);
		int value;

		if (rest == NULL) {
			continue;
		}
		value = (int)ward_pam_leading_number(rest);
		value = value < numbers[i].least ? numbers[i].otherwise : value;
		value = numbers[i].setting == MINCLASS && value > 4 ? 4 : value;
		q->set[numbers[i].setting].value = value;
		q->set[numbers[i].setting].source = here;
	}
	q->set[USERCHECK].value |= strncmp(arg, "reject_username", 15) == 0;
	q->set[ROOT].value |= strncmp(arg, "enforce_for_root", 16) == 0;
}

/* linux-pam 1.4.0 and before: each class gives a credit if nothing is said. */
int
ward_pam_read_cracklib(struct ward_pam_reading *r)
{
	static const int values[SETTINGS] = {
		[MINLEN] = 9,
		[DCREDIT] = 1,
		[UCREDIT] = 1,
		[LCREDIT] = 1,
		[OCREDIT] = 1,
		[DICTCHECK] = 1,
		[ENFORCING] = 1,
		[RETRY] = 1,
	};
	struct quality q;

	start(r, values, &q);
	for (uint32_t i = 0; i < r->handler->arg_count; i++) {
		take_cracklib_arg(&q, r->handler->args[i], r->handler->source);
	}
	if (r->type == WARD_PAM_PASSWORD) {
		keep(r, &q);
	}
	return 0;
}
