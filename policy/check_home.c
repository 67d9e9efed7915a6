/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about the home directory, and what in it lets somebody in. */
#include "check.h"

#include <string.h>
#include <sys/stat.h>

#define HOME N_("the account's home directory")

/* What is written where an account is to have no home directory. */
static bool
is_no_home(const char *home)
{
	static const char *const none[] = { "/nonexistent", "/dev/null" };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		if (strcmp(home, none[i]) == 0) {
			return true;
		}
	}
	return false;
}

static int
say_warning(struct ward_case *c, enum ward_reason_id reason,
    struct ward_source source)
{
	c->finding.strength = WARD_SHOULD;
	return ward_case_say(c, WARD_FAIL, reason, source);
}

/* A directory of root's that nobody else may write to is safe: who is shut in
 * it by sftp has to have one. */
static int
judge_there(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	const struct ward_source home = { a->home, 0 };

	if (a->home_owner.value != a->uid.value && a->home_owner.value != 0) {
		(void)snprintf(c->observed, sizeof(c->observed), "%lld",
		    (long long)a->home_owner.value);
		return ward_case_say(c, WARD_FAIL, WARD_REASON_HOME_FOREIGN,
		    home);
	}
	(void)snprintf(c->observed, sizeof(c->observed), "%04o",
	    (unsigned int)a->home_mode);
	if ((a->home_mode & S_IWOTH) != 0) {
		return ward_case_say(c, WARD_FAIL, WARD_REASON_HOME_WRITABLE,
		    home);
	}
	if ((a->home_mode & S_IWGRP) != 0) {
		return say_warning(c, WARD_REASON_HOME_GROUP, home);
	}
	return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, home);
}

/* Only the homes of those who can get in count, and root's. */
int
ward_check_home(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	bool root = a->uid.known && a->uid.value == 0;

	if (!root && (!a->login_shell || c->class == WARD_CLASS_SYSTEM)) {
		return ward_case_say(c, WARD_NOTAPPLICABLE, WARD_REASON_NONE,
		    a->entry);
	}
	if (a->home == NULL) {
		return ward_case_unknown(c, HOME, a->entry);
	}
	if (*a->home != '/') { /* told by another rule */
		return ward_case_say(c, WARD_NOTAPPLICABLE, WARD_REASON_NONE,
		    a->entry);
	}
	c->finding.detail = a->home;
	if (is_no_home(a->home)) {
		return ward_case_say(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_HOME_NONE, a->entry);
	}
	switch (a->home_state) {
	case WARD_HOME_ELSEWHERE:
		return ward_case_say(c, WARD_NOTAPPLICABLE,
		    WARD_REASON_HOME_ELSEWHERE, a->entry);
	case WARD_HOME_MISSING:
		return say_warning(c, WARD_REASON_HOME_MISSING, a->entry);
	case WARD_HOME_THERE:
		if (a->uid.known && a->home_owner.known) {
			c->finding.observed = c->observed;
			return judge_there(c);
		}
		break;
	default:
		break;
	}
	return ward_case_unknown(c, HOME, a->entry);
}

/* What counts for every account is told of the host. */
int
ward_check_trusted_hosts(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	if (!a->login_shell) {
		return ward_case_say(c, WARD_NOTAPPLICABLE, WARD_REASON_NONE,
		    a->entry);
	}
	if (a->trust_source.file != NULL) {
		c->finding.detail = a->trust_detail;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_TRUSTED_USER,
		    a->trust_source);
	}
	return a->trust_known ?
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry) :
	    ward_case_unknown(c, "the account's .rhosts and .shosts", a->entry);
}
