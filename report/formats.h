/* SPDX-License-Identifier: BSD-2-Clause */
/* The formats, and what they all say of a rule. */
#ifndef WARD_FORMATS_H
#define WARD_FORMATS_H

#include "report/report.h"

extern const struct ward_audit_format ward_audit_csv, ward_audit_json,
    ward_audit_jsonl, ward_audit_text;
extern const struct ward_privileged_format ward_privileged_json,
    ward_privileged_text;
extern const struct ward_coverage_format ward_coverage_csv, ward_coverage_json,
    ward_coverage_text;
extern const struct ward_explain_format ward_explain_json, ward_explain_text;
extern const struct ward_audit_format ward_explain_user_json,
    ward_explain_user_text;
extern const struct ward_lockout_format ward_lockout_csv, ward_lockout_json,
    ward_lockout_text;
extern const struct ward_password_format ward_password_json, ward_password_text;
extern const struct ward_simulate_format ward_simulate_csv, ward_simulate_json,
    ward_simulate_text;

/* Is the finding one that did not pass, or is everything wanted? */
bool ward_audit_shows(const struct ward_report *report,
    const struct ward_finding *finding);
/* Is it a part of the audit only? */
bool ward_audit_is_part(const struct ward_report *report);
/* "P-ZX 2.(1) | 2.(3); tw-baseline-115-basic 33": cleaned, "" for none. */
void ward_citations_text(const struct ward_citations *citations, char *text,
    size_t size);

/* "version 3.5, 2015-08-28", cleaned, with what stands around it where there
 * is anything to say; else "". */
void ward_edition_text(const struct ward_report *report,
    const struct ward_plan *plan, const char *before, const char *after,
    char *text, size_t size);

/* At which door it is enforced, as a word for programs, or NULL. */
const char *ward_coverage_door(const struct ward_coverage *coverage);
/* What a row of a coverage has to say besides, or NULL. */
const char *ward_coverage_note(const struct ward_coverage *coverage);
/* "days = 90; every = month", cleaned: what the agency has set; "" for nothing. */
void ward_coverage_agency(const struct ward_coverage *coverage, char *text,
    size_t size);

/* A rule as it is shown: one that the plan asks for, or one of its duties. */
struct ward_audit_rule {
	char id[WARD_TOPIC_SIZE];
	enum ward_verdict verdict; /* the worst; unknown where not judged */
	const char *note;          /* why it was not judged, or NULL */
	bool unset;                /* as no number is set */
	bool untried;              /* as --try-words was not given */
	bool services;             /* as it is no account's */
	bool duty;                 /* an obligation, which people attest */
	const struct ward_rule_count *tally;
};

/* The i-th of them; false behind the last. */
bool ward_audit_rule(const struct ward_report *report,
    const struct ward_summary *summary, size_t i,
    struct ward_audit_rule *ret_rule);
/* How many of them were judged, and how many not. */
void ward_audit_count(const struct ward_report *report,
    const struct ward_summary *summary, unsigned int *ret_judged,
    unsigned int *ret_not_judged);

/* looked.c */
/* The i-th service, its name, source and whether it is a fragment; false behind
 * the last, or where none was judged. */
bool ward_looked_service(const struct ward_report *report,
    const struct ward_summary *summary, size_t i, struct ward_service *ret_one);
/* Their names, where any was judged. */
void ward_text_looked(const struct ward_report *report,
    const struct ward_summary *summary);

/* text.c */
/* Which host, by which plan and packs, and when. */
void ward_text_title(const struct ward_report *report);
/* "wang01 (uid 1001, person)", cleaned. */
void ward_subject_text(const struct ward_report *report,
    const struct ward_subject *subject, char *text, size_t size);
/* What is found, cleaned; of a service without the way on which it is so, which
 * parts what is otherwise the same. */
void ward_message_text(const struct ward_report *report,
    const struct ward_finding *finding, char *text, size_t size);

/* "EPA Title (agency, version 1, 2020-01-01)", cleaned. */
void ward_document_text(const struct ward_report *report, char *text,
    size_t size);

/* audit_text.c: what opens a report, and how bad a finding is in a word. */
void ward_text_head(const struct ward_report *report,
    const struct ward_summary *summary);
void ward_text_rank(const struct ward_report *report,
    const struct ward_finding *finding, char *text, size_t size);
/* " [/etc/shadow:12]", cleaned; "" for nowhere. */
void ward_source_text(struct ward_source source, char *text, size_t size);

/* lockout.c */
/* The last failure that counts; else the last of all, or NULL. */
const struct ward_failure *ward_lockout_last(
    const struct ward_lockout *lockout);
/* When it was, in the zone that the report is in. */
void ward_failure_time(const struct ward_report *report,
    const struct ward_failure *failure, char text[WARD_MOMENT_SIZE]);
/* "failed", the word for programs. */
const char *ward_failure_kind_name(enum ward_failure_kind kind);

/* password.c */
/* What came of what was judged. */
enum ward_verdict ward_password_verdict(
    const struct ward_password_summary *summary);
/* What came of the row, as a sentence: of a rule that is kept, what it asks. */
void ward_password_message(const struct ward_report *report,
    const struct ward_password_row *row, char *text, size_t size);

/* explain.c */
/* The i-th remedy of the rule's reasons, each once; false behind the last. */
bool ward_explain_remedy(const struct ward_report *report,
    enum ward_rule_id rule, size_t i, char *text, size_t size);
/* Why what is asked can't be judged as it stands, or NULL. */
const char *ward_explain_note(const struct ward_asked *asked,
    enum ward_rule_id rule);
/* Who looks; the files of ward_rule_files go behind it. */
const char *ward_explain_check(enum ward_rule_id rule);
/* What holds log-ins to it; NULL: it is about no log-in. */
const char *ward_explain_door(enum ward_rule_id rule);

#endif
