/* SPDX-License-Identifier: BSD-2-Clause */
/* The sentences of the tables, for xgettext(1); see `make po`. */
#define RULE(symbol, id, subject, judged, number, title, why) _(title) _(why)
#define REASON(symbol, rule, message, remedy) _(message) _(remedy)
#define SETTING(rule, symbol, key, type, stricter, lo, hi, unit, choices, \
    builtin, help) \
	_(unit) _(help)
#include "policy/rules.def"
#include "policy/reasons.def"
#include "policy/settings.def"

/* Words that reach ward_text() through a variable. */
_("system") _("person") _("service") _("privileged") _("shared") _("external")
_("emergency") _("account") _("host") _("directory") _("obligation")
_("the account's shadow entry") _("the last log-in")
_("the day of the last password change") _("the account's authorized_keys")
_("the account's uid") _("the cost of the hash") _("none")
