/* SPDX-License-Identifier: BSD-2-Clause */
/* The formats, and what they all say of a rule. */
#ifndef WARD_FORMATS_H
#define WARD_FORMATS_H

#include "report/report.h"

/* Marks a sentence for translation where it stands in a table. */
#define N_(text) text

extern const struct ward_audit_format ward_audit_csv, ward_audit_json,
    ward_audit_jsonl, ward_audit_text;
extern const struct ward_privileged_format ward_privileged_json,
    ward_privileged_text;
extern const struct ward_coverage_format ward_coverage_csv, ward_coverage_json,
    ward_coverage_text;

/* Is the finding one that did not pass, or is everything wanted? */
bool ward_audit_shows(const struct ward_report *report,
    const struct ward_finding *finding);
/* "P-ZX 2.(1) | 2.(3); tw-baseline-115-basic 33": cleaned, "" for none. */
void ward_citations_text(const struct ward_citations *citations, char *text,
    size_t size);

/* A rule as it is shown: one that the plan asks for, or one of its duties. */
struct ward_audit_rule {
	char id[80]; /* "password.max_age", "obligation.policy_review" */
	enum ward_verdict verdict; /* the worst; unknown where not judged */
	const char *note;          /* why it was not judged, or NULL */
	bool unset;                /* as no number is set */
	bool duty;                 /* an obligation, which people attest */
	const struct ward_tally *tally;
};

/* The i-th of them; false behind the last. */
bool ward_audit_rule(const struct ward_report *report,
    const struct ward_summary *summary, size_t i,
    struct ward_audit_rule *ret_rule);
/* How many of them were judged, and how many not. */
void ward_audit_count(const struct ward_report *report,
    const struct ward_summary *summary, unsigned int *ret_judged,
    unsigned int *ret_not_judged);

#endif
