/* SPDX-License-Identifier: BSD-2-Clause */
/* The sentences of the tables, and details that are put together piece by
 * piece, for xgettext(1); see `make po`. */
#define RULE(symbol, id, subject, judged, enforced, number, title, why) _(title) _(why)
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
_("shall") _("should") _("plan") _("pack") _("reference")

/* collect/sudoers/compile.c */
NC_("detail", "netgroup +%s")
NC_("detail", "group %%:%s")
NC_("detail", "there is no alias %s")
NC_("detail", "%s (on %s)")
/* collect/sudoers/detail.c */
NC_("detail", "%s, and from %s")
/* collect/accounts/strangers.c */
NC_("detail", "%s and %zu more")
