/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects that the JSON formats of an audit are made of. Each is a new
 * reference, or NULL: no memory. */
#ifndef WARD_AUDIT_OBJECTS_H
#define WARD_AUDIT_OBJECTS_H

#include "report/formats.h"
#include "report/json.h"

json_t *ward_json_plan(const struct ward_plan *plan);
json_t *ward_json_finding(const struct ward_report *report,
    const struct ward_finding *finding);
json_t *ward_json_rule(const struct ward_report *report,
    const struct ward_audit_rule *rule);
json_t *ward_json_summary(const struct ward_report *report,
    const struct ward_summary *summary);

#endif
