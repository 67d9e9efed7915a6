/* SPDX-License-Identifier: BSD-2-Clause */
/* The sentences of the tables, for xgettext(1); see `make po`. */
#define RULE(symbol, id, subject, judged, number, title) _(title)
#define REASON(symbol, rule, message, remedy) _(message) _(remedy)
#include "policy/rules.def"
#include "policy/reasons.def"
