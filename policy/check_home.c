/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules about the home directory, and what in it lets somebody in. */
#include "check_common.h"

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

/* Directories of hier(7), whoever calls them home: to take one from others
 * breaks the host. */
static bool
is_systems(const char *home)
{
	static const struct {
		const char *path;
		bool below; /* and all that is in it */
	} systems[] = { { "", false }, { "/bin", true }, { "/boot", true },
		{ "/dev", true }, { "/etc", true }, { "/home", false },
		{ "/lib", true }, { "/lib64", true }, { "/media", false },
		{ "/mnt", false }, { "/opt", false }, { "/proc", true },
		{ "/run", true }, { "/sbin", true }, { "/srv", false },
		{ "/sys", true }, { "/tmp", false }, { "/usr", true },
		{ "/var", false }, { "/var/cache", false },
		{ "/var/lib", false }, { "/var/lock", false },
		{ "/var/log", false }, { "/var/mail", false },
		{ "/var/run", true }, { "/var/spool", false },
		{ "/var/spool/mail", false }, { "/var/tmp", false } };

	for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++) {
		size_t size = strlen(systems[i].path);
		const char *rest = home + size;

		if (strncmp(home, systems[i].path, size) == 0 &&
		    (rest[strspn(rest, "/")] == '\0' ||
			(systems[i].below && *rest == '/'))) {
			return true;
		}
	}
	return false;
}

/* The group may write to it: who else is in there? */
static int
judge_group(struct ward_case *c, struct ward_source home)
{
	const struct ward_account *a = c->account;

	if ((c->class == WARD_CLASS_SYSTEM && !ward_is_root(a)) ||
	    a->home_group == WARD_HOME_GROUP_OWN) {
		return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, home);
	}
	return a->home_group == WARD_HOME_GROUP_UNKNOWN ?
	    ward_case_lacks(c, N_("who may write to the home directory"), home,
		N_("a group may, and its members or an ACL may name others")) :
	    ward_case_say(c, WARD_FAIL,
		is_systems(a->home) ? WARD_REASON_HOME_SYSTEMS :
				      WARD_REASON_HOME_GROUP,
		home);
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
		return ward_case_say(c, WARD_FAIL,
		    is_systems(a->home) ? WARD_REASON_HOME_SYSTEMS :
					  WARD_REASON_HOME_WRITABLE,
		    home);
	}
	if ((a->home_mode & S_IWGRP) != 0) {
		return judge_group(c, home);
	}
	return ward_case_say(c, WARD_PASS, WARD_REASON_NONE, home);
}

/* Who can't log in, or is no person, misses no home: but where everybody may
 * make it, they make the account's keys too. */
static int
judge_not_there(struct ward_case *c)
{
	const struct ward_account *a = c->account;
	int said;

	if (a->home_open) {
		return ward_case_say(c, WARD_FAIL, WARD_REASON_HOME_OPEN,
		    a->entry);
	}
	if (a->home_state == WARD_HOME_ELSEWHERE) {
		return ward_case_notapplicable(c, WARD_REASON_HOME_ELSEWHERE);
	}
	if (!ward_is_root(a) && c->class == WARD_CLASS_SYSTEM) {
		return ward_case_notapplicable(c, WARD_REASON_SYSTEM);
	}
	if (!ward_is_root(a) && ward_case_not_open(c, &said)) {
		return said;
	}
	c->finding.detail = a->home;
	c->finding.strength = WARD_SHOULD;
	return ward_case_say(c, WARD_FAIL, WARD_REASON_HOME_MISSING, a->entry);
}

/* Only the homes of those who can get in count, and root's. What lies in a home
 * opens an account that has neither password nor key. */
int
ward_check_home(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	if (!ward_is_root(a) && !a->login_shell) {
		return ward_case_notapplicable(c, WARD_REASON_NO_SHELL);
	}
	if (!ward_is_root(a) && ward_case_closed(c)) {
		return ward_case_notapplicable(c, WARD_REASON_CLOSED);
	}
	if (a->home == NULL) {
		return ward_case_unknown(c, HOME, a->entry);
	}
	c->finding.detail = a->home;
	if (*a->home != '/') {
		return ward_case_notapplicable(c, WARD_REASON_HOME_RELATIVE);
	}
	if (a->home_state != WARD_HOME_THERE && is_no_home(a->home)) {
		return ward_case_notapplicable(c, WARD_REASON_HOME_NONE);
	}
	switch (a->home_state) {
	case WARD_HOME_ELSEWHERE:
	case WARD_HOME_MISSING:
		return judge_not_there(c);
	case WARD_HOME_THERE:
		if (a->uid.known && a->home_owner.known) {
			c->finding.observed = c->observed;
			return judge_there(c);
		}
		break;
	default:
		break;
	}
	return ward_case_lacks(c, HOME, (struct ward_source){ a->home, 0 },
	    a->home_why);
}

/* What counts for every account is told of the host. */
int
ward_check_trusted_hosts(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	if (!a->login_shell) {
		return ward_case_notapplicable(c, WARD_REASON_NO_SHELL);
	}
	if (a->trust_detail != NULL) {
		c->finding.detail = a->trust_detail;
		return ward_case_say(c, WARD_FAIL, WARD_REASON_TRUSTED_USER,
		    a->trust_source);
	}
	if (a->home_state == WARD_HOME_ELSEWHERE) {
		c->finding.detail = a->home;
		return ward_case_notapplicable(c, WARD_REASON_HOME_ELSEWHERE);
	}
	return a->trust_known ?
	    ward_case_say(c, WARD_PASS, WARD_REASON_NONE, a->entry) :
	    ward_case_lacks(c, N_("what the account's .rhosts and .shosts say"),
		a->trust_source, a->trust_why);
}
