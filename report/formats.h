/* SPDX-License-Identifier: BSD-2-Clause */
/* The formats, and what they all say of a rule. */
#ifndef WARD_FORMATS_H
#define WARD_FORMATS_H

#include "report/report.h"

extern const struct ward_audit_format ward_audit_csv, ward_audit_json,
    ward_audit_jsonl, ward_audit_text;
extern const struct ward_privileged_format ward_privileged_json,
    ward_privileged_text;

/* Is the finding one that did not pass, or is everything wanted? */
bool ward_audit_shows(const struct ward_report *report,
    const struct ward_finding *finding);
/* Is the rule one that the plan asks for, and so shown with its counts? */
bool ward_audit_lists(enum ward_rule_id rule, const struct ward_tally *tally);
/* The worst of its verdicts; unknown where it was not judged. */
enum ward_verdict ward_audit_verdict(enum ward_rule_id rule,
    const struct ward_tally *tally);
/* Why the rule was not judged; NULL where it was. */
const char *ward_audit_note(enum ward_rule_id rule,
    const struct ward_tally *tally);

#endif
