/* SPDX-License-Identifier: BSD-2-Clause */
#include "check_common.h"

#include <string.h>

bool
ward_is_root(const struct ward_account *account)
{
	return account->uid.known && account->uid.value == 0;
}

bool
ward_account_ended(const struct ward_account *account, int64_t today)
{
	const struct ward_account *a = account;

	if (a->expires.known && today >= a->expires.value) {
		return true;
	}
	return a->password.state == WARD_PASSWORD_USABLE && a->changed.known &&
	    a->changed.value > 0 && a->max_age.known && a->inactive.known &&
	    today > a->changed.value + a->max_age.value + a->inactive.value;
}

bool
ward_case_closed(const struct ward_case *c)
{
	return ward_account_ended(c->account, c->today);
}

bool
ward_case_not_open(struct ward_case *c, int *ret_said)
{
	const struct ward_account *a = c->account;

	if (!a->login_shell) {
		*ret_said = ward_case_notapplicable(c, WARD_REASON_NO_SHELL);
	} else if (ward_case_closed(c)) {
		*ret_said = ward_case_notapplicable(c, WARD_REASON_CLOSED);
	} else if (a->password.state == WARD_PASSWORD_USABLE ||
	    a->password.state == WARD_PASSWORD_EMPTY || a->key_count > 0) {
		return false;
	} else if (a->password.state == WARD_PASSWORD_UNKNOWN) {
		*ret_said = ward_case_lacks_shadow(c);
	} else if (!a->keys_known) {
		*ret_said = ward_case_lacks_keys(c);
	} else {
		*ret_said = ward_case_notapplicable(c, WARD_REASON_SHUT);
	}
	return true;
}

int
ward_case_notapplicable(struct ward_case *c, enum ward_reason_id reason)
{
	return ward_case_say(c, WARD_NOTAPPLICABLE, reason, c->account->entry);
}

int
ward_case_lacks(struct ward_case *c, const char *what,
    struct ward_source source, const char *why)
{
	if (source.file == NULL) {
		source = c->account->entry;
	}
	if (why == NULL || *why == '\0') {
		return ward_case_unknown(c, what, source);
	}
	(void)snprintf(c->detail, sizeof(c->detail),
	    NC_("detail", "%s is not known: %s"), what, why);
	c->finding.detail = c->detail;
	return ward_case_say(c, WARD_UNKNOWN,
	    strcmp(why, ward_why_missing) == 0    ? WARD_REASON_FACT_MISSING :
		strcmp(why, ward_why_denied) == 0 ? WARD_REASON_FACT_DENIED :
						    WARD_REASON_FACT_UNREAD,
	    source);
}

int
ward_case_lacks_shadow(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	return ward_case_lacks(c, N_("the account's shadow entry"), a->shadow,
	    a->shadow_why);
}

int
ward_case_lacks_keys(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	return a->key_count > 0 ?
	    ward_case_unknown(c, N_("the account's authorized_keys"),
		a->entry) :
	    ward_case_lacks(c, N_("the account's authorized_keys"),
		a->key_source, a->key_why);
}

int
ward_case_lacks_use(struct ward_case *c)
{
	const struct ward_account *a = c->account;

	return ward_case_lacks(c, N_("the last log-in"), a->use_source,
	    a->use_why);
}
