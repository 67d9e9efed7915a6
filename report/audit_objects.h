/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects that the JSON formats of an audit are made of. Each is a new
 * reference, or NULL: no memory. */
#ifndef WARD_AUDIT_OBJECTS_H
#define WARD_AUDIT_OBJECTS_H

#include "report/formats.h"
#include "report/json.h"

/* "{", which document this is, of whom, when, and by which plan; what comes
 * next begins with a comma. 0, or a negative ward_err. */
int ward_json_head(const struct ward_report *report, const char *schema);

json_t *ward_json_plan(const struct ward_plan *plan);
/* The part of the audit that is shown: {"rule": GLOB, "user": NAME}. */
json_t *ward_json_only(const struct ward_report *report);
/* One object a clause. */
json_t *ward_json_clauses(const struct ward_citations *citations);
json_t *ward_json_finding(const struct ward_report *report,
    const struct ward_finding *finding);
json_t *ward_json_rule(const struct ward_report *report,
    const struct ward_audit_rule *rule);
/* The name of one that was looked at, and where it is. */
json_t *ward_json_service(const struct ward_service *service);
json_t *ward_json_summary(const struct ward_report *report,
    const struct ward_summary *summary);

/* The stable name of a reason: "max_age_old". */
void ward_reason_text(enum ward_reason_id reason, char *text, size_t size);

#endif
